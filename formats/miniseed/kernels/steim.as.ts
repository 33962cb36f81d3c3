/**
 * Steim1 and Steim2 payloads of many records at once, one word of differences after the other without a branch. Twin: `decodeSteim` of
 * formats/miniseed/steim.ts, which also takes over wherever this finds a record that is not as it should be.
 *
 * A word has one of 16 rows: its two-bit code and its first two bits. A row brings each difference to the top of a lane by a
 * multiplication, and down again with its sign by one shift for all lanes.
 */

/** Rows of 48 bytes by level: multipliers of eight lanes, shift, count of differences, mark of a code that means nothing. */
const ROWS: usize = memory.data(2 * 16 * 48, 16);
const SHIFT: usize = 32;
const COUNT: usize = 36;
const BAD: usize = 40;
/** One frame with its bytes turned round. */
const FRAME: usize = memory.data(64, 16);

export function heap(): usize {
  return __heap_base;
}

function setRow(level: i32, row: i32, skip: i32, width: i32, count: i32): void {
  const at = ROWS + ((level - 1) * 16 + row) * 48;
  for (let k = 0; k < 8; k++) store<i32>(at + (k << 2), k < count ? 1 << (skip + k * width) : 0);
  store<i32>(at, 32 - width, SHIFT);
  store<i32>(at, count, COUNT);
  store<i32>(at, 0, BAD);
}

function setBad(level: i32, row: i32): void {
  store<i32>(ROWS + ((level - 1) * 16 + row) * 48, 1, BAD);
}

/** Fills the tables; called once. */
export function prepare(): void {
  for (let sub = 0; sub < 4; sub++) {
    for (let level = 1; level <= 2; level++) setRow(level, 4 + sub, 0, 8, 4);
    setRow(1, 8 + sub, 0, 16, 2);
    setRow(1, 12 + sub, 0, 32, 1);
  }
  setBad(2, 8);
  setRow(2, 9, 2, 30, 1);
  setRow(2, 10, 2, 15, 2);
  setRow(2, 11, 2, 10, 3);
  setRow(2, 12, 2, 6, 5);
  setRow(2, 13, 2, 5, 6);
  setRow(2, 14, 4, 4, 7);
  setBad(2, 15);
}

/**
 * Big-endian records: for each an entry of three words at `entries`, where its payload begins, its frames, and its samples, which may be
 * none of zero. Writes samples one after the other from `out` on (eight more places are overwritten) and returns how many records came
 * out whole, before the first that did not.
 */
export function decode(entries: usize, records: i32, level: i32, out: usize): i32 {
  const rows = ROWS + (level - 1) * 16 * 48;
  for (let r = 0; r < records; r++, entries += 12) {
    let from: usize = load<u32>(entries);
    const frames: usize = load<u32>(entries, 4);
    const stop = out + ((<usize>load<u32>(entries, 8)) << 2);
    const end = from + (frames << 6);
    const first = bswap<i32>(load<i32>(from, 4));
    const last = bswap<i32>(load<i32>(from, 8));
    let at = out;
    let bad: i32 = 0;
    // The first difference leads from the record before, and the sample after it is known. Nearly always word 3 begins with it.
    const begin = bswap<u32>(load<u32>(from, 12));
    const code = (bswap<u32>(load<u32>(from)) >>> 24) & 3;
    const beginRow = rows + <usize>((code << 2) | (begin >>> 30)) * 48;
    const difference = (<i32>begin * load<i32>(beginRow)) >> load<i32>(beginRow, SHIFT);
    let carry = i32x4.splat(first - difference);
    // Words 1 and 2 of the first frame are no differences.
    let mask: u32 = 0x03ffffff;
    for (; from < end; from += 64) {
      turn(from, 0);
      turn(from, 16);
      turn(from, 32);
      turn(from, 48);
      let codes = load<u32>(FRAME) & mask;
      mask = 0x3fffffff;
      codes <<= 2;
      for (let word: usize = 4; word < 64; word += 4) {
        const w = load<u32>(FRAME + word);
        const row = rows + <usize>(((codes >>> 30) << 2) | (w >>> 30)) * 48;
        codes <<= 2;
        const lanes = i32x4.splat(w);
        const shift = load<i32>(row, SHIFT);
        let low = i32x4.shr_s(i32x4.mul(lanes, v128.load(row)), shift);
        let high = i32x4.shr_s(i32x4.mul(lanes, v128.load(row, 16)), shift);
        const zero = i32x4.splat(0);
        low = i32x4.add(low, v128.shuffle<i32>(zero, low, 0, 4, 5, 6));
        high = i32x4.add(high, v128.shuffle<i32>(zero, high, 0, 4, 5, 6));
        low = i32x4.add(low, v128.shuffle<i32>(zero, low, 0, 0, 4, 5));
        high = i32x4.add(high, v128.shuffle<i32>(zero, high, 0, 0, 4, 5));
        high = i32x4.add(high, v128.shuffle<i32>(low, low, 3, 3, 3, 3));
        v128.store(at, i32x4.add(low, carry));
        v128.store(at, i32x4.add(high, carry), 16);
        carry = i32x4.add(carry, v128.shuffle<i32>(high, high, 3, 3, 3, 3));
        at += (<usize>load<i32>(row, COUNT)) << 2;
        bad |= load<i32>(row, BAD);
      }
      if (at >= stop) break;
    }
    if (bad || at < stop) return r;
    if (stop > out) {
      if (load<i32>(out) != first) lift(out, stop, first - load<i32>(out));
      if (load<i32>(stop - 4) != last) return r;
    }
    out = stop;
  }
  return records;
}

@inline function turn(from: usize, at: usize): void {
  const x = v128.load(from + at);
  v128.store(FRAME + at, v128.shuffle<u8>(x, x, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
}

@inline function lift(from: usize, to: usize, by: i32): void {
  const all = i32x4.splat(by);
  let at = from;
  for (; at + 16 <= to; at += 16) v128.store(at, i32x4.add(v128.load(at), all));
  for (; at < to; at += 4) store<i32>(at, load<i32>(at) + by);
}
