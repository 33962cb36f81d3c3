/**
 * How many counts each activity puts into each region: the matrix of the simultaneous net-count method (Ringbom and Axelsson 2020,
 * doi:10.1016/j.apradiso.2019.108950).
 *
 * Rows are six regions: radon, Xe-135, Xe-133 at 81 keV, xenon at 30 keV, Xe-131m, Xe-133m. Columns are six activities at the start of the
 * measurement (Bq): Rn-222, Xe-135, Xe-133 seen at 81 keV, Xe-133 seen at 30 keV, Xe-131m, Xe-133m. The two estimates of Xe-133 are combined
 * afterwards.
 */
import type { PulseHeightData } from "@harken/core";
import { decayPerSec } from "../xenon/isotopes.ts";
import { type Branching, nominalBranching } from "./branching.ts";

export const SIZE = 6;
/** Decay constant of each column. */
export const columnDecayPerSec: readonly number[] = [
  decayPerSec["Rn-222"],
  decayPerSec["Xe-135"],
  decayPerSec["Xe-133"],
  decayPerSec["Xe-133"],
  decayPerSec["Xe-131m"],
  decayPerSec["Xe-133m"],
];

/**
 * Which regions make up the 30 keV row: the whole of it, or, once metastable isotopes are there, what lies beside their peaks, which keeps
 * them from spoiling Xe-133.
 */
export type XrayParts = readonly number[];
export const wholeXray: XrayParts = [4];

export function xrayPartsFor(has131m: boolean, has133m: boolean): XrayParts {
  if (has131m && has133m) return [7, 8];
  if (has131m) return [7, 9];
  return has133m ? [8, 10] : wholeXray;
}

export interface MeasurementDurations {
  readonly realSec: number;
  readonly liveSec: number;
}

/** Decays during a measurement for each becquerel at its start, scaled by live over real time. */
export function decaysPerBq(lambdaPerSec: number, { realSec, liveSec }: MeasurementDurations): number {
  return ((-Math.expm1(-lambdaPerSec * realSec) / lambdaPerSec) * liveSec) / realSec;
}

/** Row-major 6 x 6, counts per Bq. A reason instead when the message lacks an efficiency or ratio. */
export function responseMatrix(
  calibration: Pick<PulseHeightData, "regionEfficiencies" | "ratios">,
  durations: MeasurementDurations,
  xrayParts: XrayParts,
  branching: Branching = nominalBranching,
): Float64Array | string {
  const missing: string[] = [];
  const efficiency = (region: number) => {
    const found = calibration.regionEfficiencies.find((e) => e.region === region);
    if (!found) missing.push(`the efficiency of region ${region}`);
    return found?.efficiency ?? Number.NaN;
  };
  const ratio = (upper: number, lower: number) => {
    const found = calibration.ratios.find((r) => r.upperRegion === upper && r.lowerRegion === lower);
    if (!found) missing.push(`the ratio of region ${upper} to ${lower}`);
    return found?.ratio ?? Number.NaN;
  };
  const sumOverParts = (of: (region: number) => number) => xrayParts.reduce((sum, region) => sum + of(region), 0);
  const decays = columnDecayPerSec.map((lambda) => decaysPerBq(lambda, durations));
  const a = new Float64Array(SIZE * SIZE);
  const set = (row: number, column: number, value: number) => {
    a[row * SIZE + column] = value;
  };
  const radon = efficiency(2) * branching.radon * decays[0]!;
  set(0, 0, radon);
  for (const [row, region] of [
    [1, 2],
    [2, 3],
    [4, 5],
    [5, 6],
  ] as const)
    set(row, 0, ratio(1, region) * radon);
  set(3, 0, sumOverParts((region) => ratio(1, region)) * radon);
  set(1, 1, efficiency(2) * branching.xe135At250 * decays[1]!);
  const at81 = efficiency(3) * branching.xe133At81 * decays[2]!;
  set(2, 2, at81);
  set(3, 2, sumOverParts((region) => ratio(3, region)) * at81);
  set(4, 2, ratio(3, 5) * at81);
  set(5, 2, ratio(3, 6) * at81);
  set(3, 3, sumOverParts(efficiency) * branching.xe133At30 * decays[3]!);
  set(4, 4, efficiency(5) * branching.xe131mAt30 * decays[4]!);
  set(5, 5, efficiency(6) * branching.xe133mAt30 * decays[5]!);
  if (xrayParts === wholeXray) {
    set(3, 4, a[4 * SIZE + 4]!);
    set(3, 5, a[5 * SIZE + 5]!);
  }
  if (missing.length > 0) return `the message lacks ${[...new Set(missing)].join(", ")}`;
  for (let i = 0; i < SIZE; i++) if (!(a[i * SIZE + i]! > 0)) return "an efficiency is not positive";
  return a;
}
