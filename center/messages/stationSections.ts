/** STATION, CHANNEL, NETWORK and RESPONSE of the inventory, and the four status reports with OUTAGE. */
import type { Channel, Station } from "@harken/core";
import {
  type ImsEnvironment,
  isAskedFor,
  type Outage,
  writeAuthenticationStatus,
  writeChannelSection,
  writeChannelStatus,
  writeLinkStatus,
  writeOutages,
  writeResponseSection,
  writeStationSection,
  writeStationStatus,
} from "@harken/formats";
import { networkHealth } from "../acquisition/networkHealth.ts";
import { spansOf } from "../fdsn/spans.ts";
import { type MessageSources, refused, type SectionMaker, sectionLimits } from "./sources.ts";

function chosen(sources: MessageSources, { lists, ranges }: ImsEnvironment): Station[] {
  const { latitudeDeg, longitudeDeg } = ranges;
  const isEast = (value: number) =>
    longitudeDeg.from <= longitudeDeg.to
      ? value >= longitudeDeg.from && value <= longitudeDeg.to
      : value >= longitudeDeg.from || value <= longitudeDeg.to;
  return sources
    .stations()
    .filter(
      (station) =>
        (isAskedFor(station.code, lists.stations) ||
          station.sites.some(({ code }) => isAskedFor(code, lists.stations))) &&
        station.latitudeDeg >= latitudeDeg.from &&
        station.latitudeDeg <= latitudeDeg.to &&
        isEast(station.longitudeDeg),
    );
}

function channelsOf(sources: MessageSources, environment: ImsEnvironment): Channel[] {
  const { lists } = environment;
  return chosen(sources, environment).flatMap(({ code, channels }) =>
    channels.filter(
      ({ id }) =>
        (isAskedFor(code, lists.stations) || isAskedFor(id.station, lists.stations)) &&
        isAskedFor(id.channel, lists.channels) &&
        isAskedFor(id.location, lists.auxiliaries),
    ),
  );
}

export const stationSection: SectionMaker = async (sources, { environment }) => [
  writeStationSection(chosen(sources, environment)),
];

export const channelSection: SectionMaker = async (sources, { environment }) => [
  writeChannelSection(channelsOf(sources, environment)),
];

/** Codes of the networks; the inventory has no names of them. */
export const networkSection: SectionMaker = async (sources, { environment }) => {
  const codes = new Set(chosen(sources, environment).map(({ network }) => network));
  return [["DATA_TYPE NETWORK IMS1.0", "Net       Description", ...[...codes].map((code) => code.slice(0, 9))]];
};

export const responseSection: SectionMaker = async (sources, { environment }) => {
  const channels = channelsOf(sources, environment).filter(({ response }) => response !== null);
  return channels.length > 0 ? [writeResponseSection(channels)] : refused("No response of such a channel is here.");
};

/** The period of a report; a text says why there is none. */
function periodOf({ time }: ImsEnvironment): { from: number; to: number } | string {
  if (!time || !Number.isFinite(time.from) || !Number.isFinite(time.to)) return "A report needs a TIME with both ends.";
  if (time.to - time.from > sectionLimits.statusSec)
    return `A report covers at most ${sectionLimits.statusSec / 86_400} days.`;
  return time;
}

export const statusSection: SectionMaker = async (sources, { kind, environment, format, subformat }) => {
  const period = periodOf(environment);
  if (typeof period === "string") return refused(period);
  if (format.startsWith("GSE")) return refused(`${kind} is not written in ${format}; ask for IMS1.0.`);
  const { lists } = environment;
  const health = await networkHealth(sources.store.db, chosen(sources, environment), period);
  switch (kind) {
    case "STA_STATUS":
      return [writeStationStatus(period, health.stations)];
    case "CHAN_STATUS": {
      const rows = health.channels.filter(
        ({ channel, auxiliary }) => isAskedFor(channel, lists.channels) && isAskedFor(auxiliary, lists.auxiliaries),
      );
      return [writeChannelStatus(period, rows)];
    }
    case "COMM_STATUS": {
      const rows = health.links.filter(({ far }) => isAskedFor(far, lists.links));
      return [writeLinkStatus(period, rows, /^(?:VERBOSE|LONG)$/.test(subformat))];
    }
    default: {
      const rows = health.authentication.filter(({ station }) => isAskedFor(station, lists.stations));
      return [writeAuthenticationStatus(period, rows)];
    }
  }
};

/** Times of samples are epoch seconds in float64. */
const TIME_EPSILON_SEC = 1e-5;

export const outageSection: SectionMaker = async (sources, { environment, format }) => {
  const period = periodOf(environment);
  if (typeof period === "string") return refused(period);
  if (format.startsWith("GSE")) return refused(`OUTAGE is not written in ${format}; ask for IMS1.0.`);
  const outages: Outage[] = [];
  for (const { id } of channelsOf(sources, environment)) {
    let last = period.from;
    // A period that ends between two samples lacks none.
    let stepSec = 0;
    for await (const { from, to, sampleRateHz } of spansOf(sources.store.db, id, period.from, period.to)) {
      stepSec = 1 / sampleRateHz;
      if (from > last + stepSec) outages.push({ channel: id, from: last, to: from, comment: "" });
      last = to;
    }
    if (last + stepSec < period.to - TIME_EPSILON_SEC)
      outages.push({ channel: id, from: last, to: period.to, comment: "" });
  }
  return [writeOutages(period, outages)];
};
