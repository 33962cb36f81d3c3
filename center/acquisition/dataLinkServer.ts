/** Serves what is archived by DataLink, for reading: streams chosen by patterns, from a packet or a time on, single packets, and what there is. */
import { createServer, type Socket } from "node:net";
import {
  type DataLinkPacket,
  DataLinkServer,
  type DataLinkServerEvent,
  type DataLinkServerStep,
  streamPattern,
} from "@harken/formats";
import type { Logger } from "pino";
import { statusXml, streamName, streamsXml } from "./dataLinkInfo.ts";
import { listen, portOf } from "./listener.ts";
import { RecordFeed } from "./recordFeed.ts";
import type { RecordRing, RingRecord, StreamState } from "./recordRing.ts";

export interface DataLinkServing {
  readonly ring: RecordRing;
  readonly software: string;
  readonly host: string;
  readonly port: number;
  readonly logger: Logger;
}

export interface RunningDataLinkServer {
  readonly port: number;
  stop(): Promise<void>;
}

type Position = Extract<DataLinkServerEvent, { kind: "position" }>;
type Chooser = (name: string) => boolean;

/** Longer records of miniSEED 3 are read by every client, whatever is said here. */
const PACKET_BYTES = 512;
const READ_BYTES = 1_000_000;
const MOST_CLIENTS = 500;
/** Times on the wire are whole microseconds. */
const SAME_TIME_SEC = 2e-6;

export async function serveDataLink(serving: DataLinkServing): Promise<RunningDataLinkServer> {
  const clients = new Set<Client>();
  const startedAt = Date.now() / 1_000;
  const server = createServer((socket: Socket) => {
    if (clients.size >= MOST_CLIENTS) {
      socket.destroy();
      return;
    }
    const client = new Client(socket, serving, startedAt, {
      count: () => clients.size,
      onClose: () => clients.delete(client),
    });
    clients.add(client);
  });
  await listen(server, serving.host, serving.port);
  return {
    port: portOf(server),
    async stop() {
      for (const client of clients) client.close();
      await new Promise((done) => server.close(done));
    },
  };
}

/** What a client is to the server that it belongs to. */
interface Membership {
  readonly count: () => number;
  readonly onClose: () => void;
}

class Client {
  readonly #socket: Socket;
  readonly #serving: DataLinkServing;
  readonly #startedAt: number;
  readonly #others: Membership;
  readonly #machine: DataLinkServer;
  readonly #feed: RecordFeed;
  /** Number of the packet to be sent next. */
  #next: number;
  #match: Chooser | null = null;
  #reject: Chooser | null = null;
  #isClosed = false;

  constructor(socket: Socket, serving: DataLinkServing, startedAt: number, others: Membership) {
    this.#socket = socket;
    this.#serving = serving;
    this.#startedAt = startedAt;
    this.#others = others;
    this.#next = serving.ring.last + 1;
    this.#machine = new DataLinkServer({ software: serving.software, packetSize: PACKET_BYTES, canWrite: false });
    this.#feed = new RecordFeed({
      ...{ socket, ring: serving.ring },
      isOpen: () => this.#machine.isStreaming,
      send: (record) => {
        this.#next = record.sequence + 1;
        if (this.#isChosen(streamName(record))) this.#do(this.#machine.packet(packetOf(record)));
      },
      onEnd: () => undefined,
      onFailure: (cause) => this.#fail(cause),
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
    this.#others.onClose();
  }

  #fail(err: unknown): void {
    this.#serving.logger.error({ code: "datalink.failed", err });
    this.close();
  }

  #do(step: DataLinkServerStep): void {
    if (this.#isClosed) return;
    if (step.send.length > 0) this.#socket.write(step.send);
    for (const event of step.events) this.#answer(event);
    if (this.#machine.isClosed) this.#socket.end();
  }

  #answer(event: DataLinkServerEvent): void {
    const { logger } = this.#serving;
    switch (event.kind) {
      case "id":
        logger.info({ code: "datalink.client", peer: this.#socket.remoteAddress, agent: event.client });
        break;
      case "match":
      case "reject": {
        const chooser = event.pattern === null ? null : streamPattern(event.pattern);
        if (event.pattern !== null && !chooser) {
          this.#do(this.#machine.refuse("the pattern is not understood"));
          break;
        }
        if (event.kind === "match") this.#match = chooser;
        else this.#reject = chooser;
        this.#do(this.#machine.selected(this.#chosen().length));
        break;
      }
      case "position":
        this.#later(this.#place(event));
        break;
      case "position-after":
        this.#later(this.#placeAfter(event.time));
        break;
      case "read":
        this.#packetAt(Number(event.packet)).then(
          (packet) =>
            this.#do(packet ? this.#machine.packet(packetOf(packet)) : this.#machine.refuse("Packet not found")),
          (cause: unknown) => this.#fail(cause),
        );
        break;
      case "info":
        this.#info(event.type.toUpperCase());
        break;
      case "stream":
        this.#feed.from(this.#next);
        break;
      case "endstream":
      case "bye":
      case "write":
        break;
    }
  }

  /** Answers with a place when it is found. */
  #later(place: Promise<number | null>): void {
    place.then(
      (found) => this.#do(this.#machine.positioned(found === null ? null : BigInt(found))),
      (cause: unknown) => this.#fail(cause),
    );
  }

  /** The stream goes on behind a packet that is named, and with the earliest where that is asked for. */
  async #place({ to, packetTime }: Position): Promise<number | null> {
    const { ring } = this.#serving;
    if (ring.last < ring.first) return null;
    if (to === "EARLIEST") {
      this.#next = ring.first;
      return ring.first;
    }
    const found = await this.#packetAt(to === "LATEST" ? ring.last : Number(to));
    const isSame = packetTime === null || (found && Math.abs(found.keptAt - packetTime) < SAME_TIME_SEC);
    if (!found || !isSame) return null;
    this.#next = found.sequence + 1;
    return found.sequence;
  }

  /** The first packet with data after a time. */
  async #placeAfter(time: number): Promise<number | null> {
    const { ring } = this.#serving;
    const cursor = ring.cursor(ring.first);
    for (let records = await cursor.next(READ_BYTES); records.length > 0; records = await cursor.next(READ_BYTES)) {
      const found = records.find((record) => record.endTime > time);
      if (!found) continue;
      this.#next = found.sequence;
      return found.sequence;
    }
    return null;
  }

  async #packetAt(sequence: number): Promise<RingRecord | null> {
    const { ring } = this.#serving;
    if (!(sequence >= ring.first && sequence <= ring.last)) return null;
    const [record] = await ring.cursor(sequence).next(1);
    return record?.sequence === sequence ? record : null;
  }

  #isChosen(name: string): boolean {
    return (this.#match?.(name) ?? true) && !(this.#reject?.(name) ?? false);
  }

  #chosen(): StreamState[] {
    return this.#serving.ring.streams.filter((stream) => this.#isChosen(streamName(stream)));
  }

  #info(type: string): void {
    const { ring } = this.#serving;
    const about = {
      ...{ identity: this.#machine.identity, startedAt: this.#startedAt, packetSize: PACKET_BYTES },
      ...{ first: ring.first, last: ring.last, connections: this.#others.count(), streams: ring.streams },
    };
    if (type === "STATUS") this.#do(this.#machine.info(statusXml(about)));
    else if (type === "STREAMS") this.#do(this.#machine.info(streamsXml(about, this.#chosen())));
    else this.#do(this.#machine.refuse(`INFO ${type.slice(0, 40)} is not told here`));
  }
}

function packetOf({ sequence, keptAt, startTime, endTime, payload, ...id }: RingRecord): DataLinkPacket {
  return {
    ...{ kind: "packet", stream: streamName(id), packet: BigInt(sequence), packetTime: keptAt },
    ...{ startTime, endTime, data: payload },
  };
}
