/** Section 4 of GRIB1, the binary data: simple packing of grids, simple and complex packing of spherical harmonics. */
import type { WeatherGrid } from "@harken/core";
import type { Octets } from "../octets.ts";
import { packedBytes } from "../packing/bits.ts";
import { ABSURD, scalingOf, type Values } from "../packing/scaling.ts";
import { unpackSimple } from "../packing/simple.ts";
import { triangle, unpackSpectralComplex, unpackSpectralSimple } from "../packing/spectral.ts";

const SPECTRAL = 0x80;
const COMPLEX = 0x40;

/** `count` values that the grid has (points of the bitmap only), or what is wrong in words. */
export function unpackData1(section: Octets, grid: WeatherGrid, decimalScale: number, count: number): Values | string {
  if (section.length < 11) return "the data section has no header";
  const flags = section.u8(4);
  const bits = section.u8(11);
  const scaling = scalingOf(section.ibm32(7), section.s16(5), decimalScale);
  if (bits > 32) return `integers of ${bits} bits are not read`;
  if ((grid.kind === "spectral") !== ((flags & SPECTRAL) !== 0)) return "the data do not belong to the grid";
  if (grid.kind !== "spectral") {
    if (flags & COMPLEX) return "second-order packing is not read";
    const complaint = short(section, 11, bits, count);
    return complaint ?? unpackSimple(section.bytes.subarray(11), bits, count, scaling) ?? ABSURD;
  }
  const { truncation } = grid;
  if (!(flags & COMPLEX))
    return (
      short(section, 15, bits, count - 1) ??
      unpackSpectralSimple(section.bytes.subarray(15), bits, truncation, section.ibm32(12), scaling) ??
      ABSURD
    );
  const unpackedTruncation = section.u8(16);
  if (unpackedTruncation !== section.u8(17) || unpackedTruncation !== section.u8(18) || unpackedTruncation > truncation)
    return "the unpacked coefficients are no triangle";
  // Octets 12 and 13 point there too, but ECMWF counts from the message's start and the manual from the section's.
  const start = 18 + 4 * triangle(unpackedTruncation);
  return (
    short(section, start, bits, count - triangle(unpackedTruncation)) ??
    unpackSpectralComplex(
      section.bytes.subarray(start),
      {
        truncation,
        unpackedTruncation,
        unpacked: (k) => section.ibm32(19 + 4 * k),
        bits,
        laplacePower: section.s16(14) / 1000,
        lastDegreeMultiplied: true,
      },
      scaling,
    ) ??
    ABSURD
  );
}

/** What is missing of `count` integers from an offset on, in words; null when all are there. */
function short(section: Octets, offset: number, bits: number, count: number): string | null {
  const needed = offset + packedBytes(bits, count);
  return needed > section.length ? `the data section has ${section.length} of ${needed} octets` : null;
}
