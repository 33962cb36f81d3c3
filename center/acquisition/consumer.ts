/**
 * The centre's end of one CD-1.1 connection: says which frames have come, takes data frames, answers what is asked. A frame is acknowledged when it
 * is on the disk, never before.
 */
import type { Socket } from "node:net";
import {
  type Cd11Frame,
  type Cd11Payload,
  Cd11Splitter,
  decodeCd11Frame,
  encodeCd11Frame,
  frameSetOf,
  notSigned,
  type ReceivedCd11Frame,
} from "@harken/formats";
import type { Logger } from "pino";
import type { AlarmBook } from "./alarms.ts";
import type { Intake } from "./intake.ts";
import type { StationKey } from "./keys.ts";
import { signerOf } from "./signatures.ts";

export interface ConsumerParts {
  readonly intake: Intake;
  readonly alarms: AlarmBook;
  readonly logger: Logger;
  /** Name of the centre, and the key that it signs with. */
  readonly name: string;
  readonly key: StationKey | null;
  readonly isKnown: (station: string) => boolean;
  readonly acknackSec: number;
  readonly silenceSec: number;
  readonly onOpen: (consumer: Consumer) => void;
  readonly onClose: (consumer: Consumer, reason: string) => void;
}

export interface CommandAnswer {
  readonly station: string;
  readonly request: string;
  readonly response: string;
}

/** Frames that are being judged or written: the socket is read no further while there are more. */
const MOST_IN_HAND = 64;
const FEWEST_IN_HAND = 32;
/** Written but not taken by the peer: it does not read. */
const MOST_UNREAD_BYTES = 1_000_000;
/** New frames after which an acknack goes out at once. */
const ACKNACK_FRAMES = 50;
/** Frames that crossed with our first acknack come again without blame, s. */
const CROSSING_SEC = 2;
/** Acknacks also keep a connection alive: at least one in this share of the silence that is allowed. */
const KEEP_ALIVE_SHARE = 0.4;

export class Consumer {
  readonly #parts: ConsumerParts;
  readonly #socket: Socket;
  readonly #splitter = new Cd11Splitter();
  readonly #sets = new Set<string>();
  readonly #openedAt = performance.now();
  #station = "";
  #inHand = 0;
  #sinceAcknack = 0;
  #acknackedAt = performance.now();
  #heardAt = performance.now();
  #order: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout;
  #sequence = 0n;
  #isClosed = false;
  #bytes = 0;

  constructor(socket: Socket, parts: ConsumerParts) {
    this.#parts = parts;
    this.#socket = socket;
    const beat = Math.min(parts.acknackSec, parts.silenceSec * KEEP_ALIVE_SHARE, 1);
    this.#timer = setInterval(() => this.#beat(), beat * 1_000);
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
    socket.on("end", () => this.close("the peer has ended the connection"));
    socket.on("error", (error) => this.close(error.message));
    socket.on("close", () => this.close("the connection is gone"));
  }

  /** Name of the station; "" until it has said it. */
  get station(): string {
    return this.#station;
  }

  get peer(): string {
    return `${this.#socket.remoteAddress ?? "?"}:${this.#socket.remotePort ?? 0}`;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Asks the station something; what it answers comes as a command response and is logged. */
  command(message: string, timeStamp: string): void {
    const station = this.#station;
    this.#send({ kind: "command-request", station, site: "", channel: "", location: "", timeStamp, message });
  }

  /** Closes once; with an alert where the reason is ours. */
  close(reason: string, isOurs = false): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    if (isOurs && this.#socket.writable) {
      this.#write({ kind: "alert", message: reason });
      this.#socket.end();
    }
    // A peer that does not take the end is let go all the same.
    setTimeout(() => this.#socket.destroy(), isOurs ? 500 : 0).unref();
    this.#parts.onClose(this, reason);
  }

  #read(chunk: Buffer): void {
    if (this.#isClosed) return;
    this.#heardAt = performance.now();
    this.#bytes += chunk.length;
    const { frames, problems } = this.#splitter.push(chunk);
    for (const { code, message } of problems) this.#parts.alarms.raise(this.#station || this.peer, code, message);
    for (const bytes of frames) this.#frame(bytes);
    if (this.#inHand <= MOST_IN_HAND && !this.#parts.intake.room.isFull) return;
    this.#socket.pause();
    this.#goOn();
  }

  /** Reads on when both this connection's frames and those of all leave room. */
  readonly #goOn = (): void => {
    const { room } = this.#parts.intake;
    if (this.#isClosed || !this.#socket.isPaused()) return;
    if (room.isFull) room.wait(this.#goOn);
    else if (this.#inHand < FEWEST_IN_HAND) this.#socket.resume();
  };

  #frame(bytes: Uint8Array): void {
    const { alarms } = this.#parts;
    const { items, problems } = decodeCd11Frame(bytes);
    for (const { code, message } of problems) alarms.raise(this.#station || this.peer, code, message);
    const [frame] = items;
    // A frame with a part that cannot be read is refused whole: it comes again.
    const isBroken = problems.some(({ severity }) => severity === "error");
    if (!frame || isBroken) {
      const reason = problems[0]?.message ?? "";
      this.#parts.intake.refuse(this.#station || this.peer, bytes, "frame.unreadable", reason);
      return;
    }
    if (this.#station === "" && !this.#introduce(frame)) return;
    const { payload } = frame;
    switch (payload.kind) {
      case "data":
        this.#data(bytes, frame);
        break;
      case "option-request":
        this.#send({ kind: "option-response", options: payload.options });
        this.#acknack();
        break;
      case "alert":
        this.close(`the station has sent an alert: ${payload.message.slice(0, 200)}`);
        break;
      case "command-response":
        this.#parts.logger.info({
          code: "command.answered",
          station: this.#station,
          request: payload.message,
          response: payload.response,
        });
        break;
      case "acknack":
      case "connection-request":
      case "connection-response":
      case "option-response":
      case "command-request":
        break;
      default:
        this.#parts.intake.refuse(
          this.#station,
          bytes,
          "frame.not-taken",
          `a frame of kind ${payload.kind} is not taken`,
        );
    }
  }

  /** Who it is: the name of an option request, or the creator of whatever comes first. */
  #introduce(frame: ReceivedCd11Frame): boolean {
    const { payload } = frame;
    const option = payload.kind === "option-request" ? payload.options.find(({ type }) => type === 1) : undefined;
    const name = option
      ? Buffer.from(option.value).toString("latin1").replaceAll("\0", "").trim()
      : frame.creator.trim();
    if (!this.#parts.isKnown(name)) {
      this.#parts.alarms.raise(
        name.slice(0, 8),
        "station.unknown",
        `${this.peer} says that it is ${name.slice(0, 40)}`,
      );
      this.close("the station is not known here", true);
      return false;
    }
    this.#station = name;
    this.#sets.add(`${name}:${frame.destination.trim() || "0"}`);
    this.#parts.onOpen(this);
    return true;
  }

  #data(bytes: Uint8Array, frame: ReceivedCd11Frame): void {
    const { intake } = this.#parts;
    const name = frameSetOf(frame);
    this.#inHand++;
    intake.room.take(bytes.length);
    const verified = intake.verify(bytes, frame);
    // Judged in the order in which they came; what the disk takes does not hold up the next.
    this.#order = this.#order.then(async () => {
      const verdict = await verified;
      const wasAcknowledged = intake.gaps(name).has(frame.sequence);
      void intake.take(this.#station, bytes, frame, verdict).then((outcome) => {
        this.#inHand--;
        intake.room.give(bytes.length);
        if (outcome === "kept") {
          this.#sets.add(name);
          this.#sinceAcknack++;
          if (this.#sinceAcknack >= ACKNACK_FRAMES) this.#acknack();
        } else if (outcome === "duplicate" && wasAcknowledged) this.#repeated(name, frame.sequence);
        else if (outcome === "not-kept") this.close("the centre cannot store data", true);
        this.#goOn();
      });
    });
    this.#order.catch((err: unknown) => {
      this.#parts.logger.fatal({ code: "consumer.failed", station: this.#station, err });
      this.close("the centre has failed", true);
    });
  }

  /** A frame came again that had been received; the first acknack of this connection said so, or a later one does. */
  #repeated(name: string, sequence: bigint): void {
    const ageSec = (performance.now() - this.#openedAt) / 1_000;
    if (ageSec < CROSSING_SEC) return;
    this.#parts.alarms.raise(
      this.#station,
      "frame.replayed",
      `frame ${sequence} of ${name} came again after it was acknowledged`,
    );
  }

  #beat(): void {
    const now = performance.now();
    const { acknackSec, silenceSec } = this.#parts;
    const silentSec = (now - this.#heardAt) / 1_000;
    // While we do not read, the peer is not silent but held up.
    if (silentSec > silenceSec && !this.#socket.isPaused()) {
      this.close(`nothing was heard for ${silenceSec} s`, true);
      return;
    }
    if (this.#socket.writableLength > MOST_UNREAD_BYTES) {
      this.#parts.alarms.raise(this.#station || this.peer, "peer.never-reads", "it does not take what is sent to it");
      this.close("the peer does not read");
      return;
    }
    const sinceSec = (now - this.#acknackedAt) / 1_000;
    const isDue =
      this.#sinceAcknack > 0 ? sinceSec >= acknackSec : sinceSec >= Math.min(55, silenceSec * KEEP_ALIVE_SHARE);
    if (isDue && this.#station !== "") this.#acknack();
  }

  #acknack(): void {
    this.#sinceAcknack = 0;
    this.#acknackedAt = performance.now();
    for (const name of this.#sets) this.#send(this.#parts.intake.gaps(name).acknack(name.slice(0, 20)));
  }

  #send(payload: Cd11Payload): void {
    if (!this.#isClosed && this.#socket.writable) this.#write(payload);
  }

  #write(payload: Cd11Payload): void {
    const { name, key } = this.#parts;
    const frame: Cd11Frame = {
      creator: name,
      destination: this.#station || "0",
      sequence: ++this.#sequence,
      series: 0,
      payload,
      authentication: key ? { keyId: key.keyId, value: new Uint8Array(0) } : notSigned,
    };
    this.#socket.write(encodeCd11Frame(frame, key ? signerOf(new Map([[key.keyId, key]])) : undefined));
  }
}
