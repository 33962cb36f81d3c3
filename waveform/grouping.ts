/**
 * Which waveform belongs to which station. Data name a channel by its site (ARA0); the station (ARCES) is the unit that is processed. A site
 * is looked up by network and code, then by code alone, because files often leave the network blank.
 */
import type { Station, WaveformSegment } from "@harken/core";
import { channelKey, endTime } from "@harken/core";

export interface StationData {
  readonly station: Station;
  readonly segments: readonly WaveformSegment[];
}

export interface Grouping {
  /** Stations that have data, in the inventory's order, segments in time order. */
  readonly stations: readonly StationData[];
  /** Keys (NET.STA.LOC.CHAN) of channels whose site no station has. */
  readonly orphans: readonly string[];
}

export function groupByStation(segments: readonly WaveformSegment[], stations: readonly Station[]): Grouping {
  const byFull = new Map<string, Station>();
  const byCode = new Map<string, Station>();
  for (const station of stations) {
    for (const site of station.sites) {
      byFull.set(`${site.network}.${site.code}`, station);
      if (!byCode.has(site.code)) byCode.set(site.code, station);
    }
  }
  const groups = new Map<Station, WaveformSegment[]>();
  const orphans = new Set<string>();
  for (const segment of segments) {
    const { network, station: code } = segment.channel;
    const station = byFull.get(`${network}.${code}`) ?? byCode.get(code);
    if (!station) {
      orphans.add(channelKey(segment.channel));
      continue;
    }
    const group = groups.get(station);
    if (group) group.push(segment);
    else groups.set(station, [segment]);
  }
  const ordered = stations.flatMap((station) => {
    const group = groups.get(station);
    return group ? [{ station, segments: group.sort((a, b) => a.startTime - b.startTime) }] : [];
  });
  return { stations: ordered, orphans: [...orphans].sort() };
}

/** The part of the segments between two times (epoch seconds, both ends included); views on the same samples, not copies. */
export function trimSegments(segments: readonly WaveformSegment[], from: number, to: number): WaveformSegment[] {
  return segments.flatMap((segment) => {
    const { startTime, sampleRateHz, samples } = segment;
    // A sample within a thousandth of an interval of the edge counts as on it.
    const first = Math.max(0, Math.ceil((from - startTime) * sampleRateHz - 1e-3));
    const last = Math.min(samples.length - 1, Math.floor((to - startTime) * sampleRateHz + 1e-3));
    if (last < first) return [];
    if (first === 0 && last === samples.length - 1) return [segment];
    return [{ ...segment, startTime: startTime + first / sampleRateHz, samples: samples.subarray(first, last + 1) }];
  });
}

/** Gaps shorter than this are none, s. */
const SAME_STRETCH_SEC = 1;

/** When any of some channels recorded, epoch s, in order of time. */
export function recordedStretches(segments: readonly WaveformSegment[]): (readonly [from: number, to: number])[] {
  const stretches: [number, number][] = [];
  for (const segment of segments.toSorted((a, b) => a.startTime - b.startTime)) {
    const last = stretches.at(-1);
    if (last && segment.startTime <= last[1] + SAME_STRETCH_SEC) last[1] = Math.max(last[1], endTime(segment));
    else stretches.push([segment.startTime, endTime(segment)]);
  }
  return stretches;
}
