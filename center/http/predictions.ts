/** When the phases of an event are due at the stations: travel time with ellipticity and elevation corrections. */
import type { PredictedArrival } from "@harken/api";
import { distanceAzimuth, type EarthModel, type Origin, type Station } from "@harken/core";
import { phasesAt } from "@harken/earth";

/** Phases given when the screen names none, each where it is seen: what an analyst looks for first (IDC phase list). */
const defaultPhases: ReadonlySet<string> = new Set([
  "Pn",
  "Pg",
  "P",
  "pP",
  "sP",
  "PP",
  "PcP",
  "ScP",
  "Pdiff",
  "PKPdf",
  "PKPbc",
  "PKPab",
  "PKKPbc",
  "Sn",
  "S",
  "Lg",
]);

export type Hypothesis = Pick<Origin, "time" | "latitudeDeg" | "longitudeDeg" | "depthKm">;
export type Place = Pick<Station, "code" | "latitudeDeg" | "longitudeDeg" | "elevationKm">;

/** In order of time. `phases` are taken wherever the model has them; null for the default ones. */
export function predictArrivals(
  origin: Hypothesis,
  stations: readonly Place[],
  earth: EarthModel,
  phases: readonly string[] | null,
): PredictedArrival[] {
  const known = phases?.filter((phase) => earth.phases.includes(phase));
  const predictions: PredictedArrival[] = [];
  for (const station of stations) {
    const { deltaDeg, azimuthDeg, backAzimuthDeg } = distanceAzimuth(
      origin.latitudeDeg,
      origin.longitudeDeg,
      station.latitudeDeg,
      station.longitudeDeg,
    );
    const wanted = known ?? phasesAt(deltaDeg, origin.depthKm).filter((phase) => defaultPhases.has(phase));
    for (const phase of wanted) {
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
