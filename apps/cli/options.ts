/** Option values as commander hands them over, checked once and with a clear sentence. */
import { availableParallelism } from "node:os";
import { parseTime } from "@harken/core";
import { cliErrors } from "./errors.ts";

/** An option's time; throws BAD_OPTION. */
export function timeOption(option: string) {
  return (value: string): number => {
    const time = parseTime(value);
    if (time === null)
      throw cliErrors.make("BAD_OPTION", { option, value, advice: "Write a time as 2009-05-25T00:54:42.8, UTC." });
    return time;
  };
}

/** An option's number within bounds; throws BAD_OPTION. */
export function numberOption(option: string, low: number, high: number) {
  return (value: string): number => {
    const number = Number(value);
    if (value.trim() === "" || !(number >= low && number <= high)) {
      throw cliErrors.make("BAD_OPTION", { option, value, advice: `Give a number from ${low} to ${high}.` });
    }
    return number;
  };
}

/** A list that grows with each value, for variadic and repeated options. */
export const collect = (value: string, list: readonly string[]): string[] => [...list, value];

export type ModelName = "ak135" | "iasp91";

export function modelOption(value: string): ModelName {
  if (value === "ak135" || value === "iasp91") return value;
  throw cliErrors.make("BAD_OPTION", { option: "--model", value, advice: "The models are ak135 and iasp91." });
}

export const defaultWorkers: number = Math.max(1, availableParallelism());

/** Pretty JSON to stdout. JSON has no NaN or Infinity; one of them here is a defect and throws. */
export function printJson(value: unknown): void {
  const text = JSON.stringify(
    value,
    (key, item: unknown) => {
      if (typeof item === "number" && !Number.isFinite(item))
        throw new RangeError(`${key} is ${item}, which JSON cannot hold`);
      return item;
    },
    2,
  );
  process.stdout.write(`${text}\n`);
}
