/**
 * Fetches the tiles that the waveform panel needs: a little more than the view on both sides, each once, few at a time, and none that
 * the panel has moved away from.
 *
 *     const tile = tiles.get({ channel, from, to, columns, filter });   // null until it has come
 */
import { type Client, type EnvelopeTile, waveformLimits } from "@harken/api";
import { explain } from "./explain.ts";

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

interface Known {
  readonly to: number;
  state: TileState;
}

export class TileRequests {
  #client: Pick<Client, "waveforms">;
  #changed: () => void;
  #known = new Map<string, Known>();
  #latest = new Map<string, EnvelopeTile>();
  #queue: TileRequest[] = [];
  #running = 0;

  constructor(client: Pick<Client, "waveforms">, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** Forgets what is waiting; call before the requests of a new view. */
  beginView(): void {
    for (const request of this.#queue) this.#known.delete(keyOf(request));
    this.#queue = [];
  }

  request(request: TileRequest): TileState {
    const key = keyOf(request);
    const known = this.#known.get(key);
    if (known) {
      this.#known.delete(key);
      this.#known.set(key, known);
      return known.state;
    }
    this.#known.set(key, { to: request.to, state: { state: "loading" } });
    this.#queue.push(request);
    this.#next();
    return { state: "loading" };
  }

  /** The tile that came last for a channel and filter: stands in while the right one is on its way. */
  standIn(channel: string, filter: string): EnvelopeTile | null {
    return this.#latest.get(`${channel} ${filter}`) ?? null;
  }

  /** Forgets failures, and tiles that end after `time`: by now the centre may hold more there than it did. */
  forgetAfter(time: number): void {
    this.beginView();
    for (const [key, { to, state }] of this.#known) {
      if (to > time || state.state === "failed") this.#known.delete(key);
    }
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
    const known = this.#known.get(keyOf(request));
    try {
      const tile = await this.#client.waveforms(request);
      if (tile.kind !== "envelope") throw new Error("The centre sent samples instead of an envelope.");
      if (known) known.state = { state: "ready", tile };
      this.#latest.set(`${request.channel} ${request.filter}`, tile);
    } catch (cause) {
      if (known) known.state = { state: "failed", message: explain(cause) };
    }
    for (const old of this.#known.keys()) {
      if (this.#known.size <= MAX_KEPT) break;
      this.#known.delete(old);
    }
  }
}

function keyOf({ channel, from, to, columns, filter }: TileRequest): string {
  return `${channel} ${from} ${to} ${columns} ${filter}`;
}
