/**
 * Columns of the event list: what each shows and by what it is sorted. Events without a value come last in either direction.
 *
 *     sortEvents(events, { column: "depth", descending: true })
 */
import type { EventSummary } from "@harken/api";
import { formatNumber, formatTime, nothing } from "./format.ts";

export interface EventColumn {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly numeric: boolean;
  readonly text: (event: EventSummary) => string;
  readonly sortValue: (event: EventSummary) => number | string | null;
}

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

const magnitude = (type: string) => (event: EventSummary) =>
  event.magnitudes.find((entry) => entry.type === type)?.value ?? null;

function column(
  id: string,
  title: string,
  hint: string,
  value: (event: EventSummary) => number | null,
  digits: number,
): EventColumn {
  return {
    id,
    title,
    hint,
    numeric: true,
    text: (event) => formatNumber(value(event), digits),
    sortValue: value,
  };
}

/** A depth that was not solved for is marked: f held by rule, s surface, p from depth phases, a by analyst. */
const depthMarks = { free: "", surface: "s", default: "f", "depth-phase": "p", analyst: "a" } as const;

export const eventColumns: readonly EventColumn[] = [
  {
    ...column("time", "Origin time (UTC)", "Origin time", (event) => event.time, 1),
    numeric: false,
    text: (event) => formatTime(event.time),
  },
  column("lat", "Lat", "Latitude, degrees north", (event) => event.latitudeDeg, 2),
  column("lon", "Lon", "Longitude, degrees east", (event) => event.longitudeDeg, 2),
  {
    ...column(
      "depth",
      "Depth",
      "Depth in km; f held, s at the surface, p from depth phases",
      (event) => event.depthKm,
      0,
    ),
    text: (event) => `${formatNumber(event.depthKm, 0)}${depthMarks[event.depthType]}`,
  },
  column("mb", "mb", "Body-wave magnitude of the network", magnitude("mb"), 1),
  column("Ms", "Ms", "Surface-wave magnitude of the network", magnitude("Ms"), 1),
  column("ML", "ML", "Local magnitude of the network", magnitude("ML"), 1),
  column("ndef", "ndef", "Defining times, azimuths and slownesses", (event) => event.definingCount, 0),
  column("nsta", "nsta", "Stations with an associated arrival", (event) => event.stationCount, 0),
  column("smaj", "Smaj", "Semi-major axis of the error ellipse, km", (event) => event.semiMajorKm, 0),
  column("truth", "Off", "Distance to the hidden event, km", (event) => event.matchedTruth?.distanceKm ?? null, 0),
  {
    id: "region",
    title: "Region",
    hint: "Name of the geographic region",
    numeric: false,
    text: (event) => event.regionName || nothing,
    sortValue: (event) => event.regionName || null,
  },
];

export function sortEvents(events: readonly EventSummary[], sorting: Sorting): EventSummary[] {
  const value = (eventColumns.find(({ id }) => id === sorting.column) ?? eventColumns[0]!).sortValue;
  const sign = sorting.descending ? -1 : 1;
  return events.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === null || right === null) return left === right ? a.time - b.time : left === null ? 1 : -1;
    if (left === right) return a.time - b.time;
    return left < right ? -sign : sign;
  });
}

/** Rows of a long table that a scrolled window shows, with a few above and below. */
export function visibleRows(scrollTop: number, height: number, rowHeight: number, count: number): [number, number] {
  const spare = 8;
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  return [Math.min(first, count), Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + spare)];
}
