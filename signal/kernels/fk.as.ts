/**
 * Beam power over a square grid of slownesses, f32. Twin: `gridTwin` of signal/slownessGrid.ts.
 *
 * Steering is a factor of the north times one of the east slowness. Two rows are worked on together, four columns in a vector, and the
 * products for an east slowness serve for its opposite too. Elements are padded to whole vectors with zeros, rows to pairs.
 */

export function heap(): usize {
  return __heap_base;
}

/**
 * Adds the power of `frequencies` to `plus` (east slownesses from 0 up) and `minus` (from 0 down), rows x columns each, which are cleared
 * first. Tables: north [frequency][row][element], east [frequency][element][column], cos and sin each; spectra [frequency][element]. Row r
 * goes as far as column `reach[r]`. `scratch` takes four rows of elements. `rows` is even, `elements` and `columns` are whole vectors, of the
 * elements the first `total` count.
 */
export function fill(
  northCos: usize,
  northSin: usize,
  eastCos: usize,
  eastSin: usize,
  re: usize,
  im: usize,
  plus: usize,
  minus: usize,
  reach: usize,
  scratch: usize,
  frequencies: i32,
  rows: i32,
  elements: i32,
  total: i32,
  columns: i32,
): void {
  const line = (<usize>columns) << 2;
  const width = (<usize>elements) << 2;
  memory.fill(plus, 0, (<usize>rows) * line);
  memory.fill(minus, 0, (<usize>rows) * line);
  const count = (<usize>total) << 2;
  const a0 = scratch;
  const b0 = scratch + width;
  const a1 = scratch + 2 * width;
  const b1 = scratch + 3 * width;
  for (let k = 0; k < frequencies; k++) {
    for (let row = 0; row < rows; row += 2) {
      for (let j: usize = 0; j < width; j += 16) {
        const x = v128.load(re + j);
        const y = v128.load(im + j);
        let c = v128.load(northCos + j);
        let s = v128.load(northSin + j);
        v128.store(a0 + j, f32x4.sub(f32x4.mul(x, c), f32x4.mul(y, s)));
        v128.store(b0 + j, f32x4.add(f32x4.mul(x, s), f32x4.mul(y, c)));
        c = v128.load(northCos + width + j);
        s = v128.load(northSin + width + j);
        v128.store(a1 + j, f32x4.sub(f32x4.mul(x, c), f32x4.mul(y, s)));
        v128.store(b1 + j, f32x4.add(f32x4.mul(x, s), f32x4.mul(y, c)));
      }
      northCos += 2 * width;
      northSin += 2 * width;
      const far = max(load<i32>(reach + (row << 2)), load<i32>(reach + (row << 2), 4));
      const at = (<usize>row) * line;
      for (let column = 0; column <= far; column += 4) {
        const here = (<usize>column) << 2;
        let p0 = f32x4.splat(0);
        let q0 = f32x4.splat(0);
        let r0 = f32x4.splat(0);
        let s0 = f32x4.splat(0);
        let p1 = f32x4.splat(0);
        let q1 = f32x4.splat(0);
        let r1 = f32x4.splat(0);
        let s1 = f32x4.splat(0);
        let cosAt = eastCos + here;
        let sinAt = eastSin + here;
        for (let j: usize = 0; j < count; j += 4) {
          const c = v128.load(cosAt);
          const s = v128.load(sinAt);
          cosAt += line;
          sinAt += line;
          let a = v128.load32_splat(a0 + j);
          let b = v128.load32_splat(b0 + j);
          p0 = f32x4.add(p0, f32x4.mul(a, c));
          q0 = f32x4.add(q0, f32x4.mul(b, s));
          r0 = f32x4.add(r0, f32x4.mul(a, s));
          s0 = f32x4.add(s0, f32x4.mul(b, c));
          a = v128.load32_splat(a1 + j);
          b = v128.load32_splat(b1 + j);
          p1 = f32x4.add(p1, f32x4.mul(a, c));
          q1 = f32x4.add(q1, f32x4.mul(b, s));
          r1 = f32x4.add(r1, f32x4.mul(a, s));
          s1 = f32x4.add(s1, f32x4.mul(b, c));
        }
        add(plus + at + here, f32x4.sub(p0, q0), f32x4.add(r0, s0));
        add(minus + at + here, f32x4.add(p0, q0), f32x4.sub(s0, r0));
        add(plus + at + line + here, f32x4.sub(p1, q1), f32x4.add(r1, s1));
        add(minus + at + line + here, f32x4.add(p1, q1), f32x4.sub(s1, r1));
      }
    }
    re += width;
    im += width;
    eastCos += (<usize>total) * line;
    eastSin += (<usize>total) * line;
  }
}

@inline function add(at: usize, re: v128, im: v128): void {
  v128.store(at, f32x4.add(v128.load(at), f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im))));
}
