/**
 * Commands to a station in IMS2.0 messages, and its confirmations: COMMAND_REQUEST and COMMAND_RESPONSE. A line with one word says which command it is, the others
 * what of it.
 *
 *     BEGIN IMS2.0
 *     MSG_TYPE COMMAND_REQUEST
 *     MSG_ID 4711 CTBT_IDC
 *     CALIBRATE_START
 *     START_TIME 2026/03/01 12:00:00.000
 *     STA_LIST EKB
 *     CHAN_LIST BHZ
 *     TYPE RANDOM
 *     STOP
 *
 * The results of calibrations are in calibrationResult.ts.
 */
import { type Decoded, defaultLimits, type Limits, ProblemList, parseTime } from "@harken/core";
import type { MessageName } from "./calibrationResult.ts";
import { sectionLines } from "./lines.ts";
import { decodeImsMessages } from "./message.ts";

export interface ImsCommand {
  readonly message: MessageName;
  /** For a confirmation: the command that it answers; null when none is named. */
  readonly reference: MessageName | null;
  /** Upper case: CALIBRATE_START, CALIBRATE_CONFIRM. */
  readonly name: string;
  readonly startTime: number | null;
  /** Upper case. */
  readonly stations: readonly string[];
  readonly channels: readonly string[];
  /** Every line's word, in upper case, with what follows it. */
  readonly words: ReadonlyMap<string, string>;
}

const LINE = /^\s*([A-Z][A-Z_0-9-]{0,31})(?:\s+(\S.{0,900})?)?$/i;
const MOST_WORDS = 200;

/** Requests and confirmations; results and other messages are passed over. Never throws for what the bytes say. */
export function decodeImsCommands(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<ImsCommand> {
  const { items, problems: found, consumed } = decodeImsMessages(bytes, limits);
  const problems = new ProblemList(limits.maxProblems);
  for (const problem of found) problems.add(problem);
  const commands = items.flatMap((message): ImsCommand[] => {
    const preface = message.sections.find(({ dataType }) => dataType === "");
    if (!/^COMMAND_(?:REQUEST|RESPONSE)$/.test(message.type) || !preface) return [];
    const words = new Map<string, string>();
    let name = "";
    for (const { text } of sectionLines(bytes, preface)) {
      const [, word, rest = ""] = LINE.exec(text) ?? [];
      if (!word || words.size >= MOST_WORDS) continue;
      if (rest === "" && name === "") name = word.toUpperCase();
      else if (!words.has(word.toUpperCase())) words.set(word.toUpperCase(), rest.trim());
    }
    if (name === "CALIBRATE_RESULT") return [];
    if (name === "") {
      problems.error("ims.no-command", "A message of commands names none; it was left out.", { line: preface.line });
      return [];
    }
    const { id, source, reference } = message;
    return [
      {
        ...{ message: { id, source }, name, words },
        reference: reference && { id: reference.id, source: reference.source },
        startTime: parseTime(words.get("START_TIME") ?? ""),
        stations: listOf(words.get("STA_LIST")),
        channels: listOf(words.get("CHAN_LIST")),
      },
    ];
  });
  return { items: commands, problems: problems.list(), consumed };
}

const listOf = (text = ""): string[] =>
  text
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((code) => code !== "");

/** A request without a reference, a confirmation with one. */
export function writeImsCommand(
  message: MessageName,
  reference: MessageName | null,
  name: string,
  words: readonly (readonly [word: string, value: string])[],
): string {
  return [
    "BEGIN IMS2.0",
    `MSG_TYPE ${reference ? "COMMAND_RESPONSE" : "COMMAND_REQUEST"}`,
    `MSG_ID ${message.id} ${message.source}`.trimEnd(),
    ...(reference ? [`REF_ID ${reference.id} ${reference.source}`.trimEnd()] : []),
    name,
    ...words.map(([word, value]) => `${word} ${value}`),
    "STOP",
    "",
  ].join("\n");
}
