/**
 * Source-receptor files as the CTBTO and the WMO's centres exchange them: one header line, then one line for each cell and step that is not zero.
 *
 *     48.37 -89.32 20190804 15 20190805 15 1.00000E+15 111 3 3 0.25 0.25 "THBAY"
 *        48.00   269.00    0    1.88059E-06    4.60649E-06
 *
 * Header: station's latitude and longitude, start and end of sampling (date, hour), release in Bq, hours simulated, hours between outputs, hours
 * averaged, cell size, station. Rows: latitude, longitude, step, value, and where the centre runs an ensemble its spread. Some centres write
 * longitude before latitude, and count steps from 1; both are recognised.
 */
import {
  type Decoded,
  defaultLimits,
  epoch,
  type Limits,
  ProblemList,
  type SourceReceptorField,
  wrapLongitude,
} from "@harken/core";

const HEADER_TOKENS = 13;

export function decodeSourceReceptorField(
  bytes: Uint8Array,
  limits: Limits = defaultLimits,
): Decoded<SourceReceptorField> {
  const problems = new ProblemList(limits.maxProblems);
  const nothing = () => ({ items: [], problems: problems.list(), consumed: 0 });
  const headerEnd = lineEnd(bytes, 0);
  const header = readHeader(new TextDecoder("latin1").decode(bytes.subarray(0, headerEnd)));
  if (typeof header === "string") {
    problems.error("srs.header", header, { line: 1 });
    return nothing();
  }
  const rows = readRows(bytes, headerEnd + 1, limits, problems);
  const lonFirst = rows.first.some((x) => Math.abs(x) > 90) || header.lonFirst;
  const [latitudes, longitudes] = lonFirst ? [rows.second, rows.first] : [rows.first, rows.second];
  if (latitudes.some((x) => Math.abs(x) > 90)) {
    problems.error("srs.position", "Neither of the first two columns can be a latitude; the file was left out.");
    return nothing();
  }
  if (rows.values.length === 0)
    problems.warning("srs.empty", "The field has no cells: no air of the domain reached the sample.");
  const lowest = rows.step.reduce((low, s) => Math.min(low, s), Number.POSITIVE_INFINITY);
  const { lonFirst: _, ...head } = header;
  const field: SourceReceptorField = {
    ...head,
    firstStep: lowest >= 1 && Number.isFinite(lowest) ? 1 : 0,
    cellLatitudeDeg: latitudes,
    cellLongitudeDeg: longitudes.map((x) => wrapLongitude(x)),
    step: rows.step,
    values: rows.values,
    spread: rows.spread,
  };
  return { items: [field], problems: problems.list(), consumed: bytes.length };
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(10, from);
  return end < 0 ? bytes.length : end;
}

/** The header's figures, or what is wrong with it. */
function readHeader(line: string) {
  const tokens = line.trim().split(/\s+/);
  if (tokens.length < HEADER_TOKENS)
    return `The header has ${tokens.length} of ${HEADER_TOKENS} fields; this is no source-receptor file.`;
  const numbers = tokens.slice(0, HEADER_TOKENS - 1).map(Number);
  if (!numbers.every(Number.isFinite)) return "A field of the header is no number.";
  const [a, b, , startHour, , stopHour, releaseBq, durationHours, outputHours, averageHours, stepLatDeg, stepLonDeg] =
    numbers as [number, number, ...number[]];
  const lonFirst = Math.abs(a) > 90;
  const sampleStart = dateOf(tokens[2]!, startHour!);
  const sampleStop = dateOf(tokens[4]!, stopHour!);
  if (sampleStart === null || sampleStop === null) return "A date of the header is not written as YYYYMMDD and HH.";
  if (!(sampleStop > sampleStart)) return "Sampling ends before it begins.";
  if (![releaseBq!, durationHours!, outputHours!, averageHours!, stepLatDeg!, stepLonDeg!].every((x) => x > 0))
    return "Release, hours and cell size must be positive.";
  return {
    lonFirst,
    station: tokens
      .slice(HEADER_TOKENS - 1)
      .join(" ")
      .replaceAll('"', ""),
    latitudeDeg: lonFirst ? b : a,
    longitudeDeg: wrapLongitude(lonFirst ? a : b),
    sampleStart,
    sampleStop,
    releaseBq: releaseBq!,
    durationHours: durationHours!,
    outputHours: outputHours!,
    averageHours: averageHours!,
    stepLatDeg: stepLatDeg!,
    stepLonDeg: stepLonDeg!,
  };
}

function dateOf(date: string, hour: number): number | null {
  const m = /^(\d{4})(\d\d)(\d\d)$/.exec(date);
  if (!m || !(hour >= 0 && hour <= 24)) return null;
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? epoch(year, month, day, hour) : null;
}

interface Rows {
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly step: Int32Array;
  readonly values: Float64Array;
  readonly spread: Float64Array | null;
}

/** A row is at least this long ("0 0 0 0" and a line feed), which bounds how many there can be. */
const SHORTEST_ROW = 8;

function readRows(bytes: Uint8Array, from: number, limits: Limits, problems: ProblemList): Rows {
  const room = Math.min(limits.maxSamples, Math.ceil(Math.max(0, bytes.length - from) / SHORTEST_ROW) + 1);
  const first = new Float32Array(room);
  const second = new Float32Array(room);
  const step = new Int32Array(room);
  const values = new Float64Array(room);
  const spread = new Float64Array(room);
  const tokens = new Float64Array(5);
  let count = 0;
  let withSpread = 0;
  let width = 0;
  for (let at = from, line = 2; at < bytes.length; line++) {
    const end = lineEnd(bytes, at);
    const found = readNumbers(bytes, at, end, tokens);
    const length = end - at;
    at = end + 1;
    if (found === 0) continue;
    // Columns have a width; a value that lost its exponent would still be a number.
    if (end === bytes.length && length < width) {
      problems.error("srs.cut", "The file ends within its last line, which was left out.", { line });
      break;
    }
    width = length;
    const isRow =
      found >= 4 &&
      Number.isInteger(tokens[2]!) &&
      tokens[2]! >= 0 &&
      tokens[2]! < 1e6 &&
      Math.abs(tokens[0]!) <= 720 &&
      Math.abs(tokens[1]!) <= 720;
    if (!isRow || !tokens.subarray(0, Math.min(found, 5)).every(Number.isFinite)) {
      problems.error("srs.row", "The row is not latitude, longitude, step and value; it was left out.", { line });
      continue;
    }
    if (count >= room) {
      problems.error("srs.too-many-rows", `More than ${room} rows; the rest was left out.`, { line });
      break;
    }
    first[count] = tokens[0]!;
    second[count] = tokens[1]!;
    step[count] = tokens[2]!;
    values[count] = tokens[3]!;
    if (found >= 5) {
      spread[count] = tokens[4]!;
      withSpread++;
    }
    count++;
  }
  return {
    first: first.slice(0, count),
    second: second.slice(0, count),
    step: step.slice(0, count),
    values: values.slice(0, count),
    spread: count > 0 && withSpread === count ? spread.slice(0, count) : null,
  };
}

/** Numbers of a line into `out`; how many there are, at most five, or -1 when a token is none. */
function readNumbers(bytes: Uint8Array, from: number, to: number, out: Float64Array): number {
  let count = 0;
  let at = from;
  while (at < to) {
    while (at < to && bytes[at]! <= 32) at++;
    let end = at;
    while (end < to && bytes[end]! > 32) end++;
    if (end === at) break;
    if (count < out.length) {
      const value = end - at > 40 ? Number.NaN : Number(String.fromCharCode(...bytes.subarray(at, end)));
      out[count] = value;
      if (Number.isNaN(value)) return -1;
    }
    count++;
    at = end;
  }
  return Math.min(count, out.length);
}
