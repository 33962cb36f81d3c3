/**
 * DATA_TYPE CHANNEL: what a station's channels are and where they stand (IDC-3.4.1Rev1, channel information).
 *
 *     IDC_SEIS  ARA0  shz       69.53490   25.50580 WGS-84       0.403 0.010   -1.0   0.0   40.000000 GS-13   1987/09/30
 */
import { type Channel, hasPlace, imsTime, type ProblemList, parseTime } from "@harken/core";
import { fixed, left } from "../columns.ts";
import { number } from "../numbers.ts";
import type { TextLine } from "./lines.ts";
import { type Columns, readPlace } from "./place.ts";

const HEADER =
  "Net       Sta  Chan Aux   Latitude  Longitude Coord Sys     Elev Depth   Hang  Vang Sample Rate Inst      On Date   Off Date";

/** Channels whose place is not known are left out. */
export function writeChannelSection(channels: readonly Channel[]): string[] {
  return ["DATA_TYPE CHANNEL IMS1.0", HEADER, ...channels.filter(hasPlace).map(channelLine)];
}

const dateOf = (time: number | null) => (time === null ? "" : imsTime(time).slice(0, 10));

function channelLine(channel: Channel): string {
  const { id } = channel;
  return [
    left(id.network, 9),
    left(id.station, 5),
    left(id.channel, 3),
    left(id.location, 4),
    fixed(channel.latitudeDeg, 9, 5),
    fixed(channel.longitudeDeg, 10, 5),
    left("WGS-84", 12),
    fixed(channel.elevationKm, 5, 3),
    fixed(channel.depthKm, 5, 3),
    fixed(channel.hangDeg, 6, 1),
    fixed(channel.vangDeg, 5, 1),
    fixed(channel.sampleRateHz, 11, 6),
    `${left(channel.instrument, 6)}  ${left(dateOf(channel.startTime), 10)}`,
    left(dateOf(channel.endTime), 10),
  ]
    .join(" ")
    .trimEnd();
}

const COLUMNS: Columns = [
  [1, 9],
  [11, 15],
  [17, 19],
  [21, 24],
  [26, 34],
  [36, 45],
  [47, 58],
  [60, 64],
  [66, 70],
  [72, 77],
  [79, 83],
  [85, 95],
  [97, 102],
  [105, 114],
  [116, 125],
];
const LATITUDE = 4;
const DATE = /^\d{4}\/\d{1,2}\/\d{1,2}$/;

export function readChannelSection(lines: Iterable<TextLine>, channels: Channel[], problems: ProblemList): void {
  for (const { text, line } of lines) {
    if (text.trim() === "" || /^\s*\(/.test(text) || /^net\s+sta\b/i.test(text)) continue;
    const found = readPlace(text, COLUMNS, LATITUDE);
    const [network = "", station = "", code = "", location = "", , , , ...rest] = found?.fields ?? [];
    const [elevation = "", depth = "", hang = "", vang = "", rate = "", ...tail] = rest;
    if (!found || station === "" || code === "") {
      problems.error("ims.bad-channel", "The line of DATA_TYPE CHANNEL has no code or no place.", { line });
      continue;
    }
    const dates = tail.filter((word) => DATE.test(word));
    const sampleRateHz = number(rate);
    channels.push({
      id: { network, station, location: location.replace(/^[-_]+$/, ""), channel: code },
      startTime: parseTime(dates[0] ?? ""),
      endTime: parseTime(dates[1] ?? ""),
      ...found.place,
      elevationKm: number(elevation) ?? 0,
      depthKm: number(depth) ?? 0,
      hangDeg: number(hang) ?? -1,
      vangDeg: number(vang) ?? 0,
      sampleRateHz: sampleRateHz !== null && sampleRateHz > 0 ? sampleRateHz : null,
      instrument: tail[0] !== undefined && !DATE.test(tail[0]) ? tail[0] : "",
      calibNmPerCount: null,
      calperSec: null,
      response: null,
    });
  }
}
