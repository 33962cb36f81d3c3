/**
 * Stations, channels and responses of IMS1.0, IMS2.0 and GSE2.1 messages: DATA_TYPE STATION, CHANNEL and RESPONSE, and CAL2 blocks in a file
 * that is nothing but blocks.
 *
 *     const { sites, channels, problems } = decodeImsStations(bytes, decodeImsMessages(bytes).items);
 */
import { type Channel, defaultLimits, type Limits, type Problem, ProblemList } from "@harken/core";
import type { SiteRecord } from "../contents.ts";
import { readChannelSection } from "./channelSection.ts";
import { sectionLines } from "./lines.ts";
import type { ImsMessage, ImsSection } from "./message.ts";
import { readResponseSection } from "./response/decode.ts";
import { readStationSection } from "./stationSection.ts";

export function decodeImsStations(
  bytes: Uint8Array,
  messages: readonly ImsMessage[],
  limits: Limits = defaultLimits,
): {
  readonly sites: readonly SiteRecord[];
  readonly channels: readonly Channel[];
  readonly problems: readonly Problem[];
} {
  const problems = new ProblemList(limits.maxProblems);
  const sites: SiteRecord[] = [];
  const channels: Channel[] = [];
  for (const section of messages.flatMap((message) => message.sections)) {
    const lines = sectionLines(bytes, section);
    if (isOldPlace(section)) {
      const message = `${section.dataType} in ${section.format} is not read; ask for GSE2.1 or IMS1.0.`;
      problems.warning("ims.old-station", message, { line: section.line - 1 });
    } else if (section.dataType === "STATION") readStationSection(lines, sites, problems);
    else if (section.dataType === "CHANNEL") readChannelSection(lines, channels, problems);
    else if (section.dataType === "RESPONSE" || section.dataType === "") readResponseSection(lines, channels, problems);
  }
  const { maxItems } = limits;
  if (sites.length > maxItems || channels.length > maxItems)
    problems.error("ims.too-many-stations", `Only the first ${maxItems} stations and channels were read.`);
  return { sites: sites.slice(0, maxItems), channels: channels.slice(0, maxItems), problems: problems.list() };
}

/** GSE2.0 has other columns, without network and coordinate system. */
const isOldPlace = ({ dataType, format }: ImsSection) =>
  (dataType === "STATION" || dataType === "CHANNEL") && /^GSE(?:1|2\.?0?$)/.test(format);
