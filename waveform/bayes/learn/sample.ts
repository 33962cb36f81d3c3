/**
 * A bulletin as learning sees it: which arrival is which phase of which event, with its path, and what each station's noise is. Events without
 * a magnitude teach times and directions but not detection.
 */
import {
  type Arrival,
  type Bulletin,
  distanceAzimuth,
  type EarthModel,
  median,
  type Origin,
  preferredOrigin,
  type Station,
} from "@harken/core";
import { logAmplitudeOf } from "../../association/arrivalTable.ts";
import { labelClass } from "../../association/phases.ts";
import { magnitudeTermAt } from "../../association/travelTimeGrid.ts";
import { applies, modelPhases } from "../phases.ts";

export interface LearnedEvent {
  readonly origin: Origin;
  /** mb; null without one. */
  readonly magnitude: number | null;
  readonly stations: number;
}

export interface LearnedArrival {
  readonly arrival: Arrival;
  readonly station: Station;
  readonly event: LearnedEvent;
  readonly phase: string;
  readonly wave: "P" | "S" | "L";
  readonly deltaDeg: number;
  readonly residualSec: number;
  /** Observed less predicted, deg, between -180 and 180, and s/deg; NaN where not measured. */
  readonly azimuthResidualDeg: number;
  readonly slownessResidual: number;
  /** log10 A/T + Q: NaN where not measured. */
  readonly stationMagnitude: number;
}

export interface Sample {
  readonly stations: readonly Station[];
  readonly earth: EarthModel;
  readonly events: readonly LearnedEvent[];
  readonly associated: readonly LearnedArrival[];
  /** Arrivals of body waves that no event has. */
  readonly chance: readonly Arrival[];
  /** log10 A/T of each station's noise, of those that have any. */
  readonly noise: ReadonlyMap<string, number>;
  /** Hours, counted from 1970, in which each station reported anything. */
  readonly hoursUp: ReadonlyMap<string, ReadonlySet<number>>;
  readonly days: number;
}

export const hourOf = (time: number) => Math.floor(time / 3600);

export function sampleOf(bulletin: Bulletin, stations: readonly Station[], earth: EarthModel): Sample {
  const byCode = new Map(stations.map((station) => [station.code, station]));
  const usable = bulletin.arrivals.filter(({ station, phase }) => byCode.has(station) && labelClass(phase) !== null);
  const arrivals = new Map(usable.map((arrival) => [arrival.key, arrival]));
  const noise = new Map<string, number[]>();
  const hoursUp = new Map<string, Set<number>>();
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const arrival of usable) {
    const level = logAmplitudeOf(arrival) - Math.log10(arrival.snr ?? Number.NaN);
    if (Number.isFinite(level)) {
      const levels = noise.get(arrival.station);
      if (levels) levels.push(level);
      else noise.set(arrival.station, [level]);
    }
    const hours = hoursUp.get(arrival.station);
    if (hours) hours.add(hourOf(arrival.time));
    else hoursUp.set(arrival.station, new Set([hourOf(arrival.time)]));
    from = Math.min(from, arrival.time);
    to = Math.max(to, arrival.time);
  }
  const taken = new Set<string>();
  const associated: LearnedArrival[] = [];
  const events = bulletin.events.map((listed): LearnedEvent => {
    const origin = preferredOrigin(listed);
    const mb = origin.magnitudes.find(({ type }) => /^mb/i.test(type));
    const event = {
      ...{ origin, magnitude: mb ? mb.value : null },
      stations: new Set(origin.associations.map(({ station }) => station)).size,
    };
    for (const { arrivalKey, phase } of origin.associations) {
      taken.add(arrivalKey);
      const arrival = arrivals.get(arrivalKey);
      const learned = arrival && learn(arrival, byCode.get(arrival.station)!, event, phase, earth);
      if (learned) associated.push(learned);
    }
    return event;
  });
  return {
    ...{ stations, earth, events, associated, hoursUp },
    chance: usable.filter(({ key }) => !taken.has(key)),
    noise: new Map([...noise].map(([code, levels]) => [code, median(levels)])),
    days: to > from ? (to - from) / 86_400 : 0,
  };
}

/** Null for phases that the model does not have at that distance. */
function learn(
  arrival: Arrival,
  station: Station,
  event: LearnedEvent,
  phase: string,
  earth: EarthModel,
): LearnedArrival | null {
  const { time, latitudeDeg, longitudeDeg, depthKm } = event.origin;
  const path = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
  const { deltaDeg, azimuthDeg, backAzimuthDeg } = path;
  const row = modelPhases.find((candidate) => candidate.phase === phase && applies(candidate, deltaDeg, depthKm));
  const travel = row && earth.predict(phase, deltaDeg, depthKm);
  if (!row || !travel) return null;
  const { ellipticitySec, elevationSec } = earth.correction(phase, {
    ...{ deltaDeg, depthKm, sourceLatitudeDeg: latitudeDeg },
    ...{ eventStationAzimuthDeg: azimuthDeg, stationElevationKm: station.elevationKm },
  });
  const predicted = travel.slownessSecPerDeg < 0 ? backAzimuthDeg + 180 : backAzimuthDeg;
  const turn = arrival.azimuthDeg === null ? Number.NaN : arrival.azimuthDeg - predicted;
  return {
    ...{ arrival, station, event, phase, wave: row.wave, deltaDeg },
    residualSec: arrival.time - time - travel.timeSec - ellipticitySec - elevationSec,
    azimuthResidualDeg: ((((turn + 180) % 360) + 360) % 360) - 180,
    slownessResidual: (arrival.slownessSecPerDeg ?? Number.NaN) - Math.abs(travel.slownessSecPerDeg),
    stationMagnitude: logAmplitudeOf(arrival) + magnitudeTermAt(deltaDeg, depthKm),
  };
}
