/** `harken timetable`: every interval with the state of each automatic list, and what became of the requests for segments. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { IntervalStates, TimetableReport } from "@harken/center";
import { isoTime } from "@harken/core";
import { Command, Option } from "commander";
import { cliErrors } from "../errors.ts";
import { printJson, timeOption } from "../options.ts";
import { formatTable } from "../table.ts";

interface Options {
  readonly data: string;
  readonly from?: number;
  readonly to?: number;
  readonly json?: boolean;
  readonly database?: string;
}

export function timetableCommand(): Command {
  return new Command("timetable")
    .description(
      "Show every interval of a centre with the state of SEL1, SEL2 and SEL3, and its requests for segments.",
    )
    .option("--data <folder>", "the centre's folder", ".harken")
    .option("--from <time>", "first interval, UTC", timeOption("--from"))
    .option("--to <time>", "intervals that begin before, UTC", timeOption("--to"))
    .option("--json", "print as JSON")
    .addOption(new Option("--database <url>", "PostgreSQL instead of the embedded database").env("DATABASE_URL"))
    .action(run);
}

async function run({ data, from, to, json, database }: Options): Promise<void> {
  const file = join(resolve(data), "harken.db");
  if (database === undefined && !existsSync(file)) throw cliErrors.make("NOT_FOUND", { path: file });
  const { readTimetable } = await import("@harken/center");
  const report = await readTimetable({ file, url: database }, { from, to });
  if (json) return printJson(report);
  const parts = [intervalTable(report.intervals), ...(report.requests.length > 0 ? [requestTable(report)] : [])];
  process.stdout.write(`${parts.join("\n\n")}\n`);
}

function intervalTable(intervals: readonly IntervalStates[]): string {
  const rows = intervals.flatMap((interval) => interval.lists.map((list) => ({ interval, list })));
  return formatTable(rows, [
    { title: "Interval from", value: ({ interval }) => isoTime(interval.from, 0) },
    { title: "to", value: ({ interval }) => isoTime(interval.to, 0) },
    { title: "Stations", value: ({ interval }) => `${interval.stationsDone}/${interval.stations}` },
    { title: "List", value: ({ list }) => list.list },
    { title: "State", value: ({ list }) => list.state },
    { title: "Due", value: ({ list }) => isoTime(list.dueAt, 0) },
    { title: "Made after, h", value: ({ interval, list }) => hours(list.madeAt, interval.to), digits: 2 },
    { title: "Arrivals", value: ({ list }) => list.arrivals },
    { title: "Events", value: ({ list }) => list.events },
    { title: "Problem", value: ({ list }) => list.problem },
  ]);
}

const hours = (at: number | null, recorded: number) => (at === null ? null : (at - recorded) / 3600);

function requestTable({ requests }: TimetableReport): string {
  return formatTable(requests, [
    { title: "Station", value: ({ station }) => station },
    { title: "Requests", value: (row) => row.requests },
    { title: "Answered", value: (row) => row.answered },
    { title: "Waiting", value: (row) => row.waiting },
    { title: "Failed", value: (row) => row.failed },
    { title: "Attempts", value: (row) => row.attempts },
    { title: "Samples", value: (row) => row.samples },
    {
      title: "Median answer, min",
      value: (row) => (row.medianAnswerSec === null ? null : row.medianAnswerSec / 60),
      digits: 1,
    },
    { title: "Last problem", value: (row) => row.lastProblem },
  ]);
}
