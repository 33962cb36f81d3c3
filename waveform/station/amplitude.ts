/**
 * Amplitudes of a signal in ground motion: A5/2 (half the largest trough-to-peak within 5.5 s) for mb, the Wood-Anderson maximum for ML, and
 * ALR/2 of a long-period Rayleigh wave for Ms. Instrument and filter are taken out at the period measured.
 */
import type { Amplitude, Channel, ChannelId } from "@harken/core";
import {
  applyResponse,
  butterworthBandPass,
  displacementResponse,
  divide,
  type Filter,
  filterForward,
  filterGain,
  modulus,
  removeTrend,
  taper,
  woodAndersonResponse,
} from "@harken/signal";
import type { StationRecipe } from "./recipe.ts";

export interface Swing {
  /** Half the difference of a trough and the peak beside it, in the trace's unit. */
  readonly half: number;
  readonly periodSec: number;
  /** Index of the later of the two. */
  readonly at: number;
}

/** Largest difference of neighbouring extremes in [from, to); null for none. */
export function largestSwing(trace: Float64Array, rate: number, from: number, to: number): Swing | null {
  let best: Swing | null = null;
  let last = -1;
  for (let i = Math.max(1, from); i + 1 < Math.min(to, trace.length); i++) {
    const [a, b, c] = [trace[i - 1]!, trace[i]!, trace[i + 1]!];
    if (!((b > a && b >= c) || (b < a && b <= c))) continue;
    if (last >= 0) {
      const half = Math.abs(b - trace[last]!) / 2;
      if (!best || half > best.half) best = { half, periodSec: (2 * (i - last)) / rate, at: i };
    }
    last = i;
  }
  return best;
}

export interface AmplitudeTrace {
  readonly id: ChannelId;
  readonly channel: Channel | null;
  readonly samples: Float64Array;
  readonly clipped: Uint8Array;
  readonly startTime: number;
  readonly rate: number;
}

const isClipped = (clipped: Uint8Array, from: number, to: number) =>
  clipped.subarray(Math.max(0, from), Math.max(0, to)).includes(1);

function measured(
  type: Amplitude["type"],
  { id, channel, clipped, startTime, rate }: AmplitudeTrace,
  swing: Swing | null,
  window: readonly [number, number],
  offset: number,
  filter: Filter,
  periods: readonly [number, number],
): Amplitude | null {
  if (!swing || !channel || !(swing.half > 0)) return null;
  const periodSec = Math.min(periods[1], Math.max(periods[0], swing.periodSec));
  const response = displacementResponse(channel, 1 / periodSec);
  if (!response) return null;
  const gain = modulus(response) * filterGain(filter, 1 / periodSec);
  if (!(gain > 0)) return null;
  return {
    type,
    channel: id,
    time: startTime + (offset + swing.at) / rate,
    amplitude: swing.half / gain,
    periodSec,
    clipped: isClipped(clipped, window[0], window[1]),
  };
}

/** Data before the window that its filter needs, s. */
const SETTLE_SEC = 20;

/** A5/2 at an onset. Null without a response or when the window holds no swing. */
export function shortPeriodAmplitude(trace: AmplitudeTrace, onset: number, recipe: StationRecipe): Amplitude | null {
  const { lowHz, highHz, leadSec, lengthSec, minPeriodSec, maxPeriodSec } = recipe.amplitude;
  const { rate, samples } = trace;
  const from = Math.max(0, Math.round(onset - SETTLE_SEC * rate));
  const first = Math.round(onset - leadSec * rate);
  const last = Math.min(samples.length, Math.round(onset + (lengthSec - leadSec) * rate));
  const filter = butterworthBandPass(recipe.filterOrder, lowHz, Math.min(highHz, 0.45 * rate), rate);
  const filtered = filterForward(filter, samples.subarray(from, last));
  const swing = largestSwing(filtered, rate, first - from, last - from);
  return measured("A5/2", trace, swing, [first, last], from, filter, [minPeriodSec, maxPeriodSec]);
}

/** ALR/2 in a long-period trace that is already filtered by `filter`, from `from` on. */
export function longPeriodAmplitude(
  trace: AmplitudeTrace,
  filter: Filter,
  from: number,
  lengthSec: number,
  periods: readonly [number, number],
): Amplitude | null {
  const to = Math.min(trace.samples.length, Math.round(from + lengthSec * trace.rate));
  return measured("ALR/2", trace, largestSwing(trace.samples, trace.rate, from, to), [from, to], 0, filter, periods);
}

/** Least window that a Wood-Anderson trace is made from, s. */
const LEAST_LOCAL_SEC = 15;

/** Largest half peak-to-peak of the Wood-Anderson seismograms of the traces after an onset. */
export function localAmplitude(
  traces: readonly AmplitudeTrace[],
  onset: number,
  recipe: StationRecipe,
): Amplitude | null {
  const { localLengthSec, localLowHz } = recipe.amplitude;
  let best: Amplitude | null = null;
  for (const { id, channel, samples, clipped, startTime, rate } of traces) {
    if (!channel) continue;
    const from = Math.max(0, Math.round(onset - SETTLE_SEC * rate));
    const to = Math.min(samples.length, Math.round(onset + localLengthSec * rate));
    if (to - onset < LEAST_LOCAL_SEC * rate) continue;
    const highHz = 0.45 * rate;
    const window = taper(removeTrend(samples.slice(from, to)), 0.03);
    const ground = applyResponse(window, rate, (f) => {
      const flank = bandFlank(f, localLowHz / 2, localLowHz, 0.85 * highHz, highHz);
      if (flank === 0) return null;
      const response = displacementResponse(channel, f);
      if (!response || modulus(response) === 0) return null;
      const ratio = divide(woodAndersonResponse(f), response);
      return { re: ratio.re * flank, im: ratio.im * flank };
    });
    const swing = largestSwing(ground, rate, onset - from, ground.length);
    if (!swing || !(swing.half > 0) || (best && best.amplitude >= swing.half)) continue;
    best = {
      type: "ML",
      channel: id,
      time: startTime + (from + swing.at) / rate,
      amplitude: swing.half,
      periodSec: swing.periodSec,
      clipped: isClipped(clipped, onset, to),
    };
  }
  return best;
}

/** 1 between b and c, cosine flanks to 0 at a and d. */
function bandFlank(f: number, a: number, b: number, c: number, d: number): number {
  if (f <= a || f >= d) return 0;
  if (f < b) return 0.5 * (1 - Math.cos((Math.PI * (f - a)) / (b - a)));
  if (f > c) return 0.5 * (1 + Math.cos((Math.PI * (f - c)) / (d - c)));
  return 1;
}
