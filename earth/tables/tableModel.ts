/**
 * An earth model by tables from files, in the manner of LocSAT: times by Lagrange's cubic through the four nearest distances, linear in depth;
 * errors linear in both; ellipticity by the coefficients of Dziewonski and Gilbert, linear in both. Phases, places and quantities that the
 * tables do not have are those of another model.
 *
 *     const earth = tableEarthModel(createEarthModel("iasp91"), { travelTimes, ellipticity });
 */
import type { EarthModel, EllipticityTable, PathCorrection, RayPath, TravelTime, TravelTimeTable } from "@harken/core";
import { combineTau } from "../corrections/ellipticity.ts";
import { bilinear, within } from "./bilinear.ts";

export interface EarthTables {
  readonly travelTimes: readonly TravelTimeTable[];
  readonly ellipticity: readonly EllipticityTable[];
}

export function tableEarthModel(base: EarthModel, { travelTimes, ellipticity }: EarthTables): EarthModel {
  if (travelTimes.length + ellipticity.length === 0) return base;
  const times = new Map(travelTimes.map((table) => [table.phase, table]));
  const taus = new Map(ellipticity.map((table) => [table.phase, table]));
  // The tables' names for the first core phase differ.
  const named = <T>(tables: ReadonlyMap<string, T>, phase: string) =>
    tables.get(phase) ?? (phase === "PKP" ? tables.get("PKPdf") : phase === "PKPdf" ? tables.get("PKP") : undefined);
  const predict = (phase: string, deltaDeg: number, depthKm: number): TravelTime | null => {
    const table = named(times, phase);
    const found = table && lookUp(table, deltaDeg, depthKm);
    return found ? { phase, ...found } : base.predict(phase, deltaDeg, depthKm);
  };
  const modelErrorSec = (phase: string, deltaDeg: number, depthKm: number): number => {
    const errors = named(times, phase)?.errors;
    if (!errors) return base.modelErrorSec(phase, deltaDeg, depthKm);
    const [row, f] = within(errors.depthsKm, depthKm);
    const [column, g] = within(errors.deltasDeg, deltaDeg);
    return bilinear(errors.secondsByDepth, row, f, column, g);
  };
  const correction = (phase: string, path: RayPath): PathCorrection => {
    const whole = base.correction(phase, path);
    const table = named(taus, phase) ?? named(taus, phase.replace(/[gn]$/, ""));
    const { deltasDeg, depthsKm } = table ?? { deltasDeg: [], depthsKm: [] };
    if (!table || path.deltaDeg < deltasDeg[0]! || path.deltaDeg > deltasDeg.at(-1)!) return whole;
    const [row, f] = within(deltasDeg, path.deltaDeg);
    const [column, g] = within(depthsKm, path.depthKm);
    const beside = table.tau.slice(row, row + 2);
    const tau = (k: 0 | 1 | 2) => {
      const values = beside.map((three) => three[k]);
      return bilinear(values, 0, f, column, g);
    };
    const ellipticitySec = combineTau([tau(0), tau(1), tau(2)], path.sourceLatitudeDeg, path.eventStationAzimuthDeg);
    return { ...whole, ellipticitySec };
  };
  const phases = [...new Set([...base.phases, ...times.keys()])];
  return { ...base, phases, predict, modelErrorSec, correction };
}

/** Null outside the table and where one of the times that are asked for is missing. */
function lookUp(
  { depthsKm, deltasDeg, secondsByDepth }: TravelTimeTable,
  deltaDeg: number,
  depthKm: number,
): Omit<TravelTime, "phase"> | null {
  const inside = (points: readonly number[], at: number) => at >= points[0]! && at <= points.at(-1)!;
  if (deltasDeg.length < 4 || !inside(deltasDeg, deltaDeg) || !inside(depthsKm, depthKm)) return null;
  const [row, f] = within(depthsKm, depthKm);
  const [column] = within(deltasDeg, deltaDeg);
  const first = Math.min(deltasDeg.length - 4, Math.max(0, column - 1));
  const upper = cubic(deltasDeg, secondsByDepth[row]!, first, deltaDeg);
  if (!upper) return null;
  const lower = row + 1 < depthsKm.length ? cubic(deltasDeg, secondsByDepth[row + 1]!, first, deltaDeg) : upper;
  if (!lower) return f === 0 ? { ...upper, depthDerivativeSecPerKm: 0 } : null;
  const thickness = row + 1 < depthsKm.length ? depthsKm[row + 1]! - depthsKm[row]! : 1;
  return {
    timeSec: upper.timeSec * (1 - f) + lower.timeSec * f,
    slownessSecPerDeg: upper.slownessSecPerDeg * (1 - f) + lower.slownessSecPerDeg * f,
    depthDerivativeSecPerKm: (lower.timeSec - upper.timeSec) / thickness,
  };
}

/** Lagrange's cubic through four points from `first` on, with its slope. */
function cubic(
  x: readonly number[],
  y: readonly (number | null)[],
  first: number,
  at: number,
): { timeSec: number; slownessSecPerDeg: number } | null {
  let timeSec = 0;
  let slownessSecPerDeg = 0;
  for (let i = first; i < first + 4; i++) {
    const value = y[i];
    if (value === null || value === undefined) return null;
    let weight = 1;
    let slope = 0;
    for (let j = first; j < first + 4; j++) {
      if (j === i) continue;
      const width = x[i]! - x[j]!;
      slope = (slope * (at - x[j]!)) / width + weight / width;
      weight *= (at - x[j]!) / width;
    }
    timeSec += weight * value;
    slownessSecPerDeg += slope * value;
  }
  return { timeSec, slownessSecPerDeg };
}
