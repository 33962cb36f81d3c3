/** Rayleigh waves join an event that stands: their magnitude counts, their time is too uncertain to locate with. */
import { type Arrival, distanceAzimuth, type EarthModel, type Station } from "@harken/core";
import type { Hypocentre, Reading } from "../location/reading.ts";

const MIN_DELTA_DEG = 5;
/** Deeper events make no surface waves to speak of, km. */
const MAX_DEPTH_KM = 100;
const MAX_SIGMA = 2;

/** For each event (the first is asked first) the Rayleigh waves that fit it best, one for each station. Every arrival goes to one event. */
export function assignSurfaceWaves(
  origins: readonly Hypocentre[],
  arrivals: readonly Arrival[],
  stations: ReadonlyMap<string, Station>,
  earth: EarthModel,
): Reading[][] {
  const pairs = arrivals
    .filter(({ phase }) => phase === "LR")
    .flatMap((arrival) => {
      const station = stations.get(arrival.station);
      if (!station) return [];
      return origins.flatMap(({ time, latitudeDeg, longitudeDeg, depthKm }, event) => {
        if (depthKm > MAX_DEPTH_KM) return [];
        const { deltaDeg } = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
        const travel = earth.predict("LR", deltaDeg, depthKm);
        if (!travel || deltaDeg < MIN_DELTA_DEG) return [];
        const sigma = Math.hypot(earth.modelErrorSec("LR", deltaDeg, depthKm), arrival.timeErrorSec);
        const z = Math.abs(arrival.time - time - travel.timeSec) / sigma;
        return z <= MAX_SIGMA ? [{ arrival, station, event, z }] : [];
      });
    })
    .sort((a, b) => a.z - b.z || a.event - b.event || (a.arrival.key < b.arrival.key ? -1 : 1));
  const readings: Reading[][] = origins.map(() => []);
  const used = new Set<string>();
  for (const { arrival, station, event } of pairs) {
    const slot = `${event} ${station.code}`;
    if (used.has(arrival.key) || used.has(slot)) continue;
    used.add(arrival.key).add(slot);
    readings[event]!.push({
      ...{ arrivalKey: arrival.key, station, phase: "LR", time: arrival.time, timeErrorSec: arrival.timeErrorSec },
      ...{ azimuthDeg: arrival.azimuthDeg, azimuthErrorDeg: arrival.azimuthErrorDeg },
      ...{ slownessSecPerDeg: arrival.slownessSecPerDeg, slownessErrorSecPerDeg: arrival.slownessErrorSecPerDeg },
      ...{ timeDefining: false, azimuthDefining: false, slownessDefining: false },
    });
  }
  return readings;
}
