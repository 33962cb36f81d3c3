/**
 * A field on a map as one SVG document without fonts or pictures from elsewhere: cells in shades, coasts, stations and other places. Longitude and
 * latitude at right angles, cut where the field has least, so that a plume over the date line stays whole.
 *
 *     mapSvg({ title: "Field of regard of JPX38", unit: "1/m^3", grid, values, scale: "log", land, marks });
 */
import { wrapLongitude } from "@harken/core";
import { cellCentre, type LatLonGrid } from "../grid/latLonGrid.ts";
import { frameAround, type MapFrame } from "./mapFrame.ts";
import { formatPower, LINEAR_SHADES, LOG_SHADES, shadeOf } from "./shades.ts";

export interface MapMark {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly label: string;
  /** Stations are triangles, sources are crosses, measurements circles in the field's shades. */
  readonly kind: "station" | "source" | "measurement";
  /** Of a measurement, in the field's unit. */
  readonly value?: number;
}

export interface MapPicture {
  readonly title: string;
  readonly unit: string;
  readonly grid: LatLonGrid;
  /** One for each cell; those at or below 0 are not drawn. */
  readonly values: ArrayLike<number>;
  /** "log" shades two decades below the largest value, "linear" everything above 0. */
  readonly scale: "log" | "linear";
  /** Coasts: rings of longitude and latitude, deg. */
  readonly land: readonly (readonly (readonly [lonDeg: number, latDeg: number])[])[];
  readonly marks: readonly MapMark[];
}

const WIDTH = 1000;
const TOP = 44;
const BOTTOM = 64;
export function mapSvg(picture: MapPicture): string {
  const { title, unit, grid, values, scale, land, marks } = picture;
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i]!);
  for (const { value = 0 } of marks) largest = Math.max(largest, value);
  const shades = scale === "log" ? LOG_SHADES : LINEAR_SHADES;
  const shown: { readonly lat: number; readonly lon: number; readonly shade: number }[] = [];
  for (let i = 0; i < values.length; i++) {
    const shade = shadeOf(values[i]!, largest, scale);
    if (shade < 0) continue;
    const { latitudeDeg, longitudeDeg } = cellCentre(grid, i);
    shown.push({ lat: latitudeDeg, lon: longitudeDeg, shade });
  }
  const frame = frameAround([...shown, ...marks.map((mark) => ({ lat: mark.latitudeDeg, lon: mark.longitudeDeg }))]);
  const perDegree = WIDTH / (2 * frame.halfWidthDeg);
  const height = (frame.northDeg - frame.southDeg) * perDegree;
  const east = (lon: number) => wrapLongitude(lon - frame.centreLonDeg);
  const x = (lon: number) => (east(lon) + frame.halfWidthDeg) * perDegree;
  const y = (lat: number) => TOP + (frame.northDeg - lat) * perDegree;
  const n = (value: number) => String(Number(value.toFixed(1)));
  const parts: string[] = [`<rect x='0' y='${TOP}' width='${WIDTH}' height='${n(height)}' fill='#eaf2f8'/>`];
  const coast = land.map((ring) => outline(ring, east, x, y, n)).join("");
  parts.push(`<path d='${coast}' fill='#f4f1e6' stroke='none'/>`);
  const [w, h] = [grid.stepLonDeg * perDegree, grid.stepLatDeg * perDegree];
  for (const { lat, lon, shade } of shown)
    parts.push(
      `<rect x='${n(x(lon) - w / 2)}' y='${n(y(lat) - h / 2)}' width='${n(w)}' height='${n(h)}' fill='${shades[shade]}'/>`,
    );
  parts.push(
    `<path d='${coast}' fill='none' stroke='#5f6b73' stroke-width='0.7'/>`,
    ...graticule(frame, x, y, height, n),
    ...marks.map((mark) => symbol(mark, x(mark.longitudeDeg), y(mark.latitudeDeg), largest, scale, n)),
  );
  const total = TOP + height + BOTTOM;
  return `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${WIDTH} ${n(total)}' width='${WIDTH}' height='${n(total)}' font-family='DejaVu Sans, Helvetica, Arial, sans-serif'><rect width='100%' height='100%' fill='white'/>
<text x='12' y='28' font-size='18' font-weight='bold' fill='#222'>${escapeXml(title)}</text>
<clipPath id='frame'><rect x='0' y='${TOP}' width='${WIDTH}' height='${n(height)}'/></clipPath>
<g clip-path='url(#frame)'>
${parts.join("\n")}
</g>
${legend(largest, unit, scale, TOP + height + 24).join("\n")}
</svg>
`;
}

/** A ring as a path, begun anew where it leaves one side of the map for the other. */
function outline(
  ring: readonly (readonly [number, number])[],
  east: (lon: number) => number,
  x: (lon: number) => number,
  y: (lat: number) => number,
  n: (value: number) => string,
): string {
  let path = "";
  let before = Number.NaN;
  for (const [lon, lat] of ring) {
    const here = east(lon);
    path += `${Math.abs(here - before) < 180 ? "L" : "M"}${n(x(lon))} ${n(y(lat))}`;
    before = here;
  }
  return path;
}

function graticule(
  { centreLonDeg, halfWidthDeg, southDeg, northDeg }: MapFrame,
  x: (lon: number) => number,
  y: (lat: number) => number,
  height: number,
  n: (value: number) => string,
): string[] {
  const step = halfWidthDeg > 90 ? 30 : halfWidthDeg > 40 ? 20 : 10;
  const parts: string[] = [];
  for (
    let lon = step * Math.ceil((centreLonDeg - halfWidthDeg) / step);
    lon < centreLonDeg + halfWidthDeg;
    lon += step
  ) {
    const at = n(x(lon));
    parts.push(
      `<line x1='${at}' x2='${at}' y1='${TOP}' y2='${n(TOP + height)}' stroke='#9aa5ad' stroke-width='0.4'/>`,
      `<text x='${at}' y='${n(TOP + height - 5)}' font-size='11' text-anchor='middle' fill='#555'>${lonText(wrapLongitude(lon))}</text>`,
    );
  }
  for (let lat = step * Math.ceil(southDeg / step); lat < northDeg; lat += step) {
    const at = y(lat);
    parts.push(
      `<line x1='0' x2='${WIDTH}' y1='${n(at)}' y2='${n(at)}' stroke='#9aa5ad' stroke-width='0.4'/>`,
      `<text x='5' y='${n(at - 3)}' font-size='11' fill='#555'>${lat === 0 ? "0" : `${Math.abs(lat)} ${lat > 0 ? "N" : "S"}`}</text>`,
    );
  }
  return parts;
}

const lonText = (lon: number) =>
  lon === 0 || lon === -180 ? `${Math.abs(lon)}` : `${Math.abs(lon)} ${lon > 0 ? "E" : "W"}`;

function symbol(
  { label, kind, value = 0 }: MapMark,
  cx: number,
  cy: number,
  largest: number,
  scale: MapPicture["scale"],
  n: (value: number) => string,
): string {
  const text = `<text x='${n(cx + 9)}' y='${n(cy - 6)}' font-size='12' font-weight='bold' fill='#1a1a1a' stroke='white' stroke-width='3' paint-order='stroke'>${escapeXml(label)}</text>`;
  if (kind === "station") return `<path d='M${n(cx)} ${n(cy - 7)}l6 11h-12z' fill='#1f5fa8' stroke='white'/>${text}`;
  if (kind === "source")
    return `<path d='M${n(cx - 7)} ${n(cy - 7)}l14 14m0 -14l-14 14' stroke='#111' stroke-width='2.5' fill='none'/>${text}`;
  const shade = shadeOf(value, largest, scale);
  const fill = shade < 0 ? "white" : (scale === "log" ? LOG_SHADES : LINEAR_SHADES)[shade];
  return `<circle cx='${n(cx)}' cy='${n(cy)}' r='5' fill='${fill}' stroke='#222' stroke-width='0.9'><title>${escapeXml(label)}</title></circle>`;
}

function legend(largest: number, unit: string, scale: MapPicture["scale"], top: number): string[] {
  const shades = scale === "log" ? LOG_SHADES : LINEAR_SHADES;
  const width = 70;
  const text = (left: number, value: number) =>
    `<text x='${left}' y='${top + 16}' font-size='11' text-anchor='middle' fill='#444'>${formatPower(value)}</text>`;
  const boxes = shades.flatMap((colour, k) => {
    const share = scale === "log" ? 10 ** (-2 * ((k + 1) / shades.length)) : 1 - (k + 1) / shades.length;
    const left = LEGEND_LEFT + k * width;
    return [
      `<rect x='${left}' y='${top - 12}' width='${width}' height='14' fill='${colour}'/>`,
      text(left + width, largest * share),
    ];
  });
  const right = LEGEND_LEFT + shades.length * width + 26;
  return [
    text(LEGEND_LEFT, largest),
    ...boxes,
    `<text x='${right}' y='${top}' font-size='12' fill='#444'>${escapeXml(unit)}</text>`,
  ];
}

const LEGEND_LEFT = 34;
export const escapeXml = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
