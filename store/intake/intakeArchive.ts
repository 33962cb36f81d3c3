/**
 * From what came in to the archive: samples that are there already are left out, and a live channel's pieces grow in the index instead of
 * becoming a row for each packet.
 *
 *     const batch = await intake.add(store.db, segments);                 // the bytes are on the disk
 *     await store.transaction((writer) => intake.commit(writer, batch, stamp));
 *     intake.settle();                                                     // or rollback(), when anything failed
 *
 * One batch after the other, by the sole user of the archive. A process that ends in between leaves bytes behind the index, which
 * `repairArchive` cuts off at the next start.
 */
import { createHash, type Hash } from "node:crypto";
import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { channelKey, endTime, type WaveformSegment } from "@harken/core";
import { pieceOf, sdsPath, splitByDay } from "../archive.ts";
import { datatypeOf, encodePiece, joined } from "../archivedRecords.ts";
import type { Reader, Writer } from "../database.ts";
import type { Stamp } from "../mapping.ts";
import { type ArchivedPiece, addPieces, findPieces, growPieces, lastCoveredTime } from "../waveformIndex.ts";
import { type Covered, coveredBy, goesOn, uncovered } from "./coverage.ts";
import { FileAppender } from "./fileAppender.ts";

/** A piece of one channel that new data lengthen. */
interface OpenPiece {
  readonly piece: ArchivedPiece;
  readonly hash: Hash;
}

export interface Written {
  /** The piece as it is now; one that has grown replaces the row of the same channel and start. */
  readonly piece: ArchivedPiece;
  readonly hasGrown: boolean;
  /** What was written now, and its miniSEED records. */
  readonly segment: WaveformSegment;
  readonly records: Uint8Array;
}

export interface IntakeBatch {
  readonly written: readonly Written[];
  /** Samples that were there already. */
  readonly duplicates: number;
}

/** A piece grows to at most so much: readers take pieces whole. */
const LONGEST_PIECE_SEC = 600;

export class IntakeArchive {
  readonly #root: string;
  readonly #appender: FileAppender;
  readonly #open = new Map<string, OpenPiece>();
  /** By channel, the time up to which a sample may be there already: what begins after it needs no look into the index. */
  readonly #coveredTo = new Map<string, number>();
  /** Sizes that files had before what is not committed yet. */
  readonly #sizesBefore = new Map<string, number>();

  constructor(root: string) {
    this.#root = root;
    this.#appender = new FileAppender(root);
  }

  /** Ends its thread. */
  close(): Promise<void> {
    return this.#appender.close();
  }

  /** Writes what is new. */
  async add(reader: Reader, segments: readonly WaveformSegment[]): Promise<IntakeBatch> {
    const total = segments.reduce((sum, { samples }) => sum + samples.length, 0);
    const byChannel = Map.groupBy(segments, ({ channel }) => channelKey(channel));
    const fresh: WaveformSegment[] = [];
    for (const [key, list] of byChannel) fresh.push(...(await this.#freshOf(reader, key, list)));
    const days = fresh.flatMap(splitByDay);
    const byFile = Map.groupBy(days, (part) => {
      const { folder, file } = sdsPath(part.channel, part.startTime);
      return `${folder}/${file}`;
    });
    const files = [...byFile].map(([path, parts]) => {
      const encoded = parts.map((segment) => ({ segment, records: encodePiece(segment) }));
      return { path, encoded, bytes: Buffer.concat(encoded.map(({ records }) => records)) };
    });
    const { sizes, failure } = await this.#appender.append(files);
    for (const [i, size] of sizes.entries())
      if (!this.#sizesBefore.has(files[i]!.path)) this.#sizesBefore.set(files[i]!.path, size);
    if (failure !== null) throw new Error(failure);
    const written = files.flatMap(({ path, encoded }, i) => {
      let offset = sizes[i]!;
      return encoded.map(({ segment, records }) => {
        const piece = this.#grow(path, offset, segment, records);
        offset += records.length;
        return piece;
      });
    });
    const kept = fresh.reduce((sum, { samples }) => sum + samples.length, 0);
    return { written, duplicates: total - kept };
  }

  /** Indexes a batch. */
  async commit(writer: Writer, { written }: IntakeBatch, stamp: Stamp): Promise<void> {
    // A piece may grow more than once in a batch: its last form counts.
    const pieces = new Map<string, { piece: ArchivedPiece; isNew: boolean }>();
    for (const { piece, hasGrown } of written) {
      const key = `${channelKey(piece.channel)} ${piece.startTime}`;
      pieces.set(key, { piece, isNew: !hasGrown || (pieces.get(key)?.isNew ?? false) });
    }
    const all = [...pieces.values()];
    const chosen = (wanted: boolean) => all.filter(({ isNew }) => isNew === wanted).map(({ piece }) => piece);
    await growPieces(writer, chosen(false), stamp);
    await addPieces(writer, chosen(true), stamp);
  }

  /** The batch is committed. */
  settle(): void {
    this.#sizesBefore.clear();
  }

  /** The batch failed, here or in the database: its bytes are cut off again, and it may be added anew. */
  async rollback(): Promise<void> {
    this.#open.clear();
    this.#coveredTo.clear();
    for (const [path, size] of this.#sizesBefore) await truncate(join(this.#root, path), size);
    this.#sizesBefore.clear();
  }

  async #freshOf(reader: Reader, key: string, list: readonly WaveformSegment[]): Promise<WaveformSegment[]> {
    const ordered = list.filter(({ samples }) => samples.length > 0).sort((a, b) => a.startTime - b.startTime);
    const taken: Covered[] = [];
    const fresh: WaveformSegment[] = [];
    let coveredTo = this.#coveredTo.get(key) ?? (await lastCoveredTime(reader, ordered[0]?.channel)) ?? -Infinity;
    for (const segment of ordered) {
      const margin = 1 / segment.sampleRateHz;
      const known =
        segment.startTime > coveredTo
          ? []
          : [
              ...(await findPieces(reader, segment.channel, segment.startTime - margin, endTime(segment) + margin)),
              ...taken,
            ];
      for (const part of uncovered(segment, known)) {
        taken.push(coveredBy(part));
        fresh.push(part);
        coveredTo = Math.max(coveredTo, endTime(part) + 0.5 / part.sampleRateHz);
      }
    }
    if (coveredTo > -Infinity) this.#coveredTo.set(key, coveredTo);
    return joinFollowing(fresh);
  }

  #grow(path: string, offset: number, segment: WaveformSegment, records: Uint8Array): Written {
    const key = channelKey(segment.channel);
    const open = this.#open.get(key);
    const added = pieceOf(segment, records, path, offset, "");
    const hasGrown = open !== undefined && follows(open.piece, added, segment);
    const hash = (hasGrown ? open.hash : createHash("sha256")).update(records);
    const digest = { sha256: hash.copy().digest("hex") };
    const piece = hasGrown ? { ...longer(open.piece, added), ...digest } : { ...added, ...digest };
    this.#open.set(key, { piece, hash });
    return { piece, hasGrown, segment, records };
  }
}

function longer(piece: ArchivedPiece, added: ArchivedPiece): ArchivedPiece {
  const sampleCount = piece.sampleCount + added.sampleCount;
  return {
    ...piece,
    sampleCount,
    endTime: piece.startTime + (sampleCount - 1) / piece.sampleRateHz,
    bytes: piece.bytes + added.bytes,
  };
}

function follows(piece: ArchivedPiece, added: ArchivedPiece, segment: WaveformSegment): boolean {
  return (
    piece.file === added.file &&
    piece.folder === added.folder &&
    piece.offset + piece.bytes === added.offset &&
    piece.datatype === added.datatype &&
    (piece.sampleCount + added.sampleCount) / piece.sampleRateHz <= LONGEST_PIECE_SEC &&
    goesOn(piece, segment)
  );
}

/** Segments of one channel in order of time; those that go on where the one before ended become one. */
function joinFollowing(segments: readonly WaveformSegment[]): WaveformSegment[] {
  const groups: WaveformSegment[][] = [];
  let end: Covered | null = null;
  for (const segment of segments) {
    const group = groups.at(-1);
    const isSame = group !== undefined && datatypeOf(group[0]!.samples) === datatypeOf(segment.samples);
    if (isSame && end && goesOn(end, segment)) group.push(segment);
    else groups.push([segment]);
    const whole = groups.at(-1)!;
    const count = whole.reduce((sum, { samples }) => sum + samples.length, 0);
    end = { ...coveredBy(whole[0]!), endTime: whole[0]!.startTime + (count - 1) / segment.sampleRateHz };
  }
  return groups.map((group) => ({ ...group[0]!, samples: joined(group.map(({ samples }) => samples)) }));
}
