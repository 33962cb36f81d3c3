/**
 * Beams of arrays with delays of any fraction of a sample (Rost and Thomas 2002, doi:10.1029/2000RG000100): coherent, incoherent, and by the
 * root of the mean square.
 *
 *     const beam = formDelayedBeam(traces, delaysSec, 40, { weights });
 *
 * A trace is taken at t + delay; `steeringDelays` gives the delays of a plane wave.
 */
import { kaiserAt } from "./fir.ts";

export interface BeamOptions {
  /** Coherent: the mean; incoherent: the mean of absolute values; rms: the root of the mean of squares. Coherent when not given. */
  readonly kind?: "coherent" | "incoherent" | "rms";
  /** How much each trace counts; they are divided by their sum. One for all when not given. */
  readonly weights?: readonly number[];
}

/** Half length of the interpolating sinc, samples, and the shape of its window. */
const REACH = 16;
const BETA = 8;
/** A delay this near to a whole sample is one. */
const WHOLE = 1e-6;

/** Times by which a wave of slowness (north, east) towards its source, s/km, comes later than at the reference: negative nearer to the source. */
export const steeringDelays = (
  places: readonly { readonly northKm: number; readonly eastKm: number }[],
  { northSecPerKm, eastSecPerKm }: { readonly northSecPerKm: number; readonly eastSecPerKm: number },
): number[] => places.map(({ northKm, eastKm }) => -(northSecPerKm * northKm + eastSecPerKm * eastKm));

/** Coefficients of a sinc between samples under Kaiser's window, for x(i + fraction) from x[i - REACH + 1] to x[i + REACH]. */
function interpolator(fraction: number): Float64Array {
  const h = Float64Array.from({ length: 2 * REACH }, (_, k) => {
    const t = k - REACH + 1 - fraction;
    return (t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t)) * kaiserAt(t / REACH, BETA);
  });
  const sum = h.reduce((a, b) => a + b, 0);
  return h.map((v) => v / sum);
}

/** The trace at t + delay on its own samples; 0 where it has none. */
export function delayed(trace: ArrayLike<number>, delaySamples: number): Float64Array {
  const n = trace.length;
  const out = new Float64Array(n);
  const nearest = Math.round(delaySamples);
  if (Math.abs(delaySamples - nearest) < WHOLE) {
    for (let i = Math.max(0, -nearest); i < Math.min(n, n - nearest); i++) out[i] = trace[i + nearest]!;
    return out;
  }
  const whole = Math.floor(delaySamples);
  const h = interpolator(delaySamples - whole);
  for (let i = Math.max(0, -whole); i < Math.min(n, n - whole - 1); i++) {
    let sum = 0;
    const first = i + whole - REACH + 1;
    const [from, to] = [Math.max(0, -first), Math.min(2 * REACH, n - first)];
    for (let k = from; k < to; k++) sum += h[k]! * trace[first + k]!;
    out[i] = sum;
  }
  return out;
}

/** The beam, as long as the traces, which have one length. Throws RangeError for traces, delays and weights that do not fit together. */
export function formDelayedBeam(
  traces: readonly ArrayLike<number>[],
  delaysSec: readonly number[],
  sampleRateHz: number,
  { kind = "coherent", weights }: BeamOptions = {},
): Float64Array {
  const length = traces[0]?.length ?? 0;
  if (traces.some((trace) => trace.length !== length)) throw new RangeError("the traces of a beam have one length");
  if (delaysSec.length !== traces.length || delaysSec.some((delay) => !Number.isFinite(delay)))
    throw new RangeError(`${traces.length} traces need as many delays, all of them numbers`);
  if (weights && (weights.length !== traces.length || weights.some((w) => !(w >= 0 && w < Infinity))))
    throw new RangeError(`${traces.length} traces need as many weights, none below 0`);
  const total = weights ? weights.reduce((sum, w) => sum + w, 0) : traces.length;
  const beam = new Float64Array(length);
  if (!(total > 0)) return beam;
  traces.forEach((trace, j) => {
    const weight = (weights?.[j] ?? 1) / total;
    if (weight === 0) return;
    const x = delayed(trace, delaysSec[j]! * sampleRateHz);
    if (kind === "coherent") for (let i = 0; i < length; i++) beam[i]! += weight * x[i]!;
    else if (kind === "incoherent") for (let i = 0; i < length; i++) beam[i]! += weight * Math.abs(x[i]!);
    else for (let i = 0; i < length; i++) beam[i]! += weight * x[i]! * x[i]!;
  });
  return kind === "rms" ? beam.map(Math.sqrt) : beam;
}
