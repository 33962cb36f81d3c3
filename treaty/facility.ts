/**
 * One facility of the International Monitoring System: its number in Annex 1 to the Treaty's Protocol, its host State, and where it stands.
 *
 * Columns that were written down from memory, and not read from a stored copy of the Protocol, are named in `recalledColumns`; a position
 * that is only the Protocol's own (to 0.1 deg, also from memory) has `positionSource: "recalled"`.
 */

export type FacilityRole = "primary" | "auxiliary" | "hydroacoustic" | "infrasound" | "radionuclide" | "laboratory";

/** What stands there; null where it is still to be decided. */
export type FacilityKind = "array" | "3c" | "hydrophone" | "t-phase" | "radionuclide" | "laboratory" | null;

/** `operational`: the place of the sensors as a data centre lists it; `recalled`: the Protocol's, from memory; `none`: not known. */
export type PositionSource = "operational" | "recalled" | "none";

export interface Facility {
  /** PS01 to PS50, AS001 to AS120, HA01 to HA11, IS01 to IS60, RN01 to RN80, RL01 to RL16. */
  readonly treatyCode: string;
  readonly role: FacilityRole;
  /** Code under which the station sends data, such as ARCES; "" where there is none yet. */
  readonly stationCode: string;
  /** Name in the Protocol, with the operational place in brackets where it differs. */
  readonly name: string;
  readonly hostState: string;
  readonly kind: FacilityKind;
  readonly latitudeDeg: number | null;
  readonly longitudeDeg: number | null;
  readonly elevationKm: number | null;
  readonly positionSource: PositionSource;
}

/** The columns that are recollection for every facility. */
export const recalledColumns: readonly (keyof Facility)[] = Object.freeze(["treatyCode", "name", "hostState"] as const);

/** A row of the tables: treaty code, station code, name, host State, latitude and longitude (deg), elevation (km), kind, position source. */
export type FacilityRow = readonly [
  treatyCode: string,
  stationCode: string,
  name: string,
  hostState: string,
  latitudeDeg: number | null,
  longitudeDeg: number | null,
  elevationKm: number | null,
  kind: FacilityKind,
  positionSource: PositionSource,
];

/** The facilities of one role from their rows. */
export function facilitiesOfRows(role: FacilityRole, rows: readonly FacilityRow[]): readonly Facility[] {
  return rows.map(([treatyCode, stationCode, name, hostState, latitudeDeg, longitudeDeg, elevationKm, kind, source]) =>
    Object.freeze({
      ...{ treatyCode, role, stationCode, name, hostState, kind },
      ...{ latitudeDeg, longitudeDeg, elevationKm, positionSource: source },
    }),
  );
}
