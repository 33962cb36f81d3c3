/**
 * The continuum under the peaks: statistics-sensitive non-linear iterative peak clipping (Ryan et al. 1988, doi:10.1016/0168-583X(88)90063-8;
 * Morhac et al. 1997, doi:10.1016/S0168-9002(97)01023-1) on the double logarithm of the square root of counts, with a clipping window that follows
 * the detector's resolution.
 */

/** Half-window of the clipping, in FWHM. */
const WINDOW_FWHM = 2;

/** Counts per channel of the continuum. `fwhmChannels(i)` is the resolution at the i-th count. */
export function clippedBaseline(counts: ArrayLike<number>, fwhmChannels: (index: number) => number): Float64Array {
  const n = counts.length;
  const v = Float64Array.from(counts, (count) => Math.log(Math.log(Math.sqrt(count + 1) + 1) + 1));
  const half = Int32Array.from(v, (_, i) => Math.max(1, Math.round(WINDOW_FWHM * fwhmChannels(i))));
  const widest = half.reduce((max, w) => Math.max(max, w), 1);
  let from = v;
  let to = v.slice();
  // From wide to narrow, so that peaks go before their flanks are smoothed.
  for (let w = widest; w >= 1; w--) {
    for (let i = 0; i < n; i++) {
      const mean = i - w >= 0 && i + w < n ? 0.5 * (from[i - w]! + from[i + w]!) : from[i]!;
      to[i] = w <= half[i]! ? Math.min(from[i]!, mean) : from[i]!;
    }
    [from, to] = [to, from];
  }
  return Float64Array.from(from, (x) => (Math.exp(Math.exp(x) - 1) - 1) ** 2 - 1);
}
