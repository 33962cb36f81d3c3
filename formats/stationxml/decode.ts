/**
 * FDSN StationXML, schema versions 1.0 to 1.2: where sites stand and how their channels record, epoch by epoch.
 * https://docs.fdsn.org/projects/stationxml
 *
 *     const { channels, sites, problems } = decodeStationXml(bytes);
 *
 * StationXML knows no arrays: each of its stations is a site here (see stations.ts). Elevations of channels are those of the sensor; the
 * surface is above it by the depth.
 */
import {
  type Channel,
  defaultLimits,
  type Limits,
  NO_PLACE_DEG,
  type Problem,
  ProblemList,
  parseTime,
  wrapLongitude,
} from "@harken/core";
import type { SiteRecord } from "../contents.ts";
import { orientationOfCode, orientationOfDip } from "../orientation.ts";
import { attribute, child, childNumber, children, childText, readXml, type XmlElement } from "../xml/read.ts";
import { readResponse } from "./response.ts";

export interface StationXmlContents {
  readonly channels: readonly Channel[];
  readonly sites: readonly SiteRecord[];
  readonly problems: readonly Problem[];
}

export const ROOT = "FDSNStationXML";
/** End times from here on mean "open": CSS3.0's null; 2599-12-31 is usual. */
const OPEN_END = 9_999_999_999;

export function decodeStationXml(bytes: Uint8Array, limits: Limits = defaultLimits): StationXmlContents {
  const problems = new ProblemList(limits.maxProblems);
  const channels: Channel[] = [];
  const sites: SiteRecord[] = [];
  const root = readXml(bytes, limits, problems);
  if (root && root.name !== ROOT)
    problems.error("stationxml.other-root", `The root element is ${root.name.slice(0, 40)}, not ${ROOT}.`);
  else if (root)
    for (const network of children(root.element, "Network"))
      for (const station of children(network, "Station")) {
        const site = readSite(network, station, problems);
        if (site) sites.push(site);
        for (const element of children(station, "Channel"))
          channels.push(readChannel(element, network, station, problems));
      }
  return { channels, sites, problems: problems.list() };
}

function readSite(network: XmlElement, station: XmlElement, problems: ProblemList): SiteRecord | null {
  const code = attribute(station, "code");
  const place = placeOf(station);
  if (code === "" || !place) {
    const message = `Station ${code || "without a code"} has no usable latitude and longitude; it was left out.`;
    problems.error("stationxml.no-place", message);
    return null;
  }
  return {
    network: attribute(network, "code"),
    code,
    station: code,
    name: childText(child(station, "Site"), "Name"),
    ...place,
    elevationKm: kilometres(childNumber(station, "Elevation") ?? 0),
    northKm: null,
    eastKm: null,
  };
}

function readChannel(element: XmlElement, network: XmlElement, station: XmlElement, problems: ProblemList): Channel {
  const id = {
    network: attribute(network, "code"),
    station: attribute(station, "code"),
    location: attribute(element, "locationCode").replace(/^--$/, ""),
    channel: attribute(element, "code"),
  };
  const name = `${id.network}.${id.station}.${id.location}.${id.channel}`;
  const place = placeOf(element) ?? placeOf(station);
  if (!place) problems.error("stationxml.no-place", `${name} has no usable latitude and longitude.`);
  const depth = childNumber(element, "Depth") ?? 0;
  const elevation = childNumber(element, "Elevation");
  const dip = childNumber(element, "Dip");
  const sampleRateHz = sampleRateOf(element);
  const sensor = child(element, "Sensor");
  const response = child(element, "Response");
  const end = parseTime(attribute(element, "endDate"));
  return {
    id,
    startTime: parseTime(attribute(element, "startDate")),
    endTime: end !== null && end >= OPEN_END ? null : end,
    ...(place ?? { latitudeDeg: NO_PLACE_DEG, longitudeDeg: NO_PLACE_DEG }),
    elevationKm: kilometres(elevation === null ? (childNumber(station, "Elevation") ?? 0) : elevation + depth),
    depthKm: kilometres(depth),
    ...(dip === null || Math.abs(dip) > 90
      ? orientationOfCode(id.channel)
      : orientationOfDip(childNumber(element, "Azimuth") ?? 0, dip)),
    sampleRateHz,
    instrument: ["Description", "Type", "Model"].map((part) => childText(sensor, part)).find((text) => text) ?? "",
    calibNmPerCount: null,
    calperSec: null,
    response: response === null ? null : readResponse(response, sampleRateHz, name, problems),
  };
}

function placeOf(element: XmlElement): { latitudeDeg: number; longitudeDeg: number } | null {
  const latitudeDeg = childNumber(element, "Latitude");
  const longitudeDeg = childNumber(element, "Longitude");
  if (latitudeDeg === null || longitudeDeg === null) return null;
  if (Math.abs(latitudeDeg) > 90 || Math.abs(longitudeDeg) > 360) return null;
  return { latitudeDeg, longitudeDeg: Math.abs(longitudeDeg) > 180 ? wrapLongitude(longitudeDeg) : longitudeDeg };
}

/** Kilometres of metres, to the millimetre; 0 for what is no height on Earth. */
const kilometres = (metres: number) => (Math.abs(metres) < 1e6 ? Math.round(metres * 1000) / 1_000_000 : 0);

/** Null for channels without a regular rate (0). */
function sampleRateOf(element: XmlElement): number | null {
  const ratio = child(element, "SampleRateRatio");
  const [samples, seconds] = [childNumber(ratio, "NumberSamples"), childNumber(ratio, "NumberSeconds")];
  // The ratio is exact where the rate is a rounded decimal.
  const rate = samples && seconds ? samples / seconds : childNumber(element, "SampleRate");
  return rate !== null && rate > 0 ? rate : null;
}
