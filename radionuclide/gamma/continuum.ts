/**
 * The continuum once peaks are known: counts less the fitted peaks, smoothed by a straight line over a few widths (locally weighted regression,
 * Cleveland 1979, doi:10.1080/01621459.1979.10481038). Unlike clipping, which follows the lower edge of the noise, it is unbiased where no peak was
 * overlooked.
 */

/** Half-width of the stretch, in FWHM; weights fall to zero at its ends. */
const REACH_FWHM = 3;

/**
 * Counts per channel. `peaks` is what the fitted peaks add to each count, `peakError` its standard uncertainty, by which channels under strong peaks
 * weigh little.
 */
export function continuumWithout(
  counts: ArrayLike<number>,
  peaks: ArrayLike<number>,
  peakError: ArrayLike<number>,
  fwhmChannels: (index: number) => number,
): Float64Array {
  const n = counts.length;
  const half = Int32Array.from({ length: n }, (_, i) => Math.ceil(REACH_FWHM * fwhmChannels(i)));
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + counts[i]!;
  // By the mean of the stretch, so that low counts do not weigh more than high ones, and by what the peaks there are worth.
  const certainty = Float64Array.from({ length: n }, (_, i) => {
    const [first, last] = [Math.max(0, i - half[i]!), Math.min(n - 1, i + half[i]!)];
    const mean = Math.max(1, (sums[last + 1]! - sums[first]!) / (last - first + 1));
    return 1 / (mean + peaks[i]! + peakError[i]! ** 2);
  });
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const reach = half[i]!;
    const [first, last] = [Math.max(0, i - reach), Math.min(n - 1, i + reach)];
    // Straight line by weighted least squares; its value at i.
    let [s0, s1, s2, t0, t1] = [0, 0, 0, 0, 0];
    const scale = 1 / (reach + 1);
    for (let j = first; j <= last; j++) {
      const x = j - i;
      const u = x * scale;
      const weight = (1 - u * u) * (1 - u * u) * certainty[j]!;
      const y = counts[j]! - peaks[j]!;
      s0 += weight;
      s1 += weight * x;
      s2 += weight * x * x;
      t0 += weight * y;
      t1 += weight * x * y;
    }
    const determinant = s0 * s2 - s1 * s1;
    result[i] = Math.max(0, determinant > 1e-12 * s0 * s2 ? (s2 * t0 - s1 * t1) / determinant : t0 / s0);
  }
  return result;
}
