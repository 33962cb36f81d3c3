/** Signals of an infrasound array: families of coherent windows, their direction, and the pressure on their beam. */
import { KM_PER_DEGREE, RADIANS_PER_DEGREE, type Station } from "@harken/core";
import { amplitudeTrace, pressureAmplitude } from "./amplitude.ts";
import { formBeam } from "./beams.ts";
import { type Family, findFamilies } from "./coherence.ts";
import { type Direction, noDirection } from "./direction.ts";
import { type Element, soundElements } from "./elements.ts";
import type { Measurement } from "./measurement.ts";
import type { CoherenceRecipe, StationRecipe } from "./recipe.ts";
import type { DataWindow } from "./windows.ts";

export function processInfrasound(
  window: DataWindow,
  station: Station,
  recipe: StationRecipe,
  coherence: CoherenceRecipe,
): Measurement[] {
  const { clock, coreFrom, coreTo } = window;
  const rate = clock.sampleRateHz;
  const elements = soundElements(window, station, recipe);
  const [reference] = elements;
  if (!reference) return [];
  return findFamilies(elements, rate, coherence)
    .filter(({ begin }) => begin >= coreFrom && begin < coreTo)
    .map((family): Measurement => {
      const { band, best, windows, begin } = family;
      const durationSec = (windows.at(-1)!.from - windows[0]!.from) / rate + band.windowSec;
      const amplitude = pressureAmplitude(
        { ...amplitudeTrace(station, reference.trace, clock), samples: beamOf(elements, family, rate) },
        windows[0]!.from,
        band,
        durationSec,
        recipe.filterOrder,
      );
      return {
        time: clock.startTime + begin / rate,
        // The begin is known to the step of the windows.
        timeErrorSec: Math.max(recipe.timeError.minSec, coherence.step * band.windowSec),
        stream: "beam",
        // F is one more than the power of the signal on the beam over that of the noise.
        snr: Math.sqrt(Math.max(0, best.peak.fStatistic - 1)),
        frequencyHz: Math.sqrt(band.lowHz * band.highHz),
        durationSec,
        direction: directionOf(family, coherence),
        doubtful: false,
        firstMotion: null,
        amplitudes: amplitude ? [amplitude] : [],
        channel: reference.trace.channel.channel,
      };
    });
}

function beamOf(elements: readonly Element[], { best: { peak } }: Family, rate: number): Float64Array {
  const traces = elements.map(({ trace }) => trace.samples);
  const beam = new Float64Array(traces[0]!.length);
  formBeam(traces, elements, rate, peak, beam);
  return beam;
}

function directionOf({ best: { peak } }: Family, { modelAzimuthDeg, modelSlowness }: CoherenceRecipe): Direction {
  const slowness = peak.slownessSecPerKm;
  return {
    ...noDirection,
    fkQuality: peak.fStatistic,
    azimuthDeg: peak.backAzimuthDeg,
    azimuthErrorDeg: Math.hypot(modelAzimuthDeg, peak.transverseErrorSecPerKm / slowness / RADIANS_PER_DEGREE),
    slownessSecPerDeg: slowness * KM_PER_DEGREE,
    slownessErrorSecPerDeg: Math.hypot(modelSlowness * slowness, peak.radialErrorSecPerKm) * KM_PER_DEGREE,
  };
}
