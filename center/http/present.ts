/** From the store's nouns to the contract's JSON. Everything that leaves is a finite number or null. */
import type { ArrivalRecord, EventDetail, EventSummary, TruthMatch } from "@harken/api";
import { type Arrival, channelKey, type Origin, preferredOrigin, wrapLongitude } from "@harken/core";
import { regionName } from "@harken/earth";
import type { ListedEvent } from "@harken/store";
import { screenEvent, screeningSettings } from "@harken/waveform";

export function presentArrival(arrival: Arrival, eventKey: string | null): ArrivalRecord {
  return {
    ...arrival,
    amplitudes: arrival.amplitudes.map((amplitude) => ({ ...amplitude, channel: channelKey(amplitude.channel) })),
    eventKey,
  };
}

export function presentSummary({ event }: ListedEvent, matchedTruth: TruthMatch | null): EventSummary {
  const origin = preferredOrigin(event);
  return {
    key: event.key,
    time: origin.time,
    latitudeDeg: origin.latitudeDeg,
    longitudeDeg: wrapLongitude(origin.longitudeDeg),
    depthKm: origin.depthKm,
    depthType: origin.depthType,
    regionName: regionName(origin.latitudeDeg, origin.longitudeDeg),
    magnitudes: origin.magnitudes.map(({ type, value, stationCount }) => ({ type, value, stationCount })),
    definingCount: origin.definingCount,
    stationCount: origin.stationCount,
    semiMajorKm: origin.error?.semiMajorKm ?? null,
    semiMinorKm: origin.error?.semiMinorKm ?? null,
    strikeDeg: origin.error?.strikeDeg ?? null,
    azimuthGapDeg: origin.azimuthGapDeg,
    timeErrorSec: origin.error?.timeErrorSec ?? null,
    matchedTruth,
  };
}

export function presentDetail(
  listed: ListedEvent,
  arrivals: ReadonlyMap<string, Arrival>,
  matchedTruth: TruthMatch | null,
): EventDetail {
  const { event, list, version } = listed;
  const { status, score, criteria } = screenEvent(preferredOrigin(event));
  return {
    ...presentSummary(listed, matchedTruth),
    list,
    version,
    screening: { status, score, mbMsLine: screeningSettings.line, criteria: [...criteria] },
    origins: event.origins.map((origin) =>
      presentOrigin(origin, origin.key === event.preferredOriginKey, event.key, arrivals),
    ),
  };
}

function presentOrigin(
  origin: Origin,
  preferred: boolean,
  eventKey: string,
  arrivals: ReadonlyMap<string, Arrival>,
): EventDetail["origins"][number] {
  return {
    ...origin,
    longitudeDeg: wrapLongitude(origin.longitudeDeg),
    preferred,
    associations: origin.associations.map((association) => {
      const arrival = arrivals.get(association.arrivalKey);
      return { ...association, arrival: arrival ? presentArrival(arrival, eventKey) : null };
    }),
    magnitudes: origin.magnitudes.map((magnitude) => ({ ...magnitude, stations: [...magnitude.stations] })),
    remarks: [...origin.remarks],
  };
}
