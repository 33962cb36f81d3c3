/** f-k in windows that slide along the traces of an array. */
import type { SlownessPeak, SlownessPlan } from "./fk.ts";

export interface SlidingPeak {
  /** First sample of the window. */
  readonly from: number;
  /** Null where the band holds no energy. */
  readonly peak: SlownessPeak | null;
}

/** The peak of each window of `length` samples, `hop` samples apart, while all traces last; `length` is the plan's. */
export function* slideSlowness(
  plan: SlownessPlan,
  traces: readonly Float64Array[],
  length: number,
  hop: number,
): Generator<SlidingPeak> {
  if (!(Number.isInteger(length) && length > 0 && Number.isInteger(hop) && hop > 0))
    throw new RangeError(`windows of ${length} samples every ${hop} cannot slide`);
  const end = Math.min(...traces.map((trace) => trace.length));
  for (let from = 0; from + length <= end; from += hop)
    yield { from, peak: plan.search(traces.map((trace) => trace.subarray(from, from + length))) };
}
