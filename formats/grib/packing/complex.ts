/**
 * Complex packing (templates 5.2 and 5.3): values in groups, each with its own reference, width and length; in 5.3 what is packed are first or second
 * differences. Missing values are marked by the highest integers of a group.
 */
import type { Octets } from "../octets.ts";
import { packedBytes, unpackIntegers } from "./bits.ts";
import { ABSURD, type Scaling, scaled, type Values } from "./scaling.ts";

interface Groups {
  readonly reference: Float64Array;
  readonly width: Float64Array;
  readonly length: Float64Array;
}

/** An integer that stands for no value. */
const MISSING = Number.NaN;

/** `section5` is the data representation section, `data` the content of section 7. The values, or what is wrong in words. */
export function unpackComplex(
  section5: Octets,
  data: Uint8Array,
  count: number,
  scaling: Scaling,
  differenced: boolean,
): Values | string {
  const order = differenced ? section5.u8(48) : 0;
  const octets = differenced ? section5.u8(49) : 0;
  // Order 0, which some encoders write, is no difference at all.
  if (order > 2) return `spatial differences of order ${order} are not known`;
  if (octets > 4) return `extra descriptors of ${octets} octets are not known`;
  const start = (order > 0 ? order + 1 : 0) * octets;
  const groups = readGroups(section5, data, start, count);
  if (typeof groups === "string") return groups;
  const missing = section5.u8(23);
  if (missing > 2) return `missing value management ${missing} is not known`;
  const x = new Float64Array(count);
  const end = readGroupValues(data, groups, missing, section5.u8(20), x);
  if (end > data.length) return `the data end after ${data.length} of ${end} bytes`;
  if (order > 0) integrate(x, order, descriptors(data, order, octets));
  return scaled(x, scaling) ?? ABSURD;
}

/** References, widths and lengths of the groups. */
function readGroups(
  section5: Octets,
  data: Uint8Array,
  start: number,
  count: number,
): (Groups & { end: number }) | string {
  const n = section5.u32(32);
  // No encoder writes groups without a value.
  if (n > count) return `${n} groups hold ${count} values`;
  const widths = { reference: section5.u8(20), width: section5.u8(37), length: section5.u8(47) };
  if (Math.max(...Object.values(widths)) > 32) return "integers wider than 32 bits are not read";
  let at = start;
  const read = (bits: number) => {
    const out = new Float64Array(n);
    unpackIntegers(data, at * 8, bits, n, out);
    at += packedBytes(bits, n);
    return out;
  };
  const reference = read(widths.reference);
  const width = read(widths.width);
  const length = read(widths.length);
  const [widthReference, lengthReference, increment] = [section5.u8(36), section5.u32(38), section5.u8(42)];
  let total = 0;
  for (let g = 0; g < n; g++) {
    width[g]! += widthReference;
    length[g] = g === n - 1 ? section5.u32(43) : lengthReference + length[g]! * increment;
    total += length[g]!;
    if (width[g]! > 32) return "integers wider than 32 bits are not read";
  }
  if (total !== count) return `the groups hold ${total} values instead of ${count}`;
  if (at > data.length) return `the group descriptions end beyond the ${data.length} bytes of data`;
  return { reference, width, length, end: at };
}

/** Group references plus packed integers into `x`; returns the bytes needed. */
function readGroupValues(
  data: Uint8Array,
  { reference, width, length, end }: Groups & { end: number },
  missing: number,
  referenceBits: number,
  x: Float64Array,
): number {
  let bit = end * 8;
  let at = 0;
  for (let g = 0; g < reference.length; g++) {
    const [bits, n] = [width[g]!, length[g]!];
    // In a group of width 0 the reference itself is the marker.
    const ceiling = 2 ** (bits === 0 ? referenceBits : bits) - 1;
    const base = reference[g]!;
    if (bits === 0) {
      x.fill(missing > 0 && isMarker(base, ceiling, missing) ? MISSING : base, at, at + n);
    } else {
      if (bit + bits * n > data.length * 8) return Math.ceil((bit + bits * n) / 8);
      unpackIntegers(data, bit, bits, n, x, at);
      for (let i = at; i < at + n; i++)
        x[i] = missing > 0 && isMarker(x[i]!, ceiling, missing) ? MISSING : x[i]! + base;
    }
    bit += bits * n;
    at += n;
  }
  return Math.ceil(bit / 8);
}

const isMarker = (value: number, ceiling: number, missing: number) =>
  value === ceiling || (missing === 2 && value === ceiling - 1);

/** First values and the overall minimum of the differences, sign and magnitude. */
function descriptors(data: Uint8Array, order: number, octets: number): number[] {
  return Array.from({ length: order + 1 }, (_, k) => {
    let value = 0;
    for (let i = 0; i < octets; i++) value = value * 256 + (data[k * octets + i] ?? 0);
    const half = 2 ** (8 * octets - 1);
    return octets > 0 && value >= half ? half - value : value;
  });
}

/** Sums differences up again; missing values are stepped over. */
function integrate(x: Float64Array, order: number, found: readonly number[]): void {
  const least = found[order]!;
  let [before, last, seen] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]!)) continue;
    if (seen < order) x[i] = found[seen]!;
    else x[i] = order === 1 ? x[i]! + least + last : x[i]! + least + 2 * last - before;
    seen++;
    before = last;
    last = x[i]!;
  }
}
