/**
 * What a conversion has left behind, found by reading the output back: counts of everything that the input has and the output has not, and
 * samples whose values changed.
 */
import { type Bulletin, channelKey, hasPlace, preferredOrigin, type WaveformSegment } from "@harken/core";
import type { Material } from "./targets.ts";

/** One sentence for each loss. */
export function lossesOf(before: Material, after: Material, title: string): string[] {
  const [had, has] = [countsOf(before), countsOf(after)];
  const gone = Object.entries(had).flatMap(([what, count]) => {
    const kept = has[what as keyof Counts];
    if (kept >= count) return [];
    return [
      kept === 0
        ? `${title} does not carry ${what} (${count}).`
        : `${count - kept} of ${count} ${what} are not in the output.`,
    ];
  });
  const changed = after.segments.length > 0 ? changedSamples(before.segments, after.segments) : 0;
  if (changed > 0) gone.push(`${changed} samples lost their last digits: ${title} keeps fewer.`);
  return gone;
}

type Counts = ReturnType<typeof countsOf>;

function countsOf({ segments, channels, stations, bulletin }: Material) {
  const known = channels.filter(hasPlace);
  return {
    "waveform samples": segments.reduce((sum, { samples }) => sum + samples.length, 0),
    "network codes": segments.filter(({ channel }) => channel.network !== "").length,
    "location codes": segments.filter(({ channel }) => channel.location !== "").length,
    calibrations: segments.filter(({ calibNmPerCount }) => calibNmPerCount !== undefined).length,
    "places of sites": new Set(stations.flatMap(({ sites }) => sites.map(({ code }) => code))).size,
    "channels with places": new Set(known.map(({ id }) => channelKey(id))).size,
    "instrument responses": channels.filter(({ response }) => response !== null).length,
    ...bulletinCounts(bulletin),
  };
}

function bulletinCounts(bulletin: Bulletin | null) {
  const origins = bulletin?.events.flatMap((event) => event.origins) ?? [];
  const preferred = bulletin?.events.map(preferredOrigin) ?? [];
  const sum = <T>(list: readonly T[], of: (item: T) => number) => list.reduce((total, item) => total + of(item), 0);
  return {
    events: bulletin?.events.length ?? 0,
    origins: origins.length,
    "error ellipses": origins.filter(({ error }) => error !== null).length,
    arrivals: bulletin?.arrivals.length ?? 0,
    amplitudes: sum(bulletin?.arrivals ?? [], ({ amplitudes }) => amplitudes.length),
    "associations of arrivals": sum(preferred, ({ associations }) => associations.length),
    "network magnitudes": sum(preferred, ({ magnitudes }) => magnitudes.length),
    "station magnitudes": sum(preferred, ({ magnitudes }) => sum(magnitudes, ({ stations }) => stations.length)),
    remarks: sum(preferred, ({ remarks }) => remarks.length),
  };
}

/** Samples that stand at the same place with another value. Segments keep their order and length through every format. */
function changedSamples(before: readonly WaveformSegment[], after: readonly WaveformSegment[]): number {
  const order = (a: WaveformSegment, b: WaveformSegment) =>
    a.startTime - b.startTime ||
    compareText(a.channel.station, b.channel.station) ||
    compareText(a.channel.channel, b.channel.channel);
  const [left, right] = [before.toSorted(order), after.toSorted(order)];
  let changed = 0;
  for (const [i, { samples }] of left.entries()) {
    const other = right[i]?.samples;
    if (other?.length !== samples.length) continue;
    for (let k = 0; k < samples.length; k++) if (samples[k] !== other[k]) changed++;
  }
  return changed;
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
