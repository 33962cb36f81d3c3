/**
 * The line of an origin in IMS1.0 bulletins (IDC-3.4.1Rev1, origin block). The examples in the specification's appendix slip by a column or
 * more from the depth on; the words of such lines are taken instead.
 */
import { imsTime, type Origin, type OriginError, parseTime, wrapLongitude } from "@harken/core";
import { areBlank, column, fixed, left, numberAt, right } from "../../columns.ts";
import { originErrorOf } from "../../errorEllipse.ts";
import { number } from "../../numbers.ts";

export const ORIGIN_HEADER =
  "   Date       Time        Err   RMS Latitude Longitude  Smaj  Smin  Az Depth   Err Ndef Nsta Gap  mdist  Mdist Qual   Author      OrigID";

/** Confidence of ellipses and intervals in IMS bulletins. */
const CONFIDENCE = 0.9;

/** "a" for automatic lists, "m" for reviewed ones, blank for others. */
export type AnalysisType = "a" | "m" | " ";

export function analysisType(list: string): AnalysisType {
  if (/^SEL\d/i.test(list)) return "a";
  return /^(?:REB|SEB|SSEB|NEB|NSEB|LEB)$/i.test(list) ? "m" : " ";
}

export function writeOrigin(origin: Origin, id: string, type: AnalysisType): string {
  const { error, depthType } = origin;
  const isFixed = depthType === "surface" || depthType === "default" || depthType === "analyst";
  const distances = origin.associations.map(({ deltaDeg }) => deltaDeg);
  const nearest = distances.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const farthest = distances.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return [
    `${imsTime(origin.time, 2)} `,
    fixed(error?.timeErrorSec ?? null, 5, 2),
    fixed(origin.rmsResidualSec, 5, 2),
    fixed(origin.latitudeDeg, 8, 4),
    `${fixed(origin.longitudeDeg, 9, 4)} ${fixed(error?.semiMajorKm ?? null, 5, 1)}`,
    fixed(error?.semiMinorKm ?? null, 5, 1),
    fixed(error?.strikeDeg ?? null, 3, 0),
    `${fixed(origin.depthKm, 5, 1)}${isFixed ? "f" : depthType === "depth-phase" ? "d" : " "}`,
    fixed(isFixed ? null : (error?.depthErrorKm ?? null), 4, 1),
    fixed(origin.definingCount, 4, 0),
    fixed(origin.stationCount, 4, 0),
    fixed(origin.azimuthGapDeg, 3, 0),
    fixed(nearest, 6, 2),
    fixed(farthest, 6, 2),
    type,
    "i",
    "uk",
    left(origin.author, 9),
    right(id, 8),
  ].join(" ");
}

export interface OriginLine {
  readonly id: string;
  readonly time: number;
  /** Null when the bulletin gives no place. */
  readonly place: { readonly latitudeDeg: number; readonly longitudeDeg: number } | null;
  readonly depthKm: number;
  readonly depthType: Origin["depthType"];
  readonly error: OriginError | null;
  readonly definingCount: number | null;
  readonly stationCount: number | null;
  readonly azimuthGapDeg: number | null;
  readonly rmsResidualSec: number | null;
  readonly author: string;
}

const STARTS_WITH_DATE = /^\d{4}\/\d{1,2}\/\d{1,2}\s/;

/** Null when the line is no origin. */
export function readOrigin(text: string): OriginLine | null {
  if (!STARTS_WITH_DATE.test(text)) return null;
  const time = parseTime(text.slice(0, 22));
  if (time === null) return null;
  const latitudeDeg = numberAt(text, 37, 44);
  const longitude = numberAt(text, 46, 54);
  const isPlace =
    latitudeDeg !== null && longitude !== null && Math.abs(latitudeDeg) <= 90 && Math.abs(longitude) <= 360;
  const semiMajorKm = numberAt(text, 56, 60);
  const semiMinorKm = numberAt(text, 62, 66);
  const rmsResidualSec = numberAt(text, 31, 35);
  const tail = (areBlank(text, TAIL_BLANKS) ? null : tailByWords(text.slice(70))) ?? tailByColumns(text);
  return {
    id: tail.id,
    time,
    place: isPlace
      ? { latitudeDeg, longitudeDeg: Math.abs(longitude) > 180 ? wrapLongitude(longitude) : longitude }
      : null,
    depthKm: tail.depthKm ?? 0,
    depthType: tail.depthKm === null ? "default" : depthTypeOf(tail.depthFlag, tail.depthKm),
    error:
      semiMajorKm === null || semiMinorKm === null
        ? null
        : originErrorOf({
            semiMajorKm,
            semiMinorKm,
            strikeDeg: numberAt(text, 68, 70) ?? 0,
            depthErrorKm: tail.depthErrorKm,
            timeErrorSec: numberAt(text, 25, 29) ?? 0,
            sdobs: rmsResidualSec ?? 0,
            confidence: CONFIDENCE,
          }),
    definingCount: tail.definingCount,
    stationCount: tail.stationCount,
    azimuthGapDeg: tail.azimuthGapDeg,
    rmsResidualSec,
    author: tail.author,
  };
}

/** Blank columns after the depth. */
const TAIL_BLANKS = [71, 78, 83, 88, 93, 97, 104, 111, 113, 115, 118, 128];

interface Tail {
  readonly depthKm: number | null;
  readonly depthFlag: string;
  readonly depthErrorKm: number | null;
  readonly definingCount: number | null;
  readonly stationCount: number | null;
  readonly azimuthGapDeg: number | null;
  readonly author: string;
  readonly id: string;
}

const tailByColumns = (line: string): Tail => ({
  depthKm: numberAt(line, 72, 76),
  depthFlag: column(line, 77, 77),
  depthErrorKm: numberAt(line, 79, 82),
  definingCount: numberAt(line, 84, 87),
  stationCount: numberAt(line, 89, 92),
  azimuthGapDeg: numberAt(line, 94, 96),
  author: column(line, 119, 127),
  id: column(line, 129, 136),
});

const TAIL =
  /^ *([\d.]+) ?([fd]?) +(?:([\d.]+) +)?(\d+) +(\d+) +(\d+) +[\d.]+ +[\d.]+ +[amg] +[ipgo] +[a-z]{2} +(\S+) +(\S+)/i;

function tailByWords(text: string): Tail | null {
  const match = TAIL.exec(text.slice(0, 100));
  if (!match) return null;
  const [, depth = "", depthFlag = "", error = "", defining = "", stations = "", gap = "", author = "", id = ""] =
    match;
  return {
    depthKm: number(depth),
    depthFlag,
    depthErrorKm: number(error),
    definingCount: number(defining),
    stationCount: number(stations),
    azimuthGapDeg: number(gap),
    author,
    id,
  };
}

function depthTypeOf(flag: string, depthKm: number): Origin["depthType"] {
  switch (flag.toLowerCase()) {
    case "d":
      return "depth-phase";
    case "f":
      return depthKm === 0 ? "surface" : "default";
    default:
      return "free";
  }
}
