/**
 * The intake journal: everything that came from outside, appended, synced in groups, and only then acknowledged. Whoever appends while a sync
 * runs shares the next one, so that a thousand senders cost no more syncs than one.
 *
 *     const { journal, report } = await openJournal(join(dataDir, "journal"));
 *     const sequence = await journal.append({ receivedAt, kind: "cd11", source: "ARCES:IDC", note: "", payload });  // on the disk
 *     for (const entry of await journal.cursor(1).next(1_000_000)) ...
 *
 * One process at a time; a full disk rejects what could not be written and leaves the rest as it was.
 */
import { constants } from "node:fs";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { foldersBetween, syncFolders } from "../folderSync.ts";
import { encodeEntry, type JournalRecord } from "./entry.ts";
import { JournalCursor } from "./journalCursor.ts";
import {
  type JournalFile,
  type JournalReport,
  journalFileName,
  listJournalFiles,
  mendJournalFile,
} from "./journalFiles.ts";

export interface JournalOptions {
  /** A file that has grown beyond this is followed by a new one. Default 64 MB. */
  readonly maxFileBytes?: number;
  /** Numbers up to this one were given before, whatever is left of the entries: new ones come behind it. Default 0. */
  readonly after?: number;
}

const MAX_FILE_BYTES = 64_000_000;
/** One write and one sync take at most so much. */
const MAX_GROUP_BYTES = 8_000_000;

interface Waiting {
  readonly record: JournalRecord;
  readonly resolve: (sequence: number) => void;
  readonly reject: (cause: unknown) => void;
}

export async function openJournal(
  folder: string,
  { maxFileBytes = MAX_FILE_BYTES, after = 0 }: JournalOptions = {},
): Promise<{ journal: Journal; report: JournalReport }> {
  const made = await mkdir(folder, { recursive: true });
  // The name of a file that a killed process made may not be on the disk yet, nor that of the folder.
  await syncFolders(foldersBetween(folder, made === undefined ? folder : dirname(made)));
  const files = await listJournalFiles(folder);
  const newest = files.at(-1);
  const mended = newest ? await mendJournalFile(newest) : { last: 0, tornBytes: 0, damage: [] };
  const { last, tornBytes, damage } = mended;
  return { journal: new Journal(folder, files, Math.max(last, after), maxFileBytes), report: { tornBytes, damage } };
}

export class Journal {
  readonly #folder: string;
  readonly #files: JournalFile[];
  readonly #maxFileBytes: number;
  #last: number;
  #handle: FileHandle | null = null;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #draining: Promise<void> | null = null;
  #isClosed = false;

  /** Made by `openJournal`. */
  constructor(folder: string, files: JournalFile[], last: number, maxFileBytes: number) {
    this.#folder = folder;
    this.#files = files;
    this.#last = last;
    this.#maxFileBytes = maxFileBytes;
  }

  /** Sequence of the newest entry that is on the disk; 0 when there is none. */
  get last(): number {
    return this.#last;
  }

  /** Sequence of the oldest entry that is kept. */
  get first(): number {
    return this.#files[0]?.first ?? this.#last + 1;
  }

  /** Bytes that wait for the disk: a reader of sockets stops reading when they are many. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  get #bytes(): number {
    return this.#files.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Resolves with the entry's sequence when it is on the disk; rejects when the disk refuses, and nothing is kept. What waits behind a refused
   * entry is refused with it: a place in a stream never stands behind something that was lost.
   */
  append(record: JournalRecord): Promise<number> {
    if (this.#isClosed) return Promise.reject(new Error("the journal is closed"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, resolve, reject });
      this.#waitingBytes += record.payload.length;
      this.#draining ??= this.#drain();
    });
  }

  /** Reads entries from a sequence on, each once, as far as they are on the disk. */
  cursor(from: number): JournalCursor {
    return new JournalCursor(
      () => this.#files,
      () => this.#last,
      from,
    );
  }

  /** Removes whole files from the old end: those beyond `keepBytes`, and those last written before `before`; never entries from `upTo` on. */
  async prune(rule: { readonly keepBytes?: number; readonly before?: number; readonly upTo: number }): Promise<number> {
    let removed = 0;
    for (;;) {
      const [oldest, next] = this.#files;
      if (!oldest || !next || next.first > rule.upTo) return removed;
      const isOld = rule.before !== undefined && oldest.writtenAt < rule.before;
      const isTooMuch = rule.keepBytes !== undefined && this.#bytes > rule.keepBytes;
      if (!isOld && !isTooMuch) return removed;
      await rm(oldest.path, { force: true });
      this.#files.shift();
      removed += oldest.size;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#draining;
    await this.#handle?.close();
    this.#handle = null;
  }

  async #drain(): Promise<void> {
    // One turn of the event loop gathers what comes together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      let bytes = 0;
      let count = 0;
      while (count < this.#waiting.length && bytes < MAX_GROUP_BYTES)
        bytes += this.#waiting[count++]!.record.payload.length;
      const group = this.#waiting.splice(0, count);
      this.#waitingBytes -= bytes;
      await this.#writeGroup(group);
    }
    // In the same turn as the last look at what waits: an append that comes now begins anew.
    this.#draining = null;
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    const first = this.#last + 1;
    try {
      const bytes = Buffer.concat(group.map(({ record }, i) => encodeEntry({ ...record, sequence: first + i })));
      const { file, handle } = await this.#fileFor(first);
      try {
        for (let done = 0; done < bytes.length; ) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, file.size + done);
          done += bytesWritten;
        }
        await handle.datasync();
      } catch (cause) {
        // What was written in part is overwritten by the next group, or cut off at the next start.
        await handle.truncate(file.size).catch(() => undefined);
        throw cause;
      }
      file.size += bytes.length;
      file.writtenAt = group.at(-1)!.record.receivedAt;
    } catch (cause) {
      for (const { reject } of [...group, ...this.#waiting.splice(0)]) reject(cause);
      this.#waitingBytes = 0;
      return;
    }
    this.#last += group.length;
    for (const [i, { resolve }] of group.entries()) resolve(first + i);
  }

  async #fileFor(sequence: number): Promise<{ file: JournalFile; handle: FileHandle }> {
    const current = this.#files.at(-1);
    if (current && current.size < this.#maxFileBytes) {
      this.#handle ??= await open(current.path, constants.O_RDWR);
      return { file: current, handle: this.#handle };
    }
    const path = join(this.#folder, journalFileName(sequence));
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC);
    try {
      await syncFolders([this.#folder]);
    } catch (cause) {
      await handle.close();
      throw cause;
    }
    await this.#handle?.close();
    this.#handle = handle;
    const file = { path, first: sequence, size: 0, writtenAt: 0 };
    this.#files.push(file);
    return { file, handle };
  }
}
