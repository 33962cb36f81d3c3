/** Logarithms of probabilities from tables: steps of 1/32 over the range that matters. */
import { normalCdf } from "@harken/core";

const LOW = -14;
const HIGH = 14;
const STEPS = 32;

function tabulate(f: (x: number) => number): (x: number) => number {
  const values = Float64Array.from({ length: (HIGH - LOW) * STEPS + 2 }, (_, i) => f(LOW + i / STEPS));
  return (x) => {
    const at = (x < LOW ? 0 : x > HIGH ? HIGH - LOW : x - LOW) * STEPS;
    const i = at | 0;
    return values[i]! + (at - i) * (values[i + 1]! - values[i]!);
  };
}

/** log(1 / (1 + exp(-x))). */
export const logSigmoid = tabulate((x) => -Math.log1p(Math.exp(-x)));

/** log(1 - share / (1 + exp(-x))), for a share that is fixed. */
export const logMissOf = (share: number) => tabulate((x) => Math.log(1 - share / (1 + Math.exp(-x))));

/** Log of the normal distribution function, not less than that of 2 %. */
export const logNormalCdf = tabulate((x) => Math.log(Math.max(0.02, normalCdf(x))));
