/** `harken locate FILE...`: bulletins and tables of arrivals in, located origins out, beside the files' own. */
import type { Arrival } from "@harken/core";
import type { Hypocentre, ProbabilityResult } from "@harken/waveform";
import { Command } from "commander";
import { originJson } from "../bulletinJson.ts";
import { cliErrors } from "../errors.ts";
import { type LocatedEvent, type LocateResult, locateFiles } from "../locateFiles.ts";
import { collect, type ModelName, modelOption, numberOption, printJson } from "../options.ts";
import { originLines } from "../originText.ts";

interface Options {
  readonly metadata: readonly string[];
  readonly model: ModelName;
  readonly depth?: number | "free";
  readonly confidence?: number;
  readonly weight?: number;
  readonly correlation?: number;
  readonly region?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Deepest source that can be asked for, km. */
const DEEPEST_KM = 700;

export function locateCommand(): Command {
  return new Command("locate")
    .description(
      "Locate events from CSS3.0 tables (arrival, assoc, site, origin), IMS1.0/ISF bulletins, QuakeML or SEISAN, and compare with the files' own origins.",
    )
    .argument("<paths...>", "files and folders with arrivals (and station metadata)")
    .option(
      "--metadata <path>",
      "more of the stations: StationXML, CSS3.0 site tables, STATION0.HYP, SACPZ, IMS messages; corrections of directions (SASC) and travel times (SSSC); tables of travel times (LocSAT's) and ellipticity (ELCOR) (repeatable)",
      collect,
      [],
    )
    .option("--model <name>", "velocity model: ak135 or iasp91", modelOption, "ak135")
    .option("--depth <km>", "depth to hold, km, or the word free; default: as the file's origin has it", depthOption)
    .option(
      "--confidence <percent>",
      "confidence of ellipse and intervals, default 90",
      numberOption("--confidence", 1, 99.99),
    )
    .option(
      "--weight <k>",
      "weight of the claimed errors in the ellipse: 0 for the residuals alone (confidence), 8 by custom; default: infinite (coverage)",
      numberOption("--weight", 0, 1e6),
    )
    .option(
      "--correlation <km>",
      "onset times at stations this near share their model errors; default: each has its own",
      numberOption("--correlation", 1, 20_000),
    )
    .option("--region", "also where the event may have been, as a probability over the Earth")
    .option("--json", "print the result as JSON")
    .option("--quiet", "no progress")
    .action((paths: string[], options: Options) => {
      const result = locateFiles(paths, {
        metadata: options.metadata,
        model: options.model,
        depth: options.depth ?? null,
        location: {
          ...(options.confidence === undefined ? {} : { confidence: options.confidence / 100 }),
          ...(options.weight === undefined ? {} : { priorWeight: options.weight }),
          ...(options.correlation === undefined ? {} : { correlationKm: options.correlation }),
        },
        region: options.region ?? false,
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
  { key, origin, reason, stored, distanceKm, region }: LocatedEvent,
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
    ...(region ? { region: regionJson(region) } : {}),
  };
}

/** Cells of the globe with the probability of each, the most likely place, and the areas that hold half and 90 %. */
function regionJson(region: ProbabilityResult) {
  if (!region.ok) return { solved: false, reason: region.reason };
  const { solution } = region;
  const place = ({ latitudeDeg, longitudeDeg, depthKm, time }: Hypocentre) => {
    return { latitude: latitudeDeg, longitude: longitudeDeg, depth: depthKm, time };
  };
  return {
    solved: true,
    best: place(solution.best),
    mean: place(solution.mean),
    areaKm2: { half: solution.regionKm2(0.5), ninety: solution.regionKm2(0.9) },
    cells: solution.cells.map((cell) => ({ ...place(cell), areaKm2: cell.areaKm2, probability: cell.probability })),
  };
}

function regionLine(region: ProbabilityResult): string {
  if (!region.ok) return `  No region: ${region.reason}.`;
  const { best, mean } = region.solution;
  const words = ({ latitudeDeg, longitudeDeg }: Hypocentre) => `${latitudeDeg.toFixed(2)} ${longitudeDeg.toFixed(2)}`;
  const area = region.solution.regionKm2(0.9);
  return `  Region: 90 % within ${Number(area.toPrecision(3))} km2; most likely ${words(best)}, on average ${words(mean)}`;
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
  { key, origin, reason, stored, distanceKm, region }: LocatedEvent,
  arrivals: ReadonlyMap<string, Arrival>,
): string[] {
  const where = region ? [regionLine(region)] : [];
  if (!origin) return [`${key}: could not be located: ${reason}.`, ...where];
  const lines = [`${key}`, ...originLines(origin, arrivals), ...where];
  if (!stored || distanceKm === null) return lines;
  const { latitudeDeg, longitudeDeg, depthKm, author } = stored;
  const later = origin.time - stored.time;
  const whose = author === "" ? "The file's own origin" : `The file's own origin (${author})`;
  lines.push(
    `  ${whose}: ${latitudeDeg.toFixed(3)} ${longitudeDeg.toFixed(3)}, depth ${depthKm.toFixed(1)} km; the new one is ${distanceKm.toFixed(1)} km away, ${Math.abs(later).toFixed(2)} s ${later < 0 ? "earlier" : "later"}.`,
  );
  return lines;
}
