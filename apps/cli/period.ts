/**
 * A period of recordings in files, opened once: what stations there are, their signals by one set of thresholds or another, and the events that are
 * built of them.
 */
import type { Arrival, EarthModel, Problem, Station } from "@harken/core";
import { channelKey } from "@harken/core";
import { createEarthModel, tableEarthModel } from "@harken/earth";
import { stationsFromRecords } from "@harken/formats";
import {
  type AssociatorName,
  associatorNamed,
  type NetworkResult,
  type RecordedStation,
  recordedStretches,
  type StationResult,
} from "@harken/waveform";
import { combineCorrections, combineEarthTables, combineRecords, recordsOf } from "./combine.ts";
import { cliErrors } from "./errors.ts";
import { type InputFile, loadMetadata } from "./input.ts";
import { loadPriors } from "./priorsFile.ts";
import { createProgress } from "./progress.ts";
import { processStations } from "./stationWorkers.ts";
import { scanWaveforms } from "./waveformSource.ts";

export interface PeriodOptions {
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

export interface Period {
  readonly stations: readonly Station[];
  readonly inputs: readonly InputReport[];
  readonly earth: EarthModel;
  /** What is wrong with the stations, and what the associator does not take. */
  readonly remarks: readonly string[];
  readonly associatorRemarks: readonly string[];
  /** The signals of every station, in the order of `stations`; `thresholds` is a factor on those of the recipes. */
  detect(thresholds?: number): Promise<Detected>;
  associate(results: readonly StationResult[]): {
    readonly arrivals: readonly Arrival[];
    readonly network: NetworkResult;
  };
}

export interface Detected {
  readonly results: readonly StationResult[];
  readonly recorded: readonly RecordedStation[];
}

/** Throws NO_WAVEFORMS or NO_STATION when there is nothing to work on. */
export function openPeriod(paths: readonly string[], options: PeriodOptions): Period {
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
  const described = [...metadata, ...source.files].map(({ records }) => records);
  const corrections = combineCorrections(described);
  const name = options.associator ?? "grid";
  const earth = tableEarthModel(createEarthModel(options.model), combineEarthTables(described));
  const associator = associatorNamed(name, stations, earth, loadPriors(options.priors), corrections);
  const isDeaf = name === "bayes" && corrections.directions.length + corrections.travelTimes.length > 0;

  return {
    ...{ stations, earth },
    inputs: [...source.files, ...metadata].map(({ report }) => report),
    remarks: [
      ...[...named!.problems, ...own!.problems].map(({ message }) => message),
      ...orphans.map((key) => `${key} was left out: no coordinates of its site were found.`),
    ],
    associatorRemarks: isDeaf
      ? ["The Bayesian associator takes no station corrections; those that were given were left out."]
      : [],

    async detect(thresholds = 1) {
      const progress = createProgress(thresholds === 1 ? "Detecting" : `Detecting (x${thresholds})`, "stations", {
        quiet,
      });
      const results: StationResult[] = [];
      const recorded: RecordedStation[] = [];
      for (const part of parts) {
        const done = results.length;
        const groups = source.read(part);
        recorded.push(...groups.map(({ station, segments }) => ({ station, spans: recordedStretches(segments) })));
        results.push(
          ...(await processStations(groups, { workers, thresholds }, (count) =>
            progress.update(done + count, stations.length),
          )),
        );
      }
      progress.end();
      return { results, recorded };
    },

    associate(results) {
      const arrivals = results.flatMap((result) => result.arrivals).sort((a, b) => a.time - b.time);
      const noise = results.flatMap((result) => result.noise);
      const progress = createProgress("Associating", "arrivals", { quiet });
      const network = associator.build(arrivals, [], "", noise, progress.update);
      progress.end();
      return { arrivals, network };
    },
  };
}
