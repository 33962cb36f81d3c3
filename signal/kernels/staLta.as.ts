/**
 * Recursive and classic STA/LTA over f64 samples, two samples in a vector. Twins: `recursiveTwin` and `classicTwin` of
 * signal/characteristic.test.ts.
 */

export function heap(): usize {
  return __heap_base;
}

/** The sums after the last sample of a call of `recursive`: short, long. */
const STATE: usize = memory.data(16, 16);

export function state(): usize {
  return STATE;
}

/**
 * s[i] = a x[i]^2 + (1 - a) s[i - 1], the same for l with b, and s / l at each sample. The sums are kept without their factors a and b. Two
 * steps at a time: s[i + 1] follows from s[i - 1] with (1 - a)^2, so that the lanes wait for each other half as often. `n` is even.
 */
export function recursive(data: usize, ratio: usize, n: i32, a: f64, b: f64): void {
  const p = f64x2.splat(1 - a);
  const q = f64x2.splat(1 - b);
  const p2 = f64x2.mul(p, p);
  const q2 = f64x2.mul(q, q);
  const scale = f64x2.splat(a / b);
  const s0 = (1 - a) * load<f64>(STATE);
  const l0 = (1 - b) * load<f64>(STATE, 8);
  let x = v128.load(data);
  let before = f64x2.mul(x, x);
  const shifted = v128.shuffle<f64>(f64x2.splat(0), before, 0, 2);
  let s = f64x2.add(f64x2.add(before, f64x2.mul(p, shifted)), f64x2.replace_lane(f64x2.splat(s0), 1, (1 - a) * s0));
  let l = f64x2.add(f64x2.add(before, f64x2.mul(q, shifted)), f64x2.replace_lane(f64x2.splat(l0), 1, (1 - b) * l0));
  v128.store(ratio, f64x2.mul(scale, quotient(s, l)));
  for (let at = data + 16, end = data + ((<usize>n) << 3); at < end; at += 16) {
    ratio += 16;
    x = v128.load(at);
    const e = f64x2.mul(x, x);
    const last = v128.shuffle<f64>(before, e, 1, 2);
    before = e;
    s = f64x2.add(f64x2.add(e, f64x2.mul(p, last)), f64x2.mul(p2, s));
    l = f64x2.add(f64x2.add(e, f64x2.mul(q, last)), f64x2.mul(q2, l));
    v128.store(ratio, f64x2.mul(scale, quotient(s, l)));
  }
  store<f64>(STATE, f64x2.extract_lane(s, 1));
  store<f64>(STATE, f64x2.extract_lane(l, 1), 8);
}

/** s / l, and 0 where there is no background. */
@inline function quotient(s: v128, l: v128): v128 {
  return v128.and(f64x2.div(s, l), f64x2.gt(l, f64x2.splat(0)));
}

/**
 * Running sums of squares over the last `nsta` and `nlta` samples at each of `n` (even) samples from `data` on, and their ratio times
 * `scale`; the `nlta` samples before `data` stand there too. The sums are made anew at each call, so that rounding does not gather.
 */
export function classic(data: usize, ratio: usize, n: i32, nsta: i32, nlta: i32, scale: f64): void {
  const shortAt = (<usize>nsta) << 3;
  const longAt = (<usize>nlta) << 3;
  let s = f64x2.splat(sumOfSquares(data - shortAt, nsta));
  let l = f64x2.splat(sumOfSquares(data - longAt, nlta));
  const factor = f64x2.splat(scale);
  const zero = f64x2.splat(0);
  for (let at = data, end = data + ((<usize>n) << 3); at < end; at += 16, ratio += 16) {
    let x = v128.load(at);
    const e = f64x2.mul(x, x);
    x = v128.load(at - shortAt);
    const ds = f64x2.sub(e, f64x2.mul(x, x));
    x = v128.load(at - longAt);
    const dl = f64x2.sub(e, f64x2.mul(x, x));
    const ps = f64x2.add(ds, v128.shuffle<f64>(zero, ds, 0, 2));
    const pl = f64x2.add(dl, v128.shuffle<f64>(zero, dl, 0, 2));
    const sums = f64x2.add(s, ps);
    const longs = f64x2.add(l, pl);
    s = f64x2.add(s, v128.shuffle<f64>(ps, ps, 1, 1));
    l = f64x2.add(l, v128.shuffle<f64>(pl, pl, 1, 1));
    v128.store(ratio, f64x2.mul(factor, quotient(f64x2.pmax(zero, sums), longs)));
  }
}

function sumOfSquares(at: usize, n: i32): f64 {
  let sum = f64x2.splat(0);
  let other = f64x2.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4, at += 32) {
    const x = v128.load(at);
    const y = v128.load(at, 16);
    sum = f64x2.add(sum, f64x2.mul(x, x));
    other = f64x2.add(other, f64x2.mul(y, y));
  }
  sum = f64x2.add(sum, other);
  let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  for (; i < n; i++, at += 8) total += load<f64>(at) * load<f64>(at);
  return total;
}
