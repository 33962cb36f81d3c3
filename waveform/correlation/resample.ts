/**
 * A short trace at another rate and shifted clock, by a windowed sinc (Oppenheim and Schafer, Discrete-Time Signal Processing, 7.2): exact to
 * about 1e-3 of the largest sample for what is band-limited to eight tenths of the lower Nyquist frequency.
 */

/** Zero crossings of the sinc on each side. */
const LOBES = 16;

/** `length` samples at `toHz`, the first at `offsetSec` after the first given one; zeros where the trace does not reach. */
export function resample(
  samples: ArrayLike<number>,
  fromHz: number,
  toHz: number,
  offsetSec: number,
  length: number,
): Float64Array {
  const y = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const at = (offsetSec + i / toHz) * fromHz;
    const first = Math.max(0, Math.ceil(at - LOBES));
    const last = Math.min(samples.length - 1, Math.floor(at + LOBES));
    let sum = 0;
    for (let j = first; j <= last; j++) {
      const x = at - j;
      const sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      sum += samples[j]! * sinc * Math.cos((Math.PI * x) / (2 * LOBES)) ** 2;
    }
    y[i] = sum;
  }
  return y;
}
