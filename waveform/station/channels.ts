/**
 * Which channels of a station are worked on. A station may have several instruments at one place (location codes 00, 10, 60): one is chosen,
 * so that one signal is detected once.
 */
import { type Channel, type ChannelId, channelKey, type Station, type WaveformSegment } from "@harken/core";

export interface SensorSet {
  readonly vertical: ChannelId;
  readonly horizontals: readonly [ChannelId, ChannelId] | null;
  readonly sampleRateHz: number;
}

export interface StationSensors {
  /** The three-component or single sensor, for stations that are not arrays. */
  readonly single: SensorSet | null;
  /** Verticals (or pressure channels) of an array's elements. */
  readonly elements: readonly ChannelId[];
  readonly sampleRateHz: number;
}

/** Lowest rate at which a short-period signal can be timed, Hz. */
const LEAST_RATE = 8;
/** Band codes by preference: broadband and short-period before high-rate and long-period ones (SEED Appendix A). */
const BANDS = "BSHEMCL";
const HORIZONTAL_PAIRS = ["NE", "12", "23", "UV", "XY"];

interface Candidate {
  readonly id: ChannelId;
  readonly rate: number;
  readonly samples: number;
}

const isVertical = ({ channel }: ChannelId) => /Z$/i.test(channel) || /^.DF/.test(channel) || /^.DH/.test(channel);

function bandRank(channel: string): number {
  const rank = BANDS.indexOf(channel[0]?.toUpperCase() ?? "");
  return rank < 0 ? BANDS.length : rank;
}

export function chooseSensors(station: Station, segments: readonly WaveformSegment[]): StationSensors {
  const candidates = new Map<string, { id: ChannelId; rate: number; samples: number }>();
  for (const { channel, sampleRateHz, samples } of segments) {
    const key = channelKey(channel);
    const known = candidates.get(key);
    if (known) known.samples += samples.length;
    else candidates.set(key, { id: channel, rate: sampleRateHz, samples: samples.length });
  }
  const usable = [...candidates.values()].filter(({ rate }) => rate >= LEAST_RATE);
  const verticals = usable.filter(({ id }) => isVertical(id)).sort((a, b) => compareVerticals(a, b, station.channels));
  if (station.kind === "array") {
    const elements = arrayElements(verticals);
    if (elements.length >= 3)
      return { single: null, elements: elements.map(({ id }) => id), sampleRateHz: elements[0]!.rate };
  }
  const [vertical] = verticals;
  if (!vertical) return { single: null, elements: [], sampleRateHz: 0 };
  const { rate } = vertical;
  const single = { vertical: vertical.id, horizontals: horizontalsOf(vertical, usable), sampleRateHz: rate };
  return { single, elements: [], sampleRateHz: rate };
}

/** Those with a known response first, then by band code, then the most data, then by code so that the choice is always the same. */
function compareVerticals(a: Candidate, b: Candidate, channels: readonly Channel[]): number {
  const known = ({ id }: Candidate) =>
    channels.some((c) => sameChannel(c.id, id) && (c.response !== null || c.calibNmPerCount !== null)) ? 0 : 1;
  return (
    known(a) - known(b) ||
    bandRank(a.id.channel) - bandRank(b.id.channel) ||
    b.samples / b.rate - a.samples / a.rate ||
    (channelKey(a.id) < channelKey(b.id) ? -1 : 1)
  );
}

/** One vertical for each site, all of the rate and instrument that most sites share. */
function arrayElements(verticals: readonly Candidate[]): Candidate[] {
  const kinds = new Map<string, Map<string, Candidate>>();
  for (const candidate of verticals) {
    const kind = `${candidate.id.channel.slice(0, 2)} ${candidate.rate.toFixed(2)}`;
    let sites = kinds.get(kind);
    if (!sites) kinds.set(kind, (sites = new Map()));
    if (!sites.has(candidate.id.station)) sites.set(candidate.id.station, candidate);
  }
  const [most] = [...kinds.values()].sort((a, b) => b.size - a.size);
  return most ? [...most.values()] : [];
}

function horizontalsOf({ id, rate }: Candidate, all: readonly Candidate[]): [ChannelId, ChannelId] | null {
  const beside = all.filter(
    (c) =>
      c.id.station === id.station &&
      c.id.location === id.location &&
      c.id.channel.slice(0, -1) === id.channel.slice(0, -1) &&
      c.rate === rate,
  );
  for (const pair of HORIZONTAL_PAIRS) {
    const found = [...pair].map((code) => beside.find((c) => c.id.channel.endsWith(code)));
    if (found[0] && found[1]) return [found[0].id, found[1].id];
  }
  return null;
}

export function sameChannel(a: ChannelId, b: ChannelId): boolean {
  return (
    a.station === b.station &&
    a.channel === b.channel &&
    a.location === b.location &&
    (a.network === b.network || a.network === "" || b.network === "")
  );
}

/** The station's record of a channel that holds at a time; the last one when none does. */
export function channelRecord(station: Station, id: ChannelId, time: number): Channel | null {
  const records = station.channels.filter((c) => sameChannel(c.id, id));
  return (
    records.find((c) => (c.startTime ?? -Infinity) <= time && time <= (c.endTime ?? Infinity)) ?? records.at(-1) ?? null
  );
}
