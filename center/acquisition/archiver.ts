/**
 * From the journal to the archive: entries in order, in batches; rows, packets and the place in the journal in one transaction. It reads the journal
 * and nothing else, so that after a kill, or while the disk is full, it goes on where it was; its memory is one batch.
 */
import { type ChannelId, defaultLimits, endTime, type Limits, ProblemList, type WaveformSegment } from "@harken/core";
import { decodeCd11Frame, readFile, segmentsOfCd11Frame } from "@harken/formats";
import {
  IntakeArchive,
  type Journal,
  type JournalCursor,
  type JournalEntry,
  type PacketRecord,
  putIntakeStates,
  putPackets,
  type Store,
  type Written,
} from "@harken/store";
import type { Logger } from "pino";
import type { AlarmBook } from "./alarms.ts";
import type { FrameNote } from "./intake.ts";
import { checkDataTime, type TimeRule } from "./timeSanity.ts";

export interface ArchiverParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly archiveRoot: string;
  readonly alarms: AlarmBook;
  readonly logger: Logger;
  readonly clock: () => number;
  readonly runId: number;
  /** Frames are held to it before they are kept; records from SeedLink servers here. */
  readonly timeRule: TimeRule;
  /** The channel under the name that the inventory has for it. */
  readonly nameChannel: (source: string, channel: ChannelId) => ChannelId;
  /** States of others to be kept with the place in the journal. */
  readonly takeStates: () => readonly { readonly name: string; readonly state: unknown }[];
  /** Called before a batch is committed: what throws here is tried again with the batch. */
  readonly beforeCommit: (written: readonly Written[]) => Promise<void>;
  readonly afterCommit: (written: readonly Written[], packets: readonly PacketRecord[]) => void;
}

/** Name of the archiver's own state. */
export const ARCHIVER = "archive";
const BATCH_BYTES = 4_000_000;
/** Packets that come within this time share a batch, and its syncs. */
const GATHER_MS = 300;
const RETRY_MS = 1_000;
const limits: Limits = { ...defaultLimits, maxSamples: 50_000_000 };

export class Archiver {
  readonly #parts: ArchiverParts;
  readonly #archive: IntakeArchive;
  readonly #cursor: JournalCursor;
  #wake: () => void = () => undefined;
  #isStopping = false;
  /** Entries whose samples no file can hold: they stay in the journal alone. */
  readonly #withoutSamples = new Set<number>();
  /** States to be kept that no commit has kept yet. */
  readonly #states = new Map<string, unknown>();
  #done: number;
  readonly #loop: Promise<void>;

  /** Goes on behind entry `done`. */
  constructor(parts: ArchiverParts, done: number) {
    this.#parts = parts;
    this.#archive = new IntakeArchive(parts.archiveRoot);
    this.#cursor = parts.journal.cursor(done + 1);
    this.#done = done;
    this.#loop = this.#run();
  }

  /** The last entry that is in the archive. */
  get done(): number {
    return this.#done;
  }

  /** There is more in the journal. */
  wake(): void {
    this.#wake();
  }

  /** Resolves when all that the journal held is in the archive. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake();
    await this.#loop;
    await this.#archive.close();
  }

  async #run(): Promise<void> {
    const { journal } = this.#parts;
    while (true) {
      if (this.#cursor.position > journal.last) {
        if (this.#isStopping) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
          // What came between the look and the promise.
          if (this.#cursor.position <= journal.last) resolve();
        });
        if (!this.#isStopping) await pause(GATHER_MS);
        continue;
      }
      const damageBefore = this.#cursor.damage.length;
      const entries = await this.#cursor.next(BATCH_BYTES);
      for (const { path, from, to } of this.#cursor.damage.slice(damageBefore))
        this.#parts.alarms.raise("journal", "journal.damaged", `${path}: bytes ${from} to ${to} are no entries`);
      if (entries.length > 0 && !(await this.#archiveAll(entries))) return;
    }
  }

  /** Tries until it is done; false when it is told to stop before. */
  async #archiveAll(entries: readonly JournalEntry[]): Promise<boolean> {
    const { logger, alarms } = this.#parts;
    for (;;) {
      try {
        await this.#archiveBatch(entries);
        return true;
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        alarms.raise("archive", "archive.refused", reason);
        logger.error({ code: "archive.refused", entries: entries.length, err: cause });
        // What cannot be taken back now is cut off at the next start.
        await this.#archive.rollback().catch((err: unknown) => logger.error({ code: "archive.rollback", err }));
        if (this.#isStopping) return false;
        // Not the machine's fault but the contents': the one entry that is to blame must not hold up the others.
        if (cause instanceof RangeError || cause instanceof TypeError) {
          if (entries.length > 1) {
            for (const entry of entries) if (!(await this.#archiveAll([entry]))) return false;
            return true;
          }
          alarms.raise(entries[0]!.source, "packet.not-archived", `entry ${entries[0]!.sequence}: ${reason}`);
          this.#withoutSamples.add(entries[0]!.sequence);
        } else await pause(RETRY_MS);
      }
    }
  }

  async #archiveBatch(entries: readonly JournalEntry[]): Promise<void> {
    const { store, clock, runId, takeStates, beforeCommit, afterCommit, alarms } = this.#parts;
    const contents = entries.map((entry) => ({ entry, segments: this.#segmentsOf(entry) }));
    const batch = await this.#archive.add(
      store.db,
      contents.flatMap(({ segments }) => segments),
    );
    if (batch.duplicates > 0)
      alarms.raise(
        "archive",
        "samples.repeated",
        `${batch.duplicates} samples were there already and left out`,
        "warning",
      );
    await beforeCommit(batch.written);
    const now = clock();
    const packets = contents.map(({ entry, segments }) => packetOf(entry, segments, now));
    const last = entries.at(-1)!.sequence;
    for (const { name, state } of takeStates()) this.#states.set(name, state);
    this.#states.set(ARCHIVER, null);
    const states = [...this.#states].map(([name, state]) => ({ name, state, packetId: last }));
    await store.transaction(async (writer) => {
      await this.#archive.commit(writer, batch, { runId, now });
      await putPackets(writer, packets);
      await putIntakeStates(writer, states, now);
    });
    this.#archive.settle();
    this.#states.clear();
    this.#done = last;
    afterCommit(batch.written, packets);
  }

  #segmentsOf(entry: JournalEntry): WaveformSegment[] {
    const { nameChannel, alarms } = this.#parts;
    if (this.#withoutSamples.has(entry.sequence)) return [];
    const problems = new ProblemList(20);
    const segments = readEntry(entry, problems);
    for (const { code, message, severity } of problems.list())
      alarms.raise(entry.source, code, message, severity === "error" ? "alarm" : "warning");
    return segments
      .filter((segment) => this.#isTimely(entry, segment))
      .map((segment) => ({ ...segment, channel: nameChannel(entry.source, segment.channel) }));
  }

  /** A server may send what is old, but not what its station's clock cannot have meant. Files are taken as they are. */
  #isTimely({ kind, source, receivedAt }: JournalEntry, { startTime }: WaveformSegment): boolean {
    if (kind !== "mseed") return true;
    const problem = checkDataTime(startTime, receivedAt, this.#parts.timeRule);
    if (problem === null || problem.code === "time.stale") return true;
    this.#parts.alarms.raise(source, problem.code, problem.detail);
    return false;
  }
}

/** The samples in an entry, whatever brought it. */
function readEntry({ kind, source, note, payload }: JournalEntry, problems: ProblemList): WaveformSegment[] {
  if (kind !== "cd11") {
    const read = readFile(payload, source, limits);
    for (const problem of read.problems) problems.add(problem);
    return [...read.segments];
  }
  const decoded = decodeCd11Frame(payload, limits);
  for (const problem of decoded.problems) problems.add(problem);
  const [frame] = decoded.items;
  if (frame?.payload.kind !== "data") return [];
  const { leaveOut } = JSON.parse(note) as FrameNote;
  const channels = frame.payload.channels.filter((_, i) => !leaveOut.includes(i));
  return segmentsOfCd11Frame({ payload: { ...frame.payload, channels } }, limits, problems);
}

function packetOf(entry: JournalEntry, segments: readonly WaveformSegment[], now: number): PacketRecord {
  const note = entry.kind === "cd11" ? (JSON.parse(entry.note) as FrameNote) : null;
  const [starts, ends] = [segments.map(({ startTime }) => startTime), segments.map(endTime)];
  return {
    packetId: entry.sequence,
    kind: entry.kind,
    source: entry.source,
    sequence: entry.kind === "cd11" ? sequenceOf(entry.payload) : "",
    receivedAt: entry.receivedAt,
    archivedAt: now,
    startTime: segments.length > 0 ? Math.min(...starts) : null,
    endTime: segments.length > 0 ? Math.max(...ends) : null,
    bytes: entry.payload.length,
    verdict: note?.verdict ?? "unsigned",
    verified: note?.verified ?? 0,
    unsigned: note?.unsigned ?? 0,
    refused: note?.refused ?? 0,
    detail: note?.detail ?? "",
  };
}

/** The number in a frame's header, without reading the frame again. */
function sequenceOf(frame: Uint8Array): string {
  return String(new DataView(frame.buffer, frame.byteOffset).getBigUint64(24));
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
