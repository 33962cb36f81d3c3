/**
 * Ellipticity coefficients in the form of ELCOR.dat, block after block: a line with phase, number of distances and their limits; a line of
 * depths; for each distance a line with it and three lines of coefficients (tau 0, 1 and 2), one number for each depth.
 */
import { type Decoded, defaultLimits, type EllipticityTable, type Limits, ProblemList } from "@harken/core";
import { number } from "../numbers.ts";
import { textLines } from "../textLines.ts";

export const HEAD = /^\s*([A-Za-z][A-Za-z']{0,11})\s+(\d{1,4})\s+([\d.]+)\s+([\d.]+)\s*$/;
const MAX_LINE = 500;
const MAX_DISTANCES = 1_000;

/** A block that is not whole is left out. */
export function decodeEllipticityTables(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<EllipticityTable> {
  const problems = new ProblemList(limits.maxProblems);
  const items: EllipticityTable[] = [];
  let open: { readonly phase: string; readonly count: number; readonly line: number; rows: number[][] } | null = null;
  const finish = () => {
    if (!open) return;
    const table = tableOf(open.phase, open.count, open.rows);
    if (table) items.push(table);
    else
      problems.error("elcor.bad-block", `The block of ${open.phase} is not whole; it was left out.`, {
        line: open.line,
      });
    open = null;
  };
  for (const { text, number: line } of textLines(bytes, problems)) {
    if (items.length >= limits.maxItems) break;
    const words = text.slice(0, MAX_LINE);
    const head = HEAD.exec(words);
    if (head) {
      finish();
      open = { phase: head[1]!, count: Math.min(MAX_DISTANCES, Number(head[2])), line, rows: [] };
      continue;
    }
    if (!open || words.trim() === "") continue;
    const values = words.trim().split(/\s+/).map(number);
    const full = open.rows.length >= 1 + 4 * open.count;
    if (full || !values.every((value) => value !== null)) finish();
    else open.rows.push(values);
  }
  finish();
  return { items, problems: problems.list(), consumed: bytes.length };
}

function tableOf(phase: string, count: number, rows: readonly (readonly number[])[]): EllipticityTable | null {
  const [depthsKm, ...rest] = rows;
  if (!depthsKm || depthsKm.length === 0 || rest.length !== 4 * count) return null;
  const deltasDeg: number[] = [];
  const tau: [number[], number[], number[]][] = [];
  for (let i = 0; i < count; i++) {
    const [delta, ...three] = rest.slice(4 * i, 4 * i + 4);
    if (delta!.length !== 1 || three.some((row) => row.length !== depthsKm.length)) return null;
    deltasDeg.push(delta![0]!);
    tau.push(three.map((row) => [...row]) as [number[], number[], number[]]);
  }
  const rises = (values: readonly number[]) => values.every((value, i) => i === 0 || value > values[i - 1]!);
  return count > 0 && rises(deltasDeg) && rises(depthsKm) ? { phase, depthsKm, deltasDeg, tau } : null;
}
