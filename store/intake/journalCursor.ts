/** A place in a journal from which entries are read in order, each once. */
import { open } from "node:fs/promises";
import { entryAt, HEAD_BYTES, type JournalEntry, LONGEST_BODY, nextEntry } from "./entry.ts";
import type { JournalDamage, JournalFile } from "./journalFiles.ts";

/** Read at once where entries are small. */
const CHUNK_BYTES = 1_000_000;

export class JournalCursor {
  readonly #files: () => readonly JournalFile[];
  readonly #last: () => number;
  #next: number;
  #path = "";
  #offset = 0;
  readonly #damage: JournalDamage[] = [];

  /** Made by `Journal.cursor`. */
  constructor(files: () => readonly JournalFile[], last: () => number, from: number) {
    this.#files = files;
    this.#last = last;
    this.#next = from;
  }

  /** Sequence of the entry that comes next. */
  get position(): number {
    return this.#next;
  }

  /** What had to be passed over so far. */
  get damage(): readonly JournalDamage[] {
    return this.#damage;
  }

  /** Entries of at most about `maxBytes` in all, at least one where there is one; none when the end is reached. */
  async next(maxBytes: number): Promise<JournalEntry[]> {
    const entries: JournalEntry[] = [];
    for (let bytes = 0; bytes < maxBytes && this.#next <= this.#last(); ) {
      const file = this.#fileOf(this.#next);
      if (!file) break;
      if (file.path !== this.#path) {
        this.#path = file.path;
        this.#offset = 0;
      }
      const more = await this.#readFrom(file, maxBytes - bytes);
      entries.push(...more);
      bytes += more.reduce((sum, { payload }) => sum + payload.length, 0);
    }
    return entries;
  }

  /** The newest file that begins at or before a sequence; the oldest one where it was removed already. */
  #fileOf(sequence: number): JournalFile | undefined {
    const files = this.#files();
    return files.findLast(({ first }) => first <= sequence) ?? files[0];
  }

  async #readFrom(file: JournalFile, maxBytes: number): Promise<JournalEntry[]> {
    const handle = await open(file.path, "r");
    try {
      let length = Math.min(file.size - this.#offset, Math.max(CHUNK_BYTES, maxBytes));
      for (;;) {
        const bytes = Buffer.allocUnsafe(length);
        const { bytesRead } = await handle.read(bytes, 0, length, this.#offset);
        const isEnd = this.#offset + bytesRead >= file.size || bytesRead < length;
        const taken = this.#take(bytes.subarray(0, bytesRead), isEnd, file);
        if (taken.length > 0 || isEnd || length > LONGEST_BODY + HEAD_BYTES) return taken;
        length = Math.min(file.size - this.#offset, 4 * length);
      }
    } finally {
      await handle.close();
    }
  }

  #take(bytes: Buffer, isEnd: boolean, file: JournalFile): JournalEntry[] {
    const entries: JournalEntry[] = [];
    let at = 0;
    while (at < bytes.length) {
      const found = entryAt(bytes, at);
      if (typeof found === "object") {
        at = found.end;
        if (found.entry.sequence < this.#next) continue;
        if (found.entry.sequence > this.#last()) break;
        entries.push(found.entry);
        this.#next = found.entry.sequence + 1;
        continue;
      }
      if (found === "cut" && !isEnd) break;
      const next = nextEntry(bytes, at + 1);
      if (next < 0 && !isEnd) break;
      this.#damage.push({
        path: file.path,
        from: this.#offset + at,
        to: this.#offset + (next < 0 ? bytes.length : next),
      });
      at = next < 0 ? bytes.length : next;
    }
    this.#offset += at;
    if (isEnd && entries.length === 0) this.#leave(file);
    return entries;
  }

  /** Nothing more in this file: what it should have held is gone, and the next file goes on. */
  #leave(file: JournalFile): void {
    const following = this.#files().find(({ first }) => first > file.first);
    this.#next = Math.max(this.#next, following?.first ?? this.#last() + 1);
  }
}
