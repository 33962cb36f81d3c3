/**
 * Correlation on files: a bulletin's events as masters, waveforms in, the list of their repeats out. Stations are worked on a few at a time, as
 * many as fit in the memory; what to print is the command's.
 */
import { type Bulletin, geodesicKm, preferredOrigin, type SeismicEvent, type Station } from "@harken/core";
import { createEarthModel, tableEarthModel } from "@harken/earth";
import { stationsFromRecords } from "@harken/formats";
import {
  associateRepeats,
  type CorrelationSettings,
  type Detection,
  detectRepeats,
  impliedTime,
  levelFor,
  listRepeats,
  type Master,
  makeTemplate,
  onsetAt,
  openTraces,
  type RepeatList,
  type StationData,
  stationRate,
  type Template,
} from "@harken/waveform";
import { combineBulletins, combineEarthTables, combineRecords, recordsOf } from "./combine.ts";
import { cliErrors } from "./errors.ts";
import { type InputFile, loadFiles } from "./input.ts";
import type { ModelName } from "./options.ts";
import { createProgress } from "./progress.ts";
import { scanWaveforms } from "./waveformSource.ts";

const NOISE_SEC = 600;

export interface CorrelateOptions {
  readonly metadata: readonly string[];
  readonly settings: CorrelationSettings;
  readonly model: ModelName;
  readonly quiet: boolean;
  /** Only masters near a place, and origin times near a time. */
  readonly spot?: Spot;
}

export interface Spot {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly radiusKm: number;
  readonly time: number;
  readonly windowSec: number;
}

export interface CorrelateResult extends RepeatList {
  readonly masters: readonly Master[];
  readonly stations: readonly Station[];
  readonly templates: readonly Template[];
  readonly detections: readonly Detection[];
  readonly unassociated: readonly Detection[];
  /** Peaks that sweep over an array or that another signal makes. */
  readonly rejected: number;
  readonly templateHours: number;
  /** Level in standard deviations of the noise, and false alarms a day of one template, that stations were searched with. */
  readonly level: number;
  readonly falseAlarmsPerDay: number;
  /** Masters that made no template at a station, and why; and other remarks. */
  readonly remarks: readonly string[];
}

/** Throws NO_EVENTS, NO_WAVEFORMS, NO_STATION and NO_TEMPLATE. */
export function correlateFiles(
  bulletinPath: string,
  paths: readonly string[],
  options: CorrelateOptions,
): CorrelateResult {
  const { quiet, settings, spot } = options;
  const read = (what: readonly string[], label: string) =>
    what.length > 0 ? loadFiles(what, createProgress(label, "files", { quiet })) : [];
  const bulletinFiles = read([bulletinPath], "Reading the bulletin");
  const bulletin = bulletinOf(bulletinFiles, bulletinPath);
  const everyWaveform = { from: -Infinity, to: Infinity };
  const progress = createProgress("Reading", "files", { quiet });
  const source = scanWaveforms(paths, everyWaveform, { progress, summarise: ({ contents }) => recordsOf(contents) });
  if (!source.anyWaveform) throw cliErrors.make("NO_WAVEFORMS", { count: source.files.length });
  const described = [
    ...[...read(options.metadata, "Reading metadata"), ...bulletinFiles].map(({ contents }) => recordsOf(contents)),
    ...source.files,
  ];
  const { channels, sites } = combineRecords(described);
  const { parts, orphans } = source.divide(stationsFromRecords(channels, sites));
  const stations = parts.flatMap((part) => [...part.keys()]);
  if (stations.length === 0) throw cliErrors.make("NO_STATION", { stations: orphans.slice(0, 5).join(", ") });

  const masters = mastersOf(bulletin.events, spot);
  if (masters.length === 0)
    throw cliErrors.make("NO_EVENTS", { path: bulletinPath, reason: spot ? " near the place" : "" });
  const earth = tableEarthModel(createEarthModel(options.model), combineEarthTables(described));
  const arrivals = new Map(bulletin.arrivals.map((arrival) => [arrival.key, arrival]));
  const falseAlarmsPerDay = stationRate(stations.length, settings);
  const templates: Template[] = [];
  const detections: Detection[] = [];
  const remarks = orphans.map((key) => `${key} was left out: no coordinates of its site were found.`);
  let [rejected, templateHours, done] = [0, 0, 0];
  const correlating = createProgress("Correlating", "stations", { quiet });
  const correlate = ({ station, segments }: StationData) => {
    const traces = openTraces(station, segments, settings);
    for (const master of masters) {
      const onset = onsetAt(master, station, arrivals, earth);
      const made = onset ? makeTemplate(master, onset, traces, settings) : { ok: false as const, reason: "no P there" };
      if (made.ok) templates.push(made.template);
      else remarks.push(`No template of ${master.key} at ${station.code}: ${made.reason}.`);
    }
    const own = templates.filter((template) => template.station === station);
    const found = detectRepeats(own, traces, falseAlarmsPerDay, settings, spot && windowAround(spot, own));
    detections.push(...found.detections.filter((d) => !spot || Math.abs(impliedTime(d) - spot.time) <= spot.windowSec));
    rejected += found.rejected;
    templateHours += found.templateHours;
    correlating.update(++done, stations.length);
  };
  for (const part of parts) source.read(part).forEach(correlate);
  correlating.end();
  if (templates.length === 0) throw cliErrors.make("NO_TEMPLATE", { reason: remarks[0] ?? "no station" });
  const { events, unassociated } = associateRepeats(detections, settings);
  return {
    ...listRepeats(events, masters, earth, settings),
    ...{ masters, stations, templates, detections, unassociated, rejected, templateHours, falseAlarmsPerDay, remarks },
    level: levelFor(falseAlarmsPerDay, settings.lowHz, settings.highHz),
  };
}

/** Throws NO_EVENTS. */
export function bulletinOf(files: readonly InputFile[], path: string): Bulletin {
  const bulletin = combineBulletins(files.map(({ contents }) => contents));
  if (typeof bulletin === "string") throw cliErrors.make("NO_EVENTS", { path, reason: `: ${bulletin}` });
  if (!bulletin || bulletin.events.length === 0) throw cliErrors.make("NO_EVENTS", { path, reason: "" });
  return bulletin;
}

/** When windows of repeats begin at the station, with some minutes more to know the noise by. */
function windowAround({ time, windowSec }: Spot, templates: readonly Template[]): readonly [number, number] {
  const after = templates.map(({ startTime, master }) => startTime - master.origin.time);
  const reach = windowSec + NOISE_SEC;
  return [time + Math.min(...after) - reach, time + Math.max(...after) + reach];
}

function mastersOf(events: readonly SeismicEvent[], spot: Spot | undefined): Master[] {
  return events
    .map((event) => ({ key: event.key, origin: preferredOrigin(event) }))
    .filter(({ origin: { latitudeDeg, longitudeDeg } }) => {
      if (!spot) return true;
      return geodesicKm(latitudeDeg, longitudeDeg, spot.latitudeDeg, spot.longitudeDeg) <= spot.radiusKm;
    });
}
