/**
 * Where peaks may be. Two filters, both in units of their standard deviation and both blind to constant and linear continua:
 *
 * - the generalised second difference (Mariscotti 1967, doi:10.1016/0029-554X(67)90058-4) with a kernel of the detector's own width, which
 *   tells neighbours apart;
 * - a Gaussian on a straight line, fitted by weighted least squares at every count (the matched filter for known variances), which sees peaks half as
 *   high but needs the neighbours taken off before.
 */

export interface Candidate {
  /** Position in the array of counts, with a fraction. */
  readonly index: number;
  /** Response over its standard deviation. */
  readonly significance: number;
}

export const SIGMA_PER_FWHM = 1 / (2 * Math.sqrt(2 * Math.LN2));

/** Half-widths of the kernels in standard deviations of the peak. */
const DIFFERENCE_REACH = 4;
const MATCHED_REACH = 6;
/** A kernel is used again until the resolution has changed by this share. */
const KERNEL_TOLERANCE = 0.01;

/** Second difference of a peak at each count between `from` and `to`; 0 elsewhere. Variances are those of `variance`, counts by default. */
export function peakSignificance(
  counts: ArrayLike<number>,
  fwhmChannels: (index: number) => number,
  from: number,
  to: number,
  variance: ArrayLike<number> = counts,
): Float64Array {
  return atEach(counts.length, fwhmChannels, from, to, secondDifference, (i, kernel) => {
    const reach = (kernel.length - 1) / 2;
    let [response, spread] = [0, 0];
    for (let j = -reach; j <= reach; j++) {
      const k = kernel[j + reach]!;
      response += k * counts[i + j]!;
      spread += k * k * Math.max(1, variance[i + j]!);
    }
    return response / Math.sqrt(spread);
  });
}

/** Area of a Gaussian on a straight line over its standard deviation at each count between `from` and `to`; 0 elsewhere. */
export function matchedSignificance(
  counts: ArrayLike<number>,
  fwhmChannels: (index: number) => number,
  from: number,
  to: number,
  variance: ArrayLike<number>,
): Float64Array {
  const weights = Float64Array.from(variance, (v) => 1 / Math.max(1, v));
  return atEach(counts.length, fwhmChannels, from, to, gaussian, (i, kernel) => {
    const reach = (kernel.length - 1) / 2;
    let [gg, g0, g1, s0, s1, s2, gy, y0, y1] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (let j = -reach; j <= reach; j++) {
      const weight = weights[i + j]!;
      const [g, y] = [kernel[j + reach]!, counts[i + j]!];
      gg += weight * g * g;
      g0 += weight * g;
      g1 += weight * g * j;
      s0 += weight;
      s1 += weight * j;
      s2 += weight * j * j;
      gy += weight * g * y;
      y0 += weight * y;
      y1 += weight * y * j;
    }
    // The straight line is eliminated from the normal equations; what is left is the Gaussian's own.
    const determinant = s0 * s2 - s1 * s1;
    const [a, b] = [(g0 * s2 - g1 * s1) / determinant, (g1 * s0 - g0 * s1) / determinant];
    const information = gg - a * g0 - b * g1;
    return information > 1e-9 * gg ? (gy - a * y0 - b * y1) / Math.sqrt(information) : 0;
  });
}

/** Runs `at` at each count whose kernel lies wholly inside the array. */
function atEach(
  length: number,
  fwhmChannels: (index: number) => number,
  from: number,
  to: number,
  kernelFor: (sigma: number) => Float64Array,
  at: (index: number, kernel: Float64Array) => number,
): Float64Array {
  const result = new Float64Array(length);
  let kernel: Float64Array = new Float64Array(0);
  let madeFor = 0;
  for (let i = Math.max(0, from); i < Math.min(length, to); i++) {
    const sigma = fwhmChannels(i) * SIGMA_PER_FWHM;
    if (Math.abs(sigma - madeFor) > KERNEL_TOLERANCE * madeFor) {
      kernel = kernelFor(sigma);
      madeFor = sigma;
    }
    const reach = (kernel.length - 1) / 2;
    if (i >= reach && i + reach < length) result[i] = at(i, kernel);
  }
  return result;
}

function secondDifference(sigma: number): Float64Array {
  const gauss = gaussian(sigma, DIFFERENCE_REACH);
  const middle = (gauss.length - 1) / 2;
  const shape = gauss.map((value, j) => (1 - ((j - middle) / sigma) ** 2) * value);
  // The sum is made exactly zero by taking its remainder off in the shape of the peak.
  const share = sum(shape) / sum(gauss);
  return shape.map((value, j) => value - share * gauss[j]!);
}

function gaussian(sigma: number, reachSigmas = MATCHED_REACH): Float64Array {
  const reach = Math.ceil(reachSigmas * sigma);
  return Float64Array.from({ length: 2 * reach + 1 }, (_, j) => Math.exp(-0.5 * ((j - reach) / sigma) ** 2));
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

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
