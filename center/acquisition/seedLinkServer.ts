/**
 * Serves what is archived by SeedLink, versions 3 and 4: as it comes, from a number on, or a window of time. A client that does not read is let go and
 * holds up nobody.
 */
import { readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { resolve } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import {
  fitsPattern,
  fullSequence,
  requestFor,
  type SeedLinkInfo,
  SeedLinkServer,
  type SeedLinkServerEvent,
  type SeedLinkServerStep,
  type StationRequest,
} from "@harken/formats";
import type { Logger } from "pino";
import { listen, portOf } from "./listener.ts";
import { RecordFeed } from "./recordFeed.ts";
import type { RecordRing, RingRecord } from "./recordRing.ts";

export interface SeedLinkServing {
  readonly ring: RecordRing;
  readonly software: string;
  readonly organization: string;
  readonly host: string;
  readonly port: number;
  /** Key and certificate, PEM files; null without TLS. */
  readonly tls: { readonly key: string; readonly certificate: string; readonly folder: string } | null;
  readonly logger: Logger;
}

export interface RunningSeedLinkServer {
  readonly port: number;
  stop(): Promise<void>;
}

const MOST_CLIENTS = 500;

export async function serveSeedLink(serving: SeedLinkServing): Promise<RunningSeedLinkServer> {
  const { host, port, tls } = serving;
  const clients = new Set<Client>();
  const startedAt = Date.now() / 1_000;
  const take = (socket: Socket) => {
    if (clients.size >= MOST_CLIENTS) {
      socket.destroy();
      return;
    }
    const client = new Client(socket, serving, startedAt, () => clients.delete(client));
    clients.add(client);
  };
  const server: Server = tls
    ? createTlsServer(
        { key: readFileSync(resolve(tls.folder, tls.key)), cert: readFileSync(resolve(tls.folder, tls.certificate)) },
        take,
      )
    : createServer(take);
  await listen(server, host, port);
  return {
    port: portOf(server),
    async stop() {
      for (const client of clients) client.close();
      await new Promise((done) => server.close(done));
    },
  };
}

/** What a client is sent: for each of its requests the number to begin with, and for a dial-up the last one. */
interface Streaming {
  readonly requests: readonly StationRequest[];
  readonly starts: readonly number[];
  readonly isDialUp: boolean;
  readonly until: number;
}

class Client {
  readonly #socket: Socket;
  readonly #serving: SeedLinkServing;
  readonly #startedAt: number;
  readonly #machine: SeedLinkServer;
  readonly #onClose: () => void;
  readonly #feed: RecordFeed;
  #stream: Streaming | null = null;
  #isClosed = false;

  constructor(socket: Socket, serving: SeedLinkServing, startedAt: number, onClose: () => void) {
    const { software, organization, ring } = serving;
    this.#socket = socket;
    this.#serving = serving;
    this.#startedAt = startedAt;
    this.#onClose = onClose;
    this.#machine = new SeedLinkServer({
      ...{ software, organization },
      hasStation: (pattern) => ring.streams.some(({ station }) => fitsPattern(pattern, station)),
    });
    this.#feed = new RecordFeed({
      ...{ socket, ring },
      isOpen: () => this.#machine.isStreaming,
      send: (record) => this.#send(record, this.#stream!),
      onEnd: () => {
        if (this.#stream!.isDialUp) this.#do(this.#machine.endOfData());
      },
      onFailure: (err) => {
        serving.logger.error({ code: "seedlink.failed", err });
        this.close();
      },
      onDeaf: () => this.close(),
    });
    socket.on("data", (chunk: Buffer) => this.#do(this.#machine.receive(chunk)));
    socket.on("error", () => this.close());
    socket.on("close", () => this.close());
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#feed.close();
    this.#socket.destroy();
    this.#onClose();
  }

  #do(step: SeedLinkServerStep): void {
    if (this.#isClosed) return;
    if (step.send.length > 0) this.#socket.write(step.send);
    for (const event of step.events) this.#answer(event);
    if (this.#machine.isClosed) this.#socket.end();
  }

  #answer(event: SeedLinkServerEvent): void {
    const now = Date.now() / 1_000;
    switch (event.kind) {
      case "user-agent":
        this.#serving.logger.info({ code: "seedlink.client", peer: this.#socket.remoteAddress, agent: event.agent });
        break;
      case "authenticate":
        this.#do(this.#machine.refuse({ code: "UNSUPPORTED", message: "no authentication is needed here" }));
        break;
      case "catalogue":
        this.#do(this.#machine.catalogue(this.#stations().map((id) => id.replace("_", " "))));
        break;
      case "info": {
        const info = this.#info(event.item, event.station);
        if (info) this.#do(this.#machine.info(info, now));
        else
          this.#do(this.#machine.refuse({ code: "UNSUPPORTED", message: `INFO ${event.item} is not told here` }, now));
        break;
      }
      case "stream":
        this.#start(event);
        break;
      case "http":
        this.#socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        break;
      case "bye":
        this.#socket.end();
        break;
    }
  }

  #stations(): string[] {
    return [...new Set(this.#serving.ring.streams.map(({ station }) => station))].sort();
  }

  #info(item: string, wanted: string | null): SeedLinkInfo | null {
    const { ring } = this.#serving;
    const base: SeedLinkInfo = { ...this.#machine.identity, startedAt: this.#startedAt };
    const stations = (withStreams: boolean) =>
      this.#stations()
        .filter((id) => wanted === null || fitsPattern(wanted, id))
        .map((id) => ({
          ...{ id, description: id.replace("_", " "), startSequence: ring.first, endSequence: ring.last },
          ...(withStreams
            ? {
                streams: ring.streams
                  .filter(({ station }) => station === id)
                  .map(({ stream, format, startTime, endTime }) => ({
                    id: stream,
                    format,
                    subformat: "D",
                    startTime,
                    endTime,
                  })),
              }
            : {}),
        }));
    switch (item.toUpperCase()) {
      case "ID":
        return base;
      case "CAPABILITIES":
        return { ...base, capabilities: ["CAP"], seedLinkProtocols: ["4.0", "3.1"] };
      case "FORMATS":
        return {
          ...base,
          formats: new Map([
            ["2", { mimetype: "application/vnd.fdsn.mseed", subformats: new Map([["D", "Data"]]) }],
            ["3", { mimetype: "application/vnd.fdsn.mseed3", subformats: new Map([["D", "Data"]]) }],
          ]),
        };
      case "STATIONS":
        return { ...base, stations: stations(false) };
      case "STREAMS":
        return { ...base, stations: stations(true) };
      default:
        return null;
    }
  }

  #start({ requests, isDialUp }: Extract<SeedLinkServerEvent, { kind: "stream" }>): void {
    const { ring } = this.#serving;
    const starts = requests.map(({ sequence, startTime }) => {
      if (sequence === "all") return ring.first;
      // A window of time that begins in the past is looked for among all that is kept.
      if (sequence === "next") return startTime !== null || isDialUp ? ring.first : ring.last + 1;
      const full = this.#machine.version === 3 ? fullSequence(sequence, BigInt(ring.last + 1)) : sequence;
      // A number from before this server's numbers began, or from another one's: what is new.
      return full > BigInt(ring.last + 1) ? ring.last + 1 : Number(full);
    });
    this.#stream = { requests, starts, isDialUp, until: ring.last };
    this.#feed.from(Math.min(...starts));
  }

  #send(record: RingRecord, { requests, starts, isDialUp, until }: Streaming): void {
    if (isDialUp && record.sequence > until) {
      this.#do(this.#machine.endOfData());
      return;
    }
    const { sequence, station, stream, format, payload } = record;
    const found = requestFor(requests, { station, stream, format: `${format}D` });
    if (!found || this.#isClosed) return;
    const { startTime, endTime } = found.request;
    if (sequence < starts[requests.indexOf(found.request)]!) return;
    if ((startTime !== null && record.endTime < startTime) || (endTime !== null && record.startTime > endTime)) return;
    this.#do(this.#machine.packet({ sequence: BigInt(sequence), station, format, subformat: "D", payload }));
  }
}
