/** Signals of a three-component or vertical-only station: streams, onsets, directions and amplitudes. */
import type { Arrival, Station } from "@harken/core";
import { filterForward } from "@harken/signal";
import { amplitudeTrace, pressureAmplitude, shortPeriodAmplitude } from "./amplitude.ts";
import type { Trace } from "./channelRecord.ts";
import {
  bandFilter,
  detectSignals,
  mergeSignals,
  type Signal,
  type Stream,
  type StreamGroup,
  widen,
} from "./detect.ts";
import { noDirection } from "./direction.ts";
import { firstMotion } from "./firstMotion.ts";
import { eitherOf } from "./flags.ts";
import type { LocalAmplitude } from "./localAmplitude.ts";
import { DETECTION_TAIL_SEC, MASK_LEAD_SEC, type Measurement } from "./measurement.ts";
import { onsetFilter, type TimedOnset, timeOnset } from "./onset.ts";
import type { StationRecipe } from "./recipe.ts";
import { type Horizontals, northAndEast } from "./rotation.ts";
import { singleDirection } from "./singleDirection.ts";
import type { DataWindow } from "./windows.ts";

const still = { northSecPerKm: 0, eastSecPerKm: 0 };
const vertical: Stream = { kind: "vertical", ...still };
const horizontal: Stream = { kind: "horizontal", ...still };

/**
 * Filtered streams band by band; a band that does not fit under the Nyquist frequency is left out. The traces of one group are overwritten by
 * the next.
 */
export function* singleStreams(
  trace: Trace,
  horizontals: Horizontals | null,
  length: number,
  rate: number,
  recipe: StationRecipe,
): Generator<StreamGroup> {
  const wide = (bad: Uint8Array) => widen(bad.subarray(0, length), rate, MASK_LEAD_SEC, recipe.quality.recoverySec);
  const badVertical = wide(trace.bad);
  const badHorizontal = horizontals && wide(horizontals.bad);
  const [first, second] = [new Float64Array(length), new Float64Array(length)];
  for (const band of recipe.bands) {
    const filter = bandFilter(band, rate, recipe.filterOrder);
    if (!filter) continue;
    const shared = { band, on: band.on, rise: recipe.rise };
    const filtered = (x: Float64Array, to: Float64Array) => filterForward(filter, x.subarray(0, length), to);
    yield { ...shared, bad: badVertical, traces: [{ stream: vertical, samples: filtered(trace.samples, first) }] };
    if (!horizontals || !badHorizontal) continue;
    const north = filtered(horizontals.north, first);
    const east = filtered(horizontals.east, second);
    for (let i = 0; i < length; i++) north[i] = Math.sqrt(north[i]! ** 2 + east[i]! ** 2);
    yield { ...shared, bad: badHorizontal, traces: [{ stream: horizontal, samples: north }] };
  }
}

/** A trigger with its onset read. */
interface TimedSignal extends Signal {
  readonly onset: TimedOnset;
  readonly firstMotion: Arrival["firstMotion"];
}

/**
 * Onsets closer than the first are one signal, s. A weaker one may come shortly before a stronger one, as P before S; what comes shortly after
 * and weaker is the same wave seen again.
 */
const SAME_SEC = 0.6;
const AFTER_SEC = 2.5;

const isSame = (strong: TimedSignal, weak: TimedSignal, rate: number): boolean => {
  const later = (weak.onset.index - strong.onset.index) / rate;
  return later > -SAME_SEC && later < AFTER_SEC;
};

export function processSingle(
  window: DataWindow,
  station: Station,
  recipe: StationRecipe,
  localAmplitude: LocalAmplitude,
): Measurement[] {
  const { clock, traces } = window;
  const { sampleRateHz: rate, startTime, length } = clock;
  const [trace, first, second] = traces;
  if (!trace) return [];
  const horizontals = first && second ? northAndEast(station, first, second, startTime) : null;
  // Only measurements look into the tail.
  const looked = Math.min(length, window.coreTo + Math.round(DETECTION_TAIL_SEC * rate));
  const triggers = detectSignals(singleStreams(trace, horizontals, looked, rate, recipe), looked, rate, recipe);
  const signals = mergeSignals(
    triggers.map((signal) => timeSignal(signal, trace, horizontals, rate, recipe)),
    (strong, weak) => isSame(strong, weak, rate),
  );
  const motion = horizontals && {
    vertical: trace.samples,
    north: horizontals.north,
    east: horizontals.east,
    bad: eitherOf(trace.bad, horizontals.bad),
    rate,
  };
  const upright = amplitudeTrace(station, trace, clock);
  const level = horizontals?.traces.map((t) => amplitudeTrace(station, t, clock)) ?? [];
  return signals
    .filter(({ start }) => start >= window.coreFrom && start < window.coreTo)
    .map((signal): Measurement => {
      const { onset, band, stream } = signal;
      return {
        time: startTime + onset.at / rate,
        timeErrorSec: onset.errorSec,
        stream: stream.kind,
        snr: signal.ratio,
        frequencyHz: Math.sqrt(band.lowHz * band.highHz),
        durationSec: (signal.end - signal.start) / rate,
        direction: motion ? singleDirection(motion, onset.index, band, recipe.threeComponent) : noDirection,
        doubtful: false,
        firstMotion: signal.firstMotion,
        amplitudes: [
          shortPeriodAmplitude(upright, onset.index, recipe),
          localAmplitude(level.length > 0 ? level : [upright], onset.index),
          pressureAmplitude(upright, onset.index, band, recipe.amplitude.lengthSec, recipe.filterOrder),
        ].filter((amplitude) => amplitude !== null),
        channel:
          stream.kind === "vertical" || !horizontals ? trace.channel.channel : horizontals.traces[0].channel.channel,
      };
    });
}

/** Data around a trigger that its onset is read from, s before its start and after its peak. */
const READ_BEFORE_SEC = 30;
const READ_AFTER_SEC = 10;

/** Reads the onset on the vertical, or on the horizontal that moves more. */
function timeSignal(
  signal: Signal,
  trace: Trace,
  horizontals: Horizontals | null,
  rate: number,
  recipe: StationRecipe,
): TimedSignal {
  const from = Math.max(0, Math.round(signal.start - READ_BEFORE_SEC * rate));
  const to = Math.min(trace.samples.length, Math.round(signal.peak + READ_AFTER_SEC * rate));
  const filter = onsetFilter(signal.band, rate);
  const cut = (x: Float64Array) => filterForward(filter, x.subarray(from, to));
  const upright = signal.stream.kind === "vertical" || !horizontals;
  const read = upright ? cut(trace.samples) : livelier(cut(horizontals.north), cut(horizontals.east), signal, from);
  // On the horizontals P comes before S in one rise: the later, steeper part of it is what is looked for there.
  const [start, quiet] = upright ? [signal.start, signal.quiet] : [signal.half, 0];
  const onset = timeOnset(read, rate, { ...signal, quiet, start: start - from }, recipe);
  return {
    ...signal,
    onset: { ...onset, index: onset.index + from, at: onset.at + from },
    firstMotion:
      upright && onset.clear
        ? firstMotion(trace.samples, rate, { ...onset, index: onset.index + from }, signal.band)
        : null,
  };
}

function livelier(north: Float64Array, east: Float64Array, { start, end }: Signal, from: number): Float64Array {
  const energy = (x: Float64Array) => x.subarray(start - from, end - from).reduce((s, v) => s + v * v, 0);
  return energy(north) >= energy(east) ? north : east;
}
