/** The lines of one event of a Nordic file as an event of a bulletin. */
import { type Arrival, dateParts, type ProblemList, type SeismicEvent } from "@harken/core";
import { EventOrigins } from "./eventOrigins.ts";
import { eventReadings, type NumberedReading } from "./eventReadings.ts";
import { type HypocentreLine, readErrors, readHypocentre, readPrecise } from "./hypocentreLine.ts";
import { eventTypeRemark } from "./nordicCodes.ts";
import type { NordicLine } from "./nordicText.ts";
import type { NotCarried } from "./notCarried.ts";
import { readReading } from "./readingLine.ts";

export interface NordicEvent {
  readonly key: string;
  /** Null when no hypocentre has a place. */
  readonly event: SeismicEvent | null;
  readonly arrivals: readonly Arrival[];
  /** Names of the files with the waveforms. */
  readonly waveformFiles: readonly string[];
}

/** Lines that are no loss: headings of the readings. */
const HEADING = "7";
/** What else a line may hold; a bulletin has no place for it. */
const OTHER_TYPES: Readonly<Record<string, string>> = {
  "2": "felt reports (type 2)",
  "5": "error estimates of old files (type 5)",
  "8": "lines of type 8",
  F: "fault plane solutions (type F)",
  M: "moment tensors (type M)",
  P: "names of pictures (type P)",
};
/** Entries of the data base's own log among the comments. */
const LOG = /^OLDACT:/;

/** Null when no line says when it was. `usedKeys` are those of the events before. */
export function nordicEvent(
  lines: readonly NordicLine[],
  usedKeys: Set<string>,
  problems: ProblemList,
  notCarried: NotCarried,
): NordicEvent | null {
  const origins = new EventOrigins();
  const readings: NumberedReading[] = [];
  const comments: string[] = [];
  const waveformFiles: string[] = [];
  let first: HypocentreLine | null = null;
  let id = "";
  for (const { text, type, number: line, comment } of lines) {
    switch (type) {
      case "1": {
        const hypocentre = readHypocentre(text);
        if (!hypocentre) {
          problems.error("nordic.bad-hypocentre", "A line of type 1 has no date; it was left out.", { line });
          break;
        }
        first ??= hypocentre;
        if (!origins.add(hypocentre))
          problems.error("nordic.too-many-hypocentres", "The event has more hypocentres than are read.", { line });
        break;
      }
      case "H": {
        const precise = readPrecise(text);
        if (precise) origins.addPrecise(precise);
        break;
      }
      case "E": {
        const errors = readErrors(text);
        if (errors) origins.addErrors(errors);
        break;
      }
      case "I":
        id = /\bID:(\d{14})/.exec(text)?.[1] ?? id;
        break;
      case "3":
        if (!LOG.test(comment())) comments.push(comment());
        break;
      case "6":
        waveformFiles.push(comment());
        break;
      case " ":
      case "4": {
        const reading = readReading(text);
        if (reading) readings.push({ reading, line });
        else if (!isUnread(text))
          problems.warning("nordic.bad-reading", "A line of readings has no station or no time; it was left out.", {
            line,
          });
        break;
      }
      case HEADING:
        break;
      default:
        notCarried.add(OTHER_TYPES[type] ?? `lines of type ${type}`, line);
    }
  }
  const [{ number: line }] = lines as [NordicLine];
  if (!first) {
    problems.error("nordic.no-hypocentre", "An event begins without a line of type 1; it was left out.", { line });
    return null;
  }
  const key = unused(keyOf(id, first), usedKeys);
  const found = origins.finish(key);
  const [preferred, ...others] = found.origins;
  const event = { key, day: first.day, time: first.time, place: preferred ?? null };
  const { arrivals, associations } = eventReadings(readings, event, notCarried);
  if (!preferred) {
    problems.warning(
      "nordic.event-without-place",
      `Event ${key} has no hypocentre with a place; only its readings count.`,
      { line },
    );
    return { key, event: null, arrivals, waveformFiles };
  }
  const eventType = eventTypeRemark(first.eventLetter);
  const defining = associations.filter(({ timeDefining }) => timeDefining);
  const origin = {
    ...preferred,
    associations,
    definingCount: defining.length,
    remarks: [
      ...(eventType ? [eventType] : []),
      ...comments,
      ...found.remarks.filter((text) => !comments.includes(text)),
    ],
  };
  return {
    key,
    event: { key, preferredOriginKey: preferred.key, origins: [origin, ...others] },
    arrivals,
    waveformFiles,
  };
}

/** Readings that somebody began, without a time; and lines of nothing but blanks and a type. */
const isUnread = (text: string) => text.slice(18, 60).trim() === "";

/** The data base's number, and the time of the first hypocentre, since copies of an event keep the number. */
function keyOf(id: string, { time }: HypocentreLine): string {
  const { year, month, day, hour, minute, second, fraction } = dateParts(time, 1);
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = `${two(hour)}${two(minute)}${two(second)}.${Math.round(fraction * 10)}`;
  return `${id || `${String(year).padStart(4, "0")}${two(month)}${two(day)}`}/${clock}`;
}

function unused(key: string, used: Set<string>): string {
  let free = key;
  for (let n = 2; used.has(free); n++) free = `${key}/${n}`;
  used.add(free);
  return free;
}
