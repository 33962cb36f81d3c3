/** Maps of source-receptor products as files: netCDF for programs, KML for globes, SVG for reports. */
import { cellCentre, type LatLonGrid, type MapMark, mapSvg } from "@harken/atmosphere";
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
  else if (path.endsWith(".kml")) writeWhole(path, mapKml(grid, layers[0]));
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

/** Cells in five colours, each for a factor of about 2.5 below the one before. */
const COLOURS = ["b30000", "e34a33", "fc8d59", "fdcc8a", "fef0d9"];
const SHADES_PER_DECADE = COLOURS.length / 2;

function mapKml(grid: LatLonGrid, { title, units, values }: MapLayer): string {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i]!);
  const styles = COLOURS.map((rgb, k) => {
    // KML writes alpha, blue, green, red.
    const colour = `b0${rgb.slice(4)}${rgb.slice(2, 4)}${rgb.slice(0, 2)}`;
    return `<Style id="s${k}"><LineStyle><width>0</width></LineStyle><PolyStyle><color>${colour}</color></PolyStyle></Style>`;
  });
  const marks: string[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value > largest / 100)) continue;
    const shade = Math.min(COLOURS.length - 1, Math.floor(SHADES_PER_DECADE * Math.log10(largest / value)));
    const { latitudeDeg, longitudeDeg } = cellCentre(grid, i);
    const [dx, dy] = [grid.stepLonDeg / 2, grid.stepLatDeg / 2];
    const corners = [
      [-dx, -dy],
      [dx, -dy],
      [dx, dy],
      [-dx, dy],
      [-dx, -dy],
    ].map(([x, y]) => `${(longitudeDeg + x!).toFixed(4)},${Math.max(-90, Math.min(90, latitudeDeg + y!)).toFixed(4)}`);
    marks.push(
      `<Placemark><name>${value.toPrecision(3)} ${units}</name><styleUrl>#s${shade}</styleUrl><Polygon><outerBoundaryIs><LinearRing><coordinates>${corners.join(" ")}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>`,
    );
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${title}</name>
${[...styles, ...marks].join("\n")}
</Document></kml>
`;
}
