/**
 * Amplitudes of a signal at its own period: A5/2 (half the largest trough-to-peak within 5.5 s) for mb, ALR/2 of a long-period Rayleigh wave
 * for Ms, and the pressure of a sound. Instrument and filter are taken out at the period measured.
 */
import type { Amplitude, ChannelId, Complex, Station } from "@harken/core";
import {
  butterworthBandPass,
  displacementResponse,
  type Filter,
  filterForward,
  filterGain,
  type Instrument,
  modulus,
  pressureResponse,
} from "@harken/signal";
import type { Clock, Trace } from "./channelRecord.ts";
import { highestHz, settledSec } from "./filterRoom.ts";
import type { StationRecipe } from "./recipe.ts";
import { channelRecordAt } from "./sensors.ts";

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
  let last: { at: number; value: number } | null = null;
  for (let i = Math.max(1, from); i + 1 < Math.min(to, trace.length); i++) {
    const [a, b, c] = [trace[i - 1]!, trace[i]!, trace[i + 1]!];
    if (!((b > a && b >= c) || (b < a && b <= c))) continue;
    // A parabola through the three samples: a period of few samples is read between them.
    const bend = a - 2 * b + c;
    const shift = bend === 0 ? 0 : (a - c) / (2 * bend);
    const extreme = { at: i + shift, value: b - ((a - c) * shift) / 4 };
    if (last) {
      const half = Math.abs(extreme.value - last.value) / 2;
      if (!best || half > best.half) best = { half, periodSec: (2 * (extreme.at - last.at)) / rate, at: i };
    }
    last = extreme;
  }
  return best;
}

/** A trace with what is known of its instrument. */
export interface AmplitudeTrace {
  readonly id: ChannelId;
  readonly instrument: Instrument;
  readonly samples: Float64Array;
  readonly bad: Uint8Array;
  readonly clipped: Uint8Array;
  readonly startTime: number;
  readonly rate: number;
}

export function amplitudeTrace(station: Station, trace: Trace, { startTime, sampleRateHz }: Clock): AmplitudeTrace {
  const record = channelRecordAt(station, trace.channel, startTime);
  const { calibNmPerCount, calperSec } = trace;
  // A calibration that came with the waveform stands in for a response that nobody gave.
  const known = record && (record.response || record.calibNmPerCount);
  return {
    id: trace.channel,
    instrument: known ? record : { response: null, calibNmPerCount, calperSec },
    samples: trace.samples,
    bad: trace.bad,
    clipped: trace.clipped,
    startTime,
    rate: sampleRateHz,
  };
}

/** Where, in which band and in which unit a swing is measured. */
export interface SwingRule {
  readonly type: Amplitude["type"];
  readonly lowHz: number;
  readonly highHz: number;
  /** Window [from, to) in samples of the trace. */
  readonly from: number;
  readonly to: number;
  readonly minPeriodSec: number;
  readonly maxPeriodSec: number;
  readonly response: (instrument: Instrument, frequencyHz: number) => Complex | null;
}

/** The largest swing of a window in ground motion or pressure; null without a response, with masked samples, or when there is no swing. */
export function measureSwing(trace: AmplitudeTrace, rule: SwingRule, filterOrder: number): Amplitude | null {
  const window = [Math.max(0, rule.from), Math.min(trace.samples.length, rule.to)] as const;
  return measureSwings(trace, rule, [window], filterOrder)[0] ?? null;
}

/** The same of windows in order of time that lie in the trace; those without an amplitude are left out. The trace is filtered once. */
export function measureSwings(
  trace: AmplitudeTrace,
  rule: Omit<SwingRule, "from" | "to">,
  windows: readonly (readonly [from: number, to: number])[],
  filterOrder: number,
): Amplitude[] {
  const { samples, rate, bad } = trace;
  const whole = windows.filter(([from, to]) => to > from && !bad.subarray(from, to).includes(1));
  const [first, last] = [whole[0], whole.at(-1)];
  if (!first || !last) return [];
  const filter = butterworthBandPass(filterOrder, rule.lowHz, Math.min(rule.highHz, highestHz(rate)), rate);
  const begin = Math.max(0, first[0] - Math.round(settledSec(filter) * rate));
  const filtered = filterForward(filter, samples.subarray(begin, last[1]));
  return whole.flatMap(([from, to]) => {
    const swing = largestSwing(filtered, rate, from - begin, to - begin);
    return (swing && inMotion(swing, trace, { ...rule, from, to }, filter, begin)) ?? [];
  });
}

function inMotion(
  { half, periodSec, at }: Swing,
  { id, instrument, clipped, startTime, rate }: AmplitudeTrace,
  { type, response, from, to, minPeriodSec, maxPeriodSec }: SwingRule,
  filter: Filter,
  begin: number,
): Amplitude | null {
  const period = Math.min(maxPeriodSec, Math.max(minPeriodSec, periodSec));
  const counts = response(instrument, 1 / period);
  const gain = counts ? modulus(counts) * filterGain(filter, 1 / period) : 0;
  if (!(gain > 0 && half > 0)) return null;
  return {
    type,
    channel: id,
    time: startTime + (begin + at) / rate,
    amplitude: half / gain,
    periodSec: period,
    clipped: clipped.subarray(Math.max(0, from), to).includes(1),
  };
}

/** A5/2 at an onset. */
export function shortPeriodAmplitude(trace: AmplitudeTrace, onset: number, recipe: StationRecipe): Amplitude | null {
  const { leadSec, lengthSec, ...band } = recipe.amplitude;
  const from = Math.round(onset - leadSec * trace.rate);
  const to = Math.round(onset + (lengthSec - leadSec) * trace.rate);
  return measureSwing(trace, { type: "A5/2", ...band, from, to, response: displacementResponse }, recipe.filterOrder);
}

/** Pressure of a sound, Pa: half the largest trough-to-peak in its band within `lengthSec` of its begin. */
export function pressureAmplitude(
  trace: AmplitudeTrace,
  onset: number,
  { lowHz, highHz }: { readonly lowHz: number; readonly highHz: number },
  lengthSec: number,
  filterOrder: number,
): Amplitude | null {
  const to = Math.round(onset + lengthSec * trace.rate);
  const [minPeriodSec, maxPeriodSec] = [1 / highHz, 1 / lowHz];
  return measureSwing(
    trace,
    { type: "pressure", lowHz, highHz, from: onset, to, minPeriodSec, maxPeriodSec, response: pressureResponse },
    filterOrder,
  );
}
