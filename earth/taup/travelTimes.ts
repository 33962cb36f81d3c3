/**
 * Travel times by ray integration: every arrival of the named phases at a distance, from a source at a depth, on the surface of a published
 * spherical model.
 *
 *     travelTimes("ak135", { phases: ["P", "PcP"], deltaDeg: 45, depthKm: 10 });
 */
import type { TravelTime } from "@harken/core";
import { type ModelName, SURFACE_RADIUS_KM, type VelocityModel, velocityModel } from "../velocityModel.ts";
import { type Curve, type CurvePoint, phaseCurves } from "./branch.ts";
import { guidedWaveTime, isGuided } from "./guidedWaves.ts";
import { type PhasePath, parsePhase, pathsOf } from "./phase.ts";
import { descendTo } from "./rayIntegral.ts";
import { solveFor } from "./reach.ts";

export interface RayArrival extends TravelTime {
  /** The path behind the name: Pn or Pdiff for a P that is one. */
  readonly path: string;
  /** Angle between the ray and the downward vertical at the source, deg (above 90: it leaves upward). */
  readonly takeoffDeg: number;
  /** Angle between the ray and the vertical at the station, deg. */
  readonly incidenceDeg: number;
  /** Distance that the ray travels, deg: delta, or 360 - delta, or more turns. */
  readonly pathDeg: number;
}

const DEGREES = 180 / Math.PI;

const curveCache = new Map<string, readonly Curve[]>();
const MAX_CACHED = 400;

function curves(model: VelocityModel, path: PhasePath, depthKm: number): readonly Curve[] {
  const key = `${model.name} ${path.name} ${depthKm}`;
  let found = curveCache.get(key);
  if (!found) {
    found = phaseCurves(model, path, depthKm);
    if (curveCache.size >= MAX_CACHED) curveCache.clear();
    curveCache.set(key, found);
  }
  return found;
}

/** Distances (rad) along the ray at which it comes up at `deltaDeg`. */
function targets(deltaDeg: number, longestRad: number): number[] {
  const list: number[] = [];
  for (let turn = 0; turn <= 720; turn += 360)
    for (const path of deltaDeg === 0 || deltaDeg === 180
      ? [turn + deltaDeg]
      : [turn + deltaDeg, turn + 360 - deltaDeg]) {
      if (path / DEGREES <= longestRad + 1e-9) list.push(path / DEGREES);
    }
  return list;
}

/** A ray that has gone more than half way round comes back: it arrives from behind. */
export function comesFromBehind(pathDeg: number): boolean {
  return Math.floor(pathDeg / 180 + 1e-12) % 2 === 1 && Math.abs(pathDeg % 180) > 1e-9;
}

/** Vertical slowness at the source, s/km, as dT/dz: a deeper source is later for a ray that leaves upward. */
export function depthDerivativeSecPerKm(model: VelocityModel, path: PhasePath, depthKm: number, p: number): number {
  const u = sourceSlowness(model, path, depthKm);
  const vertical = Math.sqrt(Math.max(0, u * u - p * p)) / (SURFACE_RADIUS_KM - depthKm);
  return path.sourceUp ? vertical : -vertical;
}

const sourceSlowness = (model: VelocityModel, path: PhasePath, depthKm: number) =>
  model.slownessAt(depthKm, path.sourceWave, !path.sourceUp && depthKm > 0);

function finish(
  model: VelocityModel,
  path: PhasePath,
  name: string,
  depthKm: number,
  p: number,
  timeSec: number,
  pathRad: number,
): RayArrival {
  const pathDeg = pathRad * DEGREES;
  const takeoff = Math.asin(Math.min(1, p / sourceSlowness(model, path, depthKm))) * DEGREES;
  return {
    phase: name,
    path: path.name,
    timeSec,
    slownessSecPerDeg: ((comesFromBehind(pathDeg) ? -1 : 1) * p) / DEGREES,
    depthDerivativeSecPerKm: depthDerivativeSecPerKm(model, path, depthKm, p),
    takeoffDeg: path.sourceUp ? 180 - takeoff : takeoff,
    incidenceDeg: Math.asin(Math.min(1, p / model.slownessAt(0, path.stationWave, true))) * DEGREES,
    pathDeg,
  };
}

/** All arrivals of one path (no composites), in order of time. */
export function pathArrivals(
  model: VelocityModel,
  name: string,
  deltaDeg: number,
  depthKm: number,
  label = name,
): RayArrival[] {
  const path = parsePhase(name);
  if (!path) return [];
  const start = boundaryWave(model, path, depthKm);
  if (start !== undefined) {
    const x = deltaDeg / DEGREES;
    if (!start || x < start.distanceRad || deltaDeg > start.lastDeg) return [];
    return [finish(model, path, label, depthKm, start.p, start.timeSec + start.p * (x - start.distanceRad), x)];
  }
  const arrivals: RayArrival[] = [];
  for (const curve of curves(model, path, depthKm)) {
    const { points } = curve;
    const longest = points.reduce((most, { distanceRad }) => Math.max(most, distanceRad), 0);
    for (const target of targets(deltaDeg, longest)) {
      for (let i = 1; i < points.length; i++) {
        const [a, b] = [points[i - 1]!, points[i]!];
        const [da, db] = [a.distanceRad - target, b.distanceRad - target];
        if (da * db > 0 || (db === 0 && i + 1 < points.length)) continue;
        const point = solveFor(curve, a, b, target);
        // The step of the time to the exact distance is first order in what is left of it.
        const timeSec = point.timeSec + point.p * (target - point.distanceRad);
        // A discontinuity of the curve in p (a low-velocity zone's edge) is no arrival.
        if (Math.abs(point.distanceRad - target) < 1e-6)
          arrivals.push(finish(model, path, label, depthKm, point.p, timeSec, target));
      }
    }
  }
  return arrivals.sort((x, y) => x.timeSec - y.timeSec);
}

/** Farthest distance of a head wave along the Moho, deg: beyond it the name means the ray that turns in the uppermost mantle. */
const HEAD_WAVE_LIMIT_DEG = 20;

/** A wave that runs along a boundary: from its first point on, time grows by p for each radian. */
export interface BoundaryWave extends CurvePoint {
  readonly lastDeg: number;
}

/** Where Pdiff or Pn begins; null when the source lies below the boundary, undefined for paths that run along none. */
export function boundaryWave(model: VelocityModel, path: PhasePath, depthKm: number): BoundaryWave | null | undefined {
  if (!path.diffracted && path.crustal !== "n") return undefined;
  const boundaryKm = path.diffracted ? model.cmbDepthKm : model.mohoDepthKm;
  if (depthKm >= boundaryKm) return null;
  // The core's shadow begins with the ray that just misses it; a head wave has the slowness below its boundary.
  const p = model.slownessAt(boundaryKm, path.stationWave, !path.diffracted) * (path.diffracted ? 1 - 1e-12 : 1);
  const down = descendTo(model.column("mantle", path.stationWave), p, SURFACE_RADIUS_KM - boundaryKm);
  const part = descendTo(model.column("mantle", path.sourceWave), p, SURFACE_RADIUS_KM - depthKm);
  if (!down || !part) return null;
  const sign = path.sourceUp ? 1 : -1;
  return {
    p,
    distanceRad: 2 * down.distanceRad + sign * part.distanceRad,
    timeSec: 2 * down.timeSec + sign * part.timeSec,
    lastDeg: path.diffracted ? 180 : HEAD_WAVE_LIMIT_DEG,
  };
}

/** Whether a name means anything here: a path of rays, or a guided wave. */
export function isPhaseName(name: string): boolean {
  return isGuided(name) || pathsOf(name).every((path) => parsePhase(path) !== null);
}

export interface TravelTimeRequest {
  readonly phases: readonly string[];
  /** Epicentral distance, 0 to 180 deg. */
  readonly deltaDeg: number;
  readonly depthKm: number;
}

/**
 * Arrivals of the phases, earliest first, triplications included. Names that stand for several paths (P, S, Pn, Sn, PKP, SKP, SKS,
 * PKKP, P'P' and the like: see `pathsOf`) give the first arrival of them; every other name gives all of its own. Unknown names give none.
 * Throws RangeError for a distance or depth outside the model.
 */
export function travelTimes(modelName: ModelName, { phases, deltaDeg, depthKm }: TravelTimeRequest): RayArrival[] {
  if (!(deltaDeg >= 0 && deltaDeg <= 180)) throw new RangeError(`delta must be 0 to 180 deg, not ${deltaDeg}`);
  if (!(depthKm >= 0 && depthKm <= 800)) throw new RangeError(`depth must be 0 to 800 km, not ${depthKm}`);
  const model = velocityModel(modelName);
  return phases
    .flatMap((phase) => phaseArrivals(model, phase, deltaDeg, depthKm))
    .sort((a, b) => a.timeSec - b.timeSec);
}

/** Arrivals of one name, the first only where the name stands for several paths. */
export function phaseArrivals(model: VelocityModel, phase: string, deltaDeg: number, depthKm: number): RayArrival[] {
  const guided = guidedWaveTime(phase, deltaDeg, depthKm);
  if (guided) return [{ ...guided, path: phase, takeoffDeg: 90, incidenceDeg: 90, pathDeg: deltaDeg }];
  const paths = pathsOf(phase);
  const arrivals = paths
    .flatMap((path) => pathArrivals(model, path, deltaDeg, depthKm, phase))
    .sort((a, b) => a.timeSec - b.timeSec);
  return paths.length > 1 ? arrivals.slice(0, 1) : arrivals;
}
