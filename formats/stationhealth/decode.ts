/**
 * What radionuclide stations send beside spectra, in IMS2.0 messages: state of health of sampler and detector (RMSSOH), weather (MET), and alerts (ALERT_FLOW,
 * ALERT_SYSTEM, ALERT_TEMP, ALERT_UPS).
 *
 * A row of state of health is some values, the start of the interval that they are means over, and its length. Stations differ in how many values
 * they give, so the date is looked for, and what stands before it are the values.
 *
 *     const { items } = decodeStationHealth(bytes);
 *     items.flatMap((item) => (item.kind === "health" ? item.readings : []));
 */
import { type Decoded, defaultLimits, type Limits, ProblemList, parseTime } from "@harken/core";
import { decodeImsMessages } from "../ims/message.ts";
import { latin1 } from "../latin1.ts";
import { number } from "../numbers.ts";
import { type Block, cutBlocks, type Line } from "../phd/blocks.ts";
import { columnsOf } from "./columns.ts";

export interface HealthReading {
  /** The block, as "DetEnv". */
  readonly subject: string;
  readonly startTime: number;
  readonly durationSec: number;
  /** By name where the block's columns are known, otherwise "value1" and so on: a number or a word such as OPEN. */
  readonly values: Readonly<Record<string, number | string>>;
}

export interface StationHealth {
  readonly kind: "health";
  readonly station: string;
  readonly detector: string;
  readonly startTime: number | null;
  readonly stopTime: number | null;
  readonly readings: readonly HealthReading[];
  readonly comment: string;
}

export interface StationWeather {
  readonly kind: "weather";
  readonly station: string;
  readonly readings: readonly {
    readonly startTime: number;
    readonly stopTime: number;
    readonly temperatureC: number;
    readonly windFromDeg: number;
    readonly windMPerS: number;
    readonly pressureHPa: number;
    readonly humidityPercent: number;
    readonly rainMm: number;
  }[];
}

export interface StationAlert {
  readonly kind: "alert";
  /** As ALERT_FLOW. */
  readonly type: string;
  readonly station: string;
  /** The first time that the text gives. */
  readonly time: number | null;
  readonly text: string;
}

export type StationReport = StationHealth | StationWeather | StationAlert;

export function decodeStationHealth(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<StationReport> {
  const envelope = decodeImsMessages(bytes, limits);
  const problems = new ProblemList(limits.maxProblems);
  for (const problem of envelope.problems) problems.add(problem);
  const items: StationReport[] = [];
  for (const { sections } of envelope.items)
    for (const { dataType, start, end, line } of sections) {
      const type = dataType.replace(/^ALERT_?(?=FLOW|SYSTEM|TEMP|UPS)/, "ALERT_");
      if (items.length >= limits.maxItems || !/^(RMSSOH|MET|ALERT.*)$/.test(type)) continue;
      const text = latin1(bytes.subarray(start, end));
      if (type === "RMSSOH") items.push(readHealth(cutBlocks(text, line), line, limits, problems));
      else if (type === "MET") items.push(readWeather(text, line, limits, problems));
      else items.push(readAlert(type, text, line, problems));
    }
  if (items.length === 0 && problems.list().length === 0)
    problems.error("health.none", "The text holds no RMSSOH, MET or ALERT message (DATA_TYPE ...).");
  return { items, problems: problems.list(), consumed: bytes.length };
}

const tokensOf = ({ text }: Line) => text.trim().split(/\s+/).filter(Boolean);

function timeOf(date: string | undefined, clock: string | undefined): number | null {
  return date === undefined || clock === undefined ? null : parseTime(`${date.replaceAll("/", "-")}T${clock}`);
}

const isDate = (token: string) => /^\d{4}\/\d{1,2}\/\d{1,2}$/.test(token);

/** Every date with the clock that follows it. */
function timesIn(lines: readonly Line[]): number[] {
  return lines.flatMap((line) => {
    const tokens = tokensOf(line);
    return tokens.flatMap((token, i) => (isDate(token) ? (timeOf(token, tokens[i + 1]) ?? []) : []));
  });
}

function readHealth(blocks: readonly Block[], line: number, limits: Limits, problems: ProblemList): StationHealth {
  const header = blocks.find(({ name }) => /^header$/i.test(name));
  if (!header) problems.error("health.header", "The message has no #Header block.", { line });
  const lines = header?.lines.filter(({ text }) => text.trim() !== "") ?? [];
  const [station = "", detector = ""] = lines[0] ? tokensOf(lines[0]).filter((token) => !isDate(token)) : [];
  if (header && station === "") problems.error("health.header", "#Header names no station.", { line: header.line });
  const [startTime = null, stopTime = null] = timesIn(lines);
  const readings: HealthReading[] = [];
  for (const block of blocks) {
    if (/^(header|comment)$/i.test(block.name)) continue;
    for (const row of block.lines) {
      const tokens = tokensOf(row);
      if (tokens.length === 0 || readings.length >= limits.maxItems) continue;
      const at = tokens.findIndex(isDate);
      const time = at < 0 ? null : timeOf(tokens[at], tokens[at + 1]);
      const durationSec = at < 0 ? null : number(tokens[at + 2] ?? "");
      if (time === null || durationSec === null || durationSec < 0) {
        problems.error(
          "health.row",
          `#${block.name}: "${row.text.trim().slice(0, 60)}" gives no date, time and duration.`,
          { line: row.number },
        );
        continue;
      }
      const names = columnsOf(block.name);
      const values = tokens
        .slice(0, at)
        .map((token, i): [string, number | string] => [names[i] ?? `value${i + 1}`, number(token) ?? token]);
      readings.push({ subject: block.name, startTime: time, durationSec, values: Object.fromEntries(values) });
    }
  }
  const comment = blocks.find(({ name }) => /^comment$/i.test(name));
  return {
    kind: "health",
    station,
    detector,
    startTime,
    stopTime,
    readings,
    comment: (comment?.lines ?? [])
      .map(({ text }) => text)
      .join("\n")
      .trim(),
  };
}

const WEATHER_VALUES = 6;

/** A line with the station, then rows: start, stop, temperature, wind direction and speed, pressure, humidity, rain. */
function readWeather(text: string, firstLine: number, limits: Limits, problems: ProblemList): StationWeather {
  let station = "";
  const readings: StationWeather["readings"][number][] = [];
  text.split("\n").forEach((raw, i) => {
    const tokens = tokensOf({ text: raw, number: i });
    if (tokens.length === 0 || /^STOP$/i.test(tokens[0]!) || raw.startsWith("#")) return;
    const startTime = timeOf(tokens[0], tokens[1]);
    if (startTime === null && !isDate(tokens[0]!)) {
      station ||= tokens[0]!;
      return;
    }
    const stopTime = timeOf(tokens[2], tokens[3]);
    const values = tokens.slice(4, 4 + WEATHER_VALUES).map(number);
    if (startTime === null || stopTime === null || values.length < WEATHER_VALUES || values.includes(null)) {
      problems.error("met.row", `"${raw.trim().slice(0, 60)}" is no row of weather.`, { line: firstLine + i });
      return;
    }
    if (readings.length >= limits.maxItems) return;
    const [temperatureC, windFromDeg, windMPerS, pressureHPa, humidityPercent, rainMm] = values as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    readings.push({
      startTime,
      stopTime,
      temperatureC,
      windFromDeg,
      windMPerS,
      pressureHPa,
      humidityPercent,
      rainMm,
    });
  });
  if (station === "") problems.error("met.station", "The message names no station.", { line: firstLine });
  return { kind: "weather", station, readings };
}

function readAlert(type: string, text: string, line: number, problems: ProblemList): StationAlert {
  const lines = text
    .split("\n")
    .map((raw, i) => ({ text: raw.trim(), number: line + i }))
    .filter(({ text: said }) => said !== "" && !/^(STOP$|#)/i.test(said));
  const station = lines[0]?.text.split(/\s+/)[0] ?? "";
  if (station === "") problems.error("alert.station", "The alert names no station.", { line });
  return {
    kind: "alert",
    type,
    station,
    time: timesIn(lines)[0] ?? null,
    text: lines.map(({ text: said }) => said).join("\n"),
  };
}
