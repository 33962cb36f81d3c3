/**
 * The main job on files: waveforms in, bulletin out. Looks into every file, finds the stations' coordinates, processes each station, builds
 * events. The result is plain data; writing and printing are the command's.
 */
import type { Arrival, Bulletin, Problem, QualityMask, Station } from "@harken/core";
import { channelKey } from "@harken/core";
import { createEarthModel, tableEarthModel } from "@harken/earth";
import { stationsFromRecords } from "@harken/formats";
import { type AssociatorName, associatorNamed, type StationResult } from "@harken/waveform";
import { combineCorrections, combineEarthTables, combineRecords, recordsOf } from "./combine.ts";
import { cliErrors } from "./errors.ts";
import { type InputFile, loadMetadata } from "./input.ts";
import { loadPriors } from "./priorsFile.ts";
import { createProgress } from "./progress.ts";
import { processStations } from "./stationWorkers.ts";
import { scanWaveforms } from "./waveformSource.ts";

export interface ProcessOptions {
  readonly metadata: readonly string[];
  /** Epoch seconds; null for open ends. */
  readonly from: number | null;
  readonly to: number | null;
  readonly model: "ak135" | "iasp91";
  /** The grid search when left out. */
  readonly associator?: AssociatorName;
  /** File of the Bayesian associator's priors; those learned from simulation when left out. */
  readonly priors?: string;
  readonly quiet: boolean;
  readonly workers: number;
  /** Samples to hold at once; the usual number when absent. */
  readonly heldSamples?: number;
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
  const { quiet, workers } = options;
  const summarise = (input: InputFile) => ({ report: reportInput(input), records: recordsOf(input.contents) });
  const window = { from: options.from ?? -Infinity, to: options.to ?? Infinity };
  const source = scanWaveforms(paths, window, {
    progress: createProgress("Reading", "files", { quiet }),
    summarise,
    ...(options.heldSamples === undefined ? {} : { heldSamples: options.heldSamples }),
  });
  if (!source.anyWaveform) throw cliErrors.make("NO_WAVEFORMS", { count: source.files.length });
  const metadata = loadMetadata(options.metadata, quiet, summarise);
  // Named metadata come first: where both tell of a site, the user's choice holds.
  const [named, own] = [metadata, source.files].map((files) => combineRecords(files.map(({ records }) => records)));
  const known = stationsFromRecords([...named!.channels, ...own!.channels], [...named!.sites, ...own!.sites]);
  const { parts, orphans } = source.divide(known);
  const stations = parts.flatMap((part) => [...part.keys()]);
  if (stations.length === 0) {
    if (orphans.length === 0) throw cliErrors.make("NOTHING_IN_WINDOW");
    throw cliErrors.make("NO_STATION", { stations: orphans.slice(0, 5).join(", ") });
  }

  const progress = createProgress("Detecting", "stations", { quiet });
  const results: StationResult[] = [];
  for (const part of parts) {
    const done = results.length;
    results.push(
      ...(await processStations(source.read(part), workers, (count) => progress.update(done + count, stations.length))),
    );
  }
  progress.end();
  const arrivals = results.flatMap((result) => result.arrivals).sort((a, b) => a.time - b.time);
  const described = [...metadata, ...source.files].map(({ records }) => records);
  const corrections = combineCorrections(described);
  const name = options.associator ?? "grid";
  const network = associatorNamed(
    name,
    stations,
    tableEarthModel(createEarthModel(options.model), combineEarthTables(described)),
    loadPriors(options.priors),
    corrections,
  ).build(
    arrivals,
    [],
    "",
    results.flatMap((result) => result.noise),
  );
  return {
    bulletin: { list: "SEL1", events: network.events, arrivals },
    unassociated: network.unassociated,
    stations,
    masks: results.flatMap((result) => result.masks),
    inputs: [...source.files, ...metadata].map(({ report }) => report),
    remarks: [
      ...[...named!.problems, ...own!.problems].map(({ message }) => message),
      ...orphans.map((key) => `${key} was left out: no coordinates of its site were found.`),
      ...network.remarks,
      ...(name === "bayes" && corrections.directions.length + corrections.travelTimes.length > 0
        ? ["The Bayesian associator takes no station corrections; those that were given were left out."]
        : []),
      ...results.flatMap((result) => result.problems.map((problem) => problem.message)),
    ],
  };
}
