/** INFO of version 3: an XML document of the elements and attributes that SeisComP and ringserver write, on one line. */
import { isoTime, type Limits, type ProblemList, parseTime } from "@harken/core";
import { number } from "../numbers.ts";
import { attribute, children, readXml, type XmlElement } from "../xml/read.ts";
import { attributesOf, type XmlAttributes } from "../xml/write.ts";
import type { SeedLinkInfo, SeedLinkStationInfo, SeedLinkStreamInfo } from "./info.ts";

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

export function writeInfoXml({ software, organization, startedAt, capabilities, stations }: SeedLinkInfo): string {
  const started = startedAt === undefined ? null : isoTime(startedAt, 0);
  return (
    DECLARATION +
    element("seedlink", { software, organization, started }, [
      ...(capabilities ?? []).map((name) => element("capability", { name })),
      ...(stations ?? []).map(stationElement),
    ])
  );
}

function element(name: string, attributes: XmlAttributes, within: readonly string[] = []): string {
  const start = `<${name}${attributesOf(attributes)}`;
  return within.length === 0 ? `${start}/>` : `${start}>${within.join("")}</${name}>`;
}

function stationElement({ id, description, startSequence, endSequence, streams }: SeedLinkStationInfo): string {
  const [network, name] = splitAt(id);
  return element(
    "station",
    { name, network, description, begin_seq: startSequence, end_seq: endSequence, stream_check: "enabled" },
    streams?.map(streamElement),
  );
}

function streamElement({ id, subformat, startTime, endTime }: SeedLinkStreamInfo): string {
  const [location, codes] = splitAt(id);
  return element("stream", {
    location,
    // Band, source and subsource of one letter each are the channel code of SEED.
    seedname: /^._._.$/.test(codes) ? codes.replaceAll("_", "") : codes,
    type: subformat,
    begin_time: isoTime(startTime, 6),
    end_time: isoTime(endTime, 6),
  });
}

/** Before and after the first underscore; the whole twice where there is none. */
function splitAt(id: string): readonly [string, string] {
  const at = id.indexOf("_");
  return at < 0 ? [id, id] : [id.slice(0, at), id.slice(at + 1)];
}

/** null, with a problem, for what is no XML. Streams are miniSEED 2 by what version 3 can say. */
export function readInfoXml(bytes: Uint8Array, limits: Limits, problems: ProblemList): SeedLinkInfo | null {
  const root = readXml(bytes, limits, problems);
  if (root?.name !== "seedlink") {
    if (root) problems.error("seedlink.bad-info", `The answer to INFO is a document of ${root.name}; it was left out.`);
    return null;
  }
  const seedlink = root.element;
  const startedAt = parseTime(attribute(seedlink, "started"));
  const capabilities = children(seedlink, "capability").map((capability) => attribute(capability, "name"));
  const stations = children(seedlink, "station").map(stationOf);
  return {
    software: attribute(seedlink, "software"),
    organization: attribute(seedlink, "organization"),
    ...(startedAt === null ? {} : { startedAt }),
    ...(capabilities.length > 0 ? { capabilities } : {}),
    ...(stations.length > 0 ? { stations } : {}),
  };
}

function stationOf(station: XmlElement): SeedLinkStationInfo {
  const streams = children(station, "stream").flatMap(streamOf);
  return {
    id: `${attribute(station, "network")}_${attribute(station, "name")}`,
    description: attribute(station, "description"),
    startSequence: sequenceOf(attribute(station, "begin_seq")),
    endSequence: sequenceOf(attribute(station, "end_seq")),
    ...(streams.length > 0 ? { streams } : {}),
  };
}

/** SeisComP writes six hexadecimal digits, as packets have them; ringserver a decimal number without zeros before it. */
const sequenceOf = (text: string) =>
  /^(?:0[0-9a-f]{5}|[0-9]*[a-f][0-9a-f]*)$/i.test(text) ? Number.parseInt(text, 16) : (number(text) ?? 0);

function streamOf(stream: XmlElement): readonly SeedLinkStreamInfo[] {
  const startTime = parseTime(attribute(stream, "begin_time"));
  const endTime = parseTime(attribute(stream, "end_time"));
  if (startTime === null || endTime === null) return [];
  const name = attribute(stream, "seedname");
  const codes = name.length === 3 ? [...name].join("_") : name;
  const subformat = attribute(stream, "type") || "D";
  return [{ id: `${attribute(stream, "location")}_${codes}`, format: "2", subformat, startTime, endTime }];
}
