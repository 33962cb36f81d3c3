/**
 * Locating from files: bulletins and tables in, an origin for each event out, beside the file's own. Arrivals without events count as one
 * event. The result is plain data; printing is the command's.
 */
import {
  type Arrival,
  type EarthModel,
  geodesicKm,
  type Origin,
  type Problem,
  preferredOrigin,
  type Station,
} from "@harken/core";
import { createEarthModel, soundEarthModel, tableEarthModel, yearFraction } from "@harken/earth";
import { type FileContents, mergeCssTables, stationsFromRecords } from "@harken/formats";
import {
  correctionRemarks,
  defaultGridSettings,
  defaultLocationSettings,
  type LocationSettings,
  locate,
  measureMagnitudes,
  type ProbabilityResult,
  probabilityGrid,
  type Reading,
  type ReadingChoice,
  readingsOf,
  type StationCorrections,
} from "@harken/waveform";
import { combineBulletins, combineCorrections, combineEarthTables, combineRecords, sitesAt } from "./combine.ts";
import { cliErrors } from "./errors.ts";
import { loadFiles, loadMetadata } from "./input.ts";
import type { ModelName } from "./options.ts";
import { createProgress } from "./progress.ts";
import { stationFinder } from "./stationFinder.ts";

export interface LocateOptions {
  readonly metadata: readonly string[];
  readonly model: ModelName;
  /** km; null: as the file's own origin has it, free where there is none. */
  readonly depth: number | "free" | null;
  /** What the ellipse and the weights of onset times are to be; the rest as by default. */
  readonly location?: Partial<Pick<LocationSettings, "confidence" | "priorWeight" | "correlationKm">>;
  /** Also where the event may have been, as a probability over the Earth. */
  readonly region?: boolean;
  readonly quiet: boolean;
}

/** What is to be located: an event of the file, or loose arrivals. */
interface Task {
  readonly key: string;
  readonly stored: Origin | null;
  readonly choices: readonly ReadingChoice[];
}

export interface LocatedEvent {
  readonly key: string;
  /** null when it could not be located; `reason` then says why. */
  readonly origin: Origin | null;
  readonly reason: string;
  readonly stored: Origin | null;
  /** From the stored to the new epicentre. */
  readonly distanceKm: number | null;
  /** Only where it was asked for. */
  readonly region?: ProbabilityResult;
}

export interface LocateResult {
  readonly events: readonly LocatedEvent[];
  readonly arrivals: ReadonlyMap<string, Arrival>;
  readonly problems: readonly { readonly file: string; readonly problems: readonly Problem[] }[];
}

/** Throws NO_BULLETIN, NO_STATION, and CANNOT_LOCATE when not one event could be located. */
export function locateFiles(paths: readonly string[], options: LocateOptions): LocateResult {
  const { quiet } = options;
  const data = loadFiles(paths, createProgress("Reading", "files", { quiet }));
  const metadata = loadMetadata(options.metadata, quiet);
  const contents = data.map((input) => input.contents);
  const bulletin = combineBulletins(contents);
  const path = paths.join(", ");
  if (typeof bulletin === "string") throw cliErrors.make("CANNOT_LOCATE", { what: path, reason: bulletin });
  if (!bulletin || bulletin.arrivals.length === 0) throw cliErrors.make("NO_BULLETIN", { path, reason: "" });
  const arrivals = new Map(bulletin.arrivals.map((arrival) => [arrival.key, arrival]));
  const described = [...metadata.map((input) => input.contents), ...contents];
  const { channels, sites } = combineRecords(described);
  const corrections = combineCorrections(described);
  const [first] = bulletin.arrivals;
  const earth = soundEarthModel(tableEarthModel(createEarthModel(options.model), combineEarthTables(described)), {
    yearFraction: yearFraction(first!.time),
  });
  const stationOf = stationFinder(stationsFromRecords(channels, sitesAt(sites, first!.time)));
  const tasks = [
    ...bulletin.events.map((event): Task => {
      const stored = preferredOrigin(event);
      return { key: event.key, stored, choices: stored.associations };
    }),
    ...tasksWithoutOrigin(contents, arrivals),
  ];
  if (tasks.length === 0) tasks.push({ key: "arrivals", stored: null, choices: bulletin.arrivals.map(everyQuantity) });
  const events = tasks.map((task) => locateTask(task, { arrivals, stationOf, earth, corrections, options }));
  const [event] = events;
  if (event && events.every(({ origin }) => origin === null)) {
    const known = bulletin.arrivals.some(({ station }) => stationOf(station));
    const stations = [...new Set(bulletin.arrivals.map(({ station }) => station))].sort();
    if (!known) throw cliErrors.make("NO_STATION", { stations: stations.slice(0, 5).join(", ") });
    throw cliErrors.make("CANNOT_LOCATE", { what: event.key, reason: event.reason });
  }
  const problems = data.map(({ file, contents: { problems: list } }) => ({ file, problems: list }));
  return { events, arrivals, problems };
}

const everyQuantity = ({ key, phase, azimuthDeg, slownessSecPerDeg }: Arrival): ReadingChoice => ({
  arrivalKey: key,
  phase,
  timeDefining: true,
  azimuthDefining: azimuthDeg !== null,
  slownessDefining: slownessSecPerDeg !== null,
});

/** Rows of the CSS3.0 table assoc may name an orid for which there is no origin yet. */
function tasksWithoutOrigin(contents: readonly FileContents[], arrivals: ReadonlyMap<string, Arrival>): Task[] {
  const { assoc = [], origin = [] } = mergeCssTables(contents.flatMap(({ cssTables }) => cssTables ?? []));
  const known = new Set(origin.map(({ orid }) => orid));
  const groups = Map.groupBy(
    assoc.filter(({ orid }) => !known.has(orid)),
    ({ orid }) => orid,
  );
  return [...groups].map(([orid, rows]) => ({
    key: `orid-${orid}`,
    stored: null,
    choices: rows.flatMap((row): ReadingChoice[] => {
      // The key by which the tables' reader knows the arrival.
      const arrival = arrivals.get(`arid-${row.arid}`);
      if (!arrival) return [];
      const defines = (letter: string | null) => letter?.toLowerCase() === "d";
      return [
        {
          arrivalKey: arrival.key,
          phase: row.phase ?? arrival.phase,
          timeDefining: defines(row.timedef),
          azimuthDefining: defines(row.azdef),
          slownessDefining: defines(row.slodef),
        },
      ];
    }),
  }));
}

interface Means {
  readonly arrivals: ReadonlyMap<string, Arrival>;
  readonly stationOf: (code: string) => Station | undefined;
  readonly earth: EarthModel;
  readonly corrections: StationCorrections;
  readonly options: LocateOptions;
}

function locateTask({ key, stored, choices }: Task, means: Means): LocatedEvent {
  const { arrivals, stationOf, earth, corrections, options } = means;
  // A bulletin that marks nothing as defining leaves the choice to the locator.
  const marked = choices.some((choice) => choice.timeDefining);
  const used = marked ? choices : choices.map((choice) => ({ ...choice, timeDefining: true }));
  const { readings, unknownStations } = readingsOf(used, arrivals, stationOf);
  const settings: LocationSettings = {
    ...defaultLocationSettings,
    ...options.location,
    depth: depthOf(stored, options.depth),
  };
  const region = options.region ? { region: regionOf(readings, earth, settings, corrections) } : {};
  const result = locate(readings, stored, earth, settings, corrections);
  const left = unknownStations.length > 0 ? `no coordinates of ${unknownStations.join(", ")}` : "";
  if (!result.ok) {
    const reason = left ? `${result.reason} (${left})` : result.reason;
    return { key, origin: null, reason, stored, distanceKm: null, ...region };
  }
  const { associations, depthKm, latitudeDeg, longitudeDeg, remarks } = result.origin;
  const measured = measureMagnitudes({ associations, arrivals, depthKm });
  const origin: Origin = {
    ...result.origin,
    key,
    author: "harken locate",
    magnitudes: measured.magnitudes,
    remarks: [
      ...remarks,
      ...(left ? [`Left out: ${left}.`] : []),
      ...correctionRemarks(readings, corrections, settings),
      ...measured.remarks,
    ],
  };
  const distanceKm = stored && geodesicKm(stored.latitudeDeg, stored.longitudeDeg, latitudeDeg, longitudeDeg);
  return { key, origin, reason: "", stored, distanceKm, ...region };
}

/** Depths that are taken for equally likely where none is held, km. */
const anyDepthsKm: readonly number[] = [0, 15, 35, 70, 120, 200, 300, 400, 500, 600];

function regionOf(
  readings: readonly Reading[],
  earth: EarthModel,
  settings: LocationSettings,
  corrections: StationCorrections,
): ProbabilityResult {
  const depthsKm = settings.depth === "free" ? anyDepthsKm : [settings.depth.fixedKm];
  return probabilityGrid(readings, earth, settings, { ...defaultGridSettings, depthsKm }, corrections);
}

function depthOf(stored: Origin | null, asked: LocateOptions["depth"]): LocationSettings["depth"] {
  if (asked === "free") return "free";
  if (asked !== null) return { fixedKm: asked, type: asked === 0 ? "surface" : "analyst" };
  if (!stored || stored.depthType === "free") return "free";
  return { fixedKm: Math.max(0, stored.depthKm), type: stored.depthType };
}
