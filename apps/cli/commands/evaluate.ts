/**
 * `harken evaluate`: each associator on a simulated world with known truth: recall, precision and time, with the world's assumptions beside.
 * Arrivals are worked through in stretches that overlap, as the pipelines do; an event counts in the stretch of its origin time.
 */
import { preferredOrigin, type SeismicEvent } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { assumptionsOf, createArrivalWorld, scoreEvents, type WorldScore } from "@harken/simulator";
import { type AssociatorName, associatorNamed, associatorNames } from "@harken/waveform";
import { Command } from "commander";
import { type ModelName, modelOption, numberOption, printJson } from "../options.ts";
import { loadPriors } from "../priorsFile.ts";
import { createProgress } from "../progress.ts";
import { formatTable } from "../table.ts";
import { associatorOption, type WorldOptions, withWorldOptions, worldOf } from "../worldOptions.ts";

interface Options extends WorldOptions {
  readonly associator?: AssociatorName;
  readonly priors?: string;
  readonly model: ModelName;
  readonly stretch: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Row extends WorldScore {
  readonly associator: string;
  /** null for a choice of the events of another row. */
  readonly cpuSecPerDay: number | null;
}

/** Arrivals before and after a stretch that its events may have, s. */
const BEFORE_SEC = 900;
const AFTER_SEC = 1500;
const HOUR_SEC = 3600;
const LIKE_GRID = "bayes, its most probable, with no more false than grid";

export function evaluateCommand(): Command {
  const command = new Command("evaluate")
    .description("Measure the associators on a simulated world of arrivals with known truth: recall, precision, time.")
    .option("--associator <name>", "only this one: grid or bayes", associatorOption)
    .option("--priors <file>", "priors of the Bayesian associator, from harken learn")
    .option("--model <name>", "velocity model of the associators: ak135 or iasp91", modelOption, "ak135")
    .option("--stretch <h>", "hours that are worked on at a time", numberOption("--stretch", 0.5, 24), 3)
    .option("--json", "print as JSON")
    .option("--quiet", "no progress");
  return withWorldOptions(command).action((options: Options) => {
    const priors = loadPriors(options.priors);
    const earth = createEarthModel("ak135");
    const world = createArrivalWorld(worldOf(options), earth);
    const { startTime, days } = world.config;
    const end = startTime + days * 24 * HOUR_SEC;
    const names = options.associator ? [options.associator] : associatorNames;
    const rows: Row[] = [];
    for (const name of names) {
      const associator = associatorNamed(name, world.stations, createEarthModel(options.model), priors);
      const progress = createProgress(`Associating (${name})`, "stretches", { quiet: options.quiet ?? false });
      const began = process.cpuUsage().user;
      const events: SeismicEvent[] = [];
      const logOdds = new Map<string, number>();
      const length = options.stretch * HOUR_SEC;
      const count = Math.ceil((end - startTime) / length);
      for (let i = 0; i < count; i++) {
        const [from, to] = [startTime + i * length, Math.min(end, startTime + (i + 1) * length)];
        const arrivals = world.arrivals.filter(({ time }) => time >= from - BEFORE_SEC && time < to + AFTER_SEC);
        const built = associator.build(arrivals, [], `${name}-${i}-`);
        for (const [key, explanation] of built.explanations ?? []) logOdds.set(key, explanation.logOdds);
        events.push(
          ...built.events.filter((event) => {
            const { time } = preferredOrigin(event);
            return time >= from && time < to;
          }),
        );
        progress.update(i + 1, count);
      }
      progress.end();
      const cpuSecPerDay = (process.cpuUsage().user - began) / 1e6 / days;
      const score = (listed: readonly SeismicEvent[]) => scoreEvents(world, listed, startTime, end);
      rows.push({ associator: name, ...score(events), cpuSecPerDay });
      const grid = rows.find((row) => row.associator === "grid");
      if (name !== "bayes" || !grid) continue;
      const ranked = events.toSorted((a, b) => logOdds.get(b.key)! - logOdds.get(a.key)!);
      rows.push({ associator: LIKE_GRID, ...score(mostWithin(ranked, score, grid.untrue)), cpuSecPerDay: null });
    }
    const assumptions = assumptionsOf(world.config);
    if (options.json) printJson({ world: world.config, arrivals: world.arrivals.length, rows, assumptions });
    else process.stdout.write(`${describe(rows, world.arrivals.length, assumptions)}\n`);
  });
}

/** The most probable events, as many as have no more false ones among them. */
function mostWithin(
  ranked: readonly SeismicEvent[],
  score: (listed: readonly SeismicEvent[]) => WorldScore,
  untrue: number,
): readonly SeismicEvent[] {
  let [enough, tooMany] = [0, ranked.length + 1];
  while (tooMany - enough > 1) {
    const middle = (enough + tooMany) >> 1;
    if (score(ranked.slice(0, middle)).untrue <= untrue) enough = middle;
    else tooMany = middle;
  }
  return ranked.slice(0, enough);
}

function describe(rows: readonly Row[], arrivals: number, assumptions: readonly string[]): string {
  const percent = (share: number | null) => (share === null ? null : 100 * share);
  const table = formatTable(rows, [
    { title: "associator", value: (row) => row.associator },
    { title: "asked", value: (row) => row.asked },
    { title: "found", value: (row) => row.found },
    { title: "missed", value: (row) => row.missed },
    { title: "listed", value: (row) => row.listed },
    { title: "false", value: (row) => row.untrue },
    { title: "recall %", value: (row) => percent(row.recall), digits: 1 },
    { title: "precision %", value: (row) => percent(row.precision), digits: 1 },
    { title: "CPU s a day", value: (row) => row.cpuSecPerDay, digits: 0 },
  ]);
  return [
    `${arrivals} arrivals. Asked for: events that three stations saw; found within 5 deg and 50 s; false: no event that two stations reported.`,
    ...[table, "", "What is assumed:", ...assumptions],
  ].join("\n");
}
