/**
 * From a hypothesis to an origin of the bulletin. The locator has the last word where the arrivals fix the place by themselves; else the most
 * probable place stands, which owes part of its certainty to where events are known to happen, and the remarks say so.
 */
import { type Association, azimuthDifference, azimuthGapDeg, distanceAzimuth } from "@harken/core";
import { directionCounts } from "../association/definition.ts";
import { locate } from "../location/locate.ts";
import type { LocatedOrigin, Reading } from "../location/reading.ts";
import { defaultLocationSettings, type LocationSettings } from "../location/settings.ts";
import type { ArrivalColumns } from "./columns.ts";
import type { Model } from "./model.ts";
import { modelPhases } from "./phases.ts";
import type { Hypothesis } from "./world.ts";

/** Phases whose onsets are emergent or late: they do not define a place. */
const vague: ReadonlySet<string> = new Set(["Lg", "PP", "Pdiff", "PKPab"]);
/** The locator's place may differ from the most probable one by so much, deg. */
const SAME_PLACE_DEG = 4;
const MAX_DEPTH_ERROR_KM = 30;

export function originOf(model: Model, columns: ArrivalColumns, event: Hypothesis): LocatedOrigin {
  const readings = event.matches.map(({ arrival, station, row }) => readingOf(model, columns, arrival, station, row));
  const { place } = event;
  const settings: LocationSettings = {
    ...defaultLocationSettings,
    name: "bayes",
    maxDepthErrorKm: MAX_DEPTH_ERROR_KM,
    unresolvedDepth: { fixedKm: place.depthKm, type: place.depthKm <= 10 ? "surface" : "default" },
  };
  const result = locate(readings, place, model.earth, settings);
  if (result.ok && result.origin.error && result.origin.error.semiMajorKm <= model.settings.resolvedKm) {
    const { latitudeDeg, longitudeDeg } = result.origin;
    const moved = distanceAzimuth(place.latitudeDeg, place.longitudeDeg, latitudeDeg, longitudeDeg).deltaDeg;
    if (moved <= SAME_PLACE_DEG) return result.origin;
  }
  return placedOrigin(model, columns, event, result.ok ? result.origin : null);
}

function readingOf({ network }: Model, columns: ArrivalColumns, a: number, s: number, row: number): Reading {
  const arrival = columns.arrivals[a]!;
  const station = network.stations[s]!;
  const { phase, first } = modelPhases[row]!;
  const directed = first && directionCounts(station);
  return {
    ...{ arrivalKey: arrival.key, station, phase, time: arrival.time, timeErrorSec: columns.timeErrorSec[a]! },
    timeDefining: !vague.has(phase),
    azimuthDeg: arrival.azimuthDeg,
    azimuthErrorDeg: columns.azimuthErrorDeg[a]!,
    azimuthDefining: directed && arrival.azimuthDeg !== null,
    slownessSecPerDeg: arrival.slownessSecPerDeg,
    slownessErrorSecPerDeg: columns.slownessErrorSecPerDeg[a]!,
    slownessDefining: directed && station.kind === "array" && arrival.slownessSecPerDeg !== null,
  };
}

/** The most probable place itself, with the residuals that it leaves. */
function placedOrigin(
  model: Model,
  columns: ArrivalColumns,
  event: Hypothesis,
  located: LocatedOrigin | null,
): LocatedOrigin {
  const { place, matches } = event;
  const { stations } = model.network;
  const associations = matches.map(({ arrival: a, station: s, row, residualSec }): Association => {
    const station = stations[s]!;
    const path = distanceAzimuth(place.latitudeDeg, place.longitudeDeg, station.latitudeDeg, station.longitudeDeg);
    const { phase } = modelPhases[row]!;
    const travel = model.earth.predict(phase, path.deltaDeg, place.depthKm);
    const azimuth = columns.azimuthDeg[a]!;
    const slowness = columns.slownessSecPerDeg[a]!;
    const toEvent = travel && travel.slownessSecPerDeg < 0 ? path.backAzimuthDeg + 180 : path.backAzimuthDeg;
    return {
      ...{ arrivalKey: columns.arrivals[a]!.key, station: station.code, phase, deltaDeg: path.deltaDeg },
      stationEventAzimuthDeg: path.backAzimuthDeg,
      eventStationAzimuthDeg: path.azimuthDeg,
      timeResidualSec: residualSec,
      timeDefining: !vague.has(phase),
      azimuthResidualDeg: Number.isNaN(azimuth) ? null : azimuthDifference(azimuth, toEvent),
      azimuthDefining: false,
      slownessResidualSecPerDeg:
        Number.isNaN(slowness) || !travel ? null : slowness - Math.abs(travel.slownessSecPerDeg),
      slownessDefining: false,
      weight: null,
    };
  });
  const defining = associations.filter(({ timeDefining }) => timeDefining);
  const squares = defining.reduce((sum, { timeResidualSec }) => sum + (timeResidualSec ?? 0) ** 2, 0);
  const azimuths = new Map(associations.map((a) => [a.station, a.eventStationAzimuthDeg]));
  return {
    ...place,
    depthType: place.depthKm <= 10 ? "surface" : "default",
    error: located?.error ?? null,
    associations: associations.sort((a, b) => (a.arrivalKey < b.arrivalKey ? -1 : 1)),
    definingCount: defining.length,
    stationCount: azimuths.size,
    azimuthGapDeg: azimuthGapDeg([...azimuths.values()]),
    rmsResidualSec: defining.length > 0 ? Math.sqrt(squares / defining.length) : 0,
    remarks: ["The arrivals alone do not fix the place well; it stands where events are known to happen."],
  };
}
