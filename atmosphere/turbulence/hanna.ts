/**
 * Turbulence of the boundary layer after Hanna (1982, "Applications in air pollution modeling", in Nieuwstadt and van Dop, Atmospheric Turbulence and
 * Air Pollution Modelling): standard deviations of the wind and Lagrangian time scales from mixing height, friction velocity and Obukhov
 * length. The unstable vertical profile is Ryall and Maryon's (1998, doi:10.1016/S1352-2310(98)00177-6); stable time scales and lower bounds as
 * FLEXPART has them (Pisso et al. 2019, doi:10.5194/gmd-12-4955-2019).
 *
 *     const layer = createLayer();
 *     setLayer(layer, 1200, 0.35, -1 / 80);
 *     verticalAt(layer, 300);     // layer.vertical
 */

/** One boundary layer. Mutable: made once and used for every particle. */
export interface TurbulentLayer {
  mixingHeightM: number;
  frictionVelocity: number;
  /** 1/m; negative when unstable. */
  inverseObukhov: number;
  /** Squares of friction velocity and convective velocity scale, m^2/s^2; the latter 0 unless unstable. */
  ustar2: number;
  wstar2: number;
  regime: Regime;
  /** 1/m. */
  perMixingHeight: number;
  /** At the height last asked for: standard deviation of the vertical velocity, m/s, its change with height, 1/s, and its product with the time scale, m. */
  readonly vertical: Float64Array;
  /** Horizontal turbulence at the height last asked for, along the mean wind and across it. */
  sigmaU: number;
  sigmaV: number;
  timeU: number;
  timeV: number;
}

export type Regime = typeof UNSTABLE | typeof NEUTRAL | typeof STABLE;
export const UNSTABLE = 0;
export const NEUTRAL = 1;
export const STABLE = 2;

const KARMAN = 0.4;
/** Coriolis parameter of the neutral profiles, 1/s. */
const CORIOLIS = 1e-4;
const LEAST_SIGMA = 0.01;
const LEAST_TIME_HORIZONTAL = 10;
const LEAST_TIME_VERTICAL = 30;
const LEAST_FRICTION_VELOCITY = 1e-4;
/** Stable: time scale across the wind against that along it. */
const ACROSS_SHARE = 0.467;

/**
 * Profiles over relative height as tables with straight lines between: powers and exponentials take most of the time otherwise. Convective variance over
 * w*^2, and time scale times deviation over the mixing height, above a tenth of it when unstable, and when stable.
 */
const ENTRIES = 64;
const profile = (of: (relative: number) => number) =>
  Float64Array.from({ length: ENTRIES + 1 }, (_, i) => of(i / ENTRIES));
const convectiveVariance = profile((z) => 1.2 * (1 - 0.9 * z) * z ** (2 / 3));
const convectiveWay = profile((z) => 0.15 * (1 - Math.exp(-5 * z)));
const stableWay = profile((z) => 0.1 * z ** 0.8);

export function createLayer(): TurbulentLayer {
  return {
    mixingHeightM: 100.5,
    frictionVelocity: 0.1,
    inverseObukhov: 0.1,
    ustar2: 0.1,
    wstar2: 0.1,
    regime: NEUTRAL,
    perMixingHeight: 0.01,
    vertical: new Float64Array(3),
    sigmaU: 0.1,
    sigmaV: 0.1,
    timeU: 10.5,
    timeV: 10.5,
  };
}

export function setLayer(
  layer: TurbulentLayer,
  mixingHeightM: number,
  frictionVelocity: number,
  inverseObukhov: number,
): void {
  const ustar = Math.max(LEAST_FRICTION_VELOCITY, frictionVelocity);
  const ratio = mixingHeightM * inverseObukhov;
  layer.mixingHeightM = mixingHeightM;
  layer.perMixingHeight = 1 / mixingHeightM;
  layer.frictionVelocity = ustar;
  layer.inverseObukhov = inverseObukhov;
  layer.regime = Math.abs(ratio) < 1 ? NEUTRAL : ratio < 0 ? UNSTABLE : STABLE;
  layer.ustar2 = ustar * ustar;
  layer.wstar2 = layer.regime === UNSTABLE ? layer.ustar2 * Math.cbrt(-ratio / KARMAN) ** 2 : 0;
}

/** Vertical turbulence at a height within the layer, into `layer.vertical`. */
export function verticalAt(layer: TurbulentLayer, heightM: number): void {
  // Small functions, so that the compiler takes them into the loop of the Langevin steps.
  if (layer.regime === UNSTABLE) convectiveAt(layer, heightM);
  else if (layer.regime === NEUTRAL) neutralAt(layer, heightM);
  else stableAt(layer, heightM);
}

function convectiveAt(layer: TurbulentLayer, heightM: number): void {
  const { vertical, mixingHeightM: h, perMixingHeight, inverseObukhov, wstar2, ustar2 } = layer;
  const relative = heightM * perMixingHeight;
  const entry = relative < 1 ? Math.floor(relative * ENTRIES) : ENTRIES - 1;
  const part = relative * ENTRIES - entry;
  const low = convectiveVariance[entry]!;
  const rise = convectiveVariance[entry + 1]! - low;
  const root = Math.sqrt(wstar2 * (low + part * rise) + (1.8 - 1.4 * relative) * ustar2);
  let way = 0.59 * heightM;
  if (relative >= 0.1) way = h * (convectiveWay[entry]! + part * (convectiveWay[entry + 1]! - convectiveWay[entry]!));
  else if (-heightM * inverseObukhov < 1) way = (0.1 * heightM) / (0.55 - 0.38 * heightM * inverseObukhov);
  vertical[0] = root + LEAST_SIGMA;
  vertical[1] = (0.5 * perMixingHeight * (rise * ENTRIES * wstar2 - 1.4 * ustar2)) / root;
  vertical[2] = Math.max(LEAST_TIME_VERTICAL * (root + LEAST_SIGMA), way);
}

function neutralAt({ vertical, frictionVelocity: ustar }: TurbulentLayer, heightM: number): void {
  const turns = (CORIOLIS * heightM) / ustar;
  const sigma = 1.3 * ustar * Math.exp(-2 * turns) + LEAST_SIGMA;
  vertical[0] = sigma;
  vertical[1] = (-2 * CORIOLIS * (sigma - LEAST_SIGMA)) / ustar;
  vertical[2] = Math.max(LEAST_TIME_VERTICAL * sigma, (0.5 * heightM) / (1 + 15 * turns));
}

function stableAt(layer: TurbulentLayer, heightM: number): void {
  const { vertical, mixingHeightM: h, perMixingHeight, frictionVelocity: ustar } = layer;
  const relative = heightM * perMixingHeight;
  const entry = relative < 1 ? Math.floor(relative * ENTRIES) : ENTRIES - 1;
  const part = relative * ENTRIES - entry;
  const sigma = 1.3 * ustar * Math.max(0, 1 - relative) + LEAST_SIGMA;
  const way = h * (stableWay[entry]! + part * (stableWay[entry + 1]! - stableWay[entry]!));
  vertical[0] = sigma;
  vertical[1] = -1.3 * ustar * perMixingHeight;
  vertical[2] = Math.max(LEAST_TIME_VERTICAL * sigma, way);
}

/** Horizontal turbulence at a height within the layer. */
export function horizontalAt(layer: TurbulentLayer, heightM: number): void {
  const { mixingHeightM: h, frictionVelocity: ustar, regime } = layer;
  let timeU: number;
  let timeV: number;
  if (regime === UNSTABLE) {
    layer.sigmaU = ustar * Math.cbrt(12 - 0.5 * h * layer.inverseObukhov) + LEAST_SIGMA;
    layer.sigmaV = layer.sigmaU;
    timeU = (0.15 * h) / layer.sigmaU;
    timeV = timeU;
  } else if (regime === NEUTRAL) {
    const turns = (CORIOLIS * heightM) / ustar;
    layer.sigmaU = 2 * ustar * Math.exp(-3 * turns) + LEAST_SIGMA;
    layer.sigmaV = 1.3 * ustar * Math.exp(-2 * turns) + LEAST_SIGMA;
    timeU = (0.5 * heightM) / (layer.sigmaV * (1 + 15 * turns));
    timeV = timeU;
  } else {
    const below = Math.max(0, 1 - heightM / h);
    layer.sigmaU = 2 * ustar * below + LEAST_SIGMA;
    layer.sigmaV = 1.3 * ustar * below + LEAST_SIGMA;
    timeU = ((0.15 * h) / layer.sigmaU) * Math.sqrt(heightM / h);
    timeV = ACROSS_SHARE * timeU;
  }
  layer.timeU = Math.max(LEAST_TIME_HORIZONTAL, timeU);
  layer.timeV = Math.max(LEAST_TIME_HORIZONTAL, timeV);
}
