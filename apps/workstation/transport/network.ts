/** The radionuclide stations of the monitoring system, where their place is known. */
import { stationsOfRole } from "@harken/treaty";
import type { Place } from "./drawField.ts";

export const network: readonly Place[] = stationsOfRole("radionuclide").flatMap(
  ({ stationCode, latitudeDeg, longitudeDeg }) =>
    latitudeDeg === null || longitudeDeg === null ? [] : [{ label: stationCode, latitudeDeg, longitudeDeg }],
);
