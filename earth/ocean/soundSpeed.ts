/**
 * The speed of sound in sea water, and the profile that Munk made the measure of an ocean.
 *
 *     soundSpeedMetresPerSec(25, 35, 1000); // 1550.744, the check value of the paper
 */

/** Mackenzie (1981, doi:10.1121/1.386920): 2 to 30 deg C, 25 to 40 parts per thousand, down to 8000 m; within 0.07 m/s. */
export function soundSpeedMetresPerSec(temperatureC: number, salinityPpt: number, depthM: number): number {
  const [t, s, d] = [temperatureC, salinityPpt - 35, depthM];
  return (
    1448.96 +
    (4.591 - (0.05304 - 2.374e-4 * t) * t) * t +
    (1.34 - 0.01025 * t) * s +
    (0.0163 + 1.675e-7 * d) * d -
    7.139e-13 * t * d ** 3
  );
}

/** Depth of the axis, scale depth, and share of the adiabatic gradient over it (Munk 1974, doi:10.1121/1.1914492). */
const munk = { axisKm: 1.3, scaleKm: 1.3, epsilon: 0.00737, axisKmPerSec: 1.5 } as const;

/** Munk's canonical profile, km/s at a depth in km. */
export function canonicalSpeedKmPerSec(depthKm: number): number {
  const eta = (2 * (depthKm - munk.axisKm)) / munk.scaleKm;
  return munk.axisKmPerSec * (1 + munk.epsilon * (eta + Math.exp(-eta) - 1));
}
