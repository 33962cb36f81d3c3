/** Options that choose a world of arrivals, and an associator. */
import { type ArrivalWorldConfig, type ArrivalWorldVariant, arrivalWorldVariants } from "@harken/simulator";
import { type AssociatorName, associatorNames } from "@harken/waveform";
import type { Command } from "commander";
import { cliErrors } from "./errors.ts";
import { numberOption } from "./options.ts";

export interface WorldOptions {
  readonly world: ArrivalWorldVariant;
  readonly days: number;
  readonly seed: number;
}

const variants = Object.keys(arrivalWorldVariants) as ArrivalWorldVariant[];

function variantOption(value: string): ArrivalWorldVariant {
  const found = variants.find((name) => name === value);
  if (!found)
    throw cliErrors.make("BAD_OPTION", { option: "--world", value, advice: `The worlds are ${variants.join(", ")}.` });
  return found;
}

export function withWorldOptions(command: Command): Command {
  return command
    .option("--world <name>", `simulated world: ${variants.join(", ")}`, variantOption, "usual")
    .option("--days <n>", "days of the simulated world", numberOption("--days", 0.01, 90), 7)
    .option("--seed <n>", "seed of the simulated world", numberOption("--seed", 0, 4_294_967_295), 1);
}

export function worldOf({ world, days, seed }: WorldOptions): ArrivalWorldConfig {
  return { ...arrivalWorldVariants[world], days, seed };
}

export function associatorOption(value: string): AssociatorName {
  const found = associatorNames.find((name) => name === value);
  if (found) return found;
  const advice = `The associators are ${associatorNames.join(" and ")}.`;
  throw cliErrors.make("BAD_OPTION", { option: "--associator", value, advice });
}
