/**
 * The equations of a double-difference relocation: one for each link, linear in the shifts of its two events, and the normal matrix that all
 * of them make. An event has 3 unknowns (east km, north km, time s), or 4 with depth before time.
 */
import {
  choleskyFactor,
  choleskyInverse,
  choleskySolve,
  distanceAzimuth,
  type EarthModel,
  KM_PER_DEGREE,
  median,
  RADIANS_PER_DEGREE,
} from "@harken/core";
import type { Hypocentre } from "../location/reading.ts";
import type { Link, Path } from "./links.ts";

/** Travel time along one path and its derivatives with respect to the unknowns of the source. */
export interface SourceTerm {
  readonly timeSec: number;
  readonly derivatives: readonly number[];
}

export interface Equation {
  readonly link: Link;
  /** Observed less predicted difference of the two arrivals, s. */
  readonly residualSec: number;
  readonly first: SourceTerm;
  readonly second: SourceTerm;
  /** The link's weight, less what its residual costs it, s^-2. */
  readonly weight: number;
}

export type Unknowns = 3 | 4;

function sourceTerm(earth: EarthModel, path: Path, source: Hypocentre, unknowns: Unknowns): SourceTerm | null {
  const { station, phase } = path;
  const { latitudeDeg, longitudeDeg, depthKm } = source;
  const { deltaDeg, azimuthDeg } = distanceAzimuth(
    latitudeDeg,
    longitudeDeg,
    station.latitudeDeg,
    station.longitudeDeg,
  );
  const predicted = earth.predict(phase, deltaDeg, depthKm);
  if (!predicted) return null;
  const { ellipticitySec, elevationSec } = earth.correction(phase, {
    deltaDeg,
    depthKm,
    sourceLatitudeDeg: latitudeDeg,
    eventStationAzimuthDeg: azimuthDeg,
    stationElevationKm: station.elevationKm,
  });
  const perKm = predicted.slownessSecPerDeg / KM_PER_DEGREE;
  const azimuth = azimuthDeg * RADIANS_PER_DEGREE;
  const flat = [-perKm * Math.sin(azimuth), -perKm * Math.cos(azimuth)];
  return {
    timeSec: predicted.timeSec + ellipticitySec + elevationSec,
    derivatives: unknowns === 4 ? [...flat, predicted.depthDerivativeSecPerKm, 1] : [...flat, 1],
  };
}

/** The equations of all links whose two arrivals the model predicts. */
export function linkEquations(
  earth: EarthModel,
  events: readonly Hypocentre[],
  paths: readonly Path[],
  links: readonly Link[],
  unknowns: Unknowns,
): Equation[] {
  const terms = new Map<number, SourceTerm | null>();
  const termOf = (event: number, path: number): SourceTerm | null => {
    const key = event * paths.length + path;
    let term = terms.get(key);
    if (term === undefined) terms.set(key, (term = sourceTerm(earth, paths[path]!, events[event]!, unknowns)));
    return term;
  };
  return links.flatMap((link) => {
    const first = termOf(link.first, link.path);
    const second = termOf(link.second, link.path);
    if (!first || !second) return [];
    // Origin times first: their difference may be years, and the rest is seconds.
    const origins = events[link.first]!.time - events[link.second]!.time;
    const residualSec = link.differenceSec - origins - (first.timeSec - second.timeSec);
    return [{ link, residualSec, first, second, weight: link.weight }];
  });
}

/**
 * Weighs equations down by their residuals: Tukey's biweight at `cut` scaled median deviations of the residuals in units of their errors.
 * The scale is never less than a tenth of those errors, so exact data lose nothing.
 */
export function weighOutliers(equations: readonly Equation[], cut: number | null): Equation[] {
  if (cut === null || equations.length === 0) return [...equations];
  const scaled = equations.map(({ residualSec, link }) => Math.abs(residualSec) / link.errorSec);
  const scale = Math.max(0.1, 1.4826 * median(scaled));
  return equations.map((equation, i) => {
    const factor = Math.max(0, 1 - (scaled[i]! / (cut * scale)) ** 2) ** 2;
    return { ...equation, weight: equation.link.weight * factor };
  });
}

export function weightedRms(equations: readonly Equation[]): number {
  let [sum, weights] = [0, 0];
  for (const { residualSec, weight } of equations) {
    sum += weight * residualSec ** 2;
    weights += weight;
  }
  return weights > 0 ? Math.sqrt(sum / weights) : 0;
}

/** Whether the same links fit better, by the weights of before. A link that is no longer predicted fits neither better nor worse. */
export function isBetter(after: readonly Equation[], before: readonly Equation[]): boolean {
  const residuals = new Map(after.map(({ link, residualSec }) => [link, residualSec]));
  let gain = 0;
  for (const { link, residualSec, weight } of before)
    gain += weight * (residualSec ** 2 - (residuals.get(link) ?? residualSec) ** 2);
  return gain > 0;
}

/** Adds factor * G' w r of one equation to a vector of all unknowns. */
export function addGradient(vector: Float64Array, equation: Equation, unknowns: Unknowns): void {
  const { link, residualSec, first, second, weight } = equation;
  for (let k = 0; k < unknowns; k++) {
    vector[link.first * unknowns + k]! += weight * residualSec * first.derivatives[k]!;
    vector[link.second * unknowns + k]! -= weight * residualSec * second.derivatives[k]!;
  }
}

/**
 * Normal matrix G' W G, with the mean shift of each kind held at zero by a heavy equation of its own (equation 12 of Waldhauser and
 * Ellsworth), and the diagonal raised by `damping` of itself.
 */
function normalMatrix(equations: readonly Equation[], size: number, unknowns: Unknowns, damping: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (const { link, first, second, weight } of equations) {
    if (weight === 0) continue;
    const [a, b] = [link.first * unknowns, link.second * unknowns];
    for (let i = 0; i < unknowns; i++) {
      for (let j = 0; j < unknowns; j++) {
        const [fi, fj, si, sj] = [
          first.derivatives[i]!,
          first.derivatives[j]!,
          second.derivatives[i]!,
          second.derivatives[j]!,
        ];
        matrix[(a + i) * size + a + j]! += weight * fi * fj;
        matrix[(b + i) * size + b + j]! += weight * si * sj;
        matrix[(a + i) * size + b + j]! -= weight * fi * sj;
        matrix[(b + i) * size + a + j]! -= weight * si * fj;
      }
    }
  }
  for (let k = 0; k < unknowns; k++) {
    let largest = 0;
    for (let i = k; i < size; i += unknowns) largest = Math.max(largest, matrix[i * size + i]!);
    for (let i = k; i < size; i += unknowns) {
      matrix[i * size + i]! *= 1 + damping;
      for (let j = k; j < size; j += unknowns) matrix[i * size + j]! += MEAN_SHIFT_WEIGHT * largest;
    }
  }
  return matrix;
}

/** Weight of the equation that holds the mean shift, against the heaviest event. */
const MEAN_SHIFT_WEIGHT = 100;

/** The shifts that one step asks for; null when the links leave a direction open. */
export function solveShifts(
  equations: readonly Equation[],
  size: number,
  unknowns: Unknowns,
  damping: number,
): Float64Array | null {
  const matrix = normalMatrix(equations, size, unknowns, damping);
  if (!choleskyFactor(matrix, size)) return null;
  const shifts = new Float64Array(size);
  for (const equation of equations) addGradient(shifts, equation, unknowns);
  choleskySolve(matrix, size, shifts);
  return shifts;
}

/** Inverse of the undamped normal matrix; null when it has none. */
export function invertNormal(equations: readonly Equation[], size: number, unknowns: Unknowns): Float64Array | null {
  const matrix = normalMatrix(equations, size, unknowns, 0);
  return choleskyFactor(matrix, size) ? choleskyInverse(matrix, size) : null;
}
