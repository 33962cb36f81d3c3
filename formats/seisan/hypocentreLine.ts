/**
 * Hypocentres of Nordic files: type 1 (time, place, up to three magnitudes), type H (the same with more digits) and type E (gap and errors).
 *
 *     1 columns: 2-5 year, 7-8 month, 9-10 day, 12-15 hour and minute, 17-20 s, 22 distance indicator, 23 type of event, 24-30 latitude,
 *     31-38 longitude, 39-43 depth, 44 F for a held depth, 46-48 agency, 49-51 stations, 52-55 RMS, then three times magnitude, letter, agency
 */
import { dateParts, epoch, wrapLongitude } from "@harken/core";
import { column, fixed, left, numberAt } from "../columns.ts";
import { magnitudeLetterOf, magnitudeTypeOf } from "./nordicCodes.ts";
import { nordicLineOf } from "./nordicText.ts";

export interface NordicMagnitude {
  readonly type: string;
  readonly value: number;
  readonly agency: string;
}

export interface Place {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

export interface HypocentreLine {
  readonly time: number;
  /** Begin of the day from which the readings count their hours. */
  readonly day: number;
  readonly place: Place | null;
  readonly depthKm: number | null;
  readonly isDepthHeld: boolean;
  readonly eventLetter: string;
  readonly agency: string;
  readonly stationCount: number | null;
  readonly rmsSec: number | null;
  readonly magnitudes: readonly NordicMagnitude[];
}

/** First columns of the three magnitudes. */
const MAGNITUDES = [56, 64, 72];

/** Null when the line has no date. */
export function readHypocentre(text: string): HypocentreLine | null {
  const when = readTime(text, 20);
  if (!when) return null;
  return {
    ...when,
    place: placeOf(numberAt(text, 24, 30), numberAt(text, 31, 38)),
    depthKm: numberAt(text, 39, 43),
    isDepthHeld: text.charAt(43) === "F",
    eventLetter: text.charAt(22),
    agency: column(text, 46, 48),
    stationCount: numberAt(text, 49, 51),
    rmsSec: numberAt(text, 52, 55),
    magnitudes: MAGNITUDES.flatMap((from) => {
      const value = numberAt(text, from, from + 3);
      if (value === null) return [];
      return [{ type: magnitudeTypeOf(text.charAt(from + 3)), value, agency: column(text, from + 5, from + 7) }];
    }),
  };
}

function readTime(text: string, lastOfSeconds: number): { readonly time: number; readonly day: number } | null {
  const [year, month, date] = [numberAt(text, 2, 5), numberAt(text, 7, 8), numberAt(text, 9, 10)];
  const [hour, minute] = [numberAt(text, 12, 13) ?? 0, numberAt(text, 14, 15) ?? 0];
  const second = numberAt(text, 16, lastOfSeconds) ?? 0;
  if (year === null || month === null || date === null) return null;
  if (!(year >= 0 && month >= 1 && month <= 12 && date >= 1 && date <= 31)) return null;
  if (![year, month, date, hour, minute].every(Number.isInteger)) return null;
  if (!(hour >= 0 && hour < 48 && minute >= 0 && minute <= 60 && second >= 0 && second < 1000)) return null;
  const day = epoch(year, month, date);
  return { day, time: day + 3600 * hour + 60 * minute + second };
}

function placeOf(latitudeDeg: number | null, longitudeDeg: number | null): Place | null {
  if (latitudeDeg === null || longitudeDeg === null) return null;
  if (Math.abs(latitudeDeg) > 90 || Math.abs(longitudeDeg) > 360) return null;
  return { latitudeDeg, longitudeDeg: Math.abs(longitudeDeg) > 180 ? wrapLongitude(longitudeDeg) : longitudeDeg };
}

export interface PreciseLine {
  readonly time: number;
  readonly place: Place | null;
  readonly depthKm: number | null;
  readonly rmsSec: number | null;
  /** "" in files of before version 12, which have one such line for the first hypocentre. */
  readonly agency: string;
}

export function readPrecise(text: string): PreciseLine | null {
  const when = readTime(text, 22);
  if (!when) return null;
  return {
    time: when.time,
    place: placeOf(numberAt(text, 24, 32), numberAt(text, 33, 43)),
    depthKm: numberAt(text, 44, 52),
    rmsSec: numberAt(text, 53, 59),
    agency: column(text, 61, 63),
  };
}

/** Standard deviations and covariances of x to the east, y to the north and z down, km. */
export interface ErrorLine {
  /** "" in files of before version 12. */
  readonly agency: string;
  readonly gapDeg: number | null;
  readonly timeSec: number | null;
  readonly xKm: number | null;
  readonly yKm: number | null;
  readonly zKm: number | null;
  readonly xyKm2: number;
  readonly xzKm2: number;
  readonly yzKm2: number;
}

/** Null when it is no such line. */
export function readErrors(text: string): ErrorLine | null {
  if (!text.startsWith(" GAP=")) return null;
  return {
    agency: column(text, 12, 14),
    gapDeg: numberAt(text, 6, 8),
    timeSec: numberAt(text, 15, 20),
    yKm: numberAt(text, 25, 30),
    xKm: numberAt(text, 33, 38),
    zKm: numberAt(text, 39, 43),
    xyKm2: numberAt(text, 44, 55) ?? 0,
    xzKm2: numberAt(text, 56, 67) ?? 0,
    yzKm2: numberAt(text, 68, 79) ?? 0,
  };
}

export interface WrittenHypocentre extends Omit<HypocentreLine, "day" | "place" | "depthKm" | "eventLetter">, Place {
  readonly depthKm: number;
  readonly eventLetter: string;
  readonly distanceLetter: string;
}

/** Magnitudes beyond the third stand on lines of the same time and agency without a place. */
export function writeHypocentre(origin: WrittenHypocentre): string[] {
  const { time, latitudeDeg, longitudeDeg, depthKm, isDepthHeld, stationCount, rmsSec } = origin;
  const known = origin.magnitudes.flatMap((each) => {
    const letter = magnitudeLetterOf(each.type);
    return letter === null ? [] : [`${fixed(each.value, 4, 1)}${letter}${left(each.agency, 3)}`];
  });
  const agency = left(origin.agency, 3);
  const place = [
    `${fixed(latitudeDeg, 7, 3)}${fixed(longitudeDeg, 8, 3)}${fixed(depthKm, 5, 1)}`,
    `${isDepthHeld ? "F" : " "} ${agency}${fixed(stationCount, 3, 0)}${fixed(rmsSec, 4, 1)}`,
  ].join("");
  const begin = `${timeColumns(time, 1)} ${origin.distanceLetter}${origin.eventLetter || " "}`;
  const lines = [nordicLineOf(`${begin}${place}${known.slice(0, 3).join("")}`, "1")];
  for (let from = 3; from < known.length; from += 3) {
    const more = `${begin}${" ".repeat(22)}${agency}${" ".repeat(7)}${known.slice(from, from + 3).join("")}`;
    lines.push(nordicLineOf(more, "1"));
  }
  return lines;
}

export function writePrecise(origin: WrittenHypocentre): string {
  const { time, latitudeDeg, longitudeDeg, depthKm, rmsSec, agency } = origin;
  const place = `${fixed(latitudeDeg, 9, 5)} ${fixed(longitudeDeg, 10, 5)} ${fixed(depthKm, 8, 3)}`;
  return nordicLineOf(`${timeColumns(time, 3)} ${place} ${fixed(rmsSec, 6, 3)} ${left(agency, 3)}`, "H");
}

/** Columns 1 to the end of the seconds. */
function timeColumns(time: number, digits: number): string {
  const { year, month, day, hour, minute, second, fraction } = dateParts(time, digits);
  const two = (value: number) => String(value).padStart(2);
  const date = ` ${String(year).padStart(4)} ${two(month)}${two(day)}`;
  return `${date} ${two(hour)}${two(minute)} ${fixed(second + fraction, digits + 3, digits)}`;
}

export function writeErrors(errors: ErrorLine): string {
  const begin = ` GAP=${fixed(errors.gapDeg, 3, 0)}   ${left(errors.agency, 3)}${fixed(errors.timeSec, 6, 2)}`;
  const sizes = `    ${fixed(errors.yKm, 6, 2)}  ${fixed(errors.xKm, 6, 2)}${fixed(errors.zKm, 5, 2)}`;
  const covariances = errors.xKm === null ? [] : [errors.xyKm2, errors.xzKm2, errors.yzKm2];
  return nordicLineOf(`${begin}${sizes}${covariances.map((value) => fortran(value)).join("")}`, "E");
}

/** As Fortran's E12.4 has it: 0.5373E+00. */
function fortran(value: number): string {
  const [digits = "0", power = "0"] = value.toExponential(3).split("e");
  const exponent = value === 0 ? 0 : Number(power) + 1;
  const sign = exponent < 0 ? "-" : "+";
  const mantissa = `${digits.startsWith("-") ? "-" : ""}0.${digits.replace(/[-.]/g, "")}`;
  return `${mantissa}E${sign}${String(Math.abs(exponent)).padStart(2, "0")}`.padStart(12);
}
