/**
 * A deck of beams, rectified and summed over bins, and the largest of their STA/LTA ratios. Twins: `formBeam` and `rectify` of
 * waveform/station, and `planStaLta` of signal/staLta.ts.
 */

export function heap(): usize {
  return __heap_base;
}

/** f64 to f32, `count` rounded up to pairs. */
export function narrow(from: usize, to: usize, count: i32): void {
  for (const end = from + ((<usize>count) << 3); from < end; from += 16, to += 8)
    v128.store64_lane(to, f32x4.demote_f64x2_zero(v128.load(from)), 0);
}

/**
 * `count` sums of `bin` absolute values of a beam: the sum, times `scale`, of `elements` f32 traces, each from `places[j]` and `from` bytes
 * further on; with `incoherent`, of their absolute values. Reads whole blocks of 16 samples. `line` is scratch for as many f32 as samples,
 * and a block more.
 */
export function levels(
  places: usize,
  from: usize,
  elements: i32,
  scale: f32,
  incoherent: bool,
  bin: i32,
  count: i32,
  line: usize,
  out: usize,
): void {
  if (incoherent) rectify(places, from, elements, scale, (<usize>(bin * count)) << 2, line, true);
  else rectify(places, from, elements, scale, (<usize>(bin * count)) << 2, line, false);
  sumBins(bin, count, line, out);
}

@inline function part(x: v128, incoherent: bool): v128 {
  return incoherent ? f32x4.abs(x) : x;
}

@inline function rectify(
  places: usize,
  from: usize,
  elements: i32,
  scale: f32,
  bytes: usize,
  line: usize,
  incoherent: bool,
): void {
  const last = places + ((<usize>elements) << 2);
  const factor = f32x4.splat(scale);
  for (let at: usize = 0; at < bytes; at += 64) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (let place = places; place < last; place += 4) {
      const x = <usize>load<u32>(place) + from + at;
      a = f32x4.add(a, part(v128.load(x), incoherent));
      b = f32x4.add(b, part(v128.load(x, 16), incoherent));
      c = f32x4.add(c, part(v128.load(x, 32), incoherent));
      d = f32x4.add(d, part(v128.load(x, 48), incoherent));
    }
    v128.store(line + at, f32x4.mul(factor, f32x4.abs(a)));
    v128.store(line + at, f32x4.mul(factor, f32x4.abs(b)), 16);
    v128.store(line + at, f32x4.mul(factor, f32x4.abs(c)), 32);
    v128.store(line + at, f32x4.mul(factor, f32x4.abs(d)), 48);
  }
}

function sumBins(bin: i32, count: i32, line: usize, out: usize): void {
  const end = out + ((<usize>count) << 2);
  if (bin == 4) {
    for (; out + 16 <= end; out += 16, line += 64) {
      const a = v128.load(line);
      const b = v128.load(line, 16);
      const c = v128.load(line, 32);
      const d = v128.load(line, 48);
      const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 2, 4, 6), v128.shuffle<f32>(a, b, 1, 3, 5, 7));
      const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 2, 4, 6), v128.shuffle<f32>(c, d, 1, 3, 5, 7));
      v128.store(out, f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7)));
    }
  } else if (bin == 2) {
    for (; out + 16 <= end; out += 16, line += 32) {
      const a = v128.load(line);
      const b = v128.load(line, 16);
      v128.store(out, f32x4.add(v128.shuffle<f32>(a, b, 0, 2, 4, 6), v128.shuffle<f32>(a, b, 1, 3, 5, 7)));
    }
  }
  for (; out < end; out += 4) {
    let sum: f32 = 0;
    for (let i = 0; i < bin; i++, line += 4) sum += load<f32>(line);
    store<f32>(out, sum);
  }
}

/**
 * Raises `best` (f64) to the ratio of `level` (f32) wherever that is larger, and writes `index` to `from` (i32) there. `sums` has room for
 * `before` + `count` + 3 f64, of which the first `before` are zeros. `weight` is one over the good samples of the long window of each sample,
 * 0 where there is no ratio; it is 0 for the last `sta` - 1 samples. `share` and `recent` are those of planStaLta. Reads a pair of levels and
 * weights more than there are.
 *
 * The running sums are `sta` samples ahead of the ratios, so that those they are needed for find them in the nearest cache.
 */
export function strongest(
  level: usize,
  count: i32,
  sums: usize,
  before: i32,
  weight: usize,
  sta: i32,
  lta: i32,
  gap: i32,
  recent: i32,
  share: f64,
  best: usize,
  from: usize,
  index: i32,
): void {
  if (count < sta) return;
  const base = sums + ((<usize>before) << 3);
  const staAt = (<usize>sta) << 3;
  const gapAt = (<usize>gap) << 3;
  const ltaAt = (<usize>(gap + lta)) << 3;
  const recentAt = (<usize>(gap + recent)) << 3;
  const perSta = f64x2.splat(1 / <f64>sta);
  const part = f64x2.splat(share / <f64>recent);
  const zero = f64x2.splat(0);
  const own = i64x2.splat(<i64>index);
  let sum: f64 = 0;
  store<f64>(base, 0);
  let ahead = base;
  for (let i = 0; i < sta - 1; i++, level += 4) {
    sum += load<f32>(level);
    ahead += 8;
    store<f64>(ahead, sum);
  }
  let total = f64x2.splat(sum);
  const bytes = (<usize>(count - sta + 1)) << 3;
  for (let i: usize = 0; i < bytes; i += 16, level += 8, ahead += 16) {
    // Sums up to the two samples with which the short windows of this pair end.
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(level));
    const rest = v128.shuffle<f64>(pair, pair, 1, 0);
    const both = f64x2.add(pair, rest);
    v128.store(ahead, f64x2.add(total, v128.shuffle<f64>(pair, both, 0, 2)), 8);
    total = f64x2.add(total, both);
    const w = v128.load(weight + i);
    const here = base + i;
    const end = v128.load(here - gapAt);
    const long = f64x2.pmax(
      f64x2.mul(f64x2.sub(end, v128.load(here - ltaAt)), w),
      f64x2.mul(f64x2.sub(end, v128.load(here - recentAt)), part),
    );
    const short = f64x2.mul(f64x2.sub(v128.load(here + staAt), v128.load(here)), perSta);
    const valid = v128.and(f64x2.gt(w, zero), f64x2.gt(long, zero));
    const ratio = v128.and(f64x2.div(short, long), valid);
    const high = v128.load(best + i);
    const more = f64x2.gt(ratio, high);
    v128.store(best + i, v128.bitselect(ratio, high, more));
    v128.store(from + i, v128.bitselect(own, v128.load(from + i), more));
  }
}
