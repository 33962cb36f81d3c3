/**
 * Slowness-azimuth station corrections (SASC) as the IDC's programs read them, one file for a station. The format is told in the files'
 * own comments: a line with the default correction (x east, y north, error; s/deg), a line with the number of bins, and one line for each:
 * bounds of slowness and azimuth, both corrections, both errors.
 *
 *     const { items: [correction] } = decodeDirectionCorrection(bytes, "sasc.ASAR");
 */
import {
  type Decoded,
  type DirectionBin,
  type DirectionCorrection,
  defaultLimits,
  type Limits,
  ProblemList,
} from "@harken/core";
import { number } from "../numbers.ts";
import { textLines } from "../textLines.ts";

const MAX_LINE = 500;
const MAX_BINS = 100_000;
const BIN_COLUMNS = 8;
/** The comment that names the station, with the day of the table ("# ASAR, 20000106 15:50:15") or plainly. */
const TITLE = /^#\s*(?:([A-Za-z0-9]{2,8}),\s*\d{4}|station:\s*([A-Za-z0-9]{1,8})\s*$)/;

/** `name` is the file's name without folder; its extension is the station where no comment names it. */
export function decodeDirectionCorrection(
  bytes: Uint8Array,
  name: string,
  limits: Limits = defaultLimits,
): Decoded<DirectionCorrection> {
  const problems = new ProblemList(limits.maxProblems);
  const bins: DirectionBin[] = [];
  let station = /^sasc\.(\w{1,8})$/i.exec(name)?.[1] ?? "";
  let start: readonly number[] | null = null;
  let declared: number | null = null;
  let beyond = 0;
  for (const { text, number: line } of textLines(bytes, problems)) {
    const words = text.slice(0, MAX_LINE).trim();
    const title = TITLE.exec(words);
    if (station === "" && title) station = title[1] ?? title[2]!;
    if (words === "" || words.startsWith("#")) continue;
    const values = words.split(/\s+/).map(number);
    if (!values.every((value) => value !== null)) {
      problems.error("sasc.not-a-number", `"${words.slice(0, 40)}" is no row of numbers; it was left out.`, { line });
    } else if (start === null) {
      if (values.length >= 3 && values[2]! >= 0) start = values;
      else {
        problems.error("sasc.no-default", "The default correction (x, y, error) is missing.", { line });
        break;
      }
    } else if (declared === null) declared = values[0]!;
    else if (bins.length >= Math.min(declared, MAX_BINS, limits.maxItems)) beyond++;
    else {
      const bin = binOf(values);
      if (bin) bins.push(bin);
      else problems.error("sasc.bad-bin", `"${words.slice(0, 60)}" is no bin; it was left out.`, { line });
    }
  }
  if (start === null || station === "") {
    if (station === "") problems.error("sasc.no-station", "Neither the file nor its name says of which station it is.");
    return { items: [], problems: problems.list(), consumed: bytes.length };
  }
  // A count of zero is how the IDC's tables switch bins off.
  if (beyond > 0)
    problems.warning("sasc.beyond-count", `${beyond} rows beyond the ${declared} announced were left out.`);
  else if (declared !== null && declared !== bins.length)
    problems.warning("sasc.bin-count", `${declared} bins are announced, ${bins.length} were read.`);
  const [eastSecPerDeg, northSecPerDeg, errorSecPerDeg] = start as [number, number, number];
  const items = [{ station, eastSecPerDeg, northSecPerDeg, errorSecPerDeg, bins }];
  return { items, problems: problems.list(), consumed: bytes.length };
}

function binOf(values: readonly number[]): DirectionBin | null {
  const [slownessFrom, slownessTo, azimuthFrom, azimuthTo, slowness, azimuth, slownessError, azimuthError] =
    values as readonly [number, number, number, number, number, number, number, number];
  const whole = values.length >= BIN_COLUMNS && slownessFrom < slownessTo && azimuthFrom < azimuthTo;
  if (!whole || !(slownessError >= 0 && azimuthError >= 0)) return null;
  return {
    ...{ slownessFrom, slownessTo, azimuthFrom, azimuthTo, slownessSecPerDeg: slowness, azimuthDeg: azimuth },
    ...{ slownessErrorSecPerDeg: slownessError, azimuthErrorDeg: azimuthError },
  };
}
