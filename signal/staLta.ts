/**
 * The ratio of a short-term to a long-term average of the rectified trace (Allen 1978; Withers et al. 1998, doi:10.1785/BSSA0880010095).
 *
 * The short window stands at the sample and after it, the long window ends before it, so that a signal does not raise its own background.
 * Where a trace has only begun, the long window is as long as there are data: a file that starts a minute before P is no less good.
 * Samples that quality control has masked count in neither window.
 */

export interface StaLtaWindows {
  readonly staSec: number;
  readonly ltaSec: number;
  /** Time left out between the two windows, s. */
  readonly gapSec: number;
  /** Least time of good samples in the long window, s; the ratio is 0 with less. */
  readonly minLtaSec: number;
  /** The background is at least `share` of the average over the last `sec` of the long window: in a coda the past is no measure. */
  readonly recent?: { readonly sec: number; readonly share: number };
}

/** The ratio of traces of one length that share their masked samples; owns the scratch of the running sums. */
export interface StaLtaPlan {
  /** Writes the ratio of each sample into `ratio`; 0 where there is no background to compare with, or the short window holds a masked sample. */
  run(samples: ArrayLike<number>, ratio: Float64Array): void;
}

/** The windows in samples. */
export function windowSamples(windows: StaLtaWindows, sampleRateHz: number) {
  const lta = Math.max(1, Math.round(windows.ltaSec * sampleRateHz));
  const least = Math.max(1, Math.round(windows.minLtaSec * sampleRateHz));
  return {
    sta: Math.max(1, Math.round(windows.staSec * sampleRateHz)),
    lta,
    gap: Math.max(0, Math.round(windows.gapSec * sampleRateHz)),
    least,
    recent: Math.min(lta, least, Math.max(1, Math.round((windows.recent?.sec ?? 0) * sampleRateHz))),
    share: windows.recent?.share ?? 0,
  };
}

/** `bad` is 1 at masked samples; without it all are good. O(length), whatever the windows. */
export function planStaLta(length: number, sampleRateHz: number, windows: StaLtaWindows, bad?: Uint8Array): StaLtaPlan {
  const { sta, lta, gap, least, recent, share } = windowSamples(windows, sampleRateHz);
  const first = least + gap;
  const sums = new Float64Array(length + 1);
  const counts = bad && backgroundCounts(bad, sta, lta, gap, least);
  return {
    run(samples, ratio) {
      let sum = 0;
      if (bad) for (let i = 0; i < length; i++) sums[i + 1] = sum += bad[i] ? 0 : Math.abs(samples[i]!);
      else for (let i = 0; i < length; i++) sums[i + 1] = sum += Math.abs(samples[i]!);
      ratio.fill(0);
      for (let i = first; i + sta <= length; i++) {
        const end = i - gap;
        const start = end > lta ? end - lta : 0;
        const count = counts ? counts[i]! : end - start;
        if (count === 0) continue;
        let long = (sums[end]! - sums[start]!) / count;
        if (share > 0) long = Math.max(long, (share * (sums[end]! - sums[end - recent]!)) / recent);
        if (long > 0) ratio[i] = (sums[i + sta]! - sums[i]!) / sta / long;
      }
    },
  };
}

/** Good samples in the long window of each sample; 0 where they are too few, or the short window holds a bad one. */
export function backgroundCounts(bad: Uint8Array, sta: number, lta: number, gap: number, least: number): Uint32Array {
  const { length } = bad;
  const goodBefore = new Uint32Array(length + 1);
  for (let i = 0; i < length; i++) goodBefore[i + 1] = goodBefore[i]! + 1 - bad[i]!;
  const counts = new Uint32Array(length);
  for (let i = least + gap; i + sta <= length; i++) {
    const count = goodBefore[i - gap]! - goodBefore[Math.max(0, i - gap - lta)]!;
    if (count >= least && goodBefore[i + sta]! - goodBefore[i]! === sta) counts[i] = count;
  }
  return counts;
}

/** The ratio of one trace. */
export function staLta(
  samples: ArrayLike<number>,
  sampleRateHz: number,
  windows: StaLtaWindows,
  bad?: Uint8Array,
): Float64Array {
  const ratio = new Float64Array(samples.length);
  planStaLta(samples.length, sampleRateHz, windows, bad).run(samples, ratio);
  return ratio;
}

/** A stretch over the trigger: from the first sample at or above `on` to the first below `off` after it. */
export interface Trigger {
  readonly start: number;
  readonly end: number;
  readonly peak: number;
  /** First sample of the rise to the peak that is at least half as high. */
  readonly half: number;
  readonly peakValue: number;
}

/**
 * Triggers of a ratio. With `rise`, a trigger ends early where the ratio has grown by that factor (and to `on` at least) from its lowest since
 * its peak: a second signal in the coda of the first begins there.
 */
export function findTriggers(ratio: ArrayLike<number>, on: number, off: number, rise = Infinity): Trigger[] {
  const triggers: Trigger[] = [];
  for (let i = 0; i < ratio.length; ) {
    if (!(ratio[i]! >= on)) {
      i++;
      continue;
    }
    const start = i;
    let peak = i;
    let lowest = i;
    for (i++; i < ratio.length && ratio[i]! >= off; i++) {
      if (ratio[i]! > ratio[peak]!) peak = lowest = i;
      else if (ratio[i]! < ratio[lowest]!) lowest = i;
      else if (ratio[i]! >= on && ratio[i]! >= rise * ratio[lowest]!) break;
    }
    let half = peak;
    while (half > start && ratio[half - 1]! >= ratio[peak]! / 2) half--;
    triggers.push({ start, end: i, peak, half, peakValue: ratio[peak]! });
  }
  return triggers;
}
