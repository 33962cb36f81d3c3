/**
 * The bulletin that analysts of a world of arrivals would write if they knew the truth: hidden events that enough stations saw by a first
 * arrival, with all their arrivals under the true names. For learning priors, and for scoring.
 */
import {
  type Arrival,
  type Association,
  type Bulletin,
  distanceAzimuth,
  type SeismicEvent,
  type Station,
} from "@harken/core";
import type { HiddenEvent } from "../world/seismicity.ts";
import type { ArrivalWorld } from "./arrivalWorld.ts";

/** Phases that count as a station's seeing the event. */
const firstArrivals: ReadonlySet<string> = new Set(["P", "Pn", "Pg", "PKPdf", "PKPbc", "PKPab", "Pdiff"]);

interface Seen {
  readonly stations: Set<string>;
  readonly associations: Association[];
}

/** Events of at least `minStations` stations; the magnitude stands as mb. */
export function referenceBulletin(world: ArrivalWorld, minStations: number): Bulletin {
  const stations = new Map(world.stations.map((station) => [station.code, station]));
  const events = new Map(world.events.map((event) => [event.key, event]));
  const seen = new Map<string, Seen>();
  for (const arrival of world.arrivals) {
    const truth = world.truth.get(arrival.key);
    if (!truth) continue;
    const { eventKey, phase } = truth;
    let entry = seen.get(eventKey);
    if (!entry) seen.set(eventKey, (entry = { stations: new Set(), associations: [] }));
    if (firstArrivals.has(phase)) entry.stations.add(arrival.station);
    entry.associations.push(association(arrival, phase, events.get(eventKey)!, stations.get(arrival.station)!));
  }
  const listed = world.events.flatMap((event): SeismicEvent[] => {
    const entry = seen.get(event.key);
    return entry && entry.stations.size >= minStations ? [eventOf(event, entry)] : [];
  });
  return { list: "truth", events: listed, arrivals: world.arrivals };
}

function association(arrival: Arrival, phase: string, event: HiddenEvent, station: Station): Association {
  const { latitudeDeg, longitudeDeg } = station;
  const path = distanceAzimuth(event.latitudeDeg, event.longitudeDeg, latitudeDeg, longitudeDeg);
  return {
    ...{ arrivalKey: arrival.key, station: station.code, phase, deltaDeg: path.deltaDeg },
    stationEventAzimuthDeg: path.backAzimuthDeg,
    eventStationAzimuthDeg: path.azimuthDeg,
    ...{ timeResidualSec: null, azimuthResidualDeg: null, slownessResidualSecPerDeg: null, weight: null },
    ...{ timeDefining: true, azimuthDefining: false, slownessDefining: false },
  };
}

function eventOf({ key, time, latitudeDeg, longitudeDeg, depthKm, magnitude }: HiddenEvent, seen: Seen): SeismicEvent {
  const originKey = `${key}-o1`;
  const count = seen.stations.size;
  return {
    key,
    preferredOriginKey: originKey,
    origins: [
      {
        ...{ key: originKey, time, latitudeDeg, longitudeDeg, depthKm, depthType: "free", error: null },
        associations: seen.associations,
        magnitudes: [{ type: "mb", value: magnitude, uncertainty: 0, stationCount: count, stations: [] }],
        ...{ definingCount: seen.associations.length, stationCount: count, azimuthGapDeg: 0, rmsResidualSec: 0 },
        ...{ author: "truth", remarks: [] },
      },
    ],
  };
}
