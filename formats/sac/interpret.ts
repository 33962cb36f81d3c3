/** From a SAC header to when, how fast, where and by what the samples were recorded. */
import { type Channel, type ChannelId, epochOfDay, type ProblemList, wrapLongitude } from "@harken/core";
import { type Orientation, orientationOfCode, orientationOfVang } from "../orientation.ts";
import { decimalOf, preciseSampleRateOf, sampleRateOf } from "../sampleRate.ts";
import { code, floatAt, footerAt, intAt, type SacHeader, UNDEFINED, wordAt } from "./layout.ts";

/** Intervals outside of this are no seismogram, s. */
const MIN_INTERVAL_SEC = 1e-7;
const MAX_INTERVAL_SEC = 1e6;
const plausible = (intervalSec: number) => intervalSec >= MIN_INTERVAL_SEC && intervalSec <= MAX_INTERVAL_SEC;

/** A float of the header, null when undefined or not a number. */
function float(header: SacHeader, name: keyof typeof floatAt): number | null {
  const value = header.floats[floatAt[name]]!;
  return Number.isFinite(value) && value !== UNDEFINED ? decimalOf(value) : null;
}

/** The same from the footer where the file has one. */
function precise(header: SacHeader, name: keyof typeof footerAt): number | null {
  const value = header.footer?.[footerAt[name]] ?? UNDEFINED;
  return Number.isFinite(value) && value !== UNDEFINED ? value : float(header, name);
}

/** Why the samples cannot be read as evenly spaced in time, or null. */
export function notATimeSeries(header: SacHeader): string | null {
  const type = header.ints[intAt.iftype]!;
  if (type !== code.ITIME && type !== code.IXY && type !== UNDEFINED) return `its type (iftype ${type}) is another`;
  return header.ints[intAt.leven] === 0 ? "its samples are not evenly spaced" : null;
}

/** Samples per second; null when neither the interval nor both ends of the trace tell it. */
export function rateOf(header: SacHeader, count: number, problems: ProblemList): number | null {
  const exact = header.footer?.[footerAt.delta] ?? 0;
  if (plausible(exact)) return preciseSampleRateOf(exact);
  const delta = header.floats[floatAt.delta]!;
  if (plausible(delta)) return sampleRateOf(delta);
  const [begin, end] = [precise(header, "b"), precise(header, "e")];
  const interval = begin === null || end === null ? 0 : (end - begin) / (count - 1);
  if (count > 1 && plausible(interval)) {
    problems.warning(
      "sac.bad-delta",
      `The sample interval is ${delta} s; it was taken from the trace's begin and end.`,
    );
    return sampleRateOf(Math.fround(interval));
  }
  problems.error(
    "sac.bad-delta",
    `The sample interval is ${delta} s, so that the samples have no times; they were left out.`,
  );
  return null;
}

/** Epoch seconds of the first sample: the reference time plus `b`. Without a reference time, `b` counts from 1970. */
export function startTimeOf(header: SacHeader, problems: ProblemList): number {
  const [year, day, hour, minute, second, milli] = header.ints.subarray(intAt.nzyear) as unknown as number[];
  const begin = precise(header, "b");
  if (begin === null) problems.warning("sac.no-begin", "The header gives no begin time (b); 0 was taken.");
  const inRange =
    between(year, 1000, 9999) &&
    between(day, 1, 366) &&
    between(hour, 0, 24) &&
    between(minute, 0, 59) &&
    between(second, 0, 60);
  if (!inRange) {
    problems.warning("sac.no-reference-time", "The header gives no valid reference time; times count from 1970-01-01.");
    return begin ?? 0;
  }
  const fraction = between(milli, 0, 999) ? milli! / 1000 : 0;
  return epochOfDay(year!, day!, hour, minute, second) + fraction + (begin ?? 0);
}

const between = (value: number | undefined, low: number, high: number) =>
  value !== undefined && value >= low && value <= high;

export function channelIdOf(header: SacHeader, problems: ProblemList): ChannelId {
  const word = (name: keyof typeof wordAt) => {
    const text = textOf(header.words[wordAt[name]]!);
    const clean = text.replace(/[^\w-]/g, "");
    if (clean !== text)
      problems.warning("sac.odd-code", `The header's ${name} holds letters that no code has; they were left out.`);
    return clean;
  };
  const station = word("kstnm");
  if (station === "") problems.warning("sac.no-station", "The header names no station.");
  const location = word("khole");
  return { network: word("knetwk"), station, location: location === "--" ? "" : location, channel: word("kcmpnm") };
}

const textOf = (word: string) => {
  const text = word.split("\0", 1)[0]!.trim();
  return text === String(UNDEFINED) ? "" : text;
};

/** The instrument's place and direction; null when the header gives no coordinates. The event in the header is not read. */
export function channelOf(
  header: SacHeader,
  id: ChannelId,
  sampleRateHz: number | null,
  problems: ProblemList,
): Channel | null {
  const latitudeDeg = precise(header, "stla");
  const longitudeDeg = precise(header, "stlo");
  if (latitudeDeg === null || longitudeDeg === null) return null;
  if (Math.abs(latitudeDeg) > 90 || Math.abs(longitudeDeg) > 360) {
    problems.warning(
      "sac.bad-coordinates",
      `The station's coordinates ${latitudeDeg}, ${longitudeDeg} are nowhere on Earth.`,
    );
    return null;
  }
  return {
    id,
    startTime: null,
    endTime: null,
    latitudeDeg,
    longitudeDeg: wrapLongitude(longitudeDeg),
    elevationKm: (float(header, "stel") ?? 0) / 1000,
    depthKm: (float(header, "stdp") ?? 0) / 1000,
    ...directionOf(header, id.channel, problems),
    sampleRateHz,
    instrument: textOf(header.words[wordAt.kinst]!),
    calibNmPerCount: null,
    calperSec: null,
    response: null,
  };
}

/** The header's direction, or what the component's letter stands for where it gives none. */
function directionOf(header: SacHeader, component: string, problems: ProblemList): Orientation {
  const azimuth = float(header, "cmpaz");
  const incidence = float(header, "cmpinc");
  if (azimuth !== null && incidence !== null) return orientationOfVang(azimuth, incidence);
  if (/[12]$/.test(component))
    problems.warning(
      "sac.no-orientation",
      `The header gives no direction for ${component}; it was taken as if it pointed to north or east.`,
    );
  return orientationOfCode(component);
}
