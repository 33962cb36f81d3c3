/**
 * The markers of a JPEG 2000 codestream (ISO/IEC 15444-1, Annex A) with one component, as GRIB's template 5.40 holds it: sizes, coding style,
 * quantisation, and the packets of each tile. What GRIB's encoders never write is refused in words: several components, subsampling, packed packet headers, regions of
 * interest, changes of progression.
 */
import { concatBytes } from "../../step.ts";

export interface Coding {
  readonly progression: number;
  readonly layers: number;
  readonly levels: number;
  /** Exponents of the code-block size. */
  readonly blockWidthLog: number;
  readonly blockHeightLog: number;
  readonly blockStyle: number;
  readonly reversible: boolean;
  /** Exponents of the precinct size for each resolution. */
  readonly precincts: readonly (readonly [widthLog: number, heightLog: number])[];
}

export interface Quantisation {
  readonly guardBits: number;
  /** Exponent and mantissa for each subband; derived from the first where there is only one. */
  readonly derived: boolean;
  readonly steps: readonly (readonly [exponent: number, mantissa: number])[];
}

export interface Rectangle {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface Tile {
  readonly area: Rectangle;
  readonly coding: Coding;
  readonly quantisation: Quantisation;
  readonly packets: Uint8Array;
}

export interface Codestream {
  readonly area: Rectangle;
  readonly bitDepth: number;
  readonly signed: boolean;
  readonly tiles: readonly Tile[];
}

const SIZ = 0xff51;
const COD = 0xff52;
const COC = 0xff53;
const QCD = 0xff5c;
const QCC = 0xff5d;
const SOT = 0xff90;
const SOD = 0xff93;
const EOC = 0xffd9;
/** Pointers and comments, which decoding does not need: TLM, PLM, PLT, CRG, COM. */
const SKIPPED: ReadonlySet<number> = new Set([0xff55, 0xff57, 0xff58, 0xff63, 0xff64]);

const MAX_LEVELS = 32;

interface Size {
  readonly image: Rectangle;
  readonly bitDepth: number;
  readonly signed: boolean;
  readonly tile: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

interface TileParts {
  coding: Coding | null;
  quantisation: Quantisation | null;
  readonly parts: Uint8Array[];
}

/** The codestream of at most `maxSamples` samples, or what is wrong in words. */
export function readCodestream(bytes: Uint8Array, maxSamples: number): Codestream | string {
  const u16 = (at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  const u32 = (at: number) => u16(at) * 65_536 + u16(at + 2);
  if (u32(0) !== 0xff4fff51) return "the data are no JPEG 2000 codestream";
  let size: Size | null = null;
  let coding: Coding | null = null;
  let quantisation: Quantisation | null = null;
  const tiles = new Map<number, TileParts>();
  let inTile: TileParts | null = null;
  let partEnd = 0;
  for (let at = 2; at + 2 <= bytes.length; ) {
    const marker = u16(at);
    if (marker === EOC) break;
    if (marker === SOD) {
      if (!inTile) return "tile data stand outside a tile";
      const end = Math.min(bytes.length, partEnd);
      if (end < at + 2) return "a tile ends before its data";
      inTile.parts.push(bytes.subarray(at + 2, end));
      inTile = null;
      at = end;
      continue;
    }
    const length = u16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return "a marker segment reaches beyond the data";
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (marker === SIZ) {
      const found = readSize(segment, maxSamples);
      if (typeof found === "string") return found;
      size = found;
    } else if (marker === COD || marker === COC) {
      const found = readCoding(segment, marker === COC, inTile?.coding ?? coding);
      if (typeof found === "string") return found;
      if (inTile) inTile.coding = found;
      else coding = found;
    } else if (marker === QCD || marker === QCC) {
      const found = readQuantisation(marker === QCC ? segment.subarray(1) : segment);
      if (inTile) inTile.quantisation = found;
      else quantisation = found;
    } else if (marker === SOT) {
      const index = u16(at + 4);
      const claimed = u32(at + 6);
      partEnd = claimed === 0 ? bytes.length : at + claimed;
      inTile = tiles.get(index) ?? { coding, quantisation, parts: [] };
      tiles.set(index, inTile);
    } else if (!SKIPPED.has(marker)) {
      return `marker ${marker.toString(16)} is not read`;
    }
    at += 2 + length;
  }
  if (!size) return "the image size is missing";
  return { area: size.image, bitDepth: size.bitDepth, signed: size.signed, tiles: tilesOf(size, tiles) };
}

function readSize(segment: Uint8Array, maxSamples: number): Size | string {
  if (segment.length < 37) return "the image size is cut off";
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  const n = Array.from({ length: 8 }, (_, i) => view.getUint32(2 + 4 * i)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [x1, y1, x0, y0, width, height, x, y] = n;
  if (view.getUint16(34) !== 1) return `${view.getUint16(34)} components instead of one`;
  if (segment[37] !== 1 || segment[38] !== 1) return "the component is subsampled";
  if (!(x1 > x0 && y1 > y0) || Math.max(...n) >= 2 ** 31) return "the image has no area";
  if ((x1 - x0) * (y1 - y0) > maxSamples) return `the image has ${(x1 - x0) * (y1 - y0)} samples`;
  if (width < 1 || height < 1 || x > x0 || y > y0 || x + width <= x0 || y + height <= y0)
    return "the tiles do not cover the image";
  const tiles = Math.ceil((x1 - x) / width) * Math.ceil((y1 - y) / height);
  if (tiles > 65_535) return `the image has ${tiles} tiles`;
  return {
    image: { x0, y0, x1, y1 },
    bitDepth: (segment[36]! & 0x7f) + 1,
    signed: segment[36]! >= 128,
    tile: { x, y, width, height },
  };
}

/** A component's own style (COC) changes what follows the first five octets. */
function readCoding(segment: Uint8Array, ofComponent: boolean, general: Coding | null): Coding | string {
  if (ofComponent && !general) return "a component's coding style stands before the general one";
  const style = segment[ofComponent ? 1 : 0] ?? 0;
  const from = ofComponent ? 2 : 5;
  const levels = segment[from] ?? 0;
  if (levels > MAX_LEVELS) return `${levels} levels of decomposition`;
  const blockWidthLog = (segment[from + 1]! & 15) + 2;
  const blockHeightLog = (segment[from + 2]! & 15) + 2;
  if (segment.length < from + 5 || blockWidthLog > 10 || blockHeightLog > 10 || blockWidthLog + blockHeightLog > 12)
    return "the code-block size is not allowed";
  const own = (style & 1) !== 0;
  if (own && segment.length < from + 6 + levels) return "the precinct sizes are cut off";
  const precincts = Array.from({ length: levels + 1 }, (_, r): [number, number] => {
    const sizes = own ? segment[from + 5 + r]! : 0xff;
    return [sizes & 15, sizes >> 4];
  });
  if (precincts.some(([w, h], r) => r > 0 && (w === 0 || h === 0))) return "a precinct size is not allowed";
  return {
    progression: ofComponent ? general!.progression : segment[1]!,
    layers: ofComponent ? general!.layers : segment[2]! * 256 + segment[3]!,
    levels,
    blockWidthLog,
    blockHeightLog,
    blockStyle: segment[from + 3]!,
    reversible: segment[from + 4] === 1,
    precincts,
  };
}

function readQuantisation(segment: Uint8Array): Quantisation {
  const style = segment[0]! & 31;
  const body = segment.subarray(1);
  const steps: [number, number][] = [];
  if (style === 0) for (const byte of body) steps.push([byte >> 3, 0]);
  else for (let i = 0; i + 1 < body.length; i += 2) steps.push([body[i]! >> 3, ((body[i]! & 7) << 8) | body[i + 1]!]);
  return { guardBits: segment[0]! >> 5, derived: style === 1, steps };
}

function tilesOf({ image, tile }: Size, parts: ReadonlyMap<number, TileParts>): Tile[] {
  const across = Math.ceil((image.x1 - tile.x) / tile.width);
  const down = Math.ceil((image.y1 - tile.y) / tile.height);
  const tiles: Tile[] = [];
  for (const [index, { coding, quantisation, parts: pieces }] of parts) {
    if (!coding || !quantisation || index >= across * down) continue;
    const [x, y] = [tile.x + (index % across) * tile.width, tile.y + Math.floor(index / across) * tile.height];
    const area = {
      x0: Math.max(image.x0, x),
      y0: Math.max(image.y0, y),
      x1: Math.min(image.x1, x + tile.width),
      y1: Math.min(image.y1, y + tile.height),
    };
    tiles.push({ area, coding, quantisation, packets: concatBytes(pieces) });
  }
  return tiles;
}
