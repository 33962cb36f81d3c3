/**
 * Signatures of DSA and ECDSA as ASN.1 has them (RFC 3279, section 2.2.3): a SEQUENCE of the INTEGERs r and s, of which CD-1.1 carries the plain bytes,
 * one behind the other.
 */

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** null when the value is not twice `width` bytes long. Widths up to 60 bytes. */
export function derOf(value: Uint8Array, width: number): Uint8Array | null {
  if (value.length !== 2 * width) return null;
  const [r, s] = [integer(value.subarray(0, width)), integer(value.subarray(width))];
  return Uint8Array.from([SEQUENCE, r.length + s.length, ...r, ...s]);
}

/** The shortest form: no zeros before it but the one that keeps a high bit from being a sign. */
function integer(bytes: Uint8Array): number[] {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from++;
  const sign = bytes[from]! >= 0x80 ? [0] : [];
  return [INTEGER, sign.length + bytes.length - from, ...sign, ...bytes.subarray(from)];
}
