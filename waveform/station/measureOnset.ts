/**
 * What the waves say at an onset that somebody else has read: direction, SNR, amplitudes and first motion, as station processing measures them at its
 * own. An analyst's pick counts no less than an automatic one.
 *
 *     const measured = measureOnset({ station, segments, time: 1360724294.3, phase: "P" });
 */
import type { Arrival, Station, WaveformSegment } from "@harken/core";
import { filterForward } from "@harken/signal";
import { amplitudeTrace, shortPeriodAmplitude } from "./amplitude.ts";
import { directionOf, planFinder, sharpestBand, wanderOf } from "./arrayDirection.ts";
import { ownBeam } from "./arrayStation.ts";
import { bandFilter } from "./detect.ts";
import { type Direction, noDirection } from "./direction.ts";
import { soundElements } from "./elements.ts";
import { firstMotion } from "./firstMotion.ts";
import { planLocalAmplitude } from "./localAmplitude.ts";
import type { DetectionBand, StationRecipe } from "./recipe.ts";
import { recipeFor } from "./recipes.ts";
import { northAndEast } from "./rotation.ts";
import { rankSensors, technologyOf } from "./sensors.ts";
import { singleDirection } from "./singleDirection.ts";
import { type DataWindow, StationRecording } from "./windows.ts";

export type MeasuredOnset = Pick<
  Arrival,
  | "azimuthDeg"
  | "azimuthErrorDeg"
  | "slownessSecPerDeg"
  | "slownessErrorSecPerDeg"
  | "snr"
  | "amplitudes"
  | "firstMotion"
  | "rectilinearity"
  | "incidenceDeg"
  | "frequencyHz"
  | "fkQuality"
>;

export interface OnsetInput {
  readonly station: Station;
  /** Of all its channels, from `onsetReach.beforeSec` before the time to `onsetReach.afterSec` after it. */
  readonly segments: readonly WaveformSegment[];
  /** Epoch s. */
  readonly time: number;
  readonly phase: string;
}

/** Data that a measurement looks at: the detector's background, and the window of local magnitude. */
export const onsetReach = Object.freeze({ beforeSec: 100, afterSec: 240 });

/** The short average is looked for within this time of the onset, s. */
const PEAK_SEC = 2;

/** Null where the station has no seismic data at the time, or none to be trusted. */
export function measureOnset(input: OnsetInput): MeasuredOnset | null {
  const { station, segments, time } = input;
  const recipe = recipeFor(technologyOf(station, segments), station.technology);
  if (recipe.technology !== "seismic") return null;
  const sensors = rankSensors(station, segments);
  if (sensors.length === 0) return null;
  const recording = new StationRecording(segments, sensors, recipe);
  for (const window of recording.windows()) {
    const { startTime, sampleRateHz } = window.clock;
    const onset = Math.round((time - startTime) * sampleRateHz);
    if (onset < window.coreFrom || onset >= window.coreTo) continue;
    if (window.traces[0]?.bad[onset]) return null;
    return window.sensors.kind === "array"
      ? measureAtArray(window, onset, input, recipe)
      : measureAtSingle(window, onset, input, recipe);
  }
  return null;
}

interface Heard {
  readonly band: DetectionBand;
  readonly snr: number;
}

/** The band in which the signal stands out most, and by how much: the short average of the rectified trace over that before the onset. */
function clearestBand(
  traceIn: (band: DetectionBand) => { readonly samples: Float64Array; readonly onset: number } | null,
  rate: number,
  { bands, ltaSec, gapSec }: StationRecipe,
): Heard | null {
  let best: Heard | null = null;
  for (const band of bands) {
    const trace = traceIn(band);
    if (!trace) continue;
    const { samples, onset } = trace;
    const before = meanSize(samples, onset - Math.round(ltaSec * rate), onset - Math.round(gapSec * rate));
    const length = Math.round(band.staSec * rate);
    let most = 0;
    for (let at = onset; at <= onset + PEAK_SEC * rate; at += Math.max(1, Math.round(length / 8)))
      most = Math.max(most, meanSize(samples, at, at + length));
    const snr = before > 0 ? most / before : 0;
    if (snr > (best?.snr ?? 0)) best = { band, snr };
  }
  return best;
}

function meanSize(x: Float64Array, from: number, to: number): number {
  const [a, b] = [Math.max(0, from), Math.min(x.length, to)];
  let sum = 0;
  for (let i = a; i < b; i++) sum += Math.abs(x[i]!);
  return b > a ? sum / (b - a) : 0;
}

function measuredOf(
  { band, snr }: Heard,
  direction: Direction,
  amplitudes: readonly (Arrival["amplitudes"][number] | null)[],
  motion: Arrival["firstMotion"],
): MeasuredOnset {
  const { horizontalToVertical: _shape, ...told } = direction;
  return {
    ...told,
    snr,
    amplitudes: amplitudes.filter((amplitude) => amplitude !== null),
    firstMotion: motion,
    frequencyHz: Math.sqrt(band.lowHz * band.highHz),
  };
}

function measureAtArray(
  window: DataWindow,
  onset: number,
  { station, phase }: OnsetInput,
  recipe: StationRecipe,
): MeasuredOnset | null {
  const { clock } = window;
  const { sampleRateHz: rate, startTime, length } = clock;
  const elements = soundElements(window, station);
  const [reference] = elements;
  if (!reference) return null;
  const find = planFinder(recipe.array);
  const still = { northSecPerKm: 0, eastSecPerKm: 0 };
  const peakIn = (band: DetectionBand) => {
    const first = find(elements, rate, band, onset, still);
    return first && (find(elements, rate, band, onset, first) ?? first);
  };
  const beamIn = (band: DetectionBand) =>
    ownBeam(elements, { band, peak: onset }, peakIn(band) ?? still, length, rate, recipe);
  const heard = clearestBand(
    (band) => {
      if (!bandFilter(band, rate, recipe.filterOrder)) return null;
      const { filtered, from } = beamIn(band);
      return { samples: filtered, onset: onset - from };
    },
    rate,
    recipe,
  );
  if (!heard) return null;
  const { band } = heard;
  const peak = peakIn(band);
  const chosen = peak && sharpestBand(find, elements, rate, recipe.bands, band, onset, peak);
  const wave = chosen && wanderOf(find, elements, rate, chosen, onset, recipe.array);
  const beam = beamIn(band);
  const single = amplitudeTrace(station, beam.reference.trace, clock);
  const cut = (x: Uint8Array) => x.subarray(beam.from, beam.from + beam.raw.length);
  const source = {
    ...single,
    samples: beam.raw,
    bad: cut(single.bad),
    clipped: cut(single.clipped),
    startTime: startTime + beam.from / rate,
  };
  return measuredOf(
    heard,
    directionOf(wave, recipe.array),
    [shortPeriodAmplitude(source, onset - beam.from, recipe), planLocalAmplitude(recipe.amplitude)([single], onset)],
    isUpgoing(phase) ? firstMotion(beam.raw, rate, certain(onset - beam.from), band) : null,
  );
}

/** An onset that an analyst has read is where it is. */
const certain = (index: number) => ({ index, errorSec: 0 });

/** First motions are those of P. */
const isUpgoing = (phase: string): boolean => phase.startsWith("P");

function measureAtSingle(
  window: DataWindow,
  onset: number,
  { station, phase }: OnsetInput,
  recipe: StationRecipe,
): MeasuredOnset | null {
  const { clock, traces } = window;
  const { sampleRateHz: rate, startTime } = clock;
  const [trace, first, second] = traces;
  if (!trace) return null;
  const horizontals = first && second ? northAndEast(station, first, second, startTime) : null;
  const upgoing = isUpgoing(phase);
  const heard = clearestBand(
    (band) => {
      const filter = bandFilter(band, rate, recipe.filterOrder);
      if (!filter) return null;
      if (upgoing || !horizontals) return { samples: filterForward(filter, trace.samples), onset };
      const [north, east] = [horizontals.north, horizontals.east].map((x) => filterForward(filter, x));
      return { samples: north!.map((v, i) => Math.hypot(v, east![i]!)), onset };
    },
    rate,
    recipe,
  );
  if (!heard) return null;
  const { band } = heard;
  const upright = amplitudeTrace(station, trace, clock);
  const level = horizontals?.traces.map((t) => amplitudeTrace(station, t, clock)) ?? [];
  const direction =
    horizontals && upgoing
      ? singleDirection(
          {
            ...{ vertical: trace.samples, north: horizontals.north, east: horizontals.east, rate },
            bad: trace.bad.map((v, i) => v | horizontals.bad[i]!),
          },
          onset,
          band,
          recipe.threeComponent,
        )
      : noDirection;
  return measuredOf(
    heard,
    direction,
    [
      shortPeriodAmplitude(upright, onset, recipe),
      planLocalAmplitude(recipe.amplitude)(level.length > 0 ? level : [upright], onset),
    ],
    upgoing ? firstMotion(trace.samples, rate, certain(onset), band) : null,
  );
}
