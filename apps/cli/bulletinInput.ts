/** A bulletin with arrivals from files, and the stations that reported them: for commands that begin at arrivals. */
import type { Bulletin, Station } from "@harken/core";
import { stationsFromRecords } from "@harken/formats";
import { combineBulletins, combineRecords } from "./combine.ts";
import { cliErrors } from "./errors.ts";
import { loadFiles, loadMetadata } from "./input.ts";
import { createProgress } from "./progress.ts";
import { stationFinder } from "./stationFinder.ts";

export interface BulletinInput {
  readonly bulletin: Bulletin;
  /** Every station with an arrival, and those asked for, as far as their coordinates are known. */
  readonly stations: readonly Station[];
}

/** The events of a bulletin, whether their arrivals are known or not. Throws NO_EVENTS. */
export function loadEvents(paths: readonly string[], quiet: boolean): Bulletin {
  const inputs = loadFiles(paths, createProgress("Reading", "files", { quiet }));
  const bulletin = combineBulletins(inputs.map(({ contents }) => contents));
  const path = paths.join(", ");
  if (typeof bulletin === "string") throw cliErrors.make("NO_EVENTS", { path, reason: `: ${bulletin}` });
  if (!bulletin || bulletin.events.length === 0) throw cliErrors.make("NO_EVENTS", { path, reason: "" });
  return bulletin;
}

/** Throws NO_BULLETIN and NO_STATION. `also` names stations that count though they reported nothing. */
export function loadBulletin(
  paths: readonly string[],
  metadata: readonly string[],
  quiet: boolean,
  also: readonly string[] = [],
): BulletinInput {
  const data = loadFiles(paths, createProgress("Reading", "files", { quiet }));
  const more = loadMetadata(metadata, quiet);
  const contents = data.map((input) => input.contents);
  const bulletin = combineBulletins(contents);
  const path = paths.join(", ");
  if (typeof bulletin === "string") throw cliErrors.make("NO_BULLETIN", { path, reason: `: ${bulletin}` });
  if (!bulletin || bulletin.arrivals.length === 0) throw cliErrors.make("NO_BULLETIN", { path, reason: "" });
  const { channels, sites } = combineRecords([...more.map((input) => input.contents), ...contents]);
  const stationOf = stationFinder(stationsFromRecords(channels, sites));
  const codes = [...new Set([...bulletin.arrivals.map(({ station }) => station), ...also])].sort();
  const stations = codes.flatMap((code) => stationOf(code) ?? []);
  if (stations.length === 0) throw cliErrors.make("NO_STATION", { stations: codes.slice(0, 5).join(", ") });
  return { bulletin, stations };
}
