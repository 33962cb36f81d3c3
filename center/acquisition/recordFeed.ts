/**
 * The way of the ring's records to one client: as fast as it takes them, from a number on, and on as new ones come. A client that takes nothing is let go and
 * holds up nobody.
 */
import type { Socket } from "node:net";
import type { RecordCursor, RecordRing, RingRecord } from "./recordRing.ts";

export interface FeedParts {
  readonly socket: Socket;
  readonly ring: RecordRing;
  /** Whether the client wants records now. */
  readonly isOpen: () => boolean;
  readonly send: (record: RingRecord) => void;
  /** There is no further one as yet. */
  readonly onEnd: () => void;
  readonly onFailure: (cause: unknown) => void;
  readonly onDeaf: () => void;
}

const READ_BYTES = 64_000;
/** A client that takes nothing for so long is let go, ms. */
const DEAF_MS = 60_000;

export class RecordFeed {
  readonly #parts: FeedParts;
  readonly #unlisten: () => void;
  readonly #timer: NodeJS.Timeout;
  #cursor: RecordCursor | null = null;
  #isPumping = false;
  #isClosed = false;
  #takenAt = performance.now();

  constructor(parts: FeedParts) {
    this.#parts = parts;
    this.#unlisten = parts.ring.listen(() => this.#pump());
    this.#timer = setInterval(() => {
      if (parts.socket.writableNeedDrain && performance.now() - this.#takenAt > DEAF_MS) parts.onDeaf();
    }, 1_000);
    parts.socket.on("drain", () => this.#pump());
  }

  /** Sends on from a number. */
  from(sequence: number): void {
    this.#cursor = this.#parts.ring.cursor(Math.max(this.#parts.ring.first, sequence));
    this.#pump();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#unlisten();
  }

  get #mayGoOn(): boolean {
    return !this.#isClosed && this.#parts.isOpen() && !this.#parts.socket.writableNeedDrain;
  }

  #pump(): void {
    if (this.#isPumping || !this.#cursor || !this.#mayGoOn) return;
    this.#isPumping = true;
    this.#pumpAll()
      .catch((cause: unknown) => this.#parts.onFailure(cause))
      .finally(() => {
        this.#isPumping = false;
        // What came between the last look and now.
        if (!this.#isClosed && this.#cursor && this.#cursor.position <= this.#parts.ring.last) this.#pump();
      });
  }

  async #pumpAll(): Promise<void> {
    while (this.#mayGoOn) {
      const cursor = this.#cursor!;
      const records = await cursor.next(READ_BYTES);
      // Sent elsewhere meanwhile.
      if (cursor !== this.#cursor) continue;
      this.#takenAt = performance.now();
      for (const record of records) if (!this.#isClosed && this.#parts.isOpen()) this.#parts.send(record);
      if (records.length > 0) continue;
      if (this.#parts.isOpen()) this.#parts.onEnd();
      return;
    }
  }
}
