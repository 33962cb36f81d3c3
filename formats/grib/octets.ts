/**
 * A section of a GRIB message, read by the octet numbers of the WMO's Manual on Codes (first octet 1). What lies beyond the section's end reads as 0,
 * so that a short section is a matter of its length, asked where it matters.
 */

export interface Octets {
  readonly length: number;
  /** Unsigned integers of one, two, three and four octets. */
  readonly u8: (octet: number) => number;
  readonly u16: (octet: number) => number;
  readonly u24: (octet: number) => number;
  readonly u32: (octet: number) => number;
  /** Sign and magnitude: the highest bit is the sign. */
  readonly s8: (octet: number) => number;
  readonly s16: (octet: number) => number;
  readonly s24: (octet: number) => number;
  readonly s32: (octet: number) => number;
  /** IEEE single precision; 0 where that is no finite number. */
  readonly ieee32: (octet: number) => number;
  /** IBM System/360 single precision: base 16, excess 64. */
  readonly ibm32: (octet: number) => number;
  readonly bytes: Uint8Array;
}

export function octetsOf(bytes: Uint8Array): Octets {
  const u8 = (n: number) => bytes[n - 1] ?? 0;
  const u16 = (n: number) => u8(n) * 256 + u8(n + 1);
  const u24 = (n: number) => u16(n) * 256 + u8(n + 2);
  const u32 = (n: number) => u24(n) * 256 + u8(n + 3);
  const signed = (value: number, half: number) => (value < half ? value : half - value);
  const word = new DataView(new ArrayBuffer(4));
  return {
    length: bytes.length,
    bytes,
    u8,
    u16,
    u24,
    u32,
    s8: (n) => signed(u8(n), 2 ** 7),
    s16: (n) => signed(u16(n), 2 ** 15),
    s24: (n) => signed(u24(n), 2 ** 23),
    s32: (n) => signed(u32(n), 2 ** 31),
    ieee32: (n) => {
      word.setUint32(0, u32(n));
      const value = word.getFloat32(0);
      return Number.isFinite(value) ? value : 0;
    },
    ibm32: (n) => ibmFloat(u32(n)),
  };
}

export function ibmFloat(word: number): number {
  const sign = word >= 2 ** 31 ? -1 : 1;
  const exponent = Math.floor(word / 2 ** 24) % 128;
  return sign * (word % 2 ** 24) * 16 ** (exponent - 64) * 2 ** -24;
}
