/**
 * A station's data as correlation needs them: pieces of an hour at most, each channel repaired, brought down to a common rate and filtered.
 * Stretches without data that can be trusted are told, so that nothing is found there.
 */
import { type ChannelId, channelKey, endTime, type Station, type WaveformSegment } from "@harken/core";
import { butterworthBandPass, decimate, filterZeroPhase } from "@harken/signal";
import { recordedStretches } from "../grouping.ts";
import { type ChannelRecord, layOut, openRecord, sameRate } from "../station/channelRecord.ts";
import { seismicRecipe } from "../station/recipes.ts";
import { channelsOf, rankSensors } from "../station/sensors.ts";
import type { CorrelationSettings } from "./settings.ts";

const POLES = 3;
/** Data on either side of a piece, so that the filter has settled within it, s. */
const MARGIN_SEC = 10;

export interface ChannelTrace {
  readonly channel: ChannelId;
  readonly samples: Float64Array;
  /** 1 where the samples cannot be trusted. */
  readonly bad: Uint8Array;
}

export interface Piece {
  readonly startTime: number;
  readonly sampleRateHz: number;
  readonly length: number;
  readonly channels: readonly ChannelTrace[];
}

export interface StationTraces {
  readonly station: Station;
  /** Stretches with data on any channel. */
  readonly stretches: readonly (readonly [from: number, to: number])[];
  /** Filtered traces of a stretch of time; null where no channel has data at a rate that holds the band. */
  piece(from: number, to: number, wanted?: ReadonlySet<string>): Piece | null;
}

export function openTraces(
  station: Station,
  segments: readonly WaveformSegment[],
  settings: CorrelationSettings,
): StationTraces {
  const records = new Map<string, ChannelRecord[]>();
  for (const [key, own] of Map.groupBy(segments, ({ channel }) => channelKey(channel))) {
    const byRate = Map.groupBy(own, ({ sampleRateHz }) => sampleRateHz.toFixed(1));
    const opened = [...byRate.values()].flatMap((same) => openRecord(same, seismicRecipe.quality)?.record ?? []);
    records.set(key, opened);
  }
  return {
    station,
    stretches: recordedStretches(segments),

    piece(from, to, wanted) {
      const here = segments.filter((segment) => segment.startTime < to && endTime(segment) > from);
      const [best] = wanted ? [] : rankSensors(station, here);
      const keys = wanted ? [...wanted] : best ? channelsOf(best).map(channelKey) : [];
      const found = keys.flatMap((key) =>
        (records.get(key) ?? []).filter(({ pieces }) =>
          pieces.some(({ segment }) => segment.startTime < to && endTime(segment) > from),
        ),
      );
      const rate = found[0]?.sampleRateHz ?? 0;
      const factor = Math.max(1, Math.floor(rate / settings.leastRateHz));
      if (rate / factor / 2 <= settings.highHz) return null;
      const sampleRateHz = rate / factor;
      const margin = Math.round(MARGIN_SEC * sampleRateHz);
      const length = Math.floor((to - from) * sampleRateHz);
      const startTime = onGrid(found[0]!, from, rate);
      const clock = {
        startTime: startTime - margin / sampleRateHz,
        sampleRateHz: rate,
        length: (length + 2 * margin) * factor,
      };
      const filter = butterworthBandPass(POLES, settings.lowHz, settings.highHz, sampleRateHz);
      const channels = found
        .filter((record) => sameRate(record.sampleRateHz, rate))
        .map((record): ChannelTrace => {
          const { channel, samples, bad } = layOut(record, clock);
          const filtered = filterZeroPhase(filter, decimate(samples, rate, factor));
          const kept = Uint8Array.from({ length }, (_, i) => bad[(i + margin) * factor]!);
          return { channel, samples: filtered.slice(margin, margin + length), bad: kept };
        })
        .filter(({ bad }) => bad.includes(0));
      return channels.length > 0 ? { startTime, sampleRateHz, length, channels } : null;
    },
  };
}

/** The time of the record's sample nearest to a time, so that nothing is lost of what its clock tells between samples. */
function onGrid({ pieces }: ChannelRecord, time: number, rate: number): number {
  const { segment } = pieces.find((piece) => endTime(piece.segment) > time) ?? pieces.at(-1)!;
  return segment.startTime + Math.round((time - segment.startTime) * rate) / rate;
}
