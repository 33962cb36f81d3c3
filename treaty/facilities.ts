/**
 * The 321 stations and 16 laboratories of the International Monitoring System, and questions one asks of them.
 *
 *     stationsOfRole("primary").length; // 50
 *     facilityOfStation("ARCES")?.treatyCode; // "PS28"
 */
import { type Facility, type FacilityRole, facilitiesOfRows } from "./facility.ts";
import { auxiliarySeismicRows } from "./tables/auxiliarySeismic.ts";
import { hydroacousticRows } from "./tables/hydroacoustic.ts";
import { infrasoundRows } from "./tables/infrasound.ts";
import { laboratoriesRows } from "./tables/laboratories.ts";
import { primarySeismicRows } from "./tables/primarySeismic.ts";
import { radionuclideRows } from "./tables/radionuclide.ts";

/** Every facility, in the order of the Protocol's tables. */
export const imsFacilities: readonly Facility[] = Object.freeze([
  ...facilitiesOfRows("primary", primarySeismicRows),
  ...facilitiesOfRows("auxiliary", auxiliarySeismicRows),
  ...facilitiesOfRows("radionuclide", radionuclideRows),
  ...facilitiesOfRows("laboratory", laboratoriesRows),
  ...facilitiesOfRows("hydroacoustic", hydroacousticRows),
  ...facilitiesOfRows("infrasound", infrasoundRows),
]);

/** The facilities of one role, in the order of their numbers. */
export function stationsOfRole(role: FacilityRole): readonly Facility[] {
  return imsFacilities.filter((facility) => facility.role === role);
}

/** The facility that sends data under a station code such as ARCES. */
export function facilityOfStation(stationCode: string): Facility | undefined {
  return imsFacilities.find((facility) => stationCode !== "" && facility.stationCode === stationCode);
}

/** The facility with a number such as PS28. */
export function facilityOfTreatyCode(treatyCode: string): Facility | undefined {
  return imsFacilities.find((facility) => facility.treatyCode === treatyCode);
}

/** The facilities that a State hosts, by the State's short name as in the Protocol. */
export function facilitiesOfState(hostState: string): readonly Facility[] {
  return imsFacilities.filter((facility) => facility.hostState === hostState);
}
