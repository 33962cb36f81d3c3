/**
 * Which quantities lose their vote: those of a phase that does not exist at its distance, then those with a large residual, the
 * worst first; and which get it back, because the one that was to blame has gone.
 */
import type { Reading } from "./reading.ts";
import type { LocationSettings } from "./settings.ts";
import { type Problem, type Solution, type SolverSettings, solve } from "./solve.ts";
import { countOnes, type DefiningMask, QUANTITIES, systemAt, TIME } from "./system.ts";

export type RuleSettings = SolverSettings & Pick<LocationSettings, "residuals" | "maxExtrapolationDeg">;

/** Of many large residuals this part goes at a time, of four or less one: without the worst the others may look different. */
const LOST_AT_ONCE = 4;

export interface Ruled {
  readonly solution: Solution;
  readonly mask: DefiningMask;
}

/** Solves from `start` and again until the rules hold; null when too few quantities are left. */
export function solveWithRules(
  problem: Problem,
  start: Solution,
  freeDepth: boolean,
  settings: RuleSettings,
): Ruled | null {
  const { readings, predictor, mask: asked } = problem;
  const { residuals, maxExtrapolationDeg } = settings;
  const limit = residuals.largeSigma ?? Number.POSITIVE_INFINITY;
  const unknowns = freeDepth ? 4 : 3;
  const mask = Uint8Array.from(asked);
  const absent = new Set<number>();
  const returned = new Set<number>();
  let solution = start;
  for (;;) {
    const { predictions, residual, sigma } = systemAt(readings, mask, predictor, solution.system.source, true);
    const size = (q: number) => Math.abs(residual[q]! / sigma[q]!);
    const outside = listOf(
      mask,
      (q) => (predictions[Math.floor(q / QUANTITIES)]?.outsideDeg ?? Infinity) > maxExtrapolationDeg,
    );
    const lostCount = listOf(asked, (q) => mask[q] === 0 && !absent.has(q)).length;
    const present = countOnes(asked) - absent.size;
    const mayLose = Math.min(Math.floor(present * residuals.maxLostFraction), present - unknowns);
    const large = listOf(mask, (q) => size(q) > limit && !isLastTime(readings, mask, q)).sort(
      (one, other) => size(other) - size(one),
    );
    const back = listOf(asked, (q) => mask[q] === 0 && !absent.has(q) && !returned.has(q) && size(q) <= limit);
    if (outside.length > 0) {
      for (const q of outside) {
        mask[q] = 0;
        absent.add(q);
      }
    } else if (large.length > 0 && lostCount < mayLose) {
      const share = Math.ceil(large.length / LOST_AT_ONCE);
      for (const q of large.slice(0, Math.min(share, mayLose - lostCount))) mask[q] = 0;
    } else if (back.length > 0) {
      for (const q of back) {
        mask[q] = 1;
        returned.add(q);
      }
    } else return { solution, mask };
    if (countOnes(mask) < unknowns || !readings.some((_, i) => mask[QUANTITIES * i + TIME])) return null;
    solution = solve({ readings, predictor, mask }, solution.system.source, freeDepth, settings);
  }
}

/** Quantities of a mask for which something holds. */
function listOf(mask: DefiningMask, holds: (q: number) => boolean): number[] {
  const list: number[] = [];
  for (let q = 0; q < mask.length; q++) if (mask[q] && holds(q)) list.push(q);
  return list;
}

/** Without an onset time there is no origin time. */
function isLastTime(readings: readonly Reading[], mask: DefiningMask, quantity: number): boolean {
  return readings.every((_, i) => QUANTITIES * i + TIME === quantity || !mask[QUANTITIES * i + TIME]);
}
