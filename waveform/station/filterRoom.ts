/** The room that filters need: below the Nyquist frequency, and in the data before a window until they have settled. */
import type { Filter } from "@harken/signal";

/** Highest corner as a share of the rate. */
const HIGHEST_SHARE = 0.45;
export const highestHz = (rate: number): number => HIGHEST_SHARE * rate;

/** Data filtered before a window, as a multiple of the filter's settling time: a record's offset has died away. */
const SETTLE_TIMES = 2;
export const settledSec = (filter: Filter): number => SETTLE_TIMES * filter.settlingSec;
