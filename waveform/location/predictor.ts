/** The port between the solver and a model of the Earth: what a source would show at a station, and how that changes with the source. */
import type { Hypocentre, Reading } from "./reading.ts";

/** A predicted value with its standard deviation and its change with the source's place, per km. */
export interface PredictedQuantity {
  readonly value: number;
  readonly modelError: number;
  readonly perEastKm: number;
  readonly perNorthKm: number;
  readonly perDepthKm: number;
}

export interface Prediction {
  /** Travel time with its corrections, s. */
  readonly time: PredictedQuantity;
  /** Direction from which the signal comes, deg; the source's back azimuth but for rays that go the long way round. */
  readonly azimuth: PredictedQuantity;
  /** s/deg, positive. */
  readonly slowness: PredictedQuantity;
  /** How far the phase is from where it exists, deg; 0 where it does. The values are then linear continuations. */
  readonly outsideDeg: number;
}

export interface ReadingPredictor {
  /** Null when the phase exists nowhere. */
  predict(reading: Reading, source: Hypocentre): Prediction | null;
  /** How far the model errors of two onset times are one error, 0 to 1; absent where each is taken for its own. */
  readonly correlation?: (one: Reading, other: Reading) => number;
}
