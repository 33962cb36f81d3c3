/** `harken tune PATHS...`: a threshold study: a period processed again with other thresholds, and what each station's detections are worth. */
import { preferredOrigin } from "@harken/core";
import { type AssociatorName, type StationYield, stationYields, thresholdBounds, totalYield } from "@harken/waveform";
import { Command } from "commander";
import { loadEvents } from "../bulletinInput.ts";
import { cliErrors } from "../errors.ts";
import {
  collect,
  defaultWorkers,
  type ModelName,
  modelOption,
  numberOption,
  printJson,
  timeOption,
} from "../options.ts";
import { openPeriod } from "../period.ts";
import { formatTable } from "../table.ts";
import { associatorOption } from "../worldOptions.ts";

interface Options {
  readonly metadata: readonly string[];
  readonly factors: readonly number[];
  readonly events: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly model: ModelName;
  readonly associator: AssociatorName;
  readonly priors?: string;
  readonly workers: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What came of one factor: its stations, and all of them together. */
interface Study {
  readonly factor: number;
  readonly events: number;
  readonly stations: readonly StationYield[];
  readonly all: StationYield;
}

const MOST_FACTORS = 20;

export function tuneCommand(): Command {
  const { least, most } = thresholdBounds;
  return new Command("tune")
    .description(
      "Process a period again with other thresholds: detections an hour, their share that belongs to events, and the share of first waves missed, for each station.",
    )
    .argument("<paths...>", "files and folders with waveforms (and station metadata)")
    .option(
      "--factors <list>",
      `factors on all detection thresholds, ${least} to ${most}, with commas between`,
      factorsOption,
      [0.8, 1, 1.25],
    )
    .option(
      "--events <path>",
      "bulletin of the events whose waves are looked for (repeatable); without one, the events built with the thresholds nearest to 1",
      collect,
      [],
    )
    .option("--metadata <path>", "more of the stations (repeatable)", collect, [])
    .option("--from <time>", "first time to use, UTC", timeOption("--from"))
    .option("--to <time>", "last time to use, UTC", timeOption("--to"))
    .option("--model <name>", "velocity model: ak135 or iasp91", modelOption, "ak135")
    .option("--associator <name>", "what builds the events: grid or bayes", associatorOption, "grid")
    .option("--priors <file>", "priors of the Bayesian associator, from harken learn")
    .option("--workers <n>", "worker threads", numberOption("--workers", 1, 256), defaultWorkers)
    .option("--json", "print as JSON")
    .option("--quiet", "no progress")
    .action(async (paths: string[], options: Options) => {
      const { studies, remarks } = await study(paths, options);
      const given = options.events.length > 0;
      if (options.json) printJson({ eventsFrom: given ? "given" : "built", studies, remarks });
      else process.stdout.write(`${describe(studies, given, remarks)}\n`);
    });
}

function factorsOption(value: string): number[] {
  const { least, most } = thresholdBounds;
  const factors = value.split(",").map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
  if (factors.length > MOST_FACTORS || !factors.every((factor) => factor >= least && factor <= most)) {
    const advice = `Give up to ${MOST_FACTORS} factors from ${least} to ${most}, as 0.8,1,1.25.`;
    throw cliErrors.make("BAD_OPTION", { option: "--factors", value, advice });
  }
  return [...new Set(factors)].sort((a, b) => a - b);
}

async function study(paths: readonly string[], options: Options) {
  const quiet = options.quiet ?? false;
  const { metadata, model, associator, workers, priors, factors } = options;
  const listed = options.events.length > 0 ? loadEvents(options.events, quiet).events.map(preferredOrigin) : null;
  const period = openPeriod(paths, {
    ...{ metadata, model, associator, workers, quiet },
    ...{ from: options.from ?? null, to: options.to ?? null },
    ...(priors === undefined ? {} : { priors }),
  });
  const runs = [];
  for (const factor of factors) {
    const { results, recorded } = await period.detect(factor);
    const { arrivals, network } = period.associate(results);
    runs.push({ factor, arrivals, recorded, origins: network.events.map(preferredOrigin) });
  }
  const nearest = runs.toSorted((a, b) => Math.abs(Math.log(a.factor)) - Math.abs(Math.log(b.factor)))[0]!;
  const events = listed ?? nearest.origins;
  const studies = runs.map(({ factor, arrivals, recorded, origins }): Study => {
    const associated = new Set(origins.flatMap((origin) => origin.associations.map(({ arrivalKey }) => arrivalKey)));
    const stations = stationYields({ stations: recorded, arrivals, associated, events }, period.earth);
    return { factor, events: origins.length, stations, all: totalYield("all", stations) };
  });
  return { studies, remarks: period.remarks };
}

function describe(studies: readonly Study[], given: boolean, remarks: readonly string[]): string {
  const names = studies[0]!.stations.map(({ station }) => station);
  const rows = [...names.map((_, i) => (own: Study) => own.stations[i]!), (own: Study) => own.all].flatMap((pick) =>
    studies.map((own) => ({ factor: own.factor, ...pick(own) })),
  );
  const percent = (share: number | null) => (share === null ? null : 100 * share);
  return [
    formatTable(rows, [
      { title: "station", value: (row) => row.station },
      { title: "thresholds x", value: (row) => row.factor, digits: 2 },
      { title: "hours", value: (row) => row.hours, digits: 1 },
      { title: "detections", value: (row) => row.detections },
      { title: "an hour", value: (row) => row.perHour, digits: 1 },
      { title: "in events %", value: (row) => percent(row.associatedShare), digits: 1 },
      { title: "first waves", value: (row) => row.due },
      { title: "missed %", value: (row) => percent(row.missedShare), digits: 1 },
    ]),
    "",
    `Events built: ${studies.map(({ factor, events }) => `${events} (x${factor})`).join(", ")}. First waves are those of ${given ? "the events given" : "the events built with the thresholds nearest to 1"}, where the station recorded.`,
    ...remarks,
  ].join("\n");
}
