/**
 * Fetches the tiles that the waveform panel needs: a little more than the view on both sides, each once, few at a time, and none that
 * the panel has moved away from.
 *
 *     const tile = tiles.get({ channel, from, to, columns, filter });   // null until it has come
 */
import { type Client, type EnvelopeTile, waveformLimits } from "@harken/api";

export interface TileRequest {
  readonly channel: string;
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  readonly filter: string;
}

export type TileState =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly tile: EnvelopeTile }
  | { readonly state: "failed"; readonly message: string };

const MAX_KEPT = 600;
const MAX_AT_ONCE = 4;

/** Widens a view by half its span on both sides and snaps it, so that small moves ask for nothing new. */
export function tileSpan(from: number, to: number, width: number): { from: number; to: number; columns: number } {
  const span = to - from;
  const grid = 2 ** Math.ceil(Math.log2(span)) / 2;
  const start = Math.floor((from - span / 4) / grid) * grid;
  const end = Math.ceil((to + span / 4) / grid) * grid;
  const columns = Math.ceil(((end - start) / span) * Math.max(1, width));
  return { from: start, to: end, columns: Math.min(waveformLimits.maxColumns, columns) };
}

export class TileRequests {
  #client: Pick<Client, "waveforms">;
  #changed: () => void;
  #states = new Map<string, TileState>();
  #latest = new Map<string, EnvelopeTile>();
  #queue: TileRequest[] = [];
  #running = 0;

  constructor(client: Pick<Client, "waveforms">, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** Forgets what is waiting; call before the requests of a new view. */
  beginView(): void {
    for (const request of this.#queue) this.#states.delete(keyOf(request));
    this.#queue = [];
  }

  request(request: TileRequest): TileState {
    const key = keyOf(request);
    const known = this.#states.get(key);
    if (known) {
      this.#states.delete(key);
      this.#states.set(key, known);
      return known;
    }
    this.#states.set(key, { state: "loading" });
    this.#queue.push(request);
    this.#next();
    return { state: "loading" };
  }

  /** The tile that came last for a channel and filter: stands in while the right one is on its way. */
  standIn(channel: string, filter: string): EnvelopeTile | null {
    return this.#latest.get(`${channel} ${filter}`) ?? null;
  }

  /** Forgets failures and tiles, so that new data are asked for. */
  clear(): void {
    this.beginView();
    this.#states.clear();
  }

  #next(): void {
    while (this.#running < MAX_AT_ONCE) {
      const request = this.#queue.shift();
      if (!request) return;
      this.#running++;
      void this.#fetch(request).finally(() => {
        this.#running--;
        this.#next();
        this.#changed();
      });
    }
  }

  async #fetch(request: TileRequest): Promise<void> {
    const key = keyOf(request);
    try {
      const tile = await this.#client.waveforms(request);
      if (tile.kind !== "envelope") throw new Error("The centre sent samples instead of an envelope.");
      this.#states.set(key, { state: "ready", tile });
      this.#latest.set(`${request.channel} ${request.filter}`, tile);
    } catch (cause) {
      this.#states.set(key, { state: "failed", message: cause instanceof Error ? cause.message : String(cause) });
    }
    for (const old of this.#states.keys()) {
      if (this.#states.size <= MAX_KEPT) break;
      this.#states.delete(old);
    }
  }
}

function keyOf({ channel, from, to, columns, filter }: TileRequest): string {
  return `${channel} ${from} ${to} ${columns} ${filter}`;
}
