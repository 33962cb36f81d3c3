/** fdsnws-event 1.2 from the bulletins: QuakeML, or text with a bar between columns. A catalog is a list of the centre, SEL1 and its followers. */
import { isoTime, type Origin, preferredOrigin, type SeismicEvent } from "@harken/core";
import { regionName } from "@harken/earth";
import { encodeQuakeMl } from "@harken/formats";
import { countEvents, loadArrivalsByKey, loadEvents } from "@harken/store";
import { type FdsnAnswer, type FdsnSources, textAnswer } from "./answer.ts";
import { areaNames, isWithin, readArea } from "./area.ts";
import { type FdsnRequest, isTrue, numberOf, tooLarge, wordOf } from "./request.ts";

export const eventParameters = [
  ...["starttime", "endtime", ...areaNames, "mindepth", "maxdepth", "minmagnitude", "maxmagnitude", "magnitudetype"],
  ...["includeallorigins", "includeallmagnitudes", "includearrivals", "eventid", "limit", "offset", "orderby"],
  ...["catalog", "contributor", "format", "nodata"],
] as const;

const MOST_EVENTS = 20_000;

export async function event(sources: FdsnSources, request: FdsnRequest): Promise<FdsnAnswer> {
  const { store } = sources;
  const format = wordOf(request, "format", ["xml", "text"]);
  const order = wordOf(request, "orderby", ["time", "time-asc", "magnitude", "magnitude-asc"]);
  const area = readArea(request);
  const [leastKm, mostKm] = [numberOf(request, "mindepth", -Infinity), numberOf(request, "maxdepth", Infinity)];
  const leastMagnitude = numberOf(request, "minmagnitude", -Infinity);
  const mostMagnitude = numberOf(request, "maxmagnitude", Infinity);
  const limit = numberOf(request, "limit", MOST_EVENTS, 1, MOST_EVENTS);
  const offset = numberOf(request, "offset", 1, 1) - 1;
  const magnitudeType = request.parameters.get("magnitudetype")?.toLowerCase();
  const list = request.parameters.get("catalog") ?? sources.list;
  const [{ from, to }] = request.selections as [FdsnRequest["selections"][number]];
  const key = request.parameters.get("eventid");
  const query = { list, key, ...finite("from", from), ...finite("to", to) };
  const count = await countEvents(store.db, query);
  if (count > MOST_EVENTS) throw tooLarge(`up to ${count} events`, MOST_EVENTS);
  const magnitudeOf = (origin: Origin) =>
    magnitudeType === undefined
      ? origin.magnitudes[0]
      : origin.magnitudes.find(({ type }) => type.toLowerCase() === magnitudeType);
  const hasBounds = Number.isFinite(leastMagnitude) || Number.isFinite(mostMagnitude) || magnitudeType !== undefined;
  const isWanted = ({ event: found }: { readonly event: SeismicEvent }) => {
    const origin = preferredOrigin(found);
    const value = magnitudeOf(origin)?.value;
    if (hasBounds && !(value !== undefined && value >= leastMagnitude && value <= mostMagnitude)) return false;
    return (
      origin.depthKm >= leastKm && origin.depthKm <= mostKm && isWithin(area, origin.latitudeDeg, origin.longitudeDeg)
    );
  };
  const rank = ({ event: found }: { readonly event: SeismicEvent }) => {
    const origin = preferredOrigin(found);
    return order.startsWith("time") ? origin.time : (magnitudeOf(origin)?.value ?? -Infinity);
  };
  const isRising = order.endsWith("-asc");
  const events = (await loadEvents(store.db, query))
    .filter(isWanted)
    .sort((a, b) => (isRising ? rank(a) - rank(b) : rank(b) - rank(a)) || 0)
    .slice(offset, offset + limit)
    .map((listed) => listed.event);
  if (events.length === 0) return null;
  if (format === "text") return textAnswer("text/plain", rowsOf(events, list, magnitudeOf));
  const [allOrigins, allMagnitudes] = [isTrue(request, "includeallorigins"), isTrue(request, "includeallmagnitudes")];
  const withArrivals = isTrue(request, "includearrivals");
  const shown = events.map((found) => ({
    ...found,
    origins: found.origins
      .filter(({ key: own }) => allOrigins || own === found.preferredOriginKey)
      .map((origin) => ({
        ...origin,
        magnitudes: allMagnitudes ? origin.magnitudes : [magnitudeOf(origin)].filter((value) => value !== undefined),
        associations: withArrivals ? origin.associations : [],
      })),
  }));
  const keys = new Set(
    shown
      .flatMap(({ origins }) => origins.flatMap(({ associations }) => associations))
      .map(({ arrivalKey }) => arrivalKey),
  );
  const arrivals = await loadArrivalsByKey(store.db, [...keys]);
  return textAnswer("application/xml", encodeQuakeMl({ list, events: shown, arrivals }));
}

const finite = (name: "from" | "to", time: number) => (Number.isFinite(time) ? { [name]: time } : {});

function rowsOf(
  events: readonly SeismicEvent[],
  list: string,
  magnitudeOf: (origin: Origin) => Origin["magnitudes"][number] | undefined,
): string {
  const rows = events.map((found) => {
    const origin = preferredOrigin(found);
    const magnitude = magnitudeOf(origin);
    return [
      ...[found.key, isoTime(origin.time, 3).slice(0, -1), origin.latitudeDeg, origin.longitudeDeg, origin.depthKm],
      ...[origin.author, list, "", found.key, magnitude?.type ?? "", magnitude?.value ?? ""],
      ...[magnitude ? origin.author : "", regionName(origin.latitudeDeg, origin.longitudeDeg)],
    ].join("|");
  });
  const head =
    "#EventID|Time|Latitude|Longitude|Depth/km|Author|Catalog|Contributor|ContributorID|MagType|Magnitude|MagAuthor|EventLocationName";
  return `${[head, ...rows].join("\n")}\n`;
}
