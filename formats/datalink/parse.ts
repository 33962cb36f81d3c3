/** Headers of DataLink understood; what has other arguments than it should is "other". */
import type { DataLinkCommand, DataLinkReply } from "./message.ts";

export type Side = "client" | "server";

/** Words whose last argument is the length of the data behind the header, by who says them. */
const withData: Readonly<Record<Side, ReadonlySet<string>>> = {
  client: new Set(["MATCH", "REJECT", "WRITE"]),
  server: new Set(["OK", "ERROR", "INFO", "PACKET"]),
};

const MICROSECONDS = 1e6;
const isSize = (text: string | undefined): text is string => text !== undefined && /^\d{1,10}$/.test(text);
const integer = (text: string | undefined) => (text && /^-?\d{1,20}$/.test(text) ? BigInt(text) : null);

/** Bytes of data behind a header that `side` sent. */
export function dataSizeOf(header: string, side: Side): number {
  const words = header.split(" ");
  const last = words.at(-1);
  return words.length > 1 && withData[side].has(words[0]!.toUpperCase()) && isSize(last) ? Number(last) : 0;
}

/** Epoch seconds of microseconds; null for those that a float64 does not hold. */
function time(text: string | undefined): number | null {
  const value = integer(text);
  const isHeld = value !== null && Number.isSafeInteger(Number(value));
  return isHeld ? Number(value) / MICROSECONDS : null;
}

export function parseDataLinkCommand(header: string, data: Uint8Array): DataLinkCommand {
  const [word = "", ...words] = header.split(" ");
  const other: DataLinkCommand = { kind: "other", header };
  switch (word.toUpperCase()) {
    case "ID":
      return { kind: "id", client: words.join(" ") };
    case "POSITION":
      return position(words) ?? other;
    case "MATCH":
    case "REJECT": {
      const kind = word.toUpperCase() === "MATCH" ? "match" : "reject";
      if (words.length === 0) return { kind, pattern: null };
      return words.length === 1 && isSize(words[0]) ? { kind, pattern: textOf(data) } : other;
    }
    case "READ": {
      const packet = integer(words[0]);
      return words.length === 1 && packet !== null ? { kind: "read", packet } : other;
    }
    case "WRITE": {
      const [stream = "", start, end, flags = ""] = words;
      const startTime = time(start);
      const endTime = time(end);
      if (words.length !== 5 || !isSize(words[4]) || startTime === null || endTime === null) return other;
      return { kind: "write", stream, startTime, endTime, flags, data };
    }
    case "STREAM":
    case "ENDSTREAM":
    case "BYE":
      return words.length === 0 ? { kind: word.toLowerCase() as "stream" } : other;
    case "INFO": {
      const [type, ...match] = words;
      return type ? { kind: "info", type, match: match.length > 0 ? match.join(" ") : null } : other;
    }
    default:
      return other;
  }
}

function position([how, value, packetTime, ...more]: readonly string[]): DataLinkCommand | null {
  if (how === "AFTER") {
    const after = time(value);
    return after === null || packetTime !== undefined ? null : { kind: "position-after", time: after };
  }
  if (how !== "SET" || more.length > 0) return null;
  const to = value === "EARLIEST" || value === "LATEST" ? value : integer(value);
  const at = packetTime === undefined ? null : time(packetTime);
  return to === null || (packetTime !== undefined && at === null) ? null : { kind: "position", to, packetTime: at };
}

export function parseDataLinkReply(header: string, data: Uint8Array): DataLinkReply {
  const [word = "", ...words] = header.split(" ");
  const other: DataLinkReply = { kind: "other", header };
  switch (word) {
    case "ID":
      return { kind: "id", server: words.join(" ") };
    case "OK":
    case "ERROR": {
      const value = integer(words[0]);
      if (words.length !== 2 || value === null || !isSize(words[1])) return other;
      return { kind: word === "OK" ? "ok" : "error", value, message: textOf(data) };
    }
    case "INFO":
      return words.length === 2 && isSize(words[1]) ? { kind: "info", type: words[0]!, xml: textOf(data) } : other;
    case "PACKET": {
      const packet = integer(words[1]);
      const [packetTime, startTime, endTime] = words.slice(2, 5).map(time) as [number, number, number];
      const isWhole = words.length === 6 && isSize(words[5]) && packet !== null;
      if (!isWhole || packetTime === null || startTime === null || endTime === null) return other;
      return { kind: "packet", stream: words[0]!, packet, packetTime, startTime, endTime, data };
    }
    case "ENDSTREAM":
      return { kind: "endstream" };
    default:
      return other;
  }
}

const textOf = (data: Uint8Array) => new TextDecoder().decode(data);
