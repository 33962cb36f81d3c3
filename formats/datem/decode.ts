/**
 * Measurements of tracer experiments (ETEX, CAPTEX, ANATEX and others) as NOAA's DATEM archive keeps them: a title, the names of the columns, then one
 * line for each sample (Draxler, Heffter and Rolph 2001, "DATEM: Data Archive of Tracer Experiments and Meteorology").
 *
 *     \datem\exp_data\captex\meas-t1.txt
 *     year mn dy  shr  dur   lat     lon    pmch  stn
 *     1983 09 18 1800 0300 39.65  -80.42      .0  302
 *
 * Start as year, month, day and HHMM, duration as HHMM, place, concentration (mostly pg/m^3), station. Negative concentrations stand for samples that
 * were lost.
 */
import { type Decoded, defaultLimits, epoch, type Limits, ProblemList, type TracerSample } from "@harken/core";
import { textLines } from "../textLines.ts";

const COLUMNS = 9;
const LONGEST_LINE = 200;

export function decodeTracerSamples(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<TracerSample> {
  const problems = new ProblemList(limits.maxProblems);
  const items: TracerSample[] = [];
  let named = false;
  for (const { text, number: line } of textLines(bytes, problems)) {
    const tokens = text.slice(0, LONGEST_LINE).trim().split(/\s+/);
    if (tokens[0] === "") continue;
    const names = tokens[0]!.toLowerCase() === "year";
    // The title stands before the names.
    if (names || (!named && line === 1)) {
      named ||= names;
      continue;
    }
    const sample = sampleOf(tokens);
    if (typeof sample === "string") {
      problems.error("datem.row", `${sample}; the line was left out.`, { line });
      continue;
    }
    if (items.length >= limits.maxItems) {
      problems.error("datem.too-many", `More than ${limits.maxItems} samples; the rest was left out.`, { line });
      break;
    }
    items.push(sample);
  }
  if (items.length === 0)
    problems.error("datem.empty", "There is no sample: this is no file of the DATEM archive, or it is cut off.");
  return { items, problems: problems.list(), consumed: bytes.length };
}

function sampleOf(tokens: readonly string[]): TracerSample | string {
  if (tokens.length < COLUMNS) return `The line has ${tokens.length} of ${COLUMNS} columns`;
  const numbers = tokens.slice(0, COLUMNS - 1).map(Number);
  if (!numbers.every(Number.isFinite)) return "One of the first eight columns is no number";
  const [year, month, day, start, duration, latitudeDeg, longitudeDeg, value] = numbers as [number, ...number[]] &
    readonly number[];
  const [from, length] = [seconds(start!), seconds(duration!)];
  if (from === null || !length || from > 86_400) return "Start or duration is not written as HHMM";
  if (!(Number.isInteger(year) && year > 0 && year < 10_000 && month! >= 1 && month! <= 12 && day! >= 1 && day! <= 31))
    return "The date cannot be";
  if (!(Math.abs(latitudeDeg!) <= 90 && Math.abs(longitudeDeg!) <= 360)) return "The place is not on the globe";
  const sampleStart = epoch(year, month!, day!, 0) + from;
  return {
    station: tokens[COLUMNS - 1]!,
    latitudeDeg: latitudeDeg!,
    longitudeDeg: longitudeDeg!,
    sampleStart,
    sampleStop: sampleStart + length,
    concentration: value! < 0 ? null : value!,
  };
}

/** Of HHMM; null when the minutes are none. */
function seconds(hhmm: number): number | null {
  const minutes = hhmm % 100;
  return Number.isInteger(hhmm) && hhmm >= 0 && hhmm < 1e6 && minutes < 60
    ? 3600 * Math.floor(hhmm / 100) + 60 * minutes
    : null;
}
