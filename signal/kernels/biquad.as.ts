/**
 * A cascade of one to four second-order sections over two traces of f64 samples in place, a trace in each lane. Twin: `cascadeTwin` of
 * signal/cascade.ts.
 *
 * Direct form II: w = x - a1 w' - a2 w'', y = b0 w + b1 w' + b2 w''. Each sample waits for the one before; two traces wait together, and
 * the sections behind each other overlap.
 */

/** For each of four sections, as vectors of two lanes: a1, a2, b0, b1, b2, w', w''. */
const TABLE: usize = memory.data(448, 16);
const SIZE: usize = 112;
const A2: usize = 16;
const B0: usize = 32;
const B1: usize = 48;
const B2: usize = 64;
const W1: usize = 80;
const W2: usize = 96;

export function table(): usize {
  return TABLE;
}

export function heap(): usize {
  return __heap_base;
}

/**
 * Runs `sections` sections over `n` samples of two traces, the first at `a` and `b`, the next `stride` bytes on (8, or -8 backwards). With
 * `ends` the zeros of all sections are at 1 and -1: b0 = 1, b1 = 0, b2 = -1, and `gain` scales the input.
 */
export function run(a: usize, b: usize, n: i32, stride: i32, sections: i32, ends: bool, gain: f64): void {
  if (ends) {
    if (sections == 1) lanes(a, b, n, stride, 1, true, gain);
    else if (sections == 2) lanes(a, b, n, stride, 2, true, gain);
    else if (sections == 3) lanes(a, b, n, stride, 3, true, gain);
    else lanes(a, b, n, stride, 4, true, gain);
  } else if (sections == 1) lanes(a, b, n, stride, 1, false, gain);
  else if (sections == 2) lanes(a, b, n, stride, 2, false, gain);
  else if (sections == 3) lanes(a, b, n, stride, 3, false, gain);
  else lanes(a, b, n, stride, 4, false, gain);
}

@inline function recursion(x: v128, u: v128, v: v128, at: usize): v128 {
  return f64x2.sub(f64x2.sub(x, f64x2.mul(v128.load(at, A2), v)), f64x2.mul(v128.load(at), u));
}

@inline function output(w: v128, u: v128, v: v128, at: usize, ends: bool): v128 {
  if (ends) return f64x2.sub(w, v);
  const now = f64x2.mul(v128.load(at, B0), w);
  return f64x2.add(f64x2.add(now, f64x2.mul(v128.load(at, B1), u)), f64x2.mul(v128.load(at, B2), v));
}

@inline function lanes(a: usize, b: usize, n: i32, stride: i32, sections: i32, ends: bool, gain: f64): void {
  const factor = f64x2.splat(gain);
  const p = TABLE;
  const q = TABLE + SIZE;
  const r = TABLE + 2 * SIZE;
  const s = TABLE + 3 * SIZE;
  let u0 = v128.load(p, W1);
  let v0 = v128.load(p, W2);
  let u1 = v128.load(q, W1);
  let v1 = v128.load(q, W2);
  let u2 = v128.load(r, W1);
  let v2 = v128.load(r, W2);
  let u3 = v128.load(s, W1);
  let v3 = v128.load(s, W2);
  for (; n > 0; n--, a += stride, b += stride) {
    let x = f64x2.mul(factor, v128.load64_lane(b, v128.load64_zero(a), 1));
    let w = recursion(x, u0, v0, p);
    x = output(w, u0, v0, p, ends);
    v0 = u0;
    u0 = w;
    if (sections > 1) {
      w = recursion(x, u1, v1, q);
      x = output(w, u1, v1, q, ends);
      v1 = u1;
      u1 = w;
    }
    if (sections > 2) {
      w = recursion(x, u2, v2, r);
      x = output(w, u2, v2, r, ends);
      v2 = u2;
      u2 = w;
    }
    if (sections > 3) {
      w = recursion(x, u3, v3, s);
      x = output(w, u3, v3, s, ends);
      v3 = u3;
      u3 = w;
    }
    v128.store64_lane(a, x, 0);
    v128.store64_lane(b, x, 1);
  }
  v128.store(p, u0, W1);
  v128.store(p, v0, W2);
  v128.store(q, u1, W1);
  v128.store(q, v1, W2);
  v128.store(r, u2, W1);
  v128.store(r, v2, W2);
  v128.store(s, u3, W1);
  v128.store(s, v3, W2);
}
