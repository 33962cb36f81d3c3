/** WAVEFORM out of the archive: every channel that is asked for, or the stretches that the events of a bulletin call for. */
import { type Channel, channelKey, preferredOrigin, type WaveformSegment } from "@harken/core";
import { type ImsEnvironment, isAskedFor, writeWaveformSection } from "@harken/formats";
import { findPieces, loadArrivalsByKey, readPieces } from "@harken/store";
import { waveformFormats } from "../timetable/responder.ts";
import { findEvents } from "./eventFilter.ts";
import { messageLists } from "./eventSections.ts";
import { type MessageSources, refused, type SectionMaker, sectionLimits } from "./sources.ts";

interface Stretch {
  readonly channel: Channel;
  readonly from: number;
  readonly to: number;
}

/** Of waveforms that are asked for relative to events: how long before a station's first arrival and after its last, s. */
const BEFORE_SEC = 60;
const AFTER_SEC = 240;

export const waveformSection: SectionMaker = async (sources, request) => {
  const { environment } = request;
  const format = waveformFormats.find((known) => known === (request.subformat || "CM6"));
  const version = versions.find((known) => known === request.format);
  if (!format || !version)
    return refused(`Waveforms are written as ${versions.join(", ")} with ${waveformFormats.join(", ")}.`);
  const stretches =
    environment.relativeTo === "" ? plainStretches(sources, environment) : await eventStretches(sources, environment);
  if (typeof stretches === "string") return refused(stretches);
  if (stretches.length === 0) return refused("No such channel is here.");
  const expected = stretches.reduce((sum, { channel, from, to }) => sum + (to - from) * (channel.sampleRateHz ?? 0), 0);
  if (!Number.isFinite(expected) || expected > sectionLimits.samples)
    return refused(`At most ${sectionLimits.samples} samples are sent at once; ask for less time or fewer channels.`);
  const segments: WaveformSegment[] = [];
  for (const { channel, from, to } of stretches)
    segments.push(
      ...(await readPieces(sources.archive, await findPieces(sources.store.db, channel.id, from, to), from, to)),
    );
  if (segments.length === 0) return refused("No data of that time are here.");
  const channels = [...new Map(stretches.map(({ channel }) => [channelKey(channel.id), channel])).values()];
  try {
    return [writeWaveformSection(segments, { format, version, channels })];
  } catch (cause) {
    // Samples that are no 32-bit integers: the format cannot hold them.
    if (cause instanceof RangeError) return refused(cause.message);
    throw cause;
  }
};

const versions = ["IMS2.0", "IMS1.0", "GSE2.1", "GSE2.0"] as const;

function channelsOf(sources: MessageSources, { lists }: ImsEnvironment): Channel[] {
  return sources
    .stations()
    .flatMap((station) =>
      station.channels.filter(
        ({ id }) =>
          (isAskedFor(station.code, lists.stations) || isAskedFor(id.station, lists.stations)) &&
          isAskedFor(id.channel, lists.channels) &&
          isAskedFor(id.location, lists.auxiliaries),
      ),
    );
}

const plainStretches = (sources: MessageSources, environment: ImsEnvironment): Stretch[] =>
  channelsOf(sources, environment).map((channel) => ({ channel, ...environment.time! }));

/** The stations that saw each event, from before their first arrival to after their last. */
async function eventStretches(sources: MessageSources, environment: ImsEnvironment): Promise<Stretch[] | string> {
  if (!messageLists.includes(environment.bulletin)) return "RELATIVE_TO needs a BULL_TYPE.";
  const found = await findEvents(sources.store.db, environment.bulletin, environment, sources.stations());
  if (typeof found === "string") return found;
  const stretches: Stretch[] = [];
  for (const { event } of found.events) {
    const keys = preferredOrigin(event).associations.map(({ arrivalKey }) => arrivalKey);
    const arrivals = Map.groupBy(await loadArrivalsByKey(sources.store.db, keys), ({ station }) => station);
    for (const station of sources.stations()) {
      const times = (arrivals.get(station.code) ?? []).map(({ time }) => time);
      if (times.length === 0) continue;
      const only = { ...environment, lists: { ...environment.lists, stations: [station.code] } };
      if (!isAskedFor(station.code, environment.lists.stations)) continue;
      const window = { from: Math.min(...times) - BEFORE_SEC, to: Math.max(...times) + AFTER_SEC };
      stretches.push(...channelsOf(sources, only).map((channel) => ({ channel, ...window })));
    }
  }
  return stretches.length > 0 ? stretches : "No event of that kind has an arrival at these stations.";
}
