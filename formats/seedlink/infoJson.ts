/** INFO of version 4: one JSON document. What another server adds is left out; what it lacks is undefined. */
import { isoTime, type ProblemList, parseTime } from "@harken/core";
import type { SeedLinkFormatInfo, SeedLinkInfo, SeedLinkStationInfo, SeedLinkStreamInfo } from "./info.ts";

export function writeInfoJson(info: SeedLinkInfo): string {
  return writeObject([
    ["software", write(info.software)],
    ["organization", write(info.organization)],
    ["server_start", info.startedAt === undefined ? null : write(isoTime(info.startedAt, 0))],
    ["datalink_protocol", write(info.dataLinkProtocols)],
    ["seedlink_protocol", write(info.seedLinkProtocols)],
    ["format", writeMap(info.formats, writeFormat)],
    ["filter", writeMap(info.filters, write)],
    ["capability", write(info.capabilities)],
    ["station", write(info.stations?.map(stationJson))],
    ["error", write(info.error)],
  ]);
}

/** null for what is not given. */
const write = (value: unknown): string | null => JSON.stringify(value) ?? null;

const writeMap = <T>(map: ReadonlyMap<string, T> | undefined, writeOne: (value: T) => string | null): string | null =>
  map ? writeObject([...map].map(([name, value]) => [name, writeOne(value)])) : null;

const writeFormat = ({ mimetype, subformats }: SeedLinkFormatInfo): string =>
  writeObject([
    ["mimetype", write(mimetype)],
    ["subformat", writeMap(subformats, write)],
  ]);

/** Members in their order, which an object of JavaScript does not keep for names that are digits. */
function writeObject(members: readonly (readonly [string, string | null])[]): string {
  const given = members.filter(([, text]) => text !== null);
  return `{${given.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`;
}

const stationJson = ({ id, description, startSequence, endSequence, streams }: SeedLinkStationInfo) => ({
  id,
  description,
  start_seq: startSequence,
  end_seq: endSequence,
  stream: streams?.map(streamJson),
});

const streamJson = ({ id, format, subformat, startTime, endTime }: SeedLinkStreamInfo) => ({
  id,
  format,
  subformat,
  start_time: isoTime(startTime, 6),
  end_time: isoTime(endTime, 6),
});

type Json = Readonly<Record<string, unknown>>;

/** null, with a problem, for what is no JSON object. */
export function readInfoJson(text: string, problems: ProblemList): SeedLinkInfo | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    document = null;
  }
  if (!isObject(document)) {
    problems.error("seedlink.bad-info", "The answer to INFO is no JSON object; it was left out.");
    return null;
  }
  const startedAt = timeOf(document["server_start"]);
  const { error } = document;
  return {
    software: textOf(document["software"]),
    organization: textOf(document["organization"]),
    ...(startedAt === null ? {} : { startedAt }),
    ...texts("dataLinkProtocols", document["datalink_protocol"]),
    ...texts("seedLinkProtocols", document["seedlink_protocol"]),
    ...(isObject(document["format"]) ? { formats: mapOf(document["format"], formatOf) } : {}),
    ...(isObject(document["filter"]) ? { filters: mapOf(document["filter"], textOf) } : {}),
    ...texts("capabilities", document["capability"]),
    ...(Array.isArray(document["station"]) ? { stations: objects(document["station"]).map(stationOf) } : {}),
    ...(isObject(error) ? { error: { code: textOf(error["code"]), message: textOf(error["message"]) } } : {}),
  };
}

/** Older servers say begin where others say start. */
function stationOf(station: Json): SeedLinkStationInfo {
  const { stream } = station;
  return {
    id: textOf(station["id"]),
    description: textOf(station["description"]),
    startSequence: numberOf(station["start_seq"] ?? station["begin_seq"]),
    endSequence: numberOf(station["end_seq"]),
    ...(Array.isArray(stream) ? { streams: objects(stream).flatMap(streamOf) } : {}),
  };
}

function streamOf(stream: Json): readonly SeedLinkStreamInfo[] {
  const startTime = timeOf(stream["start_time"] ?? stream["begin_time"]);
  const endTime = timeOf(stream["end_time"]);
  if (startTime === null || endTime === null) return [];
  const [id, format, subformat] = ["id", "format", "subformat"].map((name) => textOf(stream[name])) as [
    string,
    string,
    string,
  ];
  return [{ id, format, subformat, startTime, endTime }];
}

const formatOf = (format: unknown): SeedLinkFormatInfo => ({
  mimetype: isObject(format) ? textOf(format["mimetype"]) : "",
  subformats: isObject(format) && isObject(format["subformat"]) ? mapOf(format["subformat"], textOf) : new Map(),
});

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const objects = (values: readonly unknown[]) => values.filter(isObject);
const textOf = (value: unknown) => (typeof value === "string" ? value : "");
const numberOf = (value: unknown) => (typeof value === "number" && Number.isFinite(value) ? value : 0);
const timeOf = (value: unknown) => (typeof value === "string" ? parseTime(value) : null);

function texts<Name extends string>(name: Name, value: unknown): { readonly [N in Name]?: readonly string[] } {
  if (!Array.isArray(value)) return {};
  return { [name]: value.filter((item) => typeof item === "string") } as { [N in Name]: string[] };
}

const mapOf = <T>(object: Json, of: (value: unknown) => T): ReadonlyMap<string, T> =>
  new Map(Object.entries(object).map(([name, value]) => [name, of(value)]));
