/**
 * How far radon's daughters lag behind each other. The gas is freed of them on its way into the cell: counting begins with radon alone, Pb-214 grows in and
 * Bi-214 after it. Region 1 holds the 352 keV peak of Pb-214; the others hold scattered photons of Bi-214 too, whose share is not stated. A ratio that was
 * calibrated in equilibrium is therefore too large in a short measurement, by anything between nothing and the lag.
 */
import { chainActivities } from "../decay/bateman.ts";

const MINUTE = 60;
const DAY = 86_400;
/** Rn-222, Po-218, Pb-214, Bi-214 (DDEP); Po-218's other branch is 2e-4. */
const chain = [3.8232 * DAY, 3.071 * MINUTE, 26.916 * MINUTE, 19.8 * MINUTE].map((halfLifeSec) => ({
  lambdaPerSec: Math.LN2 / halfLifeSec,
  branching: 1,
}));
/** Steps of the mean over a counting, Simpson. */
const STEPS = 32;

/** Decays of Bi-214 missing for each of Pb-214 in a counting that begins with radon alone, 0 to 1. */
export function progenyLag(realSec: number): number {
  let [lead, bismuth] = [0, 0];
  for (let i = 0; i <= STEPS; i++) {
    const weight = i === 0 || i === STEPS ? 1 : i % 2 === 1 ? 4 : 2;
    const activities = chainActivities(chain, [1, 0, 0, 0], (realSec * i) / STEPS);
    lead += weight * activities[2]!;
    bismuth += weight * activities[3]!;
  }
  return lead > 0 ? Math.max(0, 1 - bismuth / lead) : 0;
}

/** Relative standard uncertainty of radon's ratios from it: equally likely from none to the whole lag. */
export const progenyUncertainty = (realSec: number) => progenyLag(realSec) / Math.sqrt(3);
