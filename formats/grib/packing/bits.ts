/**
 * Integers packed one behind the other without gaps, highest bit first, up to 32 bits each: how GRIB packs nearly everything. What lies beyond the
 * bytes' end reads as 0; callers compare lengths first.
 */

/** `count` integers from bit `firstBit` of `bytes` into `out` from `at` on. */
export function unpackIntegers(
  bytes: Uint8Array,
  firstBit: number,
  bits: number,
  count: number,
  out: Int32Array | Uint32Array | Float64Array | Float32Array,
  at = 0,
): void {
  if (bits === 0) {
    out.fill(0, at, at + count);
    return;
  }
  if (bits > 24) {
    unpackWide(bytes, firstBit, bits, count, out, at);
    return;
  }
  let next = Math.floor(firstBit / 8);
  let have = 8 - (firstBit % 8);
  // Bits that were read and not yet used stand at the low end; never more than 31.
  let held = (bytes[next++] ?? 0) & ((1 << have) - 1);
  for (let i = at; i < at + count; i++) {
    while (have < bits) {
      held = (held << 8) | (bytes[next++] ?? 0);
      have += 8;
    }
    have -= bits;
    out[i] = held >>> have;
    held &= (1 << have) - 1;
  }
}

function unpackWide(
  bytes: Uint8Array,
  firstBit: number,
  bits: number,
  count: number,
  out: Int32Array | Uint32Array | Float64Array | Float32Array,
  at: number,
): void {
  const parts = new Uint32Array(2);
  for (let i = 0; i < count; i++) {
    const from = firstBit + i * bits;
    unpackIntegers(bytes, from, bits - 16, 1, parts, 0);
    unpackIntegers(bytes, from + bits - 16, 16, 1, parts, 1);
    out[at + i] = parts[0]! * 65_536 + parts[1]!;
  }
}

/** Bytes that `count` integers of `bits` take. */
export const packedBytes = (bits: number, count: number): number => Math.ceil((bits * count) / 8);
