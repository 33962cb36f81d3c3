/** `harken process PATH...`: waveform files in, bulletin out. */
import { preferredOrigin } from "@harken/core";
import type { AssociatorName } from "@harken/waveform";
import { Command } from "commander";
import { resultJson } from "../bulletinJson.ts";
import { fetchInputs } from "../fetchInputs.ts";
import {
  collect,
  defaultWorkers,
  type ModelName,
  modelOption,
  numberOption,
  printJson,
  timeOption,
} from "../options.ts";
import { arrivalLines, originLines } from "../originText.ts";
import { type ProcessResult, processFiles } from "../processFiles.ts";
import { associatorOption } from "../worldOptions.ts";
import { writeBulletinFiles } from "../writeBulletin.ts";

interface Options {
  readonly metadata: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly fdsn?: string;
  readonly channels: readonly string[];
  readonly fetched?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly model: ModelName;
  readonly associator: AssociatorName;
  readonly priors?: string;
  readonly workers: number;
  readonly quiet?: boolean;
}

/** More unassociated arrivals than this are counted instead of listed. */
const LISTED_ARRIVALS = 30;

export function processCommand(): Command {
  return new Command("process")
    .description(
      "Detect signals, build and locate events from waveform files of any known format, and write the bulletin.",
    )
    .argument("[paths...]", "files and folders with waveforms (and station metadata)")
    .option(
      "--metadata <path>",
      "more of the stations: StationXML, CSS3.0 site tables, SACPZ, IMS messages; station corrections (SASC, SSSC), tables of travel times (repeatable)",
      collect,
      [],
    )
    .option("--from <time>", "first time to use, UTC", timeOption("--from"))
    .option("--to <time>", "last time to use, UTC", timeOption("--to"))
    .option(
      "--fdsn <address>",
      "fetch waveforms and metadata from this FDSN server first; needs --channels, --from, --to",
    )
    .option("--channels <codes>", "what to fetch, NET.STA.LOC.CHAN with * and ? (repeatable)", collect, [])
    .option("--fetched <folder>", "where to keep what was fetched; otherwise it is deleted")
    .option("--out <folder>", "where to write bulletin.ims, bulletin.xml and the CSS3.0 tables")
    .option("--json", "print the result as JSON")
    .option("--model <name>", "velocity model: ak135 or iasp91", modelOption, "ak135")
    .option("--associator <name>", "what builds the events: grid or bayes", associatorOption, "grid")
    .option("--priors <file>", "priors of the Bayesian associator, from harken learn")
    .option("--workers <n>", "worker threads", numberOption("--workers", 1, 256), defaultWorkers)
    .option("--quiet", "no progress")
    .action(async (paths: string[], options: Options, command: Command) => {
      if (paths.length === 0 && options.fdsn === undefined)
        command.error("error: missing required argument 'paths', or --fdsn", { code: "commander.missingArgument" });
      const fetched = await fetchInputs(options);
      const result = await processFiles([...paths, ...(fetched?.files ?? [])], {
        metadata: options.metadata,
        from: options.from ?? null,
        to: options.to ?? null,
        model: options.model,
        associator: options.associator,
        ...(options.priors === undefined ? {} : { priors: options.priors }),
        quiet: options.quiet ?? false,
        workers: options.workers,
      });
      fetched?.discard();
      const written =
        options.out === undefined ? [] : writeBulletinFiles(options.out, result.bulletin, result.stations);
      if (options.json) printJson({ ...resultJson(result), written });
      else printResult(result, written);
    });
}

function printResult({ bulletin, unassociated, inputs, remarks }: ProcessResult, written: readonly string[]): void {
  const problems = inputs.filter((input) => input.problems.length > 0);
  const lines = [
    `Files read: ${inputs.length}. Arrivals: ${bulletin.arrivals.length}. Events: ${bulletin.events.length}.`,
  ];
  const arrivals = new Map(bulletin.arrivals.map((arrival) => [arrival.key, arrival]));
  for (const event of bulletin.events) {
    lines.push("", ...originLines(preferredOrigin(event), arrivals));
  }
  lines.push("", `Arrivals that belong to no event: ${unassociated.length}.`);
  lines.push(...arrivalLines(unassociated, LISTED_ARRIVALS));
  for (const remark of remarks) lines.push(remark);
  for (const { file, problems: list } of problems) {
    for (const { severity, message } of list.slice(0, 3)) lines.push(`${severity}: ${file}: ${message}`);
    if (list.length > 3) lines.push(`  and ${list.length - 3} more in this file (harken inspect lists them)`);
  }
  for (const path of written) lines.push(`Wrote ${path}`);
  process.stdout.write(`${lines.join("\n")}\n`);
}
