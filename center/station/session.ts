/**
 * The station's end of one connection: new frames at once, older ones that the centre lacks in between, and again what it does not acknowledge.
 */
import type { Socket } from "node:net";
import {
  type Cd11Command,
  Cd11GapList,
  type Cd11Payload,
  Cd11Splitter,
  decodeCd11Frame,
  encodeCd11Frame,
  notSigned,
  type ReceivedCd11Frame,
} from "@harken/formats";
import type { KeyRing } from "../acquisition/keys.ts";
import { isSignedBy } from "../acquisition/signatures.ts";
import type { FrameRing } from "./ring.ts";

export interface SessionParts {
  readonly ring: FrameRing;
  readonly station: string;
  readonly destination: string;
  readonly centreKeys: KeyRing;
  readonly resendSec: number;
  readonly silenceSec: number;
  /** Told with what the centre has, each time that it says so. */
  readonly onAcknack: (received: Cd11GapList) => void;
  readonly onCommand: (command: Cd11Command) => Promise<string>;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
}

/** Older frames on their way at once; new ones go in any case. */
const MOST_UNACKNOWLEDGED = 400;
/** The first acknack is waited for so long before older frames are sent, ms: it tells which are needed. */
const FIRST_ACKNACK_MS = 5_000;
/** Frames that are refused again and again are sent ever more seldom: at most this many doublings. */
const MOST_DOUBLINGS = 6;

interface Sent {
  readonly at: number;
  readonly times: number;
}

export class Session {
  readonly #socket: Socket;
  readonly #parts: SessionParts;
  readonly #splitter = new Cd11Splitter();
  readonly #sent = new Map<bigint, Sent>();
  readonly #times = new Map<bigint, number>();
  #again: bigint[] = [];
  /** The next new frame, and the next older one. */
  #nextNew: bigint;
  #nextOld: bigint;
  readonly #newFrom: bigint;
  #received: Cd11GapList | null = null;
  #centre = "0";
  #heardAt = performance.now();
  #saidAt = performance.now();
  readonly #openedAt = performance.now();
  #isPumping = false;
  #isClosed = false;
  readonly #timer: NodeJS.Timeout;
  #end: (reason: string) => void = () => undefined;
  /** Resolves with the reason when the connection has ended. */
  readonly ended: Promise<string>;

  constructor(socket: Socket, parts: SessionParts) {
    this.#socket = socket;
    this.#parts = parts;
    this.#newFrom = parts.ring.last + 1n;
    this.#nextNew = this.#newFrom;
    this.#nextOld = parts.ring.first;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    socket.removeAllListeners("error");
    socket.on("error", (error) => this.close(error.message));
    socket.on("close", () => this.close("the connection is gone"));
    socket.on("end", () => this.close("the centre has ended the connection"));
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
    socket.on("drain", () => this.pump());
    const beat = Math.min(1, parts.resendSec / 2, parts.silenceSec / 4);
    this.#timer = setInterval(() => this.#beat(), beat * 1_000);
    const value = Buffer.from(parts.station.padEnd(8, "\0"), "latin1");
    this.#say({ kind: "option-request", options: [{ type: 1, value }] });
  }

  /** Sends what there is to send, as far as the socket takes it. */
  pump(): void {
    if (this.#isPumping || this.#isClosed) return;
    this.#isPumping = true;
    this.#pumpAll()
      .catch((error: unknown) => this.close(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        this.#isPumping = false;
      });
  }

  close(reason: string, isOurs = false): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    if (isOurs && this.#socket.writable) {
      this.#write({ kind: "alert", message: reason });
      this.#socket.end();
      setTimeout(() => this.#socket.destroy(), 500).unref();
    } else this.#socket.destroy();
    this.#end(reason);
  }

  async #pumpAll(): Promise<void> {
    while (!this.#isClosed && !this.#socket.writableNeedDrain) {
      const sequence = this.#next();
      if (sequence === null) return;
      const bytes = await this.#parts.ring.get(sequence);
      if (!bytes || this.#isClosed) continue;
      const times = (this.#times.get(sequence) ?? 0) + 1;
      this.#times.set(sequence, times);
      this.#sent.set(sequence, { at: performance.now(), times });
      this.#saidAt = performance.now();
      this.#socket.write(bytes);
    }
  }

  #next(): bigint | null {
    const { ring } = this.#parts;
    if (this.#nextNew <= ring.last) return this.#nextNew++;
    const isTold = this.#received !== null || performance.now() - this.#openedAt > FIRST_ACKNACK_MS;
    if (!isTold || this.#sent.size > MOST_UNACKNOWLEDGED) return null;
    const again = this.#again.shift();
    if (again !== undefined) return again;
    if (this.#nextOld < ring.first) this.#nextOld = ring.first;
    while (this.#nextOld < this.#newFrom && this.#received?.has(this.#nextOld)) this.#nextOld++;
    return this.#nextOld < this.#newFrom ? this.#nextOld++ : null;
  }

  #read(chunk: Buffer): void {
    this.#heardAt = performance.now();
    const { frames, problems } = this.#splitter.push(chunk);
    for (const { code, message } of problems) this.#parts.log(code, { message });
    for (const bytes of frames) {
      const [frame] = decodeCd11Frame(bytes).items;
      if (frame) void this.#take(bytes, frame);
    }
  }

  async #take(bytes: Uint8Array, frame: ReceivedCd11Frame): Promise<void> {
    const { payload } = frame;
    const { log, onCommand, onAcknack, centreKeys } = this.#parts;
    if (centreKeys.size > 0) {
      const key = centreKeys.get(frame.authentication.keyId);
      const { start, end } = frame.signed;
      const isRight =
        key && !key.isRevoked && (await isSignedBy(key, bytes.subarray(start, end), frame.authentication.value));
      if (!isRight) return log("centre.not-authentic", { kind: payload.kind, keyId: frame.authentication.keyId });
    }
    this.#centre = frame.creator.trim() || "0";
    if (payload.kind === "acknack") {
      if (payload.frameSet.trim() !== `${this.#parts.station}:${this.#parts.destination}`) return;
      this.#received = Cd11GapList.fromAcknack(payload);
      this.#acknowledged(this.#received);
      onAcknack(this.#received);
      this.pump();
    } else if (payload.kind === "alert") this.close(`the centre has sent an alert: ${payload.message.slice(0, 200)}`);
    else if (payload.kind === "command-request") {
      const response = await onCommand(payload);
      this.#say({ ...payload, kind: "command-response", response });
    }
  }

  #acknowledged(received: Cd11GapList): void {
    const now = performance.now();
    const waitMs = this.#parts.resendSec * 1_000;
    for (const [sequence, { at, times }] of this.#sent) {
      const isReceived = received.has(sequence);
      if (isReceived) this.#times.delete(sequence);
      const isLost = !isReceived && now - at > waitMs * 2 ** Math.min(times - 1, MOST_DOUBLINGS);
      if (isReceived || isLost) this.#sent.delete(sequence);
      if (isLost) this.#again.push(sequence);
    }
    this.#again = this.#again.filter((sequence) => !received.has(sequence));
    if (this.#again.length > 0)
      this.#parts.log("frames.again", { count: this.#again.length, first: String(this.#again[0]) });
  }

  #beat(): void {
    const now = performance.now();
    const { silenceSec, station } = this.#parts;
    if (now - this.#heardAt > silenceSec * 1_000) {
      this.close(`nothing was heard for ${silenceSec} s`, true);
      return;
    }
    if (now - this.#saidAt > Math.min(55, silenceSec * 0.4) * 1_000)
      this.#say({
        kind: "acknack",
        frameSet: `${this.#centre}:${station}`.slice(0, 20),
        lowest: 0n,
        highest: -1n,
        gaps: [],
      });
    this.pump();
  }

  #say(payload: Cd11Payload): void {
    if (!this.#isClosed && this.#socket.writable) this.#write(payload);
  }

  #write(payload: Cd11Payload): void {
    this.#saidAt = performance.now();
    const { station, destination } = this.#parts;
    this.#socket.write(
      encodeCd11Frame({ creator: station, destination, sequence: 0n, series: 0, payload, authentication: notSigned }),
    );
  }
}
