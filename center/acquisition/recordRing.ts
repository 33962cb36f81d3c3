/**
 * The newest miniSEED records of the archive in the order in which they were archived: what SeedLink serves. Each has a number that grows from 1 and is
 * kept over restarts, so that a client goes on where it was.
 */
import { type ChannelId, endTime } from "@harken/core";
import { decodeMiniSeed2, decodeMiniSeed3, isMiniSeed3, recordLength, seedLinkIds } from "@harken/formats";
import { type Journal, type JournalCursor, openJournal, type Written } from "@harken/store";

export interface StreamState {
  readonly channel: ChannelId;
  readonly station: string;
  readonly stream: string;
  /** "2" or "3". */
  readonly format: string;
  readonly startTime: number;
  readonly endTime: number;
}

export interface RingRecord {
  readonly sequence: number;
  /** When it was archived, epoch s. */
  readonly keptAt: number;
  /** `NET_STA` and `LOC_B_S_SS`. */
  readonly station: string;
  readonly stream: string;
  readonly format: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly payload: Uint8Array;
}

/** What the ring's journal keeps beside a record. */
type RecordTimes = Pick<RingRecord, "stream" | "format" | "startTime" | "endTime">;

const FILE_BYTES = 8_000_000;
const PRUNE_EVERY = 1_000;

export class RecordRing {
  readonly #journal: Journal;
  readonly #keepBytes: number;
  readonly #streams = new Map<string, StreamState>();
  readonly #listeners = new Set<() => void>();
  #sincePrune = 0;

  private constructor(journal: Journal, keepBytes: number) {
    this.#journal = journal;
    this.#keepBytes = keepBytes;
  }

  static async open(folder: string, keepBytes: number): Promise<RecordRing> {
    const { journal } = await openJournal(folder, { maxFileBytes: FILE_BYTES });
    const ring = new RecordRing(journal, keepBytes);
    const cursor = ring.cursor(journal.first);
    for (let records = await cursor.next(1_000_000); records.length > 0; records = await cursor.next(1_000_000))
      for (const record of records) ring.#note(record);
    return ring;
  }

  get first(): number {
    return this.#journal.first;
  }

  get last(): number {
    return this.#journal.last;
  }

  get streams(): readonly StreamState[] {
    return [...this.#streams.values()];
  }

  /** Calls `listener` after new records; returns what ends that. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** On the disk when it resolves. */
  async add(written: readonly Written[]): Promise<void> {
    const records = written.flatMap(recordsOf);
    if (records.length === 0) return;
    const now = Date.now() / 1_000;
    await Promise.all(
      records.map(({ payload, station, ...rest }) =>
        this.#journal.append({ receivedAt: now, kind: "mseed", source: station, note: JSON.stringify(rest), payload }),
      ),
    );
    for (const record of records) this.#note(record);
    this.#sincePrune += records.length;
    if (this.#sincePrune >= PRUNE_EVERY) {
      this.#sincePrune = 0;
      await this.#journal.prune({ keepBytes: this.#keepBytes, upTo: this.#journal.last });
    }
    for (const listener of this.#listeners) listener();
  }

  cursor(from: number): RecordCursor {
    return new RecordCursor(this.#journal.cursor(from));
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  #note({ station, stream, format, startTime, endTime: end }: RecordTimes & Pick<RingRecord, "station">): void {
    const key = `${station} ${stream}`;
    const before = this.#streams.get(key);
    const [network = "", code = ""] = station.split("_");
    const [location = "", ...letters] = stream.split("_");
    this.#streams.set(key, {
      channel: { network, station: code, location, channel: letters.join("") },
      ...{ station, stream, format },
      startTime: Math.min(startTime, before?.startTime ?? Infinity),
      endTime: Math.max(end, before?.endTime ?? -Infinity),
    });
  }
}

export class RecordCursor {
  readonly #cursor: JournalCursor;

  constructor(cursor: JournalCursor) {
    this.#cursor = cursor;
  }

  get position(): number {
    return this.#cursor.position;
  }

  async next(maxBytes: number): Promise<RingRecord[]> {
    const entries = await this.#cursor.next(maxBytes);
    return entries.map(({ sequence, receivedAt, source, note, payload }) => ({
      ...(JSON.parse(note) as RecordTimes),
      ...{ sequence, keptAt: receivedAt, station: source, payload },
    }));
  }
}

/** The records of what was written, each with its own times. */
function recordsOf({ segment, records }: Written): Omit<RingRecord, "sequence" | "keptAt">[] {
  const { station, stream } = seedLinkIds(segment.channel);
  const isVersion3 = isMiniSeed3(records);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < records.length; ) {
    const length = recordLength(records, at);
    if (length === null) break;
    parts.push(records.subarray(at, at + length));
    at += length;
  }
  return parts.flatMap((payload) => {
    const [item] = (isVersion3 ? decodeMiniSeed3 : decodeMiniSeed2)(payload).items;
    if (!item) return [];
    return [
      { station, stream, format: isVersion3 ? "3" : "2", startTime: item.startTime, endTime: endTime(item), payload },
    ];
  });
}
