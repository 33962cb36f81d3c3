/**
 * The communications verification of CD-1.1: CRC-64 of the polynomial x^64 + x^4 + x^3 + x + 1, highest bit first, register zero before,
 * nothing inverted. It covers a frame but its last eight bytes.
 *
 *     crc64(new TextEncoder().encode("123456789")); // 0xe4ffbea588933790n
 *
 * The polynomial's terms are so low that a whole word times them does not come round: what other CRCs look up in a table is here three
 * shifts, four bytes at once.
 */

/** CRC of the bytes from `from` to `to`. */
export function crc64(bytes: Uint8Array, from = 0, to = bytes.length): bigint {
  let high = 0;
  let low = 0;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const word = high ^ ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
    high = low ^ (word >>> 31) ^ (word >>> 29) ^ (word >>> 28);
    low = word ^ (word << 1) ^ (word << 3) ^ (word << 4);
  }
  for (; at < to; at++) {
    const byte = (high >>> 24) ^ bytes[at]!;
    high = (high << 8) | (low >>> 24);
    low = (low << 8) ^ byte ^ (byte << 1) ^ (byte << 3) ^ (byte << 4);
  }
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
