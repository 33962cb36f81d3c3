/** Tables of travel times, ellipticity and station corrections, one sentence each, as `harken inspect` shows them. */
import type { EarthRecords } from "./combine.ts";

const from = (values: readonly number[], unit: string) => `${values[0]} to ${values.at(-1)} ${unit}`;

export function earthTableLines(contents: EarthRecords): string[] {
  const { directionCorrections = [], travelTimeCorrections = [], travelTimeTables = [] } = contents;
  const { ellipticityTables = [] } = contents;
  return [
    ...directionCorrections.map(
      ({ station, bins, errorSecPerDeg, eastSecPerDeg, northSecPerDeg }) =>
        `corrections of direction at ${station}: ${bins.length} bins; elsewhere ${eastSecPerDeg} s/deg east, ${northSecPerDeg} north, give or take ${errorSecPerDeg}`,
    ),
    ...travelTimeCorrections.map(
      (grid) =>
        `corrections of travel time, ${grid.phase} at ${grid.station} (${grid.level}, ${grid.region}, to ${grid.model}): latitudes ${from(grid.latitudesDeg, "deg")}, longitudes ${from(grid.longitudesDeg, "deg")}, ${grid.errorSecByLatitude ? "with errors" : `errors ${grid.errorFactor} of the model's`}`,
    ),
    ...travelTimeTables.map(
      ({ phase, deltasDeg, depthsKm, errors }) =>
        `travel times of ${phase}: distances ${from(deltasDeg, "deg")}, depths ${from(depthsKm, "km")}, ${errors ? "with" : "without"} modelling errors`,
    ),
    ...(ellipticityTables.length > 0
      ? [`ellipticity of ${ellipticityTables.map(({ phase }) => phase).join(", ")}`]
      : []),
  ];
}
