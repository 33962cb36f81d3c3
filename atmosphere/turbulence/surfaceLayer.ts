/**
 * Friction velocity and Obukhov length. From surface stress and heat flux where a model gives them; otherwise by the profile method (Berkowicz and
 * Prahm 1982, doi:10.1016/0004-6981(82)90032-4) from wind and temperature near the ground and at one level above, with the flux-profile
 * relations of Businger et al. (1971, doi:10.1175/1520-0469(1971)028<0181:FPRITA>2.0.CO;2).
 */

export interface SurfaceLayer {
  /** m/s. */
  readonly frictionVelocity: number;
  /** 1/m; negative when unstable. */
  readonly inverseObukhov: number;
  /** Kinematic heat flux upward, K m/s. */
  readonly heatFlux: number;
}

const KARMAN = 0.4;
export const GRAVITY = 9.80665;
export const HEAT_CAPACITY = 1004.7;
/** Turbulent Prandtl number of the neutral layer. */
const HEAT_FACTOR = 0.74;
/** Shorter Obukhov lengths are beyond the relations. */
const LARGEST_INVERSE = 0.2;
const ITERATIONS = 8;
/** Of the wind's difference and of the friction velocity: below, the air is calm and the method has nothing to go by. */
const LEAST_DIFFERENCE = 0.1;
const LEAST_FRICTION_VELOCITY = 0.01;

/** From stress (N/m^2) and sensible heat flux (W/m^2, upward positive). */
export function fromFluxes(stress: number, heatFlux: number, temperatureK: number, density: number): SurfaceLayer {
  const frictionVelocity = Math.max(LEAST_FRICTION_VELOCITY, Math.sqrt(Math.abs(stress) / density));
  return surfaceLayer(frictionVelocity, heatFlux / (density * HEAT_CAPACITY), temperatureK);
}

export interface ProfilePoint {
  readonly heightM: number;
  readonly speed: number;
}

/** From wind speeds at two heights and potential temperatures at `lowerThetaHeightM` and the upper height. */
export function fromProfile(
  lower: ProfilePoint,
  upper: ProfilePoint,
  lowerThetaHeightM: number,
  lowerThetaK: number,
  upperThetaK: number,
): SurfaceLayer {
  const shear = Math.max(LEAST_DIFFERENCE, upper.speed - lower.speed);
  const rise = upperThetaK - lowerThetaK;
  const theta = 0.5 * (upperThetaK + lowerThetaK);
  let [frictionVelocity, thetaScale] = [0, 0];
  const bound = (inverse: number) => Math.max(-LARGEST_INVERSE, Math.min(LARGEST_INVERSE, inverse));
  const again = (inverse: number) => {
    const momentum =
      Math.log(upper.heightM / lower.heightM) - psiM(upper.heightM * inverse) + psiM(lower.heightM * inverse);
    const heat =
      Math.log(upper.heightM / lowerThetaHeightM) - psiH(upper.heightM * inverse) + psiH(lowerThetaHeightM * inverse);
    frictionVelocity = (KARMAN * shear) / momentum;
    thetaScale = (KARMAN * rise) / (HEAT_FACTOR * heat);
    return bound((KARMAN * GRAVITY * thetaScale) / (theta * frictionVelocity * frictionVelocity));
  };
  // Steffensen's acceleration of the plain iteration, which is slow where the air is very stable.
  let inverse = 0;
  for (let i = 0; i < ITERATIONS; i++) {
    const first = again(inverse);
    const second = again(first);
    const bend = second - 2 * first + inverse;
    const leap = bound(inverse - (first - inverse) ** 2 / bend);
    const next = leap * rise > 0 ? leap : second;
    const done = Math.abs(next - inverse) <= 1e-4 * Math.abs(next);
    inverse = next;
    if (done) break;
  }
  again(inverse);
  return surfaceLayer(Math.max(LEAST_FRICTION_VELOCITY, frictionVelocity), -frictionVelocity * thetaScale, theta);
}

function surfaceLayer(frictionVelocity: number, heatFlux: number, temperatureK: number): SurfaceLayer {
  const inverse = (-KARMAN * GRAVITY * heatFlux) / (temperatureK * frictionVelocity ** 3);
  return {
    frictionVelocity,
    inverseObukhov: Math.max(-LARGEST_INVERSE, Math.min(LARGEST_INVERSE, inverse)),
    heatFlux,
  };
}

/** Stability correction of momentum at z/L. */
export function psiM(zeta: number): number {
  if (zeta >= 0) return -4.7 * zeta;
  const x = (1 - 15 * zeta) ** 0.25;
  return 2 * Math.log((1 + x) / 2) + Math.log((1 + x * x) / 2) - 2 * Math.atan(x) + Math.PI / 2;
}

/** Stability correction of heat at z/L. */
export function psiH(zeta: number): number {
  return zeta >= 0 ? (-4.7 / HEAT_FACTOR) * zeta : 2 * Math.log((1 + Math.sqrt(1 - 9 * zeta)) / 2);
}
