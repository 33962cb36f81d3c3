/**
 * CALIBRATE_RESULT of IMS2.0: what a station answers when its calibration is done. A COMMAND_RESPONSE with the channel, whether it is
 * within its specification, the calibration, and the measured response as DATA_TYPE RESPONSE.
 *
 *     BEGIN IMS2.0
 *     MSG_TYPE COMMAND_RESPONSE
 *     MSG_ID 4712 KAZ_NDC
 *     REF_ID 4711 CTBT_IDC
 *     CALIBRATE_RESULT
 *     TIME_STAMP 2026/03/01 12:00:00.000
 *     STA_LIST EKB
 *     CHAN_LIST BHZ
 *     IN_SPEC YES
 *     CALIB 1.268E-01
 *     CALPER 1.0
 *     DATA_TYPE RESPONSE IMS2.0
 *     CAL2 ...
 *     STOP
 */
import { type Channel, type Decoded, defaultLimits, imsTime, type Limits, ProblemList, parseTime } from "@harken/core";
import { number } from "../numbers.ts";
import { sectionLines } from "./lines.ts";
import { decodeImsMessages, type ImsMessage } from "./message.ts";
import { readResponseSection } from "./response/decode.ts";
import { writeResponseSection } from "./response/encode.ts";

export interface MessageName {
  readonly id: string;
  readonly source: string;
}

export interface CalibrationResult {
  readonly message: MessageName;
  /** The command that it answers; null when none is named. */
  readonly reference: MessageName | null;
  /** When the calibration was done, epoch seconds. */
  readonly time: number | null;
  readonly station: string;
  readonly channel: string;
  /** Null where the message does not tell. */
  readonly inSpec: boolean | null;
  /** nm per count at `calperSec`, as measured. */
  readonly calibNmPerCount: number | null;
  readonly calperSec: number | null;
  /** The channels of the response section, as measured. */
  readonly responses: readonly Channel[];
}

/** Results of all messages; other messages are passed over. Never throws for what the bytes say. */
export function decodeCalibrationResults(
  bytes: Uint8Array,
  limits: Limits = defaultLimits,
): Decoded<CalibrationResult> {
  const { items, problems: found, consumed } = decodeImsMessages(bytes, limits);
  const problems = new ProblemList(limits.maxProblems);
  for (const problem of found) problems.add(problem);
  const results = items.flatMap((message) => resultOf(bytes, message, problems) ?? []);
  return { items: results, problems: problems.list(), consumed };
}

function resultOf(bytes: Uint8Array, message: ImsMessage, problems: ProblemList): CalibrationResult | null {
  const preface = message.sections.find(({ dataType }) => dataType === "");
  if (message.type !== "COMMAND_RESPONSE" || !preface) return null;
  const words = new Map<string, string>();
  for (const { text } of sectionLines(bytes, preface)) {
    const [, word, rest] = /^\s*([A-Z_]{1,32})(?:\s+(.{0,256}))?$/i.exec(text) ?? [];
    if (word && !words.has(word.toUpperCase())) words.set(word.toUpperCase(), rest?.trim() ?? "");
  }
  if (!words.has("CALIBRATE_RESULT")) return null;
  const responses: Channel[] = [];
  for (const section of message.sections)
    if (section.dataType === "RESPONSE") readResponseSection(sectionLines(bytes, section), responses, problems);
  const [station, channel] = ["STA_LIST", "CHAN_LIST"].map((word) => words.get(word) ?? "") as [string, string];
  if (station === "" || channel === "") {
    const text = "A calibration result names no station or no channel (STA_LIST, CHAN_LIST); it was left out.";
    problems.error("ims.bad-calibration-result", text, { line: preface.line });
    return null;
  }
  const positive = (word: string): number | null => {
    const value = number(words.get(word) ?? "");
    if (value !== null && value > 0 && Number.isFinite(value)) return value;
    if (words.has(word))
      problems.warning("ims.bad-calibration-number", `${word} of a calibration result is no positive number.`, {
        line: preface.line,
      });
    return null;
  };
  const spec = words.get("IN_SPEC")?.toUpperCase();
  const { reference } = message;
  return {
    message: { id: message.id, source: message.source },
    reference: reference && { id: reference.id, source: reference.source },
    time: parseTime(words.get("TIME_STAMP") ?? ""),
    station,
    channel,
    inSpec: spec === "YES" ? true : spec === "NO" ? false : null,
    calibNmPerCount: positive("CALIB"),
    calperSec: positive("CALPER"),
    responses,
  };
}

/** The message of one result. */
export function writeCalibrationResult(result: CalibrationResult): string {
  const { message, reference, time, inSpec, calibNmPerCount, calperSec, responses } = result;
  const optional = (word: string, text: string | null) => (text === null ? [] : [`${word} ${text}`]);
  const [, ...response] = writeResponseSection(responses);
  return [
    "BEGIN IMS2.0",
    "MSG_TYPE COMMAND_RESPONSE",
    `MSG_ID ${message.id} ${message.source}`.trimEnd(),
    ...optional("REF_ID", reference && `${reference.id} ${reference.source}`.trimEnd()),
    "CALIBRATE_RESULT",
    ...optional("TIME_STAMP", time === null ? null : imsTime(time)),
    `STA_LIST ${result.station}`,
    `CHAN_LIST ${result.channel}`,
    ...optional("IN_SPEC", inSpec === null ? null : inSpec ? "YES" : "NO"),
    ...optional("CALIB", calibNmPerCount === null ? null : calibNmPerCount.toExponential(8).toUpperCase()),
    ...optional("CALPER", calperSec === null ? null : calperSec.toFixed(3)),
    ...(response.length > 0 ? ["DATA_TYPE RESPONSE IMS2.0", ...response] : []),
    "STOP",
    "",
  ].join("\n");
}
