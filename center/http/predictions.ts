/** When the phases of an event are due at the stations: travel time with ellipticity and elevation corrections. */
import type { PredictedArrival } from "@harken/api";
import { distanceAzimuth, type EarthModel, type Origin, type Station } from "@harken/core";

/** Phases drawn when the screen names none: what an analyst looks for first (IDC phase list). */
export const defaultPhases: readonly string[] = Object.freeze([
  "Pn",
  "P",
  "pP",
  "PcP",
  "PKPdf",
  "PKPbc",
  "PKPab",
  "PKKPbc",
  "Sn",
  "S",
  "Lg",
]);

export function predictArrivals(
  origin: Origin,
  stations: readonly Station[],
  earth: EarthModel,
  phases: readonly string[],
): PredictedArrival[] {
  const predictions: PredictedArrival[] = [];
  for (const station of stations) {
    const { deltaDeg, azimuthDeg, backAzimuthDeg } = distanceAzimuth(
      origin.latitudeDeg,
      origin.longitudeDeg,
      station.latitudeDeg,
      station.longitudeDeg,
    );
    for (const phase of phases) {
      const prediction = earth.predict(phase, deltaDeg, origin.depthKm);
      if (!prediction) continue;
      const { ellipticitySec, elevationSec } = earth.correction(phase, {
        deltaDeg,
        depthKm: origin.depthKm,
        sourceLatitudeDeg: origin.latitudeDeg,
        eventStationAzimuthDeg: azimuthDeg,
        stationElevationKm: station.elevationKm,
      });
      predictions.push({
        station: station.code,
        phase,
        time: origin.time + prediction.timeSec + ellipticitySec + elevationSec,
        slownessSecPerDeg: prediction.slownessSecPerDeg,
        deltaDeg,
        azimuthDeg: backAzimuthDeg,
      });
    }
  }
  return predictions.sort((a, b) => a.time - b.time);
}
