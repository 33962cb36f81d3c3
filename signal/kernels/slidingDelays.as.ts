/**
 * Normalised correlation of two f64 traces in windows that slide along, for many lags. Twin: the definition, one window and lag at a time, in
 * signal/pmcc/slidingDelays.test.ts.
 */

export function heap(): usize {
  return __heap_base;
}

/** Running energies of `count` samples at `x`, `count` + 1 values to `to`. */
export function energy(x: usize, to: usize, count: i32): void {
  let sum: f64 = 0;
  store<f64>(to, 0);
  for (let end = x + ((<usize>count) << 3); x < end; x += 8) {
    const v = load<f64>(x);
    sum += v * v;
    to += 8;
    store<f64>(to, sum);
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
 * and the correlation before, at and after it; -1 where that is at an end of the lags, or there is none above 0. `padded` is the second trace
 * from lag 0 on; `rows` takes (2 `blocks` + 1) x `width` numbers and `values` `width`, both scratch.
 *
 * Blocks come in groups of `blocks`. A window is the end of one group and the beginning of the next: sums of every end of the group before are
 * kept, and the sum of the group's beginning grows with each block, so a window costs two additions a lag and none of them is taken back.
 */
export function slide(
  x: usize,
  padded: usize,
  energyX: usize,
  energyY: usize,
  step: i32,
  blocks: i32,
  count: i32,
  lags: i32,
  width: i32,
  rows: usize,
  values: usize,
  out: usize,
): void {
  const line = (<usize>width) << 3;
  const all = (<usize>blocks) * line;
  const ends = rows + all;
  const begun = ends + all;
  memory.fill(rows, 0, 2 * all + line);
  const stepBytes = (<usize>step) << 3;
  const length = stepBytes * (<usize>blocks);
  const zero = f64x2.splat(0);
  for (let block = 0; block < count + blocks - 1; block++) {
    const begin = (<usize>block) * stepBytes;
    const place = block % blocks;
    const row = rows + (<usize>place) * line;
    blockSums(x + begin, padded + begin, step, row, width);
    for (let lag: usize = 0; lag < line; lag += 16)
      v128.store(begun + lag, f64x2.add(v128.load(begun + lag), v128.load(row + lag)));
    // The end of the group before that the window still holds; none when the group is full.
    const end = place + 1 < blocks ? ends + (<usize>(place + 1)) * line : 0;
    const window = block - blocks + 1;
    if (window < 0) continue;
    store<f64>(out, -1);
    const from = (<usize>window) * stepBytes;
    const own = load<f64>(energyX + from + length) - load<f64>(energyX + from);
    if (own > 0) {
      const power = f64x2.splat(own);
      for (let lag: usize = 0; lag < line; lag += 16) {
        let sum = v128.load(begun + lag);
        if (end) sum = f64x2.add(sum, v128.load(end + lag));
        const other = f64x2.sub(v128.load(energyY + from + lag + length), v128.load(energyY + from + lag));
        const value = f64x2.div(sum, f64x2.sqrt(f64x2.mul(power, other)));
        v128.store(values + lag, v128.and(value, f64x2.gt(other, zero)));
      }
      let best = 0;
      let most = load<f64>(values);
      for (let lag = 1; lag < lags; lag++) {
        const value = load<f64>(values + ((<usize>lag) << 3));
        if (value > most) {
          most = value;
          best = lag;
        }
      }
      if (best > 0 && best < lags - 1 && most > 0) {
        const at = values + ((<usize>best) << 3);
        store<f64>(out, <f64>best);
        store<f64>(out, load<f64>(at - 8), 8);
        store<f64>(out, most, 16);
        store<f64>(out, load<f64>(at + 8), 24);
      }
    }
    out += 32;
    if (!end) closeGroup(rows, ends, begun, all, line);
  }
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
