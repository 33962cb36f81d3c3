/**
 * What stations that recorded an event and did not see it say of its size: the least amplitude that would have been seen in their noise when its
 * waves were due, as maximum-likelihood magnitudes ask of them. A station with an arrival of the event, or with any arrival at that time, is not
 * silent.
 *
 *     const silent = silenceOf(stations, arrivals, noise, earth);
 *     measureMagnitudes({ associations, arrivals: byKey, depthKm, noise: silent(origin) });
 */
import {
  type Amplitude,
  type Arrival,
  distanceAzimuth,
  type EarthModel,
  type NoiseLevel,
  type Station,
} from "@harken/core";
import type { NoiseAmplitude } from "./measureMagnitudes.ts";

interface HeardEvent {
  readonly time: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly depthKm: number;
  readonly associations: readonly { readonly station: string; readonly phase: string }[];
}

/** The waves that noise hides, first P and Rayleigh waves; an arrival so near to where one is due breaks the silence, s. */
const hidden = [
  { phase: "P", type: "ANP/2", aroundSec: 15 },
  { phase: "LR", type: "ANL/2", aroundSec: 300 },
] as const;

/**
 * A signal is seen from this many times the noise's own swings on: half of simulated waves of 1 to 2.5 Hz are at 1.3 to 2.7 times, at single stations
 * and arrays alike.
 */
const SEEN_RATIO = 1.8;

export function silenceOf(
  stations: readonly Station[],
  arrivals: readonly Arrival[],
  noise: readonly NoiseLevel[],
  earth: EarthModel,
): (event: HeardEvent) => NoiseAmplitude[] {
  if (noise.length === 0) return () => [];
  const byStation = Map.groupBy(arrivals, ({ station }) => station);
  const levels = Map.groupBy(noise, ({ station, amplitude }) => keyOf(station, amplitude.type));
  return ({ time, latitudeDeg, longitudeDeg, depthKm, associations }) =>
    stations.flatMap((station) => {
      const { deltaDeg } = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
      const heard = associations.filter((association) => association.station === station.code);
      return hidden.flatMap(({ phase, type, aroundSec }): NoiseAmplitude[] => {
        const own = levels.get(keyOf(station.code, type));
        if (!own || heard.some((other) => (other.phase === "LR") === (phase === "LR"))) return [];
        const travel = earth.predict(phase, deltaDeg, depthKm);
        if (!travel) return [];
        const due = time + travel.timeSec;
        if (byStation.get(station.code)?.some((arrival) => Math.abs(arrival.time - due) < aroundSec)) return [];
        const level = own.find(({ startTime, endTime }) => startTime <= due && due < endTime);
        if (!level) return [];
        const amplitude = { ...level.amplitude, amplitude: SEEN_RATIO * level.amplitude.amplitude };
        return [{ station: station.code, deltaDeg, amplitude }];
      });
    });
}

const keyOf = (station: string, type: Amplitude["type"]): string => `${station} ${type}`;
