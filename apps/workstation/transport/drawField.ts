/** Draws the map of transport on a canvas, title and scale with it, so that its picture can stand alone. */
import type { EventSummary } from "@harken/api";
import { cellCentre, formatPower, type LatLonGrid, LINEAR_SHADES, LOG_SHADES, shadeOf } from "@harken/atmosphere";
import { type GeoPermissibleObjects, geoGraticule10, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import countriesTopology from "world-atlas/countries-110m.json";
import { eventRadius } from "../mapShapes.ts";
import { theme } from "../theme.ts";
import { type Look, pixelOf, projectionOf } from "./mapLook.ts";

type Topology = Parameters<typeof mesh>[0];
type Countries = Parameters<typeof mesh>[1] & Parameters<typeof feature>[1];

const topology = countriesTopology as unknown as Topology;
const land = feature(topology, topology.objects["land"] as Countries);
const borders = mesh(topology, topology.objects["countries"] as Countries, (a, b) => a !== b);
const graticule = geoGraticule10();

export interface Place {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly label: string;
}

export interface FieldPicture {
  readonly title: string;
  readonly subtitle: string;
  readonly unit: string;
  readonly grid: LatLonGrid;
  readonly values: ArrayLike<number>;
  readonly scale: "log" | "linear";
  readonly decades: number;
  readonly largest: number;
  /** Stations of the chosen samples, and others of the network. */
  readonly stations: readonly Place[];
  readonly others: readonly Place[];
  readonly events: readonly EventSummary[];
  /** Events in the samples' air. */
  readonly matched: ReadonlySet<string>;
  readonly cell: number | null;
  readonly borders: boolean;
}

const OTHER_LABELS_FROM = 12;

export function drawField(
  context: CanvasRenderingContext2D,
  look: Look,
  picture: FieldPicture,
  width: number,
  height: number,
): void {
  const { grid, values, scale, largest, decades } = picture;
  const path = geoPath(projectionOf(look, width, height), context);
  const shape = (object: GeoPermissibleObjects, fill: string | null, stroke: string | null, line = 1) => {
    context.beginPath();
    path(object);
    context.fillStyle = fill ?? "";
    if (fill) context.fill();
    context.lineWidth = line;
    context.strokeStyle = stroke ?? "";
    if (stroke) context.stroke();
  };
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, height);
  shape({ type: "Sphere" }, theme.sea, null);
  shape(land, theme.land, null);
  const shades = scale === "log" ? LOG_SHADES : LINEAR_SHADES;
  const [w, h] = [grid.stepLonDeg * look.pixelsPerDeg, grid.stepLatDeg * look.pixelsPerDeg];
  const rect = (cell: number) => {
    const { latitudeDeg, longitudeDeg } = cellCentre(grid, cell);
    const [x, y] = pixelOf(look, latitudeDeg, longitudeDeg, width, height);
    // Edges on whole pixels, so that neighbours leave no seam.
    const [left, up] = [Math.round(x - w / 2), Math.round(y - h / 2)];
    return [left, up, Math.max(1, Math.round(x + w / 2) - left), Math.max(1, Math.round(y + h / 2) - up)] as const;
  };
  context.globalAlpha = 0.85;
  for (let cell = 0; cell < values.length; cell++) {
    const shade = shadeOf(Math.min(values[cell]!, largest), largest, scale, decades);
    if (shade < 0) continue;
    context.fillStyle = shades[shade]!;
    context.fillRect(...rect(cell));
  }
  context.globalAlpha = 1;
  shape(graticule, null, "#00000014");
  if (picture.borders) shape(borders, null, "#5f6b7388", 0.6);
  shape(land, null, "#5f6b73", 0.7);
  if (picture.cell !== null && picture.cell < grid.rows * grid.columns) {
    context.strokeStyle = "#0a1e30";
    context.lineWidth = 2;
    context.strokeRect(...rect(picture.cell));
  }
  const at = ({ latitudeDeg, longitudeDeg }: Pick<Place, "latitudeDeg" | "longitudeDeg">) =>
    pixelOf(look, latitudeDeg, longitudeDeg, width, height);
  for (const event of picture.events) {
    if (picture.matched.has(event.key)) drawEvent(context, at(event), eventRadius(event.magnitudes[0]?.value ?? null));
    else drawFaintEvent(context, at(event));
  }
  for (const place of picture.others)
    drawStation(context, at(place), 3.5, "#7c8a94", look.pixelsPerDeg > OTHER_LABELS_FROM ? place.label : null);
  for (const place of picture.stations) drawStation(context, at(place), 6, "#1f5fa8", place.label);
  drawTitle(context, picture);
  if (largest > 0) drawScale(context, picture, height);
}

function drawEvent(context: CanvasRenderingContext2D, [x, y]: [number, number], radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = theme.event;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = "#ffffff";
  context.stroke();
  context.beginPath();
  context.arc(x, y, radius + 3, 0, 2 * Math.PI);
  context.lineWidth = 2;
  context.strokeStyle = theme.truth;
  context.stroke();
}

function drawFaintEvent(context: CanvasRenderingContext2D, [x, y]: [number, number]): void {
  context.beginPath();
  context.arc(x, y, 2, 0, 2 * Math.PI);
  context.fillStyle = theme.event;
  context.fill();
}

function drawStation(
  context: CanvasRenderingContext2D,
  [x, y]: [number, number],
  size: number,
  colour: string,
  label: string | null,
): void {
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size, y + size * 0.8);
  context.lineTo(x - size, y + size * 0.8);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = "#ffffff";
  context.stroke();
  if (label === null) return;
  haloed(context, label, x + size + 2, y - 2, size > 5 ? "bold " : "");
}

function haloed(context: CanvasRenderingContext2D, text: string, x: number, y: number, weight = ""): void {
  context.font = `${weight}${theme.font}`;
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = "#ffffffd8";
  context.strokeText(text, x, y);
  context.fillStyle = theme.ink;
  context.fillText(text, x, y);
}

function drawTitle(context: CanvasRenderingContext2D, { title, subtitle }: FieldPicture): void {
  haloed(context, title, 10, 18, "bold ");
  haloed(context, subtitle, 10, 33);
}

const BOX = 34;

/** The shades with the values at their edges, in the corner at the bottom. */
function drawScale(
  context: CanvasRenderingContext2D,
  { scale, largest, decades, unit }: FieldPicture,
  height: number,
): void {
  const shades = scale === "log" ? LOG_SHADES : LINEAR_SHADES;
  const [left, top] = [26, height - 44];
  context.fillStyle = "#ffffffd8";
  context.fillRect(left - 22, top - 6, BOX * shades.length + 94, 40);
  const edge = (k: number) =>
    largest * (scale === "log" ? 10 ** (-decades * (k / shades.length)) : 1 - k / shades.length);
  context.font = theme.smallFont;
  shades.forEach((colour, k) => {
    context.fillStyle = colour;
    context.fillRect(left + BOX * k, top, BOX, 12);
  });
  context.fillStyle = theme.ink;
  context.textAlign = "center";
  for (let k = 0; k <= shades.length; k += 2) context.fillText(formatPower(edge(k)), left + BOX * k, top + 24);
  context.textAlign = "left";
  context.fillText(unit, left + BOX * shades.length + 14, top + 10);
}
