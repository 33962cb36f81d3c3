/**
 * The waveforms of many files, a few stations at a time. Every file is read once to learn what it holds; the samples stay in the memory as long
 * as they fit, and are read again for the stations in hand when they do not.
 *
 *     const source = scanWaveforms(paths, window, { progress, summarise });
 *     const { parts, orphans } = source.divide(stations);
 *     for (const part of parts) processStations(source.read(part), ...);
 */
import type { ChannelId, Station, WaveformSegment } from "@harken/core";
import { channelKey } from "@harken/core";
import { groupByStation, type StationData, trimSegments } from "@harken/waveform";
import { type InputFile, loadFile, loadFiles } from "./input.ts";
import type { Progress } from "./progress.ts";

/** Samples held at once: 0.4 GB as integers, and about twice that while they are worked on. */
const HELD_SAMPLES = 100_000_000;

export interface Window {
  /** Epoch s, both ends included. */
  readonly from: number;
  readonly to: number;
}

/** What is known of a file's samples of one channel without holding them. */
interface Holding {
  readonly file: string;
  readonly key: string;
  readonly samples: number;
}

/** Stations whose samples fit in the memory together, with the channels that belong to each. */
type Part = ReadonlyMap<Station, ReadonlySet<string>>;

export interface WaveformSource<T> {
  /** What `summarise` kept of each file. */
  readonly files: readonly T[];
  /** Whether any file holds a waveform, within the window or not. */
  readonly anyWaveform: boolean;
  /** The stations that have data, in the order given and in parts; and the channels that none of them has. */
  divide(stations: readonly Station[]): { parts: Part[]; orphans: readonly string[] };
  /** The data of a part, each station's segments in order of time. */
  read(part: Part): StationData[];
}

export function scanWaveforms<T>(
  paths: readonly string[],
  window: Window,
  options: {
    readonly progress: Progress;
    readonly summarise: (input: InputFile) => T;
    readonly heldSamples?: number;
  },
): WaveformSource<T> {
  const { heldSamples = HELD_SAMPLES } = options;
  const holdings: Holding[] = [];
  const channels = new Map<string, ChannelId>();
  let held: WaveformSegment[] | null = [];
  let total = 0;
  let anyWaveform = false;
  const files = loadFiles(paths, options.progress, (input) => {
    anyWaveform ||= input.contents.segments.length > 0;
    for (const segment of within(input, window)) {
      const key = channelKey(segment.channel);
      channels.set(key, segment.channel);
      holdings.push({ file: input.file, key, samples: segment.samples.length });
      total += segment.samples.length;
      if (total > heldSamples) held = null;
      held?.push(segment);
    }
    return options.summarise(input);
  });

  return {
    files,
    anyWaveform,

    divide(stations) {
      // The grouping needs no more than the names.
      const names = [...channels.values()].map((channel) => ({ channel, ...WITHOUT_SAMPLES }));
      const { stations: groups, orphans } = groupByStation(names, stations);
      const counts = new Map<string, number>();
      for (const { key, samples } of holdings) counts.set(key, (counts.get(key) ?? 0) + samples);
      const parts: Map<Station, ReadonlySet<string>>[] = [];
      let room = 0;
      for (const { station, segments } of groups) {
        const keys = new Set(segments.map(({ channel }) => channelKey(channel)));
        const samples = [...keys].reduce((sum, key) => sum + counts.get(key)!, 0);
        if (parts.length === 0 || (held === null && samples > room)) {
          parts.push(new Map());
          room = heldSamples;
        }
        parts.at(-1)!.set(station, keys);
        room -= samples;
      }
      return { parts, orphans };
    },

    read(part) {
      const stationOf = new Map(
        [...part].flatMap(([station, keys]) => [...keys].map((key) => [key, station] as const)),
      );
      const wanted = new Set(holdings.filter(({ key }) => stationOf.has(key)).map(({ file }) => file));
      const segments = held ?? [...wanted].flatMap((file) => within(loadFile(file), window));
      const groups = Map.groupBy(segments, ({ channel }) => stationOf.get(channelKey(channel)));
      return [...part.keys()].map((station) => ({
        station,
        segments: (groups.get(station) ?? []).toSorted((a, b) => a.startTime - b.startTime),
      }));
    },
  };
}

const WITHOUT_SAMPLES = { startTime: 0, sampleRateHz: 1, samples: new Int32Array(0) };

/** The segments of a file within the window; of a segment that lies partly outside only the part is kept in the memory. */
function within({ contents }: InputFile, { from, to }: Window): WaveformSegment[] {
  return trimSegments(contents.segments, from, to).map((segment) =>
    segment.samples.byteLength === segment.samples.buffer.byteLength
      ? segment
      : { ...segment, samples: segment.samples.slice() },
  );
}
