/**
 * What a request to an FDSN web service says (FDSN Web Service Specifications 1.2), as an address or as a form:
 *
 *     network=XX&station=ST?,AB*&location=--&start=2026-11-01&end=2026-11-02
 *
 *     minimumlength=10
 *     XX ST0 -- BH? 2026-11-01T00:00:00 2026-11-02T00:00:00
 *
 * Every parameter that a service does not know, that comes twice or cannot be read is refused by name.
 */
import { type ChannelId, parseTime } from "@harken/core";
import { fitsPattern } from "@harken/formats";
import { centerErrors } from "../errors.ts";

/** Channels by lists of patterns with * and ?, over a time; an open end is infinite. */
export interface Selection {
  readonly network: readonly string[];
  readonly station: readonly string[];
  readonly location: readonly string[];
  readonly channel: readonly string[];
  readonly from: number;
  readonly to: number;
}

export interface FdsnRequest {
  /** By their long names. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly selections: readonly Selection[];
}

export const selectionNames = ["network", "station", "location", "channel", "starttime", "endtime"] as const;

const LONG_NAMES: Readonly<Record<string, string>> = {
  ...{ net: "network", sta: "station", loc: "location", cha: "channel", start: "starttime", end: "endtime" },
  ...{ lat: "latitude", lon: "longitude", minlat: "minlatitude", maxlat: "maxlatitude" },
  ...{ minlon: "minlongitude", maxlon: "maxlongitude", minmag: "minmagnitude", maxmag: "maxmagnitude" },
  magtype: "magnitudetype",
};
const MOST_LINES = 5_000;
const PATTERN = /^[A-Za-z0-9*?_-]{1,24}$/;

export const refuse = (reason: string) => centerErrors.make("FDSN_PARAMETER", { reason });

export function readQuery(query: string, known: readonly string[]): FdsnRequest {
  const parameters = collect([...new URLSearchParams(query)], known);
  const list = (name: string) => patterns(name, parameters.get(name) ?? "*");
  const window = windowOf(parameters.get("starttime"), parameters.get("endtime"));
  return {
    parameters,
    selections: [
      {
        ...{ network: list("network"), station: list("station"), location: list("location"), channel: list("channel") },
        ...window,
      },
    ],
  };
}

export function readForm(body: string, known: readonly string[]): FdsnRequest {
  const lines = body.split(/\r?\n/).flatMap((line) => line.trim() || []);
  const isParameter = (line: string) => line.includes("=");
  const pairs = lines.filter(isParameter).map((line): [string, string] => {
    const at = line.indexOf("=");
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  const rows = lines.filter((line) => !isParameter(line));
  if (rows.length > MOST_LINES) throw tooLarge(`${rows.length} lines`, MOST_LINES);
  if (rows.length === 0) throw refuse("The form has no line NETWORK STATION LOCATION CHANNEL START END.");
  const names = known.filter((name) => !(selectionNames as readonly string[]).includes(name));
  return { parameters: collect(pairs, names), selections: rows.map(selectionOf) };
}

function selectionOf(line: string): Selection {
  const [network = "", station = "", location = "", channel = "", from, to, ...more] = line.split(/\s+/);
  if (from === undefined || to === undefined || more.length > 0)
    throw refuse(`The line "${line.slice(0, 80)}" is not NETWORK STATION LOCATION CHANNEL START END.`);
  return {
    network: patterns("network", network),
    station: patterns("station", station),
    location: patterns("location", location),
    channel: patterns("channel", channel),
    ...windowOf(from, to),
  };
}

function collect(pairs: readonly (readonly [string, string])[], known: readonly string[]): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [given, value] of pairs) {
    const name = LONG_NAMES[given.toLowerCase()] ?? given.toLowerCase();
    if (!known.includes(name)) throw refuse(`There is no parameter "${given.slice(0, 40)}".`);
    if (parameters.has(name)) throw refuse(`The parameter "${name}" is given twice.`);
    parameters.set(name, value);
  }
  return parameters;
}

/** Two dashes, or nothing, are the blank code. */
function patterns(name: string, text: string): string[] {
  return text.split(",").map((part) => {
    const code = part.trim();
    if (code === "" || code === "--") return "";
    if (!PATTERN.test(code)) throw refuse(`The ${name} "${part.slice(0, 40)}" is no code.`);
    return code;
  });
}

function windowOf(start: string | undefined, end: string | undefined): { from: number; to: number } {
  const open = (text: string | undefined) => text === undefined || text === "*";
  const from = open(start) ? -Infinity : timeOf("starttime", start!);
  const to = open(end) ? Infinity : timeOf("endtime", end!);
  if (!(to > from)) throw refuse(`The end time ${end} is not after the start time ${start}.`);
  return { from, to };
}

export function timeOf(name: string, text: string): number {
  const time = parseTime(text);
  if (time === null) throw refuse(`The ${name} "${text.slice(0, 40)}" is no time, which is 2026-11-25T00:00:00.`);
  return time;
}

/** A number within bounds; `otherwise` when it is not given. */
export function numberOf<T>(
  { parameters }: FdsnRequest,
  name: string,
  otherwise: T,
  least = -Infinity,
  most = Infinity,
): number | T {
  const text = parameters.get(name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < least || value > most)
    throw refuse(`The ${name} "${text.slice(0, 40)}" is no number from ${least} to ${most}.`);
  return value;
}

/** One of some words, in any case; the first when it is not given. */
export function wordOf<Word extends string>({ parameters }: FdsnRequest, name: string, words: readonly Word[]): Word {
  const text = parameters.get(name);
  if (text === undefined) return words[0]!;
  const word = words.find((known) => known === text.toLowerCase());
  if (word === undefined) throw refuse(`The ${name} "${text.slice(0, 40)}" is none of ${words.join(", ")}.`);
  return word;
}

export const isTrue = (request: FdsnRequest, name: string): boolean =>
  wordOf(request, name, ["false", "true"]) === "true";

export const tooLarge = (what: string, most: number) => centerErrors.make("FDSN_TOO_LARGE", { what, most });

const fitsAny = (list: readonly string[], code: string) => list.some((pattern) => fitsPattern(pattern, code));

export const selects = (selection: Selection, { network, station, location, channel }: ChannelId): boolean =>
  fitsAny(selection.network, network) &&
  fitsAny(selection.station, station) &&
  fitsAny(selection.location, location) &&
  fitsAny(selection.channel, channel);

export const selectsStation = (selection: Selection, network: string, station: string): boolean =>
  fitsAny(selection.network, network) && fitsAny(selection.station, station);
