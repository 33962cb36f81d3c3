/**
 * Requests for waveforms in IMS2.0 messages (IDC-3.4.1Rev1, "Request messages"; AutoDRM): environment lines say of what, a request line asks for it.
 *
 *     BEGIN IMS2.0
 *     MSG_TYPE REQUEST
 *     MSG_ID 4711 IDC
 *     TIME 2026/05/25 00:10:00.000 TO 2026/05/25 00:20:00.000
 *     STA_LIST DAVOX
 *     CHAN_LIST BHZ,BHN,BHE
 *     WAVEFORM IMS2.0:CM6
 *     STOP
 *
 * Lists of stations and auxiliary codes are every one when not given, that of channels every vertical one. A bare keyword goes back to that.
 */
import { type Decoded, defaultLimits, imsTime, type Limits, ProblemList, parseTime } from "@harken/core";
import { lineAt, textOf } from "./lines.ts";
import type { ImsMessage } from "./message.ts";

export interface ImsWaveformRequest {
  readonly messageId: string;
  readonly source: string;
  /** Data asked for: [from, to), epoch s. */
  readonly from: number;
  readonly to: number;
  /** Codes in upper case; `*` stands for any letters. */
  readonly stations: readonly string[];
  readonly channels: readonly string[];
  readonly auxiliaries: readonly string[];
  /** CM6, CM8 or INT. */
  readonly subformat: "CM6" | "CM8" | "INT";
}

/** Every station, every vertical channel. */
const DEFAULTS = { stations: ["*"], channels: ["*Z"], auxiliaries: ["*"] } as const;
const LISTS: Readonly<Record<string, keyof typeof DEFAULTS>> = {
  STA_LIST: "stations",
  CHAN_LIST: "channels",
  AUX_LIST: "auxiliaries",
};
const SUBFORMATS = ["CM6", "CM8", "INT"] as const;
const LONGEST_LINE = 1024;
/** Lines that say how to answer and who asks: the business of whoever carries the message. */
const ENVELOPE = /^(?:E-MAIL|FTP|HELP)\b/i;

/** Never throws for what the bytes say. A line that asks for anything but waveforms is a problem, as is a request without a time. */
export function decodeImsWaveformRequests(
  bytes: Uint8Array,
  messages: readonly ImsMessage[],
  limits: Limits = defaultLimits,
): Decoded<ImsWaveformRequest> {
  const problems = new ProblemList(limits.maxProblems);
  const items: ImsWaveformRequest[] = [];
  for (const message of messages) {
    if (message.type !== "REQUEST") continue;
    for (const { start, end, line: firstLine } of message.sections) {
      let time: readonly [number, number] | null = null;
      const lists: Record<keyof typeof DEFAULTS, readonly string[]> = { ...DEFAULTS };
      let line = firstLine;
      for (let at = start; at < end; line++) {
        const found = lineAt(bytes, at, end);
        at = found.next;
        if (found.end - found.start > LONGEST_LINE) {
          problems.error("ims.long-line", `Line ${line} is longer than ${LONGEST_LINE} characters.`, { line });
          continue;
        }
        const text = textOf(bytes, found.start, found.end).trim();
        if (text === "" || ENVELOPE.test(text)) continue;
        const [word = "", ...rest] = text.split(/\s+/);
        const keyword = word.toUpperCase();
        const list = LISTS[keyword];
        if (list) lists[list] = rest.length > 0 ? codesOf(rest.join(" ")) : DEFAULTS[list];
        else if (keyword === "TIME") {
          time = timesOf(rest.join(" "));
          if (!time) problems.error("ims.bad-time", `Line ${line} has no time as "FROM to TO".`, { line });
        } else if (keyword === "WAVEFORM") {
          const subformat = subformatOf(rest[0]);
          if (!time) problems.error("ims.no-time", `Line ${line} asks for waveforms of no time.`, { line });
          else if (!subformat)
            problems.error("ims.subformat", `Line ${line} asks for a format other than ${SUBFORMATS.join(", ")}.`, {
              line,
            });
          else if (items.length < limits.maxItems)
            items.push({
              ...{ messageId: message.id, source: message.source, from: time[0], to: time[1], ...lists, subformat },
            });
        } else
          problems.error("ims.unknown-request", `Line ${line} asks for "${word}", which is not known here.`, { line });
      }
    }
  }
  return { items, problems: problems.list(), consumed: bytes.length };
}

/** Throws RangeError for codes that would break the line. */
export function writeImsWaveformRequest(request: ImsWaveformRequest): Uint8Array<ArrayBuffer> {
  const { messageId, source, from, to, stations, channels, auxiliaries, subformat } = request;
  const lists = Object.entries({ STA_LIST: stations, CHAN_LIST: channels, AUX_LIST: auxiliaries });
  for (const code of [messageId, ...lists.flatMap(([, codes]) => codes)])
    if (!/^[!-+--~]{1,20}$/.test(code)) throw new RangeError(`"${code}" cannot stand in a request`);
  const lines = [
    "BEGIN IMS2.0",
    "MSG_TYPE REQUEST",
    `MSG_ID ${messageId}${source ? ` ${source}` : ""}`,
    `TIME ${imsTime(from)} TO ${imsTime(to)}`,
    ...lists.map(([name, codes]) => `${name} ${codes.join(",")}`),
    `WAVEFORM IMS2.0:${subformat}`,
    "STOP",
  ];
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
}

/** Whether a code is one of a list, in which `*` stands for any letters. */
export function isAskedFor(code: string, list: readonly string[]): boolean {
  return list.some((pattern) => {
    const parts = pattern.toUpperCase().split("*");
    const text = code.toUpperCase();
    if (parts.length === 1) return text === parts[0];
    const last = parts.pop()!;
    let at = parts[0]!.length;
    if (!text.startsWith(parts[0]!)) return false;
    for (const part of parts.slice(1)) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  });
}

const codesOf = (text: string): string[] =>
  text
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((code) => code !== "");

function timesOf(text: string): readonly [number, number] | null {
  const [from, to, ...more] = text.split(/\s+to\s+/i).map((part) => parseTime(part.trim()));
  return typeof from === "number" && typeof to === "number" && to > from && more.length === 0 ? [from, to] : null;
}

function subformatOf(word: string | undefined): ImsWaveformRequest["subformat"] | null {
  const wanted = word?.split(":")[1]?.toUpperCase() ?? "CM6";
  return SUBFORMATS.find((one) => one === wanted) ?? null;
}
