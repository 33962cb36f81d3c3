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

export interface GlobalGrid extends Places {
  /** No place is further than this from its nearest point, deg. */
  readonly radiusDeg: number;
}

export function globalGrid(spacingDeg: number): GlobalGrid {
  const rings = Math.max(2, Math.round(180 / spacingDeg));
  const vectors: number[] = [];
  for (let ring = 0; ring < rings; ring++) {
    const latitude = -90 + (180 * (ring + 0.5)) / rings;
    const count = Math.max(3, Math.round((360 / spacingDeg) * Math.cos(latitude * RADIANS_PER_DEGREE)));
    for (let i = 0; i < count; i++) {
      // Every second ring stands half a step aside, so that the corners between points are no further than need be.
      vectors.push(...unitVector(latitude, (360 * (i + 0.5 * (ring % 2))) / count - 180));
    }
  }
  return { count: vectors.length / 3, vectors: Float64Array.from(vectors), radiusDeg: spacingDeg / Math.SQRT2 };
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
