/**
 * Travel times by ray integration: every arrival of the named phases at a distance, from a source at a depth, on the surface of a published
 * spherical model.
 *
 *     travelTimes("ak135", { phases: ["P", "PcP"], deltaDeg: 45, depthKm: 10 });
 */
import type { TravelTime } from "@harken/core";
import { type ModelName, SURFACE_RADIUS_KM, type VelocityModel, velocityModel, type Wave } from "../velocityModel.ts";
import { type Curve, type CurvePoint, phaseCurves } from "./branch.ts";
import { type PhasePath, parsePhase } from "./phase.ts";
import { descendTo } from "./rayIntegral.ts";
import { surfaceWaveTime } from "./surfaceWaves.ts";

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

/** Names of one IDC phase that stand for several paths, as the first arrival of them. */
const composites: Readonly<Record<string, readonly string[]>> = {
  P: ["P", "p", "Pn", "Pdiff"],
  S: ["S", "s", "Sn", "Sdiff"],
  Pn: ["Pn", "P"],
  Sn: ["Sn", "S"],
  Pg: ["Pg", "p"],
  Sg: ["Sg", "s"],
  PKP: ["PKP", "PKIKP"],
  SKP: ["SKP", "SKIKP"],
  SKS: ["SKS", "SKIKS"],
  PKKP: ["PKKP", "PKIKKIKP"],
};

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

/** How the point of a curve at a distance is found between two samples. */
type Reach = (curve: Curve, a: CurvePoint, b: CurvePoint, target: number) => CurvePoint;

/**
 * Without another ray: between samples the time is the cubic of distance whose slopes are the samples' p. Good to about a millisecond away
 * from grazing ends; the tables are filled with it.
 */
const interpolateCurve: Reach = (_curve, a, b, target) => {
  const h = b.distanceRad - a.distanceRad;
  if (h === 0) return a;
  const f = (target - a.distanceRad) / h;
  const f2 = f * f;
  const f3 = f2 * f;
  const timeSec =
    (2 * f3 - 3 * f2 + 1) * a.timeSec +
    (f3 - 2 * f2 + f) * h * a.p +
    (3 * f2 - 2 * f3) * b.timeSec +
    (f3 - f2) * h * b.p;
  const slope = ((6 * f2 - 6 * f) * (a.timeSec - b.timeSec)) / h + (3 * f2 - 4 * f + 1) * a.p + (3 * f2 - 2 * f) * b.p;
  return { p: Math.min(Math.max(slope, Math.min(a.p, b.p)), Math.max(a.p, b.p)), distanceRad: target, timeSec };
};

/** The exact p between two samples at which the curve reaches `target`: regula falsi (Illinois). */
function solve(curve: Curve, a: CurvePoint, b: CurvePoint, target: number): CurvePoint {
  let [lo, hi] = [a, b];
  let [flo, fhi] = [a.distanceRad - target, b.distanceRad - target];
  let best = Math.abs(flo) < Math.abs(fhi) ? a : b;
  for (let i = 0; i < 60 && Math.abs(best.distanceRad - target) > 1e-11; i++) {
    let p = (lo.p * fhi - hi.p * flo) / (fhi - flo);
    if (!(p > Math.min(lo.p, hi.p) && p < Math.max(lo.p, hi.p))) p = 0.5 * (lo.p + hi.p);
    const point = curve.at(p);
    if (!point) break;
    const f = point.distanceRad - target;
    if (Math.abs(f) < Math.abs(best.distanceRad - target)) best = point;
    if (f * fhi < 0) {
      lo = hi;
      flo = fhi;
    } else flo *= 0.5;
    hi = point;
    fhi = f;
  }
  return best;
}

function finish(
  model: VelocityModel,
  path: PhasePath,
  name: string,
  depthKm: number,
  p: number,
  timeSec: number,
  pathRad: number,
): RayArrival {
  const turns = pathRad * DEGREES;
  const longWay = Math.floor(turns / 180 + 1e-12) % 2 === 1 && Math.abs(turns % 180) > 1e-9;
  const uSource = model.slownessAt(depthKm, path.sourceWave, !path.sourceUp && depthKm > 0);
  const uStation = model.slownessAt(0, path.stationWave, true);
  const sine = Math.min(1, p / uSource);
  const cosine = Math.sqrt(1 - sine * sine);
  const takeoff = Math.asin(sine) * DEGREES;
  // dT/dz = -+ sqrt(u^2 - p^2) / r: deeper is later for a ray that leaves upward.
  const vertical = (uSource * cosine) / (SURFACE_RADIUS_KM - depthKm);
  return {
    phase: name,
    path: path.name,
    timeSec,
    slownessSecPerDeg: ((longWay ? -1 : 1) * p) / DEGREES,
    depthDerivativeSecPerKm: path.sourceUp ? vertical : -vertical,
    takeoffDeg: path.sourceUp ? 180 - takeoff : takeoff,
    incidenceDeg: Math.asin(Math.min(1, p / uStation)) * DEGREES,
    pathDeg: turns,
  };
}

/** All arrivals of one path (no composites), in order of time. */
export function pathArrivals(
  model: VelocityModel,
  name: string,
  deltaDeg: number,
  depthKm: number,
  label = name,
  reach: Reach = solve,
): RayArrival[] {
  const path = parsePhase(name);
  if (!path) return [];
  if (path.diffracted || path.crustal === "n") {
    const point = path.diffracted ? coreDiffraction(model, path, depthKm) : headWave(model, path, depthKm);
    const x = deltaDeg / DEGREES;
    if (!point || x < point.distanceRad || (path.crustal === "n" && deltaDeg > HEAD_WAVE_LIMIT_DEG)) return [];
    return [finish(model, path, label, depthKm, point.p, point.timeSec + point.p * (x - point.distanceRad), x)];
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
        const point = reach(curve, a, b, target);
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

function headWave(model: VelocityModel, path: PhasePath, depthKm: number): CurvePoint | null {
  const moho = model.mohoDepthKm;
  if (depthKm >= moho) return null;
  const p = model.slownessAt(moho, path.stationWave, true);
  const down = descendTo(model.column("mantle", path.stationWave), p, SURFACE_RADIUS_KM - moho);
  const part = descendTo(model.column("mantle", path.sourceWave), p, SURFACE_RADIUS_KM - depthKm);
  if (!down || !part) return null;
  const sign = path.sourceUp ? 1 : -1;
  return {
    p,
    distanceRad: 2 * down.distanceRad + sign * part.distanceRad,
    timeSec: 2 * down.timeSec + sign * part.timeSec,
  };
}

function coreDiffraction(model: VelocityModel, path: PhasePath, depthKm: number): CurvePoint | null {
  const wave: Wave = path.stationWave;
  const column = model.column("mantle", wave);
  const p = column.bottomSlowness[column.count - 1]!;
  const down = descendTo(column, p * (1 - 1e-12), SURFACE_RADIUS_KM - model.cmbDepthKm);
  const part = descendTo(model.column("mantle", path.sourceWave), p, SURFACE_RADIUS_KM - depthKm);
  if (!down || !part) return null;
  const sign = path.sourceUp ? 1 : -1;
  return {
    p,
    distanceRad: 2 * down.distanceRad + sign * part.distanceRad,
    timeSec: 2 * down.timeSec + sign * part.timeSec,
  };
}

export interface TravelTimeRequest {
  readonly phases: readonly string[];
  /** Epicentral distance, 0 to 180 deg. */
  readonly deltaDeg: number;
  readonly depthKm: number;
}

/**
 * Arrivals of the phases, earliest first, triplications included. P, S, Pn, Sn, Pg, Sg, PKP, SKP, SKS and PKKP stand for the first of
 * their paths and give one arrival each; every other name gives all of its own. Unknown names give none. Throws RangeError for a distance or
 * depth outside the model.
 */
export function travelTimes(modelName: ModelName, { phases, deltaDeg, depthKm }: TravelTimeRequest): RayArrival[] {
  if (!(deltaDeg >= 0 && deltaDeg <= 180)) throw new RangeError(`delta must be 0 to 180 deg, not ${deltaDeg}`);
  if (!(depthKm >= 0 && depthKm <= 800)) throw new RangeError(`depth must be 0 to 800 km, not ${depthKm}`);
  const model = velocityModel(modelName);
  return phases
    .flatMap((phase) => phaseArrivals(model, phase, deltaDeg, depthKm))
    .sort((a, b) => a.timeSec - b.timeSec);
}

/** Arrivals of one name, composites resolved. */
export function phaseArrivals(
  model: VelocityModel,
  phase: string,
  deltaDeg: number,
  depthKm: number,
  precision: "exact" | "table" = "exact",
): RayArrival[] {
  const reach = precision === "exact" ? solve : interpolateCurve;
  const surface = surfaceWaveTime(phase, deltaDeg);
  if (surface) return [{ ...surface, path: phase, takeoffDeg: 90, incidenceDeg: 90, pathDeg: deltaDeg }];
  const parts = composites[phase];
  if (!parts) return pathArrivals(model, phase, deltaDeg, depthKm, phase, reach);
  const first = parts
    .flatMap((part) => pathArrivals(model, part, deltaDeg, depthKm, phase, reach))
    .sort((a, b) => a.timeSec - b.timeSec)[0];
  return first ? [first] : [];
}
