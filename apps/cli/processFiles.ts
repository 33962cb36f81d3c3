/**
 * The main job on files: waveforms in, bulletin out. Reads everything, finds the stations' coordinates, processes each station, builds
 * events. The result is plain data; writing and printing are the command's.
 */
import type { Arrival, Bulletin, Problem, QualityMask, Station, WaveformSegment } from "@harken/core";
import { channelKey } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { stationsFromRecords } from "@harken/formats";
import { buildEvents, groupByStation, trimSegments } from "@harken/waveform";
import { cliErrors } from "./errors.ts";
import { type InputFile, loadFiles } from "./input.ts";
import { createProgress } from "./progress.ts";
import { processStations } from "./stationWorkers.ts";

export interface ProcessOptions {
  readonly metadata: readonly string[];
  /** Epoch seconds; null for open ends. */
  readonly from: number | null;
  readonly to: number | null;
  readonly model: "ak135" | "iasp91";
  readonly quiet: boolean;
  readonly workers: number;
}

export interface InputReport {
  readonly file: string;
  readonly format: string;
  readonly channels: readonly string[];
  readonly samples: number;
  readonly gaps: number;
  readonly problems: readonly Problem[];
}

export interface ProcessResult {
  readonly bulletin: Bulletin;
  readonly unassociated: readonly Arrival[];
  readonly stations: readonly Station[];
  readonly masks: readonly QualityMask[];
  readonly inputs: readonly InputReport[];
  readonly remarks: readonly string[];
}

/** Counts of one file: a gap is a break between two segments of the same channel. */
export function reportInput({ file, contents }: InputFile): InputReport {
  const perChannel = new Map<string, number>();
  let samples = 0;
  for (const segment of contents.segments) {
    const key = channelKey(segment.channel);
    perChannel.set(key, (perChannel.get(key) ?? 0) + 1);
    samples += segment.samples.length;
  }
  const gaps = [...perChannel.values()].reduce((sum, count) => sum + count - 1, 0);
  return {
    file,
    format: contents.format,
    channels: [...perChannel.keys()],
    samples,
    gaps,
    problems: contents.problems,
  };
}

/** Throws NO_WAVEFORMS or NO_STATION when there is nothing to work on. */
export async function processFiles(paths: readonly string[], options: ProcessOptions): Promise<ProcessResult> {
  const { quiet } = options;
  const data = loadFiles(paths, createProgress("Reading", "files", { quiet }));
  const metadata =
    options.metadata.length > 0
      ? loadFiles(options.metadata, createProgress("Reading metadata", "files", { quiet }))
      : [];
  // Named metadata come first: where both tell of a site, the user's choice holds.
  const records = [...metadata, ...data];
  const stations = stationsFromRecords(
    records.flatMap(({ contents }) => contents.channels),
    records.flatMap(({ contents }) => contents.sites),
  );
  const all: readonly WaveformSegment[] = data.flatMap(({ contents }) => contents.segments);
  if (all.length === 0) throw cliErrors.make("NO_WAVEFORMS", { count: data.length });
  const { stations: groups, orphans } = groupByStation(
    trimSegments(all, options.from ?? -Infinity, options.to ?? Infinity),
    stations,
  );
  if (groups.length === 0) throw cliErrors.make("NO_STATION", { stations: orphans.slice(0, 5).join(", ") });
  const remarks = orphans.map((key) => `${key} was left out: no coordinates of its site were found.`);

  const results = await processStations(groups, {
    workers: options.workers,
    progress: createProgress("Detecting", "stations", { quiet }),
  });
  const arrivals = results.flatMap((result) => result.arrivals).sort((a, b) => a.time - b.time);
  const network = buildEvents(
    arrivals,
    groups.map(({ station }) => station),
    createEarthModel(options.model),
  );
  return {
    bulletin: { list: "SEL1", events: network.events, arrivals },
    unassociated: network.unassociated,
    stations: groups.map(({ station }) => station),
    masks: results.flatMap((result) => result.masks),
    inputs: data.map(reportInput),
    remarks: [
      ...remarks,
      ...network.remarks,
      ...results.flatMap((result) => result.problems.map((problem) => problem.message)),
    ],
  };
}
