/** Where the map of transport looks: longitude and latitude at right angles, any longitude in the middle, so that no plume is cut by the date line. */
import { frameAround } from "@harken/atmosphere";
import { RADIANS_PER_DEGREE, wrapLongitude } from "@harken/core";
import { type GeoProjection, geoEquirectangular } from "d3-geo";

export interface Look {
  readonly centreLonDeg: number;
  readonly centreLatDeg: number;
  readonly pixelsPerDeg: number;
}

const MOST_PIXELS_PER_DEG = 400;

/** The whole globe in a panel. */
export function worldLook(width: number, height: number): Look {
  return { centreLonDeg: 0, centreLatDeg: 0, pixelsPerDeg: Math.min(width / 360, height / 180) };
}

/** Around all places, as the pictures of reports are cut. */
export function lookAround(
  places: readonly { readonly lat: number; readonly lon: number }[],
  width: number,
  height: number,
): Look {
  if (places.length === 0) return worldLook(width, height);
  const { centreLonDeg, halfWidthDeg, southDeg, northDeg } = frameAround(places);
  return {
    centreLonDeg,
    centreLatDeg: (southDeg + northDeg) / 2,
    pixelsPerDeg: Math.min(width / (2 * halfWidthDeg), height / (northDeg - southDeg)),
  };
}

/** Zooms so that the place under the pointer, (x, y) from the middle, stays there. */
export function zoomLook(look: Look, factor: number, x: number, y: number, least: number): Look {
  const pixelsPerDeg = Math.min(MOST_PIXELS_PER_DEG, Math.max(least, look.pixelsPerDeg * factor));
  const moved = 1 / look.pixelsPerDeg - 1 / pixelsPerDeg;
  return moveLook({ ...look, pixelsPerDeg }, -x * moved * pixelsPerDeg, -y * moved * pixelsPerDeg);
}

/** Moves the map by pixels, as a drag does. */
export function moveLook(look: Look, x: number, y: number): Look {
  return {
    ...look,
    centreLonDeg: wrapLongitude(look.centreLonDeg - x / look.pixelsPerDeg),
    centreLatDeg: Math.max(-90, Math.min(90, look.centreLatDeg + y / look.pixelsPerDeg)),
  };
}

export function projectionOf(look: Look, width: number, height: number): GeoProjection {
  return geoEquirectangular()
    .rotate([-look.centreLonDeg, 0])
    .scale(look.pixelsPerDeg / RADIANS_PER_DEGREE)
    .translate([width / 2, height / 2 + look.centreLatDeg * look.pixelsPerDeg]);
}

/** Pixels of a place. */
export function pixelOf(
  look: Look,
  latitudeDeg: number,
  longitudeDeg: number,
  width: number,
  height: number,
): [number, number] {
  return [
    width / 2 + wrapLongitude(longitudeDeg - look.centreLonDeg) * look.pixelsPerDeg,
    height / 2 + (look.centreLatDeg - latitudeDeg) * look.pixelsPerDeg,
  ];
}

/** The place under a pixel; null beside the globe. */
export function placeAt(look: Look, x: number, y: number, width: number, height: number) {
  const latitudeDeg = look.centreLatDeg - (y - height / 2) / look.pixelsPerDeg;
  const east = (x - width / 2) / look.pixelsPerDeg;
  if (Math.abs(latitudeDeg) > 90 || Math.abs(east) > 180) return null;
  return { latitudeDeg, longitudeDeg: wrapLongitude(look.centreLonDeg + east) };
}
