/**
 * Random numbers without a state to carry: each is a function of seed, particle, step and its place in the step, so a run gives the same result
 * however its particles are spread over threads, and a run that was stopped goes on as if it had not been. The generator is Philox4x32-10
 * (Salmon et al. 2011, doi:10.1145/2063384.2063405); normal deviates come by the ziggurat of 128 layers (Marsaglia and Tsang 2000,
 * doi:10.18637/jss.v005.i08), layer and value from different bits (Doornik 2005).
 *
 *     const random = counterRandom(42);
 *     random.seek(17, 3);                  // particle 17, step 3
 *     random.normal(); random.uniform();
 */

export interface CounterRandom {
  /** Begins the numbers of one particle (0 to 2^32 - 1) in one step (any 32-bit integer). */
  seek(particle: number, step: number): void;
  /** Uniform in (0, 1): the middle of one of 2^32 equal parts. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** The first `count` of an array, each as `normal` would give it; without a number to pass, it is the faster. */
  fillNormal(out: Float64Array, count: number): void;
}

/** One block: counter words 0 to 3 and key words 0 to 1 into `out`. */
export function philox4x32(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  out: Int32Array,
): void {
  for (let round = 0; round < 10; round++) {
    // The high words of two 64-bit products, from 16-bit halves: the multipliers are D2511F53 and CD9E8D57.
    let low = c0 & 0xffff;
    let high = c0 >>> 16;
    let middle = (Math.imul(high, 0x1f53) + (Math.imul(low, 0x1f53) >>> 16)) | 0;
    let carry = (Math.imul(low, 0xd251) + (middle & 0xffff)) | 0;
    const high0 = (Math.imul(high, 0xd251) + (middle >>> 16) + (carry >>> 16)) | 0;
    const low0 = Math.imul(c0, 0xd2511f53);
    low = c2 & 0xffff;
    high = c2 >>> 16;
    middle = (Math.imul(high, 0x8d57) + (Math.imul(low, 0x8d57) >>> 16)) | 0;
    carry = (Math.imul(low, 0xcd9e) + (middle & 0xffff)) | 0;
    const high1 = (Math.imul(high, 0xcd9e) + (middle >>> 16) + (carry >>> 16)) | 0;
    const low1 = Math.imul(c2, 0xcd9e8d57);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

const LAYERS = 128;
/** Where the tail begins, and the area of each layer under exp(-x^2 / 2). */
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;
/** Of the signed 25 bits that make a value. */
const VALUE_SCALE = 2 ** -24;

/** Right edges of the layers, the base (with the tail's area beside it) first, and the density there. */
const edges = new Float64Array(LAYERS + 1);
const density = new Float64Array(LAYERS + 1);
edges[0] = AREA / Math.exp(-0.5 * TAIL * TAIL);
edges[1] = TAIL;
for (let i = 2; i < LAYERS; i++) {
  const previous = edges[i - 1]!;
  edges[i] = Math.sqrt(-2 * Math.log(AREA / previous + Math.exp(-0.5 * previous * previous)));
}
for (let i = 0; i <= LAYERS; i++) density[i] = Math.exp(-0.5 * edges[i]! * edges[i]!);

/** `seed` is any integer of 53 bits; each instance has its own place in the sequence and belongs to one thread. */
export function counterRandom(seed: number): CounterRandom {
  const [key0, key1] = [seed | 0, Math.floor(seed / 2 ** 32) | 0];
  // Words of the block, then: how many are used, block number, step, particle.
  const words = new Int32Array(4);
  const place = new Int32Array(4);
  const single = new Float64Array(1);
  const next = () => {
    if (place[0] === 4) {
      philox4x32(place[1]!, place[2]!, place[3]!, 0, key0, key1, words);
      place[0] = 0;
      place[1]!++;
    }
    return words[place[0]!++]!;
  };
  const uniform = () => ((next() >>> 0) + 0.5) * 2 ** -32;
  /** The deviate for bits that fell outside their layer's rectangle, or not a number where they are to be drawn again. */
  const outside = (bits: number, layer: number, x: number) => {
    if (layer === 0) {
      let beyond: number;
      do {
        beyond = -Math.log(uniform()) / TAIL;
      } while (-2 * Math.log(uniform()) < beyond * beyond);
      return bits > 0 ? TAIL + beyond : -TAIL - beyond;
    }
    const height = density[layer]! + uniform() * (density[layer + 1]! - density[layer]!);
    return height < Math.exp(-0.5 * x * x) ? x : Number.NaN;
  };
  const fillNormal = (out: Float64Array, count: number) => {
    for (let i = 0; i < count; ) {
      const bits = next();
      const layer = bits & (LAYERS - 1);
      const x = (bits >> 7) * VALUE_SCALE * edges[layer]!;
      out[i] = x < edges[layer + 1]! && x > -edges[layer + 1]! ? x : outside(bits, layer, x);
      if (!Number.isNaN(out[i])) i++;
    }
  };
  return {
    seek(particle, step) {
      place[0] = 4;
      place[1] = 0;
      place[2] = step;
      place[3] = particle;
    },
    uniform,
    fillNormal,
    normal() {
      fillNormal(single, 1);
      return single[0]!;
    },
  };
}
