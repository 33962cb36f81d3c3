/**
 * Points that cover the Earth at nearly even distances: rings of latitude, as many points on each as its length asks for. Latitudes are
 * geocentric, as travel times want them, and so are all places inside the search.
 */
import { geocentricLatitude, geographicLatitude, RADIANS_PER_DEGREE, type Station } from "@harken/core";

/** Places as unit vectors: x, y, z of one after the other. */
export interface Places {
  readonly count: number;
  readonly vectors: Float64Array;
}

export interface EvenGrid extends Places {
  /** No place that the grid covers is further than this from its nearest point, deg. */
  readonly radiusDeg: number;
}

const ringsOf = (spacingDeg: number) => Math.max(2, Math.round(180 / spacingDeg));
const latitudeOf = (ring: number, rings: number) => -90 + (180 * (ring + 0.5)) / rings;
const countOf = (ring: number, rings: number) =>
  Math.max(3, Math.round(2 * rings * Math.cos(latitudeOf(ring, rings) * RADIANS_PER_DEGREE)));
/** Every second ring stands half a step aside, so that the corners between points are no further than need be. */
const pointOf = (ring: number, rings: number, i: number) =>
  unitVector(latitudeOf(ring, rings), (360 * (i + 0.5 * (ring % 2))) / countOf(ring, rings) - 180);

function gridOf(points: readonly (readonly [number, number, number])[], spacingDeg: number): EvenGrid {
  return { count: points.length, vectors: Float64Array.from(points.flat()), radiusDeg: spacingDeg / Math.SQRT2 };
}

export function globalGrid(spacingDeg: number): EvenGrid {
  const rings = ringsOf(spacingDeg);
  const points = Array.from({ length: rings }, (_, ring) =>
    Array.from({ length: countOf(ring, rings) }, (_, i) => pointOf(ring, rings, i)),
  );
  return gridOf(points.flat(), spacingDeg);
}

/** The points of the global grid that have `least` stations within `withinDeg`. */
export function gridNear(stations: readonly Station[], spacingDeg: number, withinDeg: number, least: number): EvenGrid {
  const rings = ringsOf(spacingDeg);
  const near = Math.cos(withinDeg * RADIANS_PER_DEGREE);
  const seen = new Map<string, number>();
  for (const { latitudeDeg, longitudeDeg } of stations) {
    const [x, y, z] = placeOf(latitudeDeg, longitudeDeg);
    const latitude = Math.asin(z) / RADIANS_PER_DEGREE;
    const ringAt = (degrees: number) => Math.floor(((degrees + 90) * rings) / 180);
    const last = Math.min(rings - 1, ringAt(latitude + withinDeg));
    for (let ring = Math.max(0, ringAt(latitude - withinDeg)); ring <= last; ring++) {
      const count = countOf(ring, rings);
      const middle = Math.round(((longitudeDeg + 180) * count) / 360);
      const side = stepsAside(latitudeOf(ring, rings), withinDeg, count);
      for (let step = -side; step <= Math.min(side, count - side - 1); step++) {
        const i = (((middle + step) % count) + count) % count;
        const [a, b, c] = pointOf(ring, rings, i);
        if (a * x + b * y + c * z < near) continue;
        const key = `${ring} ${i}`;
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
    }
  }
  const points = [...seen].filter(([, count]) => count >= least).map(([key]) => key.split(" ").map(Number));
  points.sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
  return gridOf(
    points.map(([ring, i]) => pointOf(ring!, rings, i!)),
    spacingDeg,
  );
}

/** Points to each side on a ring of `count` that a circle of this radius may reach; half the ring near a pole. */
function stepsAside(latitudeDeg: number, radiusDeg: number, count: number): number {
  const level = Math.cos(Math.min(90, Math.abs(latitudeDeg) + radiusDeg) * RADIANS_PER_DEGREE);
  const reach = level > 1e-6 ? radiusDeg / level : 360;
  return Math.min(count >> 1, Math.ceil((reach / 360) * count) + 1);
}

function unitVector(geocentricDeg: number, longitudeDeg: number): [number, number, number] {
  const [p, l] = [geocentricDeg * RADIANS_PER_DEGREE, longitudeDeg * RADIANS_PER_DEGREE];
  return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
}

export function placeOf(latitudeDeg: number, longitudeDeg: number): [number, number, number] {
  return unitVector(geocentricLatitude(latitudeDeg), longitudeDeg);
}

/** Geographic latitude and longitude of point `i`, deg. */
export function positionOf({ vectors }: Places, i: number): { latitudeDeg: number; longitudeDeg: number } {
  const [x, y, z] = [vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!];
  return {
    latitudeDeg: geographicLatitude(Math.atan2(z, Math.hypot(x, y)) / RADIANS_PER_DEGREE),
    longitudeDeg: Math.atan2(y, x) / RADIANS_PER_DEGREE,
  };
}

/** (2 n + 1)^2 points around a place, `spacingDeg` apart. */
export function gridAround(place: readonly [number, number, number], n: number, spacingDeg: number): Places {
  const [x, y, z] = place;
  // Any two directions square to the place and to each other will do.
  const level = Math.hypot(x, y);
  const east = level > 1e-9 ? [-y / level, x / level, 0] : [0, 1, 0];
  const north = [y * 0 - z * east[1]!, z * east[0]! - x * 0, x * east[1]! - y * east[0]!];
  const side = 2 * n + 1;
  const vectors = new Float64Array(3 * side * side);
  for (let i = 0; i < side * side; i++) {
    const a = (i % side) - n;
    const b = Math.floor(i / side) - n;
    const [u, v] = [Math.tan(a * spacingDeg * RADIANS_PER_DEGREE), Math.tan(b * spacingDeg * RADIANS_PER_DEGREE)];
    const moved = place.map((c, k) => c + u * east[k]! + v * north[k]!);
    const length = Math.hypot(...moved);
    moved.forEach((c, k) => {
      vectors[3 * i + k] = c / length;
    });
  }
  return { count: side * side, vectors };
}

/** Distances and azimuths at the stations of every place, deg: stations of one place stand together. */
export interface Geometry {
  readonly deltaDeg: Float32Array;
  readonly azimuthDeg: Float32Array;
}

export function geometryOf({ count, vectors }: Places, stations: readonly Station[]): Geometry {
  const n = stations.length;
  const deltaDeg = new Float32Array(count * n);
  const azimuthDeg = new Float32Array(count * n);
  stations.forEach(({ latitudeDeg, longitudeDeg }, s) => {
    const [x, y, z] = placeOf(latitudeDeg, longitudeDeg);
    const level = Math.hypot(x, y);
    const [ex, ey] = level > 1e-9 ? [-y / level, x / level] : [0, 1];
    const [nx, ny, nz] = [-z * ey, z * ex, x * ey - y * ex];
    for (let i = 0; i < count; i++) {
      const [a, b, c] = [vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!];
      const east = a * ex + b * ey;
      const north = a * nx + b * ny + c * nz;
      const azimuth = Math.atan2(east, north) / RADIANS_PER_DEGREE;
      deltaDeg[i * n + s] = Math.atan2(Math.hypot(east, north), a * x + b * y + c * z) / RADIANS_PER_DEGREE;
      azimuthDeg[i * n + s] = azimuth < 0 ? azimuth + 360 : azimuth;
    }
  });
  return { deltaDeg, azimuthDeg };
}
