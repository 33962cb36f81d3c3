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

export function bandPass(segment: WaveformSegment, { lowHz, highHz }: Band): WaveformSegment {
  const filter = butterworthBandPass(ORDER, lowHz, highHz, segment.sampleRateHz);
  return { ...segment, samples: filterZeroPhase(filter, segment.samples) };
}
