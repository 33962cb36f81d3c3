/**
 * Reads bulletins of IMS1.0 and IMS2.0 messages, short and long, and of the ISC's extension ISF: DATA_TYPE BULLETIN, EVENT and ORIGIN.
 *
 *     const messages = decodeImsMessages(bytes).items;
 *     const { bulletin, problems } = decodeImsBulletin(bytes, messages);
 *
 * Events, origins and arrivals keep the identifiers of the file as their keys. Phase lines give the time of day only: the day is that of the
 * first such time after the origin. Of an event's origins the one marked #PRIME is preferred, else the ISC's, else the first. Blocks of the
 * long format (screening, characterisation) and of ISF (references, effects, moment tensors) are passed over.
 */
import { type Bulletin, defaultLimits, type Limits, type Problem, ProblemList } from "@harken/core";
import { textLines } from "../../textLines.ts";
import type { ImsMessage } from "../message.ts";
import { BulletinBuilder } from "./builder.ts";

const TYPES = new Set(["BULLETIN", "EVENT", "ORIGIN"]);

export function decodeImsBulletin(
  bytes: Uint8Array,
  messages: readonly ImsMessage[],
  limits: Limits = defaultLimits,
): { readonly bulletin: Bulletin | null; readonly problems: readonly Problem[] } {
  const problems = new ProblemList(limits.maxProblems);
  const builder = new BulletinBuilder(problems, limits);
  let found = false;
  for (const section of messages.flatMap(({ sections }) => sections)) {
    if (!TYPES.has(section.dataType)) continue;
    if (section.format.startsWith("GSE")) {
      const message = `${section.dataType} in ${section.format} is not read; ask for IMS1.0.`;
      problems.warning("ims.gse-bulletin", message, { line: section.line - 1 });
      continue;
    }
    found = true;
    builder.startSection();
    // Comments may be UTF-8.
    for (const { text, number } of textLines(bytes.subarray(section.start, section.end), problems))
      builder.read({ text: text.trimEnd(), line: section.line + number - 1 });
  }
  return { bulletin: found ? builder.finish() : null, problems: problems.list() };
}
