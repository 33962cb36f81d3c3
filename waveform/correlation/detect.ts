/**
 * Repeats of master events in continuous data of one station: the mean over its channels of the normalised correlation with each template
 * (Gibbons and Ringdal 2006, doi:10.1111/j.1365-246X.2006.02865.x), where it rises above a level set by its own noise. At arrays the
 * coefficients of the elements must peak together: a wave from elsewhere sweeps over them (Gibbons, Kvaerna and Ringdal 2005,
 * doi:10.1007/s10950-005-8026-1).
 */
import { channelKey, mean, scaledMad } from "@harken/core";
import { correlateTemplates, displacementResponse, modulus } from "@harken/signal";
import { channelRecordAt } from "../station/sensors.ts";
import { relativeSlowness } from "./relativeSlowness.ts";
import { resample } from "./resample.ts";
import type { CorrelationSettings } from "./settings.ts";
import { type Template, templateKey } from "./template.ts";
import { levelFor, meanFrequency } from "./threshold.ts";
import type { ChannelTrace, Piece, StationTraces } from "./traces.ts";

export interface Detection {
  readonly template: Template;
  /** Onset of the repeat: the master's onset moved by the lag, and its standard deviation. */
  readonly time: number;
  readonly timeErrorSec: number;
  /** Mean coefficient over the channels, its noise's standard deviation, and how many of those it is. */
  readonly coefficient: number;
  readonly noise: number;
  readonly level: number;
  /** log10 of the repeat's amplitude over the master's, and its standard deviation. */
  readonly logAmplitude: number;
  readonly logAmplitudeError: number;
  /** The coefficient with the noise before the repeat taken away: near 1 for a repeat, however deep in noise; low for another signal. */
  readonly likeness: number;
  readonly channelCount: number;
  /** At arrays: the slowness at which the elements' coefficients peak, s/km; null elsewhere. */
  readonly relativeSlownessSecPerKm: number | null;
}

export interface StationDetections {
  readonly detections: readonly Detection[];
  /** Peaks above the level that sweep over the array, or that another signal makes. */
  readonly rejected: number;
  /** Hours of data correlated, summed over templates. */
  readonly templateHours: number;
}

/**
 * `ratePerDay`: false alarms of each template that are taken; `within`: only windows that begin so. Templates are of the station of the traces.
 */
export function detectRepeats(
  templates: readonly Template[],
  traces: StationTraces,
  ratePerDay: number,
  settings: CorrelationSettings,
  within: readonly [from: number, to: number] = [-Infinity, Infinity],
): StationDetections {
  const level = levelFor(ratePerDay, settings.lowHz, settings.highHz);
  const detections: Detection[] = [];
  let [rejected, hours] = [0, 0];
  // Templates of the same channels share the pieces and the transforms of their data.
  const groups = Map.groupBy(templates, (template) =>
    template.channels.map(({ channel }) => channelKey(channel)).join(" "),
  );
  for (const group of groups.values()) {
    const wanted = new Set(group[0]!.channels.map(({ channel }) => channelKey(channel)));
    for (const [from, to] of piecesOf(traces.stretches, within, settings)) {
      const piece = traces.piece(from, to, wanted);
      if (!piece) continue;
      hours += (group.length * piece.length) / piece.sampleRateHz / 3600;
      for (const { template, own } of correlateGroup(group, piece)) {
        const found = peaksOf(template, own, piece, level, settings);
        for (const detection of found) {
          const { relativeSlownessSecPerKm: slowness } = detection;
          const sweeps = slowness !== null && slowness > settings.greatestSlownessSecPerKm;
          // A signal is coherent over the channels: that there are many of them makes it no less like the template by chance.
          const unlike = detection.likeness < settings.leastLikeness;
          if (sweeps || unlike) rejected++;
          else detections.push(detection);
        }
      }
    }
  }
  return { detections: withoutDoubles(detections, settings), rejected, templateHours: hours };
}

/** Pieces overlap by a template, so that every lag is in one of them. */
function* piecesOf(
  stretches: StationTraces["stretches"],
  within: readonly [from: number, to: number],
  { pieceSec, lengthSec }: CorrelationSettings,
): Generator<readonly [number, number]> {
  for (const [first, last] of stretches) {
    const [from, to] = [Math.max(first, within[0]), Math.min(last, within[1] + lengthSec)];
    for (let at = from; to - at > lengthSec; at += pieceSec) yield [at, Math.min(to, at + pieceSec + lengthSec)];
  }
}

interface Correlated {
  readonly trace: ChannelTrace;
  readonly template: Float64Array;
  readonly coefficients: Float32Array;
}

/** Coefficients of each template on each of its channels; at lags whose window holds samples that cannot be trusted they are 0. */
function correlateGroup(group: readonly Template[], piece: Piece): { template: Template; own: Correlated[] }[] {
  const results = group.map((template) => ({ template, own: [] as Correlated[] }));
  for (const trace of piece.channels) {
    const key = channelKey(trace.channel);
    const shapes = group.map(({ channels, sampleRateHz }) => {
      const { samples } = channels.find(({ channel }) => channelKey(channel) === key)!;
      const seconds = samples.length / sampleRateHz;
      return sampleRateHz === piece.sampleRateHz
        ? samples
        : resample(samples, sampleRateHz, piece.sampleRateHz, 0, Math.floor(seconds * piece.sampleRateHz));
    });
    const length = Math.min(...shapes.map((shape) => shape.length));
    const equal = shapes.map((shape) => shape.subarray(0, length));
    const coefficients = correlateTemplates(equal, trace.samples);
    for (const own of coefficients) clearBad(own, trace.bad, length);
    results.forEach(({ own }, i) => {
      own.push({ trace, template: equal[i]!, coefficients: coefficients[i]! });
    });
  }
  return results;
}

function clearBad(coefficients: Float32Array, bad: Uint8Array, length: number): void {
  let until = 0;
  for (let i = 0; i < bad.length; i++) {
    if (!bad[i]) continue;
    const from = Math.max(until, i - length + 1);
    if (from <= i) coefficients.fill(0, from, i + 1);
    until = i + 1;
  }
}

function peaksOf(
  template: Template,
  own: readonly Correlated[],
  piece: Piece,
  level: number,
  settings: CorrelationSettings,
): Detection[] {
  const lags = own[0]?.coefficients.length ?? 0;
  if (lags < 3) return [];
  const stack = new Float64Array(lags);
  for (const { coefficients } of own) for (let i = 0; i < lags; i++) stack[i]! += coefficients[i]! / own.length;
  const noise = noiseOf(stack, piece.sampleRateHz, own.length, settings);
  const least = Math.max(settings.leastCoefficient, level * noise);
  const detections: Detection[] = [];
  for (const at of localMaxima(stack, least, own[0]!.template.length)) {
    const { shift, value } = vertex(stack[at - 1]!, stack[at]!, stack[at + 1]!);
    const amplitude = amplitudeOf(template, own, at, piece.startTime, settings);
    if (!amplitude) continue;
    const startTime = piece.startTime + (at + shift) / piece.sampleRateHz;
    detections.push({
      template,
      time: template.onset.time + startTime - template.startTime,
      timeErrorSec: timeError(value, own.length, settings),
      coefficient: value,
      noise,
      level: value / noise,
      ...amplitude,
      channelCount: own.length,
      relativeSlownessSecPerKm: relativeSlowness(template.station, own, at, piece.sampleRateHz, settings),
    });
  }
  return detections;
}

/** Independent samples in a template of so many channels. */
const independentSamples = (channels: number, { lowHz, highHz, lengthSec }: CorrelationSettings): number =>
  2 * (highHz - lowHz) * lengthSec * channels;

/**
 * Standard deviation of the coefficients in noise: by their median deviation, so that what is looked for does not count; never below what
 * independent samples of the band would give, since a gap makes coefficients of 0.
 */
function noiseOf(stack: Float64Array, sampleRateHz: number, channels: number, settings: CorrelationSettings): number {
  // Coefficients of a band change no faster than the band: one in so many is enough.
  const step = Math.max(1, Math.floor(sampleRateHz / settings.highHz));
  const some = stack.filter((c, i) => i % step === 0 && c !== 0);
  return Math.max(some.length > 0 ? scaledMad(some) : 0, 1 / Math.sqrt(independentSamples(channels, settings)));
}

/**
 * Indices of peaks that are at least `least`, not at the ends. Within a template's `length` of a higher one a peak is that one's side lobe,
 * unless it is more than half a template away and half as high.
 */
function localMaxima(x: Float64Array, least: number, length: number): number[] {
  const above: number[] = [];
  for (let i = 1; i < x.length - 1; i++) if (x[i]! >= least && x[i]! >= x[i - 1]! && x[i]! > x[i + 1]!) above.push(i);
  const kept: number[] = [];
  const isLobe = (i: number, of: number) =>
    Math.abs(of - i) < length / 2 || (Math.abs(of - i) < length && x[i]! < x[of]! / 2);
  for (const i of above.sort((a, b) => x[b]! - x[a]!)) if (!kept.some((of) => isLobe(i, of))) kept.push(i);
  return kept.sort((a, b) => a - b);
}

/** The parabola through three values: where it peaks, in samples from the middle one, and how high. */
function vertex(before: number, at: number, after: number): { shift: number; value: number } {
  const bend = before - 2 * at + after;
  const shift = bend < 0 ? (0.5 * (before - after)) / bend : 0;
  return { shift, value: Math.min(1, at - 0.25 * (before - after) * shift) };
}

/** The bound of Cramer and Rao for the delay of a signal of a flat band that correlates so well; never better than a millisecond. */
function timeError(coefficient: number, channels: number, settings: CorrelationSettings): number {
  const omega = 2 * Math.PI * meanFrequency(settings.lowHz, settings.highHz);
  const scatter = Math.sqrt((1 - coefficient ** 2) / independentSamples(channels, settings));
  return Math.max(1e-3, scatter / (omega * coefficient));
}

/**
 * The ratio of the signals' sizes in the window, noise before the repeat taken away, but no less than the factor by which the template fits
 * best: pulses of other lengths fit badly and are no smaller for it. Null when they do not fit at all.
 */
function amplitudeOf(
  template: Template,
  own: readonly Correlated[],
  at: number,
  time: number,
  settings: CorrelationSettings,
): Pick<Detection, "logAmplitude" | "logAmplitudeError" | "likeness"> | null {
  const middleHz = Math.sqrt(settings.lowHz * settings.highHz);
  const logs: number[] = [];
  let [misfit, likeness] = [0, 0];
  for (const { trace, template: shape } of own) {
    const { length } = shape;
    const gain = gainChange(template, trace, time, middleHz);
    const before = Math.min(at, length);
    const signal = energy(trace.samples, at, length);
    const noise = before > length / 4 ? (energy(trace.samples, at - before, before) * length) / before : signal;
    let product = 0;
    for (let i = 0; i < length; i++) product += trace.samples[at + i]! * shape[i]!;
    const norm = energy(shape, 0, length);
    const fit = product / norm;
    if (!(fit > 0)) continue;
    const size = Math.sqrt(Math.max(fit ** 2, (signal - noise) / norm));
    logs.push(Math.log10(size / gain));
    likeness += fit / size / own.length;
    misfit += signal / norm / fit ** 2 - 1;
  }
  if (logs.length === 0) return null;
  const scatter = Math.max(0, misfit / logs.length) / independentSamples(logs.length, settings);
  return { logAmplitude: mean(logs), logAmplitudeError: Math.max(0.01, Math.sqrt(scatter) / Math.LN10), likeness };
}

function energy(samples: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += samples[i]! ** 2;
  return sum;
}

/** How much more counts the instrument makes of the same motion now than when the master came; 1 where its response is not known. */
function gainChange(
  { station, startTime: then }: Template,
  { channel }: ChannelTrace,
  now: number,
  middleHz: number,
): number {
  const [before, after] = [then, now].map((time) => {
    const record = channelRecordAt(station, channel, time);
    const response = record && displacementResponse(record, middleHz);
    return response ? modulus(response) : 0;
  }) as [number, number];
  return before > 0 && after > 0 ? after / before : 1;
}

/** Pieces overlap: of two detections of one template at one time the higher stays. */
function withoutDoubles(detections: readonly Detection[], { lengthSec }: CorrelationSettings): Detection[] {
  const kept: Detection[] = [];
  for (const detection of detections.toSorted((a, b) => b.level - a.level)) {
    const key = templateKey(detection.template);
    const near = (other: Detection) =>
      templateKey(other.template) === key && Math.abs(other.time - detection.time) < lengthSec / 2;
    if (!kept.some(near)) kept.push(detection);
  }
  return kept.sort((a, b) => a.time - b.time);
}
