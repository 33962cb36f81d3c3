/**
 * PNG (ISO/IEC 15948) as GRIB's template 5.41 uses it: one grey image without interlace, or RGB and RGBA images whose bytes side by side are one integer
 * of 24 or 32 bits.
 *
 *     const image = decodePng(section7, 1_000_000);
 */
import { inflateZlib } from "../inflate.ts";
import { concatBytes } from "../step.ts";

export interface PngIntegers {
  readonly width: number;
  readonly height: number;
  /** Bits of one integer. */
  readonly bits: number;
  /** Rows of integers packed as in the image, each row padded to bytes. */
  readonly rows: Uint8Array;
  readonly rowBytes: number;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Samples of a pixel by colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 6: 4 };

/** The integers of at most `maxSamples` pixels, or what is wrong in words. */
export function decodePng(bytes: Uint8Array, maxSamples: number): PngIntegers | string {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) return "the data are no PNG image";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let header: Uint8Array | null = null;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) return "a chunk of the image reaches beyond the data";
    const chunk = bytes.subarray(at + 8, at + 8 + length);
    if (name === "IHDR") header = chunk;
    if (name === "IDAT") parts.push(chunk);
    if (name === "IEND") break;
    at += 12 + length;
  }
  if (!header || header.length < 13) return "the image has no header";
  const size = new DataView(header.buffer, header.byteOffset, 13);
  const [width, height] = [size.getUint32(0), size.getUint32(4)];
  const [depth, colour] = [header[8]!, header[9]!];
  const channels = CHANNELS[colour];
  if (!channels || header[12] !== 0 || ![1, 2, 4, 8, 16].includes(depth))
    return "the image is of a kind that is not read";
  if (width === 0 || height === 0 || width * height > maxSamples) return `the image has ${width} by ${height} pixels`;
  const bits = depth * channels;
  const rowBytes = Math.ceil((width * bits) / 8);
  const packed = inflateZlib(concatBytes(parts), height * (rowBytes + 1));
  if (!packed || packed.length < height * (rowBytes + 1)) return "the image cannot be inflated";
  const rows = new Uint8Array(height * rowBytes);
  for (let y = 0; y < height; y++) {
    const from = y * (rowBytes + 1);
    rows.set(packed.subarray(from + 1, from + 1 + rowBytes), y * rowBytes);
    if (!undoFilter(packed[from]!, rows, y, rowBytes, Math.max(1, bits >> 3))) return "a row has an unknown filter";
  }
  return { width, height, bits, rows, rowBytes };
}

/** Adds what the filter predicts from the pixel to the left and the row above; false for a filter that does not exist. */
function undoFilter(filter: number, rows: Uint8Array, y: number, rowBytes: number, pixelBytes: number): boolean {
  if (filter > 4) return false;
  const start = y * rowBytes;
  for (let i = 0; i < rowBytes && filter > 0; i++) {
    const left = i >= pixelBytes ? rows[start + i - pixelBytes]! : 0;
    const up = y > 0 ? rows[start + i - rowBytes]! : 0;
    const corner = i >= pixelBytes && y > 0 ? rows[start + i - rowBytes - pixelBytes]! : 0;
    rows[start + i]! += [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter]!;
  }
  return true;
}

/** Paeth's predictor: of the three neighbours the one nearest to left + up - corner. */
function nearest(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
