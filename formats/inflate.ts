/**
 * Decompression of DEFLATE in a zlib wrapper (RFC 1950, RFC 1951), with a bound on what comes out; formats are pure and cannot ask the runtime for it.
 */

const ORDER_OF_LENGTHS = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** Base and extra bits of match lengths (codes from 257) and distances, section 3.2.5. */
const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = Array.from({ length: 30 }, (_, i) => (i < 4 ? i + 1 : (((i % 2) + 2) * 2 ** (i >> 1)) / 2 + 1));
const DISTANCE_BITS = Array.from({ length: 30 }, (_, i) => (i < 4 ? 0 : (i >> 1) - 1));
const LONGEST_CODE = 15;
const END_OF_BLOCK = 256;

/** A prefix code: how many symbols have each length, and the symbols in the order of their codes. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

/** What comes out, at most `limit` bytes; null when the bytes are no zlib stream or end early. Longer streams are cut at the limit. */
export function inflateZlib(bytes: Uint8Array, limit: number): Uint8Array | null {
  const isZlib = bytes.length >= 2 && (bytes[0]! & 15) === 8 && (bytes[0]! * 256 + bytes[1]!) % 31 === 0;
  if (!isZlib || bytes[1]! & 0x20) return null;
  const input = bitReader(bytes, 2);
  const out = new Uint8Array(limit);
  let length = 0;
  for (let last = false; !last; ) {
    last = input.bits(1) === 1;
    const kind = input.bits(2);
    if (kind === 3) return null;
    if (kind === 0) {
      const stored = input.storedBlock();
      if (!stored) return null;
      const part = stored.subarray(0, limit - length);
      out.set(part, length);
      length += part.length;
    } else {
      const codes = kind === 1 ? fixedCodes() : readCodes(input);
      const end = codes && inflateBlock(input, codes, out, length);
      if (end === null) return null;
      length = end;
    }
    if (input.overrun()) return null;
    if (length === limit) break;
  }
  return out.subarray(0, length);
}

type BitReader = ReturnType<typeof bitReader>;

function bitReader(bytes: Uint8Array, from: number) {
  let at = from;
  let held = 0;
  let have = 0;
  const bits = (count: number): number => {
    while (have < count) {
      held |= (bytes[at++] ?? 0) << have;
      have += 8;
    }
    const value = held & ((1 << count) - 1);
    held >>>= count;
    have -= count;
    return value;
  };
  return {
    bits,
    overrun: () => at - (have >> 3) > bytes.length,
    storedBlock: (): Uint8Array | null => {
      at -= have >> 3;
      held = 0;
      have = 0;
      const length = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
      const inverse = (bytes[at + 2] ?? 0) | ((bytes[at + 3] ?? 0) << 8);
      at += 4 + length;
      return (length ^ inverse) === 0xffff && at <= bytes.length ? bytes.subarray(at - length, at) : null;
    },
  };
}

/** Null for lengths that no prefix code has. */
function codeOf(lengths: ArrayLike<number>): Code | null {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (let i = 0; i < lengths.length; i++) counts[lengths[i]!]!++;
  counts[0] = 0;
  let left = 1;
  const starts = new Uint16Array(LONGEST_CODE + 2);
  for (let length = 1; length <= LONGEST_CODE; length++) {
    left = 2 * left - counts[length]!;
    if (left < 0) return null;
    starts[length + 1] = starts[length]! + counts[length]!;
  }
  const symbols = new Uint16Array(lengths.length);
  for (let i = 0; i < lengths.length; i++) if (lengths[i]! > 0) symbols[starts[lengths[i]!]!++] = i;
  return { counts, symbols };
}

/** The next symbol, a bit at a time; -1 for a code that does not exist. */
function symbolOf(input: BitReader, { counts, symbols }: Code): number {
  let [code, first, index] = [0, 0, 0];
  for (let length = 1; length <= LONGEST_CODE; length++) {
    code |= input.bits(1);
    const count = counts[length]!;
    if (code - count < first) return symbols[index + code - first]!;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  return -1;
}

type Codes = readonly [literals: Code, distances: Code];
let fixed: Codes | null = null;

function fixedCodes(): Codes {
  fixed ??= [
    codeOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)))!,
    codeOf(Array(30).fill(5))!,
  ];
  return fixed;
}

function readCodes(input: BitReader): Codes | null {
  const [literals, distances, given] = [input.bits(5) + 257, input.bits(5) + 1, input.bits(4) + 4];
  const lengths = new Uint8Array(19);
  for (let i = 0; i < given; i++) lengths[ORDER_OF_LENGTHS[i]!] = input.bits(3);
  const code = codeOf(lengths);
  if (!code) return null;
  const all = new Uint8Array(literals + distances);
  for (let i = 0; i < all.length; ) {
    const symbol = symbolOf(input, code);
    if (symbol < 0 || input.overrun()) return null;
    if (symbol < 16) {
      all[i++] = symbol;
      continue;
    }
    if (symbol === 16 && i === 0) return null;
    const value = symbol === 16 ? all[i - 1]! : 0;
    const repeat = symbol === 16 ? 3 + input.bits(2) : symbol === 17 ? 3 + input.bits(3) : 11 + input.bits(7);
    if (i + repeat > all.length) return null;
    all.fill(value, i, i + repeat);
    i += repeat;
  }
  const [first, second] = [codeOf(all.subarray(0, literals)), codeOf(all.subarray(literals))];
  return first && second ? [first, second] : null;
}

/** Returns the length of the output afterwards; null for what cannot be. */
function inflateBlock(input: BitReader, [literals, distances]: Codes, out: Uint8Array, from: number): number | null {
  let length = from;
  while (length < out.length) {
    const symbol = symbolOf(input, literals);
    if (symbol === END_OF_BLOCK) return length;
    if (symbol < 0 || input.overrun()) return null;
    if (symbol < END_OF_BLOCK) {
      out[length++] = symbol;
      continue;
    }
    const base = LENGTHS[symbol - 257];
    if (base === undefined) return null;
    const match = base + input.bits(LENGTH_BITS[symbol - 257]!);
    const code = symbolOf(input, distances);
    const nearest = DISTANCES[code];
    if (nearest === undefined) return null;
    const distance = nearest + input.bits(DISTANCE_BITS[code]!);
    if (distance > length) return null;
    const end = Math.min(out.length, length + match);
    for (; length < end; length++) out[length] = out[length - distance]!;
  }
  return length;
}
