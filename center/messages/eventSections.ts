/** BULLETIN, EVENT, ORIGIN, COMMENT and ARRIVAL out of the store. Events, origins and arrivals carry the numbers that CSS3.0 rows have. */
import { type Arrival, type Association, imsTime, preferredOrigin, type StationMagnitude } from "@harken/core";
import { regionName } from "@harken/earth";
import {
  type ArrivalListing,
  arrivalLine,
  type ImsArrivalLine,
  type ImsRequest,
  isAskedFor,
  writeArrivalSection,
  writeBulletinSection,
} from "@harken/formats";
import {
  aridsOf,
  countArrivals,
  cssNumbersOf,
  type ListedEvent,
  loadArrivals,
  loadArrivalsByKey,
  type Reader,
} from "@harken/store";
import { boundsOf, type FoundEvents, findEvents, isListed } from "./eventFilter.ts";
import { type MessageSection, type MessageSources, refused, type SectionMaker, sectionLimits } from "./sources.ts";

/** Lists that States are given; what analysts work on is none of them. */
export const messageLists: readonly string[] = Object.freeze(["SEL1", "SEL2", "SEL3", "REB", "SEB", "SSEB"]);

const listOf = ({ environment }: ImsRequest): string | null =>
  messageLists.includes(environment.bulletin) ? environment.bulletin : null;

const noList = ({ environment }: ImsRequest) =>
  refused(`There is no bulletin ${environment.bulletin} here; there are ${messageLists.join(", ")}.`);

export const bulletinSection: SectionMaker = async (sources, request) => {
  const { kind, environment, format, subformat } = request;
  const list = listOf(request);
  if (!list) return noList(request);
  if (format.startsWith("GSE")) return refused(`${kind} is not written in ${format}; ask for IMS1.0.`);
  if (!["", "SHORT", "LONG"].includes(subformat) && !/^CM\d$/.test(subformat))
    return refused(`There is no ${kind} ${format}:${subformat}.`);
  const found = await findEvents(sources.store.db, list, environment, sources.stations());
  if (typeof found === "string") return refused(found);
  const grouped = kind === "EVENT" ? await groupedOrigins(sources, request, found) : found;
  return [await eventSection(sources.store.db, kind as "BULLETIN" | "EVENT" | "ORIGIN", list, grouped)];
};

/** Lines of events whose numbers are known. */
export async function eventSection(
  reader: Reader,
  dataType: "BULLETIN" | "EVENT" | "ORIGIN",
  list: string,
  { events, numbers }: FoundEvents,
): Promise<MessageSection> {
  const keys = new Set(
    events.flatMap(({ event }) =>
      event.origins.flatMap(({ associations }) => associations.map((one) => one.arrivalKey)),
    ),
  );
  const arrivals = dataType === "BULLETIN" ? await loadArrivalsByKey(reader, [...keys]) : [];
  const ids = {
    events: texts(numbers.events),
    origins: texts(numbers.origins),
    arrivals: texts(await aridsOf(reader, [...keys])),
  };
  const bulletin = { list, events: events.map(({ event }) => event), arrivals };
  return writeBulletinSection(bulletin, { dataType, ids, region: regionName });
}

const texts = (numbers: ReadonlyMap<string, number>): Map<string, string> =>
  new Map([...numbers].map(([key, number]) => [key, String(number)]));

/** EVENT shows the origins that other lists have for the same events, when it is asked which: those within 3 degrees and 60 s. */
async function groupedOrigins(sources: MessageSources, request: ImsRequest, found: FoundEvents): Promise<FoundEvents> {
  const { groupedBulletins } = request.environment.lists;
  if (groupedBulletins.includes("*")) return found;
  const asked = groupedBulletins.map((name) => name.replace(/^IDC_/, ""));
  const others: ListedEvent[] = [];
  for (const list of messageLists.filter((name) => asked.includes(name) && name !== request.environment.bulletin)) {
    const more = await findEvents(sources.store.db, list, request.environment, sources.stations());
    if (typeof more !== "string") others.push(...more.events);
  }
  const numbers = await cssNumbersOf(sources.store.db, others);
  const events = found.events.map((listed) => {
    const own = preferredOrigin(listed.event);
    const near = others
      .map(({ event }) => preferredOrigin(event))
      .filter((origin) => origin.key !== own.key && isGrouped(own, origin));
    return { ...listed, event: { ...listed.event, origins: [...listed.event.origins, ...near] } };
  });
  return { events, numbers: { ...found.numbers, origins: new Map([...numbers.origins, ...found.numbers.origins]) } };
}

const GROUP_DEG = 3;
const GROUP_SEC = 60;

interface PlaceInTime {
  readonly time: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

const isGrouped = (a: PlaceInTime, b: PlaceInTime): boolean =>
  Math.abs(a.time - b.time) <= GROUP_SEC &&
  Math.abs(a.latitudeDeg - b.latitudeDeg) <= GROUP_DEG &&
  Math.abs(a.longitudeDeg - b.longitudeDeg) * Math.cos((a.latitudeDeg * Math.PI) / 180) <= GROUP_DEG;

/** An event's latest arrival comes this long after its origin, s. */
const LATEST_PHASE_SEC = 7_200;

export const arrivalSection: SectionMaker = async (sources, request) => {
  const { environment, subtype, format } = request;
  const listing = (subtype || "AUTOMATIC") as ArrivalListing;
  if (format.startsWith("GSE")) return refused(`ARRIVAL is not written in ${format}; ask for IMS1.0.`);
  if (environment.bulletin !== "" && !listOf(request)) return noList(request);
  const lines =
    listing === "AUTOMATIC" || listing === "UNASSOCIATED"
      ? await detections(sources, request, listing)
      : await associated(sources, request);
  if (typeof lines === "string") return refused(lines);
  return [writeArrivalSection(listing, lines)];
};

async function detections(
  sources: MessageSources,
  { environment: { time, lists, bulletin } }: ImsRequest,
  listing: ArrivalListing,
): Promise<ImsArrivalLine[] | string> {
  const reader = sources.store.db;
  const query = {
    ...boundsOf(time!),
    ...(listing === "UNASSOCIATED" ? { unassociatedIn: bulletin || sources.list } : {}),
    // Picks of analysts are no automatic detections.
    notAsideIn: sources.list,
  };
  const count = await countArrivals(reader, query);
  if (count > sectionLimits.arrivals) return tooMany(count);
  const arrivals = await loadArrivals(reader, query);
  const ids = await aridsOf(
    reader,
    arrivals.map(({ key }) => key),
  );
  const networkOf = new Map(sources.stations().map(({ code, network }) => [code, network]));
  return arrivals
    .filter(
      (arrival) =>
        isAskedFor(arrival.station, lists.stations) &&
        isListed(ids.get(arrival.key), lists.arrivals) &&
        isAskedFor(arrival.channel, lists.beams),
    )
    .map((arrival) =>
      arrivalLine(arrival, { id: String(ids.get(arrival.key)), network: networkOf.get(arrival.station) ?? "" }),
    );
}

const tooMany = (count: number) =>
  `The time holds ${count} arrivals; at most ${sectionLimits.arrivals} are sent at once.`;

async function associated(sources: MessageSources, request: ImsRequest): Promise<ImsArrivalLine[] | string> {
  const { environment } = request;
  const { time, lists } = environment;
  const list = listOf(request) ?? "REB";
  const reader = sources.store.db;
  const window = { from: time!.from - LATEST_PHASE_SEC, to: time!.to };
  // Stations choose arrivals here, not events.
  const anyStation = { ...environment, time: window, lists: { ...lists, stations: ["*"] } };
  const found = await findEvents(reader, list, anyStation, sources.stations());
  if (typeof found === "string") return found;
  const held = found.events.flatMap(({ event }) => {
    const origin = preferredOrigin(event);
    return origin.associations.map((association) => ({ event, origin, association }));
  });
  if (held.length > sectionLimits.arrivals) return tooMany(held.length);
  const keys = [...new Set(held.map(({ association }) => association.arrivalKey))];
  const arrivals = new Map((await loadArrivalsByKey(reader, keys)).map((arrival) => [arrival.key, arrival]));
  const ids = await aridsOf(reader, keys);
  const networkOf = new Map(sources.stations().map(({ code, network }) => [code, network]));
  return held
    .flatMap(({ event, origin, association }): ImsArrivalLine[] => {
      const arrival = arrivals.get(association.arrivalKey);
      if (!arrival || arrival.time < time!.from || arrival.time >= time!.to) return [];
      if (!isAskedFor(arrival.station, lists.stations) || !isListed(ids.get(arrival.key), lists.arrivals)) return [];
      const magnitude = origin.magnitudes
        .flatMap(({ stations }) => stations)
        .find(({ arrivalKey }) => arrivalKey === arrival.key);
      return [
        {
          ...readingLine(arrival, association, magnitude),
          id: String(ids.get(arrival.key)),
          network: networkOf.get(arrival.station) ?? "",
          originId: String(found.numbers.origins.get(origin.key) ?? ""),
          group: String(found.numbers.events.get(event.key) ?? ""),
        },
      ];
    })
    .sort((a, b) => a.time - b.time);
}

function readingLine(
  arrival: Arrival,
  association: Association,
  magnitude: StationMagnitude | undefined,
): ImsArrivalLine {
  const flag = (is: boolean, letter: string) => (is ? letter : "_");
  return arrivalLine(arrival, {
    id: "",
    phase: association.phase,
    deltaDeg: association.deltaDeg,
    eventStationAzimuthDeg: association.eventStationAzimuthDeg,
    timeResidualSec: association.timeResidualSec,
    azimuthResidualDeg: association.azimuthResidualDeg,
    slownessResidualSecPerDeg: association.slownessResidualSecPerDeg,
    defining: `${flag(association.timeDefining, "T")}${flag(association.azimuthDefining, "A")}${flag(association.slownessDefining, "S")}`,
    magnitudeType: magnitude?.type ?? "",
    magnitude: magnitude?.value ?? null,
  });
}

/** Remarks of origins; of events without a time those that are named. */
export const commentSection: SectionMaker = async (sources, request) => {
  const { environment } = request;
  const { lists } = environment;
  if (lists.events.includes("*") && lists.origins.includes("*") && environment.time === null)
    return refused("COMMENT needs EVENT_LIST, ORIGIN_LIST or TIME before it.");
  const time = environment.time ?? { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const list = listOf(request) ?? "REB";
  const found = await findEvents(sources.store.db, list, { ...environment, time }, sources.stations());
  if (typeof found === "string") return refused(found);
  const lines = found.events.flatMap(({ event }) => {
    const origin = preferredOrigin(event);
    const id = String(found.numbers.origins.get(origin.key) ?? "");
    return origin.remarks.length === 0
      ? []
      : [`${"Origin".padEnd(10)} ${id.padEnd(8)}`, ...origin.remarks.map((text) => ` ${text.slice(0, 1_000)}`), ""];
  });
  return [["DATA_TYPE COMMENT IMS1.0", ...lines, ` (${imsTime(sources.clock(), 0)}, ${list})`]];
};
