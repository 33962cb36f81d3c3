/**
 * The station's disk buffer: frames as they were signed, numbered as they stand in it. What the centre has not acknowledged is sent from here, after
 * minutes or days. A frame is sent only once it is on the disk, so that a number never stands for two frames.
 */
import { type Journal, openJournal } from "@harken/store";

const FILE_BYTES = 4_000_000;
/** Frames read at once when old ones are sent. */
const READ_AHEAD_BYTES = 1_000_000;
/** Frames kept in memory after a read or a write. */
const MOST_CACHED = 400;

export class FrameRing {
  readonly #journal: Journal;
  readonly #cache = new Map<bigint, Uint8Array>();

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
    const entries = await this.#journal.cursor(Number(sequence)).next(READ_AHEAD_BYTES);
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
    this.#cache.set(sequence, bytes);
    if (this.#cache.size > MOST_CACHED) this.#cache.delete(this.#cache.keys().next().value!);
  }
}
