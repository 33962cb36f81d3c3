/** Sections 5 and 7 of GRIB2: the data templates that are read, each by its unpacker. */
import type { WeatherGrid } from "@harken/core";
import { decodeAec } from "../aec.ts";
import { decodeJpeg2000 } from "../jpeg2000/decode.ts";
import { type Octets, octetsOf } from "../octets.ts";
import { packedBytes, unpackIntegers } from "../packing/bits.ts";
import { unpackComplex } from "../packing/complex.ts";
import { ieeeWidth, unpackIeee } from "../packing/ieee.ts";
import { ABSURD, type Scaling, scaled, scalingOf, type Values } from "../packing/scaling.ts";
import { unpackSimple } from "../packing/simple.ts";
import { triangle, unpackSpectralComplex, unpackSpectralSimple } from "../packing/spectral.ts";
import { decodePng } from "../png.ts";

interface Packed {
  readonly section: Octets;
  readonly data: Uint8Array;
  readonly count: number;
  readonly bits: number;
  readonly scaling: Scaling;
  readonly grid: WeatherGrid;
}

type Unpacker = (packed: Packed) => Values | string;

/** What is missing of the data, in words; null when all are there. */
const short = (data: Uint8Array, needed: number): string | null =>
  needed > data.length ? `the data end after ${data.length} of ${needed} octets` : null;

const UNPACKERS: Readonly<Record<number, Unpacker>> = {
  0: ({ data, bits, count, scaling }) =>
    short(data, packedBytes(bits, count)) ?? unpackSimple(data, bits, count, scaling) ?? ABSURD,
  2: ({ section, data, count, scaling }) => unpackComplex(section, data, count, scaling, false),
  3: ({ section, data, count, scaling }) => unpackComplex(section, data, count, scaling, true),
  4: ieee,
  40: jpeg2000,
  41: png,
  42: ccsds,
  50: spectralSimple,
  51: spectralComplex,
};

/** `count` values that the grid has (points of the bitmap only), or what is wrong in words. */
export function unpackData2(section: Octets, data: Uint8Array, grid: WeatherGrid, count: number): Values | string {
  const template = section.u16(10);
  const unpack = UNPACKERS[template];
  if (!unpack) return `data template 5.${template} is not read`;
  if ((grid.kind === "spectral") !== (template === 50 || template === 51)) return "the data do not belong to the grid";
  if (section.u32(6) !== count) return `it holds ${section.u32(6)} values for ${count} points`;
  const bits = section.u8(20);
  if (template !== 4 && bits > 32) return `integers of ${bits} bits are not read`;
  const scaling = scalingOf(section.ieee32(12), section.s16(16), section.s16(18));
  return unpack({ section, data, count, bits, scaling, grid });
}

function ieee({ section, data, count }: Packed): Values | string {
  const precision = section.u8(12);
  const width = ieeeWidth(precision);
  if (width === null) return `precision ${precision} of IEEE numbers is not read`;
  return short(data, width * count) ?? unpackIeee(data, width, count);
}

function jpeg2000({ data, bits, count, scaling }: Packed): Values | string {
  if (bits === 0) return unpackSimple(data, 0, count, scaling) ?? ABSURD;
  const image = decodeJpeg2000(data, count);
  if (typeof image === "string") return image;
  if (image.samples.length !== count) return `its image has ${image.samples.length} samples for ${count} points`;
  return scaled(image.samples, scaling) ?? ABSURD;
}

function png({ data, bits, count, scaling }: Packed): Values | string {
  if (bits === 0) return unpackSimple(data, 0, count, scaling) ?? ABSURD;
  const image = decodePng(data, count);
  if (typeof image === "string") return image;
  const { width, height, rows, rowBytes } = image;
  if (width * height !== count) return `its image has ${width * height} pixels for ${count} points`;
  const integers = new Float64Array(count);
  for (let y = 0; y < height; y++) unpackIntegers(rows, y * rowBytes * 8, image.bits, width, integers, y * width);
  return scaled(integers, scaling) ?? ABSURD;
}

function ccsds({ section, data, bits, count, scaling }: Packed): Values | string {
  if (bits === 0) return unpackSimple(data, 0, count, scaling) ?? ABSURD;
  const integers = decodeAec(
    data,
    { bits, flags: section.u8(22), blockSize: section.u8(23), referenceInterval: section.u16(24) },
    count,
  );
  return typeof integers === "string" ? integers : (scaled(integers, scaling) ?? ABSURD);
}

function spectralSimple({ section, data, bits, count, scaling, grid }: Packed): Values | string {
  if (grid.kind !== "spectral") return "the data do not belong to the grid";
  const first = section.ieee32(21);
  return (
    short(data, packedBytes(bits, count - 1)) ??
    unpackSpectralSimple(data, bits, grid.truncation, first, scaling) ??
    ABSURD
  );
}

function spectralComplex({ section, data, bits, count, scaling, grid }: Packed): Values | string {
  if (grid.kind !== "spectral") return "the data do not belong to the grid";
  const unpackedTruncation = section.u16(25);
  if (
    unpackedTruncation !== section.u16(27) ||
    unpackedTruncation !== section.u16(29) ||
    unpackedTruncation > grid.truncation
  )
    return "the unpacked coefficients are no triangle";
  if (section.u8(35) !== 1) return `unpacked coefficients of precision ${section.u8(35)} are not read`;
  const numbers = triangle(unpackedTruncation);
  const start = 4 * numbers;
  const low = octetsOf(data.subarray(0, start));
  return (
    short(data, start + packedBytes(bits, count - numbers)) ??
    unpackSpectralComplex(
      data.subarray(start),
      {
        truncation: grid.truncation,
        unpackedTruncation,
        unpacked: (k) => low.ieee32(1 + 4 * k),
        bits,
        laplacePower: section.s32(21) / 1e6,
        lastDegreeMultiplied: false,
      },
      scaling,
    ) ??
    ABSURD
  );
}
