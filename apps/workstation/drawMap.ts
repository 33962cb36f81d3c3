/** Draws the map: land, stations by technology, events by size, hidden events as crosses, the selected event's ellipse and paths. */
import type { EventDetail, EventSummary, HiddenEvent, StationSummary } from "@harken/api";
import { type GeoPermissibleObjects, type GeoProjection, geoGraticule10, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import landTopology from "world-atlas/land-110m.json";
import { ellipsePoints, eventRadius, type Spot } from "./mapShapes.ts";
import { theme } from "./theme.ts";
import { preferredOrigin } from "./traceRows.ts";

type Topology = Parameters<typeof feature>[0];

const topology = landTopology as unknown as Topology;
const land = feature(topology, topology.objects["land"]!);
const graticule = geoGraticule10();

export interface MapContent {
  readonly stations: readonly StationSummary[];
  readonly events: readonly EventSummary[];
  readonly hidden: readonly HiddenEvent[];
  readonly selectedKey: string | null;
  readonly detail: EventDetail | null;
  readonly stationLabels: boolean;
}

export type MapSpot =
  | { readonly kind: "event"; readonly event: EventSummary }
  | { readonly kind: "station"; readonly station: StationSummary }
  | { readonly kind: "hidden"; readonly hidden: HiddenEvent };

/** Draws and returns what can be pointed at. */
export function drawMap(
  context: CanvasRenderingContext2D,
  projection: GeoProjection,
  content: MapContent,
  width: number,
  height: number,
): Spot<MapSpot>[] {
  const path = geoPath(projection, context);
  const shape = (object: GeoPermissibleObjects, fill: string | null, stroke: string | null, lineWidth = 1) => {
    context.beginPath();
    path(object);
    if (fill) {
      context.fillStyle = fill;
      context.fill();
    }
    if (stroke) {
      context.strokeStyle = stroke;
      context.lineWidth = lineWidth;
      context.stroke();
    }
  };
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, height);
  shape({ type: "Sphere" }, theme.sea, null);
  shape(graticule, null, theme.graticule);
  shape(land, theme.land, theme.coast, 0.6);
  shape({ type: "Sphere" }, null, theme.coast);

  const origin = content.detail ? preferredOrigin(content.detail) : null;
  const places = new Map(content.stations.map((station) => [station.code, station]));
  const associated = new Set(origin?.associations.map(({ station }) => station));
  for (const code of associated) {
    const station = places.get(code);
    if (!station || !origin) continue;
    const ends = [
      [origin.longitudeDeg, origin.latitudeDeg],
      [station.longitudeDeg, station.latitudeDeg],
    ];
    shape({ type: "LineString", coordinates: ends }, null, theme.path);
  }

  const spots: Spot<MapSpot>[] = [];
  const labels: StationLabel[] = [];
  const at = (place: { longitudeDeg: number; latitudeDeg: number }) => {
    const point = projection([place.longitudeDeg, place.latitudeDeg]);
    return point && point[0] > -20 && point[0] < width + 20 && point[1] > -20 && point[1] < height + 20 ? point : null;
  };
  for (const station of content.stations) {
    const point = at(station);
    if (!point) continue;
    const heard = associated.has(station.code);
    const size = drawStation(context, station, point, heard);
    if (heard || content.stationLabels) {
      labels.push({ text: station.code, x: point[0] + size + 2, y: point[1] + 3, associated: heard });
    }
    spots.push({ x: point[0], y: point[1], of: { kind: "station", station } });
  }
  for (const hidden of content.hidden) {
    const point = at(hidden);
    if (!point) continue;
    drawCross(context, point[0], point[1]);
    spots.push({ x: point[0], y: point[1], of: { kind: "hidden", hidden } });
  }
  const ordered = content.events.toSorted(
    (a, b) => Number(a.key === content.selectedKey) - Number(b.key === content.selectedKey),
  );
  for (const event of ordered) {
    const point = at(event);
    if (!point) continue;
    const selected = event.key === content.selectedKey;
    drawEvent(context, point, eventRadius(event.magnitudes[0]?.value ?? null), selected);
    spots.push({ x: point[0], y: point[1], of: { kind: "event", event } });
  }
  drawLabels(context, labels);
  const error = origin?.error;
  if (origin && error) {
    shape({ type: "LineString", coordinates: ellipsePoints({ ...origin, ...error }) }, null, theme.ellipse, 1.4);
  }
  return spots;
}

/** Draws the station's sign; returns its size. */
function drawStation(
  context: CanvasRenderingContext2D,
  { technology, kind }: StationSummary,
  [x, y]: [number, number],
  associated: boolean,
): number {
  const size = associated ? 5 : 3.5;
  context.fillStyle = theme[technology];
  context.globalAlpha = associated ? 1 : 0.55;
  context.beginPath();
  if (technology === "seismic") {
    context.moveTo(x, y - size);
    context.lineTo(x + size, y + size * 0.8);
    context.lineTo(x - size, y + size * 0.8);
    context.closePath();
  } else if (technology === "infrasound") {
    context.moveTo(x, y - size);
    context.lineTo(x + size, y);
    context.lineTo(x, y + size);
    context.lineTo(x - size, y);
    context.closePath();
  } else context.rect(x - size * 0.8, y - size * 0.8, size * 1.6, size * 1.6);
  if (kind === "array" || technology !== "seismic") context.fill();
  else {
    context.strokeStyle = theme[technology];
    context.lineWidth = associated ? 1.8 : 1.2;
    context.stroke();
  }
  context.globalAlpha = 1;
  return size;
}

interface StationLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly associated: boolean;
}

const LABEL_HEIGHT = 10;

/** Associated stations first; a label that would run into one that is there is left out. */
function drawLabels(context: CanvasRenderingContext2D, labels: readonly StationLabel[]): void {
  context.font = theme.smallFont;
  context.strokeStyle = "#ffffffcc";
  context.lineWidth = 2.5;
  const taken: { x: number; y: number; width: number }[] = [];
  for (const { text, x, y, associated } of labels.toSorted((a, b) => Number(b.associated) - Number(a.associated))) {
    const { width } = context.measureText(text);
    const hit = taken.some((box) => x < box.x + box.width && box.x < x + width && Math.abs(y - box.y) < LABEL_HEIGHT);
    if (hit) continue;
    taken.push({ x, y, width });
    context.fillStyle = associated ? theme.ink : theme.faint;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}

function drawCross(context: CanvasRenderingContext2D, x: number, y: number): void {
  const arm = 5;
  context.strokeStyle = theme.truth;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x + arm, y - arm);
  context.lineTo(x - arm, y + arm);
  context.stroke();
}

function drawEvent(
  context: CanvasRenderingContext2D,
  [x, y]: [number, number],
  radius: number,
  selected: boolean,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = selected ? `${theme.pick}55` : `${theme.event}55`;
  context.fill();
  context.strokeStyle = selected ? theme.pick : theme.eventEdge;
  context.lineWidth = selected ? 2 : 1;
  context.stroke();
}
