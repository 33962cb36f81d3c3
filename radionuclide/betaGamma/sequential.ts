/**
 * Net counts region after region, as the IDC's net-count calculation takes them off: the detector's background, then what radon leaves in the lower
 * regions, then what Xe-133 leaves in those at 30 keV; last the memory of the gas cell, isotope by isotope. Kept for comparison with the simultaneous method, which it equals in the
 * mean as long as no metastable isotope spoils region 4; what it knows of covariances is less.
 *
 *     const result = analyseSequentially({ sample, gasBackground, detectorBackground });
 */
import type { PulseHeightData } from "@harken/core";
import type { XenonIsotope } from "../xenon/isotopes.ts";
import type { BetaGammaInput } from "./analyse.ts";
import type { RowCounts } from "./netCounts.ts";
import { columnDecayPerSec, decaysPerBq, responseMatrix, SIZE, wholeXray } from "./response.ts";
import { measured } from "./rows.ts";

export interface RegionNet {
  readonly region: number;
  readonly gross: number;
  readonly net: number;
  readonly netError: number;
  /** Decision limit of the net counts. */
  readonly criticalLevel: number;
}

export interface SequentialActivity {
  readonly activityBq: number;
  readonly activityErrorBq: number;
  readonly criticalLevelBq: number;
  readonly detected: boolean;
}

export type SequentialResult =
  | {
      readonly ok: true;
      readonly regions: readonly RegionNet[];
      readonly isotopes: Readonly<Record<XenonIsotope, SequentialActivity>>;
    }
  | { readonly ok: false; readonly reason: string };

/** Rows of the response in the order of the regions 1 to 6, with the ratios by which radon's and Xe-133's counts reach them. */
const XE133_ROW = 2;
const rowOf: Readonly<Record<XenonIsotope, number>> = { "Xe-135": 1, "Xe-133": XE133_ROW, "Xe-131m": 4, "Xe-133m": 5 };

export function analyseSequentially(
  { sample, gasBackground, detectorBackground }: BetaGammaInput,
  decisionQuantile = 1.6449,
): SequentialResult {
  const read = (what: string, data: PulseHeightData): CountsAndResponse | string => {
    const found = measured(data, wholeXray, sample);
    if (typeof found === "string") return `${what}: ${found}`;
    const matrix = responseMatrix(sample, found.counts, wholeXray);
    return typeof matrix === "string" ? `the sample: ${matrix}` : { counts: found.counts, matrix };
  };
  const own = read("the sample", sample);
  if (typeof own === "string") return { ok: false, reason: own };
  const gas = gasBackground && read("the gas background", gasBackground);
  if (typeof gas === "string") return { ok: false, reason: gas };
  const empty = detectorBackground && read("the detector background", detectorBackground);
  if (typeof empty === "string") return { ok: false, reason: empty };
  const inCell = netRows(own, empty, sample);
  const memory = gas && netRows(gas, empty, sample);
  const regions = inCell.map((row, i): RegionNet => {
    const lambda = columnDecayPerSec[i]!;
    // Each isotope of the memory has decayed by its own half-life.
    const left = gas
      ? (decaysPerBq(lambda, own.counts) / decaysPerBq(lambda, gas.counts)) *
        Math.exp(-lambda * (own.counts.startTime - gas.counts.startTime))
      : 0;
    const [remembered, itsVariance] = memory ? [left * memory[i]!.net, left * left * memory[i]!.variance] : [0, 0];
    const background = row.background + remembered;
    return {
      region: i + 1,
      gross: row.gross,
      net: row.gross - background,
      netError: Math.sqrt(row.gross + row.backgroundVariance + itsVariance),
      // With nothing of its own the region holds the background's counts.
      criticalLevel: decisionQuantile * Math.sqrt(Math.max(0, background) + row.backgroundVariance + itsVariance),
    };
  });
  const isotopes = Object.fromEntries(
    Object.entries(rowOf).map(([isotope, row]) => {
      const perBq = own.matrix[row * SIZE + row]!;
      const { net, netError, criticalLevel } = regions[row]!;
      const result: SequentialActivity = {
        activityBq: net / perBq,
        activityErrorBq: netError / perBq,
        criticalLevelBq: criticalLevel / perBq,
        detected: net > criticalLevel,
      };
      return [isotope, result];
    }),
  ) as Record<XenonIsotope, SequentialActivity>;
  return { ok: true, regions, isotopes };
}

interface CountsAndResponse {
  readonly counts: RowCounts;
  readonly matrix: Float64Array;
}

interface RowNet {
  readonly gross: number;
  readonly net: number;
  readonly variance: number;
  /** What is not the row's own isotope, and the variance of that. */
  readonly background: number;
  readonly backgroundVariance: number;
}

/** Row after row: less the detector's background, less what radon and Xe-133 put there. */
function netRows(
  { counts, matrix }: CountsAndResponse,
  empty: CountsAndResponse | null,
  calibration: PulseHeightData,
): RowNet[] {
  const rows: RowNet[] = [];
  const scale = empty ? counts.liveSec / empty.counts.liveSec : 0;
  for (let row = 0; row < SIZE; row++) {
    let background = scale * (empty?.counts.gross[row] ?? 0);
    let backgroundVariance = scale * background;
    for (const source of row === 0 ? [] : row > XE133_ROW ? [0, XE133_ROW] : [0]) {
      const ratio = matrix[row * SIZE + source]! / matrix[source * SIZE + source]!;
      const { net, variance } = rows[source]!;
      const error = ratioError(calibration, source === 0 ? 1 : 3, row + 1);
      background += ratio * net;
      backgroundVariance += ratio ** 2 * variance + (error * net) ** 2;
    }
    const gross = counts.gross[row]!;
    rows.push({
      gross,
      net: gross - background,
      variance: gross + backgroundVariance,
      background,
      backgroundVariance,
    });
  }
  return rows;
}

function ratioError({ ratios }: PulseHeightData, upper: number, lower: number): number {
  return ratios.find(({ upperRegion, lowerRegion }) => upperRegion === upper && lowerRegion === lower)?.error ?? 0;
}
