/**
 * `harken evaluate`: each associator on a simulated world with known truth: recall, precision and time, with the world's assumptions beside.
 * Arrivals are worked through in stretches that overlap, as the pipelines do; an event counts in the stretch of its origin time. A long
 * evaluation is done in as many runs as one likes: what is finished is kept.
 */
import { createHash } from "node:crypto";
import { preferredOrigin } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import {
  type ArrivalWorld,
  assumptionsOf,
  bestWithin,
  createArrivalWorld,
  type WorldScore,
  worldScorer,
} from "@harken/simulator";
import {
  type Associator,
  type AssociatorName,
  associatorNamed,
  associatorNames,
  defaultAssociatorSettings,
  defaultBayesSettings,
} from "@harken/waveform";
import { Command } from "commander";
import { type KeptEvent, type KeptStretch, openKeeper } from "../keptStretches.ts";
import { type ModelName, modelOption, numberOption, printJson } from "../options.ts";
import { loadPriors } from "../priorsFile.ts";
import { createProgress } from "../progress.ts";
import { formatTable } from "../table.ts";
import { version } from "../version.ts";
import { associatorOption, type WorldOptions, withWorldOptions, worldOf } from "../worldOptions.ts";

interface Options extends WorldOptions {
  readonly associator?: AssociatorName;
  readonly priors?: string;
  readonly model: ModelName;
  readonly stretch: number;
  readonly keep?: string;
  readonly minutes?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Row extends WorldScore {
  readonly associator: string;
  /** null for a choice of the events of another row. */
  readonly cpuSecPerDay: number | null;
}

/** The Bayesian's most probable events, as many as have so many false ones among them at the most. */
interface CurvePoint extends WorldScore {
  readonly atMostFalse: number;
  /** Of the least probable one; null without any. */
  readonly logOdds: number | null;
}

/** Arrivals before and after a stretch that its events may have, s. */
const BEFORE_SEC = 900;
const AFTER_SEC = 1500;
const HOUR_SEC = 3600;
const DAY_SEC = 24 * HOUR_SEC;
const LIKE_GRID = "bayes, its most probable, with no more false than grid";
const FALSE_COUNTS = [0, 1, 2, 5, 10, 20, 50, 100, 200] as const;

export function evaluateCommand(): Command {
  const command = new Command("evaluate")
    .description("Measure the associators on a simulated world of arrivals with known truth: recall, precision, time.")
    .option("--associator <name>", "only this one: grid or bayes", associatorOption)
    .option("--priors <file>", "priors of the Bayesian associator, from harken learn")
    .option("--model <name>", "velocity model of the associators: ak135 or iasp91", modelOption, "ak135")
    .option("--stretch <h>", "hours that are worked on at a time", numberOption("--stretch", 0.5, 24), 3)
    .option("--keep <file>", "keep what is finished in this file, and go on from there the next time")
    .option("--minutes <n>", "stop after so long and score what is finished", numberOption("--minutes", 0, 1e6))
    .option("--json", "print as JSON")
    .option("--quiet", "no progress");
  return withWorldOptions(command).action((options: Options) => {
    const world = createArrivalWorld(worldOf(options), createEarthModel("ak135"));
    const names = options.associator ? [options.associator] : associatorNames;
    const { finished, end } = associateStretches(world, names, options);
    const rows: Row[] = [];
    const curve: CurvePoint[] = [];
    const score = worldScorer(world, world.config.startTime, end);
    for (const name of names) {
      const own = finished.filter(({ associator }) => associator === name);
      const events = own.flatMap((stretch) => stretch.events);
      const cpuSec = own.reduce((sum, stretch) => sum + stretch.cpuSec, 0);
      const days = (end - world.config.startTime) / DAY_SEC;
      rows.push({ associator: name, ...score(events), cpuSecPerDay: days > 0 ? cpuSec / days : null });
      if (name !== "bayes") continue;
      const ranked = events.toSorted((a, b) => b.logOdds! - a.logOdds! || a.time - b.time);
      const grid = rows.find((row) => row.associator === "grid");
      if (grid)
        rows.push({ associator: LIKE_GRID, ...score(bestWithin(ranked, score, grid.untrue)), cpuSecPerDay: null });
      curve.push(...curveOf(ranked, score));
    }
    const days = (end - world.config.startTime) / DAY_SEC;
    const assumptions = assumptionsOf(world.config);
    const arrivals = world.arrivals.length;
    if (options.json) printJson({ world: world.config, arrivals, days, rows, curve, assumptions });
    else process.stdout.write(`${describe(rows, curve, { arrivals, days, asked: world.config.days }, assumptions)}\n`);
  });
}

/** Stretch by stretch, all associators on each, until all is done or the time is over; the stretches that all have finished, and their end. */
function associateStretches(world: ArrivalWorld, names: readonly AssociatorName[], options: Options) {
  const { startTime, days } = world.config;
  const end = startTime + days * DAY_SEC;
  const length = options.stretch * HOUR_SEC;
  const count = Math.ceil((end - startTime) / length - 1e-9);
  const priors = loadPriors(options.priors);
  const settings = [defaultAssociatorSettings, defaultBayesSettings, priors];
  const keeper = openKeeper(
    options.keep,
    JSON.stringify({
      ...{ format: "harken-evaluation", version, world: world.config, model: options.model, stretch: options.stretch },
      settings: createHash("sha256").update(JSON.stringify(settings)).digest("hex"),
    }),
  );
  const finished: KeptStretch[] = keeper.done.filter(({ associator }) => names.some((name) => name === associator));
  const isDone = (name: string, i: number) =>
    finished.some(({ associator, stretch }) => associator === name && stretch === i);
  const earth = createEarthModel(options.model);
  const associators = names.map((name) => ({ name, ...associatorNamed(name, world.stations, earth, priors) }));
  const progress = createProgress("Associating", "stretches", { quiet: options.quiet ?? false });
  const until = performance.now() + 60_000 * (options.minutes ?? Number.POSITIVE_INFINITY);
  let whole = 0;
  for (; whole < count; whole++) {
    if (performance.now() >= until && names.some((name) => !isDone(name, whole))) break;
    const from = startTime + whole * length;
    for (const { name, build } of associators) {
      if (isDone(name, whole)) continue;
      const stretch = associate(world, { name, build, number: whole, from, to: Math.min(end, from + length) });
      finished.push(stretch);
      keeper.add(stretch);
    }
    progress.update(whole + 1, count);
  }
  progress.end();
  return {
    finished: finished.filter(({ stretch }) => stretch < whole),
    end: Math.min(end, startTime + whole * length),
  };
}

interface Stretch extends Pick<Associator, "build"> {
  readonly name: AssociatorName;
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

function associate(world: ArrivalWorld, { name, build, number, from, to }: Stretch): KeptStretch {
  const began = process.cpuUsage().user;
  const arrivals = world.arrivals.filter(({ time }) => time >= from - BEFORE_SEC && time < to + AFTER_SEC);
  const built = build(arrivals, [], `${name}-${number}-`);
  const events = built.events.flatMap((event): KeptEvent[] => {
    const { time, latitudeDeg, longitudeDeg } = preferredOrigin(event);
    const logOdds = built.explanations?.get(event.key)?.logOdds ?? null;
    return time >= from && time < to ? [{ time, latitudeDeg, longitudeDeg, logOdds }] : [];
  });
  return { associator: name, stretch: number, cpuSec: (process.cpuUsage().user - began) / 1e6, events };
}

function curveOf(ranked: readonly KeptEvent[], score: (places: readonly KeptEvent[]) => WorldScore): CurvePoint[] {
  const all = score(ranked).untrue;
  return FALSE_COUNTS.filter((count) => count < all).map((atMostFalse) => {
    const best = bestWithin(ranked, score, atMostFalse);
    return { atMostFalse, ...score(best), logOdds: best.at(-1)?.logOdds ?? null };
  });
}

interface Extent {
  readonly arrivals: number;
  /** Finished, and asked for. */
  readonly days: number;
  readonly asked: number;
}

function describe(
  rows: readonly Row[],
  curve: readonly CurvePoint[],
  { arrivals, days, asked }: Extent,
  assumptions: readonly string[],
): string {
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
  const points = formatTable(curve, [
    { title: "false, at most", value: (point) => point.atMostFalse },
    { title: "missed", value: (point) => point.missed },
    { title: "listed", value: (point) => point.listed },
    { title: "log odds from", value: (point) => point.logOdds, digits: 1 },
  ]);
  const part = days < asked - 1e-6 ? [`The first ${days.toFixed(3)} of ${asked} days are finished.`] : [];
  const curveLines = curve.length > 0 ? ["", "The Bayesian associator's most probable events alone:", points] : [];
  return [
    ...[
      `${arrivals} arrivals. Asked for: events that three stations saw; found within 5 deg and 50 s; false: no event that two stations reported.`,
    ],
    ...part,
    ...[table, ...curveLines, "", "What is assumed:", ...assumptions],
  ].join("\n");
}
