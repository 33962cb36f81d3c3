/**
 * The band pass of the screens' waveforms: Butterworth, forward and backward, so that onsets stay where they are. The caller reads `bandMarginSec`
 * more on both sides than it draws, so that the filter has settled by then; at the ends of the data themselves the filter continues them.
 *
 *     bandPass(segment, { lowHz: 0.8, highHz: 3 });
 */
import type { WaveformSegment } from "@harken/core";
import { butterworthBandPass, filterZeroPhase } from "@harken/signal";

export interface Band {
  readonly lowHz: number;
  readonly highHz: number;
}

/** Poles at each side of the band, in each of the two passes. */
const ORDER = 3;
/** Periods of the low corner, or of the band's width where that is less, after which the filter has died away: it takes 2 to 5 to a thousandth. */
const SETTLE_PERIODS = 8;
const MAX_MARGIN_SEC = 600;

/** Data to read on both sides of a window, s. */
export function bandMarginSec({ lowHz, highHz }: Band): number {
  return Math.min(MAX_MARGIN_SEC, SETTLE_PERIODS / Math.min(lowHz, highHz - lowHz));
}

/** The filtered segment. A stretch that is not finite stays so, and the filter begins anew behind it. */
export function bandPass(segment: WaveformSegment, { lowHz, highHz }: Band): WaveformSegment {
  const { sampleRateHz, samples } = segment;
  const filter = butterworthBandPass(ORDER, lowHz, highHz, sampleRateHz);
  if (samples.every(Number.isFinite)) return { ...segment, samples: filterZeroPhase(filter, samples) };
  const filtered = new Float64Array(samples.length).fill(NaN);
  for (const [first, end] of finiteRuns(samples)) {
    filtered.set(filterZeroPhase(filter, samples.subarray(first, end)), first);
  }
  return { ...segment, samples: filtered };
}

/** Stretches [first, end) of finite samples. */
function* finiteRuns(samples: ArrayLike<number>): Generator<[number, number]> {
  let first = 0;
  for (let i = 0; i <= samples.length; i++) {
    if (i < samples.length && Number.isFinite(samples[i]!)) continue;
    if (i > first) yield [first, i];
    first = i + 1;
  }
}
