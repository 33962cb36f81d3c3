/**
 * Activities of a decay chain against time: Bateman 1910, with the series of Laplace poles taken in pairs so that members of equal or nearly
 * equal half-life lose no digits.
 *
 *     // Xe-133m feeding Xe-133 for one day
 *     chainActivities([{ lambdaPerSec: 3.663e-6, branching: 1 }, { lambdaPerSec: 1.5296e-6, branching: 0 }], [100, 0], 86_400);
 */

export interface ChainMember {
  /** Decay constant, 1/s; 0 for a stable end member. */
  readonly lambdaPerSec: number;
  /** Share of this member's decays that feed the next one. */
  readonly branching: number;
}

/**
 * Activities (Bq) of the members of a linear chain after `seconds`, from the activities at the start. A stable member has activity 0.
 * Throws RangeError for lengths that differ or negative time.
 */
export function chainActivities(
  chain: readonly ChainMember[],
  startBq: readonly number[],
  seconds: number,
): Float64Array {
  if (startBq.length !== chain.length) throw new RangeError("one starting activity for each member of the chain");
  if (!(seconds >= 0)) throw new RangeError(`time must not be negative: ${seconds} s`);
  const result = new Float64Array(chain.length);
  chain.forEach((first, i) => {
    if (first.lambdaPerSec === 0) return;
    // Atoms of member i at the start feed every later member j.
    const atoms = startBq[i]! / first.lambdaPerSec;
    let feed = 1;
    for (let j = i; j < chain.length; j++) {
      if (j > i) feed *= chain[j - 1]!.lambdaPerSec * chain[j - 1]!.branching;
      const lambdas = chain.slice(i, j + 1).map(({ lambdaPerSec }) => lambdaPerSec);
      const sign = (j - i) % 2 === 0 ? 1 : -1;
      result[j]! += chain[j]!.lambdaPerSec * atoms * feed * sign * exponentialDifference(lambdas, seconds);
    }
  });
  return result;
}

/**
 * Divided difference of exp(-x t) over the given points, the core of Bateman's solution: for distinct points the sum of
 * exp(-x_i t) / prod(x_i - x_j). Close points are handled by the exponential of a bidiagonal matrix (Opitz 1964), whose corner is the same
 * quantity, by scaling and squaring.
 */
export function exponentialDifference(points: readonly number[], t: number): number {
  const n = points.length;
  // exp of minus the matrix with x t on the diagonal and ones above it: its corner is the divided difference over x t, in units of t^(n-1).
  const largest = 1 + t * Math.max(...points.map(Math.abs), 0);
  const squarings = Math.ceil(Math.log2(largest)) + 3;
  const step = 1 / 2 ** squarings;
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    a[i * n + i] = -points[i]! * t * step;
    if (i + 1 < n) a[i * n + i + 1] = -step;
  }
  let power = identity(n);
  let sum = identity(n);
  for (let k = 1; k <= TAYLOR_TERMS; k++) {
    power = multiply(power, a, n, 1 / k);
    for (let i = 0; i < sum.length; i++) sum[i]! += power[i]!;
  }
  for (let k = 0; k < squarings; k++) sum = multiply(sum, sum, n, 1);
  return sum[n - 1]! * t ** (n - 1);
}

/** With steps below an eighth, thirteen terms reach the last digit. */
const TAYLOR_TERMS = 13;

function identity(n: number): Float64Array {
  const m = new Float64Array(n * n);
  for (let i = 0; i < n; i++) m[i * n + i] = 1;
  return m;
}

/** Upper triangular product times a factor. */
function multiply(a: Float64Array, b: Float64Array, n: number, factor: number): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++) {
      let sum = 0;
      for (let k = i; k <= j; k++) sum += a[i * n + k]! * b[k * n + j]!;
      c[i * n + j] = sum * factor;
    }
  return c;
}
