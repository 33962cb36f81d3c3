/** `harken correlate BULLETIN DATA...`: repeats of a bulletin's events in waveforms, and the cross-correlation event list (XSEL). */
import { type Bulletin, preferredOrigin } from "@harken/core";
import { type CorrelationSettings, compareBulletins, localRepeats, regionalRepeats } from "@harken/waveform";
import { Command } from "commander";
import { bulletinOf, correlateFiles } from "../correlateFiles.ts";
import { correlateJson, repeatLines } from "../correlateText.ts";
import { cliErrors } from "../errors.ts";
import { loadFiles } from "../input.ts";
import { collect, type ModelName, modelOption, numberOption, printJson } from "../options.ts";
import { createProgress } from "../progress.ts";
import { writeBulletinFiles } from "../writeBulletin.ts";

export interface CorrelationOptions {
  readonly metadata: readonly string[];
  readonly recipe: CorrelationSettings;
  readonly band?: readonly [number, number];
  readonly length?: number;
  readonly falseEvents?: number;
  readonly model: ModelName;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Options extends CorrelationOptions {
  readonly against: readonly string[];
  readonly out?: string;
}

export function correlateCommand(): Command {
  return withCorrelationOptions(
    new Command("correlate")
      .description("Find repeats of a bulletin's events in waveforms by correlation, and list them (XSEL).")
      .argument("<bulletin>", "the master events: CSS3.0 tables, IMS1.0/ISF, QuakeML or SEISAN")
      .argument("<data...>", "files and folders with waveforms, those of the master events among them"),
  )
    .option("--against <bulletin>", "match the list with this one, as REB or SEL3 (repeatable)", collect, [])
    .option("--out <folder>", "where to write bulletin.ims, bulletin.xml and the CSS3.0 tables")
    .action((bulletin: string, data: string[], options: Options) => {
      const result = correlateFiles(bulletin, data, inputOf(options));
      const matches = options.against.map((path) => matchWith(path, result.bulletin, options.quiet ?? false));
      const written =
        options.out === undefined ? [] : writeBulletinFiles(options.out, result.bulletin, result.stations);
      if (options.json) {
        printJson({ ...correlateJson(result), matches, written });
        return;
      }
      const lines = repeatLines(result);
      for (const { path, pairs, extra } of matches)
        lines.push("", `${pairs.length} events are in ${path} (5 deg, 50 s), ${extra.length} are not.`);
      lines.push("", ...result.remarks, ...written.map((path) => `Wrote ${path}`));
      process.stdout.write(`${lines.join("\n")}\n`);
    });
}

/** What both commands of correlation take. */
export function withCorrelationOptions(command: Command): Command {
  return command
    .option("--metadata <path>", "more of the stations, as for `harken process` (repeatable)", collect, [])
    .option("--recipe <name>", "regional (1 to 4 Hz, 40 s) or local (3 to 10 Hz, 8 s)", recipeOption, regionalRepeats)
    .option("--band <low-high>", "another band, Hz, as 2-8", bandOption)
    .option("--length <s>", "another length of the templates", numberOption("--length", 1, 600))
    .option(
      "--false-events <n>",
      "events by chance a day of one master event, over all stations",
      numberOption("--false-events", 1e-9, 1000),
    )
    .option("--model <name>", "velocity model: ak135 or iasp91", modelOption, "ak135")
    .option("--json", "print as JSON")
    .option("--quiet", "no progress");
}

/** The recipe as the options change it. */
export function inputOf({ metadata, recipe, band, length, falseEvents, model, quiet }: CorrelationOptions) {
  const settings: CorrelationSettings = {
    ...recipe,
    ...(band && { lowHz: band[0], highHz: band[1], leastRateHz: 3 * band[1] }),
    ...(length !== undefined && { lengthSec: length }),
    ...(falseEvents !== undefined && { falseEventsPerDay: falseEvents }),
  };
  return { metadata, settings, model, quiet: quiet ?? false };
}

function recipeOption(value: string): CorrelationSettings {
  const found = [regionalRepeats, localRepeats].find(({ name }) => name === value);
  if (!found)
    throw cliErrors.make("BAD_OPTION", { option: "--recipe", value, advice: "The recipes are regional and local." });
  return found;
}

function bandOption(value: string): readonly [number, number] {
  const [low = Number.NaN, high = Number.NaN] = value.split("-").map(Number);
  if (!(low > 0 && high > low && high <= 100))
    throw cliErrors.make("BAD_OPTION", { option: "--band", value, advice: "Give two frequencies in Hz, as 1-4." });
  return [low, high];
}

function matchWith(path: string, list: Bulletin, quiet: boolean) {
  const other = bulletinOf(loadFiles([path], createProgress("Reading", "files", { quiet })), path);
  const { pairs, extra } = compareBulletins(other.events, list.events);
  const times = new Map(other.events.map((event) => [event.key, preferredOrigin(event).time]));
  return { path, pairs: pairs.map((pair) => ({ ...pair, referenceTime: times.get(pair.referenceKey)! })), extra };
}
