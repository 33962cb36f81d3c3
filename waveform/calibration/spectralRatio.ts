/**
 * The ratio of two co-located sensors' responses from the ground's own noise: cross-spectra of stretches that overlap by half, coherence,
 * amplitude and phase with their uncertainties (Pavlis and Vernon 1994, doi:10.1785/BSSA0840041243; Bendat and Piersol, Random Data, 9.2).
 *
 *     const points = spectralRatio({ reference, unknown, sampleRateHz: 40 }, expected, settings);
 */
import type { Complex } from "@harken/core";
import { divide, fourierOf, modulus, multiply, nextPowerOfTwo, removeTrend, taper } from "@harken/signal";

export interface SensorPair {
  /** Counts of the known and of the other sensor at the same times. */
  readonly reference: Float64Array;
  readonly unknown: Float64Array;
  readonly sampleRateHz: number;
}

export interface RatioSettings {
  /** Length of a stretch, s: several periods of the lowest frequency. */
  readonly stretchSec: number;
  readonly lowHz: number;
  readonly highHz: number;
  readonly pointsPerOctave: number;
}

export interface RatioPoint {
  readonly frequencyHz: number;
  /** Unknown over reference. */
  readonly ratio: Complex;
  /** Magnitude-squared coherence, 0 to 1. */
  readonly coherence: number;
  /** Standard deviations: of the amplitude as a share of it, and of the phase, rad. */
  readonly amplitudeError: number;
  readonly phaseErrorRad: number;
}

/** Lowest line of the spectrum that is used: the window spreads the mean and the trend over those below. */
const FIRST_LINE = 4;
/** Lines that Hann's window makes one of. */
const LINES_AS_ONE = 1.5;
/** Stretches that overlap by half count a little less than one each: 1 + 2 (1/6)^2 for Hann's window (Welch 1967). */
const OVERLAP_LOSS = 1 + 2 / 36;
/** Fewest stretches: with one the coherence is 1 by definition. */
const LEAST_STRETCHES = 4;

interface CrossSpectra {
  readonly size: number;
  readonly stretches: number;
  readonly rr: Float64Array;
  readonly uu: Float64Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function crossSpectra({ reference, unknown, sampleRateHz }: SensorPair, stretchSec: number): CrossSpectra {
  const length = Math.round(stretchSec * sampleRateHz);
  if (!(length >= 64 && length < 2 ** 25))
    throw new RangeError(`stretches of ${stretchSec} s at ${sampleRateHz} Hz cannot be transformed`);
  const size = nextPowerOfTwo(length);
  const fourier = fourierOf(size);
  const window = taper(new Float64Array(length).fill(1), 0.5);
  const [rr, uu, re, im] = [0, 0, 0, 0].map(() => new Float64Array(size / 2 + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const total = Math.min(reference.length, unknown.length);
  let stretches = 0;
  const [a, b] = [new Float64Array(size), new Float64Array(size)];
  const cut = (samples: Float64Array, from: number, into: Float64Array): boolean => {
    const x = removeTrend(samples.slice(from, from + length));
    into.fill(0);
    for (let i = 0; i < length; i++) into[i] = x[i]! * window[i]!;
    return into.every(Number.isFinite);
  };
  for (let from = 0; from + length <= total; from += Math.floor(length / 2)) {
    // Both real traces in one complex transform.
    if (!cut(reference, from, a) || !cut(unknown, from, b)) continue;
    fourier.forward(a, b);
    for (let k = 0; k <= size / 2; k++) {
      const m = (size - k) % size;
      const [xr, xi] = [(a[k]! + a[m]!) / 2, (b[k]! - b[m]!) / 2];
      const [yr, yi] = [(b[k]! + b[m]!) / 2, (a[m]! - a[k]!) / 2];
      rr[k]! += xr * xr + xi * xi;
      uu[k]! += yr * yr + yi * yi;
      re[k]! += xr * yr + xi * yi;
      im[k]! += xr * yi - xi * yr;
    }
    stretches++;
  }
  return { size, stretches, rr, uu, re, im };
}

/**
 * The ratio at frequencies spread evenly over octaves, each from the lines around it; empty when there are too few stretches. `expected` is
 * the ratio as it should be: lines are divided by it before they are averaged, so that a steep response does not bend their mean.
 *
 * The amplitude is the root of the power ratio, halfway between the estimate that puts all incoherent noise into one sensor and the one that
 * puts it into the other; half their distance is part of its uncertainty.
 */
export function spectralRatio(
  pair: SensorPair,
  expected: (frequencyHz: number) => Complex | null,
  { stretchSec, lowHz, highHz, pointsPerOctave }: RatioSettings,
): RatioPoint[] {
  if (!(lowHz > 0 && highHz > lowHz && highHz < pair.sampleRateHz / 2 && pointsPerOctave > 0))
    throw new RangeError(`${lowHz} to ${highHz} Hz is no band below half of ${pair.sampleRateHz} samples/s`);
  const { size, stretches, rr, uu, re, im } = crossSpectra(pair, stretchSec);
  if (stretches < LEAST_STRETCHES) return [];
  const step = pair.sampleRateHz / size;
  // Zeros behind a stretch make more lines, not more knowledge.
  const padding = size / Math.round(stretchSec * pair.sampleRateHz);
  const half = 2 ** (0.5 / pointsPerOctave);
  const points: RatioPoint[] = [];
  for (let i = 0; ; i++) {
    const frequencyHz = lowHz * 2 ** (i / pointsPerOctave);
    if (frequencyHz > highHz * (1 + 1e-9)) return points;
    const centre = expected(frequencyHz);
    const middle = Math.round(frequencyHz / step);
    const from = Math.max(FIRST_LINE, Math.min(middle, Math.ceil(frequencyHz / half / step)));
    const to = Math.min(size / 2 - 1, Math.max(middle, Math.floor((frequencyHz * half) / step)));
    let [lines, power, x, y] = [0, 0, 0, 0];
    for (let k = from; k <= to; k++) {
      const line = expected(k * step);
      if (!line || !(rr[k]! > 0)) continue;
      const flat = divide({ re: re[k]! / rr[k]!, im: im[k]! / rr[k]! }, line);
      x += flat.re;
      y += flat.im;
      power += uu[k]! / rr[k]! / (line.re * line.re + line.im * line.im);
      lines++;
    }
    if (!centre || lines === 0 || !(power > 0)) continue;
    const coherence = Math.min(1, (x * x + y * y) / (lines * power));
    if (!(coherence > 0)) continue;
    const averages = (stretches / OVERLAP_LOSS) * Math.max(1, lines / padding / LINES_AS_ONE);
    const random = Math.sqrt((1 - coherence) / (2 * averages * coherence));
    const gamma = Math.sqrt(coherence);
    // All noise in one sensor or the other, anything between as likely: a rectangle's standard deviation.
    const split = (1 / gamma - gamma) / 2 / Math.sqrt(3);
    const amplitude = Math.sqrt(power / lines);
    const phase = Math.atan2(y, x);
    points.push({
      frequencyHz,
      ratio: multiply(centre, { re: amplitude * Math.cos(phase), im: amplitude * Math.sin(phase) }),
      coherence,
      amplitudeError: Math.hypot(random, split),
      phaseErrorRad: random,
    });
  }
}

/** Amplitude and phase, deg, of a complex number. */
export const polarOf = (value: Complex): { amplitude: number; phaseDeg: number } => ({
  amplitude: modulus(value),
  phaseDeg: (Math.atan2(value.im, value.re) * 180) / Math.PI,
});
