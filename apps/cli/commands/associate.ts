/**
 * `harken associate PATH...`: events from the arrivals of a bulletin, without a word on what belongs together, and how many of the file's own
 * events and associations come out again.
 */
import { type Bulletin, preferredOrigin } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { stationsOfRole } from "@harken/treaty";
import {
  type AssociatorName,
  associatorNamed,
  looseMatchRule,
  type MatchRule,
  matchPlaces,
  type NetworkResult,
} from "@harken/waveform";
import { Command } from "commander";
import { loadBulletin } from "../bulletinInput.ts";
import { originJson } from "../bulletinJson.ts";
import { collect, type ModelName, modelOption, printJson } from "../options.ts";
import { originLines } from "../originText.ts";
import { loadPriors } from "../priorsFile.ts";
import { createProgress } from "../progress.ts";
import { associatorOption } from "../worldOptions.ts";
import { writeBulletinFiles } from "../writeBulletin.ts";

interface Options {
  readonly associator: AssociatorName;
  readonly priors?: string;
  readonly metadata: readonly string[];
  readonly model: ModelName;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** An event is the file's own within this. */
const SAME: MatchRule = { maxDistanceDeg: 1, maxTimeSec: 10 };

export function associateCommand(): Command {
  return new Command("associate")
    .description(
      "Build events from the arrivals of bulletins (CSS3.0, IMS1.0), and compare with the files' own events.",
    )
    .argument("<paths...>", "files and folders with arrivals (and station metadata)")
    .option("--associator <name>", "grid or bayes", associatorOption, "grid")
    .option("--priors <file>", "priors of the Bayesian associator, from harken learn")
    .option("--metadata <path>", "more station metadata (repeatable)", collect, [])
    .option("--model <name>", "velocity model: ak135 or iasp91", modelOption, "ak135")
    .option("--out <folder>", "where to write bulletin.ims, bulletin.xml and the CSS3.0 tables")
    .option("--json", "print the result as JSON")
    .option("--quiet", "no progress")
    .action((paths: string[], options: Options) => {
      const primary = stationsOfRole("primary").flatMap(({ stationCode }) => (stationCode === "" ? [] : [stationCode]));
      const { bulletin, stations } = loadBulletin(paths, options.metadata, options.quiet ?? false, primary);
      const priors = loadPriors(options.priors);
      const associator = associatorNamed(options.associator, stations, createEarthModel(options.model), priors);
      const progress = createProgress("Associating", "arrivals", { quiet: options.quiet ?? false });
      const result = associator.build(bulletin.arrivals, [], "E", [], progress.update);
      progress.end();
      const arrivals = new Map(bulletin.arrivals.map((arrival) => [arrival.key, arrival]));
      const own = recovered(bulletin, result);
      const built: Bulletin = { list: "SEL1", events: result.events, arrivals: bulletin.arrivals };
      const written = options.out === undefined ? [] : writeBulletinFiles(options.out, built, stations);
      if (options.json) {
        const events = result.events.map((event) => ({
          id: event.key,
          ...originJson(preferredOrigin(event), arrivals),
          explanation: result.explanations?.get(event.key) ?? null,
        }));
        printJson({ associator: options.associator, events, own, remarks: result.remarks, written });
        return;
      }
      const lines = result.events.flatMap((event) => [...originLines(preferredOrigin(event), arrivals), ""]);
      lines.push(
        `${result.events.length} events from ${bulletin.arrivals.length} arrivals; ${result.unassociated.length} arrivals belong to none.`,
      );
      if (own.events > 0)
        lines.push(
          `Of the file's own ${own.events} events ${own.recovered} came out again within ${SAME.maxDistanceDeg} deg and ${SAME.maxTimeSec} s; ${own.others} of the events built are none of them; ${own.associationsRecovered} of its ${own.associations} associations came out again.`,
        );
      for (const line of [...result.remarks, ...written.map((path) => `Wrote ${path}`)]) lines.push(line);
      process.stdout.write(`${lines.join("\n")}\n`);
    });
}

/** How much of the file's own events came out again. An association did when its arrival is with an event that is its event. */
function recovered({ events }: Bulletin, result: NetworkResult) {
  const own = events.map(preferredOrigin);
  const built = result.events.map(preferredOrigin);
  const pairs = matchPlaces(own, built, SAME);
  const known = matchPlaces(own, built, looseMatchRule);
  const associationsRecovered = known.reduce((sum, { reference, other }) => {
    const keys = new Set(built[other]!.associations.map(({ arrivalKey }) => arrivalKey));
    return sum + own[reference]!.associations.filter(({ arrivalKey }) => keys.has(arrivalKey)).length;
  }, 0);
  return {
    ...{ events: own.length, recovered: pairs.length, others: built.length - known.length },
    associations: own.reduce((sum, { associations }) => sum + associations.length, 0),
    associationsRecovered,
  };
}
