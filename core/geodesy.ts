/**
 * Distances and directions on the Earth.
 *
 * Two measures live side by side. *Epicentral distance* `delta` (deg) and azimuths follow the seismologists' custom, and IDC's: great
 * circles between geocentric latitudes on a sphere, as travel-time tables expect. *Kilometres* between two places are geodesics on
 * WGS84 (Karney 2013, doi:10.1007/s00190-012-0578-z).
 *
 *     distanceAzimuth(41.3, 129.1, 69.5, 25.5); // { deltaDeg, azimuthDeg (from first), backAzimuthDeg (from second) }
 */
import geodesic from "geographiclib-geodesic";

export const RADIANS_PER_DEGREE = Math.PI / 180;
/** Mean radius of the spherical Earth models, km. */
export const EARTH_RADIUS_KM = 6371;
export const KM_PER_DEGREE = EARTH_RADIUS_KM * RADIANS_PER_DEGREE;
/** (1 - f)^2 of the reference ellipsoid: tan(geocentric) = this times tan(geographic). WGS84; the IDC's 0.993305521 agrees to 1e-8. */
export const GEOCENTRIC_FACTOR = 0.99330562;

const { Geodesic } = geodesic;

/** Geocentric latitude (deg) of a geographic latitude (deg). */
export function geocentricLatitude(latitudeDeg: number): number {
  if (Math.abs(latitudeDeg) >= 90) return Math.sign(latitudeDeg) * 90;
  return Math.atan(GEOCENTRIC_FACTOR * Math.tan(latitudeDeg * RADIANS_PER_DEGREE)) / RADIANS_PER_DEGREE;
}

/** Geographic latitude (deg) of a geocentric latitude (deg). */
export function geographicLatitude(geocentricDeg: number): number {
  if (Math.abs(geocentricDeg) >= 90) return Math.sign(geocentricDeg) * 90;
  return Math.atan(Math.tan(geocentricDeg * RADIANS_PER_DEGREE) / GEOCENTRIC_FACTOR) / RADIANS_PER_DEGREE;
}

/** Longitude brought into [-180, 180). */
export function wrapLongitude(longitudeDeg: number): number {
  // What is inside already keeps its last digit.
  if (longitudeDeg >= -180 && longitudeDeg < 180) return longitudeDeg;
  return ((((longitudeDeg + 180) % 360) + 360) % 360) - 180;
}

/** Azimuth brought into [0, 360). */
export function wrapAzimuth(azimuthDeg: number): number {
  return ((azimuthDeg % 360) + 360) % 360;
}

/** Signed difference of two azimuths, deg, in [-180, 180). */
export function azimuthDifference(aDeg: number, bDeg: number): number {
  return wrapLongitude(aDeg - bDeg);
}

/** Largest angle, seen from the source, without a station; the whole circle for fewer than two. */
export function azimuthGapDeg(eventStationAzimuthsDeg: readonly number[]): number {
  if (eventStationAzimuthsDeg.length < 2) return 360;
  const sorted = [...eventStationAzimuthsDeg].sort((one, other) => one - other);
  const last = sorted.at(-1)!;
  return sorted.reduce((gap, azimuth, i) => Math.max(gap, azimuth - (i === 0 ? last - 360 : sorted[i - 1]!)), 0);
}

export interface DistanceAzimuth {
  /** Epicentral distance, deg, between geocentric latitudes. */
  readonly deltaDeg: number;
  /** Azimuth at the first point towards the second, deg clockwise from north. */
  readonly azimuthDeg: number;
  /** Azimuth at the second point towards the first, deg clockwise from north. */
  readonly backAzimuthDeg: number;
}

/** Epicentral distance and both azimuths between two geographic positions (deg). */
export function distanceAzimuth(lat1: number, lon1: number, lat2: number, lon2: number): DistanceAzimuth {
  const p1 = geocentricLatitude(lat1) * RADIANS_PER_DEGREE;
  const p2 = geocentricLatitude(lat2) * RADIANS_PER_DEGREE;
  const dl = (lon2 - lon1) * RADIANS_PER_DEGREE;
  const [s1, c1, s2, c2] = [Math.sin(p1), Math.cos(p1), Math.sin(p2), Math.cos(p2)];
  const [sd, cd] = [Math.sin(dl), Math.cos(dl)];
  // Vincenty's form: accurate from zero distance to the antipode.
  const y = Math.hypot(c2 * sd, c1 * s2 - s1 * c2 * cd);
  const deltaDeg = Math.atan2(y, s1 * s2 + c1 * c2 * cd) / RADIANS_PER_DEGREE;
  const azimuthDeg = wrapAzimuth(Math.atan2(c2 * sd, c1 * s2 - s1 * c2 * cd) / RADIANS_PER_DEGREE);
  const backAzimuthDeg = wrapAzimuth(Math.atan2(-c1 * sd, c2 * s1 - s2 * c1 * cd) / RADIANS_PER_DEGREE);
  return { deltaDeg, azimuthDeg, backAzimuthDeg };
}

/** The geographic position at `deltaDeg` along `azimuthDeg` from a geographic position, on the same geocentric sphere. */
export function positionAt(
  latitudeDeg: number,
  longitudeDeg: number,
  azimuthDeg: number,
  deltaDeg: number,
): { latitudeDeg: number; longitudeDeg: number } {
  const p = geocentricLatitude(latitudeDeg) * RADIANS_PER_DEGREE;
  const a = azimuthDeg * RADIANS_PER_DEGREE;
  const d = deltaDeg * RADIANS_PER_DEGREE;
  const sinLat = Math.sin(p) * Math.cos(d) + Math.cos(p) * Math.sin(d) * Math.cos(a);
  const lat = Math.asin(Math.max(-1, Math.min(1, sinLat)));
  const dLon = Math.atan2(Math.sin(a) * Math.sin(d) * Math.cos(p), Math.cos(d) - Math.sin(p) * sinLat);
  return {
    latitudeDeg: geographicLatitude(lat / RADIANS_PER_DEGREE),
    longitudeDeg: wrapLongitude(longitudeDeg + dLon / RADIANS_PER_DEGREE),
  };
}

/** Geodesic distance on WGS84, km. */
export function geodesicKm(lat1: number, lon1: number, lat2: number, lon2: number): number {
  return Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2, Geodesic.DISTANCE).s12! / 1000;
}

/** The point `km` along `azimuthDeg` on WGS84. */
export function geodesicPosition(
  latitudeDeg: number,
  longitudeDeg: number,
  azimuthDeg: number,
  km: number,
): { latitudeDeg: number; longitudeDeg: number } {
  const r = Geodesic.WGS84.Direct(latitudeDeg, longitudeDeg, azimuthDeg, km * 1000);
  return { latitudeDeg: r.lat2!, longitudeDeg: wrapLongitude(r.lon2!) };
}

/** North and east offsets (km) of a position from a reference, in the local tangent plane of WGS84: for array elements. */
export function localOffsetKm(
  referenceLat: number,
  referenceLon: number,
  latitudeDeg: number,
  longitudeDeg: number,
): { northKm: number; eastKm: number } {
  const r = Geodesic.WGS84.Inverse(referenceLat, referenceLon, latitudeDeg, longitudeDeg);
  const km = r.s12! / 1000;
  const azimuth = r.azi1! * RADIANS_PER_DEGREE;
  return { northKm: km * Math.cos(azimuth), eastKm: km * Math.sin(azimuth) };
}
