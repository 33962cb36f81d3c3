/** `harken spotcheck BULLETIN DATA... --latitude --longitude --time`: did what happened at a place before happen there again at a time? */
import { isoTime } from "@harken/core";
import { Command } from "commander";
import { correlateFiles } from "../correlateFiles.ts";
import { correlateJson, detectionJson, detectionTable, repeatLines } from "../correlateText.ts";
import { numberOption, printJson, timeOption } from "../options.ts";
import { type CorrelationOptions, inputOf, withCorrelationOptions } from "./correlate.ts";

interface Options extends CorrelationOptions {
  readonly latitude: number;
  readonly longitude: number;
  readonly time: number;
  readonly radius: number;
  readonly window: number;
}

export function spotcheckCommand(): Command {
  return withCorrelationOptions(
    new Command("spotcheck")
      .description("Look for a repeat of a bulletin's events near a place at a time, by correlation.")
      .argument("<bulletin>", "past events: CSS3.0 tables, IMS1.0/ISF, QuakeML or SEISAN")
      .argument("<data...>", "files and folders with waveforms of past events and of the time in question"),
  )
    .requiredOption("--latitude <deg>", "the place", numberOption("--latitude", -90, 90))
    .requiredOption("--longitude <deg>", "the place", numberOption("--longitude", -180, 180))
    .requiredOption("--time <time>", "origin time in question, UTC", timeOption("--time"))
    .option("--radius <km>", "past events this near are templates", numberOption("--radius", 0.1, 20_000), 50)
    .option("--window <s>", "origin times this near are looked at", numberOption("--window", 1, 86_400), 60)
    .action((bulletin: string, data: string[], options: Options) => {
      const { latitude: latitudeDeg, longitude: longitudeDeg, time, radius: radiusKm, window: windowSec } = options;
      const spot = { latitudeDeg, longitudeDeg, time, radiusKm, windowSec };
      const result = correlateFiles(bulletin, data, { ...inputOf(options), spot });
      if (options.json) {
        printJson({
          found: result.repeats.length > 0,
          ...correlateJson(result),
          peaks: result.detections.map(detectionJson),
        });
        return;
      }
      const answer =
        result.repeats.length > 0
          ? `Yes: a repeat within ${windowSec} s of ${isoTime(time, 0)}.`
          : `No repeat of the ${result.masters.length} events within ${radiusKm} km was found within ${windowSec} s of ${isoTime(time, 0)}.`;
      const single =
        result.unassociated.length > 0 ? ["", "At one station only:", detectionTable(result.unassociated)] : [];
      process.stdout.write(`${[answer, ...repeatLines(result), ...single, "", ...result.remarks].join("\n")}\n`);
    });
}
