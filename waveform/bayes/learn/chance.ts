/** What stations report that belongs to no event: how often, from where, how strong, under which name, and in the coda of strong signals. */
import type { Arrival } from "@harken/core";
import { logAmplitudeOf } from "../../association/arrivalTable.ts";
import { labelClass } from "../../association/phases.ts";
import { AMPLITUDE_BIN, CODA_ABOVE, habitRange, habitSector, SLOWNESS_BIN } from "../chance.ts";
import { kindOf } from "../network.ts";
import { type CodaPrior, HABIT_SECTORS, habitEdgesSecPerDeg, type Labels, type StationKind } from "../priors.ts";
import type { Sample } from "./sample.ts";

const AMPLITUDE_BINS = 25;
const CODA_BINS = 40;
const SLOWNESS_BINS = 20;
const CLASSES = ["P", "S", "L", "unknown", "noise"] as const;
/** Of a label that was never seen: this many were. */
const PSEUDO_COUNT = 1;
/** Arrivals within this after a strong one may be its coda, s; from which SNR on it counts as strong. */
const CODA_SEC = 100;
const CODA_SNR = 6;

export interface ChanceFit {
  readonly falsePerHour: number;
  readonly falseAmplitude: number[];
  readonly falseSlowness: number[];
  readonly labels: Labels;
  readonly coda: CodaPrior;
}

export function learnChance(sample: Sample, kind: StationKind): ChanceFit {
  const codes = new Set(sample.stations.filter((station) => kindOf(station) === kind).map(({ code }) => code));
  const { steady, coda } = divide(sample, codes);
  const hours = [...codes].reduce((sum, code) => sum + (sample.hoursUp.get(code)?.size ?? 0), 0);
  const amplitudes = steady.flatMap((arrival) => {
    const level = logAmplitudeOf(arrival) - (sample.noise.get(arrival.station) ?? Number.NaN);
    return Number.isFinite(level) ? [level / AMPLITUDE_BIN] : [];
  });
  const slownesses = steady.flatMap(({ slownessSecPerDeg }) =>
    slownessSecPerDeg === null ? [] : [slownessSecPerDeg / SLOWNESS_BIN],
  );
  return {
    falsePerHour: steady.length / Math.max(1, hours),
    falseAmplitude: histogram(amplitudes, AMPLITUDE_BINS),
    falseSlowness: histogram(slownesses, SLOWNESS_BINS),
    labels: labelsOf(steady),
    coda,
  };
}

function histogram(values: readonly number[], bins: number): number[] {
  const counts = new Array<number>(bins).fill(PSEUDO_COUNT);
  for (const value of values) counts[Math.min(bins - 1, Math.max(0, Math.floor(value)))]! += 1;
  const total = values.length + bins * PSEUDO_COUNT;
  return counts.map((count) => count / total);
}

/** How often arrivals of some kind get each name. */
export function labelsOf(arrivals: readonly Pick<Arrival, "phase">[]): Labels {
  const counts = { P: PSEUDO_COUNT, S: PSEUDO_COUNT, L: PSEUDO_COUNT, unknown: PSEUDO_COUNT, noise: PSEUDO_COUNT };
  for (const { phase } of arrivals) counts[labelClass(phase)!]++;
  const total = arrivals.length + CLASSES.length * PSEUDO_COUNT;
  return {
    P: counts.P / total,
    S: counts.S / total,
    L: counts.L / total,
    unknown: counts.unknown / total,
    noise: counts.noise / total,
  };
}

/** Chance detections apart from those behind strong signals, and what the latter are like. */
function divide({ associated, chance, hoursUp }: Sample, codes: ReadonlySet<string>) {
  const strong = Map.groupBy(
    associated.map(({ arrival }) => arrival).filter(({ snr }) => (snr ?? 0) > CODA_SNR),
    ({ station }) => station,
  );
  const steady: Arrival[] = [];
  const below: number[] = [];
  let [expected, exposure, behind, lags, azimuths, slownesses, azimuthSum, slownessSum] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const code of codes) {
    const parents = (strong.get(code) ?? []).toSorted((a, b) => a.time - b.time);
    const own = chance.filter(({ station }) => station === code).sort((a, b) => a.time - b.time);
    let p = 0;
    let count = 0;
    for (const arrival of own) {
      while (p < parents.length && parents[p]!.time <= arrival.time) p++;
      const parent = parents[p - 1];
      if (!parent || arrival.time - parent.time > CODA_SEC) {
        steady.push(arrival);
        count++;
        continue;
      }
      behind++;
      lags += arrival.time - parent.time;
      const drop = logAmplitudeOf(parent) - logAmplitudeOf(arrival);
      if (Number.isFinite(drop)) below.push((drop + CODA_ABOVE) / AMPLITUDE_BIN);
      if (arrival.azimuthDeg !== null && parent.azimuthDeg !== null) {
        const off = Math.abs(arrival.azimuthDeg - parent.azimuthDeg);
        azimuthSum += Math.min(off, 360 - off);
        azimuths++;
      }
      if (arrival.slownessSecPerDeg !== null && parent.slownessSecPerDeg !== null) {
        slownessSum += Math.abs(arrival.slownessSecPerDeg - parent.slownessSecPerDeg);
        slownesses++;
      }
    }
    const perSec = count / 3600 / Math.max(1, hoursUp.get(code)?.size ?? 0);
    expected += parents.length * CODA_SEC * perSec;
    exposure += parents.reduce((sum, { snr }) => sum + Math.log(snr! / CODA_SNR), 0);
  }
  const excess = Math.max(0, behind - expected);
  const coda: CodaPrior = {
    perLogSnr: exposure > 0 ? Math.min(2, excess / exposure) : 0.3,
    snr0: CODA_SNR,
    decaySec: behind > 0 ? Math.max(10, lags / behind) : 25,
    below: histogram(below, CODA_BINS),
    azimuthDeg: azimuths > 0 ? Math.max(3, 0.7 * (azimuthSum / azimuths)) : 20,
    slownessSecPerDeg: slownesses > 0 ? Math.max(0.5, 0.7 * (slownessSum / slownesses)) : 3,
  };
  return { steady, coda };
}

/** Directions that a station's chance detections come from; empty with too few to tell. */
const LEAST_HABITS = 60;

export function habitsOf(chance: readonly Arrival[]): number[] {
  const directed = chance.filter(
    ({ azimuthDeg, slownessSecPerDeg }) => azimuthDeg !== null && slownessSecPerDeg !== null,
  );
  if (directed.length < LEAST_HABITS) return [];
  const bins = new Array<number>(HABIT_SECTORS * habitEdgesSecPerDeg.length).fill(0.5);
  for (const { azimuthDeg, slownessSecPerDeg } of directed)
    bins[habitRange(slownessSecPerDeg!) * HABIT_SECTORS + habitSector(azimuthDeg!)]! += 1;
  const total = bins.reduce((sum, count) => sum + count, 0);
  return bins.map((count) => Math.round((1e4 * count) / total) / 1e4);
}
