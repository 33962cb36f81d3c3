/** `harken learn BULLETIN... --out priors.json`: the Bayesian associator's priors from a bulletin, or from a simulated world. */
import { preferredOrigin } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { assumptionsOf, createArrivalWorld, referenceBulletin } from "@harken/simulator";
import { learnPriors } from "@harken/waveform";
import { Command } from "commander";
import { loadBulletin } from "../bulletinInput.ts";
import { cliErrors } from "../errors.ts";
import { collect, type ModelName, modelOption, numberOption } from "../options.ts";
import { writePriors } from "../priorsFile.ts";
import { type WorldOptions, withWorldOptions, worldOf } from "../worldOptions.ts";

interface Options extends WorldOptions {
  readonly out: string;
  readonly name?: string;
  readonly metadata: readonly string[];
  readonly model: ModelName;
  readonly even: number;
  readonly quiet?: boolean;
}

/** Stations that an event of a simulated world needs to be in the list that is learned from. */
const LEARNED_STATIONS = 3;

export function learnCommand(): Command {
  const command = new Command("learn")
    .description(
      "Learn the priors of the Bayesian associator from bulletins with all arrivals, associated and not (CSS3.0, IMS1.0), or from a simulated world.",
    )
    .argument("[paths...]", "bulletins: files and folders")
    .requiredOption("--out <file>", "where to write the priors (JSON)")
    .option("--name <name>", "name of the priors")
    .option("--metadata <path>", "more station metadata (repeatable)", collect, [])
    .option("--model <name>", "velocity model: ak135 or iasp91", modelOption, "ak135")
    .option("--even <share>", "share of the events that may happen anywhere alike", numberOption("--even", 0, 1), 0.15)
    .option("--quiet", "no progress");
  return withWorldOptions(command).action((paths: string[], options: Options) => {
    const earth = createEarthModel(options.model);
    const evenShare = options.even;
    const out = (priors: ReturnType<typeof learnPriors>, events: number, lines: readonly string[]) => {
      writePriors(options.out, priors);
      process.stdout.write(
        `${[...lines, `Learned from ${events} events: ${Object.keys(priors.phases).length} phases, ${Object.keys(priors.stations).length} stations, ${priors.seismicity.places.length} places.`, `Wrote ${options.out}`].join("\n")}\n`,
      );
    };
    if (paths.length > 0) {
      const { bulletin, stations } = loadBulletin(paths, options.metadata, options.quiet ?? false);
      if (bulletin.events.length === 0) throw cliErrors.make("NO_EVENTS", { path: paths.join(", "), reason: "" });
      const times = bulletin.events.map((event) => preferredOrigin(event).time);
      const learnedFrom = `${bulletin.events.length} events of ${paths.join(", ")}, ${new Date(1000 * Math.min(...times)).toISOString()} to ${new Date(1000 * Math.max(...times)).toISOString()}`;
      const name = options.name ?? bulletin.list;
      out(learnPriors(bulletin, stations, earth, { name, learnedFrom, evenShare }), bulletin.events.length, []);
      return;
    }
    const world = createArrivalWorld(worldOf(options), earth);
    const bulletin = referenceBulletin(world, LEARNED_STATIONS);
    const { name, seed, days } = world.config;
    const learnedFrom = `world of arrivals "${name}", seed ${seed}, ${days} days: ${bulletin.events.length} events that ${LEARNED_STATIONS} stations saw`;
    const priors = learnPriors(bulletin, world.stations, earth, {
      name: options.name ?? `simulated-${name}`,
      ...{ learnedFrom, evenShare },
    });
    out(priors, bulletin.events.length, assumptionsOf(world.config));
  });
}
