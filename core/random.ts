/**
 * Seeded random numbers, so that every simulation and every search can be replayed. The generator is xoshiro128** (Blackman and
 * Vigna 2021, doi:10.1145/3460772) seeded by splitmix32 from an integer and any number of labels; labelled streams are independent
 * of the order in which they are drawn.
 *
 *     const random = randomStream(42, "noise", "ARCES");
 *     random.uniform(); random.normal(); random.integer(6);
 */

export interface RandomStream {
  /** Uniform in [0, 1) with 32 random bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Integer in [0, n). */
  integer(n: number): number;
  /** Poisson with the given mean. */
  poisson(mean: number): number;
  /** Fills with standard normals. */
  fillNormal(out: Float32Array | Float64Array): void;
}

function hashLabel(seed: number, label: string | number): number {
  let h = seed >>> 0;
  for (const char of String(label)) {
    h = Math.imul(h ^ char.codePointAt(0)!, 0x01000193) >>> 0;
    h = (h ^ (h >>> 15)) >>> 0;
  }
  return h;
}

export function randomStream(seed: number, ...labels: readonly (string | number)[]): RandomStream {
  let mix = labels.reduce<number>((h, label) => hashLabel(Math.imul(h ^ 0x9e3779b9, 0x85ebca6b), label), seed >>> 0);
  const next32 = () => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [next32(), next32(), next32(), next32() | 1];
  const bits = () => {
    const m = Math.imul(b, 5);
    const result = Math.imul((m << 7) | (m >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const uniform = () => bits() / 4294967296;
  let spare: number | null = null;
  // Marsaglia's polar method.
  const normal = () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    let u: number;
    let v: number;
    let s: number;
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const f = Math.sqrt((-2 * Math.log(s)) / s);
    spare = v * f;
    return u * f;
  };
  const poisson = (mean: number): number => {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const limit = Math.exp(-mean);
    let k = 0;
    for (let p = uniform(); p > limit; p *= uniform()) k++;
    return k;
  };
  return {
    uniform,
    normal,
    exponential: () => -Math.log(1 - uniform()),
    integer: (n) => Math.floor(uniform() * n),
    poisson,
    fillNormal(out) {
      for (let i = 0; i < out.length; i++) out[i] = normal();
    },
  };
}
