/**
 * The client's side of SeedLink, versions 3 and 4, as a machine without sockets: commands become bytes for the server, the server's bytes
 * become events. It sends what it is told; `subscriber.ts` carries on a whole handshake.
 *
 *     const client = new SeedLinkClient();
 *     socket.write(client.send({ name: "HELLO" }));
 *     const { events } = client.receive(bytes);
 */
import { defaultLimits, type Problem, ProblemList } from "@harken/core";
import { ByteQueue } from "../byteQueue.ts";
import { latin1, latin1Bytes } from "../latin1.ts";
import { concatBytes } from "../step.ts";
import { LINE_END, type SeedLinkCommand, type SeedLinkVersion } from "./command.ts";
import type { SeedLinkInfo } from "./info.ts";
import { readInfoJson } from "./infoJson.ts";
import { isErrorRecord, textOfRecord } from "./infoRecord.ts";
import { readInfoXml } from "./infoXml.ts";
import { LineReader } from "./lines.ts";
import type { SeedLinkPacket } from "./packet.ts";
import { LONGEST_PAYLOAD, PacketReader, type Received } from "./reader.ts";
import { type ErrorReply, type Hello, parseError, parseHello } from "./reply.ts";
import { writeCommand } from "./writeCommand.ts";

export type SeedLinkClientEvent =
  | { readonly kind: "hello"; readonly hello: Hello }
  | { readonly kind: "accepted"; readonly command: SeedLinkCommand }
  | { readonly kind: "refused"; readonly command: SeedLinkCommand; readonly error: ErrorReply }
  /** A line in answer to a command that has no set answer, such as CAT. */
  | { readonly kind: "text"; readonly command: SeedLinkCommand; readonly text: string }
  | { readonly kind: "packet"; readonly packet: SeedLinkPacket }
  /** `info` is null when the document cannot be read; `command` when it was not asked for. */
  | {
      readonly kind: "info";
      readonly command: SeedLinkCommand | null;
      readonly info: SeedLinkInfo | null;
      readonly isError: boolean;
    }
  | { readonly kind: "end" };

export interface SeedLinkReceived {
  readonly events: readonly SeedLinkClientEvent[];
  readonly problems: readonly Problem[];
}

/** Lines of servers are shorter; organizations may be wordy. */
const LONGEST_REPLY = 4_096;

export class SeedLinkClient {
  readonly #queue = new ByteQueue();
  readonly #lines = new LineReader(this.#queue, LONGEST_REPLY);
  readonly #packets: PacketReader;
  readonly #maxPayload: number;
  readonly #waiting: SeedLinkCommand[] = [];
  #version: SeedLinkVersion = 3;
  #hasStation = false;
  #isExtended = false;
  #isBatch = false;
  /** Packets flow: nothing else is to come but answers to INFO. */
  #isStreaming = false;
  /** An error of version 3 was told whose words are still to come. */
  #isErrorOpen = false;
  #infoParts: Uint8Array[] = [];
  #infoBytes = 0;

  constructor(maxPayload: number = LONGEST_PAYLOAD) {
    this.#maxPayload = maxPayload;
    this.#packets = new PacketReader(this.#queue, maxPayload);
  }

  get version(): SeedLinkVersion {
    return this.#version;
  }

  /** Commands that the server has not answered yet. */
  get unanswered(): readonly SeedLinkCommand[] {
    return this.#waiting;
  }

  /** The bytes to send. */
  send(command: SeedLinkCommand): Uint8Array<ArrayBuffer> {
    const bytes = latin1Bytes(writeCommand(command, this.#version));
    const { name } = command;
    if (name === "STATION") this.#hasStation = true;
    const begins = name === "DATA" || name === "FETCH" || name === "TIME";
    const startsFlow = name === "END" || name === "ENDFETCH" || (begins && !this.#hasStation);
    if (this.#waiting[0]?.name === "CAT") this.#waiting.shift();
    if (name === "INFO" || (!this.#isStreaming && !startsFlow && name !== "BYE" && !this.#isSilent(name)))
      this.#waiting.push(command);
    if (startsFlow) this.#isStreaming = true;
    return bytes;
  }

  receive(bytes: Uint8Array): SeedLinkReceived {
    this.#queue.push(bytes);
    const problems = new ProblemList();
    const events: SeedLinkClientEvent[] = [];
    while (this.#step(events, problems));
    return { events, problems: problems.list() };
  }

  /** In a batch only these are answered. */
  #isSilent(name: SeedLinkCommand["name"]): boolean {
    return this.#isBatch && name !== "HELLO" && name !== "CAT";
  }

  /** Takes one answer or packet; false when more bytes are needed. */
  #step(events: SeedLinkClientEvent[], problems: ProblemList): boolean {
    // Within garbage no line is looked for, so that its pieces are no different from the whole.
    const { isLost } = this.#packets;
    if (!isLost) this.#lines.skipEnds();
    const [command] = this.#waiting;
    if (command?.name === "HELLO" && !this.#isErrorNext()) return this.#takeHello(events, problems);
    const expectsLine = command !== undefined && (command.name !== "INFO" || (!isLost && this.#isErrorNext()));
    if (expectsLine || (!isLost && this.#isStreaming && this.#isReplyNext()))
      return this.#takeLine(command, events, problems);
    if (!isLost && this.#isReplyCut()) return false;
    const received = this.#packets.next(problems);
    if (received) this.#takeReceived(received, events, problems);
    return received !== null;
  }

  #takeLine(command: SeedLinkCommand | undefined, events: SeedLinkClientEvent[], problems: ProblemList): boolean {
    const line = this.#lines.next();
    if (line === null) return false;
    if (line === "too-long")
      problems.warning("seedlink.line-too-long", "A line of the server was too long and left out.");
    else if (!command) {
      // ringserver is silent where FDSN wants OK, others may not be.
      if (line !== "OK") problems.warning("seedlink.unexpected-line", `"${line.slice(0, 60)}" was not asked for.`);
    } else this.#reply(command, line, events);
    return true;
  }

  /** Two lines, of which the second may be empty. */
  #takeHello(events: SeedLinkClientEvent[], problems: ProblemList): boolean {
    const text = latin1(this.#queue.bytes, 0, 2 * LONGEST_REPLY);
    const first = text.indexOf(LINE_END);
    const second = first < 0 ? -1 : text.indexOf(LINE_END, first + LINE_END.length);
    if (second < 0 && text.length < 2 * LONGEST_REPLY) return false;
    this.#waiting.shift();
    this.#queue.drop(second < 0 ? text.length : second + LINE_END.length);
    if (second < 0) problems.error("seedlink.bad-hello", "The server's answer to HELLO has no end; it was left out.");
    else {
      const hello = parseHello(text.slice(0, first), text.slice(first + LINE_END.length, second));
      events.push({ kind: "hello", hello });
    }
    return true;
  }

  #reply(command: SeedLinkCommand, line: string, events: SeedLinkClientEvent[]): void {
    if (this.#isErrorOpen) {
      this.#isErrorOpen = false;
      this.#answered(command, { kind: "refused", command, error: parseError(line) }, events);
    } else if (line === "ERROR" && this.#isExtended && this.#version === 3) this.#isErrorOpen = true;
    else if (/^ERROR(?:\s|$)/.test(line))
      this.#answered(command, { kind: "refused", command, error: parseError(line.slice(5)) }, events);
    else if (command.name === "CAT") {
      // The list has no set end; SeisComP ends it so.
      if (line === "END") this.#waiting.shift();
      else events.push({ kind: "text", command, text: line });
    } else if (line === "OK") this.#answered(command, { kind: "accepted", command }, events);
    else this.#answered(command, { kind: "text", command, text: line }, events);
  }

  #answered(command: SeedLinkCommand, event: SeedLinkClientEvent, events: SeedLinkClientEvent[]): void {
    this.#waiting.shift();
    events.push(event);
    if (event.kind !== "accepted") return;
    if (command.name === "SLPROTO") this.#version = command.version.startsWith("4") ? 4 : 3;
    if (command.name === "CAPABILITIES") this.#isExtended = command.capabilities.includes("EXTREPLY");
    if (command.name === "BATCH") this.#isBatch = true;
  }

  #takeReceived(received: Received, events: SeedLinkClientEvent[], problems: ProblemList): void {
    if (received.kind === "end") events.push({ kind: "end" });
    else if (received.kind === "info") this.#takeInfoRecord(received.record, received.isLast, events, problems);
    else if (received.packet.format !== "J") events.push(received);
    else {
      const { payload, subformat } = received.packet;
      const info = readInfoJson(new TextDecoder().decode(payload), problems);
      this.#informed(info, subformat === "E", events);
    }
  }

  #takeInfoRecord(record: Uint8Array, isLast: boolean, events: SeedLinkClientEvent[], problems: ProblemList): void {
    const text = textOfRecord(record);
    this.#infoBytes += text.length;
    if (this.#infoBytes <= this.#maxPayload) this.#infoParts.push(text);
    if (!isLast) return;
    if (this.#infoBytes > this.#maxPayload)
      problems.error("seedlink.too-long", `An answer to INFO of ${this.#infoBytes} bytes is beyond the limit.`);
    const limits = { ...defaultLimits, maxItems: this.#maxPayload };
    const isWhole = this.#infoBytes <= this.#maxPayload;
    const info = isWhole ? readInfoXml(concatBytes(this.#infoParts), limits, problems) : null;
    this.#infoParts = [];
    this.#infoBytes = 0;
    this.#informed(info, isErrorRecord(record), events);
  }

  #informed(info: SeedLinkInfo | null, isError: boolean, events: SeedLinkClientEvent[]): void {
    const command = this.#waiting[0]?.name === "INFO" ? this.#waiting.shift()! : null;
    events.push({ kind: "info", command, info, isError });
  }

  #startsWith(text: string): boolean {
    return latin1(this.#queue.bytes, 0, text.length) === text;
  }

  /** Of version 3 there may be a plain error in place of records. */
  #isErrorNext(): boolean {
    return this.#startsWith("ERROR") || this.#isErrorOpen;
  }

  /** What has come may yet become "OK" or "ERROR". */
  #isReplyCut(): boolean {
    const { length } = this.#queue;
    if (length === 0 || length >= 5) return false;
    const start = latin1(this.#queue.bytes);
    return "ERROR".startsWith(start) || "OK".startsWith(start);
  }

  /** No packet begins so. */
  #isReplyNext(): boolean {
    return this.#startsWith("OK") || this.#startsWith("ERROR");
  }
}
