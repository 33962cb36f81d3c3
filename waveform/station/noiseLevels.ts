/**
 * The noise of a station as amplitudes of the kind that its signals have: the rule of A5/2 (or ALR/2) on what comes without a signal, in windows
 * of the same length. Where an event was not seen, its amplitude was below that of the noise when its wave was due; maximum-likelihood magnitudes
 * hear it so (ANP/2 and ANL/2).
 *
 * Windows and stretches stand at the same absolute times whatever the data are worked on in. The level of a stretch is the median of its windows:
 * a signal of some seconds does not raise it, a coda of minutes does, as it hides what comes then.
 */
import type { Amplitude, NoiseLevel, Station } from "@harken/core";
import { displacementResponse } from "@harken/signal";
import { type AmplitudeTrace, amplitudeTrace, measureSwings, type SwingRule } from "./amplitude.ts";
import { formBeam } from "./beams.ts";
import type { Trace } from "./channelRecord.ts";
import { badForHalf, soundElements } from "./elements.ts";
import { flaggedStretches } from "./flags.ts";
import type { StationRecipe } from "./recipe.ts";
import type { DataWindow } from "./windows.ts";

/** Noise at short periods is told for stretches of this length, s. */
export const NOISE_STRETCH_SEC = 120;

/**
 * Windows of noise in the core of a window of data, as A5/2 is measured: on the vertical, at an array on the beam of upright waves, since its noise is
 * that of the beams that teleseismic P is measured on.
 */
export function shortPeriodNoise(window: DataWindow, station: Station, recipe: StationRecipe): Amplitude[] {
  if (recipe.technology !== "seismic") return [];
  const trace = window.sensors.kind === "array" ? uprightBeam(window, station) : window.traces[0];
  if (!trace) return [];
  const source = amplitudeTrace(station, trace, window.clock);
  if (!displacementResponse(source.instrument, 1)) return [];
  const { leadSec: _, lengthSec, ...band } = recipe.amplitude;
  const rule = { type: "ANP/2", ...band, response: displacementResponse } as const;
  return noiseSwings(source, rule, lengthSec, [window.coreFrom, window.coreTo], recipe.filterOrder);
}

const upright = { northSecPerKm: 0, eastSecPerKm: 0 };

/** A sample of it is masked where half of the elements are. */
function uprightBeam(window: DataWindow, station: Station): Trace | null {
  const elements = soundElements(window, station);
  const [reference] = elements;
  if (!reference) return null;
  const traces = elements.map(({ trace }) => trace.samples);
  const samples = new Float64Array(window.clock.length);
  formBeam(traces, elements, window.clock.sampleRateHz, upright, samples);
  const bad = badForHalf(
    elements.map(({ trace }) => flaggedStretches(trace.bad)),
    samples.length,
  );
  return { ...reference.trace, samples, bad };
}

/** Windows of noise that begin in samples [from, to) of a trace: their largest swings. Those with masked samples are left out. */
export function noiseSwings(
  trace: AmplitudeTrace,
  rule: Omit<SwingRule, "from" | "to">,
  windowSec: number,
  [from, to]: readonly [number, number],
  filterOrder: number,
): Amplitude[] {
  const { startTime, rate } = trace;
  const at = (k: number) => Math.round((k * windowSec - startTime) * rate);
  const windows: (readonly [number, number])[] = [];
  for (let k = Math.ceil((startTime + from / rate) / windowSec); at(k) < to; k++)
    if (at(k) >= from && at(k + 1) <= trace.samples.length) windows.push([at(k), at(k + 1)]);
  return measureSwings(trace, rule, windows, filterOrder);
}

/** A stretch of less windows tells nothing. */
const LEAST_WINDOWS = 3;

/** Levels of stretches of `stretchSec`, in order of time. */
export function noiseLevels(station: string, swings: readonly Amplitude[], stretchSec: number): NoiseLevel[] {
  const stretches = Map.groupBy(swings, ({ time }) => Math.floor(time / stretchSec));
  return [...stretches]
    .filter(([, own]) => own.length >= LEAST_WINDOWS)
    .sort(([a], [b]) => a - b)
    .map(([k, own]) => {
      const bySize = own.toSorted((a, b) => a.amplitude / a.periodSec - b.amplitude / b.periodSec);
      const amplitude = bySize[Math.floor((bySize.length - 1) / 2)]!;
      return { station, startTime: k * stretchSec, endTime: (k + 1) * stretchSec, amplitude };
    });
}
