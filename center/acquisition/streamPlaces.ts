/** How far the streams of SeedLink servers were heard: the last packet of each station that is in the journal. */

/** What the journal keeps beside a record. */
export interface RecordNote {
  readonly server: string;
  readonly sequence: string;
}

export class StreamPlaces {
  readonly #servers = new Map<string, Map<string, bigint>>();
  readonly #changed = new Set<string>();

  restore(server: string, state: unknown): void {
    const places = Object.entries(state as Record<string, string>).map(([station, n]) => [station, BigInt(n)] as const);
    this.#servers.set(server, new Map(places));
  }

  of(server: string): ReadonlyMap<string, bigint> {
    return this.#servers.get(server) ?? new Map();
  }

  safe(server: string, station: string, sequence: bigint): void {
    const places = this.#servers.get(server) ?? new Map<string, bigint>();
    this.#servers.set(server, places.set(station, sequence));
    this.#changed.add(server);
  }

  /** States to be kept, of the servers that were heard since the last time. */
  takeChanged(): { name: string; state: Record<string, string> }[] {
    const changed = [...this.#changed].map((name) => ({ name, state: stateOf(this.of(name)) }));
    this.#changed.clear();
    return changed;
  }
}

export const stateOf = (places: ReadonlyMap<string, bigint>): Record<string, string> =>
  Object.fromEntries([...places].map(([station, n]) => [station, String(n)]));
