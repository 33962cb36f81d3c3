/** For tests: stations and readings of a known source, with exact times, azimuths and slownesses of an earth model. */
import { positionAt, type RandomStream, type Station } from "@harken/core";
import type { ReadingPredictor } from "./predictor.ts";
import type { Hypocentre, Reading } from "./reading.ts";

export function testStation(code: string, latitudeDeg: number, longitudeDeg: number, elevationKm = 0): Station {
  return {
    code,
    network: "",
    name: code,
    technology: "seismic",
    kind: "array",
    role: null,
    latitudeDeg,
    longitudeDeg,
    elevationKm,
    sites: [],
    channels: [],
  };
}

/** Stations in random directions at random distances between two limits, up to 2 km high. */
export function stationsAround(
  { latitudeDeg, longitudeDeg }: Hypocentre,
  count: number,
  [near, far]: readonly [number, number],
  random: RandomStream,
): Station[] {
  return Array.from({ length: count }, (_, i) => {
    const place = positionAt(latitudeDeg, longitudeDeg, 360 * random.uniform(), near + (far - near) * random.uniform());
    return testStation(`S${i}`, place.latitudeDeg, place.longitudeDeg, 2 * random.uniform());
  });
}

/** The exact reading of a phase; all three quantities define. Null where the phase does not arrive. */
export function exactReading(
  predictor: ReadingPredictor,
  source: Hypocentre,
  station: Station,
  phase: string,
): Reading | null {
  const blank: Reading = {
    arrivalKey: `${station.code} ${phase}`,
    station,
    phase,
    time: source.time,
    timeErrorSec: 0.5,
    timeDefining: true,
    azimuthDeg: 0,
    azimuthErrorDeg: 3,
    azimuthDefining: true,
    slownessSecPerDeg: 0,
    slownessErrorSecPerDeg: 0.5,
    slownessDefining: true,
  };
  const prediction = predictor.predict(blank, source);
  if (!prediction || prediction.outsideDeg > 0) return null;
  return {
    ...blank,
    time: source.time + prediction.time.value,
    azimuthDeg: prediction.azimuth.value % 360,
    slownessSecPerDeg: prediction.slowness.value,
  };
}

/** The same readings with onset times alone defining. */
export function timesOnly(readings: readonly Reading[]): Reading[] {
  return readings.map((reading) => ({ ...reading, azimuthDefining: false, slownessDefining: false }));
}
