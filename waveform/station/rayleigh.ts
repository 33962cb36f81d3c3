/**
 * Long-period Rayleigh waves: detection around 20 s on a vertical broadband trace, and their amplitude for Ms. The whole recording is worked
 * on at a low rate, because the background of a surface wave is twenty minutes long.
 */
import {
  type Amplitude,
  type Arrival,
  channelKey,
  endTime,
  type NoiseLevel,
  type Station,
  type WaveformSegment,
} from "@harken/core";
import {
  butterworthBandPass,
  decimate,
  displacementResponse,
  filterForward,
  findTriggers,
  staLta,
} from "@harken/signal";
import { type AmplitudeTrace, amplitudeTrace, measureSwing } from "./amplitude.ts";
import { layOut, openRecord } from "./channelRecord.ts";
import { widen } from "./detect.ts";
import { flaggedStretches } from "./flags.ts";
import { noiseLevels, noiseSwings } from "./noiseLevels.ts";
import type { LongPeriodRecipe, StationRecipe } from "./recipe.ts";
import { isCalibrated } from "./sensors.ts";

/** A Rayleigh wave's energy passes within this time, s. */
const PASSAGE_SEC = 600;
/** Rate that long periods are worked on at, Hz: twenty samples of the shortest period. */
const WORK_RATE = 1;
const FILTER_ORDER = 3;

/** Reading error of a Rayleigh wave's arrival, s. */
const TIME_ERROR_SEC = 20;
/** A vertical of an instrument that records 20 s: LHZ, MHZ, BHZ, HHZ, CHZ (SEED Appendix A), not the short-period SHZ and EHZ. */
const BROADBAND_VERTICAL = /^[LMBHC]HZ$/i;

/** Lowest rate at which 17 s are sampled well, Hz. */
const LEAST_RATE = 0.5;

/** Noise is measured in windows of five periods, as A5/2 is, and told for stretches, s. */
const NOISE_WINDOW_SEC = 100;
const NOISE_STRETCH_SEC = 600;

export interface LongPeriods {
  readonly arrivals: readonly Omit<Arrival, "key">[];
  readonly noise: readonly NoiseLevel[];
}

/** Rayleigh waves and noise on the broadband vertical that holds the most data, one with a known response before others. */
export function longPeriods(
  station: Station,
  segments: readonly WaveformSegment[],
  { longPeriod, name, quality }: StationRecipe,
): LongPeriods {
  if (!longPeriod) return { arrivals: [], noise: [] };
  const [best] = rankVerticals(station, segments);
  const swings: Amplitude[] = [];
  const waves = stretchesOf(best ?? [], longPeriod.ltaSec).flatMap((stretch) => {
    const record = openRecord(stretch, quality)?.record;
    if (!record) return [];
    const { sampleRateHz, pieces } = record;
    const startTime = pieces[0]!.segment.startTime;
    const end = pieces.reduce((most, { segment }) => Math.max(most, endTime(segment)), startTime);
    const clock = { startTime, sampleRateHz, length: Math.floor((end - startTime) * sampleRateHz) + 1 };
    const slow = slowed(amplitudeTrace(station, layOut(record, clock), clock));
    const rule = { ...swingRule(longPeriod), type: "ANL/2" } as const;
    swings.push(...noiseSwings(slow, rule, NOISE_WINDOW_SEC, [0, slow.samples.length], FILTER_ORDER));
    return detectRayleigh(slow, longPeriod);
  });
  const arrivals = waves.map(({ time, snr, amplitude }) => ({
    station: station.code,
    channel: best![0]!.channel.channel,
    time,
    timeErrorSec: TIME_ERROR_SEC,
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
    frequencyHz: Math.sqrt(longPeriod.lowHz * longPeriod.highHz),
    fkQuality: null,
    author: name,
  }));
  return { arrivals, noise: noiseLevels(station.code, swings, NOISE_STRETCH_SEC) };
}

const swingRule = ({ lowHz, highHz, minPeriodSec, maxPeriodSec }: LongPeriodRecipe) =>
  ({ type: "ALR/2", lowHz, highHz, minPeriodSec, maxPeriodSec, response: displacementResponse }) as const;

/** Longest stretch that is worked on at once, samples: two days at 100 Hz. */
const MOST_SAMPLES = 2 * 86_400 * 100;

/** Segments in order of time, parted where a gap is as long as the background or a stretch too long for memory. */
function stretchesOf(segments: readonly WaveformSegment[], gapSec: number): WaveformSegment[][] {
  const stretches: WaveformSegment[][] = [];
  let until = -Infinity;
  for (const segment of [...segments].sort((a, b) => a.startTime - b.startTime)) {
    const current = stretches.at(-1);
    const from = current?.[0]?.startTime ?? -Infinity;
    const tooLong = (endTime(segment) - from) * segment.sampleRateHz > MOST_SAMPLES;
    if (current && segment.startTime - until < gapSec && !tooLong) current.push(segment);
    else stretches.push([segment]);
    until = Math.max(until, endTime(segment));
  }
  return stretches;
}

/** Segments of each broadband vertical, of its most common rate. */
function rankVerticals(station: Station, segments: readonly WaveformSegment[]): WaveformSegment[][] {
  const groups = new Map<string, WaveformSegment[]>();
  for (const segment of segments) {
    if (!BROADBAND_VERTICAL.test(segment.channel.channel) || segment.sampleRateHz < LEAST_RATE) continue;
    const key = `${channelKey(segment.channel)} ${segment.sampleRateHz.toFixed(2)}`;
    const group = groups.get(key);
    if (group) group.push(segment);
    else groups.set(key, [segment]);
  }
  const known = ([first]: WaveformSegment[]) => Number(isCalibrated(first!.channel, station.channels));
  const seconds = (group: WaveformSegment[]) => group.reduce((s, x) => s + x.samples.length / x.sampleRateHz, 0);
  return [...groups.values()].sort((a, b) => known(b) - known(a) || seconds(b) - seconds(a));
}

export interface RayleighWave {
  readonly time: number;
  readonly snr: number;
  readonly amplitude: Arrival["amplitudes"][number] | null;
}

export function detectRayleigh(trace: AmplitudeTrace, recipe: LongPeriodRecipe): RayleighWave[] {
  const slow = slowed(trace);
  const { rate, samples, startTime } = slow;
  const { lowHz, highHz, staSec, ltaSec, minLtaSec, on } = recipe;
  if (samples.length < (minLtaSec + staSec) * rate) return [];
  const filter = butterworthBandPass(FILTER_ORDER, lowHz, highHz, rate);
  const bad = widen(slow.bad, rate, 0, filter.settlingSec);
  const windows = { staSec, ltaSec, gapSec: staSec / 2, minLtaSec };
  const ratio = staLta(filterForward(filter, samples), rate, windows, bad);
  return findTriggers(ratio, on, on / 2).map(({ start, peak, peakValue }) => {
    const to = Math.min(
      samples.length,
      start + Math.round(Math.min(PASSAGE_SEC, 3 * staSec + (peak - start) / rate) * rate),
    );
    return {
      time: startTime + peak / rate,
      snr: peakValue,
      amplitude: measureSwing(slow, { ...swingRule(recipe), from: start, to }, FILTER_ORDER),
    };
  });
}

/** The trace at the rate that long periods are worked on at. */
function slowed(trace: AmplitudeTrace): AmplitudeTrace {
  const factor = Math.max(1, Math.floor(trace.rate / WORK_RATE));
  if (factor === 1) return trace;
  const thin = (flags: Uint8Array) => {
    const any = new Uint8Array(Math.ceil(flags.length / factor));
    for (const [from, to] of flaggedStretches(flags)) any.fill(1, Math.floor(from / factor), Math.ceil(to / factor));
    return any;
  };
  return {
    ...trace,
    rate: trace.rate / factor,
    samples: decimate(trace.samples, trace.rate, factor),
    bad: thin(trace.bad),
    clipped: thin(trace.clipped),
  };
}
