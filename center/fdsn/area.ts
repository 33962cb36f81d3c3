/** The region of a request to fdsnws-station or fdsnws-event: a box, or a ring around a point, deg. */
import { distanceAzimuth } from "@harken/core";
import { type FdsnRequest, numberOf, refuse } from "./request.ts";

export const areaNames = [
  ...["minlatitude", "maxlatitude", "minlongitude", "maxlongitude"],
  ...["latitude", "longitude", "minradius", "maxradius"],
] as const;

export interface Area {
  readonly latitudeDeg: readonly [least: number, most: number];
  readonly longitudeDeg: readonly [west: number, east: number];
  readonly around: {
    readonly latitudeDeg: number;
    readonly longitudeDeg: number;
    readonly leastDeg: number;
    readonly mostDeg: number;
  } | null;
}

export function readArea(request: FdsnRequest): Area {
  const latitudeDeg = numberOf(request, "latitude", null, -90, 90);
  const longitudeDeg = numberOf(request, "longitude", null, -180, 180);
  const leastDeg = numberOf(request, "minradius", 0, 0, 180);
  const mostDeg = numberOf(request, "maxradius", 180, 0, 180);
  if ((latitudeDeg === null) !== (longitudeDeg === null)) throw refuse("Give both a latitude and a longitude.");
  const south = numberOf(request, "minlatitude", -90, -90, 90);
  const north = numberOf(request, "maxlatitude", 90, -90, 90);
  if (south > north) throw refuse("The minlatitude is greater than the maxlatitude.");
  return {
    latitudeDeg: [south, north],
    longitudeDeg: [
      numberOf(request, "minlongitude", -180, -180, 180),
      numberOf(request, "maxlongitude", 180, -180, 180),
    ],
    around: latitudeDeg === null || longitudeDeg === null ? null : { latitudeDeg, longitudeDeg, leastDeg, mostDeg },
  };
}

/** A box whose west is greater than its east goes over the date line. */
export function isWithin({ latitudeDeg: [south, north], longitudeDeg, around }: Area, lat: number, lon: number) {
  const [west, east] = longitudeDeg;
  if (lat < south || lat > north) return false;
  if (west <= east ? lon < west || lon > east : lon < west && lon > east) return false;
  if (!around) return true;
  const { deltaDeg } = distanceAzimuth(around.latitudeDeg, around.longitudeDeg, lat, lon);
  return deltaDeg >= around.leastDeg && deltaDeg <= around.mostDeg;
}
