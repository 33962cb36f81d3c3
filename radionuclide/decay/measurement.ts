/**
 * From counted activity to concentration at collection: how much decays while air is collected, while the sample waits, and while it is
 * counted. The sampled activity is taken as constant during collection.
 *
 *     decayFactor({ lambdaPerSec: 1.5e-6, collectionSec: 86_400, waitSec: 86_400, acquisitionSec: 72_000 });
 */

export interface MeasurementTimes {
  readonly lambdaPerSec: number;
  readonly collectionSec: number;
  /** From the end of collection to the start of counting. */
  readonly waitSec: number;
  /** Real time of counting. */
  readonly acquisitionSec: number;
}

/** x / (1 - exp(-x)), 1 at 0: mean over an interval against the value at its end, or at its start. */
function overInterval(x: number): number {
  return x === 0 ? 1 : x / -Math.expm1(-x);
}

/**
 * K of the IDC's particulate processing: mean activity in the sampled air over collection, for each becquerel averaged over the counting.
 * K = [l tc / (1 - e^-l tc)] e^(l tw) [l tr / (1 - e^-l tr)].
 */
export function decayFactor({ lambdaPerSec, collectionSec, waitSec, acquisitionSec }: MeasurementTimes): number {
  return (
    overInterval(lambdaPerSec * collectionSec) *
    Math.exp(lambdaPerSec * waitSec) *
    overInterval(lambdaPerSec * acquisitionSec)
  );
}
