/**
 * Filters of finite impulse response and linear phase, by a windowed sinc (Oppenheim and Schafer, Discrete-Time Signal Processing, 7.5, with
 * Kaiser's window), with state across blocks and, where wanted, a lower rate behind them.
 *
 *     const coefficients = firPass(0, 2, 40, 97); // low-pass at 2 Hz
 *     const stream = firStream(coefficients, 8); // and every eighth sample
 *     const samples = stream.next(block);
 */

/** Kaiser's shape: side lobes below -70 dB. */
const BETA = 7;

/** Modified Bessel function of the first kind and order 0, by its power series. */
function besselI0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** Kaiser's window at a place from -1, its beginning, to 1, its end. */
export const kaiserAt = (place: number, beta: number): number =>
  besselI0(beta * Math.sqrt(Math.max(0, 1 - place * place))) / besselI0(beta);

/** Kaiser's window of `count` points. */
export function kaiserWindow(count: number, beta = BETA): Float64Array {
  const middle = (count - 1) / 2;
  return Float64Array.from({ length: count }, (_, i) => (middle === 0 ? 1 : kaiserAt((i - middle) / middle, beta)));
}

/**
 * Coefficients that pass `lowHz` to `highHz`: a low-pass for low 0, a high-pass for high at half the sample rate. `taps` is odd, and the delay
 * (taps - 1) / 2 samples. The gain is 1 at zero, at half the rate or in the band's middle. Throws RangeError for what does not fit.
 */
export function firPass(lowHz: number, highHz: number, sampleRateHz: number, taps: number): Float64Array {
  if (!(Number.isInteger(taps) && taps >= 3 && taps % 2 === 1 && taps < 1e6))
    throw new RangeError(`a filter of linear phase has an odd number of coefficients from 3 on, not ${taps}`);
  const nyquist = sampleRateHz / 2;
  if (!(lowHz >= 0 && highHz > lowHz && highHz <= nyquist))
    throw new RangeError(`a band of ${lowHz} to ${highHz} Hz does not fit into 0 to ${nyquist} Hz`);
  const middle = (taps - 1) / 2;
  const sinc = (hz: number, n: number) =>
    n === 0 ? (2 * hz) / sampleRateHz : Math.sin((2 * Math.PI * hz * n) / sampleRateHz) / (Math.PI * n);
  const window = kaiserWindow(taps);
  const h = window.map((w, i) => w * (sinc(highHz, i - middle) - sinc(lowHz, i - middle)));
  const reference = lowHz === 0 ? 0 : highHz === nyquist ? nyquist : (lowHz + highHz) / 2;
  const gain = h.reduce((sum, v, i) => sum + v * Math.cos((2 * Math.PI * reference * (i - middle)) / sampleRateHz), 0);
  return h.map((v) => v / gain);
}

export interface FirStream {
  /** Samples of the next block: y[n] = sum of h[k] x[n - k], each `factor`-th of them counted from the trace's first. */
  next(block: ArrayLike<number>): Float64Array;
}

/** Before the trace its first sample stands for ever, so that an offset makes no transient. */
export function firStream(coefficients: ArrayLike<number>, factor = 1): FirStream {
  const taps = coefficients.length;
  if (taps === 0) throw new RangeError("a filter has a coefficient at least");
  if (!Number.isInteger(factor) || factor < 1)
    throw new RangeError(`a rate is divided by a whole number, not ${factor}`);
  const reversed = Float64Array.from(coefficients).reverse();
  let history: Float64Array | null = null;
  // Samples of the next block before the first one that is kept.
  let skip = 0;
  return {
    next(block) {
      if (block.length === 0) return new Float64Array(0);
      history ??= new Float64Array(taps - 1).fill(block[0]!);
      const x = new Float64Array(taps - 1 + block.length);
      x.set(history);
      x.set(block, taps - 1);
      const out = new Float64Array(Math.max(0, Math.ceil((block.length - skip) / factor)));
      for (let i = 0, at = skip; i < out.length; i++, at += factor) {
        let sum = 0;
        for (let k = 0; k < taps; k++) sum += reversed[k]! * x[at + k]!;
        out[i] = sum;
      }
      skip += out.length * factor - block.length;
      history = x.slice(block.length);
      return out;
    },
  };
}

/** Share of the new Nyquist frequency that passes. */
const CORNER = 0.8;
/** Half length of the filter in new samples. */
const REACH = 12;

export interface DecimationStream extends FirStream {
  readonly sampleRateHz: number;
  /** Time by which the output comes late, s: to be taken from its time stamps. */
  readonly delaySec: number;
}

/** A lower rate block by block: what would fold is filtered away with linear phase, then every `factor`-th sample is kept. */
export function decimationStream(sampleRateHz: number, factor: number): DecimationStream {
  if (!Number.isInteger(factor) || factor < 1)
    throw new RangeError(`a rate is divided by a whole number, not ${factor}`);
  const rate = sampleRateHz / factor;
  const taps = factor === 1 ? 1 : 2 * REACH * factor + 1;
  const coefficients = factor === 1 ? [1] : firPass(0, (CORNER * rate) / 2, sampleRateHz, taps);
  return { ...firStream(coefficients, factor), sampleRateHz: rate, delaySec: (taps - 1) / 2 / sampleRateHz };
}
