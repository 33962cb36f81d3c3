/**
 * The trace of one wave on one channel. A pulse of the omega-square source (Brune 1970, doi:10.1029/JB075i026p04997), followed by scattered
 * waves under a decaying envelope, is weakened along the path (causal constant Q: Futterman 1962, doi:10.1029/JZ067i013p05279), seen by the
 * seismometer and moved to its onset, all in the frequency domain, so that onsets fall between samples and every piece is causal.
 *
 *     const signal = phaseSignal(arrival, 20);
 *     addTrace(out, firstIndex, signal, { seismometer: sts2, delaySec: 0, coherentGain: 1, scatteredGain: 1, common, own });
 */
import type { RandomStream } from "@harken/core";
import { type Fourier, fourierOf } from "@harken/signal";
import { type Seismometer, transferFunction } from "../instruments.ts";
import type { TrueArrival } from "./arrivals.ts";

/** The buffer begins this long before the onset at the reference point: more than any array's delay. */
const LEAD_SEC = 8;
/** The buffer holds so many times the coda's decay. */
const CODA_LENGTHS = 4.5;
const RISE_LENGTHS = 3;
/** Share of the buffer's end over which the trace is led to zero. */
const END_TAPER = 0.1;
/** Share of the coda's power that all channels have in common. */
const COMMON_CODA_POWER = 0.5;
/** The largest of the random peaks of an emergent wave, in standard deviations. */
const EMERGENT_PEAK = 2.5;
/** The frequency that arrives at the onset, Hz: the highest that is seen at all, so that lower ones follow. */
const REFERENCE_HZ = 8;
/** The recorder's own filter, as shares of the Nyquist frequency. */
const ANTI_ALIAS_FROM = 0.7;
const NANO = 1e-9;

/** What all channels of a station share of one wave. */
export interface PhaseSignal {
  readonly fourier: Fourier;
  readonly sampleRateHz: number;
  /** Number since 1970 of the buffer's first sample. */
  readonly firstIndex: number;
  /** Onset at the reference point after the buffer's first sample, s. */
  readonly onsetSec: number;
  /** Ground velocity of the direct pulse, nm/s: spectrum lines 0 to N / 2. */
  readonly groundRe: Float64Array;
  readonly groundIm: Float64Array;
  /** Spikes (the direct pulse) and the envelope of the scattered waves, by sample after the onset. */
  readonly direct: number;
  readonly envelope: Float64Array;
}

export interface TraceSpec {
  readonly seismometer: Seismometer;
  /** Later onset than at the reference point, s. */
  readonly delaySec: number;
  /** Share of the wave along the channel's direction, with its sign. */
  readonly coherentGain: number;
  /** Strength of the scattered waves that only this channel sees. */
  readonly scatteredGain: number;
  /** From commonCoda of the same signal. */
  readonly common: Float64Array;
  readonly own: RandomStream;
}

export function phaseSignal(arrival: TrueArrival, sampleRateHz: number): PhaseSignal {
  const { row, cornerHz, time, velocityNmPerSec } = arrival;
  const { riseSec, codaSec, codaShare } = row;
  const seconds = 2 * LEAD_SEC + CODA_LENGTHS * codaSec + RISE_LENGTHS * riseSec;
  const fourier = fourierOf(2 ** Math.ceil(Math.log2(seconds * sampleRateHz)));
  const { size } = fourier;
  const pulse = pulseSpectrum(size, sampleRateHz, cornerHz, row.attenuationSec);
  const { halfSwing, energy } = pulseInBand(fourier, pulse, sampleRateHz, row.bandHz);
  const emergent = riseSec > 0;
  // Scattered waves are white noise seen through the pulse: its energy sets their standard deviation.
  const scale = emergent ? velocityNmPerSec / (EMERGENT_PEAK * Math.sqrt(energy)) : velocityNmPerSec / halfSwing;
  const codaScale = emergent ? codaShare : (codaShare * halfSwing) / Math.sqrt(energy);
  const envelope = new Float64Array(size - Math.ceil(2 * LEAD_SEC * sampleRateHz));
  for (let i = 1; i < envelope.length; i++) {
    const t = i / sampleRateHz;
    const rise = t < riseSec ? t / riseSec : 1;
    envelope[i] = codaScale * rise * Math.exp(-Math.max(0, t - riseSec) / codaSec);
  }
  const firstIndex = Math.floor((time - LEAD_SEC) * sampleRateHz);
  return {
    ...{ fourier, sampleRateHz, firstIndex, envelope, direct: emergent ? 0 : 1 },
    onsetSec: time - firstIndex / sampleRateHz,
    groundRe: pulse.re.map((value) => value * scale),
    groundIm: pulse.im.map((value) => value * scale),
  };
}

/** The scattered waves that all channels of a station see, as white noise under the envelope. */
export function commonCoda({ envelope }: PhaseSignal, random: RandomStream): Float64Array {
  return envelope.map((value) => (value === 0 ? 0 : value * random.normal()));
}

/** Adds one channel's trace in counts to `out`, whose first sample has the number `firstIndex` since 1970. */
export function addTrace(out: Float64Array, firstIndex: number, signal: PhaseSignal, spec: TraceSpec): void {
  const { fourier, sampleRateHz, envelope, direct, onsetSec } = signal;
  const { size } = fourier;
  const at = signal.firstIndex - firstIndex;
  if (at >= out.length || at + size <= 0) return;
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const shared = spec.coherentGain * Math.sqrt(COMMON_CODA_POWER);
  const single = spec.scatteredGain * Math.sqrt(1 - COMMON_CODA_POWER);
  for (let i = 0; i < envelope.length; i++) {
    re[i] = shared * spec.common[i]! + single * envelope[i]! * spec.own.normal();
  }
  re[0]! += direct * spec.coherentGain;
  fourier.forward(re, im);
  const seen = seismometerLines(spec.seismometer, sampleRateHz, size);
  const turn = (-2 * Math.PI * (onsetSec + spec.delaySec) * sampleRateHz) / size;
  re[0] = im[0] = 0;
  for (let k = 1; k <= size / 2; k++) {
    const gr = signal.groundRe[k]! * seen.re[k]! - signal.groundIm[k]! * seen.im[k]!;
    const gi = signal.groundRe[k]! * seen.im[k]! + signal.groundIm[k]! * seen.re[k]!;
    const c = Math.cos(turn * k);
    const s = Math.sin(turn * k);
    const hr = gr * c - gi * s;
    const hi = gr * s + gi * c;
    const r = re[k]! * hr - im[k]! * hi;
    const m = re[k]! * hi + im[k]! * hr;
    // The trace is real: twice the positive lines, without the negative ones.
    re[k] = (2 * r) / size;
    im[k] = (2 * m) / size;
  }
  re.fill(0, size / 2);
  im.fill(0, size / 2);
  fourier.inverse(re, im);
  const from = Math.max(0, -at);
  const to = Math.min(size, out.length - at);
  const taperFrom = size * (1 - END_TAPER);
  for (let i = from; i < to; i++) {
    const fade = i < taperFrom ? 1 : Math.cos(((Math.PI / 2) * (i - taperFrom)) / (size - taperFrom)) ** 2;
    out[at + i]! += fade * re[i]!;
  }
}

interface Lines {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Ground velocity of a unit pulse after source and path, lines 0 to N / 2. */
function pulseSpectrum(size: number, sampleRateHz: number, cornerHz: number, attenuationSec: number): Lines {
  const re = new Float64Array(size / 2 + 1);
  const im = new Float64Array(size / 2 + 1);
  const nyquist = sampleRateHz / 2;
  for (let k = 1; k < size / 2; k++) {
    const f = (k * sampleRateHz) / size;
    const x = f / cornerHz;
    // 1 / (1 + ix)^2 has the phase -2 atan(x); velocity adds a quarter turn.
    const share = (f / nyquist - ANTI_ALIAS_FROM) / (1 - ANTI_ALIAS_FROM);
    const fall = share <= 0 ? 1 : Math.cos((Math.PI / 2) * share) ** 2;
    const amplitude = ((2 * Math.PI * f) / (1 + x * x)) * Math.exp(-Math.PI * f * attenuationSec) * fall;
    const dispersion = 2 * f * attenuationSec * Math.log(f / REFERENCE_HZ);
    const phase = Math.PI / 2 - 2 * Math.atan(x) + dispersion;
    re[k] = amplitude * Math.cos(phase);
    im[k] = amplitude * Math.sin(phase);
  }
  return { re, im };
}

/** Half the swing of the pulse, and the sum of its squares, in a band (Butterworth's shape of third order, without delay). */
function pulseInBand({ size, inverse }: Fourier, pulse: Lines, sampleRateHz: number, [low, high]: readonly number[]) {
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let k = 1; k < size / 2; k++) {
    const f = (k * sampleRateHz) / size;
    const shape = 2 / size / Math.sqrt((1 + (low! / f) ** 6) * (1 + (f / high!) ** 6));
    re[k] = shape * pulse.re[k]!;
    im[k] = shape * pulse.im[k]!;
  }
  inverse(re, im);
  let [least, most, energy] = [0, 0, 0];
  for (const value of re) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    energy += value * value;
  }
  return { halfSwing: (most - least) / 2, energy };
}

const linesMade = new Map<string, Lines>();

/** Counts per nm/s at lines 0 to N / 2. */
function seismometerLines(seismometer: Seismometer, sampleRateHz: number, size: number): Lines {
  const key = `${seismometer.name} ${sampleRateHz} ${size}`;
  let lines = linesMade.get(key);
  if (lines) return lines;
  lines = { re: new Float64Array(size / 2 + 1), im: new Float64Array(size / 2 + 1) };
  for (let k = 1; k <= size / 2; k++) {
    const { re, im } = transferFunction(seismometer, (k * sampleRateHz) / size);
    lines.re[k] = re * NANO;
    lines.im[k] = im * NANO;
  }
  linesMade.set(key, lines);
  return lines;
}
