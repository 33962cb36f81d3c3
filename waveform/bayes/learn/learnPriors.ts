/**
 * Learns the priors of the Bayesian associator from a bulletin with all the arrivals of its time, associated and not.
 *
 *     const priors = learnPriors(bulletin, stations, earth, { name: "idc-2010", learnedFrom: "LEB of May 2010" });
 */
import { type Bulletin, type EarthModel, median, type Station } from "@harken/core";
import { AZIMUTH_RANGE_DEG, SLOWNESS_RANGE } from "../laplace.ts";
import { kindOf } from "../network.ts";
import {
  type BayesPriors,
  type KindPrior,
  type PhasePrior,
  PRIORS_VERSION,
  type StationKind,
  type StationPrior,
} from "../priors.ts";
import { habitsOf, labelsOf, learnChance } from "./chance.ts";
import { learnDetection } from "./detection.ts";
import { learnAmplitudes, learnDirections, learnTimes } from "./measurements.ts";
import { sampleOf } from "./sample.ts";
import { learnSeismicity } from "./seismicity.ts";

export interface LearnOptions {
  readonly name: string;
  /** What the bulletin is, in words. */
  readonly learnedFrom: string;
  /** Share of the events that may happen anywhere alike. */
  readonly evenShare?: number;
}

const KNOTS_DEG: readonly number[] = [0, 5, 10, 17.5, 25, 40, 60, 80, 98, 114, 130, 144, 150, 156, 180];
/** Hours of a kind's usual rate by which a station's own is drawn to it. */
const RATE_HOURS = 24;
const EVEN_SHARE = 0.15;
/** log10 A/T of noise where no amplitude was measured. */
const USUAL_NOISE = { array: -0.4, single: 0.2 } as const;

export function learnPriors(
  bulletin: Bulletin,
  stations: readonly Station[],
  earth: EarthModel,
  { name, learnedFrom, evenShare = EVEN_SHARE }: LearnOptions,
): BayesPriors {
  const sample = sampleOf(bulletin, stations, earth);
  const detection = learnDetection(sample, KNOTS_DEG);
  const times = learnTimes(sample);
  const amplitudes = learnAmplitudes(sample);
  const azimuths = learnDirections(sample, "azimuth", AZIMUTH_RANGE_DEG);
  const slownesses = learnDirections(sample, "slowness", SLOWNESS_RANGE);
  const phases: Record<string, PhasePrior> = {};
  for (const [phase, own] of detection.byPhase) {
    const [time, amplitude] = [times.byPhase.get(phase), amplitudes.byPhase.get(phase)];
    if (time && amplitude) phases[phase] = { detection: own, time, amplitude };
  }
  const kindPrior = (kind: StationKind): KindPrior => {
    const { labels: chance, ...rest } = learnChance(sample, kind);
    const named = (wave: string) =>
      labelsOf(sample.associated.filter((a) => kindOf(a.station) === kind && a.wave === wave).map((a) => a.arrival));
    const levels = sample.stations
      .filter((s) => kindOf(s) === kind)
      .flatMap(({ code }) => sample.noise.get(code) ?? []);
    return {
      ...rest,
      azimuth: azimuths[kind],
      slowness: slownesses[kind],
      labels: { P: named("P"), S: named("S"), L: named("L"), chance },
      noise: levels.length > 0 ? median(levels) : USUAL_NOISE[kind],
    };
  };
  const kinds = { array: kindPrior("array"), single: kindPrior("single") };
  const chanceAt = Map.groupBy(sample.chance, ({ station }) => station);
  const stationPrior = (station: Station): StationPrior => {
    const { code } = station;
    const kind = kinds[kindOf(station)];
    const own = chanceAt.get(code) ?? [];
    const hours = sample.hoursUp.get(code)?.size ?? 0;
    return {
      noise: sample.noise.get(code) ?? kind.noise,
      detection: detection.byStation.get(code) ?? 0,
      timeSec: times.byStation.get(code) ?? 0,
      magnitude: amplitudes.byStation.get(code) ?? 0,
      falsePerHour: (own.length + RATE_HOURS * kind.falsePerHour) / (hours + RATE_HOURS),
      habits: habitsOf(own),
    };
  };
  const heard = stations.filter(({ code }) => sample.hoursUp.has(code));
  return rounded({
    ...{ format: "harken-bayes-priors", version: PRIORS_VERSION, name, learnedFrom },
    seismicity: learnSeismicity(sample, evenShare),
    distanceKnotsDeg: KNOTS_DEG,
    phases,
    kinds,
    stations: Object.fromEntries(heard.map((station) => [station.code, stationPrior(station)])),
  });
}

/** Figures with as many digits as they deserve, so that the file stays small and two machines write the same. */
function rounded(priors: BayesPriors): BayesPriors {
  return JSON.parse(
    JSON.stringify(priors, (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(5)) : value)),
  ) as BayesPriors;
}
