/** `harken replay`: works past intervals again from a centre's archive and compares what comes out with the rows that stand; changes nothing. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Replayed } from "@harken/center";
import { isoTime } from "@harken/core";
import { Command, Option } from "commander";
import { cliErrors } from "../errors.ts";
import { defaultWorkers, numberOption, printJson, timeOption } from "../options.ts";
import { formatTable } from "../table.ts";

interface Options {
  readonly data: string;
  readonly from?: number;
  readonly to?: number;
  readonly workers: number;
  readonly json?: boolean;
  readonly database?: string;
}

export function replayCommand(): Command {
  return new Command("replay")
    .description(
      "Work past intervals of a centre again from its archive and compare with its rows; nothing is changed.",
    )
    .option("--data <folder>", "the centre's folder", ".harken")
    .option("--from <time>", "first interval, UTC", timeOption("--from"))
    .option("--to <time>", "intervals that begin before, UTC", timeOption("--to"))
    .option("--workers <n>", "worker threads", numberOption("--workers", 1, 256), defaultWorkers)
    .option("--json", "print as JSON")
    .addOption(new Option("--database <url>", "PostgreSQL instead of the embedded database").env("DATABASE_URL"))
    .action(run);
}

async function run({ data, from, to, workers, json, database }: Options): Promise<void> {
  const dataDir = resolve(data);
  const file = join(dataDir, "harken.db");
  if (database === undefined && !existsSync(file)) throw cliErrors.make("NOT_FOUND", { path: file });
  const { replayIntervals } = await import("@harken/center");
  const replayed = await replayIntervals({ dataDir, databaseUrl: database, workers }, { from, to });
  const count = (outcome: Replayed["outcome"]) => replayed.filter((one) => one.outcome === outcome).length;
  const summary = {
    intervals: replayed.length,
    same: count("same"),
    different: count("different"),
    changed: count("changed"),
  };
  if (json) printJson({ ...summary, replayed });
  else process.stdout.write(`${table(replayed)}\n${sentence(summary)}\n`);
  if (summary.different > 0) process.exitCode = 1;
}

/** What is as it was needs no line. */
function table(replayed: readonly Replayed[]): string {
  const notable = replayed.filter(({ outcome }) => outcome !== "same");
  if (notable.length === 0) return "";
  const text = formatTable(notable, [
    { title: "Interval from", value: ({ from }) => isoTime(from, 0) },
    { title: "Stage", value: ({ stage }) => stage },
    { title: "Name", value: ({ name }) => name },
    { title: "Outcome", value: ({ outcome }) => outcome },
    { title: "Detail", value: ({ detail }) => detail },
  ]);
  return `${text}\n`;
}

function sentence({
  intervals,
  same,
  different,
  changed,
}: Record<"intervals" | "same" | "different" | "changed", number>) {
  return `${intervals} intervals replayed: ${same} gave the rows that stand, ${different} others, ${changed} had changed inputs.`;
}
