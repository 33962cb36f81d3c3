/**
 * Reads bulletins in the Nordic format of SEISAN, S-files and catalogues of any number of events, Nordic and Nordic2.
 *
 *     const { bulletin, waveformFiles, problems } = decodeNordic(bytes);
 *
 * A line of type 1 for each agency's hypocentre, the first one preferred; a line of the same agency and time without a place brings more
 * magnitudes. Lines of type E and H belong to the hypocentre of the agency they name, else to the first. Readings belong to the first
 * hypocentre: their distances are km, rounded as the file has them, their azimuths whole degrees. Hours beyond 24 are the next day's.
 * Amplitudes and back-azimuths with a line of their own go to the onset before them at their station. An agency's type of event becomes a
 * remark, as do its comments. A file of nothing but lines of type 1 is a compact catalogue: an event for each line, but lines within a
 * minute of each other are hypocentres of one event.
 */
import {
  type Arrival,
  type Bulletin,
  defaultLimits,
  type Limits,
  type Problem,
  ProblemList,
  type SeismicEvent,
} from "@harken/core";
import { readHypocentre } from "./hypocentreLine.ts";
import { nordicEvent } from "./nordicEvent.ts";
import { type NordicLine, nordicParagraphs } from "./nordicText.ts";
import { NotCarried } from "./notCarried.ts";

export interface NordicContents {
  readonly bulletin: Bulletin;
  /** Names of the files with the waveforms, by key of the event. */
  readonly waveformFiles: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Problem[];
}

/** Lines of one event that are read. */
const MAX_LINES = 20_000;
/** Origin times this near each other are of one event in a compact catalogue, s. */
const SAME_EVENT_SEC = 60;

export function decodeNordic(bytes: Uint8Array, limits: Limits = defaultLimits): NordicContents {
  const problems = new ProblemList(limits.maxProblems);
  const notCarried = new NotCarried();
  const keys = new Set<string>();
  const events: SeismicEvent[] = [];
  const arrivals: Arrival[] = [];
  const waveformFiles = new Map<string, readonly string[]>();
  for (const { lines: paragraph, isCut } of nordicParagraphs(bytes, MAX_LINES)) {
    if (keys.size >= limits.maxItems || arrivals.length >= limits.maxItems) {
      problems.error("nordic.too-many-events", `Only the first ${keys.size} events were read.`);
      break;
    }
    if (isCut)
      problems.error("nordic.long-event", `Only the first ${MAX_LINES} lines of an event were read.`, {
        line: paragraph[0]!.number,
      });
    for (const lines of compactEvents(paragraph)) {
      const found = nordicEvent(lines, keys, problems, notCarried);
      if (!found) continue;
      if (found.event) events.push(found.event);
      for (const arrival of found.arrivals) arrivals.push(arrival);
      if (found.waveformFiles.length > 0) waveformFiles.set(found.key, found.waveformFiles);
    }
  }
  notCarried.tell(problems);
  arrivals.sort((a, b) => a.time - b.time || (a.key < b.key ? -1 : 1));
  return { bulletin: { list: "", events, arrivals }, waveformFiles, problems: problems.list() };
}

/** The paragraph itself, or the events of a compact catalogue. */
function compactEvents(lines: readonly NordicLine[]): readonly (readonly NordicLine[])[] {
  if (lines.length < 2 || !lines.every(({ type }) => type === "1")) return [lines];
  const events: NordicLine[][] = [];
  let begin: number | null = null;
  for (const line of lines) {
    const time = readHypocentre(line.text)?.time ?? null;
    const belongs = begin !== null && (time === null || Math.abs(time - begin) <= SAME_EVENT_SEC);
    if (belongs) events.at(-1)!.push(line);
    else {
      events.push([line]);
      begin = time;
    }
  }
  return events;
}
