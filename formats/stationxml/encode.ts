/**
 * Writes stations as FDSN StationXML 1.2: one Station element for each site, its channels and their responses.
 *
 *     const xml = encodeStationXml(inventory.stations, { createdTime: now });
 */
import { type Channel, hasPlace, isoTime, type Site, type Station } from "@harken/core";
import { dipOfOrientation } from "../orientation.ts";
import { XmlWriter } from "../xml/write.ts";
import { writeResponse } from "./encodeResponse.ts";

export interface StationXmlOptions {
  /** Epoch seconds at which the document is made. */
  readonly createdTime: number;
  /** Organisation that gives the metadata out. */
  readonly source?: string;
  /** How deep the document goes. Default "response". */
  readonly level?: "network" | "station" | "channel" | "response";
}

export function encodeStationXml(stations: readonly Station[], options: StationXmlOptions): string {
  return encodeStationPlaces(stationPlaces(stations), options);
}

export function encodeStationPlaces(places: readonly StationPlace[], options: StationXmlOptions): string {
  const { level = "response" } = options;
  const xml = new XmlWriter();
  const root = { xmlns: "http://www.fdsn.org/xml/station/1", schemaVersion: "1.2" };
  xml.within("FDSNStationXML", root, () => {
    xml.leaf("Source", options.source ?? "Harken");
    xml.leaf("Created", isoTime(options.createdTime));
    for (const [network, members] of Map.groupBy(places, (place) => place.network))
      xml.within("Network", { code: network }, () => {
        if (level !== "network") for (const place of members) writePlace(xml, place, level);
      });
  });
  return xml.toString();
}

/** What StationXML calls a station: a place, and the channels there. */
export interface StationPlace {
  readonly network: string;
  readonly site: Pick<Site, "code" | "latitudeDeg" | "longitudeDeg" | "elevationKm">;
  readonly name: string;
  readonly channels: readonly Channel[];
}

/** The sites of stations. Channels of a station that belong to none of its sites stand under the station's own code. */
export function stationPlaces(stations: readonly Station[]): StationPlace[] {
  const places: StationPlace[] = [];
  for (const station of stations) {
    const left = new Set(station.channels);
    for (const site of station.sites) {
      const channels = station.channels.filter(
        ({ id }) => id.station === site.code && (id.network === site.network || id.network === ""),
      );
      for (const channel of channels) left.delete(channel);
      places.push({ network: site.network, site, name: station.name || site.code, channels });
    }
    if (left.size > 0)
      places.push({
        network: station.network,
        site: station,
        name: station.name || station.code,
        channels: [...left],
      });
  }
  return places;
}

const metres = (km: number) => Math.round(km * 1e6) / 1000;
const timeOf = (time: number | null) => (time === null ? null : isoTime(time, 6));
/** The schema ends below 90. */
const latitude = (deg: number) => Math.min(89.999999, deg);

function writePlace(
  xml: XmlWriter,
  { site, name, channels }: StationPlace,
  level: NonNullable<StationXmlOptions["level"]>,
): void {
  const starts = channels.map(({ startTime }) => startTime).filter((time) => time !== null);
  const startDate =
    starts.length > 0
      ? isoTime(
          starts.reduce((a, b) => Math.min(a, b)),
          6,
        )
      : null;
  xml.within("Station", { code: site.code, startDate }, () => {
    xml.leaf("Latitude", latitude(site.latitudeDeg));
    xml.leaf("Longitude", site.longitudeDeg);
    xml.leaf("Elevation", metres(site.elevationKm));
    xml.within("Site", {}, () => xml.leaf("Name", name));
    if (level === "station") return;
    for (const channel of channels) writeChannel(xml, channel, site, level === "response");
  });
}

function writeChannel(xml: XmlWriter, channel: Channel, site: StationPlace["site"], withResponse: boolean): void {
  const { id, response } = channel;
  const place = hasPlace(channel) ? channel : site;
  const { azimuthDeg, dipDeg } = dipOfOrientation(channel);
  const attributes = {
    code: id.channel,
    locationCode: id.location,
    startDate: timeOf(channel.startTime),
    endDate: timeOf(channel.endTime),
  };
  xml.within("Channel", attributes, () => {
    xml.leaf("Latitude", latitude(place.latitudeDeg));
    xml.leaf("Longitude", place.longitudeDeg);
    xml.leaf("Elevation", metres(channel.elevationKm - channel.depthKm));
    xml.leaf("Depth", metres(channel.depthKm));
    xml.leaf("Azimuth", azimuthDeg);
    xml.leaf("Dip", dipDeg);
    xml.leaf("SampleRate", channel.sampleRateHz);
    if (channel.instrument !== "") xml.within("Sensor", {}, () => xml.leaf("Description", channel.instrument));
    if (response && withResponse) writeResponse(xml, response, channel.sampleRateHz);
  });
}
