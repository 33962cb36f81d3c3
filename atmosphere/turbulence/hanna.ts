/**
 * Turbulence of the boundary layer after Hanna (1982, "Applications in air pollution modeling", in Nieuwstadt and van Dop, Atmospheric Turbulence and
 * Air Pollution Modelling): standard deviations of the wind and Lagrangian time scales from mixing height, friction velocity and Obukhov
 * length. The unstable vertical profile is Ryall and Maryon's (1998, doi:10.1016/S1352-2310(98)00177-6); stable time scales and lower bounds as
 * FLEXPART has them (Pisso et al. 2019, doi:10.5194/gmd-12-4955-2019).
 *
 *     const layer = createLayer();
 *     setLayer(layer, 1200, 0.35, -1 / 80);
 *     sigmaWAt(layer, 300);     // layer.sigmaW, layer.sigmaWGradient
 *     timeWAt(layer, 300);      // layer.timeW
 */

/** One boundary layer and the turbulence at the height last asked for. Mutable: made once and used for every particle. */
export interface TurbulentLayer {
  mixingHeightM: number;
  frictionVelocity: number;
  /** 1/m; negative when unstable. */
  inverseObukhov: number;
  /** Convective velocity scale, m/s; 0 unless unstable. */
  convectiveVelocity: number;
  regime: Regime;
  sigmaW: number;
  /** d(sigmaW)/dz, 1/s. */
  sigmaWGradient: number;
  timeW: number;
  /** Along the mean wind and across it. */
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
/** The unstable gradient has no bound at the ground. */
const LEAST_RELATIVE_HEIGHT = 1e-3;
/** Stable: time scale across the wind against that along it. */
const ACROSS_SHARE = 0.467;

export function createLayer(): TurbulentLayer {
  return {
    mixingHeightM: 100.5,
    frictionVelocity: 0.1,
    inverseObukhov: 0.1,
    convectiveVelocity: 0.1,
    regime: NEUTRAL,
    sigmaW: 0.1,
    sigmaWGradient: 0.1,
    timeW: 30.5,
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
  layer.frictionVelocity = ustar;
  layer.inverseObukhov = inverseObukhov;
  layer.regime = Math.abs(ratio) < 1 ? NEUTRAL : ratio < 0 ? UNSTABLE : STABLE;
  layer.convectiveVelocity = layer.regime === UNSTABLE ? ustar * Math.cbrt(-ratio / KARMAN) : 0;
}

/** Standard deviation of the vertical velocity and its gradient at a height within the layer. */
export function sigmaWAt(layer: TurbulentLayer, heightM: number): void {
  const { mixingHeightM: h, frictionVelocity: ustar, regime } = layer;
  const relative = heightM / h;
  if (regime === UNSTABLE) {
    const wstar2 = layer.convectiveVelocity * layer.convectiveVelocity;
    const ustar2 = ustar * ustar;
    const third = Math.cbrt(Math.max(relative, LEAST_RELATIVE_HEIGHT));
    const square = third * third;
    const root = Math.sqrt(1.2 * wstar2 * (1 - 0.9 * relative) * square + (1.8 - 1.4 * relative) * ustar2);
    layer.sigmaW = root + LEAST_SIGMA;
    layer.sigmaWGradient = ((0.8 - 1.8 * square * third) * wstar2 - 1.4 * ustar2 * third) / (2 * root * h * third);
  } else if (regime === NEUTRAL) {
    const plain = 1.3 * ustar * Math.exp((-2 * CORIOLIS * heightM) / ustar);
    layer.sigmaW = plain + LEAST_SIGMA;
    layer.sigmaWGradient = (-2 * CORIOLIS * plain) / ustar;
  } else {
    layer.sigmaW = 1.3 * ustar * (relative < 1 ? 1 - relative : 0) + LEAST_SIGMA;
    layer.sigmaWGradient = (-1.3 * ustar) / h;
  }
}

/** Time scale of the vertical velocity at a height, where its standard deviation has just been asked for. */
export function timeWAt(layer: TurbulentLayer, heightM: number): void {
  const { mixingHeightM: h, regime, sigmaW } = layer;
  const relative = heightM / h;
  let time: number;
  if (regime === UNSTABLE) {
    if (relative >= 0.1) time = ((0.15 * h) / sigmaW) * (1 - Math.exp(-5 * relative));
    else if (-heightM * layer.inverseObukhov < 1)
      time = (0.1 * heightM) / (sigmaW * (0.55 - 0.38 * heightM * layer.inverseObukhov));
    else time = (0.59 * heightM) / sigmaW;
  } else if (regime === NEUTRAL) {
    time = (0.5 * heightM) / (sigmaW * (1 + (15 * CORIOLIS * heightM) / layer.frictionVelocity));
  } else {
    time = ((0.1 * h) / sigmaW) * relative ** 0.8;
  }
  layer.timeW = Math.max(time, LEAST_TIME_VERTICAL);
}

/** Horizontal turbulence at a height within the layer. */
export function horizontalAt(layer: TurbulentLayer, heightM: number): void {
  const { mixingHeightM: h, frictionVelocity: ustar, regime } = layer;
  let [timeU, timeV] = [0, 0];
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
