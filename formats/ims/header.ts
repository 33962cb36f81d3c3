/**
 * The lines that describe a waveform: WID2 and STA2 of GSE2 and IMS (IDC-3.4.1Rev1, Tables 9 and 10, fixed columns), WID1 of GSE1. Real
 * writers slip by a column now and then; where the blanks between the columns are not blank, the words of the line are taken instead.
 */
import { parseTime } from "@harken/core";

export interface WaveformHeader {
  readonly startTime: number;
  readonly station: string;
  readonly channel: string;
  readonly auxiliary: string;
  /** INT, CM6, CM8, AUT, AU6, AU8; in upper case. */
  readonly subformat: string;
  readonly sampleCount: number;
  readonly sampleRateHz: number;
  readonly calibNmPerCount: number | null;
  readonly calperSec: number | null;
  readonly instrument: string;
  /** -1 for vertical channels. */
  readonly hangDeg: number;
  readonly vangDeg: number;
}

export interface StationLine {
  readonly network: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** null when it cannot be an elevation in km. */
  readonly elevationKm: number | null;
  readonly depthKm: number;
}

/** Columns of WID2, from 0, end excluded; the column after each is blank. */
const WID2_COLUMNS = [
  [5, 28],
  [29, 34],
  [35, 38],
  [39, 43],
  [44, 47],
  [48, 56],
  [57, 68],
  [69, 79],
  [80, 87],
  [88, 94],
  [95, 100],
  [101, 105],
] as const;
const SUBFORMAT = /^(?:INT|CM[68]|AUT|AU[68])$/i;
const VERTICAL = { hangDeg: -1, vangDeg: 0 };
const HIGHEST_KM = 12;

/** null when the line is no WID2 line that can be understood. */
export function parseWid2(line: string): WaveformHeader | null {
  return headerOf(columnsOf(line)) ?? headerOf(wordsOf(line));
}

function columnsOf(line: string): string[] | null {
  for (const [, end] of WID2_COLUMNS) if (line.length > end && line[end] !== " ") return null;
  return WID2_COLUMNS.map(([start, end]) => line.slice(start, end).trim());
}

/** Auxiliary code and instrument may be blank; the subformat tells which. */
function wordsOf(line: string): string[] | null {
  const words = line.trim().split(/\s+/);
  const at = words.findIndex((word, i) => i >= 5 && i <= 6 && SUBFORMAT.test(word));
  if (at < 0) return null;
  const [, date, time, station = "", channel = ""] = words;
  const [subformat = "", count = "", rate = "", calib = "", calper = "", ...rest] = words.slice(at);
  const [hang = "", vang = ""] = rest.slice(-2);
  const instrument = rest.length > 2 ? rest[0]! : "";
  const auxiliary = at === 6 ? words[5]! : "";
  return [
    `${date} ${time}`,
    station,
    channel,
    auxiliary,
    subformat,
    count,
    rate,
    calib,
    calper,
    instrument,
    hang,
    vang,
  ];
}

function headerOf(fields: readonly string[] | null): WaveformHeader | null {
  if (!fields) return null;
  const [time = "", station = "", channel = "", auxiliary = "", subformat = "", count = "", rate = ""] = fields;
  const [calib = "", calper = "", instrument = "", hang = "", vang = ""] = fields.slice(7);
  const startTime = parseTime(time);
  const sampleRateHz = number(rate);
  if (startTime === null || station === "" || !SUBFORMAT.test(subformat) || !/^\d+$/.test(count)) return null;
  if (sampleRateHz === null || sampleRateHz <= 0) return null;
  return {
    startTime,
    station,
    channel,
    auxiliary: dashed(auxiliary),
    subformat: subformat.toUpperCase(),
    sampleCount: Number(count),
    sampleRateHz,
    calibNmPerCount: positive(calib),
    calperSec: positive(calper),
    instrument: dashed(instrument),
    hangDeg: number(hang) ?? VERTICAL.hangDeg,
    vangDeg: number(vang) ?? VERTICAL.vangDeg,
  };
}

/** GSE1's WID1 and the line after it; samples are INTV or CMP6 with second differences, as INT and CM6 of GSE2. */
export function parseWid1(line: string, next: string): WaveformHeader | null {
  const match =
    /^WID1\s+(\d{4}) ?(\d{1,3})\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s(.{6})\s(.{8})\s(.{2})\s+([\d.]+)\s.*\b(INTV|CMP6) (\d)/i.exec(
      line,
    );
  if (!match) return null;
  const [, year, day, hour, minute, second, millisecond, count, station, instrument, channel, rate, type, differences] =
    match;
  const text = `${year}-${day!.padStart(3, "0")} ${hour}:${minute}:${second}.${millisecond!.padStart(3, "0")}`;
  const startTime = parseTime(text);
  const sampleRateHz = number(rate!);
  const packed = type!.toUpperCase() === "CMP6";
  if (startTime === null || sampleRateHz === null || sampleRateHz <= 0 || differences !== (packed ? "2" : "0"))
    return null;
  return {
    startTime,
    station: station!.trim(),
    channel: channel!.trim(),
    auxiliary: "",
    subformat: packed ? "CM6" : "INT",
    sampleCount: Number(count),
    sampleRateHz,
    calibNmPerCount: positive(next.slice(0, 10).trim()),
    calperSec: positive(next.slice(18, 27).trim()),
    instrument: instrument!.trim(),
    ...VERTICAL,
  };
}

/** null when the line names no place on earth; many writers fill it with -999. */
export function parseSta2(line: string): StationLine | null {
  const aligned = [15, 25].every((i) => (line[i] ?? " ") === " ");
  const words = /^STA2(?:\s+(\S*[A-Z]\S*))?\s+(-?[\d.]+)\s+(-?[\d.]+)(?:\s+[A-Z]\S*)?(.*)$/i.exec(line);
  const [network, latitude, longitude, rest] = aligned
    ? [line.slice(5, 14).trim(), line.slice(15, 24).trim(), line.slice(25, 35).trim(), line.slice(48)]
    : (words?.slice(1) ?? []);
  const latitudeDeg = number(latitude ?? "");
  const longitudeDeg = number(longitude ?? "");
  if (latitudeDeg === null || longitudeDeg === null) return null;
  if (Math.abs(latitudeDeg) > 90 || Math.abs(longitudeDeg) > 360) return null;
  const [elevation = "", depth = ""] = (rest ?? "").trim().split(/\s+/);
  const elevationKm = number(elevation);
  const depthKm = number(depth);
  return {
    network: dashed(network ?? ""),
    latitudeDeg,
    longitudeDeg: longitudeDeg > 180 ? longitudeDeg - 360 : longitudeDeg,
    elevationKm: elevationKm !== null && Math.abs(elevationKm) <= HIGHEST_KM ? elevationKm : null,
    depthKm: depthKm !== null && depthKm >= 0 && depthKm <= HIGHEST_KM ? depthKm : 0,
  };
}

/** Adding 0 turns -0 into 0. */
function number(text: string): number | null {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) + 0 : null;
}

function positive(text: string): number | null {
  const value = number(text);
  return value !== null && value > 0 ? value : null;
}

const dashed = (text: string) => (text === "-" ? "" : text);
