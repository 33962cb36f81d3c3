/** Maps of source-receptor products as files: netCDF for programs, KML for globes, SVG for reports. */
import { type LatLonGrid, type MapMark, mapKml, mapSvg } from "@harken/atmosphere";
import { cellAxes, writeWhole } from "@harken/center";
import { encodeNetcdf } from "@harken/formats";
import { coasts } from "./coasts.ts";
import { cliErrors } from "./errors.ts";

export interface MapLayer {
  /** A name that netCDF takes. */
  readonly name: string;
  readonly title: string;
  readonly units: string;
  /** Shades of the picture; netCDF and KML know none. */
  readonly scale?: "log" | "linear";
  /** One value for each cell of the grid. */
  readonly values: ArrayLike<number>;
}

/** Cells above 0, the greatest first. */
export function greatestCells(values: ArrayLike<number>): number[] {
  const cells: number[] = [];
  for (let cell = 0; cell < values.length; cell++) if (values[cell]! > 0) cells.push(cell);
  return cells.sort((a, b) => values[b]! - values[a]!);
}

/**
 * Writes `path` by its ending: .nc with all layers, .kml with the cells of the first above a hundredth of its largest value, .svg with these over coasts
 * and the places of `marks`. Throws BAD_OPTION.
 */
export function writeMap(
  path: string,
  grid: LatLonGrid,
  layers: readonly [MapLayer, ...MapLayer[]],
  marks: readonly MapMark[],
): void {
  if (path.endsWith(".nc")) writeWhole(path, mapNetcdf(grid, layers));
  else if (path.endsWith(".kml"))
    writeWhole(path, mapKml({ title: layers[0].title, unit: layers[0].units, grid, values: layers[0].values }));
  else if (path.endsWith(".svg")) {
    const [{ title, units, values, scale = "linear" }] = layers;
    writeWhole(path, mapSvg({ title, unit: units, grid, values, scale, land: coasts(), marks }));
  } else
    throw cliErrors.make("BAD_OPTION", { option: "--out", value: path, advice: "End the name in .nc, .kml or .svg." });
}

function mapNetcdf(grid: LatLonGrid, layers: readonly MapLayer[]): Uint8Array {
  return encodeNetcdf({
    dimensions: { latitude: grid.rows, longitude: grid.columns },
    attributes: { Conventions: "CF-1.6", source: "Harken" },
    variables: [
      ...cellAxes(grid),
      ...layers.map(({ name, title, units, values }) => ({
        name,
        dimensions: ["latitude", "longitude"],
        attributes: { units, long_name: title },
        values: Float64Array.from(values),
      })),
    ],
  });
}
