/**
 * The waveform archive: an SDS tree (SeisComP Data Structure: YEAR/NET/STA/CHAN.D/NET.STA.LOC.CHAN.D.YEAR.DAY) of miniSEED files. Bytes are
 * appended and synced first, then indexed; what a crash leaves after the indexed part is cut off at the next start.
 *
 *     const pieces = await archive.append(segments);            // on the disk when it resolves
 *     await store.transaction((writer) => putPieces(writer, pieces, stamp));
 *     const segments = await readWaveforms(store.db, archive, channel, from, to);
 *
 * One writer for one channel at a time: the interval claims see to that.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rm, stat, truncate } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type ChannelId, channelKey, dateParts, endTime, epochOfDay, type WaveformSegment } from "@harken/core";
import { datatypeOf, decodePiece, encodePiece, joined } from "./archivedRecords.ts";
import type { Reader } from "./database.ts";
import { storeErrors } from "./errors.ts";
import { foldersBetween, syncFolders } from "./folderSync.ts";
import { type ArchivedPiece, findPieces } from "./waveformIndex.ts";

export interface ArchiveReader {
  /** The samples of a piece. Throws ARCHIVE_DAMAGED when the bytes are not those that were indexed. */
  read(piece: ArchivedPiece): Promise<WaveformSegment>;
  /** Its miniSEED records as they stand, which are those that were indexed; throws as `read` does. */
  records(piece: ArchivedPiece): Promise<Uint8Array>;
}

export interface ArchiveWriter {
  /** Appends the segments, split at UTC midnight; resolves when they are on the disk. */
  append(segments: readonly WaveformSegment[]): Promise<ArchivedPiece[]>;
}

const DAY_SEC = 86_400;

/** Folder and file of a channel's day, relative to the archive's root. */
export function sdsPath(channel: ChannelId, time: number): { folder: string; file: string } {
  const { year, dayOfYear } = dateParts(time);
  const [net, sta, loc, chan] = [channel.network, channel.station, channel.location, channel.channel].map(safeName) as [
    string,
    string,
    string,
    string,
  ];
  const day = String(dayOfYear).padStart(3, "0");
  // A path needs a name where the network code is blank.
  return { folder: `${year}/${net || "--"}/${sta}/${chan}.D`, file: `${net}.${sta}.${loc}.${chan}.D.${year}.${day}` };
}

/** Codes come from outside: nothing in them may climb out of the archive's folder. */
function safeName(code: string): string {
  return code.replace(/[^A-Za-z0-9_-]/g, (char) => `%${char.codePointAt(0)!.toString(16).padStart(2, "0")}`);
}

/** Splits at UTC midnight, by the time of each sample. */
export function splitByDay(segment: WaveformSegment): WaveformSegment[] {
  const parts: WaveformSegment[] = [];
  const { startTime, sampleRateHz, samples } = segment;
  let first = 0;
  while (first < samples.length) {
    const { year, dayOfYear } = dateParts(startTime + first / sampleRateHz);
    const midnight = epochOfDay(year, dayOfYear) + DAY_SEC;
    const next = Math.max(first + 1, Math.min(samples.length, Math.ceil((midnight - startTime) * sampleRateHz - 1e-6)));
    parts.push({ ...segment, startTime: startTime + first / sampleRateHz, samples: samples.subarray(first, next) });
    first = next;
  }
  return parts;
}

/** The archive under a folder of this machine. */
export function openArchive(root: string): ArchiveReader & ArchiveWriter {
  return {
    async append(segments) {
      const byFile = new Map<string, WaveformSegment[]>();
      for (const part of segments.flatMap(splitByDay)) {
        const { folder, file } = sdsPath(part.channel, part.startTime);
        const path = `${folder}/${file}`;
        const parts = byFile.get(path);
        if (parts) parts.push(part);
        else byFile.set(path, [part]);
      }
      const pieces = await Promise.all([...byFile].map(([path, parts]) => appendToFile(root, path, parts)));
      return pieces.flat();
    },

    async read(piece) {
      const segment = decodePiece(await verifiedBytes(root, piece), piece);
      if (typeof segment === "string") throw damaged(piece, segment);
      return segment;
    },

    records: (piece) => verifiedBytes(root, piece),
  };
}

const damaged = ({ folder, file, offset }: ArchivedPiece, reason: string, cause?: unknown) =>
  storeErrors.make("ARCHIVE_DAMAGED", { file: `${folder}/${file}`, offset, reason }, cause);

async function verifiedBytes(root: string, piece: ArchivedPiece): Promise<Uint8Array> {
  const bytes = new Uint8Array(piece.bytes);
  let handle: FileHandle;
  try {
    handle = await open(join(root, piece.folder, piece.file), "r");
  } catch (cause) {
    throw damaged(piece, "it cannot be opened", cause);
  }
  try {
    const { bytesRead } = await handle.read(bytes, 0, piece.bytes, piece.offset);
    if (bytesRead !== piece.bytes) throw damaged(piece, `it ends ${piece.bytes - bytesRead} bytes too early`);
  } finally {
    await handle.close();
  }
  if (sha256(bytes) !== piece.sha256) throw damaged(piece, "the bytes have changed since they were written");
  return bytes;
}

async function appendToFile(root: string, path: string, parts: readonly WaveformSegment[]): Promise<ArchivedPiece[]> {
  const encoded = parts.map((part) => ({ part, bytes: encodePiece(part) }));
  let offset = await appendBytes(root, path, Buffer.concat(encoded.map(({ bytes }) => bytes)));
  return encoded.map(({ part, bytes }) => {
    const piece = pieceOf(part, bytes, path, offset);
    offset += bytes.length;
    return piece;
  });
}

/** Appends to a file of the archive and returns where it stood before; the bytes, and the file's name, are on the disk when it resolves. */
async function appendBytes(root: string, path: string, bytes: Uint8Array): Promise<number> {
  const full = join(root, path);
  const made = await mkdir(dirname(full), { recursive: true });
  const handle = await open(full, "a");
  try {
    const { size } = await handle.stat();
    try {
      await handle.appendFile(bytes);
      await handle.datasync();
    } catch (cause) {
      // A full disk leaves a part of a record behind, after which other programs would not find the next one.
      await handle.truncate(size).catch(() => undefined);
      throw cause;
    }
    if (size === 0)
      await syncFolders(foldersBetween(dirname(full), made === undefined ? dirname(full) : dirname(made)));
    return size;
  } finally {
    await handle.close();
  }
}

export function pieceOf(
  part: WaveformSegment,
  bytes: Uint8Array,
  path: string,
  offset: number,
  digest = sha256(bytes),
): ArchivedPiece {
  return {
    channel: part.channel,
    startTime: part.startTime,
    endTime: endTime(part),
    sampleCount: part.samples.length,
    sampleRateHz: part.sampleRateHz,
    datatype: datatypeOf(part.samples),
    folder: dirname(path),
    file: path.slice(dirname(path).length + 1),
    offset,
    bytes: bytes.length,
    sha256: digest,
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Cuts off what stands after the indexed part of each file: the rest of an append that was never acknowledged. It is kept aside, because another
 * program may have written it. Only for the sole user of the archive, at its start. Returns the number of bytes cut off.
 */
export async function repairArchive(
  root: string,
  indexedSizes: ReadonlyMap<string, number>,
  asideFolder: string,
): Promise<number> {
  let cut = 0;
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    const indexed = indexedSizes.get(full.slice(root.length + 1)) ?? 0;
    const { size } = await stat(full);
    if (size <= indexed) continue;
    await keepAside(full, indexed, asideFolder, entry.name);
    if (indexed > 0) await truncate(full, indexed);
    else await rm(full);
    cut += size - indexed;
  }
  return cut;
}

/** Copies what stands behind `from`, under the file's name with the offset and a number. */
async function keepAside(full: string, from: number, folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const before = (await readdir(folder)).filter((other) => other.startsWith(`${name}.${from}.`)).length;
  await pipeline(
    createReadStream(full, { start: from }),
    createWriteStream(join(folder, `${name}.${from}.${before + 1}`), { flags: "wx", flush: true }),
  );
}

/** The samples of a channel in [from, to), trimmed; pieces that follow each other without a gap are joined. */
export async function readWaveforms(
  reader: Reader,
  archive: ArchiveReader,
  channel: ChannelId,
  from: number,
  to: number,
): Promise<WaveformSegment[]> {
  const pieces = await findPieces(reader, channel, from, to);
  return readPieces(archive, pieces, from, to);
}

/** As `readWaveforms`, of pieces already found (any channels, each in order of time). */
export async function readPieces(
  archive: ArchiveReader,
  pieces: readonly ArchivedPiece[],
  from: number,
  to: number,
): Promise<WaveformSegment[]> {
  const segments: WaveformSegment[] = [];
  for (const piece of pieces) segments.push(await archive.read(piece));
  return joinSegments(segments.flatMap((segment) => trim(segment, from, to)));
}

function trim(segment: WaveformSegment, from: number, to: number): WaveformSegment[] {
  const { startTime, sampleRateHz, samples } = segment;
  const first = Math.max(0, Math.ceil((from - startTime) * sampleRateHz - 1e-6));
  const last = Math.min(samples.length, Math.ceil((to - startTime) * sampleRateHz - 1e-6));
  if (last <= first) return [];
  if (first === 0 && last === samples.length) return [segment];
  return [{ ...segment, startTime: startTime + first / sampleRateHz, samples: samples.subarray(first, last) }];
}

/** Two segments are one when the second begins where the first goes on, within half a sample. */
const JOIN_TOLERANCE_SAMPLES = 0.5;

function joinSegments(segments: readonly WaveformSegment[]): WaveformSegment[] {
  const joined: WaveformSegment[][] = [];
  for (const segment of segments) {
    const group = joined.at(-1);
    const before = group?.at(-1);
    const follows =
      before &&
      channelKey(before.channel) === channelKey(segment.channel) &&
      before.sampleRateHz === segment.sampleRateHz &&
      before.samples.constructor === segment.samples.constructor &&
      Math.abs((segment.startTime - endTime(before)) * segment.sampleRateHz - 1) < JOIN_TOLERANCE_SAMPLES;
    if (follows) group!.push(segment);
    else joined.push([segment]);
  }
  return joined.map(concatenate);
}

function concatenate(parts: readonly WaveformSegment[]): WaveformSegment {
  return { ...parts[0]!, samples: joined(parts.map(({ samples }) => samples)) };
}
