/**
 * Which field of a centre plays which part in the wind: tables as configuration, what Vtables are to FLEXPART. Units come from the fields themselves;
 * a table may overrule them where a centre's files are known to say otherwise than they mean.
 */

/** What the parts are; pressure velocity dp/dt, and ECMWF's transport through model levels, etadot dp/deta, at the half level below. */
export type WindRole =
  | "east"
  | "north"
  | "pressureVelocity"
  | "throughLevels"
  | "temperature"
  | "surfacePressure"
  | "logSurfacePressure";

export interface WindVariable {
  readonly role: WindRole;
  /** Short names by which the field may go; the first that is there is taken. */
  readonly shortNames: readonly string[];
  /** Unit of the values where the file's own unit is wrong. */
  readonly units?: string;
}

export interface WindVariables {
  readonly name: string;
  readonly version: number;
  readonly variables: readonly WindVariable[];
}

/** ECMWF, NCEP, and netCDF files with either's names. */
export const commonWindVariables: WindVariables = Object.freeze({
  name: "common",
  version: 1,
  variables: [
    { role: "east", shortNames: ["u", "U", "UGRD"] },
    { role: "north", shortNames: ["v", "V", "VGRD"] },
    { role: "pressureVelocity", shortNames: ["w", "W", "omega", "VVEL"] },
    { role: "temperature", shortNames: ["t", "T", "TMP"] },
    { role: "surfacePressure", shortNames: ["sp", "SP", "ps", "PS"] },
    { role: "logSurfacePressure", shortNames: ["lnsp", "LNSP"] },
  ] as const,
});

/**
 * ECMWF model levels as flex_extract prepares them for FLEXPART: "etadot" is etadot dp/deta in Pa/s there, though GRIB's table gives that
 * parameter the unit 1/s.
 */
export const flexpartWindVariables: WindVariables = Object.freeze({
  name: "flexpart-ecmwf",
  version: 1,
  variables: [
    ...commonWindVariables.variables.filter(({ role }) => role !== "pressureVelocity"),
    { role: "throughLevels", shortNames: ["etadot"], units: "Pa s**-1" } as const,
  ],
});

/** Factor to the units of `WindField` (m/s, hPa/s, K, hPa); log pressure is that of Pa. */
const FACTORS: Readonly<Record<WindRole, Readonly<Record<string, number>>>> = {
  east: { "m s**-1": 1, "m s-1": 1, "m/s": 1 },
  north: { "m s**-1": 1, "m s-1": 1, "m/s": 1 },
  pressureVelocity: { "Pa s**-1": 0.01, "Pa s-1": 0.01, "Pa/s": 0.01, "hPa s**-1": 1, "hPa/s": 1 },
  throughLevels: { "Pa s**-1": 0.01 },
  temperature: { K: 1 },
  surfacePressure: { Pa: 0.01, hPa: 1 },
  logSurfacePressure: { "~": 1, "": 1, "1": 1 },
};

/** Null for a unit that means something else (a vertical velocity in m/s). */
export function unitFactor(role: WindRole, units: string): number | null {
  return FACTORS[role][units] ?? null;
}
