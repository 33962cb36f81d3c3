/** Signals of a three-component or vertical-only station: streams, onsets, directions and amplitudes. */
import type { Station } from "@harken/core";
import { filterForward } from "@harken/signal";
import { amplitudeTrace, pressureAmplitude, shortPeriodAmplitude } from "./amplitude.ts";
import type { Trace } from "./channelRecord.ts";
import { bandFilter, detectSignals, type Signal, type Stream, type StreamGroup, widen } from "./detect.ts";
import { noDirection } from "./direction.ts";
import { firstMotion } from "./firstMotion.ts";
import type { LocalAmplitude } from "./localAmplitude.ts";
import { DETECTION_TAIL_SEC, MASK_LEAD_SEC, type Measurement } from "./measurement.ts";
import { timeOnset } from "./onset.ts";
import type { StationRecipe } from "./recipe.ts";
import { type Horizontals, northAndEast } from "./rotation.ts";
import { singleDirection } from "./singleDirection.ts";
import type { DataWindow } from "./windows.ts";

const still = { northSecPerKm: 0, eastSecPerKm: 0 };
const vertical: Stream = { kind: "vertical", ...still };
const horizontal: Stream = { kind: "horizontal", ...still };

/** Filtered streams band by band; a band that does not fit under the Nyquist frequency is left out. */
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
  for (const band of recipe.bands) {
    const filter = bandFilter(band, rate, recipe.filterOrder);
    if (!filter) continue;
    const { on } = band;
    const filtered = (x: Float64Array) => filterForward(filter, x.subarray(0, length));
    yield { band, on, bad: badVertical, traces: [{ stream: vertical, samples: filtered(trace.samples) }] };
    if (!horizontals || !badHorizontal) continue;
    const north = filtered(horizontals.north);
    const east = filtered(horizontals.east);
    for (let i = 0; i < north.length; i++) north[i] = Math.hypot(north[i]!, east[i]!);
    yield { band, on, bad: badHorizontal, traces: [{ stream: horizontal, samples: north }] };
  }
}

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
  const signals = detectSignals(singleStreams(trace, horizontals, looked, rate, recipe), looked, rate, recipe);
  const upright = amplitudeTrace(station, trace, clock);
  const level = horizontals?.traces.map((t) => amplitudeTrace(station, t, clock)) ?? [];
  return signals
    .filter(({ start }) => start >= window.coreFrom && start < window.coreTo)
    .map((signal): Measurement => {
      const filtered = onsetTrace(signal, trace, horizontals, rate, recipe);
      const onset = timeOnset(filtered, rate, signal, recipe);
      const onVertical = signal.stream.kind === "vertical";
      return {
        time: startTime + onset.index / rate,
        timeErrorSec: onset.errorSec,
        stream: signal.stream.kind,
        snr: signal.ratio,
        frequencyHz: Math.sqrt(signal.band.lowHz * signal.band.highHz),
        durationSec: (signal.end - signal.start) / rate,
        direction: horizontals
          ? singleDirection(trace.samples, horizontals, rate, signal.band, onset.index, recipe)
          : noDirection,
        firstMotion: onVertical && onset.clear ? firstMotion(filtered, rate, onset.index) : null,
        amplitudes: [
          shortPeriodAmplitude(upright, onset.index, recipe),
          localAmplitude(level.length > 0 ? level : [upright], onset.index),
          pressureAmplitude(upright, onset.index, signal.band, recipe.amplitude.lengthSec, recipe.filterOrder),
        ].filter((amplitude) => amplitude !== null),
        channel: onVertical || !horizontals ? trace.channel.channel : horizontals.traces[0].channel.channel,
      };
    });
}

/** The filtered trace on which a signal's onset is read: its vertical, or the horizontal that moves more. */
function onsetTrace(
  { stream, band, start, peak }: Signal,
  trace: Trace,
  horizontals: Horizontals | null,
  rate: number,
  recipe: StationRecipe,
): Float64Array {
  const filter = bandFilter(band, rate, recipe.filterOrder)!;
  if (stream.kind !== "horizontal" || !horizontals) return filterForward(filter, trace.samples);
  const north = filterForward(filter, horizontals.north);
  const east = filterForward(filter, horizontals.east);
  const energy = (x: Float64Array) => x.subarray(start, peak + Math.round(2 * rate)).reduce((s, v) => s + v * v, 0);
  return energy(north) >= energy(east) ? north : east;
}
