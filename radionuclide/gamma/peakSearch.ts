/**
 * Where peaks may be: the generalised second difference (Mariscotti 1967, doi:10.1016/0029-554X(67)90058-4) with a kernel of the detector's own
 * width, in units of its standard deviation. It is blind to constant and linear continua.
 */

export interface Candidate {
  /** Position in the array of counts, with a fraction. */
  readonly index: number;
  /** Response over its standard deviation. */
  readonly significance: number;
}

/** Half-width of the kernel in standard deviations of the peak. */
const REACH_SIGMAS = 4;
export const SIGMA_PER_FWHM = 1 / (2 * Math.sqrt(2 * Math.LN2));

/** Significance of a peak at each count between `from` and `to`; 0 elsewhere. Variances are those of `variance`, counts themselves by default. */
export function peakSignificance(
  counts: ArrayLike<number>,
  fwhmChannels: (index: number) => number,
  from: number,
  to: number,
  variance: ArrayLike<number> = counts,
): Float64Array {
  const n = counts.length;
  const result = new Float64Array(n);
  for (let i = Math.max(0, from); i < Math.min(n, to); i++) {
    const sigma = fwhmChannels(i) * SIGMA_PER_FWHM;
    const reach = Math.ceil(REACH_SIGMAS * sigma);
    if (i - reach < 0 || i + reach >= n) continue;
    let [sumKernel, weights] = [0, 0];
    const kernel = new Float64Array(2 * reach + 1);
    for (let j = -reach; j <= reach; j++) {
      const u = (j / sigma) ** 2;
      kernel[j + reach] = (1 - u) * Math.exp(-0.5 * u);
      sumKernel += kernel[j + reach]!;
      weights += Math.exp(-0.5 * u);
    }
    let [response, spread] = [0, 0];
    for (let j = -reach; j <= reach; j++) {
      // The kernel's sum is made exactly zero by taking its remainder off in the shape of the peak.
      const k = kernel[j + reach]! - (sumKernel / weights) * Math.exp(-0.5 * (j / sigma) ** 2);
      response += k * counts[i + j]!;
      spread += k * k * Math.max(1, variance[i + j]!);
    }
    result[i] = response / Math.sqrt(spread);
  }
  return result;
}

/** Local maxima of the significance above a threshold, at least half a FWHM apart, the stronger first to choose. In order of position. */
export function findCandidates(
  significance: Float64Array,
  fwhmChannels: (index: number) => number,
  threshold: number,
): Candidate[] {
  const maxima: Candidate[] = [];
  for (let i = 1; i + 1 < significance.length; i++) {
    const [a, b, c] = [significance[i - 1]!, significance[i]!, significance[i + 1]!];
    if (b < threshold || b < a || b <= c) continue;
    const bend = a - 2 * b + c;
    maxima.push({ index: i + (bend < 0 ? (0.5 * (a - c)) / bend : 0), significance: b });
  }
  const kept: Candidate[] = [];
  for (const candidate of maxima.sort((a, b) => b.significance - a.significance)) {
    const apart = 0.5 * fwhmChannels(candidate.index);
    if (kept.every(({ index }) => Math.abs(index - candidate.index) > apart)) kept.push(candidate);
  }
  return kept.sort((a, b) => a.index - b.index);
}
