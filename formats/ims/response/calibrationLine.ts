/** CAL2: which channel, how many nm one count is at a period, and from when to when. */
import { type Channel, imsTime, parseTime } from "@harken/core";
import { areBlank, column, fixed, left } from "../../columns.ts";
import { number } from "../../numbers.ts";

export interface Calibration {
  readonly station: string;
  readonly channel: string;
  readonly auxiliary: string;
  readonly instrument: string;
  readonly calibNmPerCount: number;
  readonly calperSec: number;
  readonly sampleRateHz: number | null;
  readonly startTime: number | null;
  readonly endTime: number | null;
  readonly line: number;
}

const BLANKS = [5, 11, 15, 20, 27, 43, 51, 63, 74, 80, 91];

/** By columns, or by words where the writer left out the blanks of an empty field; null without a usable calibration. */
export function readCalibration(text: string, line: number): Calibration | null {
  const found = (areBlank(text, BLANKS) ? byColumns(text, line) : null) ?? byWords(text, line);
  return found && found.calibNmPerCount > 0 && found.calperSec > 0 && found.station !== "" && found.channel !== ""
    ? found
    : null;
}

const positive = (text: string): number | null => {
  const value = number(text);
  return value !== null && value > 0 ? value : null;
};
const dashed = (text: string) => text.replace(/^[-_]+$/, "");

function byColumns(text: string, line: number): Calibration | null {
  const calib = number(column(text, 28, 42));
  if (calib === null) return null;
  return {
    station: column(text, 6, 10),
    channel: column(text, 12, 14),
    auxiliary: dashed(column(text, 16, 19)),
    instrument: column(text, 21, 26),
    calibNmPerCount: calib,
    calperSec: number(column(text, 44, 50)) ?? 0,
    sampleRateHz: positive(column(text, 52, 62)),
    startTime: parseTime(column(text, 64, 79)),
    endTime: parseTime(column(text, 81, 96)),
    line,
  };
}

const MAX_WORDS = 14;
const DECIMAL = /^\d+\.\d*(?:[eE][-+]?\d+)?$/;
const DATE = /^\d{4}\/\d{1,2}\/\d{1,2}$/;

/** The calibration is the first decimal number; before it stand codes, after it numbers and dates. */
function byWords(text: string, line: number): Calibration | null {
  const words = text.trim().split(/\s+/, MAX_WORDS);
  const at = words.findIndex((word, i) => i >= 3 && DECIMAL.test(word));
  if (at < 0) return null;
  const [, station = "", channel = "", ...between] = words.slice(0, at);
  const [calib = "", calper = "", rate = ""] = words.slice(at);
  const dates = words.flatMap((word, i) => (DATE.test(word) ? parseTime(`${word} ${words[i + 1] ?? ""}`) : []));
  return {
    station,
    channel,
    auxiliary: between.length > 1 ? dashed(between[0]!) : "",
    instrument: between.at(-1) ?? "",
    calibNmPerCount: number(calib) ?? 0,
    calperSec: number(calper) ?? 0,
    sampleRateHz: positive(rate),
    startTime: dates[0] ?? null,
    endTime: dates[1] ?? null,
    line,
  };
}

/** `calib` and `calper` as the line states them. */
export function writeCalibration(channel: Channel, calib: number, calperSec: number): string {
  const { id } = channel;
  const time = (value: number | null) => (value === null ? "" : imsTime(value, 0).slice(0, 16));
  return [
    "CAL2",
    left(id.station, 5),
    left(id.channel, 3),
    left(id.location, 4),
    left(channel.instrument, 6),
    scientific(calib),
    fixed(calperSec, 7, 3),
    fixed(channel.sampleRateHz, 11, 5),
    left(time(channel.startTime), 16),
    left(time(channel.endTime), 16),
  ]
    .join(" ")
    .trimEnd();
}

/** e15.8 of Fortran. */
export const scientific = (value: number): string =>
  value
    .toExponential(8)
    .replace(/e([+-])(\d)$/, "e$10$2")
    .padStart(15);
