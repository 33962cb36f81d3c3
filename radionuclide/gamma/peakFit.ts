/**
 * Peaks on a continuum by maximum likelihood of Poisson counts: peaks of the calibrated width times one factor for the whole group, in strong groups with
 * tails to both sides, a straight continuum, and under each peak a step of the continuum in proportion to its area. Fisher scoring with Levenberg's
 * damping (Baker and Cousins 1984, doi:10.1016/0167-5087(84)90016-4, for the likelihood).
 */
import { choleskyFactor, choleskyInverse, choleskySolve, erfc } from "@harken/core";
import { SIGMA_PER_FWHM } from "./peakSearch.ts";
import { gaussian, noTails, type PeakTails, peakShape, tail, tailByLength } from "./peakShape.ts";

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
  /** The tails that strong groups were fitted with; null where they were given, or none. */
  readonly fittedTails: PeakTails | null;
  /** Cash's statistic over its degrees of freedom: near 1 for a good fit. */
  readonly reducedDeviance: number;
}

export interface GroupStart {
  /** First count of the region and the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly centres: readonly number[];
  /** For groups that are too weak to fit their own; none by default. */
  readonly tails?: PeakTails | null;
  /** What peaks outside of the group add to each count of the region; nothing by default. */
  readonly others?: ArrayLike<number> | null;
}

const ITERATIONS = 60;
/** A gain in deviance that no parameter shows, against 1 for a standard deviation. */
const CONVERGED = 1e-4;
/** Centres stay this near to where they were found, in FWHM. */
const MAX_SHIFT_FWHM = 0.6;
/** How the width of strong groups may differ from the calibration; a peak by itself may be a broad one (annihilation, escape, sum). */
const GROUP_WIDTH_RANGE = [0.75, 1.25] as const;
const SINGLET_WIDTH_RANGE = [0.75, 2.2] as const;
/** A group's width is fitted when a peak stands this many standard deviations of its background out, its tails when one has this many counts. */
const WIDTH_FREE_SIGNIFICANCE = 15;
const TAILS_FREE_AREA = 10_000;
const MAX_LOW_SHARE = 0.4;
const MAX_HIGH_SHARE = 0.2;
const TAIL_LENGTH_RANGE = [0.5, 2] as const;
const MAX_STEP = 0.02;

/** Parameters: continuum at both ends, step per area, width factor, then tails, then area and centre of each peak. */
const LEFT = 0;
const RIGHT = 1;
const STEP = 2;
const WIDTH = 3;
const LOW = 4;
const LOW_LENGTH = 5;
const HIGH = 6;
const HIGH_LENGTH = 7;
const TAIL_PARAMETERS = [LOW, LOW_LENGTH, HIGH, HIGH_LENGTH] as const;
const areaOf = (j: number) => 8 + 2 * j;
const centreOf = (j: number) => 9 + 2 * j;

const tailsIn = (p: Float64Array): PeakTails => ({
  lowShare: p[LOW]!,
  lowLength: p[LOW_LENGTH]!,
  highShare: p[HIGH]!,
  highLength: p[HIGH_LENGTH]!,
});

/** Null when the likelihood cannot be raised (no counts in the region). */
export function fitGroup(
  counts: ArrayLike<number>,
  fwhmChannels: (index: number) => number,
  start: GroupStart,
): GroupFit | null {
  const group = new Group(counts, fwhmChannels, start);
  return group.maximise() ? group.result() : null;
}

/** One fit in progress. */
class Group {
  readonly #fwhm: (index: number) => number;
  readonly #from: number;
  readonly #centres: readonly number[];
  readonly #sigmas: readonly number[];
  readonly #y: Float64Array;
  readonly #offset: Float64Array;
  readonly #p: Float64Array;
  readonly #active: readonly number[];
  readonly #tailsFree: boolean;
  readonly #model: Float64Array;
  readonly #gradient: readonly Float64Array[];
  #covariance: Float64Array = new Float64Array(0);
  #deviance = Number.POSITIVE_INFINITY;

  constructor(
    counts: ArrayLike<number>,
    fwhm: (index: number) => number,
    { from, to, centres, tails = null, others = null }: GroupStart,
  ) {
    const n = to - from;
    this.#fwhm = fwhm;
    this.#from = from;
    this.#centres = centres;
    this.#sigmas = centres.map((c) => fwhm(c) * SIGMA_PER_FWHM);
    this.#y = Float64Array.from({ length: n }, (_, i) => counts[from + i]!);
    this.#offset = others ? Float64Array.from(others) : new Float64Array(n);
    const own = this.#y.map((value, i) => value - this.#offset[i]!);
    const size = areaOf(centres.length);
    const p = new Float64Array(size);
    const edge = Math.max(2, Math.round(0.5 * fwhm(from)));
    p[LEFT] = Math.max(0.5, meanOf(own, 0, edge));
    p[RIGHT] = Math.max(0.5, meanOf(own, n - edge, n));
    p[WIDTH] = 1;
    centres.forEach((c, j) => {
      const at = Math.min(n - 1, Math.max(0, Math.round(c - from)));
      const under = p[LEFT]! + ((p[RIGHT]! - p[LEFT]!) * at) / Math.max(1, n - 1);
      p[areaOf(j)] = Math.max(1, (own[at]! - under) * this.#sigmas[j]! * Math.sqrt(2 * Math.PI));
      p[centreOf(j)] = c - from;
    });
    const largest = Math.max(...centres.map((_, j) => p[areaOf(j)]!));
    const under = 0.5 * (p[LEFT]! + p[RIGHT]!) * 2.5 * fwhm(centres[0]!);
    const widthFree = largest > WIDTH_FREE_SIGNIFICANCE * Math.sqrt(under);
    this.#tailsFree = largest > TAILS_FREE_AREA;
    const { lowShare, lowLength, highShare, highLength } = tails ?? noTails;
    p[LOW] = this.#tailsFree ? Math.max(0.05, lowShare) : lowShare;
    p[HIGH] = this.#tailsFree ? Math.max(0.01, highShare) : highShare;
    p[LOW_LENGTH] = lowLength;
    p[HIGH_LENGTH] = highLength;
    this.#p = p;
    const isFixed = (k: number) =>
      ((k === WIDTH || k === STEP) && !widthFree) || (k >= LOW && k <= HIGH_LENGTH && !this.#tailsFree);
    this.#active = [...p.keys()].filter((k) => !isFixed(k));
    this.#model = new Float64Array(n);
    this.#gradient = Array.from({ length: size }, () => new Float64Array(n));
  }

  maximise(): boolean {
    const p = this.#p;
    this.#evaluate(p, true);
    let best = this.#devianceOf();
    let damping = 1e-2;
    for (let iteration = 0; iteration < ITERATIONS && damping < 1e8; iteration++) {
      const step = this.#step(damping);
      if (!step) {
        damping = Math.max(1e-6, damping) * 10;
        continue;
      }
      const trial = p.slice();
      this.#active.forEach((k, a) => {
        trial[k]! += step[a]!;
      });
      this.#clamp(trial);
      this.#evaluate(trial, false);
      const value = this.#devianceOf();
      if (value < best) {
        const gain = best - value;
        best = value;
        p.set(trial);
        damping = Math.max(1e-9, damping / 5);
        this.#evaluate(p, true);
        if (gain < CONVERGED) break;
      } else {
        damping *= 8;
        // The gradient is still that of p.
        this.#evaluate(p, false);
      }
    }
    this.#deviance = best;
    const matrix = this.#information(1e-9);
    if (!choleskyFactor(matrix, this.#active.length)) return false;
    this.#covariance = choleskyInverse(matrix, this.#active.length);
    return true;
  }

  result(): GroupFit {
    const [p, from, sigmas] = [this.#p, this.#from, this.#sigmas];
    const tails = tailsIn(p);
    const errorOf = (k: number) => {
      const a = this.#active.indexOf(k);
      return Math.sqrt(Math.max(0, this.#covariance[a * this.#active.length + a]!));
    };
    const peaks = this.#centres.map((c, j) => ({
      index: from + p[centreOf(j)]!,
      indexError: errorOf(centreOf(j)),
      area: p[areaOf(j)]!,
      areaError: errorOf(areaOf(j)),
      fwhmChannels: this.#fwhm(c) * p[WIDTH]!,
      widthFactor: p[WIDTH]!,
    }));
    const peaksAt = (index: number) =>
      peaks.reduce((sum, { area, index: centre }, j) => {
        const sigma = sigmas[j]! * p[WIDTH]!;
        return sum + (area * peakShape((index - centre) / sigma, tails)) / sigma;
      }, 0);
    return {
      peaks,
      model: this.#model,
      continuum: this.#model.map((value, i) => value - this.#offset[i]! - peaksAt(from + i)),
      peaksAt,
      fittedTails: this.#tailsFree ? tails : null,
      reducedDeviance: this.#deviance / Math.max(1, this.#y.length - this.#active.length),
    };
  }

  #evaluate(q: Float64Array, withGradient: boolean): void {
    const n = this.#y.length;
    const gradient = this.#gradient;
    const tails = tailsIn(q);
    const { lowShare, lowLength, highShare, highLength } = tails;
    const hasTails = this.#tailsFree || lowShare > 0 || highShare > 0;
    if (withGradient) for (const k of [WIDTH, ...TAIL_PARAMETERS]) gradient[k]!.fill(0);
    for (let i = 0; i < n; i++) {
      const fraction = n > 1 ? i / (n - 1) : 0;
      let [step, peaks] = [0, 0];
      for (let j = 0; j < this.#centres.length; j++) {
        const sigma = this.#sigmas[j]! * q[WIDTH]!;
        const u = (i - q[centreOf(j)]!) / sigma;
        const a = q[areaOf(j)]!;
        const gauss = gaussian(u);
        const low = hasTails ? tail(u, lowLength) : 0;
        const high = hasTails ? tail(-u, highLength) : 0;
        const shape = (1 - lowShare - highShare) * gauss + lowShare * low + highShare * high;
        const below = 0.5 * erfc(u / Math.SQRT2);
        peaks += (a * shape) / sigma;
        step += a * below;
        if (!withGradient) continue;
        const slope =
          -(1 - lowShare - highShare) * gauss * u +
          (lowShare * (low - gauss)) / lowLength -
          (highShare * (high - gauss)) / highLength;
        gradient[areaOf(j)]![i] = shape / sigma + q[STEP]! * below;
        gradient[centreOf(j)]![i] = (a / sigma) * (-slope / sigma + q[STEP]! * gauss);
        gradient[WIDTH]![i]! += (a * ((-shape - slope * u) / sigma + q[STEP]! * u * gauss)) / q[WIDTH]!;
        if (!this.#tailsFree) continue;
        gradient[LOW]![i]! += (a * (low - gauss)) / sigma;
        gradient[HIGH]![i]! += (a * (high - gauss)) / sigma;
        gradient[LOW_LENGTH]![i]! += (a * lowShare * tailByLength(u, lowLength)) / sigma;
        gradient[HIGH_LENGTH]![i]! += (a * highShare * tailByLength(-u, highLength)) / sigma;
      }
      const continuum = q[LEFT]! * (1 - fraction) + q[RIGHT]! * fraction + q[STEP]! * step;
      this.#model[i] = Math.max(1e-3, this.#offset[i]! + continuum + peaks);
      if (!withGradient) continue;
      gradient[LEFT]![i] = 1 - fraction;
      gradient[RIGHT]![i] = fraction;
      gradient[STEP]![i] = step;
    }
  }

  #devianceOf(): number {
    let sum = 0;
    for (let i = 0; i < this.#y.length; i++) {
      const [y, m] = [this.#y[i]!, this.#model[i]!];
      sum += m - y + (y > 0 ? y * Math.log(y / m) : 0);
    }
    return 2 * sum;
  }

  #information(damping: number): Float64Array {
    const m = this.#active.length;
    const matrix = new Float64Array(m * m);
    for (let a = 0; a < m; a++)
      for (let b = 0; b <= a; b++) {
        const [ga, gb] = [this.#gradient[this.#active[a]!]!, this.#gradient[this.#active[b]!]!];
        let sum = 0;
        for (let i = 0; i < ga.length; i++) sum += (ga[i]! * gb[i]!) / this.#model[i]!;
        matrix[a * m + b] = matrix[b * m + a] = sum;
      }
    for (let a = 0; a < m; a++) {
      // A parameter without effect (the step of peaks of no area) must not make the matrix singular.
      const own = matrix[a * m + a]! * (1 + damping);
      matrix[a * m + a] = own > 0 ? own : 1;
    }
    return matrix;
  }

  #step(damping: number): Float64Array | null {
    const m = this.#active.length;
    const matrix = this.#information(damping);
    const right = Float64Array.from(this.#active, (k) => {
      const g = this.#gradient[k]!;
      let sum = 0;
      for (let i = 0; i < g.length; i++) sum += g[i]! * (this.#y[i]! / this.#model[i]! - 1);
      return sum;
    });
    if (!choleskyFactor(matrix, m)) return null;
    choleskySolve(matrix, m, right);
    return right;
  }

  #clamp(q: Float64Array): void {
    const within = (k: number, low: number, high: number) => {
      q[k] = Math.min(high, Math.max(low, q[k]!));
    };
    within(LEFT, 0.01, Number.POSITIVE_INFINITY);
    within(RIGHT, 0.01, Number.POSITIVE_INFINITY);
    within(STEP, 0, MAX_STEP);
    const [narrow, wide] = this.#centres.length === 1 ? SINGLET_WIDTH_RANGE : GROUP_WIDTH_RANGE;
    within(WIDTH, narrow, wide);
    within(LOW, 0, MAX_LOW_SHARE);
    within(HIGH, 0, MAX_HIGH_SHARE);
    within(LOW_LENGTH, ...TAIL_LENGTH_RANGE);
    within(HIGH_LENGTH, ...TAIL_LENGTH_RANGE);
    this.#centres.forEach((c, j) => {
      const reach = MAX_SHIFT_FWHM * this.#fwhm(c);
      within(areaOf(j), 0, Number.POSITIVE_INFINITY);
      within(centreOf(j), c - this.#from - reach, c - this.#from + reach);
    });
  }
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = Math.max(0, from); i < Math.min(values.length, to); i++) sum += values[i]!;
  return sum / Math.max(1, Math.min(values.length, to) - Math.max(0, from));
}
