/**
 * Writes a bulletin as an IMS1.0 message: DATA_TYPE BULLETIN IMS1.0:short, and before it DATA_TYPE STATION with the places of the stations
 * that reported, so that the reader can locate again. Formats and Protocols for Messages, IDC-3.4.1Rev1.
 *
 *     const text = encodeImsBulletin(bulletin, { stations, region: regionName });
 *
 * Columns round: times of phases to the millisecond, angles and residuals to a tenth. Origins other than the preferred one follow it with
 * their own phases, in the way of the ISC's extension (#PRIME, #OrigID). Arrivals that no event uses have no place in this format.
 */
import {
  type Arrival,
  type Association,
  type Bulletin,
  imsTime,
  type Origin,
  preferredOrigin,
  type SeismicEvent,
  type Station,
} from "@harken/core";
import { writeStationSection } from "../stationSection.ts";
import { allotIds } from "./ids.ts";
import { MAGNITUDE_HEADER, writeMagnitude } from "./magnitudeLine.ts";
import { type AnalysisType, analysisType, ORIGIN_HEADER, writeOrigin } from "./originLine.ts";
import { PHASE_HEADER, type StationValue, writeFurtherMagnitude, writePhase } from "./phaseLine.ts";

export interface ImsSectionOptions {
  /** BULLETIN has everything, EVENT no phases, ORIGIN origins with their magnitudes alone; BULLETIN by default. */
  readonly dataType?: "BULLETIN" | "EVENT" | "ORIGIN";
  /** Names in the file of keys; those of CSS rows or counted from 1 where none are given. */
  readonly ids?: Partial<Readonly<Record<"events" | "origins" | "arrivals", ReadonlyMap<string, string>>>>;
  /** Name of the region at a place, for the event lines. */
  readonly region?: (latitudeDeg: number, longitudeDeg: number) => string;
}

export interface ImsBulletinOptions extends ImsSectionOptions {
  /** Places of the stations; without them the section of stations is left out. */
  readonly stations?: readonly Station[];
}

interface Context extends ImsSectionOptions {
  readonly dataType: "BULLETIN" | "EVENT" | "ORIGIN";
  readonly arrivals: ReadonlyMap<string, Arrival>;
  readonly eventIds: ReadonlyMap<string, string>;
  readonly originIds: ReadonlyMap<string, string>;
  readonly arrivalIds: ReadonlyMap<string, string>;
  readonly analysis: AnalysisType;
}

export function encodeImsBulletin(bulletin: Bulletin, options: ImsBulletinOptions = {}): string {
  const { list, events } = bulletin;
  const used = new Set(
    events.flatMap(({ origins }) => origins.flatMap(({ associations }) => associations.map(({ station }) => station))),
  );
  const stations = (options.stations ?? []).filter(({ code }) => used.has(code));
  const lines = [
    "BEGIN IMS1.0",
    "MSG_TYPE DATA",
    `MSG_ID ${list.replace(/[^\w.-]+/g, "_").slice(0, 20) || "BULLETIN"} HARKEN`,
    ...(stations.length > 0 ? writeStationSection(stations) : []),
    ...writeBulletinSection(bulletin, options),
    "STOP",
  ];
  return `${lines.join("\n")}\n`;
}

/** The section alone. */
export function writeBulletinSection(bulletin: Bulletin, options: ImsSectionOptions = {}): string[] {
  const { list, events, arrivals } = bulletin;
  const { dataType = "BULLETIN", ids = {} } = options;
  const context: Context = {
    ...{ ...options, dataType },
    arrivals: new Map(arrivals.map((arrival) => [arrival.key, arrival])),
    eventIds: ids.events ?? allotIds(events.map(({ key }) => key)),
    originIds: ids.origins ?? allotIds(events.flatMap(({ origins }) => origins.map(({ key }) => key))),
    arrivalIds: ids.arrivals ?? allotIds(arrivals.map(({ key }) => key)),
    analysis: analysisType(list),
  };
  if (dataType === "ORIGIN")
    return ["DATA_TYPE ORIGIN IMS1.0", ...events.flatMap((event) => originLines(event, context)), ""];
  return [
    `DATA_TYPE ${dataType} IMS1.0:short`,
    title(bulletin),
    ...events.flatMap((event) => eventLines(event, context)),
    "",
  ];
}

/** The preferred origin and its magnitudes. */
function originLines(event: SeismicEvent, { originIds, analysis }: Context): string[] {
  const origin = preferredOrigin(event);
  const id = originIds.get(origin.key)!;
  const magnitudes = origin.magnitudes.map((magnitude) => writeMagnitude(magnitude, origin.author, id));
  return [
    ...["", ORIGIN_HEADER, writeOrigin(origin, id, analysis)],
    ...(magnitudes.length > 0 ? ["", MAGNITUDE_HEADER, ...magnitudes] : []),
  ];
}

const MAX_TITLE = 136;

function title({ list, events }: Bulletin): string {
  const times = events.map((event) => preferredOrigin(event).time);
  const stretch =
    times.length === 0
      ? ""
      : ` from ${imsTime(times.reduce((a, b) => Math.min(a, b)))} to ${imsTime(times.reduce((a, b) => Math.max(a, b)))}`;
  return `Bulletin ${oneLine(list)}${stretch}, events: ${events.length}`.slice(0, MAX_TITLE);
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

function eventLines(event: SeismicEvent, context: Context): string[] {
  const { originIds, analysis } = context;
  const preferred = preferredOrigin(event);
  const region = context.region?.(preferred.latitudeDeg, preferred.longitudeDeg) ?? "";
  const idOf = ({ key }: Origin) => originIds.get(key)!;
  const several = event.origins.length > 1;
  const magnitudes = event.origins.flatMap((origin) =>
    origin.magnitudes.map((magnitude) => writeMagnitude(magnitude, origin.author, idOf(origin))),
  );
  return [
    "",
    `Event ${context.eventIds.get(event.key)!.padEnd(8)} ${oneLine(region).slice(0, 65)}`.trimEnd(),
    "",
    ORIGIN_HEADER,
    ...event.origins.flatMap((origin) => [
      writeOrigin(origin, idOf(origin), analysis),
      ...(several && origin === preferred ? [comment("#PRIME")] : []),
      ...origin.remarks.map(comment),
    ]),
    ...(magnitudes.length > 0 ? ["", MAGNITUDE_HEADER, ...magnitudes] : []),
    ...event.origins.flatMap((origin) => {
      const phases = context.dataType === "EVENT" ? [] : phaseLines(origin, context);
      if (phases.length === 0) return [];
      return ["", PHASE_HEADER, ...(several ? [comment(`#OrigID ${idOf(origin)}`)] : []), ...phases];
    }),
  ];
}

const MAX_COMMENT = 1020;
const comment = (text: string) => ` (${oneLine(text).slice(0, MAX_COMMENT)})`;

const DAY_SEC = 86_400;

function phaseLines(origin: Origin, { arrivals, arrivalIds, analysis }: Context): string[] {
  const values = stationValues(origin);
  const rows: { association: Association; arrival: Arrival }[] = [];
  for (const association of origin.associations) {
    const arrival = arrivals.get(association.arrivalKey);
    if (arrival) rows.push({ association, arrival });
  }
  // In the order in which they are read again: a line tells the time of day, and its day is that of the first such time after the origin.
  const from = Math.round(origin.time * 100) / 100;
  const after = ({ time }: Arrival) => (((time - from) % DAY_SEC) + DAY_SEC) % DAY_SEC;
  rows.sort((a, b) => a.association.deltaDeg - b.association.deltaDeg || after(a.arrival) - after(b.arrival));
  return rows.flatMap(({ association, arrival }) => {
    const id = arrivalIds.get(arrival.key)!;
    const [first = null, ...further] = values.get(arrival.key) ?? [];
    values.delete(arrival.key);
    return [
      writePhase(arrival, association, first, id, analysis),
      ...further.map((value) => writeFurtherMagnitude(value, id)),
    ];
  });
}

/** Station magnitudes by arrival; one that names no arrival goes with the first of its station. */
function stationValues({ magnitudes, associations }: Origin): Map<string, StationValue[]> {
  const firstOf = new Map(associations.toReversed().map(({ station, arrivalKey }) => [station, arrivalKey]));
  const values = new Map<string, StationValue[]>();
  for (const { stations } of magnitudes)
    for (const { type, value, station, arrivalKey } of stations) {
      const key = arrivalKey ?? firstOf.get(station);
      if (key === undefined) continue;
      const list = values.get(key);
      if (list) list.push({ type, value });
      else values.set(key, [{ type, value }]);
    }
  return values;
}
