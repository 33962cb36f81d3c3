/**
 * Request and subscription messages of IMS1.0 and IMS2.0 (IDC-3.4.1Rev1, "Request messages" and "Subscription messages"): environment lines say of
 * what, a request line asks for it.
 *
 *     BEGIN IMS2.0
 *     MSG_TYPE REQUEST
 *     MSG_ID 4711 IDC
 *     E-MAIL ana@ndc.example
 *     TIME 2026/05/25 00:10:00.000 TO 2026/05/25 00:20:00.000
 *     STA_LIST DAVOX
 *     WAVEFORM IMS2.0:CM6
 *     STOP
 *
 * Blanks before a line count for nothing, and a line that ends with a backslash goes on with the next. A message with an error is one that must not be
 * answered in part: whoever answers sends its problems back.
 */
import { type Decoded, defaultLimits, type Limits, type Problem, ProblemList } from "@harken/core";
import { sectionLines } from "../lines.ts";
import { decodeImsMessages, type ImsMessage } from "../message.ts";
import { defaultEnvironment, type ImsEnvironment, readEnvironmentLine } from "./environment.ts";
import { requestKinds } from "./kinds.ts";

export interface ImsRequest {
  /** Upper case and without synonyms: one of `requestKinds`. */
  readonly kind: string;
  /** Upper case: REVIEWED of ARRIVAL:REVIEWED; "" for none. */
  readonly subtype: string;
  /** Upper case: IMS2.0, CM6; the message's own format when the line names none. */
  readonly format: string;
  readonly subformat: string;
  readonly environment: ImsEnvironment;
  readonly line: number;
}

export interface ImsRequestMessage {
  readonly type: "REQUEST" | "SUBSCRIPTION" | "";
  readonly id: string;
  readonly source: string;
  readonly format: string;
  /** Where the answer shall go; null when not told. */
  readonly reply: { readonly way: "E-MAIL" | "FTP"; readonly address: string } | null;
  readonly asksHelp: boolean;
  readonly requests: readonly ImsRequest[];
  readonly problems: readonly Problem[];
}

const LONGEST_LINE = 1_024;
const MOST_LINES = 10_000;
const FORMAT = /^(?:IMS|GSE|RMS)\d\.\d{1,2}$/;
const WORD = /^[A-Z0-9_]*$/;

/** Never throws for what the bytes say. */
export function decodeImsRequests(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<ImsRequestMessage> {
  const problems = new ProblemList(limits.maxProblems);
  const text = plainLines(bytes, problems);
  const messages = decodeImsMessages(text, limits);
  const isOpen = messages.problems.some(({ code }) => code === "ims.no-stop");
  const items = messages.items.map((message) => decodeMessage(text, message, limits, isOpen));
  for (const problem of messages.problems) problems.add(problem);
  return { items, problems: problems.list(), consumed: bytes.length };
}

/** The same lines without the blanks before them, continuations joined; as many lines as before, so that numbers hold. */
function plainLines(bytes: Uint8Array, problems: ProblemList): Uint8Array {
  const lines: string[] = [];
  let open = "";
  let joined = 0;
  for (const { text } of sectionLines(bytes, { start: 0, end: bytes.length, line: 1 })) {
    if (lines.length + joined >= MOST_LINES) {
      problems.error("ims.too-long", `A message of more than ${MOST_LINES} lines is no request.`);
      break;
    }
    const line = open === "" ? text.trimStart() : open + text.trim();
    if (line.endsWith("\\") && line.length <= LONGEST_LINE) {
      open = `${line.slice(0, -1).trimEnd()} `;
      joined++;
      continue;
    }
    lines.push(line, ...Array.from({ length: joined }, () => ""));
    [open, joined] = ["", 0];
  }
  if (open !== "") lines.push(open);
  return latin1(lines.map((line) => `${line}\n`).join(""));
}

/** One byte for each letter, as the lines were read. */
function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function decodeMessage(text: Uint8Array, message: ImsMessage, limits: Limits, isOpen: boolean): ImsRequestMessage {
  const problems = new ProblemList(limits.maxProblems);
  const requests: ImsRequest[] = [];
  let environment: ImsEnvironment = defaultEnvironment;
  let reply: ImsRequestMessage["reply"] = null;
  let asksHelp = false;
  if (isOpen) problems.error("ims.no-stop", "The message has no STOP: it may have been cut.");
  if (message.format === "") problems.error("ims.no-begin", "The message does not begin with BEGIN and its format.");
  if (message.type !== "REQUEST" && message.type !== "SUBSCRIPTION")
    problems.error("ims.no-request", `MSG_TYPE "${message.type}" is neither REQUEST nor SUBSCRIPTION.`);
  if (message.id === "" && message.type !== "") problems.error("ims.no-id", "The message has no MSG_ID.");
  for (const section of message.sections)
    for (const { text: whole, line } of sectionLines(text, section)) {
      if (whole === "") continue;
      if (whole.length > LONGEST_LINE) {
        problems.error("ims.long-line", `Line ${line} is longer than ${LONGEST_LINE} characters.`, { line });
        continue;
      }
      const [, word = "", value = ""] = /^(\S*)\s*(.*)$/s.exec(whole)!;
      const keyword = word.toUpperCase();
      if (keyword === "E-MAIL" || keyword === "FTP") {
        reply = { way: keyword, address: value };
        continue;
      }
      if (keyword === "HELP") {
        asksHelp = true;
        continue;
      }
      const read = readEnvironmentLine(environment, keyword, value);
      if (typeof read === "string")
        problems.error("ims.bad-environment", `Line ${line}, ${keyword}: ${read}.`, { line });
      else if (read) environment = read;
      else {
        const request = requestOf(keyword, value, message, environment, line);
        if (typeof request === "string") problems.error("ims.bad-request", `Line ${line}: ${request}.`, { line });
        else if (requests.length < limits.maxItems) requests.push(request);
        environment = { ...environment, relativeTo: "" };
      }
    }
  return {
    ...{ type: message.type === "REQUEST" || message.type === "SUBSCRIPTION" ? message.type : "" },
    ...{ id: message.id, source: message.source, format: message.format },
    ...{ reply, asksHelp, requests, problems: problems.list() },
  };
}

function requestOf(
  keyword: string,
  value: string,
  message: ImsMessage,
  environment: ImsEnvironment,
  line: number,
): ImsRequest | string {
  const [name = "", subtype = "", ...more] = keyword.split(":");
  const kind = requestKinds[name];
  if (!kind || more.length > 0 || !WORD.test(subtype)) return `"${keyword.slice(0, 40)}" is not known here`;
  if (subtype !== "" && !kind.subtypes.includes(subtype)) return `there is no ${name}:${subtype}`;
  const [how = "", ...words] = value.toUpperCase().split(/\s+/);
  const [format = "", subformat = "", ...rest] = how.split(":");
  if (words.length > 0 || rest.length > 0 || (format !== "" && !FORMAT.test(format)) || !WORD.test(subformat))
    return `"${value.slice(0, 40)}" is no format`;
  const missing = [
    // A subscription is of what comes.
    ...(kind.needs.includes("time") && message.type !== "SUBSCRIPTION" && environment.time === null ? ["TIME"] : []),
    ...(kind.needs.includes("bulletin") && environment.bulletin === "" ? ["BULL_TYPE"] : []),
  ];
  if (missing.length > 0) return `${name} needs ${missing.join(" and ")} before it`;
  return { kind: kind.kind ?? name, subtype, format: format || message.format, subformat, environment, line };
}
