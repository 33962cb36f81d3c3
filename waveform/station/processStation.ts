/**
 * Station processing: the waveforms of one station in, its arrivals out.
 *
 *     const { arrivals, masks, problems } = processStation({ station, segments, keyPrefix: "" });
 *
 * Quality control, band filters, STA/LTA on vertical, horizontals or beams, onset by autoregression, direction by f-k or polarisation,
 * amplitudes in ground motion, initial phase. Arrivals come in order of time.
 */
import {
  type Amplitude,
  type Arrival,
  type Problem,
  type QualityMask,
  RADIANS_PER_DEGREE,
  type Station,
  type WaveformSegment,
} from "@harken/core";
import { filterForward } from "@harken/signal";
import { type AmplitudeTrace, localAmplitude, shortPeriodAmplitude } from "./amplitude.ts";
import { arrayDirection, arrayStreams, type Element, formBeam } from "./arrayStation.ts";
import { type Block, type BlockTrace, makeBlocks } from "./blocks.ts";
import { channelRecord, chooseSensors, type StationSensors, sameChannel } from "./channels.ts";
import { bandFilter, detectSignals, quietAround, type Signal } from "./detect.ts";
import type { Direction } from "./direction.ts";
import { identifyPhase } from "./identify.ts";
import { detectRayleigh } from "./longPeriod.ts";
import { readingError, type TimedOnset, timeOnset } from "./onset.ts";
import { defaultRecipe, type StationRecipe } from "./recipe.ts";
import { type SingleTraces, singleDirection, singleOnsetTrace, singleStreams } from "./singleStation.ts";

export interface StationInput {
  readonly station: Station;
  readonly segments: readonly WaveformSegment[];
  /** Begins the key of every arrival; the station's code when empty. */
  readonly keyPrefix: string;
}

export interface StationResult {
  readonly arrivals: readonly Arrival[];
  readonly masks: readonly QualityMask[];
  readonly problems: readonly Problem[];
}

/** A signal with everything measured on it, before it gets its key. */
type Measured = Omit<Arrival, "key">;

/** An element with more than this share of bad samples is left out of a block's beams. */
const MAX_BAD_FRACTION = 0.2;
/** A P-type signal counts as the beginning of an event for this long, s. */
const P_MEMORY_SEC = 600;
/** Arrivals closer than this at one station are one, s. */
const DUPLICATE_SEC = 1.5;
/** Reading error of a Rayleigh wave's arrival, s. */
const RAYLEIGH_ERROR_SEC = 20;

export function processStation(input: StationInput, recipe: StationRecipe = defaultRecipe): StationResult {
  const { station, segments } = input;
  const problems: Problem[] = [];
  const sensors = chooseSensors(station, segments);
  const used = sensors.single ? [sensors.single.vertical, ...(sensors.single.horizontals ?? [])] : sensors.elements;
  if (used.length === 0) {
    problems.push({
      code: "station.no-channel",
      message: `${station.code} has no vertical or pressure channel of 8 Hz or more; nothing was detected on it.`,
      severity: "warning",
    });
    return { arrivals: [], masks: [], problems };
  }
  const { blocks, masks } = makeBlocks(
    segments.filter(({ channel }) => used.some((id) => sameChannel(id, channel))),
    sensors.sampleRateHz,
    recipe,
  );
  const found = blocks.flatMap((block) =>
    sensors.single ? processSingle(station, sensors, block, recipe) : processArray(station, block, recipe),
  );
  const arrivals = withoutDuplicates(found.sort((a, b) => a.time - b.time));
  if (arrivals.some(({ amplitudes, phase }) => phase === "P" && amplitudes.length === 0))
    problems.push({
      code: "station.no-response",
      message: `${station.code} has signals without amplitude: no instrument response covers its channel. Name one with StationXML, SACPZ or IMS RESPONSE.`,
      severity: "warning",
    });
  const prefix = input.keyPrefix === "" ? `${station.code}-` : input.keyPrefix;
  return { arrivals: arrivals.map((a, i) => ({ key: `${prefix}${i + 1}`, ...a })), masks, problems };
}

function withoutDuplicates(arrivals: readonly Measured[]): Measured[] {
  const kept: Measured[] = [];
  for (const arrival of arrivals) {
    const last = kept.at(-1);
    const isLong = arrival.phase === "LR";
    if (last && !isLong && last.phase !== "LR" && arrival.time - last.time < DUPLICATE_SEC) {
      if ((arrival.snr ?? 0) > (last.snr ?? 0)) kept[kept.length - 1] = arrival;
    } else kept.push(arrival);
  }
  return kept;
}

/** What a station without array elements needs of a block. */
function singleTraces(station: Station, sensors: StationSensors, block: Block): SingleTraces | null {
  const set = sensors.single!;
  const traceOf = (id: BlockTrace["channel"]) => block.traces.find((t) => sameChannel(t.channel, id));
  const vertical = traceOf(set.vertical);
  if (!vertical) return null;
  const pair = set.horizontals?.map(traceOf) ?? [];
  const [first, second] = pair;
  if (!set.horizontals || !first || !second) return { vertical, north: null, east: null, horizontalIds: [] };
  const hang = (id: BlockTrace["channel"], fallback: number) => {
    const record = channelRecord(station, id, block.startTime);
    return (record && record.hangDeg >= 0 ? record.hangDeg : fallback) * RADIANS_PER_DEGREE;
  };
  const a = hang(first.channel, 0);
  const b = hang(second.channel, 90);
  const determinant = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b);
  const north = new Float64Array(block.length);
  const east = new Float64Array(block.length);
  // Two horizontals at any two angles: solve for north and east. Angles that are nearly one axis cannot be solved; then take them as north and east.
  const solvable = Math.abs(determinant) > 0.3;
  for (let i = 0; i < block.length; i++) {
    const [x, y] = [first.samples[i]!, second.samples[i]!];
    north[i] = solvable ? (x * Math.sin(b) - y * Math.sin(a)) / determinant : x;
    east[i] = solvable ? (y * Math.cos(a) - x * Math.cos(b)) / determinant : y;
  }
  return { vertical, north, east, horizontalIds: set.horizontals };
}

function amplitudeTrace(station: Station, block: Block, trace: BlockTrace, samples = trace.samples): AmplitudeTrace {
  const record = channelRecord(station, trace.channel, block.startTime);
  // A calibration that came with the waveform stands in for a response that nobody gave.
  const channel =
    record && (record.response || record.calibNmPerCount)
      ? record
      : record && trace.calibNmPerCount
        ? { ...record, calibNmPerCount: trace.calibNmPerCount, calperSec: trace.calperSec }
        : record;
  return {
    id: trace.channel,
    channel,
    samples,
    clipped: trace.clipped,
    startTime: block.startTime,
    rate: block.sampleRateHz,
  };
}

function processSingle(station: Station, sensors: StationSensors, block: Block, recipe: StationRecipe): Measured[] {
  const traces = singleTraces(station, sensors, block);
  if (!traces) return [];
  const rate = block.sampleRateHz;
  const quiet = quietAround(traces.vertical.bad, rate, recipe.quality.recoverySec, 1);
  const signals = detectSignals(singleStreams(block, traces, recipe), block.length, rate, quiet, recipe);
  const vertical = amplitudeTrace(station, block, traces.vertical);
  const horizontals = block.traces
    .filter((t) => traces.horizontalIds.some((id) => sameChannel(id, t.channel)))
    .map((t) => amplitudeTrace(station, block, t));
  const found = measureAll(signals, block, recipe, false, (signal) => {
    const trace = singleOnsetTrace(block, traces, signal, recipe);
    const onset = timeOnset(trace, rate, signal.start, signal.band.staSec, signal.ratio, recipe);
    return {
      onset,
      direction: singleDirection(block, traces, signal, onset.index, recipe),
      firstMotion: firstMotion(trace, onset, signal),
      amplitudes: [
        shortPeriodAmplitude(vertical, onset.index, recipe),
        localAmplitude(horizontals.length > 0 ? horizontals : [vertical], onset.index, recipe),
      ],
      channel: signal.stream.kind === "horizontal" ? traces.horizontalIds[0]!.channel : vertical.id.channel,
    };
  });
  return [...found, ...rayleigh(vertical, quiet, block, recipe)].map((m) => ({ ...m, station: station.code }));
}

function processArray(station: Station, block: Block, recipe: StationRecipe): Measured[] {
  const rate = block.sampleRateHz;
  const elements: Element[] = block.traces.flatMap((trace) => {
    const site = station.sites.find(({ code }) => code === trace.channel.station);
    return site && trace.badFraction <= MAX_BAD_FRACTION ? [{ trace, northKm: site.northKm, eastKm: site.eastKm }] : [];
  });
  if (elements.length < 3) return [];
  // A sample is quiet when half of the elements are bad there.
  const count = new Uint8Array(block.length);
  for (const { trace } of elements) for (let i = 0; i < count.length; i++) count[i]! += trace.bad[i]!;
  const bad = count.map((n) => (2 * n >= elements.length ? 1 : 0));
  const quiet = quietAround(bad, rate, recipe.quality.recoverySec, 1);
  const signals = detectSignals(arrayStreams(block, elements, recipe), block.length, rate, quiet, recipe);
  const [reference] = elements;
  const raw = elements.map(({ trace }) => trace.samples);
  const found = measureAll(signals, block, recipe, true, (signal) => {
    const near = Math.round(signal.start + 0.5 * signal.band.staSec * rate);
    const first = arrayDirection(block, elements, signal.band, near, recipe);
    const steer = first.azimuthDeg === null ? signal.stream : first;
    // The beam of a window is enough for onset and amplitudes.
    const margin = Math.round(60 * rate);
    const from = Math.max(0, near - margin);
    const to = Math.min(block.length, near + Math.round(recipe.amplitude.localLengthSec * rate));
    const beam = formBeam(
      raw.map((x) => x.subarray(from, to)),
      elements,
      rate,
      steer.northSecPerKm,
      steer.eastSecPerKm,
    );
    const filtered = filterForward(bandFilter(signal.band, rate, recipe.filterOrder)!, beam);
    const timed = timeOnset(filtered, rate, signal.start - from, signal.band.staSec, signal.ratio, recipe);
    const onset = { ...timed, index: timed.index + from };
    const direction = arrayDirection(block, elements, signal.band, onset.index, recipe);
    const source = {
      ...amplitudeTrace(station, block, reference!.trace, beam),
      clipped: reference!.trace.clipped.subarray(from, to),
      startTime: block.startTime + from / rate,
    };
    return {
      onset,
      direction: direction.azimuthDeg === null ? first : direction,
      firstMotion: firstMotion(filtered, timed, signal),
      amplitudes: [shortPeriodAmplitude(source, timed.index, recipe), localAmplitude([source], timed.index, recipe)],
      channel: `${reference!.trace.channel.channel}`,
    };
  });
  const long = rayleigh(amplitudeTrace(station, block, reference!.trace), quiet, block, recipe);
  return [...found, ...long].map((m) => ({ ...m, station: station.code }));
}

interface SignalMeasurement {
  readonly onset: TimedOnset;
  readonly direction: Direction;
  readonly firstMotion: Arrival["firstMotion"];
  readonly amplitudes: readonly (Amplitude | null)[];
  readonly channel: string;
}

function measureAll(
  signals: readonly Signal[],
  block: Block,
  recipe: StationRecipe,
  isArray: boolean,
  measure: (signal: Signal) => SignalMeasurement,
): Measured[] {
  const measured: Measured[] = [];
  let lastP: { time: number; snr: number } | null = null;
  for (const signal of signals) {
    const { onset, direction, amplitudes, channel, firstMotion: motion } = measure(signal);
    const time = block.startTime + onset.index / block.sampleRateHz;
    const recent: { time: number; snr: number } | null = lastP && time - lastP.time < P_MEMORY_SEC ? lastP : null;
    const phase = identifyPhase(direction, {
      isArray,
      stream: signal.stream.kind,
      coda: signal.coda,
      snr: signal.ratio,
      sinceP: recent ? time - recent.time : null,
      lastPSnr: recent?.snr ?? null,
    });
    if (phase === "P" && (!recent || signal.ratio > recent.snr)) lastP = { time, snr: signal.ratio };
    measured.push({
      station: "",
      channel,
      time,
      timeErrorSec: onset.refined ? onset.errorSec : readingError(0, recipe.timeError),
      phase,
      azimuthDeg: direction.azimuthDeg,
      azimuthErrorDeg: direction.azimuthErrorDeg,
      slownessSecPerDeg: direction.slownessSecPerDeg,
      slownessErrorSecPerDeg: direction.slownessErrorSecPerDeg,
      snr: signal.ratio,
      amplitudes: amplitudes.filter((a) => a !== null),
      firstMotion: phase === "P" ? motion : null,
      rectilinearity: direction.rectilinearity,
      incidenceDeg: direction.incidenceDeg,
      frequencyHz: Math.sqrt(signal.band.lowHz * signal.band.highHz),
      fkQuality: direction.fkQuality,
      author: recipe.name,
    });
  }
  return measured;
}

function rayleigh(trace: AmplitudeTrace, quiet: Uint8Array, block: Block, recipe: StationRecipe): Measured[] {
  return detectRayleigh(trace, quiet, recipe).map(({ index, snr, amplitude }) => ({
    station: "",
    channel: trace.id.channel,
    time: block.startTime + index / block.sampleRateHz,
    timeErrorSec: RAYLEIGH_ERROR_SEC,
    phase: "LR",
    azimuthDeg: null,
    azimuthErrorDeg: null,
    slownessSecPerDeg: null,
    slownessErrorSecPerDeg: null,
    snr,
    amplitudes: amplitude ? [amplitude] : [],
    firstMotion: null,
    rectilinearity: null,
    incidenceDeg: null,
    frequencyHz: Math.sqrt(recipe.longPeriod.lowHz * recipe.longPeriod.highHz),
    fkQuality: null,
    author: recipe.name,
  }));
}

/** SNR from which a first motion is read at all, and how far the first swing must stand above the noise before it. */
const MOTION_SNR = 10;
const MOTION_RATIO = 3;

/** Direction of the first swing after a clear onset on the vertical, filtered by the signal's band. */
function firstMotion(trace: Float64Array, onset: TimedOnset, signal: Signal): Arrival["firstMotion"] {
  if (!onset.refined || signal.ratio < MOTION_SNR || signal.stream.kind === "horizontal") return null;
  const { index } = onset;
  let noise = 0;
  for (let i = Math.max(0, index - 80); i < index - 2; i++) noise = Math.max(noise, Math.abs(trace[i]!));
  for (let i = Math.max(1, index - 1); i + 1 < Math.min(trace.length, index + 40); i++) {
    const [a, b, c] = [trace[i - 1]!, trace[i]!, trace[i + 1]!];
    const extreme = (b > a && b >= c) || (b < a && b <= c);
    if (extreme && Math.abs(b) > MOTION_RATIO * noise) return b > 0 ? "c" : "d";
  }
  return null;
}
