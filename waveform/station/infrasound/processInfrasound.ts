/**
 * Signals of an infrasound array: pixels of progressive multichannel correlation, their families, the signals in each family, and the pressure on
 * the beam of each signal.
 */
import {
  azimuthDifference,
  type InfrasoundFeatures,
  KM_PER_DEGREE,
  RADIANS_PER_DEGREE,
  type Station,
} from "@harken/core";
import { findFamilies, findPixels, modulus, pressureResponse } from "@harken/signal";
import { amplitudeTrace, pressureAmplitude } from "../amplitude.ts";
import { formBeam } from "../beams.ts";
import { widen } from "../detect.ts";
import { type Direction, noDirection } from "../direction.ts";
import { type Element, soundElements } from "../elements.ts";
import { MASK_LEAD_SEC, type Measurement } from "../measurement.ts";
import { planeWaveError } from "../planeWaveError.ts";
import type { StationRecipe } from "../recipe.ts";
import type { DataWindow } from "../windows.ts";
import type { InfrasoundRecipe } from "./infrasoundRecipe.ts";
import { type InfrasoundSignal, signalsOf } from "./infrasoundSignal.ts";
import { type WindNoise, windNoise } from "./windNoise.ts";

export interface InfrasoundResult {
  readonly measurements: readonly Measurement[];
  readonly wind: readonly WindNoise[];
}

export function processInfrasound(
  window: DataWindow,
  station: Station,
  recipe: StationRecipe,
  infrasound: InfrasoundRecipe,
): InfrasoundResult {
  const { clock, coreFrom, coreTo } = window;
  const rate = clock.sampleRateHz;
  const elements = soundElements(window, station);
  const [reference] = elements;
  if (!reference) return { measurements: [], wind: [] };
  const masks = elements.map(({ trace }) => widen(trace.bad, rate, MASK_LEAD_SEC, recipe.quality.recoverySec));
  const { pmcc } = infrasound;
  const pixels = findPixels(
    elements.map(({ trace }) => trace.samples),
    elements,
    rate,
    pmcc,
    { bad: masks, firstSample: Math.round(clock.startTime * rate) },
  );
  const found = findFamilies(pixels, pmcc.bands, infrasound.family).flatMap((family) =>
    signalsOf(family, elements, rate, infrasound),
  );
  const single = amplitudeTrace(station, reference.trace, clock);
  const counts = pressureResponse(single.instrument, Math.sqrt(infrasound.wind.lowHz * infrasound.wind.highHz));
  return {
    measurements: withoutEchoes(found, rate, infrasound)
      .filter(({ begin }) => begin >= coreFrom && begin < coreTo)
      .map((signal): Measurement => {
        const samples = beamOf(elements, signal);
        const durationSec = (signal.to - signal.from) / rate;
        const amplitude = pressureAmplitude(
          { ...single, samples },
          signal.from,
          signal,
          durationSec,
          recipe.filterOrder,
        );
        return {
          time: clock.startTime + signal.begin / rate,
          timeErrorSec: Math.max(recipe.timeError.minSec, signal.fisherSec / 2),
          stream: "beam",
          // F is one more than the power of the signal on the beam over that of the noise.
          snr: Math.sqrt(Math.max(0, signal.fisherRatio - 1)),
          frequencyHz: signal.frequencyHz,
          durationSec,
          direction: directionOf(signal, elements, infrasound),
          doubtful: false,
          firstMotion: null,
          amplitudes: amplitude ? [amplitude] : [],
          channel: reference.trace.channel.channel,
          features: featuresOf(signal, durationSec),
        };
      }),
    wind: windNoise(
      elements.map(({ trace }, j) => ({ samples: trace.samples, bad: masks[j]! })),
      clock,
      [coreFrom, coreTo],
      counts && modulus(counts),
      infrasound.wind,
    ),
  };

  function beamOf(of: readonly Element[], { northSecPerKm, eastSecPerKm }: InfrasoundSignal): Float64Array {
    const traces = of.map(({ trace }) => trace.samples);
    const beam = new Float64Array(traces[0]!.length);
    formBeam(traces, of, rate, { northSecPerKm, eastSecPerKm }, beam);
    return beam;
  }
}

/**
 * Of signals that are one wave in two families, in two bands or by the ripples of a strong one, the one of larger F; in order of time. They agree
 * twice as well as neighbours in a family must.
 */
function withoutEchoes(
  signals: readonly InfrasoundSignal[],
  rate: number,
  { family }: InfrasoundRecipe,
): InfrasoundSignal[] {
  const kept: InfrasoundSignal[] = [];
  const isSame = (weak: InfrasoundSignal, strong: InfrasoundSignal) =>
    Math.abs(azimuthDifference(weak.backAzimuthDeg, strong.backAzimuthDeg)) <= family.sigmaAzimuthDeg / 2 &&
    Math.abs(Math.log(weak.slownessSecPerKm / strong.slownessSecPerKm)) <= family.sigmaSpeed / 2 &&
    weak.begin <= strong.to + strong.fisherSec * rate &&
    weak.begin >= strong.from - strong.fisherSec * rate;
  for (const signal of [...signals].sort((a, b) => b.fisherRatio - a.fisherRatio))
    if (!kept.some((other) => signal.family !== other.family && isSame(signal, other))) kept.push(signal);
  return kept.sort((a, b) => a.begin - b.begin);
}

function directionOf(signal: InfrasoundSignal, elements: readonly Element[], recipe: InfrasoundRecipe): Direction {
  const { slownessSecPerKm: slowness } = signal;
  const bound = planeWaveError(elements, { ...signal, sec: signal.directionSec });
  const across = bound.transverseErrorSecPerKm / slowness / RADIANS_PER_DEGREE;
  return {
    ...noDirection,
    fkQuality: signal.fisherRatio,
    azimuthDeg: signal.backAzimuthDeg,
    azimuthErrorDeg: Math.hypot(recipe.modelAzimuthDeg, Math.max(across, signal.azimuthScatterDeg)),
    slownessSecPerDeg: slowness * KM_PER_DEGREE,
    slownessErrorSecPerDeg:
      Math.hypot(
        recipe.modelSlowness * slowness,
        Math.max(bound.radialErrorSecPerKm, signal.slownessScatter * slowness),
      ) * KM_PER_DEGREE,
  };
}

function featuresOf(signal: InfrasoundSignal, durationSec: number): InfrasoundFeatures {
  return {
    kind: "infrasound",
    durationSec,
    lastingSec: signal.lastingSec,
    traceVelocityKmPerSec: 1 / signal.slownessSecPerKm,
    lowHz: signal.lowHz,
    highHz: signal.highHz,
    fisherRatio: signal.fisherRatio,
    correlation: signal.correlation,
    consistencySec: signal.consistencySec,
    pixelCount: signal.pixels.length,
    elementCount: Math.max(...signal.pixels.map(({ elements }) => elements.length)),
    noise: "",
  };
}
