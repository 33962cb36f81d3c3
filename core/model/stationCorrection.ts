/**
 * What a station's own place does to what it measures, learned from many events: slowness-azimuth station corrections (SASC) and
 * source-specific station corrections of travel times (SSSC). Deg, s/deg, s.
 */

/** Measurements within a box of slowness and azimuth are off by so much on average. */
export interface DirectionBin {
  /** Lower bounds belong to the bin, upper ones do not. */
  readonly slownessFrom: number;
  readonly slownessTo: number;
  readonly azimuthFrom: number;
  readonly azimuthTo: number;
  /** Measured less true. */
  readonly slownessSecPerDeg: number;
  readonly azimuthDeg: number;
  readonly slownessErrorSecPerDeg: number;
  readonly azimuthErrorDeg: number;
}

export interface DirectionCorrection {
  readonly station: string;
  /** Outside the bins: the measured slowness vector less the true one, east and north, and its error. */
  readonly eastSecPerDeg: number;
  readonly northSecPerDeg: number;
  readonly errorSecPerDeg: number;
  readonly bins: readonly DirectionBin[];
}

/** Travel times from each place of a region to one station, against those of a model of depth alone. */
export interface TravelTimeCorrection {
  readonly station: string;
  readonly phase: string;
  readonly region: string;
  readonly model: string;
  /** A local grid holds where a regional one lies under it. */
  readonly level: "regional" | "local";
  /** From north to south. */
  readonly latitudesDeg: readonly number[];
  /** From west to east; beyond 180 where the grid crosses that meridian. */
  readonly longitudesDeg: readonly number[];
  /** Seconds to add to the model's time, one row for each latitude. */
  readonly secondsByLatitude: readonly (readonly number[])[];
  /** Standard deviation of the corrected time on the same grid; null when only `errorFactor` is known. */
  readonly errorSecByLatitude: readonly (readonly number[])[] | null;
  /** The model's own error times this is that of the corrected time. */
  readonly errorFactor: number;
}
