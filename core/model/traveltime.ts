/** The port between the earth and those who ask it for travel times: locators, associators, simulators, screens. */

export interface TravelTime {
  readonly phase: string;
  readonly timeSec: number;
  /** Horizontal slowness dT/d(delta), s/deg; negative where the ray goes the long way round. */
  readonly slownessSecPerDeg: number;
  /** dT/d(depth), s/km (negative: a deeper source is earlier for down-going rays). */
  readonly depthDerivativeSecPerKm: number;
}

export interface TravelTimePredictor {
  /** Name of the model, such as "ak135". */
  readonly model: string;
  readonly phases: readonly string[];
  /**
   * First arrival of `phase` at an epicentral distance of `deltaDeg` (0 to 180) from a source at `depthKm`, on the surface of the
   * spherical model; null where the phase does not exist.
   */
  predict(phase: string, deltaDeg: number, depthKm: number): TravelTime | null;
  /** Standard deviation of the model's prediction for the phase, s. */
  modelErrorSec(phase: string, deltaDeg: number, depthKm: number): number;
}

/** One path from a source to a station, as corrections need it. */
export interface RayPath {
  readonly deltaDeg: number;
  readonly depthKm: number;
  /** Geographic latitude of the source, deg. */
  readonly sourceLatitudeDeg: number;
  /** Event to station azimuth, deg. */
  readonly eventStationAzimuthDeg: number;
  readonly stationElevationKm: number;
}

export interface PathCorrection {
  /** Seconds to add to the spherical prediction for the ellipsoid (WGS84). */
  readonly ellipticitySec: number;
  /** Seconds to add for the height of the station. */
  readonly elevationSec: number;
}

/** A geographic place, deg. */
export interface Place {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

/** Travel time between two places through an Earth that is not the same everywhere. */
export interface PathTime extends TravelTime {
  /** Standard deviation of the prediction along this path, s. */
  readonly errorSec: number;
}

/** A travel-time model with everything a locator asks of it. */
export interface EarthModel extends TravelTimePredictor {
  /** For phases and paths of which the model knows more than their distance; null for all others. On the sphere, to sea level. */
  readonly predictPath?: (phase: string, source: Place, station: Place, depthKm: number) => PathTime | null;
  /** Corrections for one path; zeros where the phase has none. */
  correction(phase: string, path: RayPath): PathCorrection;
}

/** Travel times of one phase as a file holds them: one row for each depth, null where the phase does not exist. */
export interface TravelTimeTable {
  readonly phase: string;
  readonly depthsKm: readonly number[];
  readonly deltasDeg: readonly number[];
  readonly secondsByDepth: readonly (readonly (number | null)[])[];
  /** Standard deviation of the prediction; null where the file has none. */
  readonly errors: {
    readonly depthsKm: readonly number[];
    readonly deltasDeg: readonly number[];
    readonly secondsByDepth: readonly (readonly number[])[];
  } | null;
}

/** Coefficients of Dziewonski and Gilbert (1976) for one phase: three for each distance and depth, s. */
export interface EllipticityTable {
  readonly phase: string;
  readonly depthsKm: readonly number[];
  readonly deltasDeg: readonly number[];
  /** By distance, then tau 0, 1 and 2, then depth. */
  readonly tau: readonly (readonly [readonly number[], readonly number[], readonly number[]])[];
}
