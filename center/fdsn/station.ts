/** fdsnws-station 1.1 from the inventory: StationXML, or text with a bar between columns. */
import { type Channel, hasPlace, isoTime } from "@harken/core";
import { encodeStationPlaces, type StationPlace, stationPlaces } from "@harken/formats";
import { channelExtents } from "@harken/store";
import { type FdsnAnswer, type FdsnSources, textAnswer } from "./answer.ts";
import { areaNames, isWithin, readArea } from "./area.ts";
import {
  type FdsnRequest,
  isTrue,
  refuse,
  type Selection,
  selectionNames,
  selects,
  selectsStation,
  timeOf,
  wordOf,
} from "./request.ts";

export const stationParameters = [
  ...[...selectionNames, ...areaNames],
  ...["startbefore", "startafter", "endbefore", "endafter", "level", "format", "nodata"],
  ...["includerestricted", "includeavailability", "matchtimeseries"],
] as const;

export async function station(sources: FdsnSources, request: FdsnRequest): Promise<FdsnAnswer> {
  const level = wordOf(request, "level", ["station", "network", "channel", "response"]);
  const format = wordOf(request, "format", ["xml", "text"]);
  if (format === "text" && level === "response") throw refuse("Responses are given as XML, not as text.");
  wordOf(request, "includeavailability", ["false"]);
  const area = readArea(request);
  const isInTime = readBounds(request);
  const extents = isTrue(request, "matchtimeseries") ? await channelExtents(sources.store.db) : null;
  const hasData = ({ id }: Channel, { from, to }: Selection) =>
    extents === null ||
    extents.some(
      ({ channel, startTime, endTime }) =>
        startTime < to &&
        endTime >= from &&
        channel.network === id.network &&
        channel.station === id.station &&
        channel.location === id.location &&
        channel.channel === id.channel,
    );
  const fitsSelection = (channel: Channel, network: string) =>
    isInTime(channel) &&
    request.selections.some(
      (selection) =>
        (channel.startTime ?? -Infinity) < selection.to &&
        (channel.endTime ?? Infinity) >= selection.from &&
        selects(selection, { ...channel.id, network: channel.id.network || network }) &&
        hasData(channel, selection),
    );
  const places = stationPlaces(sources.stations()).flatMap((place): StationPlace[] => {
    const { network, site } = place;
    if (!request.selections.some((selection) => selectsStation(selection, network, site.code))) return [];
    if (!isWithin(area, site.latitudeDeg, site.longitudeDeg)) return [];
    const channels = place.channels.filter((channel) => fitsSelection(channel, network));
    return channels.length > 0 ? [{ ...place, channels }] : [];
  });
  if (places.length === 0) return null;
  if (format === "text") return textAnswer("text/plain", rowsOf(places, level as "network" | "station" | "channel"));
  return textAnswer("application/xml", encodeStationPlaces(places, { createdTime: sources.clock(), level }));
}

/** startbefore to endafter; a channel whose time is not known begins long ago and goes on. */
function readBounds(request: FdsnRequest): (channel: Channel) => boolean {
  const bound = (name: string, otherwise: number) => {
    const text = request.parameters.get(name);
    return text === undefined ? otherwise : timeOf(name, text);
  };
  const [startBefore, startAfter] = [bound("startbefore", Infinity), bound("startafter", -Infinity)];
  const [endBefore, endAfter] = [bound("endbefore", Infinity), bound("endafter", -Infinity)];
  const inside = (time: number, after: number, before: number) =>
    (after === -Infinity || time > after) && (before === Infinity || time < before);
  return ({ startTime, endTime }) =>
    inside(startTime ?? -Infinity, startAfter, startBefore) && inside(endTime ?? Infinity, endAfter, endBefore);
}

const metres = (km: number) => String(Math.round(km * 1e6) / 1000);
const timeText = (time: number | null) =>
  time === null || !Number.isFinite(time) ? "" : isoTime(time, 0).slice(0, -1);
const starts = (channels: readonly Channel[]) => Math.min(...channels.map(({ startTime }) => startTime ?? Infinity));
const ends = (channels: readonly Channel[]) => Math.max(...channels.map(({ endTime }) => endTime ?? Infinity));
/** A bar or a line's end within a name would be a column. */
const plain = (text: string) => text.replace(/[|\r\n]/g, " ");

function rowsOf(places: readonly StationPlace[], level: "network" | "station" | "channel"): string {
  const rows =
    level === "network"
      ? [
          "#Network|Description|StartTime|EndTime|TotalStations",
          ...[...Map.groupBy(places, ({ network }) => network)].map(([network, members]) => {
            const channels = members.flatMap((place) => place.channels);
            return [network, "", timeText(starts(channels)), timeText(ends(channels)), members.length].join("|");
          }),
        ]
      : level === "station"
        ? [
            "#Network|Station|Latitude|Longitude|Elevation|SiteName|StartTime|EndTime",
            ...places.map(({ network, site, name, channels }) =>
              [
                ...[network, site.code, site.latitudeDeg, site.longitudeDeg, metres(site.elevationKm), plain(name)],
                ...[timeText(starts(channels)), timeText(ends(channels))],
              ].join("|"),
            ),
          ]
        : [
            "#Network|Station|Location|Channel|Latitude|Longitude|Elevation|Depth|Azimuth|Dip|SensorDescription|Scale|ScaleFreq|ScaleUnits|SampleRate|StartTime|EndTime",
            ...places.flatMap((place) => place.channels.map((channel) => channelRow(place, channel))),
          ];
  return `${rows.join("\n")}\n`;
}

function channelRow({ network, site }: StationPlace, channel: Channel): string {
  const { id, response } = channel;
  const place = hasPlace(channel) ? channel : site;
  return [
    ...[network, site.code, id.location, id.channel, place.latitudeDeg, place.longitudeDeg],
    ...[metres(channel.elevationKm - channel.depthKm), metres(channel.depthKm)],
    ...[Math.max(0, channel.hangDeg), channel.vangDeg - 90, plain(channel.instrument)],
    ...[response?.sensitivity ?? "", response?.sensitivityFrequencyHz ?? "", response?.inputUnit ?? ""],
    ...[channel.sampleRateHz ?? "", timeText(channel.startTime), timeText(channel.endTime)],
  ].join("|");
}
