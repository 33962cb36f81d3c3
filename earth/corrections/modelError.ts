/** The standard deviation of a travel-time prediction, by phase, distance and depth. */
import { type ModelErrorTable, modelErrorTables } from "./modelErrorTables.ts";

/** For phases without a figure of their own: that of the worst core phases. */
const UNKNOWN_PHASE_SEC = 3.5;

const tables: ReadonlyMap<string, ModelErrorTable> = new Map(Object.entries(modelErrorTables));

/** Branch names fall back on the phase (SKSac on SKS). */
function tableOf(phase: string): ModelErrorTable | undefined {
  return tables.get(phase) ?? tables.get(phase.replace(/(df|bc|ab|ac)$/, ""));
}

/** s. */
export function modelErrorSec(phase: string, deltaDeg: number, depthKm: number): number {
  const table = tableOf(phase);
  if (!table) return UNKNOWN_PHASE_SEC;
  const { depthsKm, deltasDeg, errorsSec } = table;
  const upper = interpolate(deltasDeg, errorsSec[0]!, deltaDeg);
  if (depthsKm.length === 1) return upper;
  const lower = interpolate(deltasDeg, errorsSec[1]!, deltaDeg);
  const f = Math.min(1, Math.max(0, (depthKm - depthsKm[0]!) / (depthsKm[1]! - depthsKm[0]!)));
  return upper + (lower - upper) * f;
}

/** Linear in a table of rising `x`, constant outside it. */
export function interpolate(x: readonly number[], y: readonly number[], at: number): number {
  const last = x.length - 1;
  if (at <= x[0]!) return y[0]!;
  if (at >= x[last]!) return y[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= at) low = middle;
    else high = middle;
  }
  return y[low]! + ((y[high]! - y[low]!) * (at - x[low]!)) / (x[high]! - x[low]!);
}
