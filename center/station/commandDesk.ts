/**
 * Commands that a station obeys: calibrations, changes of its keys, its status. Each is an IMS2.0 message, signed by a person of the authority where one is
 * named; it is answered at once by a confirmation or by the reason why not, and a calibration by its result when it is over. No command is done twice.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Channel, imsTime } from "@harken/core";
import {
  decodeImsCommands,
  type ImsCommand,
  type MessageName,
  writeCalibrationResult,
  writeImsCommand,
  writeImsMessage,
  writeLogSection,
} from "@harken/formats";
import { holderText } from "../authority/certificates.ts";
import { readPublicAuthority } from "../authority/publicAuthority.ts";
import { readSignedMessage } from "../authority/signedMessage.ts";
import { calibrate } from "./calibration.ts";
import { keyChangeOf, type StationKeys } from "./keyChange.ts";

export interface CommandDeskParts {
  /** The station's name. */
  readonly name: string;
  /** What was commanded is kept there, and each answer as a file in `replies`. */
  readonly folder: string;
  /** Folder of the authority whose people may command; null: whoever reaches the station by its links or its folder. */
  readonly authority: string | null;
  readonly channels: readonly Channel[];
  /** The digitiser's program and its arguments; empty: it cannot be calibrated. */
  readonly driver: readonly string[];
  readonly keys: StationKeys;
  /** Epoch s. */
  readonly clock: () => number;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
}

export interface CommandRecord {
  /** Number and source of the message. */
  readonly message: MessageName;
  readonly name: string;
  readonly by: string;
  readonly receivedAt: number;
  readonly startTime: number | null;
  readonly channels: readonly string[];
  readonly words: readonly (readonly [string, string])[];
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly outcome: string;
}

const MOST_KEPT = 1_000;
/** A timer reaches no further, ms. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export class CommandDesk {
  readonly #parts: CommandDeskParts;
  readonly #stopping = new AbortController();
  #records: CommandRecord[];
  #calibrating: string | null = null;
  #wake: () => void = () => undefined;
  readonly #loop: Promise<void>;
  #count: number;

  constructor(parts: CommandDeskParts) {
    this.#parts = parts;
    mkdirSync(join(parts.folder, "replies"), { recursive: true });
    const kept = existsSync(this.#file) ? (JSON.parse(readFileSync(this.#file, "utf8")) as CommandRecord[]) : [];
    // What was under way when the station was stopped has no result.
    this.#records = kept.map((one) =>
      one.state === "running" ? { ...one, state: "failed", outcome: "the station was stopped" } : one,
    );
    this.#count = kept.length;
    this.#loop = this.#work();
  }

  get records(): readonly CommandRecord[] {
    return this.#records;
  }

  /** Whether a channel's frames are to say that a calibration is under way. */
  isCalibrating(channel: string): boolean {
    return this.#calibrating === channel;
  }

  /** The answer to a message. Never throws for what the bytes say. */
  async take(bytes: Uint8Array): Promise<string> {
    const opened = await this.#open(bytes);
    if ("reason" in opened) return this.#refuse(null, opened.reason);
    const [command, ...more] = decodeImsCommands(opened.bytes).items;
    if (!command || more.length > 0 || command.reference) return this.#refuse(null, "it holds no one command");
    const { message } = command;
    if (this.#records.some((one) => one.message.id === message.id && one.message.source === message.source))
      return this.#refuse(message, "a command of this number was taken before");
    if (command.stations.length !== 1 || command.stations[0] !== this.#parts.name)
      return this.#refuse(message, `it is not for ${this.#parts.name} alone`);
    this.#parts.log("command", { name: command.name, id: message.id, by: opened.by });
    if (command.name === "CALIBRATE_START") return this.#order(command, opened.by);
    if (command.name === "KEY_CHANGE") return this.#changeKey(command, opened.by);
    return this.#refuse(message, `${command.name} is not known here`);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#loop;
  }

  async #open(
    bytes: Uint8Array,
  ): Promise<{ readonly bytes: Uint8Array; readonly by: string } | { readonly reason: string }> {
    const { authority, clock } = this.#parts;
    if (authority === null) return { bytes, by: "" };
    const read = readSignedMessage(bytes, await readPublicAuthority(authority), clock());
    if (!read.ok) return { reason: read.reason };
    const { holder } = read.signer;
    if (holder.kind !== "person") return { reason: `${holderText(holder)} may not command` };
    return { bytes: Buffer.from(read.text), by: holderText(holder) };
  }

  #order(command: ImsCommand, by: string): string {
    const { driver, channels, clock } = this.#parts;
    const { message } = command;
    if (driver.length === 0)
      return this.#refuse(message, "this station has no driver of its digitiser to calibrate by");
    const wanted = command.channels.map((code) => channels.find(({ id }) => id.channel === code));
    if (wanted.length === 0 || wanted.some((channel) => !channel))
      return this.#refuse(message, `not all of the channels ${command.channels.join(", ")} are known`);
    const startTime = Math.max(command.startTime ?? clock(), clock());
    this.#keep({ ...recordOf(command, by, clock()), startTime, state: "waiting" });
    this.#wake();
    const words = [
      ["STA_LIST", this.#parts.name],
      ["CHAN_LIST", command.channels.join(",")],
    ] as const;
    return this.#reply("CONFIRM", message, (own) =>
      writeImsCommand(own, message, "CALIBRATE_CONFIRM", [["START_TIME", imsTime(startTime)], ...words]),
    );
  }

  #changeKey(command: ImsCommand, by: string): string {
    const change = keyChangeOf(command.words, command.startTime);
    if (!change) return this.#refuse(command.message, "it does not say OLD_KEY_ID, KEY_ID and START_TIME");
    const words = this.#parts.keys.change(change);
    if (typeof words === "string") return this.#refuse(command.message, words);
    this.#keep({
      ...recordOf(command, by, this.#parts.clock()),
      state: "done",
      outcome: `key ${change.keyId} is made`,
    });
    return this.#reply("KEY", command.message, (own) => writeImsCommand(own, command.message, "KEY_CONFIRM", words));
  }

  /** The calibrations that are due, one after the other. */
  async #work(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const waiting = this.#records.filter(({ state }) => state === "waiting");
      const next = waiting.sort((a, b) => a.startTime! - b.startTime!)[0];
      const waitMs = next ? (next.startTime! - this.#parts.clock()) * 1_000 : LONGEST_WAIT_MS;
      if (next && waitMs <= 0) await this.#run(next);
      else await this.#sleep(waitMs);
    }
  }

  async #run(record: CommandRecord): Promise<void> {
    const { driver, channels, clock, name, log } = this.#parts;
    this.#update(record, { state: "running" });
    const words = new Map(record.words);
    const outcomes: string[] = [];
    let isWhole = true;
    for (const code of record.channels) {
      const channel = channels.find(({ id }) => id.channel === code)!;
      this.#calibrating = code;
      try {
        const order = {
          channel,
          startTime: record.startTime!,
          type: words.get("TYPE") ?? "",
          parameters: words.get("CALIB_PARAM") ?? "",
        };
        const { calibNmPerCount, inSpec, channel: measured } = await calibrate(driver, order, this.#stopping.signal);
        this.#reply("RESULT", record.message, (own) =>
          writeCalibrationResult({
            ...{ message: own, reference: record.message, time: clock(), station: name, channel: code },
            ...{ inSpec, calibNmPerCount, calperSec: channel.calperSec ?? 1, responses: [measured] },
          }),
        );
        outcomes.push(
          `${code}: ${calibNmPerCount?.toPrecision(4) ?? "not measured"} nm/count, in spec: ${inSpec ?? "unknown"}`,
        );
      } catch (cause) {
        isWhole = false;
        const reason = cause instanceof Error ? cause.message : String(cause);
        outcomes.push(`${code}: ${reason}`);
        if (!this.#stopping.signal.aborted) this.#refuse(record.message, `${code}: ${reason}`);
      }
      this.#calibrating = null;
    }
    this.#update(record, { state: isWhole ? "done" : "failed", outcome: outcomes.join("; ") });
    log("calibration.over", { id: record.message.id, outcome: outcomes });
  }

  #refuse(message: MessageName | null, reason: string): string {
    this.#parts.log("command.refused", { id: message?.id ?? "", reason });
    const told = (text = "", most = 0) => text.replace(/[^!-~]/g, "?").slice(0, most);
    return this.#reply("REFUSED", message, (own) => {
      const reference = { reference: told(message?.id, 20), referenceSource: told(message?.source, 16) };
      const log = writeLogSection("ERROR_LOG", [`The command is refused: ${reason}`]);
      return Buffer.from(writeImsMessage({ ...own, ...reference }, [log])).toString("latin1");
    });
  }

  /** Writes an answer whole, under a name of its own. */
  #reply(kind: string, message: MessageName | null, write: (own: MessageName) => string): string {
    const { clock, name, folder } = this.#parts;
    const id = `${Math.floor(clock())}-${++this.#count}`;
    const text = write({ id, source: name });
    const path = join(
      folder,
      "replies",
      `${id}-${kind}${message ? `-${message.id.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 20)}` : ""}.txt`,
    );
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
    return text;
  }

  #keep(record: CommandRecord): void {
    this.#records = [...this.#records, record].slice(-MOST_KEPT);
    this.#write();
  }

  #update(record: CommandRecord, change: Partial<CommandRecord>): void {
    this.#records = this.#records.map((one) => (one.message === record.message ? { ...one, ...change } : one));
    this.#write();
  }

  #write(): void {
    writeFileSync(`${this.#file}.part`, JSON.stringify(this.#records));
    renameSync(`${this.#file}.part`, this.#file);
  }

  get #file(): string {
    return join(this.#parts.folder, "commands.json");
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(ms, LONGEST_WAIT_MS));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#stopping.signal.aborted) this.#wake();
    });
  }
}

const recordOf = ({ message, name, startTime, channels, words }: ImsCommand, by: string, receivedAt: number) => ({
  ...{ message, name, by, receivedAt, startTime, channels, words: [...words], outcome: "" },
});
