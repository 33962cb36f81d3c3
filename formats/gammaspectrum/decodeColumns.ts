/**
 * Spectra as plain columns of numbers: counts alone, or channel or energy and counts, with blanks, tabs, commas or semicolons between them. Lines that
 * do not begin with a number are a head and left out. The IAEA's test spectra (.ASC), whose first two counts are real and live time, are counts
 * alone: `timesFirst` takes these.
 *
 *     const [{ data }] = decodeSpectrumColumns(bytes).items;
 */
import { type Decoded, defaultLimits, type Limits, ProblemList } from "@harken/core";
import { number } from "../numbers.ts";
import { textLines } from "../textLines.ts";
import { countOf, type GammaSpectrumFile, gammaSpectrumFile, MAX_CHANNELS } from "./item.ts";

export interface ColumnOptions {
  readonly timesFirst?: boolean;
}

export function decodeSpectrumColumns(
  bytes: Uint8Array,
  limits: Limits = defaultLimits,
  { timesFirst = false }: ColumnOptions = {},
): Decoded<GammaSpectrumFile> {
  const problems = new ProblemList(limits.maxProblems);
  const places: number[] = [];
  const counts: number[] = [];
  const title: string[] = [];
  let columns = 0;
  for (const { text, number: line } of textLines(bytes, problems)) {
    const tokens = text
      .trim()
      .split(/[\s,;]+/)
      .filter(Boolean);
    if (tokens.length === 0) continue;
    if (number(tokens[0]!) === null) {
      if (counts.length === 0 && title.length < MAX_TITLE_LINES) title.push(text.trim().slice(0, 200));
      else problems.warning("columns.row", `"${text.trim().slice(0, 40)}" is no row of numbers.`, { line });
      continue;
    }
    columns ||= Math.min(2, tokens.length);
    const value = countOf(tokens[columns - 1] ?? "");
    if (value === null)
      problems.error("columns.count", `"${text.trim().slice(0, 40)}" gives no count; it counts as 0.`, { line });
    if (counts.length >= MAX_CHANNELS) {
      problems.error("columns.too-long", `The file has more than ${MAX_CHANNELS} rows; the others were left out.`, {
        line,
      });
      break;
    }
    places.push(columns === 2 ? number(tokens[0]!)! : counts.length);
    counts.push(value ?? 0);
  }
  if (counts.length < 2) {
    problems.error("columns.none", "The file holds no columns of counts.");
    return { items: [], problems: problems.list(), consumed: bytes.length };
  }
  const [realSec, liveSec] = timesFirst ? [counts[0]!, counts[1]!] : [null, null];
  if (timesFirst) counts.fill(0, 0, 2);
  const step = (places.at(-1)! - places[0]!) / (places.length - 1);
  const isChannel = places.every((place, i) => place === places[0]! + i) && places[0]! >= 0;
  const isEven = step > 0 && places.every((place, i) => Math.abs(place - places[0]! - i * step) < 0.6 * step);
  if (!isChannel && !isEven)
    problems.warning("columns.uneven", "The first column does not rise evenly; rows are taken as channels.");
  const item = gammaSpectrumFile({
    title: title.join("\n"),
    counts: Int32Array.from(counts),
    firstChannel: isChannel ? places[0]! : 0,
    startTime: null,
    realSec,
    liveSec,
    energy: !isChannel && isEven ? [places[0]!, step] : null,
  });
  return { items: [item], problems: problems.list(), consumed: bytes.length };
}

const MAX_TITLE_LINES = 40;
