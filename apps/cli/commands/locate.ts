/** `harken locate FILE...`: bulletins and tables of arrivals in, located origins out, beside the files' own. */
import type { Arrival } from "@harken/core";
import { Command } from "commander";
import { originJson } from "../bulletinJson.ts";
import { cliErrors } from "../errors.ts";
import { type LocatedEvent, type LocateResult, locateFiles } from "../locateFiles.ts";
import { collect, type ModelName, modelOption, printJson } from "../options.ts";
import { originLines } from "../originText.ts";

interface Options {
  readonly metadata: readonly string[];
  readonly model: ModelName;
  readonly depth?: number | "free";
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Deepest source that can be asked for, km. */
const DEEPEST_KM = 700;

export function locateCommand(): Command {
  return new Command("locate")
    .description(
      "Locate events from CSS3.0 tables (arrival, assoc, site, origin), IMS1.0/ISF bulletins or QuakeML, and compare with the files' own origins.",
    )
    .argument("<paths...>", "files and folders with arrivals (and station metadata)")
    .option(
      "--metadata <path>",
      "more of the stations: StationXML, CSS3.0 site tables, SACPZ, IMS messages; corrections of directions (SASC) and travel times (SSSC); tables of travel times (LocSAT's) and ellipticity (ELCOR) (repeatable)",
      collect,
      [],
    )
    .option("--model <name>", "velocity model: ak135 or iasp91", modelOption, "ak135")
    .option("--depth <km>", "depth to hold, km, or the word free; default: as the file's origin has it", depthOption)
    .option("--json", "print the result as JSON")
    .option("--quiet", "no progress")
    .action((paths: string[], options: Options) => {
      const result = locateFiles(paths, {
        metadata: options.metadata,
        model: options.model,
        depth: options.depth ?? null,
        quiet: options.quiet ?? false,
      });
      if (options.json) printJson(locationJson(result, options.model));
      else process.stdout.write(`${describe(result).join("\n")}\n`);
    });
}

function depthOption(value: string): number | "free" {
  if (value === "free") return value;
  const km = Number(value);
  if (value.trim() === "" || !(km >= 0 && km <= DEEPEST_KM)) {
    throw cliErrors.make("BAD_OPTION", {
      option: "--depth",
      value,
      advice: `Give a depth from 0 to ${DEEPEST_KM} km, or the word free.`,
    });
  }
  return km;
}

function locationJson({ events, arrivals, problems }: LocateResult, model: ModelName) {
  return {
    model,
    events: events.map((event) => eventLocationJson(event, arrivals)),
    inputs: problems.map(({ file, problems: list }) => ({ file, problems: list })),
  };
}

function eventLocationJson(
  { key, origin, reason, stored, distanceKm }: LocatedEvent,
  arrivals: LocateResult["arrivals"],
) {
  return {
    id: key,
    located: origin !== null,
    reason: origin ? null : reason,
    ...(origin ? originJson(origin, arrivals) : {}),
    stored: stored && originJson(stored, arrivals),
    distance: distanceKm,
    timeDifference: origin && stored ? origin.time - stored.time : null,
    depthDifference: origin && stored ? origin.depthKm - stored.depthKm : null,
  };
}

function describe({ events, arrivals, problems }: LocateResult): string[] {
  const lines = events.flatMap((event) => [...describeEvent(event, arrivals), ""]);
  const located = events.filter(({ origin }) => origin !== null).length;
  lines.push(`${located} of ${events.length} events located.`);
  for (const { file, problems: list } of problems) {
    for (const { severity, message } of list.slice(0, 3)) lines.push(`${severity}: ${file}: ${message}`);
    if (list.length > 3) lines.push(`  and ${list.length - 3} more in this file (harken inspect lists them)`);
  }
  return lines;
}

function describeEvent(
  { key, origin, reason, stored, distanceKm }: LocatedEvent,
  arrivals: ReadonlyMap<string, Arrival>,
): string[] {
  if (!origin) return [`${key}: could not be located: ${reason}.`];
  const lines = [`${key}`, ...originLines(origin, arrivals)];
  if (!stored || distanceKm === null) return lines;
  const { latitudeDeg, longitudeDeg, depthKm, author } = stored;
  const later = origin.time - stored.time;
  const whose = author === "" ? "The file's own origin" : `The file's own origin (${author})`;
  lines.push(
    `  ${whose}: ${latitudeDeg.toFixed(3)} ${longitudeDeg.toFixed(3)}, depth ${depthKm.toFixed(1)} km; the new one is ${distanceKm.toFixed(1)} km away, ${Math.abs(later).toFixed(2)} s ${later < 0 ? "earlier" : "later"}.`,
  );
  return lines;
}
