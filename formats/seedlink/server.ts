/**
 * The server's side of SeedLink, versions 3 and 4, as a machine without sockets: bytes of a client in, events and bytes for the client out.
 *
 *     const server = new SeedLinkServer({ software: "Harken/0.1.0", organization: "IDC" });
 *     const { send, events } = server.receive(bytes);
 *     for (const event of events) if (event.kind === "stream") ... server.packet(packet) ... server.endOfData();
 *
 * An event that asks something holds up the client's next commands until one of the answers is given (`isAsking`); what an answer returns
 * may hold further events. After "stream", packets that `requestFor` lets through are sent by `packet`.
 */
import { ProblemList } from "@harken/core";
import { ByteQueue } from "../byteQueue.ts";
import { latin1, latin1Bytes } from "../latin1.ts";
import { concatBytes, type Step } from "../step.ts";
import { LINE_END, LONGEST_LINE, type ParsedCommand, type SeedLinkCommand, type SeedLinkVersion } from "./command.ts";
import { Handshake, type HandshakeResult } from "./handshake.ts";
import type { SeedLinkInfo } from "./info.ts";
import { writeInfoJson } from "./infoJson.ts";
import { writeInfoRecords } from "./infoRecord.ts";
import { writeInfoXml } from "./infoXml.ts";
import { LineReader } from "./lines.ts";
import { type SeedLinkPacket, writePacket } from "./packet.ts";
import { parseCommand } from "./parseCommand.ts";
import { type ErrorReply, type Hello, isErrorReply, OK, softwareLine, writeError, writeHello } from "./reply.ts";
import type { StationRequest } from "./selector.ts";

export interface SeedLinkServerOptions {
  /** Name and version of the program, such as RingServer/4.5.3. */
  readonly software: string;
  readonly organization: string;
  /** Flags beside the versions of the protocol. Default CAP. */
  readonly capabilities?: readonly string[];
  /** Whether a station pattern fits any station. Default: every pattern is taken. */
  readonly hasStation?: (pattern: string) => boolean;
  /** STATION commands that are taken, and selectors of each. Default 10,000. */
  readonly mostRequests?: number;
}

type Command<Name> = Extract<SeedLinkCommand, { name: Name }>;

export type SeedLinkServerEvent =
  | { readonly kind: "user-agent"; readonly agent: string }
  /** Answer with `accept` or `refuse`. */
  | { readonly kind: "authenticate"; readonly method: string; readonly credentials: readonly string[] }
  /** Answer with `info` or `refuse`. */
  | { readonly kind: "info"; readonly item: string; readonly station: string | null; readonly stream: string | null }
  /** Answer with `catalogue`. */
  | { readonly kind: "catalogue" }
  /** From now on packets go out. */
  | { readonly kind: "stream"; readonly isDialUp: boolean; readonly requests: readonly StationRequest[] }
  /** The client speaks HTTP: all that it said, as it said it. */
  | { readonly kind: "http"; readonly bytes: Uint8Array }
  | { readonly kind: "bye" };

export type SeedLinkServerStep = Step<SeedLinkServerEvent>;

const PROTOCOLS = ["4.0", "3.1"] as const;
const HTTP_VERB = /^(?:OPTIONS|GET|HEAD|POST|PUT|DELETE|TRACE|CONNECT) /;
const MOST_REQUESTS = 10_000;
/** A client that does not wait for answers: what waits beyond this is dropped. */
const MOST_WAITING = 1_000_000;

export class SeedLinkServer {
  readonly #hello: Hello;
  readonly #hasStation: (pattern: string) => boolean;
  readonly #queue = new ByteQueue();
  readonly #lines = new LineReader(this.#queue, LONGEST_LINE);
  readonly #handshake: Handshake;
  #version: SeedLinkVersion = 3;
  #isExtended = false;
  #isBatch = false;
  #state: "handshake" | "stream" | "ended" | "http" | "closed" = "handshake";
  #hasSpoken = false;
  #asking: SeedLinkServerEvent | null = null;
  #problems = new ProblemList();
  #send: Uint8Array[] = [];
  #events: SeedLinkServerEvent[] = [];

  constructor(options: SeedLinkServerOptions) {
    const { software, organization, capabilities = ["CAP"], mostRequests = MOST_REQUESTS } = options;
    this.#hello = { software, organization, protocols: PROTOCOLS, capabilities };
    this.#hasStation = options.hasStation ?? (() => true);
    this.#handshake = new Handshake(mostRequests);
  }

  /** The version of the protocol that is spoken. */
  get version(): SeedLinkVersion {
    return this.#version;
  }

  get isAsking(): SeedLinkServerEvent["kind"] | null {
    return this.#asking?.kind ?? null;
  }

  get isStreaming(): boolean {
    return this.#state === "stream";
  }

  /** Whether the connection is to be closed. */
  get isClosed(): boolean {
    return this.#state === "closed";
  }

  /** `software` and `organization` of the documents that answer INFO. */
  get identity(): Pick<SeedLinkInfo, "software" | "organization"> {
    return { software: softwareLine(this.#hello), organization: this.#hello.organization };
  }

  receive(bytes: Uint8Array): SeedLinkServerStep {
    if (this.#queue.length <= MOST_WAITING) this.#queue.push(bytes);
    else {
      this.#problems.error(
        "seedlink.too-much",
        "The client sends on without waiting for answers; the connection is to be closed.",
      );
      this.#state = "closed";
    }
    return this.#goOn();
  }

  /** The credentials are right. */
  accept(): SeedLinkServerStep {
    this.#answer("authenticate");
    this.#acknowledge();
    return this.#goOn();
  }

  /** The document in the form of the version, or as it is; `time` (epoch seconds) stands in the records of version 3. */
  info(info: SeedLinkInfo | string, time: number): SeedLinkServerStep {
    this.#answer("info");
    this.#sendInfo(info, time, false);
    return this.#goOn();
  }

  /** What version 3 lists, as it stands; each line is ended. */
  catalogue(lines: readonly string[]): SeedLinkServerStep {
    this.#answer("catalogue");
    this.#say(lines.map((line) => line + LINE_END).join(""));
    return this.#goOn();
  }

  /** Answers "authenticate" or "info" with an error; `time` as for `info`. */
  refuse(error: ErrorReply, time = 0): SeedLinkServerStep {
    const { kind } = this.#answer("authenticate", "info");
    if (kind === "info") this.#sendInfo({ ...this.identity, error }, time, true);
    else this.#say(writeError(error, this.#version, this.#isExtended));
    return this.#goOn();
  }

  packet(packet: SeedLinkPacket): SeedLinkServerStep {
    if (this.#state !== "stream") throw new Error("the client has asked for no packets");
    this.#send.push(writePacket(packet, this.#version));
    return this.#goOn();
  }

  /** Everything that a dial-up client asked for was sent. */
  endOfData(): SeedLinkServerStep {
    if (this.#state !== "stream") throw new Error("the client has asked for no packets");
    this.#say("END");
    this.#state = "ended";
    return this.#goOn();
  }

  #answer(...kinds: readonly SeedLinkServerEvent["kind"][]): SeedLinkServerEvent {
    const asked = this.#asking;
    if (!asked || !kinds.includes(asked.kind)) throw new Error(`the client has not asked for ${kinds.join(" or ")}`);
    this.#asking = null;
    return asked;
  }

  #say(text: string): void {
    this.#send.push(latin1Bytes(text));
  }

  #acknowledge(): void {
    if (!this.#isBatch) this.#say(OK);
  }

  #sendInfo(info: SeedLinkInfo | string, time: number, isError: boolean): void {
    const write = this.#version === 3 ? writeInfoXml : writeInfoJson;
    const document = typeof info === "string" ? info : write(info);
    if (this.#version === 3) this.#send.push(...writeInfoRecords(document, time, isError));
    else {
      const payload = new TextEncoder().encode(document);
      const subformat = isError ? "E" : "I";
      this.#send.push(writePacket({ sequence: 0n, station: "", format: "J", subformat, payload }, 4));
    }
  }

  #goOn(): SeedLinkServerStep {
    while (!this.#asking && this.#state !== "closed") {
      if (this.#isHttp()) break;
      const line = this.#lines.next();
      if (line === null) break;
      this.#hasSpoken = true;
      if (line === "too-long") this.#tooLong();
      else this.#take(parseCommand(line, this.#version));
    }
    const step = { send: concatBytes(this.#send), events: this.#events, problems: this.#problems.list() };
    this.#send = [];
    this.#events = [];
    this.#problems = new ProblemList();
    return step;
  }

  /** Hands bytes on when the first line is a request of HTTP. */
  #isHttp(): boolean {
    if (this.#hasSpoken && this.#state !== "http") return false;
    const { bytes } = this.#queue;
    if (this.#state !== "http" && !HTTP_VERB.test(latin1(bytes, 0, 8))) return false;
    this.#state = "http";
    if (bytes.length > 0) this.#events.push({ kind: "http", bytes: bytes.slice() });
    this.#queue.drop(bytes.length);
    return true;
  }

  #tooLong(): void {
    this.#problems.warning("seedlink.line-too-long", `A command of more than ${LONGEST_LINE} letters was left out.`);
    if (this.#state === "handshake") this.#reply({ code: "LIMIT", message: "Command line too long" });
  }

  #take(command: ParsedCommand): void {
    if (isErrorReply(command)) {
      if (this.#state === "handshake") this.#reply(command);
    } else if (command.name === "BYE") {
      this.#state = "closed";
      this.#events.push({ kind: "bye" });
    } else if (command.name === "INFO") {
      const { item, station, stream } = command;
      if (this.#state !== "ended") this.#ask({ kind: "info", item, station, stream });
    } else if (this.#state === "handshake") this.#negotiate(command);
    // While data flow all else goes unanswered.
  }

  #negotiate(command: Exclude<SeedLinkCommand, { name: "BYE" | "INFO" }>): void {
    switch (command.name) {
      case "HELLO":
        this.#say(writeHello(this.#hello));
        break;
      case "CAT":
        this.#ask({ kind: "catalogue" });
        break;
      case "BATCH":
        this.#say(OK);
        this.#isBatch = true;
        break;
      case "SLPROTO":
        this.#protocol(command);
        break;
      case "USERAGENT":
        this.#events.push({ kind: "user-agent", agent: command.agent });
        this.#acknowledge();
        break;
      case "CAPABILITIES":
        this.#isExtended = command.capabilities.includes("EXTREPLY");
        this.#acknowledge();
        break;
      case "AUTH":
        this.#ask({ kind: "authenticate", method: command.method, credentials: command.credentials });
        break;
      case "STATION":
        this.#reply(this.#handshake.station(command.station, this.#hasStation(command.station)));
        break;
      case "SELECT":
        this.#reply(this.#handshake.select(command.patterns, this.#version));
        break;
      case "DATA":
      case "FETCH":
      case "TIME":
        this.#reply(this.#handshake.begin(command));
        break;
      case "END":
      case "ENDFETCH":
        this.#handshake.end(command.name === "ENDFETCH");
        this.#reply("start");
        break;
    }
  }

  #protocol({ version }: Command<"SLPROTO">): void {
    const major = /^(3)(?:\.\d+)?$|^(4)\.0$/.exec(version);
    if (!major) {
      // The command is one of version 4, and so is the answer, whatever was spoken before.
      this.#say(writeError({ code: "UNSUPPORTED", message: "unsupported protocol version" }, 4));
      return;
    }
    this.#version = major[1] ? 3 : 4;
    this.#acknowledge();
  }

  #ask(event: SeedLinkServerEvent): void {
    this.#asking = event;
    this.#events.push(event);
  }

  #reply(result: HandshakeResult): void {
    if (result === "ok") this.#acknowledge();
    else if (result === "start") {
      this.#state = "stream";
      const { isDialUp, requests } = this.#handshake;
      this.#events.push({ kind: "stream", isDialUp, requests });
    } else if (!this.#isBatch) this.#say(writeError(result, this.#version, this.#isExtended));
  }
}
