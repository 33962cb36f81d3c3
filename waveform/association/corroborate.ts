/**
 * What the arrivals say of one hypothesis of place and time: which arrival is which phase at each station, the magnitude that explains best
 * who saw it and who did not, and the log odds of the event against chance.
 */
import { distanceAzimuth, type EarthModel } from "@harken/core";
import type { Hypocentre } from "../location/reading.ts";
import type { StationCorrections } from "../location/stationCorrections.ts";
import type { Activity } from "./activity.ts";
import { type ArrivalTable, directionLogOdds, firstArrivalFrom, type Wave } from "./arrivalTable.ts";
import { type Detectability, detectionProbability } from "./detectability.ts";
import { placeOf } from "./grid.ts";
import { CORE_DEG, laterPhases, phaseKinds } from "./phases.ts";
import { logSeismicity } from "./seismicity.ts";
import type { AssociatorSettings } from "./settings.ts";
import { softplus } from "./softplus.ts";
import { magnitudeTermAt } from "./travelTimeGrid.ts";

/** One phase of the hypothesis at one station, with the arrivals that could be it. */
interface Expectation {
  readonly station: number;
  readonly phase: string;
  /** mb of an event whose phase just reaches the station's threshold, and the most that is seen of it. */
  readonly leastMagnitude: number;
  readonly maxShare: number;
  /** Behind the first arrival. */
  readonly secondary: boolean;
  /** Phases that the event does not stand on are only looked for. */
  readonly later: boolean;
  readonly options: readonly Option[];
}

interface Option {
  readonly arrival: number;
  readonly residualSec: number;
  /** Log likelihood ratio of the measurements, phase against chance, without the amplitude's. */
  readonly logRatio: number;
  /** Station magnitude; NaN when there is none to compare. */
  readonly magnitude: number;
}

export interface Match {
  readonly arrival: number;
  readonly station: number;
  readonly phase: string;
  readonly residualSec: number;
  readonly later: boolean;
  /** Log odds of the phase against a chance detection, with the chance of seeing it at all. */
  readonly logOdds: number;
}

export interface Corroboration {
  readonly matches: readonly Match[];
  /** For each phase: how many stations should have seen it, and how many did. */
  readonly expected: ReadonlyMap<string, { readonly due: number; readonly seen: number }>;
  readonly magnitude: number;
  /** Log odds of an event here and now against none, per km2 and s, from the phases that events are built on. */
  readonly logOdds: number;
  /** What the later phases add to them. */
  readonly laterLogOdds: number;
}

export interface Evidence {
  readonly table: ArrivalTable;
  readonly detectability: Detectability;
  readonly earth: EarthModel;
  readonly settings: AssociatorSettings;
  readonly activity: Activity;
  /** Of the stations' directions and travel times; the table's directions are corrected already. */
  readonly corrections?: StationCorrections;
}

/**
 * `blurSec` is the error of the hypothesis itself; `withLater` also looks for phases that no event is built on. Later phases are matched
 * from `laterMinOdds` on.
 */
export function corroborate(
  evidence: Evidence,
  hypothesis: Hypocentre,
  blurSec: number,
  withLater = false,
  laterMinOdds = evidence.settings.association.laterMinOdds,
): Corroboration {
  const expected = expectationsOf(evidence, hypothesis, blurSec, withLater);
  const { settings } = evidence;
  const { depthKm } = hypothesis;
  const lowest = referenceMagnitude(expected, settings);
  let magnitude = lowest;
  let chosen = choose(expected, magnitude, settings);
  // Who saw it depends on the magnitude, and the magnitude on who saw it: twice is enough.
  for (let round = 0; round < 2; round++) {
    magnitude = fitMagnitude(expected, chosen, lowest, depthKm, settings);
    chosen = choose(expected, magnitude, settings);
  }
  const prior =
    logSeismicity(magnitude, depthKm, settings) +
    evidence.activity.logGain(...placeOf(hypothesis.latitudeDeg, hypothesis.longitudeDeg));
  const logOdds = prior + evidenceOf(expected, chosen, magnitude, settings);
  const laterLogOdds = evidenceOf(expected, chosen, magnitude, settings, true);
  const matches = expected.flatMap(({ station, phase, later }, e): Match[] => {
    const option = chosen[e];
    if (!option) return [];
    const { arrival, residualSec } = option;
    const odds = oddsOf(expected[e]!, option, magnitude, settings);
    return odds >= Math.log(later ? laterMinOdds : settings.association.minOdds)
      ? [{ arrival, station, phase, residualSec, later, logOdds: odds }]
      : [];
  });
  const perPhase = new Map<string, { due: number; seen: number }>();
  expected.forEach(({ phase, leastMagnitude, maxShare }, e) => {
    const { due, seen } = perPhase.get(phase) ?? { due: 0, seen: 0 };
    const option = chosen[e];
    perPhase.set(phase, {
      due: due + detectionProbability(magnitude - leastMagnitude, maxShare, settings),
      seen: seen + (option ? probability(oddsOf(expected[e]!, option, magnitude, settings)) : 0),
    });
  });
  return { matches, magnitude, logOdds, laterLogOdds, expected: perPhase };
}

function expectationsOf(
  evidence: Evidence,
  hypothesis: Hypocentre,
  blurSec: number,
  withLater: boolean,
): Expectation[] {
  const { table, detectability } = evidence;
  const { latitudeDeg, longitudeDeg, depthKm } = hypothesis;
  const found: Expectation[] = [];
  table.stations.forEach((station, s) => {
    const path = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
    const { deltaDeg } = path;
    const term = magnitudeTermAt(deltaDeg, depthKm);
    const least = detectability.threshold[s]! + term;
    const expect = (phase: string, wave: Wave, offset: number, maxShare: number, secondary: boolean, later = false) => {
      const options = optionsOf(evidence, hypothesis, s, phase, wave, path, term, blurSec);
      if (!options) return;
      found.push({
        ...{ station: s, phase, secondary, later, options, leastMagnitude: least + offset },
        maxShare: maxShare * detectability.up[s]!,
      });
    };
    phaseKinds.forEach(({ wave, minDeltaDeg, maxDeltaDeg, maxDepthKm, detectionOffset, maxShare, name }, kind) => {
      if (deltaDeg < minDeltaDeg || deltaDeg > maxDeltaDeg || depthKm > maxDepthKm) return;
      expect(name(deltaDeg, depthKm), wave, detectionOffset, maxShare, kind > 0 && deltaDeg < CORE_DEG);
    });
    if (!withLater) return;
    for (const { phase, wave, minDeltaDeg, maxDeltaDeg, minDepthKm, detectionOffset, maxShare } of laterPhases) {
      if (deltaDeg < minDeltaDeg || deltaDeg > maxDeltaDeg || depthKm < minDepthKm) continue;
      expect(phase, wave, detectionOffset, maxShare, true, true);
    }
  });
  return found;
}

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** The arrivals within the window of a phase; null where the phase does not arrive. */
function optionsOf(
  { table, earth, settings }: Evidence,
  { time, latitudeDeg, depthKm }: Hypocentre,
  s: number,
  phase: string,
  wave: Wave,
  { deltaDeg, azimuthDeg, backAzimuthDeg }: ReturnType<typeof distanceAzimuth>,
  magnitudeTerm: number,
  blurSec: number,
): Option[] | null {
  const travel = earth.predict(phase, deltaDeg, depthKm);
  if (!travel) return null;
  const { maxSigma } = settings.times;
  const modelSec = Math.hypot(earth.modelErrorSec(phase, deltaDeg, depthKm), blurSec);
  const reach = maxSigma * (modelSec + MOST_READING_ERROR_SEC) + MOST_CORRECTION_SEC;
  const end = table.first[s + 1]!;
  const expected = time + travel.timeSec;
  let correctionSec = Number.NaN;
  const options: Option[] = [];
  for (let a = firstArrivalFrom(table, s, expected - reach); a < end && table.time[a]! <= expected + reach; a++) {
    if (table.taken[a]) continue;
    if (Number.isNaN(correctionSec)) {
      const { ellipticitySec, elevationSec } = earth.correction(phase, {
        ...{ deltaDeg, depthKm, sourceLatitudeDeg: latitudeDeg, eventStationAzimuthDeg: azimuthDeg },
        stationElevationKm: table.stations[s]!.elevationKm,
      });
      correctionSec = ellipticitySec + elevationSec;
    }
    const residualSec = table.time[a]! - expected - correctionSec;
    const sigma = Math.hypot(modelSec, table.timeErrorSec[a]!);
    const z = residualSec / sigma;
    if (Math.abs(z) > maxSigma) continue;
    options.push({
      ...{ arrival: a, residualSec },
      logRatio:
        table.named[wave][a]! -
        table.logClutter[a]! -
        0.5 * z * z -
        Math.log(ROOT_TWO_PI * sigma) +
        directionLogOdds(table, a, backAzimuthDeg, 0, travel.slownessSecPerDeg),
      magnitude: wave === "P" ? table.logAmplitude[a]! + magnitudeTerm : Number.NaN,
    });
  }
  return options;
}

const MOST_READING_ERROR_SEC = 2;
const MOST_CORRECTION_SEC = 2;

/** The magnitude that the search reckons with at this place: that of an event a few stations are about to detect. */
function referenceMagnitude(expected: readonly Expectation[], { detection }: AssociatorSettings): number {
  const least = new Map<number, number>();
  for (const { station, leastMagnitude, later } of expected) {
    if (later) continue;
    least.set(station, Math.min(leastMagnitude, least.get(station) ?? Number.POSITIVE_INFINITY));
  }
  const ranked = [...least.values()].sort((a, b) => a - b);
  return ranked[Math.min(ranked.length, detection.referenceStation) - 1] ?? 0;
}

/** Log odds that a station magnitude adds where it fits exactly, and the most that it takes away: some are wild. */
const MAGNITUDE_GAIN = 0.3;
const MOST_MAGNITUDE_LOSS = 4;

function oddsOf(
  { leastMagnitude, maxShare }: Expectation,
  { logRatio, magnitude: own }: Option,
  magnitude: number,
  settings: AssociatorSettings,
): number {
  const p = detectionProbability(magnitude - leastMagnitude, maxShare, settings);
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  const z = (own - magnitude) / settings.detection.spread;
  const fit = Number.isNaN(z) ? 0 : Math.max(-MOST_MAGNITUDE_LOSS, MAGNITUDE_GAIN - 0.5 * z * z);
  return Math.log(p / (1 - p)) + logRatio + fit;
}

const probability = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

/** The best arrival for each expectation: none for two phases, and no phase twice. */
function choose(
  expected: readonly Expectation[],
  magnitude: number,
  settings: AssociatorSettings,
): (Option | undefined)[] {
  const pairs = expected.flatMap((expectation, e) =>
    expectation.options.map((option) => ({ e, option, odds: oddsOf(expectation, option, magnitude, settings) })),
  );
  pairs.sort((a, b) => b.odds - a.odds || a.option.arrival - b.option.arrival || a.e - b.e);
  const used = new Set<number>();
  const chosen: (Option | undefined)[] = new Array(expected.length);
  for (const { e, option } of pairs) {
    if (chosen[e] || used.has(option.arrival)) continue;
    chosen[e] = option;
    used.add(option.arrival);
  }
  return chosen;
}

/** Log odds of all that was seen and not seen against chance: of the phases an event is built on, or of the later ones. */
function evidenceOf(
  expected: readonly Expectation[],
  chosen: readonly (Option | undefined)[],
  magnitude: number,
  settings: AssociatorSettings,
  later = false,
): number {
  let sum = 0;
  expected.forEach((expectation, e) => {
    if (expectation.later !== later) return;
    sum += Math.log1p(-detectionProbability(magnitude - expectation.leastMagnitude, expectation.maxShare, settings));
    const option = chosen[e];
    if (option) sum += softplus(oddsOf(expectation, option, magnitude, settings));
  });
  return sum;
}

const MAGNITUDE_STEP = 0.2;
const MAGNITUDES_BELOW = 3;
const MAGNITUDES_ABOVE = 20;

function fitMagnitude(
  expected: readonly Expectation[],
  chosen: readonly (Option | undefined)[],
  reference: number,
  depthKm: number,
  settings: AssociatorSettings,
): number {
  let best = reference;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = -MAGNITUDES_BELOW; i <= MAGNITUDES_ABOVE; i++) {
    const magnitude = reference + i * MAGNITUDE_STEP;
    const sum = logSeismicity(magnitude, depthKm, settings) + evidenceOf(expected, chosen, magnitude, settings);
    if (sum > most) {
      most = sum;
      best = magnitude;
    }
  }
  return best;
}
