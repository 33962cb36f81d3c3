/**
 * What a stretch of a trace shows: its spectrogram with what stands before and after, its spectrum beside that of the noise before it, the
 * cepstrum, and how the ground moved where three components are there. Powers in the square of the samples' unit per Hz.
 *
 *     const { spectrum, motion } = analyse({ trace, window: { from, to }, components: [z, n, e] });
 */
import { cepstrum, type Polarization, polarizationOf, powerSpectralDensity, spectrogram } from "@harken/signal";

export interface Trace {
  readonly startTime: number;
  readonly sampleRateHz: number;
  readonly samples: Float32Array;
}

export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

export interface AnalysisInput {
  /** Unfiltered, with time on both sides of the window. */
  readonly trace: Trace;
  readonly window: TimeWindow;
  /** Vertical, north and east of the window in the band in sight; null where the station has no three of them. */
  readonly components: readonly [Trace, Trace, Trace] | null;
}

export interface Analysis {
  readonly spectrogram: {
    readonly firstTime: number;
    readonly stepSec: number;
    readonly columns: number;
    readonly maxHz: number;
    readonly bins: number;
    /** dB, a column of `bins` for each time. */
    readonly decibels: Float32Array;
    /** Levels between which the colours run: what 5 % and 99.5 % of the values are below. */
    readonly low: number;
    readonly high: number;
  } | null;
  readonly spectrum: {
    readonly frequenciesHz: Float64Array;
    readonly signal: Float64Array;
    /** Of a stretch as long as the window that ends before it; null where there are no data. */
    readonly noise: Float64Array | null;
    readonly peakHz: number;
  } | null;
  readonly cepstrum: { readonly stepSec: number; readonly values: Float64Array } | null;
  readonly motion: {
    readonly polarization: Polarization;
    readonly vertical: Float64Array;
    readonly north: Float64Array;
    readonly east: Float64Array;
  } | null;
}

/** Windows of the spectrogram, s, and most columns that it has. */
const SPECTROGRAM_SEC = 2.5;
const MAX_COLUMNS = 500;
/** Left out between the noise and the window, s. */
const NOISE_GUARD_SEC = 1;
/** Fewest samples of which a spectrum is made. */
const LEAST_SAMPLES = 16;
/** Stretches of a spectrum: each about a third of the window, so that three to five are averaged. */
const STRETCHES = 3;

export function analyse({ trace, window, components }: AnalysisInput): Analysis {
  const signal = cut(trace, window);
  const lengthSec = window.to - window.from;
  const noiseTo = window.from - NOISE_GUARD_SEC;
  const noise = cut(trace, { from: noiseTo - lengthSec, to: noiseTo });
  const motion = components && motionOf(components.map((one) => cut(one, window)));
  return {
    spectrogram: spectrogramOf(trace),
    spectrum: spectrumOf(signal, noise, trace.sampleRateHz),
    cepstrum:
      signal.length < LEAST_SAMPLES
        ? null
        : { stepSec: 1 / trace.sampleRateHz, values: cepstrum(signal).slice(0, signal.length / 2) },
    motion,
  };
}

/** The samples of a window, as far as they are there. */
export function cut({ startTime, sampleRateHz, samples }: Trace, { from, to }: TimeWindow): Float64Array {
  const first = Math.max(0, Math.ceil((from - startTime) * sampleRateHz - 1e-6));
  const end = Math.min(samples.length, Math.floor((to - startTime) * sampleRateHz + 1e-6) + 1);
  return Float64Array.from(samples.subarray(first, Math.max(first, end)));
}

const evenPart = (value: number) => 2 * Math.floor(value / 2);

function spectrumOf(signal: Float64Array, noise: Float64Array, rateHz: number): Analysis["spectrum"] {
  if (signal.length < LEAST_SAMPLES) return null;
  const segment = evenPart(Math.max(LEAST_SAMPLES, (2 * signal.length) / (STRETCHES + 1)));
  const options = { segment: Math.min(segment, evenPart(signal.length)), overlap: 0.5 };
  const own = powerSpectralDensity(signal, rateHz, options);
  if (!own) return null;
  const before = noise.length >= options.segment ? powerSpectralDensity(noise, rateHz, options) : null;
  let peak = 1;
  for (let k = 1; k < own.density.length; k++) if (own.density[k]! > own.density[peak]!) peak = k;
  return {
    frequenciesHz: own.frequenciesHz,
    signal: own.density,
    noise: before?.density ?? null,
    peakHz: own.frequenciesHz[peak]!,
  };
}

function spectrogramOf({ startTime, sampleRateHz, samples }: Trace): Analysis["spectrogram"] {
  const length = 2 ** Math.max(4, Math.round(Math.log2(SPECTROGRAM_SEC * sampleRateHz)));
  if (samples.length < 2 * length) return null;
  const hop = Math.max(1, Math.floor(length / 8), Math.ceil((samples.length - length) / MAX_COLUMNS));
  const { density, timesSec, frequenciesHz } = spectrogram(samples, sampleRateHz, length, hop);
  const bins = frequenciesHz.length;
  const decibels = new Float32Array(density.length * bins);
  density.forEach((column, at) => {
    for (let k = 0; k < bins; k++) decibels[at * bins + k] = 10 * Math.log10(Math.max(column[k]!, 1e-30));
  });
  const ordered = decibels.filter((_, at) => at % bins !== 0).sort();
  const level = (share: number) => ordered[Math.floor(share * (ordered.length - 1))] ?? 0;
  return {
    firstTime: startTime + timesSec[0]!,
    stepSec: hop / sampleRateHz,
    columns: density.length,
    maxHz: sampleRateHz / 2,
    ...{ bins, decibels, low: level(0.05), high: level(0.995) },
  };
}

function motionOf(windows: readonly Float64Array[]): Analysis["motion"] {
  const [vertical, north, east] = windows as [Float64Array, Float64Array, Float64Array];
  const polarization = polarizationOf(vertical, north, east);
  return polarization && { polarization, ...{ vertical, north, east } };
}
