/** A command as the line that is sent. */
import {
  LINE_END,
  LONGEST_LINE,
  MASK_24,
  type SeedLinkCommand,
  type SeedLinkVersion,
  type StartSequence,
} from "./command.ts";
import { writeSeedLinkTime } from "./time.ts";

export function writeCommand(command: SeedLinkCommand, version: SeedLinkVersion): string {
  const line = words(command, version)
    .filter((word) => word !== null)
    .join(" ");
  if (line.length > LONGEST_LINE || /[\r\n]/.test(line))
    throw new RangeError(`"${line.slice(0, 60)}" is no line of at most ${LONGEST_LINE} letters.`);
  return line + LINE_END;
}

function words(command: SeedLinkCommand, version: SeedLinkVersion): readonly (string | null)[] {
  const time = (value: number | null) => (value === null ? null : writeSeedLinkTime(value, version));
  switch (command.name) {
    case "SLPROTO":
      return [command.name, command.version];
    case "USERAGENT":
      return [command.name, command.agent];
    case "CAPABILITIES":
      return [command.name, ...command.capabilities];
    case "AUTH":
      return [command.name, command.method, ...command.credentials];
    case "STATION":
      return [command.name, ...(version === 4 ? [command.station] : stationWords(command.station))];
    case "SELECT":
      return [command.name, ...command.patterns];
    case "DATA":
    case "FETCH": {
      const { name, sequence, startTime, endTime } = command;
      const start = version === 4 ? sequence4(sequence, startTime !== null) : sequence3(sequence);
      if (start === null && startTime !== null)
        throw new RangeError(`${name} of version 3 takes a time only after a number.`);
      return [name, start, time(startTime), time(endTime)];
    }
    case "TIME":
      return [command.name, time(command.startTime), time(command.endTime)];
    case "INFO":
      return [command.name, command.item, command.station, command.stream];
    case "OTHER":
      return [command.line];
    default:
      return [command.name];
  }
}

/** Station, then network. */
function stationWords(id: string): string[] {
  const end = id.indexOf("_");
  return end < 0 ? [id] : [id.slice(end + 1), id.slice(0, end)];
}

/** A window without a number is one over all that there is. */
function sequence4(sequence: StartSequence, hasWindow: boolean): string | null {
  if (sequence === "all" || (sequence === "next" && hasWindow)) return "ALL";
  return sequence === "next" ? null : String(sequence);
}

function sequence3(sequence: StartSequence): string | null {
  if (sequence === "all") throw new RangeError("Version 3 cannot ask for all packets; ask for a window of time.");
  if (sequence === "next") return null;
  return (sequence & MASK_24).toString(16).toUpperCase().padStart(6, "0");
}
