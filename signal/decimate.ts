/** A lower rate: what would fold is filtered away without phase shift, then every n-th sample is kept, the first one included. */
import { butterworthPass } from "./butterworth.ts";
import { filterZeroPhase } from "./filter.ts";

const ORDER = 6;
/** Corner of the low-pass as a share of the new Nyquist frequency. */
const CORNER = 0.6;

export function decimate(samples: Float64Array, sampleRateHz: number, factor: number): Float64Array {
  if (!Number.isInteger(factor) || factor < 1)
    throw new RangeError(`a rate is divided by a whole number, not ${factor}`);
  if (factor === 1) return samples.slice();
  const low = butterworthPass("low", ORDER, (CORNER * sampleRateHz) / 2 / factor, sampleRateHz);
  const smooth = filterZeroPhase(low, samples);
  const kept = new Float64Array(Math.ceil(samples.length / factor));
  for (let i = 0; i < kept.length; i++) kept[i] = smooth[i * factor]!;
  return kept;
}
