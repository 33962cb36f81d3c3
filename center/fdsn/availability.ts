/** fdsnws-availability 1.0: which time of which channel the archive holds, as spans (`query`) or as one line for each channel (`extent`). */
import { isoTime } from "@harken/core";
import { channelExtents } from "@harken/store";
import { type FdsnAnswer, type FdsnSources, textAnswer } from "./answer.ts";
import { type FdsnRequest, numberOf, refuse, selectionNames, tooLarge, wordOf } from "./request.ts";
import { type Span, spansOf, taken } from "./spans.ts";

const common = [
  ...selectionNames,
  ...["quality", "merge", "orderby", "limit", "includerestricted", "format", "nodata"],
] as const;
export const availabilityParameters = [...common, "mergegaps", "show"] as const;
export const extentParameters = common;

const MOST_SPANS = 100_000;
const ORDERS = [
  "nslc_time_quality_samplerate",
  "timespancount",
  "timespancount_desc",
  "latestupdate",
  "latestupdate_desc",
] as const;

/** A span, or the first to the last of a channel's. */
interface Row extends Span {
  readonly spans: number;
}

export async function availability(sources: FdsnSources, request: FdsnRequest, isExtent: boolean): Promise<FdsnAnswer> {
  const format = wordOf(request, "format", ["text", "geocsv", "json", "request"]);
  const order = wordOf(request, "orderby", isExtent ? ORDERS : ORDERS.slice(0, 1));
  const merges = (request.parameters.get("merge") ?? "").toLowerCase().split(",");
  const wrong = merges.find((word) => !["", "samplerate", "quality", "overlap"].includes(word));
  if (wrong !== undefined) throw refuse(`The merge "${wrong.slice(0, 40)}" is none of samplerate, quality, overlap.`);
  const showsUpdate = isExtent || request.parameters.has("show");
  if (!isExtent && showsUpdate) wordOf(request, "show", ["latestupdate"]);
  const limit = numberOf(request, "limit", Infinity, 1);
  const qualities = (request.parameters.get("quality") ?? "*").toUpperCase().split(",");
  if (!qualities.some((quality) => quality === "D" || quality === "*")) return null;
  const rule = { mergeGapSec: numberOf(request, "mergegaps", 0, 0), mergeRates: merges.includes("samplerate") };
  const rows: Row[] = [];
  for (const { channel, from, to } of taken(await channelExtents(sources.store.db), request.selections)) {
    const own: Row[] = [];
    for await (const span of spansOf(sources.store.db, channel, from, to, rule)) {
      const same = isExtent && own.findIndex(({ sampleRateHz }) => sampleRateHz === span.sampleRateHz);
      if (same === false || same < 0) own.push({ ...span, spans: 1 });
      else own[same] = joined(own[same]!, span);
      if (rows.length + own.length > MOST_SPANS) break;
    }
    rows.push(...own);
    if (order === ORDERS[0] && rows.length >= limit) break;
    if (rows.length > MOST_SPANS) throw tooLarge("more spans", MOST_SPANS);
  }
  if (order.startsWith("timespancount")) rows.sort((a, b) => a.spans - b.spans);
  if (order.startsWith("latestupdate")) rows.sort((a, b) => a.updatedAt - b.updatedAt);
  if (order.endsWith("_desc")) rows.reverse();
  const shown = rows.slice(0, Number.isFinite(limit) ? limit : undefined);
  if (shown.length === 0) return null;
  if (format === "json") return textAnswer("application/json", json(shown, isExtent, showsUpdate, sources.clock()));
  if (format === "request") return textAnswer("text/plain", shown.map(requestLine).join(""));
  return format === "geocsv"
    ? textAnswer("text/csv", geoCsv(shown, isExtent, showsUpdate))
    : textAnswer("text/plain", text(shown, isExtent, showsUpdate));
}

const joined = (before: Row, span: Span): Row => ({
  ...before,
  to: span.to,
  spans: before.spans + 1,
  updatedAt: Math.max(before.updatedAt, span.updatedAt),
});

const exact = (time: number) => isoTime(time, 6);
const whole = (time: number) => isoTime(time, 0);

interface Column {
  readonly name: string;
  readonly unit: string;
  readonly type: string;
  readonly of: (row: Row) => string;
}

function columns(isExtent: boolean, showsUpdate: boolean): Column[] {
  const word = (name: string, of: Column["of"]): Column => ({ name, unit: "unitless", type: "string", of });
  const time = (name: string, of: Column["of"]): Column => ({ name, unit: "ISO_8601", type: "datetime", of });
  return [
    word("Network", ({ channel }) => channel.network),
    word("Station", ({ channel }) => channel.station),
    word("Location", ({ channel }) => channel.location),
    word("Channel", ({ channel }) => channel.channel),
    word("Quality", () => "D"),
    {
      ...{ name: "SampleRate", unit: "hertz", type: "float" },
      of: ({ sampleRateHz }) => (Number.isInteger(sampleRateHz) ? sampleRateHz.toFixed(1) : String(sampleRateHz)),
    },
    time("Earliest", ({ from }) => exact(from)),
    time("Latest", ({ to }) => exact(to)),
    ...(showsUpdate ? [time("Updated", ({ updatedAt }) => whole(updatedAt))] : []),
    ...(isExtent
      ? [
          { name: "TimeSpans", unit: "unitless", type: "integer", of: ({ spans }: Row) => String(spans) },
          word("Restriction", () => "OPEN"),
        ]
      : []),
  ];
}

/** Columns as wide as their widest word; a blank code is `--`. */
function text(rows: readonly Row[], isExtent: boolean, showsUpdate: boolean): string {
  const parts = columns(isExtent, showsUpdate).map(({ name, of }, i) => {
    const cells = [i === 0 ? `#${name}` : name, ...rows.map((row) => of(row) || "--")];
    const width = cells.reduce((most, cell) => Math.max(most, cell.length), 0);
    return cells.map((cell) => cell.padEnd(width));
  });
  return parts[0]!
    .map(
      (_, i) =>
        `${parts
          .map((cells) => cells[i])
          .join(" ")
          .trimEnd()}\n`,
    )
    .join("");
}

function geoCsv(rows: readonly Row[], isExtent: boolean, showsUpdate: boolean): string {
  const shown = columns(isExtent, showsUpdate);
  const line = (of: (column: Column) => string) => shown.map(of).join("|");
  return [
    "#dataset: GeoCSV 2.0",
    "#delimiter: |",
    `#field_unit: ${line(({ unit }) => unit)}`,
    `#field_type: ${line(({ type }) => type)}`,
    line(({ name }) => name),
    ...rows.map((row) => line(({ of }) => of(row))),
    "",
  ].join("\n");
}

function json(rows: readonly Row[], isExtent: boolean, showsUpdate: boolean, now: number): string {
  const sourceOf = ({ channel, sampleRateHz }: Row) => ({
    ...{ network: channel.network, station: channel.station, location: channel.location, channel: channel.channel },
    ...{ quality: "D", samplerate: sampleRateHz },
  });
  const updated = (group: readonly Row[]) =>
    showsUpdate ? { updated: whole(Math.max(...group.map(({ updatedAt }) => updatedAt))) } : {};
  const datasources = isExtent
    ? rows.map((row) => ({
        ...{ ...sourceOf(row), earliest: exact(row.from), latest: exact(row.to), ...updated([row]) },
        ...{ timespanCount: row.spans, restriction: "OPEN" },
      }))
    : [...Map.groupBy(rows, (row) => JSON.stringify(sourceOf(row))).values()].map((group) => ({
        ...{ ...sourceOf(group[0]!), ...updated(group) },
        timespans: group.map(({ from, to }) => [exact(from), exact(to)]),
      }));
  return `${JSON.stringify({ created: whole(now), version: 1, datasources })}\n`;
}

const requestLine = ({ channel: { network, station, location, channel }, from, to }: Row) =>
  `${[network, station, location, channel].map((code) => code || "--").join(" ")} ${exact(from)} ${exact(to)}\n`;
