/**
 * JPEG 2000 (ISO/IEC 15444-1) as GRIB uses it: a bare codestream of one component, lossless by the 5/3 wavelet or lossy by the 9/7 one. Any tiling,
 * precincts, layers and order of packets are read.
 *
 *     const image = decodeJpeg2000(section7, 1_000_000);
 */
import { BlockDecoder, styleComplaint } from "./codeBlock.ts";
import { type Codestream, type Rectangle, readCodestream, type Tile } from "./codestream.ts";
import { precinctCount, type Resolution, resolutionsOf } from "./geometry.ts";
import { readPackets } from "./packets.ts";
import { inverseWavelet, type Plane } from "./wavelet.ts";

export interface GreyImage {
  readonly width: number;
  readonly height: number;
  /** Row by row. */
  readonly samples: Int32Array;
}

/** Precincts that one image may have for each of its samples, and besides. */
const PRECINCT_ALLOWANCE = 4096;

/** The image of at most `maxSamples` samples, or what is wrong in words. Data that end early give a coarser image. */
export function decodeJpeg2000(bytes: Uint8Array, maxSamples: number): GreyImage | string {
  const stream = readCodestream(bytes, maxSamples);
  if (typeof stream === "string") return stream;
  const { area, tiles } = stream;
  if (tiles.length === 0) return "the codestream has no tile that can be read";
  const [width, height] = [area.x1 - area.x0, area.y1 - area.y0];
  const precincts = tiles.reduce((sum, tile) => sum + precinctCount(tile), 0);
  if (precincts > width * height + PRECINCT_ALLOWANCE) return `${precincts} precincts for ${width * height} samples`;
  const samples = new Int32Array(width * height);
  const decoder = new BlockDecoder();
  for (const tile of tiles) {
    const plane = decodeTile(tile, stream, decoder);
    if (typeof plane === "string") return plane;
    copyTile(plane, tile.area, stream, samples);
  }
  return { width, height, samples };
}

function decodeTile(tile: Tile, { bitDepth }: Codestream, decoder: BlockDecoder): Plane | string {
  const complaint = styleComplaint(tile.coding.blockStyle);
  if (complaint) return complaint;
  const resolutions = resolutionsOf(tile, bitDepth);
  if (typeof resolutions === "string") return resolutions;
  readPackets(tile, resolutions);
  const { reversible, blockStyle } = tile.coding;
  let coarse: Plane = reversible ? new Int32Array(0) : new Float32Array(0);
  let coarseArea: Rectangle = { x0: 0, y0: 0, x1: 0, y1: 0 };
  for (const [r, resolution] of resolutions.entries()) {
    const { x0, y0, x1, y1 } = resolution.area;
    const size = Math.max(0, x1 - x0) * Math.max(0, y1 - y0);
    const plane: Plane = reversible ? new Int32Array(size) : new Float32Array(size);
    if (r > 0) interleave(coarse, coarseArea, plane, resolution);
    placeBlocks(resolution, plane, decoder, blockStyle, r > 0);
    if (r > 0 && size > 0) inverseWavelet(plane, x1 - x0, y1 - y0, x0, y0);
    coarse = plane;
    coarseArea = resolution.area;
  }
  return coarse;
}

/** The coarser image into the even places. */
function interleave(from: Plane, area: Rectangle, into: Plane, { area: own }: Resolution): void {
  const width = area.x1 - area.x0;
  const stride = own.x1 - own.x0;
  for (let y = area.y0; y < area.y1; y++)
    for (let x = area.x0; x < area.x1; x++)
      into[(2 * y - own.y0) * stride + 2 * x - own.x0] = from[(y - area.y0) * width + x - area.x0]!;
}

/** Coefficients of every code-block at their places, dequantised. */
function placeBlocks(
  { area, bands, precincts }: Resolution,
  plane: Plane,
  decoder: BlockDecoder,
  style: number,
  interleaved: boolean,
): void {
  const stride = area.x1 - area.x0;
  const scale = interleaved ? 2 : 1;
  for (const precinct of precincts)
    for (const [b, { blocks }] of precinct.entries()) {
      const band = bands[b]!;
      const dx = band.orientation === "HL" || band.orientation === "HH" ? 1 : 0;
      const dy = band.orientation === "LH" || band.orientation === "HH" ? 1 : 0;
      for (const block of blocks) {
        if (block.passes === 0) continue;
        const doubled = decoder.decode(block, style);
        const { x0, y0, x1, y1 } = block.area;
        for (let y = y0, i = 0; y < y1; y++) {
          let at = (scale * y + dy - area.y0) * stride + scale * x0 + dx - area.x0;
          for (let x = x0; x < x1; x++, i++, at += scale)
            // A whole coefficient is halved towards zero: the half below its last plane goes.
            plane[at] = plane instanceof Int32Array ? (doubled[i]! / 2) | 0 : (doubled[i]! / 2) * band.step;
        }
      }
    }
}

function copyTile(plane: Plane, area: Rectangle, { area: image, bitDepth, signed }: Codestream, out: Int32Array): void {
  const [width, stride] = [area.x1 - area.x0, image.x1 - image.x0];
  const [low, high] = signed ? [-(2 ** (bitDepth - 1)), 2 ** (bitDepth - 1) - 1] : [0, 2 ** bitDepth - 1];
  const shift = signed ? 0 : 2 ** (bitDepth - 1);
  for (let y = area.y0; y < area.y1; y++) {
    let at = (y - image.y0) * stride + area.x0 - image.x0;
    for (let i = (y - area.y0) * width; i < (y - area.y0 + 1) * width; i++, at++)
      out[at] = Math.max(low, Math.min(high, Math.round(plane[i]!) + shift));
  }
}
