/**
 * CRC-32C (Castagnoli), as miniSEED 3 has it: reflected polynomial 0x82F63B78, register of ones before and after.
 *
 *     crc32c(new TextEncoder().encode("123456789")); // 0xe3069283
 */

const POLYNOMIAL = 0x82f63b78;
/** Bytes taken at once: table k carries a byte over k more bytes. */
const SLICES = 8;

const tables = Array.from({ length: SLICES }, () => new Int32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let register = byte;
  for (let bit = 0; bit < 8; bit++) register = (register >>> 1) ^ (register & 1 ? POLYNOMIAL : 0);
  tables[0]![byte] = register;
}
for (let slice = 1; slice < SLICES; slice++)
  for (let byte = 0; byte < 256; byte++) {
    const register = tables[slice - 1]![byte]!;
    tables[slice]![byte] = (register >>> 8) ^ tables[0]![register & 0xff]!;
  }
const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

/** Goes on from `register` over some bytes; the caller inverts at both ends. */
function advance(register: number, bytes: Uint8Array, from: number, to: number): number {
  let crc = register;
  let at = from;
  for (; at + SLICES <= to; at += SLICES) {
    const low = crc ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    crc =
      t7[low & 0xff]! ^
      t6[(low >>> 8) & 0xff]! ^
      t5[(low >>> 16) & 0xff]! ^
      t4[low >>> 24]! ^
      t3[bytes[at + 4]!]! ^
      t2[bytes[at + 5]!]! ^
      t1[bytes[at + 6]!]! ^
      t0[bytes[at + 7]!]!;
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[at]!) & 0xff]!;
  return crc;
}

/** CRC of the bytes from `from` to `to`, the four at `zeroAt` taken for zeros. */
export function crc32c(bytes: Uint8Array, from = 0, to = bytes.length, zeroAt?: number): number {
  if (zeroAt === undefined) return ~advance(-1, bytes, from, to) >>> 0;
  const before = advance(-1, bytes, from, zeroAt);
  return ~advance(advance(before, new Uint8Array(4), 0, 4), bytes, zeroAt + 4, to) >>> 0;
}
