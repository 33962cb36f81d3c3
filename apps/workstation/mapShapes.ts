/**
 * Shapes on the map that need computing: the error ellipse as a polygon, the projection for a view, and which mark is under the pointer.
 *
 *     ellipsePoints({ latitudeDeg: 41.3, longitudeDeg: 129.1, semiMajorKm: 20, semiMinorKm: 10, strikeDeg: 45 })
 */
import { KM_PER_DEGREE, positionAt, RADIANS_PER_DEGREE } from "@harken/core";
import { type GeoProjection, geoAzimuthalEquidistant, geoNaturalEarth1 } from "d3-geo";

export interface Ellipse {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly semiMajorKm: number;
  readonly semiMinorKm: number;
  /** Of the major axis, clockwise from north. */
  readonly strikeDeg: number;
}

const ELLIPSE_POINTS = 72;

/** Closed ring of [longitude, latitude]. */
export function ellipsePoints(ellipse: Ellipse): [number, number][] {
  const points: [number, number][] = [];
  for (let index = 0; index <= ELLIPSE_POINTS; index++) {
    const angle = (index / ELLIPSE_POINTS) * 2 * Math.PI;
    const along = ellipse.semiMajorKm * Math.cos(angle);
    const across = ellipse.semiMinorKm * Math.sin(angle);
    const azimuth = ellipse.strikeDeg + Math.atan2(across, along) / RADIANS_PER_DEGREE;
    const distance = Math.hypot(along, across) / KM_PER_DEGREE;
    const point = positionAt(ellipse.latitudeDeg, ellipse.longitudeDeg, azimuth, distance);
    points.push([point.longitudeDeg, point.latitudeDeg]);
  }
  return points;
}

export type MapMode = "world" | "event";

/** Where the map looks: zoom 1 is the whole, the shift is in pixels. */
export interface MapView {
  readonly mode: MapMode;
  readonly zoom: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

export const wholeWorld: MapView = { mode: "world", zoom: 1, shiftX: 0, shiftY: 0 };

const zoomRange = [1, 4000] as const;
/** Part of the panel that the far stations of an event may use. */
const FILL = 0.9;

/** Projection of a view; around an event, `reachDeg` from it is at the edge at zoom 1, and distances from it are true. */
export function mapProjection(
  view: MapView,
  width: number,
  height: number,
  centre: { latitudeDeg: number; longitudeDeg: number } | null,
  reachDeg: number,
): GeoProjection {
  const projection =
    view.mode === "event" && centre
      ? geoAzimuthalEquidistant()
          .rotate([-centre.longitudeDeg, -centre.latitudeDeg])
          .scale((FILL * Math.min(width, height)) / 2 / (reachDeg * RADIANS_PER_DEGREE))
          .clipAngle(179.9)
      : geoNaturalEarth1().fitSize([width, height], { type: "Sphere" });
  return projection
    .scale(projection.scale() * view.zoom)
    .translate([width / 2 + view.shiftX, height / 2 + view.shiftY]);
}

/** Zooms so that the place under the pointer, (x, y) from the middle, stays there. */
export function zoomMap(view: MapView, factor: number, x: number, y: number): MapView {
  const zoom = Math.min(zoomRange[1], Math.max(zoomRange[0], view.zoom * factor));
  const ratio = zoom / view.zoom;
  if (zoom === zoomRange[0] && view.mode === "world") return wholeWorld;
  return { ...view, zoom, shiftX: x - (x - view.shiftX) * ratio, shiftY: y - (y - view.shiftY) * ratio };
}

export interface Spot<T> {
  readonly x: number;
  readonly y: number;
  readonly of: T;
}

/** The spot nearest to the pointer within `reach` pixels. */
export function nearestSpot<T>(spots: readonly Spot<T>[], x: number, y: number, reach: number): T | null {
  let best: T | null = null;
  let least = reach * reach;
  for (const spot of spots) {
    const square = (spot.x - x) ** 2 + (spot.y - y) ** 2;
    if (square <= least) [best, least] = [spot.of, square];
  }
  return best;
}

/** Radius in pixels for a magnitude. */
export function eventRadius(magnitude: number | null): number {
  return magnitude === null ? 3.5 : Math.max(2.5, Math.min(14, 1.1 ** (magnitude * 4) * 1.4));
}
