/**
 * Associated Legendre functions in ECMWF's normalisation (their mean square over the sine of latitude is 1), for all orders and degrees of a triangular
 * truncation at one latitude: the order of `SpectralWeatherGrid`. The diagonal comes first, then each order upward in degree, which is stable.
 */

/** Fills `out` with P of order m and degree n for m from 0 and n from m to `truncation`. */
export function legendreFunctions(truncation: number, sineOfLatitude: number, out: Float64Array): void {
  const mu = sineOfLatitude;
  const cosine = Math.sqrt(Math.max(0, 1 - mu * mu));
  let diagonal = 1;
  let at = 0;
  for (let m = 0; m <= truncation; m++) {
    if (m > 0) diagonal *= cosine * Math.sqrt((2 * m + 1) / (2 * m));
    out[at++] = diagonal;
    if (m === truncation) break;
    let [before, last] = [diagonal, mu * Math.sqrt(2 * m + 3) * diagonal];
    out[at++] = last;
    for (let n = m + 2; n <= truncation; n++) {
      const p = mu * last - ratio(n - 1, m) * before;
      [before, last] = [last, p / ratio(n, m)];
      out[at++] = last;
    }
  }
}

const ratio = (n: number, m: number): number => Math.sqrt((n * n - m * m) / (4 * n * n - 1));
