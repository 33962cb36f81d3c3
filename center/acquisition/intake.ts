/**
 * The door of the centre: a frame is judged by its signatures, its time and its number; what passes goes to the journal, and counts as received when
 * it is on the disk. What does not pass is kept aside with the reason, and alarmed.
 */
import { createHash } from "node:crypto";
import { type Cd11GapList, frameSetOf, type ReceivedCd11Frame, readCd11Time } from "@harken/formats";
import type { Journal, JournalRecord } from "@harken/store";
import type { AlarmBook } from "./alarms.ts";
import { FrameSets } from "./frameSets.ts";
import type { KeyRing } from "./keys.ts";
import { Room } from "./room.ts";
import type { StationSettings } from "./settings.ts";
import { type FrameVerdict, verifyCd11Frame } from "./signatures.ts";
import { checkDataTime, type TimeRule } from "./timeSanity.ts";

export interface IntakeParts {
  readonly journal: Journal;
  /** Refused packets, kept for a while to be looked into. */
  readonly aside: Journal;
  readonly ring: KeyRing;
  readonly stations: ReadonlyMap<string, StationSettings>;
  readonly alarms: AlarmBook;
  readonly timeRule: TimeRule;
  /** Bytes of frames that are being judged or written, beyond which no socket is read. */
  readonly mostInHand: number;
  readonly clock: () => number;
  /** Told after each packet that is on the disk. */
  readonly onKept: () => void;
}

/** What the journal keeps beside a frame, as JSON. */
export interface FrameNote {
  readonly verdict: FrameVerdict["verdict"];
  readonly verified: number;
  readonly unsigned: number;
  readonly refused: number;
  readonly detail: string;
  /** Indexes of channels that are not to be archived. */
  readonly leaveOut: readonly number[];
  readonly isReset: boolean;
}

export type FrameOutcome = "kept" | "duplicate" | "refused" | "not-kept";

/** Refused packets on their way to the disk beyond this are told but not kept. */
const MOST_ASIDE_BYTES = 4_000_000;
const KEEP_ASIDE_BYTES = 64_000_000;

export class Intake {
  readonly #parts: IntakeParts;
  readonly #sets = new FrameSets();
  /** Held by frames that are being judged or written. */
  readonly room: Room;
  #asideCount = 0;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.room = new Room(parts.mostInHand);
  }

  get sets(): FrameSets {
    return this.#sets;
  }

  gaps(frameSet: string): Cd11GapList {
    return this.#sets.gaps(frameSet);
  }

  /** The slow part of judging a data frame, which may run for many frames at once. */
  verify(bytes: Uint8Array, frame: ReceivedCd11Frame): Promise<FrameVerdict> {
    return verifyCd11Frame(bytes, frame, this.#parts.ring);
  }

  /** Judges a data frame, in the order in which frames came; resolves when it is on the disk, refused, or the disk has refused it. */
  take(station: string, bytes: Uint8Array, frame: ReceivedCd11Frame, verdict: FrameVerdict): Promise<FrameOutcome> {
    const { journal, clock, alarms, onKept } = this.#parts;
    const receivedAt = clock();
    const time = frame.payload.kind === "data" ? readCd11Time(frame.payload.nominalTime) : null;
    const reason = this.#refusal(station, frame, verdict, time, receivedAt);
    const name = frameSetOf(frame);
    if (reason) return this.#refuse(station, name, bytes, reason.code, reason.detail);
    const mark = { sequence: frame.sequence, time: time!, digest: createHash("sha1").update(bytes).digest("base64") };
    const news = this.#sets.meet(name, mark);
    if (news === "duplicate") return Promise.resolve("duplicate");
    if (news === "conflict") {
      const detail = `frame ${frame.sequence} of ${name} has come before with other contents`;
      return this.#refuse(station, name, bytes, "frame.conflict", detail);
    }
    if (news === "reset")
      alarms.raise(station, "frame.sequence-reset", `${name} counts anew from ${frame.sequence}`, "warning");
    if (verdict.verdict === "refused") alarms.raise(station, "channel.refused", verdict.detail);
    const note: FrameNote = {
      ...{ verdict: verdict.verdict, verified: verdict.verified, unsigned: verdict.unsigned, refused: verdict.refused },
      detail: verdict.detail.slice(0, 1_000),
      leaveOut: verdict.channels.flatMap((channel, i) => (channel === "refused" ? [i] : [])),
      isReset: news === "reset",
    };
    const record = { receivedAt, kind: "cd11", source: name, note: JSON.stringify(note), payload: bytes };
    return journal.append(record).then(
      () => {
        this.#sets.received(name, frame.sequence, time!);
        onKept();
        return "kept";
      },
      (cause: unknown) => {
        this.#sets.lost(name, frame.sequence);
        alarms.raise(station, "disk.refused", cause instanceof Error ? cause.message : String(cause));
        return "not-kept";
      },
    );
  }

  /** Takes in what needs no judging; resolves when it is on the disk, rejects when the disk refuses it. */
  async keep(record: JournalRecord): Promise<number> {
    const sequence = await this.#parts.journal.append(record);
    this.#parts.onKept();
    return sequence;
  }

  /** Tells a refusal and keeps the bytes aside. */
  refuse(source: string, bytes: Uint8Array, code: string, detail: string): void {
    void this.#refuse(source, source, bytes, code, detail);
  }

  #refusal(
    station: string,
    frame: ReceivedCd11Frame,
    verdict: FrameVerdict,
    time: number | null,
    now: number,
  ): { code: string; detail: string } | null {
    const creator = frame.creator.trim();
    if (creator !== station)
      return { code: "frame.wrong-creator", detail: `a frame of ${creator} came over the connection of ${station}` };
    const rule = this.#parts.stations.get(station)?.authentication ?? "required";
    if (verdict.frame === "refused") return { code: "signature.wrong", detail: verdict.detail };
    // A frame's own number is protected by the frame's signature alone.
    const isSigned =
      verdict.frame === "verified" ||
      (rule === "channels" &&
        verdict.frame === "unsigned" &&
        verdict.channels.length > 0 &&
        verdict.channels.every((channel) => channel === "verified"));
    if (rule !== "recorded" && !isSigned)
      return { code: "signature.missing", detail: verdict.detail || `frame ${frame.sequence} is not signed` };
    if (verdict.channels.length > 0 && verdict.channels.every((channel) => channel === "refused"))
      return { code: "signature.wrong", detail: verdict.detail };
    return checkDataTime(time, now, this.#parts.timeRule);
  }

  async #refuse(source: string, name: string, bytes: Uint8Array, code: string, detail: string): Promise<"refused"> {
    const { alarms, aside, clock } = this.#parts;
    alarms.raise(source, code, detail);
    if (aside.waitingBytes > MOST_ASIDE_BYTES) return "refused";
    const note = `${code}: ${detail}`.slice(0, 1_000);
    try {
      await aside.append({ receivedAt: clock(), kind: "refused", source: name.slice(0, 60), note, payload: bytes });
      if (++this.#asideCount % 100 === 0) await aside.prune({ keepBytes: KEEP_ASIDE_BYTES, upTo: aside.last });
    } catch (cause) {
      alarms.raise(source, "aside.not-kept", cause instanceof Error ? cause.message : String(cause), "warning");
    }
    return "refused";
  }
}
