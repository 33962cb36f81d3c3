/**
 * For tests: networks of stations, and the arrivals that events and chance make at them. Times are the earth model's with normal errors, so
 * the truth is known in closed form; stations detect what exceeds their noise by the magnitude formula.
 */
import {
  type Arrival,
  distanceAzimuth,
  type EarthModel,
  positionAt,
  type RandomStream,
  type Station,
  wrapAzimuth,
} from "@harken/core";
import { mbCorrection } from "@harken/earth";

export interface TestEvent {
  readonly key: string;
  readonly time: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly depthKm: number;
  readonly magnitude: number;
}

/** Least log10 A/T, nm/s, that the stations of these networks detect. */
export const THRESHOLD = { array: -0.1, "3c": 0.4, "1c": 0.4 } as const;
const GOLDEN = (1 + Math.sqrt(5)) / 2;

export function testStation(code: string, latitudeDeg: number, longitudeDeg: number, kind: Station["kind"]): Station {
  return {
    ...{ code, network: "", name: code, technology: "seismic", kind, role: "primary" },
    ...{ latitudeDeg, longitudeDeg, elevationKm: 0, sites: [], channels: [] },
  };
}

/** Stations spread evenly over the Earth on a spiral; every second one an array. */
export function globalNetwork(count: number): Station[] {
  return Array.from({ length: count }, (_, i) => {
    const latitudeDeg = (Math.asin(1 - (2 * i + 1) / count) * 180) / Math.PI;
    const longitudeDeg = ((360 * i) / GOLDEN) % 360;
    return testStation(
      `G${i}`,
      latitudeDeg,
      longitudeDeg > 180 ? longitudeDeg - 360 : longitudeDeg,
      i % 2 ? "3c" : "array",
    );
  });
}

/** Three-component stations around a place, one on each of the distances (deg), in directions that leave no large gap. */
export function networkAround(latitudeDeg: number, longitudeDeg: number, deltasDeg: readonly number[]): Station[] {
  return deltasDeg.map((delta, i) => {
    const place = positionAt(latitudeDeg, longitudeDeg, (360 * i * GOLDEN) % 360, delta);
    return testStation(`L${i}`, place.latitudeDeg, place.longitudeDeg, "3c");
  });
}

/** What of an event the stations report: the phases named, where they exist and are large enough. */
export function arrivalsOf(
  event: TestEvent,
  stations: readonly Station[],
  earth: EarthModel,
  random: RandomStream,
  phases: readonly string[] = ["first"],
): Arrival[] {
  return stations.flatMap((station) => {
    const { latitudeDeg, longitudeDeg } = station;
    const path = distanceAzimuth(event.latitudeDeg, event.longitudeDeg, latitudeDeg, longitudeDeg);
    const { deltaDeg, azimuthDeg, backAzimuthDeg } = path;
    const term = mbCorrection(deltaDeg, event.depthKm) ?? mbCorrection(Math.max(deltaDeg, 2), event.depthKm) ?? 9;
    const logAmplitude = event.magnitude - term + 0.25 * random.normal();
    const above = logAmplitude - THRESHOLD[station.kind];
    if (above < 0) return [];
    return phases.flatMap((asked) => {
      const phase = asked === "first" ? firstPhase(deltaDeg, event.depthKm) : asked;
      const travel = earth.predict(phase, deltaDeg, event.depthKm);
      if (!travel) return [];
      const { ellipticitySec, elevationSec } = earth.correction(phase, {
        ...{ deltaDeg, depthKm: event.depthKm, sourceLatitudeDeg: event.latitudeDeg },
        ...{ eventStationAzimuthDeg: azimuthDeg, stationElevationKm: station.elevationKm },
      });
      const timeErrorSec = 0.4;
      const pathErrorSec = 0.5 * earth.modelErrorSec(phase, deltaDeg, event.depthKm);
      const time = event.time + travel.timeSec + ellipticitySec + elevationSec;
      return [
        reported(station, `${event.key}:${phase}:${station.code}`, random, {
          time: time + random.normal() * Math.hypot(timeErrorSec, pathErrorSec),
          phase: /^(S|Lg)/.test(phase) ? "S" : "P",
          logAmplitude,
          snr: 4 * 10 ** above,
          azimuthDeg: backAzimuthDeg,
          slowness: Math.abs(travel.slownessSecPerDeg),
          timeErrorSec,
        }),
      ];
    });
  });
}

function firstPhase(deltaDeg: number, depthKm: number): string {
  if (deltaDeg > 114) return "PKPdf";
  return deltaDeg < 17 && depthKm < 40 ? "Pn" : "P";
}

/** Detections that belong to nothing: even in time and direction, most of them just above the threshold. */
export function chanceArrivals(
  stations: readonly Station[],
  from: number,
  to: number,
  perHour: number,
  random: RandomStream,
): Arrival[] {
  return stations.flatMap((station) =>
    Array.from({ length: random.poisson((perHour * (to - from)) / 3600) }, (_, i) => {
      const snr = 4 * (1 - random.uniform()) ** (-1 / 2.5);
      return reported(station, `chance:${station.code}:${i}`, random, {
        time: from + (to - from) * random.uniform(),
        phase: random.uniform() < 0.7 ? "P" : "S",
        logAmplitude: THRESHOLD[station.kind] + Math.log10(snr / 4),
        snr,
        azimuthDeg: 360 * random.uniform(),
        slowness: 30 * random.uniform(),
        timeErrorSec: 0.8,
      });
    }),
  );
}

/** A signal as it stands in the ground: the true direction, log10 A/T (nm/s), and the error of the onset yet to come. */
export interface Signal {
  readonly time: number;
  readonly phase: string;
  readonly logAmplitude: number;
  readonly snr: number;
  readonly azimuthDeg: number;
  readonly slowness: number;
  readonly timeErrorSec: number;
}

const ARRAY_SLOWNESS_ERROR = 1;

/** A report of a signal: directions at arrays only, all with the errors that they claim. */
export function reported(station: Station, key: string, random: RandomStream, signal: Signal): Arrival {
  const { time, phase, logAmplitude, snr, timeErrorSec } = signal;
  const directed = station.kind === "array";
  const slowness = Math.abs(signal.slowness + ARRAY_SLOWNESS_ERROR * random.normal());
  const azimuthErrorDeg =
    (2 * Math.asin(Math.min(1, ARRAY_SLOWNESS_ERROR / (2 * Math.max(0.5, slowness)))) * 180) / Math.PI;
  const azimuthDeg = wrapAzimuth(signal.azimuthDeg + azimuthErrorDeg * random.normal());
  return {
    ...{ key, station: station.code, channel: "BHZ", time, timeErrorSec, phase, snr },
    azimuthDeg: directed ? azimuthDeg : null,
    azimuthErrorDeg: directed ? azimuthErrorDeg : null,
    slownessSecPerDeg: directed ? slowness : null,
    slownessErrorSecPerDeg: directed ? ARRAY_SLOWNESS_ERROR : null,
    amplitudes: [
      {
        type: "A5/2",
        channel: { network: "", station: station.code, location: "", channel: "BHZ" },
        ...{ time, amplitude: 10 ** logAmplitude, periodSec: 1, clipped: false },
      },
    ],
    ...{ firstMotion: null, rectilinearity: null, incidenceDeg: null, frequencyHz: 1.5, fkQuality: null },
    author: "test",
  };
}
