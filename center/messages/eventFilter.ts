/** Events of a list that fit the environment of a request or of a subscription. */
import { distanceAzimuth, preferredOrigin, type SeismicEvent, type Station } from "@harken/core";
import { type ImsEnvironment, type ImsRange, isAskedFor } from "@harken/formats";
import { type CssNumbers, countEvents, cssNumbersOf, type ListedEvent, loadEvents, type Reader } from "@harken/store";
import { sectionLimits } from "./sources.ts";

/** Infinities of a range are no bounds of a query. */
export const boundsOf = ({ from, to }: ImsRange): { from: number | undefined; to: number | undefined } => ({
  from: Number.isFinite(from) ? from : undefined,
  to: Number.isFinite(to) ? to : undefined,
});

export interface FoundEvents {
  readonly events: readonly ListedEvent[];
  readonly numbers: CssNumbers;
}

/** A text says why the events are not given. */
export async function findEvents(
  reader: Reader,
  list: string,
  environment: ImsEnvironment,
  stations: readonly Station[],
): Promise<FoundEvents | string> {
  if (!environment.time) return "TIME is not given.";
  const window = boundsOf(environment.time);
  const count = await countEvents(reader, { list, ...window });
  if (count > sectionLimits.events)
    return `The time holds ${count} events of ${list}; at most ${sectionLimits.events} are sent at once.`;
  const listed = await loadEvents(reader, { list, ...window });
  const numbers = await cssNumbersOf(reader, listed);
  const events = listed.filter(
    ({ event }) =>
      fitsEvent(event, environment, stations) &&
      isListed(numbers.events.get(event.key), environment.lists.events) &&
      isListed(numbers.origins.get(event.preferredOriginKey), environment.lists.origins),
  );
  return { events, numbers };
}

export const isListed = (number: number | undefined, list: readonly string[]): boolean =>
  list.includes("*") || isAskedFor(String(number ?? ""), list);

/** By place, size and stations; what is asked by number is left to the caller. */
export function fitsEvent(
  event: SeismicEvent,
  { ranges, lists }: Pick<ImsEnvironment, "ranges" | "lists">,
  stations: readonly Station[],
): boolean {
  const origin = preferredOrigin(event);
  const { latitudeDeg, longitudeDeg, depthKm, error, magnitudes, associations } = origin;
  const sizeOf = (type: string) => magnitudes.find((magnitude) => magnitude.type.toUpperCase() === type)?.value;
  if (!isWithin(latitudeDeg, ranges.latitudeDeg) || !isBetween(longitudeDeg, ranges.longitudeDeg)) return false;
  if (!isWithin(depthKm, ranges.depthKm)) return false;
  if (!isWithin(depthKm - (error?.depthErrorKm ?? 0), ranges.depthMinusErrorKm)) return false;
  if (isBounded(ranges.magnitude)) {
    const asked = magnitudes.filter(({ type }) => isAskedFor(type, lists.magnitudeTypes));
    if (!asked.some(({ value }) => isWithin(value, ranges.magnitude))) return false;
  } else if (
    !lists.magnitudeTypes.includes("*") &&
    !magnitudes.some(({ type }) => isAskedFor(type, lists.magnitudeTypes))
  )
    return false;
  if (isBounded(ranges.mbMinusMs)) {
    const [mb, ms] = [sizeOf("MB"), sizeOf("MS")];
    if (mb === undefined || ms === undefined || !isWithin(mb - ms, ranges.mbMinusMs)) return false;
  }
  if (isBounded(ranges.eventStationDeg))
    return stations.some(
      (station) =>
        isAskedFor(station.code, lists.stations) &&
        isWithin(
          distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg).deltaDeg,
          ranges.eventStationDeg,
        ),
    );
  return lists.stations.includes("*") || associations.some(({ station }) => isAskedFor(station, lists.stations));
}

const isWithin = (value: number, { from, to }: ImsRange): boolean => value >= from && value <= to;
const isBounded = ({ from, to }: ImsRange): boolean => Number.isFinite(from) || Number.isFinite(to);

/** From west to east, over the date line where the west is greater. */
const isBetween = (longitude: number, { from, to }: ImsRange): boolean =>
  from <= to ? longitude >= from && longitude <= to : longitude >= from || longitude <= to;
