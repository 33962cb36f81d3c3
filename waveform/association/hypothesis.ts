/**
 * From a candidate to a located event: associate, locate, and again with what fits, until the same arrivals stay. The hypothesis ends with
 * its log odds: evidence, seismicity, and the volume of place and time that the arrivals leave open.
 */
import type { Station } from "@harken/core";
import { locate } from "../location/locate.ts";
import type { Hypocentre, LocatedOrigin, Reading } from "../location/reading.ts";
import { defaultLocationSettings, type LocationSettings } from "../location/settings.ts";
import { type Corroboration, corroborate, type Evidence, type Match } from "./corroborate.ts";
import { definitionOf, directionCounts } from "./definition.ts";
import { isSupported } from "./depthSupport.ts";
import { CRUSTAL_KM, laterPhases } from "./phases.ts";

/** How the depth was dealt with: left free, or held at that of the start. */
export type DepthKind = "free" | "held";

export interface Hypothesis {
  readonly origin: LocatedOrigin;
  readonly matches: readonly Match[];
  readonly magnitude: number;
  readonly logOdds: number;
  /** With what the later phases say; only where they were looked for. */
  readonly fullLogOdds: number;
  readonly weight: number;
  readonly depthKind: DepthKind;
}

const timeDefiningLater: ReadonlySet<string> = new Set(
  laterPhases.filter(({ timeDefining }) => timeDefining).map(({ phase }) => phase),
);

/** Directions further off than this many standard deviations are wild and do not define. */
const WILD_SIGMA = 3;

/** Readings of the matches. Directions define at arrays, and those of P at three-component stations. */
export function readingsOf({ table }: Evidence, matches: readonly Match[]): Reading[] {
  return matches.map(({ arrival: a, station: s, phase, later }) => {
    const arrival = table.arrivals[a]!;
    const station = table.stations[s]!;
    const directed = !later && directionCounts(station);
    return {
      arrivalKey: arrival.key,
      station,
      phase,
      time: arrival.time,
      timeErrorSec: table.timeErrorSec[a]!,
      timeDefining: !later || timeDefiningLater.has(phase),
      azimuthDeg: arrival.azimuthDeg,
      azimuthErrorDeg: arrival.azimuthErrorDeg ?? known(table.azimuthErrorDeg[a]!),
      azimuthDefining: directed && !Number.isNaN(table.azimuthDeg[a]!),
      slownessSecPerDeg: arrival.slownessSecPerDeg,
      slownessErrorSecPerDeg: arrival.slownessErrorSecPerDeg ?? known(table.slownessErrorSecPerDeg[a]!),
      slownessDefining: directed && !Number.isNaN(table.slownessSecPerDeg[a]!),
    };
  });
}

const known = (value: number) => (Number.isNaN(value) ? null : value);

export function locationAt({ settings }: Evidence, depthKm: number, depth: DepthKind): LocationSettings {
  if (depth === "free") return { ...locationSettings, maxDepthErrorKm: settings.depth.maxErrorKm, depth: "free" };
  return { ...locationSettings, depth: { fixedKm: depthKm, type: depthKm === 0 ? "surface" : "default" } };
}

/** Onsets are held together by the associator's own windows; the locator drops what still is beyond three sigma. */
const locationSettings: LocationSettings = {
  ...defaultLocationSettings,
  name: "associator",
  residuals: { ...defaultLocationSettings.residuals, largeSigma: WILD_SIGMA },
};

/** Log of the volume (km2 s) in which place and time of the event still may be; null without an error estimate. */
function logVolume({ error }: LocatedOrigin): number | null {
  if (!error) return null;
  const { sxxKm2: xx, syyKm2: yy, sttSec2: tt, sxyKm2: xy, stxKmSec: tx, styKmSec: ty } = error;
  const determinant = xx * (yy * tt - ty * ty) - xy * (xy * tt - ty * tx) + tx * (xy * ty - yy * tx);
  if (!(determinant > 0)) return null;
  return Math.min(MOST_LOG_VOLUME, 1.5 * Math.log(2 * Math.PI) + 0.5 * Math.log(determinant));
}

/** The event around a start, or null when the arrivals do not make one. Depth is held at the start's unless `free`. */
export function developHypothesis(
  evidence: Evidence,
  start: Hypocentre,
  depth: DepthKind = "held",
  roundsSec = evidence.settings.times.roundsSec,
  withLater = false,
): Hypothesis | null {
  const { settings, earth, corrections } = evidence;
  const location = locationAt(evidence, start.depthKm, depth);
  let place = start;
  let before = "";
  let found: { origin: LocatedOrigin; corroboration: Corroboration } | null = null;
  for (const blurSec of roundsSec) {
    const corroboration = corroborate(evidence, place, blurSec, withLater);
    const { matches } = corroboration;
    if (!mayDefine(evidence, matches)) return null;
    if (corroboration.logOdds + MOST_LOG_VOLUME < settings.definition.minLogOdds) return null;
    const result = locate(readingsOf(evidence, matches), place, earth, location, corrections);
    if (!result.ok) return null;
    const { origin } = result;
    found = { origin, corroboration };
    place = origin;
    const now = `${blurSec} ${matches.map(({ arrival, phase }) => `${arrival}${phase}`).join(" ")}`;
    if (now === before) break;
    before = now;
  }
  if (!found) return null;
  // What is left at the place found, with no blur but that of its own error.
  const { origin } = found;
  const blur = Math.min(2, origin.error?.timeErrorSec ?? 1) / 2;
  const last = corroborate(evidence, origin, blur, withLater);
  const volume = logVolume(origin);
  if (volume === null) return null;
  const kept = new Set(origin.associations.filter((a) => a.timeDefining).map(({ arrivalKey }) => arrivalKey));
  const matches = found.corroboration.matches.filter(
    ({ arrival, later }) => later || kept.has(evidence.table.arrivals[arrival]!.key),
  );
  const stations = new Map<string, Station>(evidence.table.stations.map((s) => [s.code, s]));
  const { weight, stations: count } = definitionOf(origin.associations, (code) => stations.get(code), settings);
  if (weight < settings.definition.threshold || count < settings.definition.minStations) return null;
  const doubtful = origin.depthKm >= CRUSTAL_KM && !isSupported(origin, settings.depth.support);
  const logOdds = last.logOdds + volume - (doubtful ? settings.depth.unsupportedLoss : 0);
  const { minLogOdds, minStations, fewest } = settings.definition;
  if (logOdds < minLogOdds) return null;
  const few = count <= minStations;
  if (few && (logOdds < fewest.minLogOdds || origin.error!.semiMajorKm > fewest.maxSemiMajorKm)) return null;
  return {
    ...{ origin, matches, weight, depthKind: depth, magnitude: last.magnitude },
    ...{ logOdds, fullLogOdds: logOdds + last.laterLogOdds },
  };
}

/** An event that its arrivals leave more open than this (log of km2 s; some 500 by 500 km and 3 s) gains nothing by it. */
const MOST_LOG_VOLUME = 14;

/** Whether the matches could define an event if all their observations did. */
function mayDefine({ table, settings }: Evidence, matches: readonly Match[]): boolean {
  const { definition } = settings;
  const stations = new Set<number>();
  let weight = 0;
  for (const { arrival, station, later } of matches) {
    if (later) continue;
    stations.add(station);
    const isArray = table.stations[station]!.kind === "array";
    weight += definition.primaryTime;
    if (table.directed[arrival]) {
      weight += isArray
        ? definition.arrayAzimuth + definition.arraySlowness
        : definition.singleAzimuth + definition.singleSlowness;
    }
  }
  return weight >= definition.threshold && stations.size >= definition.minStations;
}
