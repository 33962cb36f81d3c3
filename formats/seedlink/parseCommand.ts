/** A line of a client understood, by the version that is spoken. */
import type { ParsedCommand, SeedLinkVersion, StartSequence } from "./command.ts";
import { type ErrorReply, isErrorReply, type SeedLinkErrorCode } from "./reply.ts";
import { readSeedLinkTime } from "./time.ts";

const STATION_LETTERS = /^[A-Za-z0-9?*_-]{1,50}$/;
const MAX_SEQUENCE = 2n ** 64n - 1n;

const refuse = (message: string, code: SeedLinkErrorCode = "ARGUMENTS"): ErrorReply => ({ code, message });

export function parseCommand(line: string, version: SeedLinkVersion): ParsedCommand {
  const [word = "", ...words] = line.trim().split(/[ \t]+/);
  const name = word.toUpperCase();
  switch (name) {
    case "HELLO":
    case "CAT":
    case "BATCH":
    case "END":
    case "ENDFETCH":
    case "BYE":
      return { name };
    case "SLPROTO":
      return { name, version: words.join(" ") };
    case "USERAGENT":
      return { name, agent: words.join(" ") };
    case "CAPABILITIES":
      return { name, capabilities: words };
    case "AUTH":
      return parseAuth(words);
    case "STATION":
      return parseStation(words, version);
    case "SELECT":
      if (version === 3 ? words.length > 1 : words.length === 0) return refuse("SELECT requires a single argument");
      return { name, patterns: words };
    case "DATA":
      return parseData(name, words, version);
    case "FETCH":
      return version === 3 ? parseData(name, words, version) : unknown(line);
    case "TIME":
      return version === 3 ? parseTimeWindow(words) : unknown(line);
    case "INFO": {
      const [item, station = null, stream = null, ...more] = words;
      if (item === undefined) return refuse("No INFO item specified");
      if (more.length > 0) return refuse("Too many arguments for INFO");
      return { name, item: item.toUpperCase(), station, stream };
    }
    default:
      return unknown(line);
  }
}

const unknown = (line: string) => refuse(`Unrecognized command: ${line.slice(0, 50)}`, "UNSUPPORTED");

function parseAuth([method = "", ...credentials]: readonly string[]): ParsedCommand {
  const name = method.toUpperCase();
  const needed = name === "USERPASS" ? 2 : name === "JWT" ? 1 : null;
  if (needed === null) return refuse(`Authentication by ${method} is not supported`, "UNSUPPORTED");
  if (credentials.length !== needed) return refuse(`AUTH ${name} requires ${needed} argument${needed > 1 ? "s" : ""}`);
  return { name: "AUTH", method: name, credentials };
}

function parseStation(words: readonly string[], version: SeedLinkVersion): ParsedCommand {
  if (version === 4 && words.length !== 1) return refuse("STATION requires 1 argument");
  if (version === 3 && (words.length < 1 || words.length > 2)) return refuse("STATION requires 1 or 2 arguments");
  const station = version === 4 ? words[0]! : `${words[1] ?? "*"}_${words[0]}`;
  return STATION_LETTERS.test(station) ? { name: "STATION", station } : refuse("Invalid characters in station ID");
}

function parseData(name: "DATA" | "FETCH", words: readonly string[], version: SeedLinkVersion): ParsedCommand {
  if (words.length > 3) return refuse("Too many arguments for DATA/FETCH");
  const [number, ...times] = words;
  const sequence = number === undefined ? "next" : parseSequence(number, version);
  if (sequence === null) return refuse("Invalid sequence number");
  const window = parseWindow(times);
  return isErrorReply(window) ? window : { name, sequence, ...window };
}

function parseSequence(text: string, version: SeedLinkVersion): StartSequence | null {
  if (text === "-1") return "next";
  if (version === 3) return /^[0-9a-f]{1,6}$/i.test(text) ? BigInt(`0x${text}`) : null;
  if (text.toUpperCase() === "ALL") return "all";
  const value = /^\d{1,20}$/.test(text) ? BigInt(text) : null;
  return value !== null && value <= MAX_SEQUENCE ? value : null;
}

function parseTimeWindow(words: readonly string[]): ParsedCommand {
  if (words.length < 1 || words.length > 2) return refuse("TIME command requires 1 or 2 arguments");
  const window = parseWindow(words);
  if (isErrorReply(window)) return window;
  const { startTime, endTime } = window;
  return startTime === null ? refuse("Error parsing start time") : { name: "TIME", startTime, endTime };
}

function parseWindow([start, end]: readonly string[]):
  | { startTime: number | null; endTime: number | null }
  | ErrorReply {
  const startTime = start === undefined ? null : readSeedLinkTime(start);
  const endTime = end === undefined ? null : readSeedLinkTime(end);
  if (start !== undefined && startTime === null) return refuse("Error parsing start time");
  if (end !== undefined && endTime === null) return refuse("Error parsing end time");
  return { startTime, endTime };
}
