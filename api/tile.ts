/**
 * Waveform tiles: the bytes in which the centre sends a stretch of one channel to a screen. An envelope tile holds one quantised minimum
 * and maximum for each column of pixels; a samples tile holds every sample. Little-endian throughout, every block aligned to 8 bytes.
 *
 *     offset  type     meaning
 *     0       u8[4]    "HKT1"
 *     4       u16      version, 1
 *     6       u16      kind: 1 envelope, 2 samples
 *     8       u32      header length, 64
 *     12      u32      count: columns of an envelope, segments of a samples tile
 *     16      f64      start time, epoch s, of the first column's left edge
 *     24      f64      step: width of a column, s (0 for samples)
 *     32      f64      scale: value = offset + scale * quantised
 *     40      f64      offset (0 for samples)
 *     48      f64      end time, epoch s
 *     56      u8[8]    unit of the values, ASCII, zero-padded ("counts")
 *     64      envelope: count pairs of i16 (minimum, maximum); both -32768 where there is no data
 *             samples: count blocks of f64 start time, f64 rate Hz, u32 length, u32 zero, then f32[length] padded to 8 bytes
 *
 *     const { items: [tile], problems } = decodeTile(new Uint8Array(await response.arrayBuffer()));
 */
import { type Decoded, defaultLimits, type Limits, ProblemList } from "@harken/core";

export const tileMediaType = "application/octet-stream";

const HEADER_BYTES = 64;
const BLOCK_HEADER_BYTES = 24;
const VERSION = 1;
const MAGIC = 0x31544b48;
/** Quantised value of a column without data. */
export const GAP = -32_768;
const MAX_QUANTISED = 32_767;

/** Minimum and maximum of each column: `columns[2 i]` and `columns[2 i + 1]`, quantised. */
export interface EnvelopeTile {
  readonly kind: "envelope";
  readonly startTime: number;
  readonly endTime: number;
  readonly stepSec: number;
  readonly scale: number;
  readonly offset: number;
  readonly unit: string;
  readonly columns: Int16Array;
}

export interface SamplesTile {
  readonly kind: "samples";
  readonly startTime: number;
  readonly endTime: number;
  readonly unit: string;
  readonly segments: readonly TileSegment[];
}

/** Contiguous samples: sample i stands at `startTime + i / sampleRateHz`. */
export interface TileSegment {
  readonly startTime: number;
  readonly sampleRateHz: number;
  readonly samples: Float32Array;
}

export type WaveformTile = EnvelopeTile | SamplesTile;

/** Values of column `index`; null where there is no data. */
export function tileColumn(tile: EnvelopeTile, index: number): { min: number; max: number } | null {
  const min = tile.columns[2 * index];
  const max = tile.columns[2 * index + 1];
  if (min === undefined || max === undefined || min === GAP) return null;
  return { min: tile.offset + tile.scale * min, max: tile.offset + tile.scale * max };
}

/** Quantises minima and maxima (NaN in both where there is no data) to the tile's 16 bits, the largest excursion at full scale. */
export function quantiseEnvelope(
  minima: Float64Array,
  maxima: Float64Array,
): { scale: number; offset: number; columns: Int16Array } {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < minima.length; i++) {
    if (minima[i]! < low) low = minima[i]!;
    if (maxima[i]! > high) high = maxima[i]!;
  }
  const offset = low <= high ? low / 2 + high / 2 : 0;
  const scale = low < high ? (high - offset) / MAX_QUANTISED : 0;
  const quantise = (value: number) =>
    scale === 0 ? 0 : Math.max(-MAX_QUANTISED, Math.min(MAX_QUANTISED, Math.round((value - offset) / scale)));
  const columns = new Int16Array(2 * minima.length);
  for (let i = 0; i < minima.length; i++) {
    const empty = Number.isNaN(minima[i]!);
    columns[2 * i] = empty ? GAP : quantise(minima[i]!);
    columns[2 * i + 1] = empty ? GAP : quantise(maxima[i]!);
  }
  return { scale, offset, columns };
}

/** The bytes of a tile. Throws RangeError for a unit longer than 8 letters. */
export function encodeTile(tile: WaveformTile): Uint8Array<ArrayBuffer> {
  const body =
    tile.kind === "envelope"
      ? tile.columns.length * 2
      : tile.segments.reduce((sum, { samples }) => sum + blockBytes(samples.length), 0);
  const bytes = new Uint8Array(HEADER_BYTES + body);
  const view = new DataView(bytes.buffer);
  const unit = new TextEncoder().encode(tile.unit);
  if (unit.length > 8) throw new RangeError(`unit ${tile.unit} is longer than 8 letters`);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, VERSION, true);
  view.setUint16(6, tile.kind === "envelope" ? 1 : 2, true);
  view.setUint32(8, HEADER_BYTES, true);
  view.setUint32(12, tile.kind === "envelope" ? tile.columns.length / 2 : tile.segments.length, true);
  view.setFloat64(16, tile.startTime, true);
  view.setFloat64(24, tile.kind === "envelope" ? tile.stepSec : 0, true);
  view.setFloat64(32, tile.kind === "envelope" ? tile.scale : 1, true);
  view.setFloat64(40, tile.kind === "envelope" ? tile.offset : 0, true);
  view.setFloat64(48, tile.endTime, true);
  bytes.set(unit, 56);
  if (tile.kind === "envelope") {
    for (let i = 0; i < tile.columns.length; i++) view.setInt16(HEADER_BYTES + 2 * i, tile.columns[i]!, true);
    return bytes;
  }
  let at = HEADER_BYTES;
  for (const { startTime, sampleRateHz, samples } of tile.segments) {
    view.setFloat64(at, startTime, true);
    view.setFloat64(at + 8, sampleRateHz, true);
    view.setUint32(at + 16, samples.length, true);
    for (let i = 0; i < samples.length; i++) view.setFloat32(at + BLOCK_HEADER_BYTES + 4 * i, samples[i]!, true);
    at += blockBytes(samples.length);
  }
  return bytes;
}

function blockBytes(sampleCount: number): number {
  return BLOCK_HEADER_BYTES + 8 * Math.ceil(sampleCount / 2);
}

/** Reads one tile. Never throws for what the bytes say; without a tile there is a problem that names the reason. */
export function decodeTile(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<WaveformTile> {
  const problems = new ProblemList(limits.maxProblems);
  const fail = (code: string, message: string): Decoded<WaveformTile> => {
    problems.error(code, message, { offset: 0 });
    return { items: [], problems: problems.list(), consumed: 0 };
  };
  if (bytes.length < HEADER_BYTES)
    return fail("tile.truncated", `A tile has at least ${HEADER_BYTES} bytes, not ${bytes.length}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return fail("tile.not-a-tile", "The bytes do not begin with HKT1.");
  const version = view.getUint16(4, true);
  const header = view.getUint32(8, true);
  if (version !== VERSION || header !== HEADER_BYTES)
    return fail("tile.version", `Tile version ${version} is not known.`);
  const kind = view.getUint16(6, true);
  const count = view.getUint32(12, true);
  const [startTime, stepSec, scale, offset, endTime] = [16, 24, 32, 40, 48].map((at) => view.getFloat64(at, true)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (![startTime, stepSec, scale, offset, endTime].every(Number.isFinite))
    return fail("tile.not-finite", "A number of the header is not finite.");
  const unit = new TextDecoder().decode(bytes.subarray(56, 64)).replace(/\0.*$/s, "");
  if (kind === 1) {
    if (count > limits.maxItems || HEADER_BYTES + 4 * count > bytes.length) {
      return fail(
        "tile.truncated",
        `The tile promises ${count} columns and has bytes for ${Math.floor((bytes.length - HEADER_BYTES) / 4)}.`,
      );
    }
    const columns = new Int16Array(2 * count);
    for (let i = 0; i < columns.length; i++) columns[i] = view.getInt16(HEADER_BYTES + 2 * i, true);
    const tile: EnvelopeTile = { kind: "envelope", startTime, endTime, stepSec, scale, offset, unit, columns };
    return { items: [tile], problems: problems.list(), consumed: HEADER_BYTES + 4 * count };
  }
  if (kind !== 2) return fail("tile.kind", `Tile kind ${kind} is not known.`);
  const segments: TileSegment[] = [];
  let at = HEADER_BYTES;
  for (let i = 0; i < count && i < limits.maxItems; i++) {
    const length = at + BLOCK_HEADER_BYTES <= bytes.length ? view.getUint32(at + 16, true) : 0;
    if (at + BLOCK_HEADER_BYTES > bytes.length || at + blockBytes(length) > bytes.length) {
      problems.error("tile.truncated", `The tile ends inside segment ${i + 1} of ${count}.`, { offset: at });
      break;
    }
    const samples = new Float32Array(length);
    for (let j = 0; j < length; j++) samples[j] = view.getFloat32(at + BLOCK_HEADER_BYTES + 4 * j, true);
    const [start, rate] = [view.getFloat64(at, true), view.getFloat64(at + 8, true)];
    if (Number.isFinite(start) && Number.isFinite(rate) && rate > 0) {
      segments.push({ startTime: start, sampleRateHz: rate, samples });
    } else problems.error("tile.not-finite", `Segment ${i + 1} has no usable time or rate.`, { offset: at });
    at += blockBytes(length);
  }
  return { items: [{ kind: "samples", startTime, endTime, unit, segments }], problems: problems.list(), consumed: at };
}
