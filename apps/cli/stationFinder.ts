/** Where a reporting station stands: by the records of the files, else by the list of the monitoring system's facilities. */
import type { Station } from "@harken/core";
import { facilityOfStation } from "@harken/treaty";

export function stationFinder(stations: readonly Station[]): (code: string) => Station | undefined {
  const byCode = new Map<string, Station>();
  for (const station of stations) if (!byCode.has(station.code)) byCode.set(station.code, station);
  // A bulletin may name an element of an array.
  for (const station of stations)
    for (const { code, latitudeDeg, longitudeDeg, elevationKm } of station.sites)
      if (!byCode.has(code)) byCode.set(code, { ...station, code, latitudeDeg, longitudeDeg, elevationKm });
  return (code) => byCode.get(code) ?? facilityStation(code);
}

function facilityStation(code: string): Station | undefined {
  const facility = facilityOfStation(code);
  if (!facility || facility.latitudeDeg === null || facility.longitudeDeg === null) return undefined;
  const { name, role, kind, latitudeDeg, longitudeDeg, elevationKm } = facility;
  if (role === "radionuclide" || role === "laboratory") return undefined;
  return {
    code,
    network: "",
    name,
    technology: role === "hydroacoustic" || role === "infrasound" ? role : "seismic",
    kind: kind === "array" ? "array" : "3c",
    role,
    latitudeDeg,
    longitudeDeg,
    elevationKm: elevationKm ?? 0,
    sites: [],
    channels: [],
  };
}
