/**
 * Which channels of a station are worked on. A station may have several instruments at one place (location codes 00, 10, 60): they are
 * ranked, and each window of data takes the best that was running, so that one signal is detected once.
 */
import { type Channel, type ChannelId, channelKey, type Station, type WaveformSegment } from "@harken/core";
import { sameRate } from "./channelRecord.ts";
import type { StationRecipe } from "./recipe.ts";

export type SensorSet =
  | { readonly kind: "array"; readonly elements: readonly ChannelId[]; readonly sampleRateHz: number }
  | {
      readonly kind: "single";
      /** Vertical, or the pressure channel. */
      readonly vertical: ChannelId;
      readonly horizontals: readonly [ChannelId, ChannelId] | null;
      readonly sampleRateHz: number;
    };

export const channelsOf = (set: SensorSet): readonly ChannelId[] =>
  set.kind === "array" ? set.elements : [set.vertical, ...(set.horizontals ?? [])];

/** Elements from which a direction can be measured. */
export const MIN_ELEMENTS = 3;
/** Lowest rate at which a short-period signal can be timed, Hz. */
const LEAST_RATE = 8;
/** Band codes by preference: broadband and short-period before high-rate and long-period ones (SEED Appendix A). */
const BANDS = "BSHECM";
const HORIZONTAL_PAIRS = ["NE", "12", "23", "UV", "XY"];

interface Candidate {
  readonly id: ChannelId;
  readonly rate: number;
  seconds: number;
}

const isPressure = ({ channel }: ChannelId) => /^.D[FHGO]$/i.test(channel);
/** The letter of a channel's code that names its component: the last one, or the one before a suffix (SZL, a low-gain SZ). */
const componentOf = ({ channel }: ChannelId): string => {
  const code = channel.toUpperCase();
  return /[ZNE123UVXYRT]$/.test(code) ? code.slice(-1) : code.slice(-2, -1);
};

/** By the metadata's inclination where there are any, by the code otherwise. */
function isUpright(id: ChannelId, channels: readonly Channel[]): boolean {
  if (isPressure(id)) return true;
  const known = channels.find((c) => sameChannel(c.id, id));
  if (known) return Math.min(Math.abs(known.vangDeg), Math.abs(180 - known.vangDeg)) < UPRIGHT_DEG;
  return componentOf(id) === "Z";
}

/** A component nearer to the vertical than this is a vertical one, deg. */
const UPRIGHT_DEG = 45;

/**
 * Technology by the channels recorded: a hydrophone is EDH, a microbarometer BDF; whichever of sound and ground motion has more sensors. Weather
 * beside a microbarometer is neither.
 */
export function technologyOf(station: Station, segments: readonly WaveformSegment[]): StationRecipe["technology"] {
  const usable = candidatesOf(segments).filter(({ id, rate }) => rate >= LEAST_RATE && isUpright(id, station.channels));
  const pressure = usable.filter(({ id }) => isPressure(id));
  if (2 * pressure.length <= usable.length) return "seismic";
  const hydrophones = pressure.filter(({ id }) => /H$/i.test(id.channel));
  if (2 * hydrophones.length > pressure.length) return "hydroacoustic";
  return station.technology === "hydroacoustic" ? "hydroacoustic" : "infrasound";
}

/** Sensor sets of a station, the preferred first. */
export function rankSensors(station: Station, segments: readonly WaveformSegment[]): SensorSet[] {
  const candidates = candidatesOf(segments).filter(({ rate }) => rate >= LEAST_RATE);
  const singles = candidates
    .filter(({ id }) => isUpright(id, station.channels))
    .flatMap((vertical) => horizontalPairsOf(vertical, candidates).map((horizontals) => ({ vertical, horizontals })))
    .sort(
      (a, b) =>
        Number(isCalibrated(b.vertical.id, station.channels)) - Number(isCalibrated(a.vertical.id, station.channels)) ||
        Number(b.horizontals !== null) - Number(a.horizontals !== null) ||
        compareCandidates(a.vertical, b.vertical),
    )
    .map(
      ({ vertical: { id, rate }, horizontals }): SensorSet => ({
        kind: "single",
        vertical: id,
        horizontals,
        sampleRateHz: rate,
      }),
    );
  const elements = arrayElements(candidates, station);
  const [first] = elements;
  if (!first || elements.length < MIN_ELEMENTS) return singles;
  return [{ kind: "array", elements: elements.map(({ id }) => id), sampleRateHz: first.rate }, ...singles];
}

function candidatesOf(segments: readonly WaveformSegment[]): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const { channel: id, sampleRateHz: rate, samples } of segments) {
    const seconds = samples.length / rate;
    const known = candidates.get(channelKey(id));
    if (!known) candidates.set(channelKey(id), { id, rate, seconds });
    else if (sameRate(known.rate, rate)) known.seconds += seconds;
  }
  return [...candidates.values()];
}

const bandRank = ({ channel }: ChannelId): number => (BANDS.indexOf(channel[0]?.toUpperCase() ?? "?") + 99) % 99;

/** By band code, then the most data, then by name, so that the choice is always the same. */
const compareCandidates = (a: Candidate, b: Candidate): number =>
  bandRank(a.id) - bandRank(b.id) || b.seconds - a.seconds || (channelKey(a.id) < channelKey(b.id) ? -1 : 1);

export const isCalibrated = (id: ChannelId, channels: readonly Channel[]): boolean =>
  channels.some((c) => sameChannel(c.id, id) && (c.response !== null || c.calibNmPerCount !== null));

/** One vertical for each site of an array, all of the rate and instrument that most sites share. */
function arrayElements(candidates: readonly Candidate[], station: Station): Candidate[] {
  if (station.kind !== "array") return [];
  const order = new Map(station.sites.map(({ code }, i) => [code, i]));
  const kinds = new Map<string, Map<string, Candidate>>();
  const upright = candidates.filter(({ id }) => isUpright(id, station.channels) && order.has(id.station));
  for (const candidate of upright.sort(compareCandidates)) {
    const kind = `${instrumentOf(candidate.id)} ${candidate.rate.toFixed(2)}`;
    let sites = kinds.get(kind);
    if (!sites) kinds.set(kind, (sites = new Map()));
    if (!sites.has(candidate.id.station)) sites.set(candidate.id.station, candidate);
  }
  const [most] = [...kinds.values()].sort((a, b) => b.size - a.size);
  // In the order of the sites, so that the reference is the same whatever the data.
  return most ? [...most.values()].sort((a, b) => order.get(a.id.station)! - order.get(b.id.station)!) : [];
}

/** A channel's code without its component: the three of one sensor share it. */
function instrumentOf(id: ChannelId): string {
  const code = id.channel.toUpperCase();
  const at = code.lastIndexOf(componentOf(id));
  return code.slice(0, at) + code.slice(at + 1);
}

/** All pairs that a vertical has had beside it, for horizontals change their names in the course of years (BHN to BH1); null when there was none. */
function horizontalPairsOf(
  { id, rate }: Candidate,
  all: readonly Candidate[],
): readonly (readonly [ChannelId, ChannelId] | null)[] {
  const beside = all.filter(
    (c) =>
      c.id.network === id.network &&
      c.id.station === id.station &&
      c.id.location === id.location &&
      instrumentOf(c.id) === instrumentOf(id) &&
      sameRate(c.rate, rate),
  );
  const pairs = HORIZONTAL_PAIRS.flatMap((pair): (readonly [ChannelId, ChannelId])[] => {
    const [a, b] = [...pair].map((code) => beside.find((c) => componentOf(c.id) === code));
    return a && b ? [[a.id, b.id]] : [];
  });
  return pairs.length > 0 ? pairs : [null];
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
export function channelRecordAt(station: Station, id: ChannelId, time: number): Channel | null {
  const records = station.channels.filter((c) => sameChannel(c.id, id));
  return (
    records.find((c) => (c.startTime ?? -Infinity) <= time && time <= (c.endTime ?? Infinity)) ?? records.at(-1) ?? null
  );
}
