/**
 * Complex transforms of f32 in powers of two, forward, on separate real and imaginary parts: Stockham's autosort in radix 4 (Van Loan 1992,
 * Computational Frameworks for the Fast Fourier Transform, 1.7), with one stage of radix 2 last where the power is odd. And the step from a
 * complex transform of half the length to a real one. Twin: `fourierOf` of signal/fourier.ts.
 */

export function heap(): usize {
  return __heap_base;
}

/** Bytes of the tables for one size: three factors for each quarter of each stage, and the factors of the real step. */
export function tableBytes(size: i32): i32 {
  return size * 8 + size * 4 + 256;
}

/**
 * Fills the tables of `size` at `table`. Stage after stage, for the quarter's index p: cos and sin of w^p, w^2p, w^3p in six rows. Then cos and
 * sin of the real step for size + 1 quarters of a turn.
 */
export function prepare(table: usize, size: i32): void {
  let at = table;
  for (let n = size; n >= 4; n >>= 2) {
    const quarter = n >> 2;
    for (let row = 0; row < 6; row++) {
      for (let p = 0; p < quarter; p++) {
        const angle = (-2 * Math.PI * ((row >> 1) + 1) * p) / n;
        store<f32>(at, <f32>(row & 1 ? Math.sin(angle) : Math.cos(angle)));
        at += 4;
      }
    }
  }
  at = realTable(table, size);
  for (let part = 0; part < 2; part++) {
    for (let k = 0; k <= size >> 1; k++) {
      const angle = (-Math.PI * k) / size;
      store<f32>(at + (k << 2), <f32>(part == 1 ? Math.sin(angle) : Math.cos(angle)));
    }
    at += (size << 1) + 16;
  }
}

/** The stages take 6 (n / 4 + n / 16 + ...) < 2 n numbers. */
@inline function realTable(table: usize, size: i32): usize {
  return table + ((<usize>size) << 3);
}

/** X of x at (re, im), work at (re2, im2), all of `size` f32. Returns 0 when the result stands in the first place, 1 when in the second. */
export function forward(table: usize, re: usize, im: usize, re2: usize, im2: usize, size: i32): i32 {
  let place = 0;
  let n = size;
  let stride = 1;
  let at = table;
  for (; n >= 4; n >>= 2, stride <<= 2) {
    const quarter = n >> 2;
    if (stride == 1) first(at, re, im, re2, im2, quarter);
    else next(at, re, im, re2, im2, quarter, stride);
    at += (<usize>quarter) * 24;
    let t = re;
    re = re2;
    re2 = t;
    t = im;
    im = im2;
    im2 = t;
    place ^= 1;
  }
  if (n == 2) {
    const half = (<usize>stride) << 2;
    for (let q: usize = 0; q < half; q += 16) {
      const a = v128.load(re + q);
      const b = v128.load(re + half + q);
      const c = v128.load(im + q);
      const d = v128.load(im + half + q);
      v128.store(re2 + q, f32x4.add(a, b));
      v128.store(re2 + half + q, f32x4.sub(a, b));
      v128.store(im2 + q, f32x4.add(c, d));
      v128.store(im2 + half + q, f32x4.sub(c, d));
    }
    place ^= 1;
  }
  return place;
}

@inline function timesRe(a: v128, b: v128, c: v128, s: v128): v128 {
  return f32x4.sub(f32x4.mul(a, c), f32x4.mul(b, s));
}

@inline function timesIm(a: v128, b: v128, c: v128, s: v128): v128 {
  return f32x4.add(f32x4.mul(a, s), f32x4.mul(b, c));
}

/** The first stage: four neighbours p at once; their results, four for each p, are turned to stand behind each other. */
@inline function first(table: usize, re: usize, im: usize, re2: usize, im2: usize, quarter: i32): void {
  const m = (<usize>quarter) << 2;
  for (let p: usize = 0; p < m; p += 16) {
    const ar = v128.load(re + p);
    const ai = v128.load(im + p);
    const br = v128.load(re + m + p);
    const bi = v128.load(im + m + p);
    const cr = v128.load(re + 2 * m + p);
    const ci = v128.load(im + 2 * m + p);
    const dr = v128.load(re + 3 * m + p);
    const di = v128.load(im + 3 * m + p);
    const sr = f32x4.add(ar, cr);
    const si = f32x4.add(ai, ci);
    const tr = f32x4.sub(ar, cr);
    const ti = f32x4.sub(ai, ci);
    const ur = f32x4.add(br, dr);
    const ui = f32x4.add(bi, di);
    // j (b - d)
    const vr = f32x4.sub(di, bi);
    const vi = f32x4.sub(br, dr);
    const t = table + p;
    const p1r = f32x4.sub(tr, vr);
    const p1i = f32x4.sub(ti, vi);
    const p2r = f32x4.sub(sr, ur);
    const p2i = f32x4.sub(si, ui);
    const p3r = f32x4.add(tr, vr);
    const p3i = f32x4.add(ti, vi);
    const c1 = v128.load(t);
    const s1 = v128.load(t + m);
    const c2 = v128.load(t + 2 * m);
    const s2 = v128.load(t + 3 * m);
    const c3 = v128.load(t + 4 * m);
    const s3 = v128.load(t + 5 * m);
    turn(re2 + 4 * p, f32x4.add(sr, ur), timesRe(p1r, p1i, c1, s1), timesRe(p2r, p2i, c2, s2), timesRe(p3r, p3i, c3, s3));
    turn(im2 + 4 * p, f32x4.add(si, ui), timesIm(p1r, p1i, c1, s1), timesIm(p2r, p2i, c2, s2), timesIm(p3r, p3i, c3, s3));
  }
}

/** Writes the transpose of four rows. */
@inline function turn(at: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(at, v128.shuffle<f64>(ab, cd, 0, 2));
  v128.store(at, v128.shuffle<f64>(ab, cd, 1, 3), 16);
  v128.store(at, v128.shuffle<f64>(ab2, cd2, 0, 2), 32);
  v128.store(at, v128.shuffle<f64>(ab2, cd2, 1, 3), 48);
}

/** A later stage: four neighbours within the stride at once. */
@inline function next(table: usize, re: usize, im: usize, re2: usize, im2: usize, quarter: i32, stride: i32): void {
  const s = (<usize>stride) << 2;
  const m = (<usize>quarter) * s;
  const q4 = (<usize>quarter) << 2;
  for (let p: usize = 0; p < <usize>quarter; p++) {
    const t = table + (p << 2);
    const c1 = v128.load32_splat(t);
    const s1 = v128.load32_splat(t + q4);
    const c2 = v128.load32_splat(t + 2 * q4);
    const s2 = v128.load32_splat(t + 3 * q4);
    const c3 = v128.load32_splat(t + 4 * q4);
    const s3 = v128.load32_splat(t + 5 * q4);
    let r = re + p * s;
    let i = im + p * s;
    let r2 = re2 + 4 * p * s;
    let i2 = im2 + 4 * p * s;
    for (const end = r + s; r < end; r += 16, i += 16, r2 += 16, i2 += 16) {
      const ar = v128.load(r);
      const ai = v128.load(i);
      const br = v128.load(r + m);
      const bi = v128.load(i + m);
      const cr = v128.load(r + 2 * m);
      const ci = v128.load(i + 2 * m);
      const dr = v128.load(r + 3 * m);
      const di = v128.load(i + 3 * m);
      const sr = f32x4.add(ar, cr);
      const si = f32x4.add(ai, ci);
      const tr = f32x4.sub(ar, cr);
      const ti = f32x4.sub(ai, ci);
      const ur = f32x4.add(br, dr);
      const ui = f32x4.add(bi, di);
      const vr = f32x4.sub(di, bi);
      const vi = f32x4.sub(br, dr);
      v128.store(r2, f32x4.add(sr, ur));
      v128.store(i2, f32x4.add(si, ui));
      const p1r = f32x4.sub(tr, vr);
      const p1i = f32x4.sub(ti, vi);
      v128.store(r2 + s, timesRe(p1r, p1i, c1, s1));
      v128.store(i2 + s, timesIm(p1r, p1i, c1, s1));
      const p2r = f32x4.sub(sr, ur);
      const p2i = f32x4.sub(si, ui);
      v128.store(r2 + 2 * s, timesRe(p2r, p2i, c2, s2));
      v128.store(i2 + 2 * s, timesIm(p2r, p2i, c2, s2));
      const p3r = f32x4.add(tr, vr);
      const p3i = f32x4.add(ti, vi);
      v128.store(r2 + 3 * s, timesRe(p3r, p3i, c3, s3));
      v128.store(i2 + 3 * s, timesIm(p3r, p3i, c3, s3));
    }
  }
}

/** Even samples to `re`, odd ones to `im`: a real trace of 2 `size` as a complex one. */
export function split(x: usize, re: usize, im: usize, size: i32): void {
  for (let end = re + ((<usize>size) << 2); re < end; re += 16, im += 16, x += 32) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    v128.store(re, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
    v128.store(im, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
  }
}

/** The other way round, times `scale`. */
export function join(re: usize, im: usize, x: usize, size: i32, scale: f32): void {
  const factor = f32x4.splat(scale);
  for (let end = re + ((<usize>size) << 2); re < end; re += 16, im += 16, x += 32) {
    const a = f32x4.mul(factor, v128.load(re));
    const b = f32x4.mul(factor, v128.load(im));
    v128.store(x, v128.shuffle<f32>(a, b, 0, 4, 1, 5));
    v128.store(x, v128.shuffle<f32>(a, b, 2, 6, 3, 7), 16);
  }
}

/**
 * In place from Z, the transform of the split trace, to the first `size` + 1 values of the real trace's transform:
 * X[k] = (Z[k] + Z*[n - k]) / 2 - j w^k (Z[k] - Z*[n - k]) / 2, w = exp(-j pi / n). Places at `size` must be there.
 */
export function toReal(table: usize, re: usize, im: usize, size: i32): void {
  const r0 = load<f32>(re);
  const i0 = load<f32>(im);
  combine(table, re, im, size, 0.5, 0.5, 1);
  const end = (<usize>size) << 2;
  store<f32>(re, r0 + i0);
  store<f32>(im, 0);
  store<f32>(re + end, r0 - i0);
  store<f32>(im + end, 0);
}

/** Back: from the transform of a real trace, `size` + 1 values, to twice Z. The same with the conjugate of w and the other sign. */
export function fromReal(table: usize, re: usize, im: usize, size: i32): void {
  const r0 = load<f32>(re);
  const rn = load<f32>(re + ((<usize>size) << 2));
  combine(table, re, im, size, 1, -1, -1);
  store<f32>(re, r0 + rn);
  store<f32>(im, r0 - rn);
}

/** E + w^k O and its mirror for k = 1 on, E = `even` (Z[k] + Z*[n - k]), O = -j `odd` (Z[k] - Z*[n - k]), the sine of w times `sign`. */
@inline function combine(table: usize, re: usize, im: usize, size: i32, even: f32, odd: f32, sign: f32): void {
  const cos = realTable(table, size);
  const sin = cos + ((size << 1) + 16);
  const half = f32x4.splat(even);
  const other = f32x4.splat(odd);
  const turned = f32x4.splat(sign);
  let k = 1;
  const middle = size >> 1;
  for (; k + 3 < middle; k += 4) {
    const low = (<usize>k) << 2;
    const high = (<usize>(size - k - 3)) << 2;
    const ar = v128.load(re + low);
    const ai = v128.load(im + low);
    let br = v128.load(re + high);
    let bi = v128.load(im + high);
    br = v128.shuffle<f32>(br, br, 3, 2, 1, 0);
    bi = v128.shuffle<f32>(bi, bi, 3, 2, 1, 0);
    const er = f32x4.mul(half, f32x4.add(ar, br));
    const ei = f32x4.mul(half, f32x4.sub(ai, bi));
    const or = f32x4.mul(other, f32x4.add(ai, bi));
    const oi = f32x4.mul(other, f32x4.sub(br, ar));
    const c = v128.load(cos + low);
    const s = f32x4.mul(turned, v128.load(sin + low));
    const wr = timesRe(or, oi, c, s);
    const wi = timesIm(or, oi, c, s);
    v128.store(re + low, f32x4.add(er, wr));
    v128.store(im + low, f32x4.add(ei, wi));
    const xr = f32x4.sub(er, wr);
    const xi = f32x4.sub(wi, ei);
    v128.store(re + high, v128.shuffle<f32>(xr, xr, 3, 2, 1, 0));
    v128.store(im + high, v128.shuffle<f32>(xi, xi, 3, 2, 1, 0));
  }
  for (; k <= middle; k++) {
    const low = (<usize>k) << 2;
    const high = (<usize>(size - k)) << 2;
    const ar = load<f32>(re + low);
    const ai = load<f32>(im + low);
    const br = load<f32>(re + high);
    const bi = load<f32>(im + high);
    const er = even * (ar + br);
    const ei = even * (ai - bi);
    const or = odd * (ai + bi);
    const oi = odd * (br - ar);
    const c = load<f32>(cos + low);
    const s = sign * load<f32>(sin + low);
    const wr = or * c - oi * s;
    const wi = or * s + oi * c;
    store<f32>(re + low, er + wr);
    store<f32>(im + low, ei + wi);
    if (high != low) {
      store<f32>(re + high, er - wr);
      store<f32>(im + high, wi - ei);
    }
  }
}

/** a times the conjugate of b, of `count` values rounded up to whole vectors. */
export function timesConjugate(ar: usize, ai: usize, br: usize, bi: usize, re: usize, im: usize, count: i32): void {
  for (const end = ar + ((<usize>count) << 2); ar < end; ar += 16, ai += 16, br += 16, bi += 16, re += 16, im += 16) {
    const a = v128.load(ar);
    const b = v128.load(ai);
    const c = v128.load(br);
    const d = v128.load(bi);
    v128.store(re, f32x4.add(f32x4.mul(a, c), f32x4.mul(b, d)));
    v128.store(im, f32x4.sub(f32x4.mul(b, c), f32x4.mul(a, d)));
  }
}

/** f64 less a mean, times a factor, as f32; `count` is even. */
export function demean(x: usize, to: usize, count: i32, mean: f64, factor: f64): void {
  const m = f64x2.splat(mean);
  const f = f64x2.splat(factor);
  for (let end = x + ((<usize>count) << 3); x < end; x += 16, to += 8)
    v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.mul(f, f64x2.sub(v128.load(x), m))), 0);
}

/**
 * For each of `count` (even) windows of `length` samples, the first from x[0] on, one over the root of its sum of squares about its own
 * mean and over `factor`, as f32; 0 where that sum is not over `floor`. Running sums in f64 of samples less `mean`. Reads `count` + `length`
 * samples.
 */
export function scales(x: usize, to: usize, count: i32, length: i32, mean: f64, factor: f64, floor: f64): void {
  const m = f64x2.splat(mean);
  const lowest = f64x2.splat(floor);
  const share = f64x2.splat(1 / <f64>length);
  const one = f64x2.splat(1 / factor);
  const zero = f64x2.splat(0);
  let a: f64 = 0;
  let b: f64 = 0;
  for (let i = 0; i < length; i++) {
    const d = load<f64>(x + ((<usize>i) << 3)) - mean;
    a += d;
    b += d * d;
  }
  let sum = f64x2.splat(a);
  let squares = f64x2.splat(b);
  const ahead = (<usize>length) << 3;
  for (let end = x + ((<usize>count) << 3); x < end; x += 16, to += 8) {
    const gone = f64x2.sub(v128.load(x), m);
    const come = f64x2.sub(v128.load(x + ahead), m);
    const change = f64x2.sub(come, gone);
    const growth = f64x2.sub(f64x2.mul(come, come), f64x2.mul(gone, gone));
    // Lane 0 is the window that begins at x, lane 1 the next one.
    const first = f64x2.add(sum, v128.shuffle<f64>(zero, change, 0, 2));
    const second = f64x2.add(squares, v128.shuffle<f64>(zero, growth, 0, 2));
    const energy = f64x2.sub(second, f64x2.mul(share, f64x2.mul(first, first)));
    const scale = v128.and(f64x2.div(one, f64x2.sqrt(energy)), f64x2.gt(energy, lowest));
    v128.store64_lane(to, f32x4.demote_f64x2_zero(scale), 0);
    sum = f64x2.add(v128.shuffle<f64>(first, first, 1, 1), v128.shuffle<f64>(change, change, 1, 1));
    squares = f64x2.add(v128.shuffle<f64>(second, second, 1, 1), v128.shuffle<f64>(growth, growth, 1, 1));
  }
}

/** x times `by`, held to -1 to 1, of `count` values rounded up to whole vectors. */
export function multiply(x: usize, by: usize, to: usize, count: i32): void {
  const low = f32x4.splat(-1);
  const high = f32x4.splat(1);
  for (let end = x + ((<usize>count) << 2); x < end; x += 16, by += 16, to += 16)
    v128.store(to, f32x4.min(high, f32x4.max(low, f32x4.mul(v128.load(x), v128.load(by)))));
}

const SUMS: usize = memory.data(32, 16);

/** Sum and sum of squares of `count` (even) f64 less `shift`; returns where they stand. */
export function sums(x: usize, count: i32, shift: f64): usize {
  const m = f64x2.splat(shift);
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  for (let end = x + ((<usize>count) << 3); x < end; x += 16) {
    const d = f64x2.sub(v128.load(x), m);
    a = f64x2.add(a, d);
    b = f64x2.add(b, f64x2.mul(d, d));
  }
  store<f64>(SUMS, total(a));
  store<f64>(SUMS, total(b), 8);
  return SUMS;
}

/**
 * Sums of d, of d times its distance from the middle, and of its squares, for d = x less `base`, of `count` f64, a multiple of four; returns
 * where they stand.
 */
export function moments(x: usize, count: i32, base: f64): usize {
  const m = f64x2.splat(base);
  const four = f64x2.splat(4);
  const middle = (<f64>count - 1) / 2;
  let here = f64x2.replace_lane(f64x2.splat(-middle), 1, 1 - middle);
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let a2 = a;
  let b2 = a;
  let c2 = a;
  const two = f64x2.splat(2);
  for (let end = x + ((<usize>count) << 3); x < end; x += 32) {
    const d = f64x2.sub(v128.load(x), m);
    const e = f64x2.sub(v128.load(x, 16), m);
    a = f64x2.add(a, d);
    a2 = f64x2.add(a2, e);
    b = f64x2.add(b, f64x2.mul(here, d));
    b2 = f64x2.add(b2, f64x2.mul(f64x2.add(here, two), e));
    c = f64x2.add(c, f64x2.mul(d, d));
    c2 = f64x2.add(c2, f64x2.mul(e, e));
    here = f64x2.add(here, four);
  }
  store<f64>(SUMS, total(f64x2.add(a, a2)));
  store<f64>(SUMS, total(f64x2.add(b, b2)), 8);
  store<f64>(SUMS, total(f64x2.add(c, c2)), 16);
  return SUMS;
}

@inline function total(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** x less a line from `level` on, times `scale` and a window, as f32; `count` is even. */
export function flatten(x: usize, window: usize, to: usize, count: i32, level: f64, slope: f64, scale: f64): void {
  const first = f64x2.splat(level);
  const rise = f64x2.splat(slope);
  const factor = f64x2.splat(scale);
  const two = f64x2.splat(2);
  let i = f64x2(0, 1);
  for (let end = x + ((<usize>count) << 3); x < end; x += 16, window += 16, to += 8) {
    const d = f64x2.sub(f64x2.sub(v128.load(x), first), f64x2.mul(rise, i));
    const y = f64x2.mul(f64x2.mul(d, factor), v128.load(window));
    v128.store64_lane(to, f32x4.demote_f64x2_zero(y), 0);
    i = f64x2.add(i, two);
  }
}

/** Adds the squares of a transform's `count` values, rounded up to pairs, times `weight`, to f64 `sum`. */
export function addPower(re: usize, im: usize, sum: usize, count: i32, weight: f64): void {
  const w = f64x2.splat(weight);
  for (let end = sum + ((<usize>count) << 3); sum < end; sum += 16, re += 8, im += 8) {
    const r = f64x2.promote_low_f32x4(v128.load64_zero(re));
    const i = f64x2.promote_low_f32x4(v128.load64_zero(im));
    const power = f64x2.mul(f64x2.add(f64x2.mul(r, r), f64x2.mul(i, i)), w);
    v128.store(sum, f64x2.add(v128.load(sum), power));
  }
}
