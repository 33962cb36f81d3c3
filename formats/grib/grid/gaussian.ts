/**
 * Latitudes of a Gaussian grid: the roots of the Legendre polynomial of degree 2N, by Newton's method from the asymptotic estimate (Abramowitz and
 * Stegun 1964, 22.16.6).
 */

const made = new Map<number, Float64Array>();
/** Grids kept. */
const KEPT = 8;

/** The 2N latitudes from north to south, deg. */
export function gaussianLatitudes(n: number): Float64Array {
  let latitudes = made.get(n);
  if (!latitudes) {
    latitudes = compute(n);
    if (made.size >= KEPT) made.clear();
    made.set(n, latitudes);
  }
  return latitudes;
}

function compute(n: number): Float64Array {
  const degree = 2 * n;
  const latitudes = new Float64Array(degree);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (degree + 0.5));
    for (let round = 0; round < 10; round++) {
      let [before, p] = [1, x];
      for (let k = 2; k <= degree; k++) [before, p] = [p, ((2 * k - 1) * x * p - (k - 1) * before) / k];
      const change = (p * (1 - x * x)) / (degree * (before - x * p));
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    latitudes[i] = (Math.asin(x) * 180) / Math.PI;
    latitudes[degree - 1 - i] = -latitudes[i]!;
  }
  return latitudes;
}
