/**
 * The station's disk buffer: frames as they were signed, numbered as they stand in it. What the centre has not acknowledged is sent from here, after
 * minutes or days. A frame is sent only once it is on the disk, so that a number never stands for two frames.
 */
import { type Journal, type JournalCursor, openJournal } from "@harken/store";

const FILE_BYTES = 4_000_000;
/** Frames read at once when old ones are sent. */
const READ_AHEAD_BYTES = 1_000_000;
/** Of frames kept in memory after a read or a write: more than what is read at once, or each would be read again. */
const MOST_CACHED_BYTES = 4_000_000;

export class FrameRing {
  readonly #journal: Journal;
  readonly #cache = new Map<bigint, Uint8Array>();
  #cachedBytes = 0;
  /** Where the last read of old frames ended: the next one mostly goes on there. */
  #cursor: JournalCursor | null = null;

  private constructor(journal: Journal) {
    this.#journal = journal;
  }

  static async open(folder: string): Promise<{ ring: FrameRing; tornBytes: number }> {
    const { journal, report } = await openJournal(folder, { maxFileBytes: FILE_BYTES });
    return { ring: new FrameRing(journal), tornBytes: report.tornBytes };
  }

  /** Numbers of the oldest and the newest frame; the newest is 0 when there is none. */
  get first(): bigint {
    return BigInt(this.#journal.first);
  }

  get last(): bigint {
    return BigInt(this.#journal.last);
  }

  /** Keeps a frame that was made for the next number; on the disk when it resolves. `note` is given back by `lastNote`. */
  async put(make: (sequence: bigint) => Uint8Array, source: string, now: number, note: string): Promise<void> {
    const sequence = this.last + 1n;
    const bytes = make(sequence);
    const kept = await this.#journal.append({ receivedAt: now, kind: "cd11", source, note, payload: bytes });
    if (BigInt(kept) !== sequence) throw new Error(`frame ${sequence} was kept as ${kept}`);
    this.#remember(sequence, bytes);
  }

  /** null when it is no longer kept, or damaged. */
  async get(sequence: bigint): Promise<Uint8Array | null> {
    const cached = this.#cache.get(sequence);
    if (cached) return cached;
    const number = Number(sequence);
    const cursor = this.#cursor?.position === number ? this.#cursor : this.#journal.cursor(number);
    this.#cursor = null;
    const entries = await cursor.next(READ_AHEAD_BYTES);
    this.#cursor = cursor;
    for (const entry of entries) this.#remember(BigInt(entry.sequence), entry.payload);
    const [first] = entries;
    return first && BigInt(first.sequence) === sequence ? first.payload : null;
  }

  /** The note of the newest frame; "" when there is none. */
  async lastNote(): Promise<string> {
    if (this.#journal.last === 0) return "";
    const [entry] = await this.#journal.cursor(this.#journal.last).next(1);
    return entry?.note ?? "";
  }

  prune(keepBytes: number, before: number): Promise<number> {
    return this.#journal.prune({ keepBytes, before, upTo: this.#journal.last });
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  #remember(sequence: bigint, bytes: Uint8Array): void {
    if (this.#cache.has(sequence)) return;
    this.#cache.set(sequence, bytes);
    this.#cachedBytes += bytes.length;
    for (const [oldest, { length }] of this.#cache) {
      if (this.#cachedBytes <= MOST_CACHED_BYTES) return;
      this.#cache.delete(oldest);
      this.#cachedBytes -= length;
    }
  }
}
