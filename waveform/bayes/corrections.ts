/** Ellipticity and height of the station for a hypothesis of a place; ellipticity varies slowly and is kept for each cell of two degrees. */
import { distanceAzimuth, KM_PER_DEGREE } from "@harken/core";
import { mediumVelocityKmPerSec } from "@harken/earth";
import type { Place } from "./assess.ts";
import type { Model } from "./model.ts";
import { modelPhases } from "./phases.ts";
import { layerOf } from "./priors.ts";

export function createCorrections({ earth, network }: Model) {
  const cells = new Map<number, Float32Array>();
  const heightKm = Float64Array.from(network.stations, ({ elevationKm }) => elevationKm);
  // Of the slowness in the medium below a station, (s/km)^2.
  const squareOf = Float64Array.from(modelPhases, ({ wave }) => mediumVelocityKmPerSec[wave === "P" ? "P" : "S"] ** -2);
  return {
    at({ latitudeDeg, longitudeDeg, depthKm }: Place) {
      const layer = layerOf(depthKm);
      const key = (Math.floor((latitudeDeg + 90) / 2) * 180 + Math.floor((longitudeDeg + 180) / 2)) * 8 + layer;
      let kept = cells.get(key);
      if (!kept) {
        kept = new Float32Array(network.stations.length * modelPhases.length).fill(Number.NaN);
        cells.set(key, kept);
      }
      const cell = kept;
      return (s: number, p: number, deltaDeg: number, slowness: number): number => {
        const at = s * modelPhases.length + p;
        let ellipticity = cell[at]!;
        if (Number.isNaN(ellipticity)) {
          const station = network.stations[s]!;
          const { azimuthDeg } = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
          ellipticity = earth.correction(modelPhases[p]!.phase, {
            ...{ deltaDeg, depthKm, sourceLatitudeDeg: latitudeDeg },
            ...{ eventStationAzimuthDeg: azimuthDeg, stationElevationKm: 0 },
          }).ellipticitySec;
          cell[at] = ellipticity;
        }
        const q = slowness / KM_PER_DEGREE;
        return ellipticity + heightKm[s]! * Math.sqrt(Math.max(0, squareOf[p]! - q * q));
      };
    },
  };
}
