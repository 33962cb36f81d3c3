/**
 * The envelope of GSE2.x, IMS1.0 and IMS2.0 messages (IDC-3.4.1Rev1, "Message preface"): which messages a file holds and which sections
 * each has. What stands in a section is its decoder's affair.
 *
 *     BEGIN IMS2.0
 *     MSG_TYPE DATA
 *     MSG_ID 4711 KAZ_NDC
 *     DATA_TYPE WAVEFORM IMS2.0:CM6
 *     WID2 ...
 *     STOP
 *
 * Text around the messages (mail headers, for one) is left out. A file without BEGIN, as many archives keep replies, is one message without
 * names. Words that make the envelope stand at the start of a line, in any case.
 */
import { type Decoded, defaultLimits, type Limits, ProblemList } from "@harken/core";
import { lineAt, textOf } from "./lines.ts";

/** What stands between one DATA_TYPE line and the next, or before the first (a request's lines); bytes `start` to `end`. */
export interface ImsSection {
  /** Upper case, such as "WAVEFORM"; "" where no DATA_TYPE line was met. */
  readonly dataType: string;
  /** What follows the colon: "REVIEWED" of ARRIVAL:REVIEWED. */
  readonly subtype: string;
  /** Upper case, such as "IMS1.0"; the message's own format when the section names none. */
  readonly format: string;
  /** What follows the colon: "CM6", "SHORT". */
  readonly subformat: string;
  readonly start: number;
  readonly end: number;
  /** Number of the first line, from 1 in the file. */
  readonly line: number;
}

export interface ImsMessage {
  /** Upper case, such as "IMS2.0"; "" when not given. */
  readonly format: string;
  /** Upper case: DATA, REQUEST, SUBSCRIPTION, COMMAND_RESPONSE; "" when not given. */
  readonly type: string;
  readonly id: string;
  readonly source: string;
  /** The message that this one answers, and which part of the answer it is. */
  readonly reference: {
    readonly id: string;
    readonly source: string;
    readonly part: number;
    readonly of: number;
  } | null;
  readonly product: { readonly id: string; readonly delivery: string } | null;
  readonly sections: readonly ImsSection[];
}

type Draft = { -readonly [K in keyof ImsMessage]: K extends "sections" ? ImsSection[] : ImsMessage[K] };

const newDraft = (format: string): Draft => ({
  format,
  type: "",
  id: "",
  source: "",
  reference: null,
  product: null,
  sections: [],
});

const ENVELOPE =
  /^(?:(BEGIN)(?:\s+([A-Z]{3}\d\S*))?|(STOP)|(DATA_TYPE|MSG_TYPE|MSG_ID|REF_ID|PROD_ID)(?:\s+(.*))?)\s*$/i;
/** How lines of the envelope begin: two letters as one number, in upper case. */
const pair = (first: number, second: number) => ((first << 8) | second) & 0xdfdf;
const BEGINNINGS = new Set(
  ["BE", "ST", "DA", "MS", "RE", "PR"].map((two) => pair(two.charCodeAt(0), two.charCodeAt(1))),
);
const LONGEST_ENVELOPE_LINE = 1024;

/** Never throws for what the bytes say; a message whose STOP is missing ends where the next begins, with a problem. */
export function decodeImsMessages(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<ImsMessage> {
  const problems = new ProblemList(limits.maxProblems);
  const messages: ImsMessage[] = [];
  let draft: Draft | null = newDraft("");
  let section: Omit<ImsSection, "end"> | null = { ...untyped(""), start: 0, line: 1 };
  /** Line of the BEGIN that is open; 0 before the first. */
  let begun = 0;
  let dropped = 0;

  const closeSection = (end: number) => {
    if (draft && section && (section.dataType !== "" || !isBlank(bytes, section.start, end)))
      draft.sections.push({ ...section, end });
    section = null;
  };
  const closeMessage = (end: number, stopped: boolean) => {
    closeSection(end);
    if (draft && begun > 0 && !stopped) {
      const message = `The message that begins in line ${begun} has no STOP; what came was kept.`;
      problems.warning("ims.no-stop", message, { line: begun });
    }
    if (draft && messages.length < limits.maxItems) messages.push(draft);
    else if (draft) dropped++;
    draft = null;
  };

  for (let at = 0, line = 1; at < bytes.length; line++) {
    const { start, end, next } = lineAt(bytes, at);
    at = next;
    if (!mayBeEnvelope(bytes, start, end)) continue;
    const match = ENVELOPE.exec(textOf(bytes, start, end));
    if (!match || isLastOfSamples(bytes, next)) continue;
    const [, begin, format = "", stop, word = "", rest = ""] = match;
    if (begin) {
      // What stands before the first BEGIN is no message, unless it names its type.
      if (begun === 0 && section?.dataType === "") draft = null;
      closeMessage(start, false);
      draft = newDraft(format.toUpperCase());
      section = { ...untyped(draft.format), start: next, line: line + 1 };
      begun = line;
    } else if (!draft) continue;
    else if (stop) closeMessage(start, true);
    else if (word.toUpperCase() === "DATA_TYPE") {
      closeSection(start);
      section = { ...dataTypeOf(rest, draft.format), start: next, line: line + 1 };
    } else if (section?.dataType === "") {
      readPreface(draft, word.toUpperCase(), rest.split(/\s+/));
      section = { ...section, start: next, line: line + 1 };
    }
  }
  closeMessage(bytes.length, false);
  if (dropped > 0)
    problems.error("ims.too-many-messages", `${dropped} messages above the limit of ${limits.maxItems} were left out.`);
  return { items: messages, problems: problems.list(), consumed: bytes.length };
}

const untyped = (format: string) => ({ dataType: "", subtype: "", format, subformat: "" });

/** `ARRIVAL:REVIEWED IMS1.0:SHORT`: type, colon, subtype, blank, format, colon, subformat. */
function dataTypeOf(rest: string, messageFormat: string) {
  const [what = "", how = ""] = rest.toUpperCase().split(/\s+/);
  const [dataType = "", subtype = ""] = what.split(":");
  const [format = "", subformat = ""] = how.split(":");
  return { dataType, subtype, format: format || messageFormat, subformat };
}

function readPreface(draft: Draft, word: string, [first = "", second = "", ...rest]: readonly string[]): void {
  if (word === "MSG_TYPE") draft.type = first.toUpperCase();
  else if (word === "MSG_ID") Object.assign(draft, { id: first, source: second });
  else if (word === "PROD_ID") draft.product = { id: first, delivery: second };
  else if (word === "REF_ID") {
    // The source may be left out: REF_ID id PART n OF m.
    const isSource = second !== "" && !/^part$/i.test(second);
    const words = isSource ? rest : [second, ...rest];
    const after = (name: string) => Number(words[words.findIndex((w) => w.toLowerCase() === name) + 1]) || 1;
    draft.reference = { id: first, source: isSource ? second : "", part: after("part"), of: after("of") };
  }
}

function mayBeEnvelope(bytes: Uint8Array, start: number, end: number): boolean {
  return BEGINNINGS.has(pair(bytes[start]!, bytes[start + 1]!)) && end - start <= LONGEST_ENVELOPE_LINE;
}

/** The last line of compressed samples may spell STOP or BEGIN; only there does a checksum come `next`. */
const isLastOfSamples = (bytes: Uint8Array, next: number) => startsWith(bytes, next, "CHK");

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! > 32) return false;
  return true;
}

function startsWith(bytes: Uint8Array, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if ((bytes[at + i]! & 0xdf) !== (word.charCodeAt(i) & 0xdf)) return false;
  return true;
}
