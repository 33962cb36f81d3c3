/**
 * Normalised cross-correlation of templates with a long trace, by overlap-save (Press et al., Numerical Recipes, 13.1) with transforms in
 * f32 and running energies in f64. One transform of the trace serves all templates.
 *
 *     const [first, second] = correlateTemplates([templateA, templateB], samples); // -1 to 1 at each lag of samples.length - length + 1
 */
import { fourierKernel, placeBytes, tableOf } from "./realFourier.ts";
import { nextPowerOfTwo } from "./spectrum.ts";

/** Transforms are at least this long, and at least so many templates. */
const LEAST_TRANSFORM = 8192;
const TEMPLATES = 4;
/** Windows whose power is below this share of their block's hold only the rounding of what stands beside them; their correlation is 0. */
const SILENCE = 1e-11;
/** A sample of this size is none: its square could not be summed. */
const LARGEST = 1e150;

/** Throws RangeError for templates of different lengths or fewer than two samples. */
function checkTemplates(templates: readonly ArrayLike<number>[]): number {
  const length = templates[0]?.length ?? 0;
  if (length < 2 || templates.some((template) => template.length !== length))
    throw new RangeError("templates have one length, of two samples or more");
  return length;
}

/** Without its mean, and of length 1; zeros when it is constant or not finite. */
function normalised(template: ArrayLike<number>): Float32Array {
  const x = new Float64Array(template);
  const mean = x.reduce((sum, v) => sum + v, 0) / x.length;
  const most = x.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  const norm = Math.sqrt(x.reduce((sum, v) => sum + (v - mean) ** 2, 0));
  return Float32Array.from(x, (v) => (norm > 1e-12 * most ? (v - mean) / norm : 0));
}

/**
 * The correlation coefficient of each template with each stretch of its length; empty where the trace is shorter. Stretches without power
 * have 0, as have those that hold NaN or infinity. The error is below 1e-6 for stretches as strong as the block around them, and grows as
 * these are weaker. Written into `given` when it is there: an array of as many lags for each template.
 */
export function correlateTemplates(
  templates: readonly ArrayLike<number>[],
  samples: ArrayLike<number>,
  given?: readonly Float32Array[],
): readonly Float32Array[] {
  if (templates.length === 0) return [];
  const length = checkTemplates(templates);
  const lags = Math.max(0, samples.length - length + 1);
  const results = given ?? templates.map(() => new Float32Array(lags));
  if (results.length !== templates.length || results.some((result) => result.length !== lags))
    throw new RangeError(`${templates.length} templates need as many results of ${lags} lags`);
  const size = nextPowerOfTwo(Math.max(LEAST_TRANSFORM, TEMPLATES * length));
  const half = size / 2;
  const step = (size - length) & ~3;
  const table = tableOf(half);
  const { exports, memory } = fourierKernel;
  const place = placeBytes(half);
  const templateBytes = 2 * place;
  const base = memory.reserve(6 * place + 12 * size + 4 * (step + 8) + 64 + templates.length * templateBytes);
  // Spectrum of the block, work, spectrum times template, then f64 and f32 samples and the scales.
  const at = (i: number): number => base + i * place;
  const wide = Math.ceil((base + 6 * place) / 16) * 16;
  const trace = wide + 8 * (size + 2);
  const scale = trace + 4 * size;
  const spectra = Math.ceil((scale + 4 * (step + 8)) / 16) * 16;
  const f32 = memory.f32();
  const f64 = memory.f64();
  const transform = (): [number, number] => {
    exports.split(trace, at(0), at(1), half);
    const [re, im] = exports.forward(table, at(0), at(1), at(2), at(3), half) === 0 ? [at(0), at(1)] : [at(2), at(3)];
    exports.toReal(table, re, im, half);
    return [re, im];
  };
  templates.forEach((template, t) => {
    f32.fill(0, trace / 4, trace / 4 + size);
    f32.set(normalised(template), trace / 4);
    const [re, im] = transform();
    const to = spectra + t * templateBytes;
    f32.copyWithin(to / 4, re / 4, re / 4 + half + 1);
    f32.copyWithin((to + place) / 4, im / 4, im / 4 + half + 1);
  });
  for (let from = 0; from < lags; from += step) {
    const count = Math.min(step, lags - from);
    const there = Math.min(size, samples.length - from);
    const block = f64.subarray(wide / 8, wide / 8 + there);
    copy(samples, from, block);
    const bad = replaceBad(block);
    // What fills the block up is its first sample: it neither moves the mean far nor counts in the sums about it.
    const [shift] = block as unknown as [number];
    f64.fill(shift, wide / 8 + there, wide / 8 + size + 2);
    const [sum, squares] = f64.subarray(exports.sums(wide, size, shift) / 8) as unknown as [number, number];
    const mean = shift + sum / there;
    const power = squares / there - (sum / there) ** 2;
    const factor = power > 0 ? 1 / Math.sqrt(power) : 1;
    exports.demean(wide, trace, size, mean, factor);
    f32.fill(0, trace / 4 + there, trace / 4 + size);
    exports.scales(wide, scale, count + (count & 1), length, mean, factor, SILENCE * power * length);
    const [re, im] = transform();
    const [a, b] = re === at(0) ? [at(2), at(3)] : [at(0), at(1)];
    results.forEach((result, t) => {
      const own = spectra + t * templateBytes;
      exports.timesConjugate(re, im, own, own + place, at(4), at(5), half + 1);
      exports.fromReal(table, at(4), at(5), half);
      const [x, y] = exports.forward(table, at(5), at(4), b, a, half) === 0 ? [at(4), at(5)] : [a, b];
      exports.join(x, y, trace, half, 1 / size);
      exports.multiply(trace, scale, trace, count);
      result.set(f32.subarray(trace / 4, trace / 4 + count), from);
      for (const i of bad) result.fill(0, from + Math.max(0, i - length + 1), from + Math.min(count, i + 1));
    });
  }
  return results;
}

function copy(samples: ArrayLike<number>, from: number, block: Float64Array): void {
  if (samples instanceof Float64Array || samples instanceof Float32Array || samples instanceof Int32Array)
    block.set(samples.subarray(from, from + block.length));
  else for (let i = 0; i < block.length; i++) block[i] = samples[from + i]!;
}

/** Indices of samples that are not finite, or of no size for a square; they become zeros. */
function replaceBad(block: Float64Array): number[] {
  const { exports } = fourierKernel;
  const at = block.byteOffset;
  const even = block.length - (block.length & 1);
  const energy = fourierKernel.memory.f64()[exports.sums(at, even, 0) / 8 + 1]! + block.at(-1)! ** 2;
  if (energy < LARGEST ** 2) return [];
  const bad: number[] = [];
  for (let i = 0; i < block.length; i++) {
    if (Math.abs(block[i]!) < LARGEST) continue;
    bad.push(i);
    block[i] = 0;
  }
  return bad;
}

/** One channel of a template: what it looks like there, the trace, and how many samples later than the first channel it comes. */
export interface TemplateChannel {
  readonly template: ArrayLike<number>;
  readonly samples: ArrayLike<number>;
  readonly delaySamples: number;
}

/**
 * The mean over channels of their correlation coefficients, each taken at its own delay: what an event at one place makes at a network
 * (Gibbons and Ringdal 2006, doi:10.1111/j.1365-246X.2006.02865.x). Defined where every channel has samples; lag 0 is the first channel's
 * sample 0, and lags before or beyond any channel's trace are 0.
 */
export function correlateChannels(channels: readonly TemplateChannel[]): Float32Array {
  const [first] = channels;
  if (!first) return new Float32Array(0);
  const sum = new Float32Array(Math.max(0, first.samples.length - checkTemplates([first.template]) + 1));
  let [from, to] = [0, sum.length];
  for (const { template, samples, delaySamples: delay } of channels) {
    if (!Number.isInteger(delay)) throw new RangeError(`a delay is a whole number of samples, not ${delay}`);
    const [own] = correlateTemplates([template], samples) as unknown as readonly [Float32Array];
    from = Math.max(from, -delay);
    to = Math.min(to, own.length - delay);
    for (let i = from; i < to; i++) sum[i]! += own[i + delay]!;
  }
  for (let i = 0; i < sum.length; i++) sum[i] = i >= from && i < to ? sum[i]! / channels.length : 0;
  return sum;
}
