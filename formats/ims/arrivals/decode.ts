/** Reads DATA_TYPE ARRIVAL in all of its listings; the columns of a line are those of its listing. */
import { type Decoded, defaultLimits, type Limits, ProblemList, parseTime } from "@harken/core";
import { column, numberAt } from "../../columns.ts";
import { sectionLines } from "../lines.ts";
import type { ImsMessage } from "../message.ts";
import { type ArrivalColumn, type ArrivalListing, arrivalLayouts, type ImsArrivalLine } from "./layout.ts";

export interface ListedArrival extends ImsArrivalLine {
  readonly listing: ArrivalListing;
}

const HEADING = /^net\s+sta\b/i;

/** Never throws for what the bytes say. A listing that is not named is AUTOMATIC, as the standard has it. */
export function decodeImsArrivals(
  bytes: Uint8Array,
  messages: readonly ImsMessage[],
  limits: Limits = defaultLimits,
): Decoded<ListedArrival> {
  const problems = new ProblemList(limits.maxProblems);
  const items: ListedArrival[] = [];
  for (const section of messages.flatMap(({ sections }) => sections)) {
    if (section.dataType !== "ARRIVAL" && section.dataType !== "SLSD") continue;
    const listing = (section.subtype || "AUTOMATIC") as ArrivalListing;
    const layout = Object.hasOwn(arrivalLayouts, listing) ? arrivalLayouts[listing] : null;
    if (!layout) {
      problems.error("ims.bad-arrival", `There is no ARRIVAL:${section.subtype.slice(0, 20)}.`, { line: section.line });
      continue;
    }
    for (const { text, line } of sectionLines(bytes, section)) {
      if (text.trim() === "" || /^\s*\(/.test(text) || HEADING.test(text)) continue;
      if (items.length >= limits.maxItems) break;
      const read = readLine(text, layout.columns);
      if (read) items.push({ listing, ...read });
      else problems.error("ims.bad-arrival", "The line of DATA_TYPE ARRIVAL has no station or no time.", { line });
    }
  }
  return { items, problems: problems.list(), consumed: bytes.length };
}

function readLine(text: string, columns: readonly ArrivalColumn[]): ImsArrivalLine | null {
  const fields: Record<string, unknown> = { ...nothing };
  for (const { field, from, to, as } of columns)
    fields[field] =
      as === "time"
        ? parseTime(column(text, from, to))
        : typeof as === "number"
          ? numberAt(text, from, to)
          : column(text, from, to);
  return fields["time"] === null || fields["station"] === "" ? null : (fields as unknown as ImsArrivalLine);
}

const TEXTS = ["network", "station", "beam", "channel", "auxiliary", "phase", "quality", "group", "conflict"] as const;
const MORE_TEXTS = ["defining", "magnitudeType", "originId", "author", "id"] as const;
const NUMBERS = [
  ...(["azimuthDeg", "slownessSecPerDeg", "snr", "amplitudeNm", "periodSec", "shortTermAverage"] as const),
  ...(["durationSec", "deltaDeg", "eventStationAzimuthDeg", "timeResidualSec", "azimuthResidualDeg"] as const),
  ...(["slownessResidualSecPerDeg", "magnitude"] as const),
];
const nothing = Object.freeze({
  ...Object.fromEntries([...TEXTS, ...MORE_TEXTS].map((name) => [name, ""])),
  ...Object.fromEntries(NUMBERS.map((name) => [name, null])),
});
