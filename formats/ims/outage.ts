/**
 * DATA_TYPE OUTAGE: stretches of a channel without data (IDC-3.4.1Rev1, table of outages), from the last sample before to the first after.
 *
 *     NET       Sta  Chan Aux      Start Date Time          End Date Time        Duration Comment
 *     IDC_SEIS  APL  shz       1994/12/24 08:13:05.000 1994/12/24 08:14:10.000     65.000
 */
import {
  type ChannelId,
  type Decoded,
  defaultLimits,
  imsTime,
  type Limits,
  ProblemList,
  parseTime,
} from "@harken/core";
import { column, fixed, left } from "../columns.ts";
import { sectionLines } from "./lines.ts";
import type { ImsMessage } from "./message.ts";
import { periodLine, placed, type ReportPeriod } from "./statusReports.ts";

export interface Outage {
  readonly channel: ChannelId;
  readonly from: number;
  readonly to: number;
  readonly comment: string;
}

const HEADER = "NET       Sta  Chan Aux      Start Date Time          End Date Time        Duration Comment";

export function writeOutages(period: ReportPeriod, outages: readonly Outage[]): string[] {
  return [
    "DATA_TYPE OUTAGE IMS1.0",
    periodLine(period, 3),
    HEADER,
    ...outages.map(({ channel, from, to, comment }) =>
      placed(
        [1, left(channel.network, 9)],
        [11, left(channel.station, 5)],
        [17, left(channel.channel, 3)],
        [21, left(channel.location, 4)],
        [26, imsTime(from)],
        [50, imsTime(to)],
        [74, fixed(to - from, 10, 3)],
        [85, left(comment, 48)],
      ),
    ),
  ];
}

/** Never throws for what the bytes say. */
export function decodeImsOutages(
  bytes: Uint8Array,
  messages: readonly ImsMessage[],
  limits: Limits = defaultLimits,
): Decoded<Outage> {
  const problems = new ProblemList(limits.maxProblems);
  const items: Outage[] = [];
  for (const section of messages.flatMap(({ sections }) => sections)) {
    if (section.dataType !== "OUTAGE") continue;
    for (const { text, line } of sectionLines(bytes, section)) {
      if (text.trim() === "" || /^(?:net\s|report period)/i.test(text)) continue;
      const from = parseTime(column(text, 26, 48));
      const to = parseTime(column(text, 50, 72));
      if (from === null || to === null || items.length >= limits.maxItems) {
        problems.error("ims.bad-outage", "The line of DATA_TYPE OUTAGE has no two times.", { line });
        continue;
      }
      const [network, station] = [column(text, 1, 9), column(text, 11, 15)];
      const [channel, location] = [column(text, 17, 19), column(text, 21, 24)];
      items.push({ channel: { network, station, location, channel }, from, to, comment: column(text, 85, 132) });
    }
  }
  return { items, problems: problems.list(), consumed: bytes.length };
}
