/**
 * The ratio of a short-term to a long-term average of the rectified trace (Allen 1978; Withers et al. 1998, doi:10.1785/BSSA0880010095).
 *
 * The short window stands at the sample and after it, the long window ends before it, so that a signal does not raise its own background.
 * Where a trace has only begun, the long window is as long as there are data: a file that starts a minute before P is no less good.
 */

export interface StaLtaWindows {
  readonly staSec: number;
  readonly ltaSec: number;
  /** Time left out between the two windows, s. */
  readonly gapSec: number;
  /** Least length of the long window at the beginning of data, s; the ratio is 0 before. */
  readonly minLtaSec: number;
}

/** Ratio for each sample; 0 where there is no background to compare with. O(n), any window length. */
export function staLta(samples: ArrayLike<number>, sampleRateHz: number, windows: StaLtaWindows): Float64Array {
  const n = samples.length;
  const ratio = new Float64Array(n);
  const sta = Math.max(1, Math.round(windows.staSec * sampleRateHz));
  const lta = Math.max(1, Math.round(windows.ltaSec * sampleRateHz));
  const gap = Math.max(0, Math.round(windows.gapSec * sampleRateHz));
  const least = Math.max(1, Math.round(windows.minLtaSec * sampleRateHz));
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + Math.abs(samples[i]!);
  for (let i = least + gap; i + sta <= n; i++) {
    const end = i - gap;
    const start = Math.max(0, end - lta);
    const long = (sums[end]! - sums[start]!) / (end - start);
    const short = (sums[i + sta]! - sums[i]!) / sta;
    ratio[i] = long > 0 ? short / long : 0;
  }
  return ratio;
}

/** A stretch over the trigger: from the first sample at or above `on` to the first below `off` after it. */
export interface Trigger {
  readonly start: number;
  readonly end: number;
  readonly peak: number;
  readonly peakValue: number;
}

export function findTriggers(ratio: ArrayLike<number>, on: number, off: number): Trigger[] {
  const triggers: Trigger[] = [];
  for (let i = 0; i < ratio.length; i++) {
    if (!(ratio[i]! >= on)) continue;
    const start = i;
    let peak = i;
    while (i < ratio.length && ratio[i]! >= off) {
      if (ratio[i]! > ratio[peak]!) peak = i;
      i++;
    }
    triggers.push({ start, end: i, peak, peakValue: ratio[peak]! });
  }
  return triggers;
}
