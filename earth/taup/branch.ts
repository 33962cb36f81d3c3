/**
 * The curve of a phase: distance and time as functions of the ray parameter, for one source depth, sampled so that between two neighbouring
 * samples distance is monotonic (Buland and Chapman 1983, doi:10.1785/BSSA0730051271, for the method; sampling in p, not in depth).
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

/** All pieces of a phase's curve from a source at `depthKm`; empty when the phase does not exist there. */
export function phaseCurves(model: VelocityModel, path: PhasePath, depthKm: number): Curve[] {
  const sourceRadius = SURFACE_RADIUS_KM - depthKm;
  const mantle = (wave: "P" | "S") => model.column("mantle", wave);
  const sourceColumn = mantle(path.sourceWave);
  const bottom = (column: ShellColumn) => column.bottomSlowness[column.count - 1]!;
  let low = 0;
  let high = leastSlowness(sourceColumn, sourceRadius - 1e-9);
  if (depthKm === 0) high = sourceColumn.topSlowness[0]!;
  const sets = path.legs.map((leg) => ({ ...leg, column: model.column(leg.region, leg.wave) }));
  for (const { column, turning, region } of sets) {
    const entry = leastSlowness(column, column.topRadius[0]! - 1e-9);
    high = Math.min(high, entry);
    if (turning) {
      if (region !== "innerCore") low = Math.max(low, bottom(column));
    } else high = Math.min(high, leastSlowness(column, column.bottomRadius[column.count - 1]!));
  }
  if (path.legs.some(({ region }) => region === "mantle") && !path.sourceUp) {
    // A ray that leaves downward must be able to go down: it turns below the source.
    high = Math.min(high, leastSlowness(sourceColumn, sourceRadius - 1e-9));
  }
  if (path.crustal === "g" || path.crustal === "b") {
    const [top, base] = path.crustal === "g" ? [0, model.conradDepthKm] : [model.conradDepthKm, model.mohoDepthKm];
    if (depthKm > base) return [];
    low = Math.max(low, model.slownessAt(base, path.sourceWave));
    if (path.crustal === "b") high = Math.min(high, model.slownessAt(top, path.sourceWave, true));
  }
  if (!(high > low)) return [];

  const at = (p: number): CurvePoint | null => {
    let distanceRad = 0;
    let timeSec = 0;
    for (const { column, count, turning } of sets) {
      const leg = descend(column, p);
      if (!leg || (!turning && leg.turned)) return null;
      distanceRad += count * leg.distanceRad;
      timeSec += count * leg.timeSec;
    }
    if (depthKm > 0 || path.legs.length === 0) {
      const part = descendTo(sourceColumn, p, sourceRadius);
      if (!part) return null;
      const sign = path.sourceUp ? 1 : -1;
      distanceRad += sign * part.distanceRad;
      timeSec += sign * part.timeSec;
    }
    return { p, distanceRad, timeSec };
  };

  const width = high - low;
  const inside = 1e-9 * width;
  // p = 0 is the vertical ray, the only one that comes up at a distance of 0 or 180 deg.
  const values = new Set<number>([low === 0 ? 0 : low + inside, high - 1e-4 * inside]);
  const nodes = new Set<number>([low, high]);
  for (const { column } of sets) for (const u of column.rowSlowness) if (u > low && u < high) nodes.add(u);
  const sorted = [...nodes].sort((a, b) => a - b);
  for (let i = 1; i < sorted.length; i++) {
    const [a, b] = [sorted[i - 1]!, sorted[i]!];
    if (b - a < 1e-9 * width) continue;
    // Slopes of the curve become infinite at grazing ends, so samples crowd there like squares.
    const wide = b - a > 0.02 * width;
    const parts = wide ? Math.ceil((b - a) / (0.01 * width)) + END : INNER;
    for (let k = 0; k < parts; k++) {
      const f = k / parts;
      values.add(a + (b - a) * (wide ? 0.5 * (1 - Math.cos(Math.PI * f)) : f) + (k === 0 && a > 0 ? inside : 0));
    }
    values.add(b - 1e-4 * inside);
  }
  for (let k = 1; k <= END; k++) {
    values.add(high - width * 0.02 * (k / END) ** 3);
    values.add(low + width * 0.02 * (k / END) ** 3);
  }
  const points: CurvePoint[] = [];
  for (const p of [...values].filter((v) => v >= low && v <= high).sort((a, b) => a - b)) {
    const point = at(p);
    if (point) points.push(point);
  }
  if (points.length < 2) return [];
  const refined = withExtrema(points, at);
  return splitBranch(refined, path.branch).map((piece) => ({ points: piece, at }));
}

/** Adds the points where distance turns round, so that each caustic is a sample. */
function withExtrema(points: readonly CurvePoint[], at: (p: number) => CurvePoint | null): CurvePoint[] {
  const extra: CurvePoint[] = [];
  for (let i = 1; i + 1 < points.length; i++) {
    const [a, b, c] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const sign = Math.sign(b.distanceRad - a.distanceRad);
    if (sign === 0 || Math.sign(c.distanceRad - b.distanceRad) === sign) continue;
    let [lo, hi] = [a.p, c.p];
    for (let k = 0; k < 40; k++) {
      const m1 = lo + 0.381966 * (hi - lo);
      const m2 = lo + 0.618034 * (hi - lo);
      const [p1, p2] = [at(m1), at(m2)];
      if (!p1 || !p2) break;
      if (sign * (p1.distanceRad - p2.distanceRad) > 0) hi = m2;
      else lo = m1;
    }
    const found = at(0.5 * (lo + hi));
    if (found) extra.push(found);
  }
  return [...points, ...extra].sort((x, y) => x.p - y.p);
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
