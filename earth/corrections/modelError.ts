/** The standard deviation of a travel-time prediction, by phase, distance and depth. */
import { bilinear, within } from "../tables/bilinear.ts";
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
  const [row, f] = within(depthsKm, depthKm);
  const [column, g] = within(deltasDeg, deltaDeg);
  return bilinear(errorsSec, row, f, column, g);
}
