/**
 * Station processing: the waveforms of one station in, its arrivals out.
 *
 *     const { arrivals, masks, problems } = processStation({ station, segments, keyPrefix: "" });
 *
 * Quality control, band filters, STA/LTA on vertical, horizontals or beams, onset by autoregression, direction by f-k or polarisation,
 * amplitudes in ground motion, initial phase. Arrivals come in order of time.
 */
import type { Amplitude, Arrival, NoiseLevel, Problem, QualityMask, Station, WaveformSegment } from "@harken/core";
import { withThresholds } from "../tuning/thresholds.ts";
import { planFinder } from "./arrayDirection.ts";
import { processArray } from "./arrayStation.ts";
import { describeSounds } from "./hydroacoustic/describeSounds.ts";
import { withoutSwells } from "./hydroacoustic/oneSound.ts";
import { namePhases } from "./identify.ts";
import { type NamedMeasurement, nameSounds } from "./infrasound/nameSounds.ts";
import { processInfrasound } from "./infrasound/processInfrasound.ts";
import type { WindNoise } from "./infrasound/windNoise.ts";
import { believable } from "./laterPhases.ts";
import { planLocalAmplitude } from "./localAmplitude.ts";
import type { Measurement } from "./measurement.ts";
import { NOISE_STRETCH_SEC, noiseLevels, shortPeriodNoise } from "./noiseLevels.ts";
import { longPeriods } from "./rayleigh.ts";
import type { StationRecipe } from "./recipe.ts";
import { recipeFor } from "./recipes.ts";
import { withoutRepeats } from "./repeats.ts";
import { rankSensors, technologyOf } from "./sensors.ts";
import { processSingle } from "./singleStation.ts";
import { type DataWindow, StationRecording } from "./windows.ts";

export interface StationInput {
  readonly station: Station;
  readonly segments: readonly WaveformSegment[];
  /** Begins the key of every arrival; the station's code when empty. */
  readonly keyPrefix: string;
  /** Arrivals of the hours before, by which an infrasound station knows what comes again and again. */
  readonly history?: readonly Arrival[];
  /** Factor on all detection thresholds of the recipe, for threshold studies; 1 when left out. */
  readonly thresholds?: number;
}

export interface StationResult {
  readonly arrivals: readonly Arrival[];
  readonly masks: readonly QualityMask[];
  readonly problems: readonly Problem[];
  /** Noise by stretches of time where a response is known: ANP/2, and ANL/2 of a broadband sensor. */
  readonly noise: readonly NoiseLevel[];
  /** Wind noise in minutes of an infrasound array; empty for other stations. */
  readonly wind: readonly WindNoise[];
}

/** The recipe is that of the station's technology unless one is given. */
export function processStation(input: StationInput, recipe?: StationRecipe): StationResult {
  const { station } = input;
  const segments = input.segments.filter(isUsable);
  const own = recipe ?? recipeFor(technologyOf(station, segments), station.technology);
  const used = withThresholds(own, input.thresholds ?? 1);
  const sets = rankSensors(station, segments);
  if (sets.length === 0)
    return {
      arrivals: [],
      masks: [],
      wind: [],
      noise: [],
      problems: [
        {
          code: "station.no-channel",
          message: `${station.code} has no vertical or pressure channel of 8 to 1000 Hz; nothing was detected on it.`,
          severity: "warning",
        },
      ],
    };
  const recording = new StationRecording(segments, sets, used);
  const wind: WindNoise[] = [];
  const measure = planMeasurement(station, used, wind);
  const found: Measurement[] = [];
  const swings: Amplitude[] = [];
  for (const window of recording.windows()) {
    found.push(...measure(window));
    swings.push(...shortPeriodNoise(window, station, used));
  }
  const believed = believable(withoutRepeats(found));
  const signals = used.hydroacoustic ? withoutSwells(believed) : believed;
  const slow = longPeriods(station, segments, used);
  const arrivals = [
    ...nameSignals(signals, input, segments, used).map(({ signal, phase }) => arrivalOf(signal, phase, station, used)),
    ...slow.arrivals,
  ].sort((a, b) => a.time - b.time);
  const prefix = input.keyPrefix === "" ? `${station.code}-` : input.keyPrefix;
  return {
    arrivals: arrivals.map((arrival, i) => ({ key: `${prefix}${i + 1}`, ...arrival })),
    masks: recording.masks,
    problems: problemsOf(arrivals, station),
    noise: [...noiseLevels(station.code, swings, NOISE_STRETCH_SEC), ...slow.noise],
    wind,
  };
}

function nameSignals(
  signals: readonly Measurement[],
  { history = [] }: StationInput,
  segments: readonly WaveformSegment[],
  recipe: StationRecipe,
): readonly NamedMeasurement[] {
  if (recipe.infrasound) {
    const from = segments.reduce((first, { startTime }) => Math.min(first, startTime), Infinity);
    return nameSounds(signals, history, from, recipe.infrasound.category);
  }
  const phases = namePhases(signals, recipe);
  return signals.map((signal, i) => ({ signal, phase: phases[i]! }));
}

/** Highest rate of any instrument that is listened to, Hz. */
const MOST_RATE = 1000;

/** A clock that is not set tells no time, and a rate beyond any instrument's is none. */
const isUsable = ({ startTime, sampleRateHz, samples }: WaveformSegment): boolean =>
  Number.isFinite(startTime) && sampleRateHz > 0 && sampleRateHz <= MOST_RATE && samples.length > 0;

function planMeasurement(
  station: Station,
  recipe: StationRecipe,
  wind: WindNoise[],
): (window: DataWindow) => readonly Measurement[] {
  const finder = planFinder(recipe.array);
  const localAmplitude = planLocalAmplitude(recipe.amplitude);
  const measure = (window: DataWindow) => {
    if (window.sensors.kind === "single") return processSingle(window, station, recipe, localAmplitude);
    if (recipe.infrasound) {
      const found = processInfrasound(window, station, recipe, recipe.infrasound);
      wind.push(...found.wind);
      return found.measurements;
    }
    return processArray(window, station, recipe, finder, localAmplitude);
  };
  if (!recipe.hydroacoustic) return measure;
  return (window) => describeSounds(measure(window), window, station, recipe);
}

function arrivalOf(signal: Measurement, phase: string, station: Station, recipe: StationRecipe): Omit<Arrival, "key"> {
  const { direction } = signal;
  return {
    station: station.code,
    channel: signal.channel,
    time: signal.time,
    timeErrorSec: signal.timeErrorSec,
    phase,
    azimuthDeg: direction.azimuthDeg,
    azimuthErrorDeg: direction.azimuthErrorDeg,
    slownessSecPerDeg: direction.slownessSecPerDeg,
    slownessErrorSecPerDeg: direction.slownessErrorSecPerDeg,
    snr: signal.snr,
    amplitudes: signal.amplitudes,
    firstMotion: phase.startsWith("P") ? signal.firstMotion : null,
    rectilinearity: direction.rectilinearity,
    incidenceDeg: direction.incidenceDeg,
    frequencyHz: signal.frequencyHz,
    fkQuality: direction.fkQuality,
    author: recipe.name,
    ...(signal.features && { features: signal.features }),
  };
}

function problemsOf(arrivals: readonly Omit<Arrival, "key">[], station: Station): Problem[] {
  if (arrivals.length === 0 || arrivals.some(({ amplitudes }) => amplitudes.length > 0)) return [];
  return [
    {
      code: "station.no-response",
      message: `${station.code} has signals without amplitude: no instrument response covers its channel. Name one with StationXML, SACPZ or IMS RESPONSE.`,
      severity: "warning",
    },
  ];
}
