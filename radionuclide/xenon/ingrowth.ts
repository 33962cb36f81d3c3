/**
 * Xe-133 that was born from Xe-133m in the sample itself: the part of its activity that says nothing about the air (Axelsson and Ringbom 2014,
 * doi:10.1016/j.apradiso.2014.07.005).
 */
import { chainActivities } from "../decay/bateman.ts";
import { decayPerSec } from "./isotopes.ts";

/** Becquerels of Xe-133 at the start of counting for each of Xe-133m then, when the air held Xe-133m alone at a constant concentration. */
export function ingrowthFromXe133m({ collectionSec, waitSec }: { collectionSec: number; waitSec: number }): number {
  const parent = decayPerSec["Xe-133m"];
  const daughter = decayPerSec["Xe-133"];
  // One atom a second comes in during collection: parent and daughter at its end in closed form.
  const parentBq = -Math.expm1(-parent * collectionSec);
  const daughterBq =
    -Math.expm1(-daughter * collectionSec) -
    (daughter / (daughter - parent)) * (Math.exp(-parent * collectionSec) - Math.exp(-daughter * collectionSec));
  const [p, d] = chainActivities(
    [
      { lambdaPerSec: parent, branching: 1 },
      { lambdaPerSec: daughter, branching: 0 },
    ],
    [parentBq, daughterBq],
    waitSec,
  );
  return d! / p!;
}
