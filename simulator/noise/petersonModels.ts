/**
 * Peterson's models of seismic noise: the new low noise model (NLNM), below which hardly any station is ever quiet, and the new high
 * noise model (NHNM). Power of ground acceleration in dB relative to 1 (m/s^2)^2/Hz is A + B log10(period) from each row's period on.
 *
 * Source: Peterson, J. 1993, Observations and modeling of seismic background noise, U.S. Geol. Surv. Open-File Report 93-322, tables 3 and 4.
 *
 *     noiseModelDb("low", 5); // -141.1
 */

type ModelRow = readonly [fromPeriodSec: number, a: number, b: number];

const lowModel: readonly ModelRow[] = [
  [0.1, -162.36, 5.64],
  [0.17, -166.7, 0],
  [0.4, -170, -8.3],
  [0.8, -166.4, 28.9],
  [1.24, -168.6, 52.48],
  [2.4, -159.98, 29.81],
  [4.3, -141.1, 0],
  [5, -71.36, -99.77],
  [6, -97.26, -66.49],
  [10, -132.18, -31.57],
  [12, -205.27, 36.16],
  [15.6, -37.65, -104.33],
  [21.9, -114.37, -47.1],
  [31.6, -160.58, -16.28],
  [45, -187.5, 0],
  [70, -216.47, 15.7],
  [101, -185, 0],
  [154, -168.34, -7.61],
  [328, -217.43, 11.9],
  [600, -258.28, 26.6],
  [10_000, -346.88, 48.75],
];

const highModel: readonly ModelRow[] = [
  [0.1, -108.73, -17.23],
  [0.22, -150.34, -80.5],
  [0.32, -122.31, -23.87],
  [0.8, -116.85, 32.51],
  [3.8, -108.48, 18.08],
  [4.6, -74.66, -32.95],
  [6.3, 0.66, -127.18],
  [7.9, -93.37, -22.42],
  [15.4, 73.54, -162.98],
  [20, -151.52, 10.01],
  [354.8, -206.66, 31.63],
];

/** The models end at 0.1 s; shorter periods take the value there. */
const SHORTEST_PERIOD_SEC = 0.1;

function modelDb(rows: readonly ModelRow[], periodSec: number): number {
  const period = Math.max(SHORTEST_PERIOD_SEC, periodSec);
  let row = rows[0]!;
  for (const candidate of rows) if (candidate[0] <= period) row = candidate;
  return row[1] + row[2] * Math.log10(period);
}

/** Power of ground acceleration at a period, dB relative to 1 (m/s^2)^2/Hz. */
export function noiseModelDb(model: "low" | "high", periodSec: number): number {
  return modelDb(model === "low" ? lowModel : highModel, periodSec);
}

/** Power between the models: 0 is the low model, 1 the high one, in between by decibels. */
export function noiseLevelDb(level: number, periodSec: number): number {
  return (1 - level) * modelDb(lowModel, periodSec) + level * modelDb(highModel, periodSec);
}
