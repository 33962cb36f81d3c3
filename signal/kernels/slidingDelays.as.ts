/**
 * Normalised correlation of two f64 traces in windows that slide along, for many lags. Twin: the definition, one window and lag at a time, in
 * signal/pmcc/bandDelays.test.ts.
 */

export function heap(): usize {
  return __heap_base;
}

/**
 * One over the root of the energy of the `length` samples from each of `count` on, 0 for silence, to `to`, which has room for `length` - 1 more.
 * Each energy is that of the end of one stretch and the beginning of the next, so that nothing strong is ever taken away from a sum.
 */
export function weigh(x: usize, to: usize, length: i32, count: i32): void {
  const bytes = (<usize>length) << 3;
  for (const last = to + ((<usize>count) << 3); to < last; to += bytes, x += bytes) {
    let sum: f64 = 0;
    for (let at = bytes; at > 0; ) {
      at -= 8;
      sum += load<f64>(x + at) * load<f64>(x + at);
      store<f64>(to + at, sum);
    }
    sum = 0;
    for (let at: usize = 0, next = x + bytes, end = min(bytes, last - to); at < end; at += 8, next += 8) {
      const energy = load<f64>(to + at) + sum;
      store<f64>(to + at, energy > 0 ? 1 / Math.sqrt(energy) : 0);
      sum += load<f64>(next) * load<f64>(next);
    }
  }
}

/** Sums of x[i] y[i + lag] over `step` samples for `width` lags, whole groups of eight. */
export function blockSums(x: usize, y: usize, step: i32, row: usize, width: i32): void {
  const end = x + ((<usize>step) << 3);
  const rowEnd = row + ((<usize>width) << 3);
  for (; row < rowEnd; row += 64, y += 64) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    let at = y;
    for (let i = x; i < end; i += 8, at += 8) {
      const v = v128.load64_splat(i);
      a = f64x2.add(a, f64x2.mul(v, v128.load(at)));
      b = f64x2.add(b, f64x2.mul(v, v128.load(at, 16)));
      c = f64x2.add(c, f64x2.mul(v, v128.load(at, 32)));
      d = f64x2.add(d, f64x2.mul(v, v128.load(at, 48)));
    }
    v128.store(row, a);
    v128.store(row, b, 16);
    v128.store(row, c, 32);
    v128.store(row, d, 48);
  }
}

/**
 * For each of `count` windows of `blocks` steps of `step` samples four numbers to `out`: the lag (0 to `lags` - 1) of the largest correlation,
 * and the correlation before, at and after it; -1 where that is at an end of the lags, or there is none above 0. `y` is the second trace at lag
 * 0, `weightX` and `weightY` are the weights of both there; `rows` is scratch for (2 `blocks` + 2) x `width` numbers.
 *
 * Blocks come in groups of `blocks`. A window is the end of one group and the beginning of the next: sums of every end of the group before are
 * kept, and the sum of the group's beginning grows with each block, so a window costs two additions a lag and none of them is taken back.
 */
export function slide(
  x: usize,
  y: usize,
  weightX: usize,
  weightY: usize,
  step: i32,
  blocks: i32,
  count: i32,
  lags: i32,
  width: i32,
  rows: usize,
  out: usize,
): void {
  const line = (<usize>width) << 3;
  const all = (<usize>blocks) * line;
  const ends = rows + all;
  // Behind the ends stands a row of zeros, for the window that is a whole group.
  const begun = ends + all + line;
  memory.fill(rows, 0, 2 * (all + line));
  const stepBytes = (<usize>step) << 3;
  for (let block = 0; block < count + blocks - 1; block++) {
    const place = block % blocks;
    const row = rows + (<usize>place) * line;
    blockSums(x, y, step, row, width);
    x += stepBytes;
    y += stepBytes;
    for (let lag: usize = 0; lag < line; lag += 16)
      v128.store(begun + lag, f64x2.add(v128.load(begun + lag), v128.load(row + lag)));
    if (block < blocks - 1) continue;
    peak(begun, ends + (<usize>(place + 1)) * line, load<f64>(weightX), weightY, lags, out);
    weightX += stepBytes;
    weightY += stepBytes;
    out += 32;
    if (place + 1 == blocks) closeGroup(rows, ends, begun, all, line);
  }
}

/** The correlation at a lag, but for the weight of the first trace. What is not a number has no weight. */
@inline function value(begun: usize, ended: usize, weight: usize): f64 {
  const w = load<f64>(weight);
  return w > 0 ? (load<f64>(begun) + load<f64>(ended)) * w : 0;
}

@inline function values(begun: usize, ended: usize, weight: usize): v128 {
  const w = v128.load(weight);
  const sum = f64x2.add(v128.load(begun), v128.load(ended));
  return v128.and(f64x2.mul(sum, w), f64x2.gt(w, f64x2.splat(0)));
}

/** The four numbers of one window, the first of the largest when several are. Two pairs of lags go side by side. */
function peak(begun: usize, ended: usize, own: f64, weight: usize, lags: i32, out: usize): void {
  store<f64>(out, -1);
  const end = (<usize>lags) << 3;
  const four = f64x2.splat(4);
  let here = f64x2(0, 1);
  let there = f64x2(2, 3);
  let mostHere = f64x2.splat(0);
  let mostThere = mostHere;
  let atHere = here;
  let atThere = there;
  let lag: usize = 0;
  for (; lag + 32 <= end; lag += 32) {
    const a = values(begun + lag, ended + lag, weight + lag);
    const b = values(begun + lag + 16, ended + lag + 16, weight + lag + 16);
    atHere = v128.bitselect(here, atHere, f64x2.gt(a, mostHere));
    atThere = v128.bitselect(there, atThere, f64x2.gt(b, mostThere));
    mostHere = f64x2.pmax(mostHere, a);
    mostThere = f64x2.pmax(mostThere, b);
    here = f64x2.add(here, four);
    there = f64x2.add(there, four);
  }
  const isEarlier = v128.and(f64x2.eq(mostThere, mostHere), f64x2.lt(atThere, atHere));
  const at = v128.bitselect(atThere, atHere, v128.or(f64x2.gt(mostThere, mostHere), isEarlier));
  const both = f64x2.pmax(mostHere, mostThere);
  let most = f64x2.extract_lane(both, 0);
  let best = f64x2.extract_lane(at, 0);
  const odd = f64x2.extract_lane(both, 1);
  if (odd > most || (odd == most && f64x2.extract_lane(at, 1) < best)) {
    most = odd;
    best = f64x2.extract_lane(at, 1);
  }
  for (; lag < end; lag += 8) {
    const last = value(begun + lag, ended + lag, weight + lag);
    if (last > most) {
      most = last;
      best = <f64>(lag >> 3);
    }
  }
  if (!(best > 0 && best < <f64>(lags - 1) && most * own > 0)) return;
  lag = (<usize>best) << 3;
  store<f64>(out, best);
  store<f64>(out, own * value(begun + lag - 8, ended + lag - 8, weight + lag - 8), 8);
  store<f64>(out, own * most, 16);
  store<f64>(out, own * value(begun + lag + 8, ended + lag + 8, weight + lag + 8), 24);
}

/** The sums of every end of a full group, and nothing begun. */
function closeGroup(rows: usize, ends: usize, begun: usize, all: usize, line: usize): void {
  for (let lag: usize = 0; lag < line; lag += 16) {
    let sum = f64x2.splat(0);
    for (let at = all; at > 0; at -= line) {
      sum = f64x2.add(sum, v128.load(rows + at - line + lag));
      v128.store(ends + at - line + lag, sum);
    }
    v128.store(begun + lag, f64x2.splat(0));
  }
}
