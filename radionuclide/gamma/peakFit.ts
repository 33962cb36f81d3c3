/**
 * Peaks on a continuum by maximum likelihood of Poisson counts: Gaussians of the calibrated width times one factor for the whole group, in strong
 * groups with an exponential tail to the left (incomplete charge collection), a straight continuum, and under each peak a step of the continuum in
 * proportion to its area. Fisher scoring with Levenberg's damping (Baker and Cousins 1984,
 * doi:10.1016/0167-5087(84)90016-4, for the likelihood).
 */
import { choleskyFactor, choleskyInverse, choleskySolve, erfc } from "@harken/core";
import { SIGMA_PER_FWHM } from "./peakSearch.ts";

export interface FittedPeak {
  /** Position in the array of counts. */
  readonly index: number;
  readonly indexError: number;
  /** Counts. */
  readonly area: number;
  readonly areaError: number;
  readonly fwhmChannels: number;
  /** Width over the calibrated one. */
  readonly widthFactor: number;
}

export interface GroupFit {
  readonly peaks: readonly FittedPeak[];
  /** Expected counts of the model in each channel of the region. */
  readonly model: Float64Array;
  /** The part of it that is no peak. */
  readonly continuum: Float64Array;
  /** What the peaks add to the count at an index, also outside of the region. */
  peaksAt(index: number): number;
  /** The tail that strong groups were fitted with; null where it was given, or none. */
  readonly fittedTail: PeakTail | null;
  /** Cash's statistic over its degrees of freedom: near 1 for a good fit. */
  readonly reducedDeviance: number;
}

/** Left tail of every peak of a detector. */
export interface PeakTail {
  /** Of the peak's area. */
  readonly share: number;
  /** Decay length, standard deviations of the peak. */
  readonly length: number;
}

export interface GroupStart {
  /** First count of the region and the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly centres: readonly number[];
  /** For groups that are too weak to fit their own; none by default. */
  readonly tail?: PeakTail | null;
  /** What peaks outside of the group add to each count of the region; nothing by default. */
  readonly others?: ArrayLike<number> | null;
}

const ITERATIONS = 60;
/** Centres stay this near to where they were found, in FWHM. */
const MAX_SHIFT_FWHM = 0.6;
/** How the width of strong groups may differ from the calibration; a peak by itself may be a broad one (annihilation, escape, sum). */
const GROUP_WIDTH_RANGE = [0.75, 1.25] as const;
const SINGLET_WIDTH_RANGE = [0.75, 2.2] as const;
/** A group's width is fitted when a peak stands this many standard deviations of its background out, its tail when one has this many counts. */
const WIDTH_FREE_SIGNIFICANCE = 15;
const TAIL_FREE_AREA = 10_000;
const MAX_TAIL_FRACTION = 0.4;
/** Decay length of the tail, in standard deviations of the peak. */
const TAIL_START = 1.5;
const TAIL_RANGE = [0.5, 2] as const;

/** Null when the likelihood cannot be raised (no counts in the region). */
export function fitGroup(
  counts: ArrayLike<number>,
  fwhmChannels: (index: number) => number,
  { from, to, centres, tail = null, others = null }: GroupStart,
): GroupFit | null {
  const n = to - from;
  const count = centres.length;
  const y = Float64Array.from({ length: n }, (_, i) => counts[from + i]!);
  const offset = others ? Float64Array.from(others) : new Float64Array(n);
  const own = y.map((value, i) => value - offset[i]!);
  const sigmas = centres.map((c) => fwhmChannels(c) * SIGMA_PER_FWHM);
  // Parameters: continuum at the left end and at the right, step per area, width factor, share of the tail and its length, then area and centre of
  // each peak.
  const STEP = 2;
  const WIDTH = 3;
  const TAIL = 4;
  const LENGTH = 5;
  const size = 6 + 2 * count;
  const area = (j: number) => 6 + 2 * j;
  const p = new Float64Array(size);
  const edge = Math.max(2, Math.round(0.5 * fwhmChannels(from)));
  p[0] = Math.max(0.5, meanOf(own, 0, edge));
  p[1] = Math.max(0.5, meanOf(own, n - edge, n));
  p[WIDTH] = 1;
  p[TAIL] = tail?.share ?? 0;
  p[LENGTH] = tail?.length ?? TAIL_START;
  centres.forEach((c, j) => {
    const at = Math.min(n - 1, Math.max(0, Math.round(c - from)));
    const under = p[0]! + ((p[1]! - p[0]!) * at) / Math.max(1, n - 1);
    p[area(j)] = Math.max(1, (own[at]! - under) * sigmas[j]! * Math.sqrt(2 * Math.PI));
    p[area(j) + 1] = c - from;
  });
  const largest = Math.max(...centres.map((_, j) => p[area(j)]!));
  const free = new Uint8Array(size).fill(1);
  const under = 0.5 * (p[0]! + p[1]!) * 2.5 * fwhmChannels(centres[0]!);
  free[WIDTH] = free[STEP] = largest > WIDTH_FREE_SIGNIFICANCE * Math.sqrt(under) ? 1 : 0;
  const widthRange = count === 1 ? SINGLET_WIDTH_RANGE : GROUP_WIDTH_RANGE;
  free[TAIL] = free[LENGTH] = largest > TAIL_FREE_AREA ? 1 : 0;
  if (free[TAIL]) p[TAIL] = Math.max(0.05, p[TAIL]);

  const model = new Float64Array(n);
  const gradient = Array.from({ length: size }, () => new Float64Array(n));
  const evaluate = (q: Float64Array, withGradient: boolean) => {
    for (let i = 0; i < n; i++) {
      const fraction = n > 1 ? i / (n - 1) : 0;
      let step = 0;
      let peaks = 0;
      if (withGradient) gradient[WIDTH]![i] = gradient[TAIL]![i] = gradient[LENGTH]![i] = 0;
      for (let j = 0; j < count; j++) {
        const sigma = sigmas[j]! * q[WIDTH]!;
        const u = (i - q[area(j) + 1]!) / sigma;
        const gauss = Math.abs(u) < 8 ? Math.exp(-0.5 * u * u) / (sigma * ROOT_TWO_PI) : 0;
        const t = q[TAIL]!;
        const skirt = t > 0 || free[TAIL] ? tailShape(u, q[LENGTH]!) / sigma : 0;
        const shape = (1 - t) * gauss + t * skirt;
        const below = 0.5 * erfc(u / Math.SQRT2);
        const a = q[area(j)]!;
        peaks += a * shape;
        step += a * below;
        if (!withGradient) continue;
        // With b the tail's length in sigmas, its slope is d tail / du = (tail - gauss) / b (both per sigma).
        const slope = (-(1 - t) * gauss * u + (t * (skirt - gauss)) / q[LENGTH]!) / sigma;
        gradient[area(j)]![i] = shape + q[STEP]! * below;
        gradient[area(j) + 1]![i] = a * (-slope + q[STEP]! * gauss);
        gradient[WIDTH]![i]! += (a * (-shape - slope * u * sigma + q[STEP]! * u * sigma * gauss)) / q[WIDTH]!;
        if (!free[TAIL]) continue;
        gradient[TAIL]![i]! += a * (skirt - gauss);
        gradient[LENGTH]![i]! +=
          (a * t * (tailShape(u, q[LENGTH]! + 1e-4) - tailShape(u, q[LENGTH]! - 1e-4))) / (2e-4 * sigma);
      }
      model[i] = Math.max(1e-3, offset[i]! + q[0]! * (1 - fraction) + q[1]! * fraction + q[STEP]! * step + peaks);
      if (!withGradient) continue;
      gradient[0]![i] = 1 - fraction;
      gradient[1]![i] = fraction;
      gradient[STEP]![i] = step;
    }
  };
  const deviance = () => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += model[i]! - y[i]! + (y[i]! > 0 ? y[i]! * Math.log(y[i]! / model[i]!) : 0);
    return 2 * sum;
  };
  const clamp = (q: Float64Array) => {
    for (const k of [0, 1]) q[k] = Math.max(0.01, q[k]!);
    q[STEP] = Math.min(0.02, Math.max(0, q[STEP]!));
    q[WIDTH] = Math.min(widthRange[1], Math.max(widthRange[0], q[WIDTH]!));
    q[TAIL] = Math.min(MAX_TAIL_FRACTION, Math.max(0, q[TAIL]!));
    q[LENGTH] = Math.min(TAIL_RANGE[1], Math.max(TAIL_RANGE[0], q[LENGTH]!));
    centres.forEach((c, j) => {
      const reach = MAX_SHIFT_FWHM * fwhmChannels(c);
      q[area(j)] = Math.max(0, q[area(j)]!);
      q[area(j) + 1] = Math.min(c - from + reach, Math.max(c - from - reach, q[area(j) + 1]!));
    });
  };
  const active = [...free.keys()].filter((k) => free[k] === 1);
  const normal = (damping: number): Float64Array => {
    const m = active.length;
    const matrix = new Float64Array(m * m);
    for (let a = 0; a < m; a++)
      for (let b = 0; b <= a; b++) {
        let sum = 0;
        const [ga, gb] = [gradient[active[a]!]!, gradient[active[b]!]!];
        for (let i = 0; i < n; i++) sum += (ga[i]! * gb[i]!) / model[i]!;
        matrix[a * m + b] = matrix[b * m + a] = sum;
      }
    for (let a = 0; a < m; a++) matrix[a * m + a]! *= 1 + damping;
    // A parameter without effect (the step of peaks of no area) must not make the matrix singular.
    for (let a = 0; a < m; a++) if (!(matrix[a * m + a]! > 0)) matrix[a * m + a] = 1;
    return matrix;
  };
  evaluate(p, true);
  let best = deviance();
  let damping = 1e-2;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const m = active.length;
    const matrix = normal(damping);
    const right = new Float64Array(m);
    for (let a = 0; a < m; a++) {
      const g = gradient[active[a]!]!;
      for (let i = 0; i < n; i++) right[a]! += g[i]! * (y[i]! / model[i]! - 1);
    }
    if (!choleskyFactor(matrix, m)) {
      damping = Math.max(1e-6, damping) * 10;
      if (damping > 1e8) break;
      continue;
    }
    choleskySolve(matrix, m, right);
    const trial = p.slice();
    for (let a = 0; a < m; a++) trial[active[a]!]! += right[a]!;
    clamp(trial);
    evaluate(trial, false);
    const value = deviance();
    if (value < best) {
      const gain = best - value;
      best = value;
      p.set(trial);
      evaluate(p, true);
      damping = Math.max(1e-9, damping / 5);
      if (gain < 1e-6 * (1 + best)) break;
    } else {
      damping *= 8;
      evaluate(p, true);
      if (damping > 1e8) break;
    }
  }
  evaluate(p, true);
  const matrix = normal(1e-9);
  if (!choleskyFactor(matrix, active.length)) return null;
  const covariance = choleskyInverse(matrix, active.length);
  const errorOf = (k: number) => {
    const a = active.indexOf(k);
    return Math.sqrt(Math.max(0, covariance[a * active.length + a]!));
  };
  const peaks = centres.map((c, j) => ({
    index: from + p[area(j) + 1]!,
    indexError: errorOf(area(j) + 1),
    area: p[area(j)]!,
    areaError: errorOf(area(j)),
    fwhmChannels: fwhmChannels(c) * p[WIDTH]!,
    widthFactor: p[WIDTH]!,
  }));
  const fitted = p.slice();
  const peaksAt = (index: number) => {
    let sum = 0;
    for (let j = 0; j < count; j++) {
      const sigma = sigmas[j]! * fitted[WIDTH]!;
      const u = (index - from - fitted[area(j) + 1]!) / sigma;
      if (Math.abs(u) > SHAPE_REACH_SIGMAS) continue;
      const skirt = fitted[TAIL]! > 0 ? fitted[TAIL]! * tailShape(u, fitted[LENGTH]!) : 0;
      sum += (fitted[area(j)]! * (((1 - fitted[TAIL]!) * Math.exp(-0.5 * u * u)) / ROOT_TWO_PI + skirt)) / sigma;
    }
    return sum;
  };
  const continuum = model.map((value, i) => value - offset[i]! - peaksAt(from + i));
  return {
    peaks,
    model: model.slice(),
    continuum,
    peaksAt,
    fittedTail: free[TAIL] ? { share: p[TAIL]!, length: p[LENGTH]! } : null,
    reducedDeviance: best / Math.max(1, n - active.length),
  };
}

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
/** Beyond this a peak adds nothing. */
const SHAPE_REACH_SIGMAS = 12;

/** An exponential that falls to the left over `length`, smeared by a normal; area 1, both in units of the standard deviation. */
function tailShape(u: number, length: number): number {
  const z = (u + 1 / length) / Math.SQRT2;
  if (z > 6) return 0;
  const exponent = u / length + 0.5 / (length * length);
  return exponent < -40 ? 0 : (Math.exp(exponent) * erfc(z)) / (2 * length);
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = Math.max(0, from); i < Math.min(values.length, to); i++) sum += values[i]!;
  return sum / Math.max(1, Math.min(values.length, to) - Math.max(0, from));
}
