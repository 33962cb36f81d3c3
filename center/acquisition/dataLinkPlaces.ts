/** How far DataLink servers were heard: the last packet of each that is in the journal, or in a station's ring. */
import type { DataLinkPlace } from "./dataLinkSource.ts";

/** What the journal keeps beside a packet, and a state beside the archive: plain JSON. */
export interface DataLinkNote {
  readonly dataLink: string;
  readonly packet: string;
  readonly packetTime: number;
}

export const noteOf = (server: string, { packet, packetTime }: DataLinkPlace): DataLinkNote => ({
  dataLink: server,
  ...{ packet: String(packet), packetTime },
});

export class DataLinkPlaces {
  readonly #places = new Map<string, DataLinkPlace>();
  readonly #changed = new Set<string>();

  restore({ dataLink, packet, packetTime }: DataLinkNote): void {
    this.#places.set(dataLink, { packet: BigInt(packet), packetTime });
  }

  of(server: string): DataLinkPlace | null {
    return this.#places.get(server) ?? null;
  }

  safe(server: string, { packet, packetTime }: DataLinkPlace): void {
    this.#places.set(server, { packet, packetTime });
    this.#changed.add(server);
  }

  /** Places of the servers that were heard since the last time, to be kept. */
  takeChanged(): DataLinkNote[] {
    const changed = [...this.#changed].map((server) => noteOf(server, this.#places.get(server)!));
    this.#changed.clear();
    return changed;
  }
}

/** NET_STA of a stream that is named FDSN:NET_STA_LOC_B_S_SS/MSEED, or as older servers did NET_STA_LOC_CHAN/MSEED. */
export function stationOfStream(stream: string): string {
  const [network = "", station = ""] = stream.replace(/^FDSN:/, "").split("_");
  return `${network}_${station}`.slice(0, 60);
}
