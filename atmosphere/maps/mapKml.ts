/** A field for globes: its cells above a hundredth of the largest value as coloured polygons of KML 2.2. */
import { cellCentre } from "../grid/latLonGrid.ts";
import { escapeXml, type MapPicture } from "./mapSvg.ts";

/** Cells in five colours, each for a factor of about 2.5 below the one before. */
const COLOURS = ["b30000", "e34a33", "fc8d59", "fdcc8a", "fef0d9"];
const SHADES_PER_DECADE = COLOURS.length / 2;

/** Shades two decades below the largest value. */
export function mapKml({ title, unit, grid, values }: Pick<MapPicture, "title" | "unit" | "grid" | "values">): string {
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
      `<Placemark><name>${value.toPrecision(3)} ${escapeXml(unit)}</name><styleUrl>#s${shade}</styleUrl><Polygon><outerBoundaryIs><LinearRing><coordinates>${corners.join(" ")}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>`,
    );
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${escapeXml(title)}</name>
${[...styles, ...marks].join("\n")}
</Document></kml>
`;
}
