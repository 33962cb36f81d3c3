/**
 * A grid of travel-time corrections at any place within it: the natural bicubic spline that LocSAT uses, so that the locator finds no kinks,
 * with its slopes; errors are linear between the points. Nothing outside the grid.
 */
import {
  cellOf,
  KM_PER_DEGREE,
  RADIANS_PER_DEGREE,
  splineAt,
  splineCurvature,
  type TravelTimeCorrection,
} from "@harken/core";

export interface CorrectionAt {
  readonly seconds: number;
  readonly perEastKm: number;
  readonly perNorthKm: number;
  /** Standard deviation of the corrected time; null when the table has none. */
  readonly errorSec: number | null;
}

export interface CorrectionGrid {
  readonly station: string;
  readonly phase: string;
  readonly errorFactor: number;
  at(latitudeDeg: number, longitudeDeg: number): CorrectionAt | null;
}

/** Over which slopes are taken, deg. */
const STEP_DEG = 0.01;
/** Cosine of the latitude below which a longitude says no more about the place. */
const LEAST_COSINE = 0.01;

export function correctionGrid(table: TravelTimeCorrection): CorrectionGrid {
  const { station, phase, errorFactor, latitudesDeg, longitudesDeg, secondsByLatitude, errorSecByLatitude } = table;
  // Downward from the northernmost row, so that the abscissa rises.
  const south = latitudesDeg.map((latitude) => latitudesDeg[0]! - latitude);
  const west = longitudesDeg[0]!;
  const east = longitudesDeg.map((longitude) => longitude - west);
  const curvatures = secondsByLatitude.map((row) => splineCurvature(east, row));
  const height = south.at(-1)!;
  const width = east.at(-1)!;
  const secondsAt = (down: number, across: number) => {
    const column = secondsByLatitude.map((row, i) => splineAt(east, row, curvatures[i]!, across));
    return splineAt(south, column, splineCurvature(south, column), down);
  };
  const slope = (at: (x: number) => number, x: number, most: number) => {
    const [from, to] = [Math.max(0, x - STEP_DEG), Math.min(most, x + STEP_DEG)];
    return (at(to) - at(from)) / (to - from);
  };
  return {
    ...{ station, phase, errorFactor },
    at(latitudeDeg, longitudeDeg) {
      const down = latitudesDeg[0]! - latitudeDeg;
      const across = (((longitudeDeg - west) % 360) + 360) % 360;
      if (!(down >= 0 && down <= height && across <= width)) return null;
      const perSouthDeg = slope((x) => secondsAt(x, across), down, height);
      const perEastDeg = slope((x) => secondsAt(down, x), across, width);
      const cosine = Math.max(LEAST_COSINE, Math.cos(latitudeDeg * RADIANS_PER_DEGREE));
      return {
        seconds: secondsAt(down, across),
        perEastKm: perEastDeg / (KM_PER_DEGREE * cosine),
        perNorthKm: -perSouthDeg / KM_PER_DEGREE,
        errorSec: errorSecByLatitude && bilinear(south, east, errorSecByLatitude, down, across),
      };
    },
  };
}

function bilinear(
  rows: readonly number[],
  columns: readonly number[],
  values: readonly (readonly number[])[],
  row: number,
  column: number,
): number {
  const [i, f] = cellOf(rows, row);
  const [j, g] = cellOf(columns, column);
  const at = (r: number) => values[r]![j]! * (1 - g) + values[r]![j + 1]! * g;
  return at(i) * (1 - f) + at(i + 1) * f;
}
