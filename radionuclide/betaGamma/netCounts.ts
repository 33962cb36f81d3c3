/**
 * Activities from the counts of a beta-gamma measurement by the simultaneous net-count method: the six (with a gas background twelve) regions
 * are linear in as many activities, and solving all at once gives their covariance too (Ringbom and Axelsson 2020,
 * doi:10.1016/j.apradiso.2019.108950).
 *
 *     counts = A activities + detector background;   the gas background's activities decay into the sample's measurement
 */

import { truncatedMean } from "../gamma/truncatedMean.ts";
import { invert } from "./invert.ts";
import { columnDecayPerSec, type MeasurementDurations, SIZE } from "./response.ts";

/** One measurement's counts in the six rows, and how many counts each pair of rows shares (regions 5 and 6 lie inside 4). */
export interface RowCounts extends MeasurementDurations {
  readonly startTime: number;
  readonly gross: ArrayLike<number>;
  /** Row-major 6 x 6, the diagonal is `gross`. */
  readonly shared: ArrayLike<number>;
}

/** Response matrices of the sample's and, where there is one, the gas background's measurement. */
export interface Matrices {
  readonly sample: Float64Array;
  readonly gas: Float64Array | null;
}

export interface NetCountInput {
  readonly sample: RowCounts;
  readonly gasBackground: RowCounts | null;
  readonly matrices: Matrices;
  /** The matrices with one calibration value after another shifted by its standard error. */
  readonly variants: readonly Matrices[];
  /** Counts of a measurement of the empty detector. */
  readonly detectorBackground: RowCounts | null;
}

/** Row-major 6 x 6 covariances of the activities, Bq^2. */
export interface Uncertainty {
  readonly counting: Float64Array;
  /** From the errors of the calibration, each an independent contribution. */
  readonly systematic: Float64Array;
}

export interface Solution {
  /** Activities at the start of the sample's measurement, Bq, in the order of the columns. */
  readonly activities: Float64Array;
  readonly uncertainty: Uncertainty;
  /**
   * What the uncertainty would be if the activities of `columns` were `valueBq`, the others what they are, and the counts the ones to be
   * expected then: for decision limits, where the value is zero.
   */
  uncertaintyFor(columns: readonly number[], valueBq: number): Uncertainty;
}

/** Null when the matrix is singular. */
export function solveNetCounts(input: NetCountInput): Solution | null {
  const { sample, gasBackground, detectorBackground } = input;
  const size = gasBackground ? 2 * SIZE : SIZE;
  const measurements = gasBackground ? [sample, gasBackground] : [sample];
  const a = wholeMatrix(input, input.matrices);
  const inverse = invert(a, size);
  if (!inverse) return null;

  const gross = new Float64Array(size);
  const background = new Float64Array(size);
  /** Variance that the subtracted background adds to each row. */
  const backgroundVariance = new Float64Array(size);
  measurements.forEach(({ gross: counts, liveSec }, m) => {
    const scale = detectorBackground ? liveSec / detectorBackground.liveSec : 0;
    for (let i = 0; i < SIZE; i++) {
      gross[m * SIZE + i] = counts[i]!;
      background[m * SIZE + i] = scale * (detectorBackground?.gross[i] ?? 0);
      backgroundVariance[m * SIZE + i] = scale * background[m * SIZE + i]!;
    }
  });
  const net = gross.map((count, i) => count - background[i]!);
  const all = times(inverse, net, size);

  /** B V B' for counts of the given expectation, of the activities of both measurements; pairs of rows share the share of counts that they share in the measurement. */
  const propagate = (expected: Float64Array): Float64Array => {
    const v = new Float64Array(size * size);
    measurements.forEach(({ shared, gross: counts }, m) => {
      for (let i = 0; i < SIZE; i++) {
        for (let j = 0; j < SIZE; j++) {
          const [row, column] = [m * SIZE + i, m * SIZE + j];
          if (i === j) v[row * size + row] = Math.max(0, expected[row]!) + backgroundVariance[row]!;
          else if (shared[i * SIZE + j]! > 0) {
            const inner = counts[i]! < counts[j]! ? i : j;
            const share = counts[inner]! > 0 ? shared[i * SIZE + j]! / counts[inner]! : 0;
            v[row * size + column] = share * Math.max(0, expected[m * SIZE + inner]!);
          }
        }
      }
    });
    return product(product(inverse, v, size), transposed(inverse, size), size);
  };
  const covariance = propagate(gross);
  // With a wrong matrix the same counts give other activities: inverse(shifted) A x instead of x.
  const shifts = input.variants.flatMap((variant) => {
    const shifted = invert(wholeMatrix(input, variant), size);
    return shifted ? [product(shifted, a, size)] : [];
  });
  const systematicFor = (assumed: Float64Array): Float64Array => {
    const covariance = new Float64Array(SIZE * SIZE);
    for (const shift of shifts) {
      const change = times(shift, assumed, size);
      for (let i = 0; i < SIZE; i++) change[i]! -= assumed[i]!;
      for (let i = 0; i < SIZE; i++)
        for (let j = 0; j < SIZE; j++) covariance[i * SIZE + j]! += change[i]! * change[j]!;
    }
    return covariance;
  };
  return {
    activities: all.slice(0, SIZE),
    uncertainty: { counting: leading(covariance), systematic: systematicFor(all) },
    uncertaintyFor: (columns, valueBq) => {
      const others = all.map((x, i) => (columns.includes(i) ? 0 : x));
      const assumed = all.map((x, i) => (columns.includes(i) ? valueBq : x));
      const own = assumed.map((x, i) => x - others[i]!);
      const [fromOthers, fromOwn] = [times(a, others, size), times(a, own, size)];
      const expected = fromOthers.map((count, row) => {
        const variance = rowVariance(a, covariance, size, row, columns) + backgroundVariance[row]!;
        return truncatedMean(count + background[row]!, Math.sqrt(variance)) + fromOwn[row]!;
      });
      return { counting: leading(propagate(expected)), systematic: systematicFor(assumed) };
    },
  };
}

/** Variance of the counts that all columns but `columns` are expected to give in a row. */
function rowVariance(
  a: Float64Array,
  covariance: Float64Array,
  size: number,
  row: number,
  columns: readonly number[],
): number {
  let sum = 0;
  for (let j = 0; j < size; j++) {
    if (columns.includes(j) || a[row * size + j] === 0) continue;
    for (let k = 0; k < size; k++)
      if (!columns.includes(k)) sum += a[row * size + j]! * covariance[j * size + k]! * a[row * size + k]!;
  }
  return Math.max(0, sum);
}

/** The part of a matrix that belongs to the sample. */
function leading(matrix: Float64Array): Float64Array {
  const size = Math.sqrt(matrix.length);
  return Float64Array.from({ length: SIZE * SIZE }, (_, i) => matrix[Math.floor(i / SIZE) * size + (i % SIZE)]!);
}

/** The 6 x 6 matrix, or with a gas background the 12 x 12 one whose upper right part lets its activities decay into the sample's measurement. */
function wholeMatrix({ sample, gasBackground }: NetCountInput, matrices: Matrices): Float64Array {
  if (!gasBackground || !matrices.gas) return matrices.sample;
  const size = 2 * SIZE;
  const a = new Float64Array(size * size);
  fillBlock(a, size, 0, 0, matrices.sample);
  fillBlock(a, size, SIZE, SIZE, matrices.gas);
  const elapsed = sample.startTime - gasBackground.startTime;
  const remaining = columnDecayPerSec.map((lambda) => Math.exp(-lambda * elapsed));
  fillBlock(
    a,
    size,
    0,
    SIZE,
    matrices.sample.map((value, i) => value * remaining[i % SIZE]!),
  );
  return a;
}

function transposed(a: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, i) => a[(i % size) * size + Math.floor(i / size)]!);
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const c = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!;
      for (let j = 0; j < size; j++) c[i * size + j]! += factor * b[k * size + j]!;
    }
  return c;
}

function fillBlock(a: Float64Array, size: number, row: number, column: number, block: Float64Array): void {
  for (let i = 0; i < SIZE; i++) for (let j = 0; j < SIZE; j++) a[(row + i) * size + column + j] = block[i * SIZE + j]!;
}

function times(matrix: Float64Array, vector: ArrayLike<number>, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += matrix[i * size + j]! * vector[j]!;
    return sum;
  });
}
