/**
 * Uncertainty of an onset in Nordic files: the letter I or E gives the bounds of bulletins, the weight (0 full, 1 three quarters, 2 half, 3 a
 * quarter) widens them as a weighted fit does. Weight 4 (not used) and 9 (its clock is not right) say that the time is questionable.
 */
import { onsetBounds, QUESTIONABLE_SEC } from "../onsetBounds.ts";

export interface OnsetMark {
  /** "I", "E" or "". */
  readonly onset: string;
  readonly weight: number;
}

const SHARES: readonly number[] = [1, 0.75, 0.5, 0.25];

export function timeErrorOf({ onset, weight }: OnsetMark, deltaDeg: number): number {
  const share = SHARES[weight];
  if (share === undefined) return QUESTIONABLE_SEC;
  const [impulsive, emergent] = onsetBounds(deltaDeg);
  return Math.min(QUESTIONABLE_SEC, (onset === "I" ? impulsive : emergent) / share);
}

const MARKS: readonly OnsetMark[] = ["I", "E"].flatMap((onset) => SHARES.map((_, weight) => ({ onset, weight })));

/** The mark of the smallest uncertainty that is not below this one. */
export function onsetMarkOf(timeErrorSec: number, deltaDeg: number): OnsetMark {
  const errorOf = (mark: OnsetMark) => timeErrorOf(mark, deltaDeg);
  const [best] = MARKS.filter((mark) => errorOf(mark) >= timeErrorSec * (1 - 1e-9)).sort(
    (a, b) => errorOf(a) - errorOf(b),
  );
  return best && errorOf(best) < QUESTIONABLE_SEC ? best : { onset: "E", weight: 4 };
}
