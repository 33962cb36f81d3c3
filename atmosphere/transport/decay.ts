/** Radioactive decay and growth of what a particle carries, for chains of any branching (the equations of Bateman, as a matrix exponential). */
import type { Species } from "./physics.ts";

/**
 * Activities after `seconds` from those before: row-major [to][from], so that after[i] = sum_j matrix[i * n + j] * before[j]. A species that does not
 * decay keeps what it was released with. Throws RangeError for a parent that is not in the list.
 */
export function decayMatrix(species: readonly Species[], seconds: number): Float64Array {
  const n = species.length;
  const rates = new Float64Array(n * n);
  species.forEach(({ halfLifeSec, parents = [] }, i) => {
    if (halfLifeSec === null) return;
    const constant = (Math.LN2 / halfLifeSec) * seconds;
    rates[i * n + i]! -= constant;
    for (const parent of parents) {
      const half = species[parent.species]?.halfLifeSec;
      if (half === undefined) throw new RangeError(`there is no species ${parent.species} to decay into ${i}`);
      if (half !== null) rates[i * n + parent.species]! += constant * parent.share;
    }
  });
  return exponential(rates, n);
}

/** exp of a square matrix: Taylor's series of a part small enough, squared up again. */
function exponential(matrix: Float64Array, n: number): Float64Array {
  const norm = matrix.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0) * n;
  const halvings = Math.max(0, Math.ceil(Math.log2(norm / 0.5)));
  const part = matrix.map((x) => x / 2 ** halvings);
  let result = identity(n);
  let term = identity(n);
  for (let k = 1; k <= TERMS; k++) {
    term = product(term, part, n).map((x) => x / k);
    result = result.map((x, i) => x + term[i]!);
  }
  for (let k = 0; k < halvings; k++) result = product(result, result, n);
  return result;
}

/** 0.5^14 / 14! is below 1e-15. */
const TERMS = 14;

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [row, column] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[row * n + k]! * b[k * n + column]!;
    return sum;
  });
}
