/** Writes source-specific station corrections in the form that `decode.ts` describes, to a hundredth of a second as LocSAT does. */
import { type TravelTimeCorrection, wrapLongitude } from "@harken/core";

export function encodeTravelTimeCorrection(correction: TravelTimeCorrection): Uint8Array {
  const { station, phase, region, model, level, latitudesDeg, longitudesDeg, errorFactor } = correction;
  const places = (values: readonly number[]) => values.map((value) => value.toFixed(3).padStart(10)).join("");
  const grid = (rows: readonly (readonly number[])[]) =>
    rows.map((row) => row.map((value) => value.toFixed(2).padStart(8)).join(""));
  const short = level === "local" ? "local" : "reg";
  const lines = [
    "# Station Phase    Source Region    Velocity Model   Level  StaCor  SedVel MEFac",
    `  ${station.padEnd(6)}  ${phase.padEnd(8)} ${region.padEnd(16)} ${model.padEnd(16)} ${short.padEnd(5)}   0.000   0.000${errorFactor.toFixed(2).padStart(6)}`,
    "# Number of Lat/Lon samples, respectively:",
    `${String(latitudesDeg.length).padStart(5)}${String(longitudesDeg.length).padStart(5)}`,
    "# Latitude samples (deg) from north to south:",
    places(latitudesDeg),
    "# Longitude samples (deg) from west to east:",
    places(longitudesDeg.map(wrapLongitude)),
    "# SSSC's in map view (origin is NW corner):",
    ...grid(correction.secondsByLatitude),
    ...(correction.errorSecByLatitude
      ? ["# SSSC modeling errors in map view (origin is NW corner):", ...grid(correction.errorSecByLatitude)]
      : []),
  ];
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}
