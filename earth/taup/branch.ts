/**
 * The curve of a phase: distance and time as functions of the ray parameter, for one source depth, sampled so that between two neighbouring
 * samples distance is monotonic (Buland and Chapman 1983, doi:10.1785/BSSA0730051271, for the method; sampling in p, not in depth).
 *
 * All that lies below the surface-to-surface path does not depend on the source's depth: a path's *trunk* is sampled once, and each depth
 * adds or takes away the piece above the source.
 */
import { type ShellColumn, SURFACE_RADIUS_KM, type VelocityModel } from "../velocityModel.ts";
import type { PhasePath } from "./phase.ts";
import { descend, descendTo, leastSlowness } from "./rayIntegral.ts";

export interface CurvePoint {
  readonly p: number;
  readonly distanceRad: number;
  readonly timeSec: number;
}

/** One connected piece of a phase's curve, in order of p. */
export interface Curve {
  readonly points: readonly CurvePoint[];
  /** Exact evaluation at any p of the piece. */
  at(p: number): CurvePoint | null;
}

/** How many samples are put between neighbouring slownesses of the model's rows, and how many are crowded towards each end. */
const INNER = 3;
const END = 14;

/** A path from surface to surface, over the ray parameters for which it exists. */
interface Trunk {
  readonly low: number;
  readonly high: number;
  /** Slownesses at which the curve may bend, rising, `low` and `high` among them. */
  readonly nodes: readonly number[];
  readonly points: readonly CurvePoint[];
  at(p: number): CurvePoint | null;
}

const trunks = new WeakMap<VelocityModel, Map<string, Trunk | null>>();

function trunkOf(model: VelocityModel, path: PhasePath): Trunk | null {
  let known = trunks.get(model);
  if (!known) trunks.set(model, (known = new Map()));
  let trunk = known.get(path.name);
  if (trunk === undefined) known.set(path.name, (trunk = sampleTrunk(model, path)));
  return trunk;
}

function sampleTrunk(model: VelocityModel, path: PhasePath): Trunk | null {
  const bottom = (column: ShellColumn) => column.bottomSlowness[column.count - 1]!;
  let low = 0;
  let high = model.column("mantle", path.sourceWave).topSlowness[0]!;
  const sets = path.legs.map((leg) => ({ ...leg, column: model.column(leg.region, leg.wave) }));
  for (const { column, turning, region } of sets) {
    high = Math.min(high, leastSlowness(column, column.topRadius[0]! - 1e-9));
    if (turning) {
      if (region !== "innerCore") low = Math.max(low, bottom(column));
    } else high = Math.min(high, leastSlowness(column, column.bottomRadius[column.count - 1]!));
  }
  if (path.crustal === "g" || path.crustal === "b") {
    const [top, base] = path.crustal === "g" ? [0, model.conradDepthKm] : [model.conradDepthKm, model.mohoDepthKm];
    low = Math.max(low, model.slownessAt(base, path.sourceWave));
    if (path.crustal === "b") high = Math.min(high, model.slownessAt(top, path.sourceWave, true));
  }
  if (!(high > low)) return null;

  const at = (p: number): CurvePoint | null => {
    let distanceRad = 0;
    let timeSec = 0;
    for (const { column, count, turning } of sets) {
      const leg = descend(column, p);
      if (!leg || (!turning && leg.turned)) return null;
      distanceRad += count * leg.distanceRad;
      timeSec += count * leg.timeSec;
    }
    return { p, distanceRad, timeSec };
  };
  const width = high - low;
  const found = new Set<number>([low, high]);
  for (const { column } of sets) for (const u of column.rowSlowness) if (u > low && u < high) found.add(u);
  const nodes = [...found].sort((a, b) => a - b);
  const values: number[] = [];
  for (let i = 1; i < nodes.length; i++) crowd(values, nodes[i - 1]!, nodes[i]!, width);
  for (let k = 1; k <= END; k++) values.push(low + width * 0.02 * (k / END) ** 3);
  crowdTowards(values, high, width);
  return { low, high, nodes, points: evaluate(values, low, high, at), at };
}

/** Samples between two nodes: beside each of them, and between. */
function crowd(values: number[], a: number, b: number, width: number): void {
  if (b - a < 1e-9 * width) return;
  const beside = 1e-9 * width;
  // Slopes of the curve become infinite at grazing ends, so samples crowd there like squares.
  const wide = b - a > 0.02 * width;
  const parts = wide ? Math.ceil((b - a) / (0.01 * width)) + END : INNER;
  for (let k = 0; k < parts; k++) {
    const f = k / parts;
    // p = 0 is the vertical ray, the only one that comes up at a distance of 0 or 180 deg.
    values.push(a + (b - a) * (wide ? 0.5 * (1 - Math.cos(Math.PI * f)) : f) + (k === 0 && a > 0 ? beside : 0));
  }
  values.push(b - 1e-4 * beside);
}

function crowdTowards(values: number[], high: number, width: number): void {
  for (let k = 1; k <= END; k++) values.push(high - width * 0.02 * (k / END) ** 3);
}

function evaluate(values: number[], low: number, high: number, at: (p: number) => CurvePoint | null): CurvePoint[] {
  const points: CurvePoint[] = [];
  let last = -1;
  for (const p of values.sort((a, b) => a - b)) {
    if (p === last || p < low || p > high) continue;
    last = p;
    const point = at(p);
    if (point) points.push(point);
  }
  return points;
}

/** All pieces of a phase's curve from a source at `depthKm`; empty when the phase does not exist there. */
export function phaseCurves(model: VelocityModel, path: PhasePath, depthKm: number): Curve[] {
  const trunk = trunkOf(model, path);
  if (!trunk) return [];
  if (path.crustal === "g" && depthKm > model.conradDepthKm) return [];
  if (path.crustal === "b" && depthKm > model.mohoDepthKm) return [];
  const column = model.column("mantle", path.sourceWave);
  const sourceRadius = SURFACE_RADIUS_KM - depthKm;
  const sign = path.sourceUp ? 1 : -1;
  const withSource = (point: CurvePoint | null): CurvePoint | null => {
    const part = point && descendTo(column, point.p, sourceRadius);
    if (!part) return null;
    const distanceRad = point.distanceRad + sign * part.distanceRad;
    return { p: point.p, distanceRad, timeSec: point.timeSec + sign * part.timeSec };
  };
  const at = (p: number) => withSource(trunk.at(p));
  // A ray must pass the source's depth: the largest p grazes there.
  const { low } = trunk;
  const high = depthKm === 0 ? trunk.high : Math.min(trunk.high, leastSlowness(column, sourceRadius - 1e-9));
  if (!(high > low)) return [];
  const points: CurvePoint[] = [];
  for (const point of trunk.points) {
    if (point.p > high) break;
    const moved = withSource(point);
    if (moved) points.push(moved);
  }
  if (high < trunk.high) {
    const width = high - low;
    const values: number[] = [];
    crowd(values, trunk.nodes.findLast((node) => node < high)!, high, width);
    crowdTowards(values, high, width);
    points.push(...evaluate(values, low, high, at));
    points.sort((a, b) => a.p - b.p);
  }
  if (points.length < 2) return [];
  return splitBranch(withExtrema(points, at), path.branch).map((piece) => ({ points: piece, at }));
}

/** Adds the points where distance turns round, so that each caustic is a sample. */
function withExtrema(points: readonly CurvePoint[], at: (p: number) => CurvePoint | null): CurvePoint[] {
  const extra: CurvePoint[] = [];
  for (let i = 1; i + 1 < points.length; i++) {
    const [a, b, c] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const sign = Math.sign(b.distanceRad - a.distanceRad);
    if (sign === 0 || Math.sign(c.distanceRad - b.distanceRad) === sign) continue;
    extra.push(extremum(a, b, c, sign, at));
  }
  return extra.length === 0 ? [...points] : [...points, ...extra].sort((x, y) => x.p - y.p);
}

const GOLDEN = 0.381966;

/** The extreme distance between a and c, of which b is the best so far: parabolas, and golden sections where those leave the bracket. */
function extremum(
  a: CurvePoint,
  b: CurvePoint,
  c: CurvePoint,
  sign: number,
  at: (p: number) => CurvePoint | null,
): CurvePoint {
  const enough = 1e-7 * (c.p - a.p);
  let [low, best, high] = [a, b, c];
  for (let i = 0; i < 30; i++) {
    const [u, v] = [best.p - low.p, best.p - high.p];
    const [f, g] = [best.distanceRad - high.distanceRad, best.distanceRad - low.distanceRad];
    let p = best.p - (0.5 * (u * u * f - v * v * g)) / (u * f - v * g);
    if (!(p > low.p && p < high.p) || (i % 3 === 2 && high.p - low.p > 10 * enough)) {
      p = u > -v ? best.p - GOLDEN * u : best.p - GOLDEN * v;
    }
    if (Math.abs(p - best.p) < enough) break;
    const point = at(p);
    if (!point) break;
    if (sign * (point.distanceRad - best.distanceRad) > 0) {
      if (p > best.p) low = best;
      else high = best;
      best = point;
    } else if (p > best.p) high = point;
    else low = point;
  }
  return best;
}

/** The part of a core phase on one side of its caustic (the least distance). */
function splitBranch(points: readonly CurvePoint[], branch: PhasePath["branch"]): (readonly CurvePoint[])[] {
  if (branch === null) return [points];
  let least = 0;
  points.forEach((point, i) => {
    if (point.distanceRad < points[least]!.distanceRad) least = i;
  });
  const piece = branch === "bc" ? points.slice(0, least + 1) : points.slice(least);
  return piece.length > 1 ? [piece] : [];
}
