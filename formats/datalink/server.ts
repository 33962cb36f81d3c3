/**
 * The server's side of DataLink as a machine without sockets: bytes of a client in, events and bytes for the client out.
 *
 *     const server = new DataLinkServer({ software: "Harken/0.1.0", packetSize: 512, canWrite: true });
 *     const { send, events } = server.receive(bytes);
 *     for (const event of events) if (event.kind === "read") server.packet(archive.packet(event.packet));
 *
 * An event that asks something holds up the client's next commands until one of the answers is given (`isAsking`); what an answer returns
 * may hold further events. Packets of a stream are sent by `packet` at any time after the event "stream".
 */
import { ProblemList } from "@harken/core";
import { concatBytes, type Step } from "../step.ts";
import { type DataLinkCommand, type DataLinkPacket, type DataLinkWrite, writeDataLinkReply } from "./message.ts";
import { parseDataLinkCommand } from "./parse.ts";
import { DataLinkReader, type RawMessage } from "./reader.ts";

export interface DataLinkServerOptions {
  /** Name and version, such as RingServer/4.5.3. */
  readonly software: string;
  /** Most bytes of data in a packet. */
  readonly packetSize: number;
  /** Whether the client may send packets. */
  readonly canWrite: boolean;
}

export type DataLinkServerEvent =
  | Extract<DataLinkCommand, { kind: "id" | "stream" | "endstream" | "bye" }>
  /** Answer with `positioned`. */
  | Extract<DataLinkCommand, { kind: "position" | "position-after" }>
  /** Answer with `selected`. */
  | Extract<DataLinkCommand, { kind: "match" | "reject" }>
  /** Answer with `packet` or `refuse`. */
  | Extract<DataLinkCommand, { kind: "read" }>
  /** Answer with `written` or `refuse` when the flags say A. */
  | DataLinkWrite
  /** Answer with `info` or `refuse`. */
  | Extract<DataLinkCommand, { kind: "info" }>;

export type DataLinkServerStep = Step<DataLinkServerEvent>;

const VERSION = "1.1";
const LONGEST_PATTERN = 1_048_576;
/** A client that does not wait for answers: what waits beyond this is dropped. */
const MOST_WAITING = 4_000_000;

export class DataLinkServer {
  readonly #options: DataLinkServerOptions;
  readonly #reader: DataLinkReader;
  #asking: DataLinkServerEvent | null = null;
  #isStreaming = false;
  #isClosed = false;
  #problems = new ProblemList();
  #send: Uint8Array[] = [];
  #events: DataLinkServerEvent[] = [];

  constructor(options: DataLinkServerOptions) {
    this.#options = options;
    this.#reader = new DataLinkReader("client", Math.max(options.packetSize, LONGEST_PATTERN));
  }

  /** The capabilities as the client hears them. */
  get identity(): string {
    const { software, packetSize, canWrite } = this.#options;
    return `DataLink v${VERSION} (${software}) :: DLPROTO:${VERSION} PACKETSIZE:${packetSize}${canWrite ? " WRITE" : ""}`;
  }

  /** The event that waits for an answer. */
  get isAsking(): DataLinkServerEvent["kind"] | null {
    return this.#asking?.kind ?? null;
  }

  get isStreaming(): boolean {
    return this.#isStreaming;
  }

  /** Whether the connection is to be closed. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  receive(bytes: Uint8Array): DataLinkServerStep {
    if (this.#reader.waiting > MOST_WAITING)
      this.#close(
        "datalink.too-much",
        "The client sends on without waiting for answers; the connection is to be closed.",
      );
    else this.#reader.push(bytes);
    return this.#goOn();
  }

  /** The number of the packet that the client stands at now; null when there is none. */
  positioned(packet: bigint | null): DataLinkServerStep {
    this.#answer("position", "position-after");
    if (packet === null) this.#refuse("Packet not found");
    else this.#ok(packet, `Positioned to packet ID ${packet}`);
    return this.#goOn();
  }

  /** How many streams are chosen now. */
  selected(count: number): DataLinkServerStep {
    const { kind } = this.#answer("match", "reject");
    this.#ok(BigInt(count), `${count} streams selected after ${kind}`);
    return this.#goOn();
  }

  /** The number that a written packet was given. */
  written(packet: bigint): DataLinkServerStep {
    this.#answer("write");
    this.#ok(packet, "");
    return this.#goOn();
  }

  info(xml: string): DataLinkServerStep {
    const asked = this.#answer("info") as Extract<DataLinkServerEvent, { kind: "info" }>;
    this.#send.push(writeDataLinkReply({ kind: "info", type: asked.type, xml }));
    return this.#goOn();
  }

  /** A packet of the stream, or the one that was asked for. */
  packet(packet: DataLinkPacket): DataLinkServerStep {
    if (this.#asking?.kind === "read") this.#asking = null;
    else if (!this.#isStreaming) throw new Error("the client has asked for no packets");
    this.#send.push(writeDataLinkReply(packet));
    return this.#goOn();
  }

  /** Answers any question with an error. */
  refuse(message: string): DataLinkServerStep {
    if (!this.#asking) throw new Error("no question waits for an answer");
    this.#asking = null;
    this.#refuse(message);
    return this.#goOn();
  }

  #answer(...kinds: readonly DataLinkServerEvent["kind"][]): DataLinkServerEvent {
    const asked = this.#asking;
    if (!asked || !kinds.includes(asked.kind)) throw new Error(`the client has not asked for ${kinds.join(" or ")}`);
    this.#asking = null;
    return asked;
  }

  #ok(value: bigint, message: string): void {
    this.#send.push(writeDataLinkReply({ kind: "ok", value, message }));
  }

  #refuse(message: string): void {
    this.#send.push(writeDataLinkReply({ kind: "error", value: 0n, message }));
  }

  #close(code: string, message: string): void {
    this.#problems.error(code, message);
    this.#isClosed = true;
  }

  #goOn(): DataLinkServerStep {
    while (!this.#asking && !this.#isClosed) {
      const message = this.#reader.next(this.#problems);
      if (!message) break;
      this.#take(message);
    }
    const step = { send: concatBytes(this.#send), events: this.#events, problems: this.#problems.list() };
    this.#send = [];
    this.#events = [];
    this.#problems = new ProblemList();
    return step;
  }

  #take({ header, data }: RawMessage): void {
    const command = parseDataLinkCommand(header, data ?? new Uint8Array(0));
    const { kind } = command;
    // Whatever is said but these ends a stream.
    if (this.#isStreaming && kind !== "id" && kind !== "info" && kind !== "stream") this.#endStream();
    if (kind === "other") {
      this.#refuse(unknown(header));
    } else if (data === null || (kind === "write" && data.length > this.#options.packetSize)) {
      this.#refuse(`Data too large, maximum is ${this.#options.packetSize} bytes`);
    } else if (kind === "write" && !this.#options.canWrite) {
      this.#refuse("Write permission not granted");
      this.#isClosed = true;
    } else this.#obey(command);
  }

  #obey(command: Exclude<DataLinkCommand, { kind: "other" }>): void {
    switch (command.kind) {
      case "id":
        this.#send.push(writeDataLinkReply({ kind: "id", server: this.identity }));
        this.#events.push(command);
        break;
      case "stream":
        this.#isStreaming = true;
        this.#events.push(command);
        break;
      case "endstream":
        this.#send.push(writeDataLinkReply({ kind: "endstream" }));
        break;
      case "bye":
        this.#isClosed = true;
        this.#events.push(command);
        break;
      default:
        if (command.kind !== "write" || command.flags.includes("A")) this.#asking = command;
        this.#events.push(command);
    }
  }

  #endStream(): void {
    this.#isStreaming = false;
    this.#events.push({ kind: "endstream" });
  }
}

/** What is wrong with a header that is no command. */
function unknown(header: string): string {
  const [word = ""] = header.split(" ");
  const isKnown = /^(?:ID|POSITION|MATCH|REJECT|READ|WRITE|STREAM|ENDSTREAM|INFO|BYE)$/i.test(word);
  return isKnown ? `Error parsing ${word.toUpperCase()} command parameters` : "Unrecognized command";
}
