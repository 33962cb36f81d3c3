/** How a tile is cut (ISO/IEC 15444-1, Annex B): resolutions, subbands, precincts, code-blocks, and the order of packets. */
import type { Coding, Quantisation, Rectangle, Tile } from "./codestream.ts";
import { TagTree } from "./tagTree.ts";

export type Orientation = "LL" | "HL" | "LH" | "HH";

export interface CodeBlock {
  /** In the coordinates of the subband. */
  readonly area: Rectangle;
  readonly band: Subband;
  /** Set by packet headers. */
  included: boolean;
  zeroPlanes: number;
  lengthBits: number;
  passes: number;
  readonly data: Uint8Array[];
}

export interface Subband {
  readonly orientation: Orientation;
  readonly area: Rectangle;
  /** Magnitude bits of the quantised coefficients (M_b). */
  readonly planes: number;
  /** Value of a quantisation step; 1 where nothing was quantised. */
  readonly step: number;
}

/** The code-blocks of one subband in one precinct, row by row. */
export interface PrecinctBand {
  readonly blocks: readonly CodeBlock[];
  readonly across: number;
  readonly inclusion: TagTree;
  readonly zeroPlanes: TagTree;
}

export interface Resolution {
  readonly area: Rectangle;
  readonly bands: readonly Subband[];
  readonly precincts: readonly (readonly PrecinctBand[])[];
}

export interface Packet {
  readonly layer: number;
  readonly precinct: readonly PrecinctBand[];
}

const GAIN_LOG: Readonly<Record<Orientation, number>> = { LL: 0, HL: 1, LH: 1, HH: 2 };

const ceilShift = (value: number, by: number) => Math.ceil(value / 2 ** by);

const divided = ({ x0, y0, x1, y1 }: Rectangle, by: number, dx = 0, dy = 0): Rectangle => ({
  x0: ceilShift(x0 - dx, by),
  y0: ceilShift(y0 - dy, by),
  x1: ceilShift(x1 - dx, by),
  y1: ceilShift(y1 - dy, by),
});

const isEmpty = ({ x0, y0, x1, y1 }: Rectangle) => x1 <= x0 || y1 <= y0;

/** Resolutions from the coarsest, or what is wrong in words. */
export function resolutionsOf({ area, coding, quantisation }: Tile, bitDepth: number): Resolution[] | string {
  const resolutions: Resolution[] = [];
  for (let r = 0; r <= coding.levels; r++) {
    const orientations: Orientation[] = r === 0 ? ["LL"] : ["HL", "LH", "HH"];
    const level = r === 0 ? coding.levels : coding.levels - r + 1;
    const bands: Subband[] = [];
    for (const [k, orientation] of orientations.entries()) {
      const half = r === 0 ? 0 : 2 ** (level - 1);
      const [dx, dy] = [
        orientation === "HL" || orientation === "HH" ? half : 0,
        "LH HH".includes(orientation) ? half : 0,
      ];
      const quantised = stepOf(quantisation, coding, r === 0 ? 0 : 3 * (r - 1) + 1 + k, level, bitDepth, orientation);
      if (typeof quantised === "string") return quantised;
      bands.push({ orientation, area: divided(area, level, dx, dy), ...quantised });
    }
    const own = divided(area, coding.levels - r);
    resolutions.push({ area: own, bands, precincts: precinctsOf(own, bands, coding, r) });
  }
  return resolutions;
}

function stepOf(
  { derived, steps, guardBits }: Quantisation,
  { levels, reversible }: Coding,
  index: number,
  level: number,
  bitDepth: number,
  orientation: Orientation,
): { planes: number; step: number } | string {
  const [exponent, mantissa] = derived ? (steps[0] ?? []) : (steps[index] ?? []);
  if (exponent === undefined || mantissa === undefined) return "quantisation is not told for every subband";
  const e = derived ? exponent + level - levels : exponent;
  const planes = guardBits + e - 1;
  // One bit of a 32-bit word is the sign and one lies below the last plane.
  if (planes > 30 || planes < 0) return `coefficients of ${planes} bits are not read`;
  const step = reversible ? 1 : 2 ** (bitDepth + GAIN_LOG[orientation] - e) * (1 + mantissa / 2048);
  return { planes, step };
}

function precinctsOf(area: Rectangle, bands: readonly Subband[], coding: Coding, r: number): PrecinctBand[][] {
  if (isEmpty(area)) return [];
  const [widthLog, heightLog] = coding.precincts[r]!;
  const [px0, px1] = [Math.floor(area.x0 / 2 ** widthLog), ceilShift(area.x1, widthLog)];
  const [py0, py1] = [Math.floor(area.y0 / 2 ** heightLog), ceilShift(area.y1, heightLog)];
  // A precinct covers half as much in each subband of the upper resolutions.
  const shrink = r === 0 ? 0 : 1;
  const [bandWidth, bandHeight] = [2 ** (widthLog - shrink), 2 ** (heightLog - shrink)];
  const blockWidth = Math.min(2 ** coding.blockWidthLog, bandWidth);
  const blockHeight = Math.min(2 ** coding.blockHeightLog, bandHeight);
  const precincts: PrecinctBand[][] = [];
  for (let py = py0; py < py1; py++)
    for (let px = px0; px < px1; px++)
      precincts.push(
        bands.map((band) => {
          const part = {
            x0: Math.max(band.area.x0, px * bandWidth),
            y0: Math.max(band.area.y0, py * bandHeight),
            x1: Math.min(band.area.x1, (px + 1) * bandWidth),
            y1: Math.min(band.area.y1, (py + 1) * bandHeight),
          };
          return blocksOf(part, band, blockWidth, blockHeight);
        }),
      );
  return precincts;
}

function blocksOf(part: Rectangle, band: Subband, width: number, height: number): PrecinctBand {
  if (isEmpty(part)) return { blocks: [], across: 0, inclusion: new TagTree(0, 0), zeroPlanes: new TagTree(0, 0) };
  const [bx0, bx1] = [Math.floor(part.x0 / width), Math.ceil(part.x1 / width)];
  const [by0, by1] = [Math.floor(part.y0 / height), Math.ceil(part.y1 / height)];
  const blocks: CodeBlock[] = [];
  for (let by = by0; by < by1; by++)
    for (let bx = bx0; bx < bx1; bx++) {
      const area = {
        x0: Math.max(part.x0, bx * width),
        y0: Math.max(part.y0, by * height),
        x1: Math.min(part.x1, (bx + 1) * width),
        y1: Math.min(part.y1, (by + 1) * height),
      };
      blocks.push({ area, band, included: false, zeroPlanes: 0, lengthBits: 3, passes: 0, data: [] });
    }
  const across = bx1 - bx0;
  const down = by1 - by0;
  return { blocks, across, inclusion: new TagTree(across, down), zeroPlanes: new TagTree(across, down) };
}

/** Number of precincts, which bounds the memory that a tile takes before a packet is read. */
export function precinctCount({ area, coding }: Tile): number {
  let count = 0;
  for (let r = 0; r <= coding.levels; r++) {
    const own = divided(area, coding.levels - r);
    if (isEmpty(own)) continue;
    const [w, h] = coding.precincts[r]!;
    count +=
      (ceilShift(own.x1, w) - Math.floor(own.x0 / 2 ** w)) * (ceilShift(own.y1, h) - Math.floor(own.y0 / 2 ** h));
  }
  return count;
}

/** Packets in the order of the tile's progression (B.12). */
export function* packetsOf(tile: Tile, resolutions: readonly Resolution[]): Generator<Packet> {
  const { progression, layers } = tile.coding;
  if (progression === 0) {
    for (let layer = 0; layer < layers; layer++)
      for (const { precincts } of resolutions) for (const precinct of precincts) yield { layer, precinct };
  } else if (progression === 1) {
    for (const { precincts } of resolutions)
      for (let layer = 0; layer < layers; layer++) for (const precinct of precincts) yield { layer, precinct };
  } else {
    for (const precinct of progression === 2 ? resolutions.flatMap((r) => r.precincts) : byPosition(tile, resolutions))
      for (let layer = 0; layer < layers; layer++) yield { layer, precinct };
  }
}

/** All precincts by the place of their corner on the image, rows first, coarse before fine. */
function byPosition({ area, coding }: Tile, resolutions: readonly Resolution[]): (readonly PrecinctBand[])[] {
  const places = resolutions.flatMap(({ area: own, precincts }, r) => {
    const [widthLog, heightLog] = coding.precincts[r]!;
    const scale = 2 ** (coding.levels - r);
    const first = Math.floor(own.x0 / 2 ** widthLog);
    const across = ceilShift(own.x1, widthLog) - first;
    return precincts.map((precinct, i) => ({
      x: Math.max(area.x0, (first + (i % across)) * 2 ** widthLog * scale),
      y: Math.max(area.y0, (Math.floor(own.y0 / 2 ** heightLog) + Math.floor(i / across)) * 2 ** heightLog * scale),
      r,
      precinct,
    }));
  });
  return places.sort((a, b) => a.y - b.y || a.x - b.x || a.r - b.r).map(({ precinct }) => precinct);
}
