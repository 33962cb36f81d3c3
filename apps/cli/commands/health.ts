/** `harken health`: the reports on stations, channels, links and authentication, from what a centre has acquired. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { LinkExcuse, NetworkHealth } from "@harken/center";
import { parseTime } from "@harken/core";
import { writeAuthenticationStatus, writeChannelStatus, writeLinkStatus, writeStationStatus } from "@harken/formats";
import { Argument, Command, Option } from "commander";
import { cliErrors } from "../errors.ts";
import { printJson, timeOption } from "../options.ts";

const reports = ["STA_STATUS", "CHAN_STATUS", "COMM_STATUS", "AUTH_STATUS"] as const;

interface Options {
  readonly data: string;
  readonly from?: number;
  readonly to?: number;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly excuses?: string;
  readonly database?: string;
}

const DAY_SEC = 86_400;

export function healthCommand(): Command {
  return new Command("health")
    .description(
      "Report on what a centre has acquired: availability, timeliness and capability, links, signatures, in the standard columns.",
    )
    .addArgument(new Argument("[reports...]", "which ones; all when none is named").choices(reports))
    .option("--data <folder>", "the centre's folder", ".harken-acquire")
    .option("--from <time>", "beginning of the period, UTC; default a day before its end", timeOption("--from"))
    .option("--to <time>", "end of the period, UTC; default now", timeOption("--to"))
    .option(
      "--excuses <file>",
      "JSON list of outages that do not count in the adjusted availability: source, from, to, reason",
    )
    .option("--verbose", "every outage of each link")
    .option("--json", "print as JSON")
    .addOption(new Option("--database <url>", "PostgreSQL instead of the embedded database").env("DATABASE_URL"))
    .action(run);
}

async function run(wanted: readonly string[], options: Options): Promise<void> {
  const file = join(resolve(options.data), "harken.db");
  if (options.database === undefined && !existsSync(file)) throw cliErrors.make("NOT_FOUND", { path: file });
  const to = options.to ?? Date.now() / 1_000;
  const period = { from: options.from ?? to - DAY_SEC, to };
  if (!(period.to > period.from))
    throw cliErrors.make("BAD_OPTION", {
      option: "--from",
      value: String(period.from),
      advice: "Give a time before --to.",
    });
  const { readHealth } = await import("@harken/center");
  const health = await readHealth({ file, url: options.database }, period, readExcuses(options.excuses));
  if (options.json) return printJson({ period, ...health });
  const lines: Record<(typeof reports)[number], () => string[]> = {
    STA_STATUS: () => writeStationStatus(period, health.stations),
    CHAN_STATUS: () => writeChannelStatus(period, health.channels),
    COMM_STATUS: () => [
      ...writeLinkStatus(period, health.links, options.verbose),
      "",
      ...availabilityLines(health.availability),
    ],
    AUTH_STATUS: () => [
      ...writeAuthenticationStatus(period, health.authentication),
      ...health.certificates.map(({ severity, detail }) => `${severity}: ${detail}`),
    ],
  };
  const chosen = wanted.length > 0 ? reports.filter((report) => wanted.includes(report)) : reports;
  process.stdout.write(`${chosen.map((report) => lines[report]().join("\n")).join("\n\n")}\n`);
}

/** The definition stands with the numbers, since no document states one. */
function availabilityLines(rows: NetworkHealth["availability"]): string[] {
  return [
    "Availability: absolute is time up over the period; adjusted leaves out outages with a recorded reason.",
    ...rows.map(
      ({ source, absolutePercent, adjustedPercent, reasons }) =>
        `${source.padEnd(9)} absolute ${absolutePercent.toFixed(3)} %, adjusted ${adjustedPercent.toFixed(3)} %${reasons.length > 0 ? ` (${reasons.join("; ")})` : ""}`,
    ),
  ];
}

function readExcuses(file: string | undefined): LinkExcuse[] {
  if (file === undefined) return [];
  const bad = (cause?: unknown) =>
    cliErrors.make(
      "BAD_OPTION",
      {
        option: "--excuses",
        value: file,
        advice: "Give a JSON list of objects with source, from, to (UTC) and reason.",
      },
      cause,
    );
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw bad(cause);
  }
  if (!Array.isArray(list)) throw bad();
  return list.map((item: Record<string, unknown>) => {
    const [from, to] = [parseTime(String(item["from"])), parseTime(String(item["to"]))];
    if (from === null || to === null || typeof item["source"] !== "string" || typeof item["reason"] !== "string")
      throw bad();
    return { source: item["source"], from, to, reason: item["reason"] };
  });
}
