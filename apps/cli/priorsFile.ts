/** Priors of the Bayesian associator from and to files. */
import { readFileSync } from "node:fs";
import { type BayesPriors, defaultPriors, readPriors } from "@harken/waveform";
import { cliErrors } from "./errors.ts";
import { writeWhole } from "./writeWhole.ts";

/** Throws BAD_PRIORS. Those learned from simulation without a path. */
export function loadPriors(path: string | undefined): BayesPriors {
  if (path === undefined) return defaultPriors;
  const bad = (reason: string, cause?: unknown) => cliErrors.make("BAD_PRIORS", { path, reason }, cause);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw bad(cause instanceof Error ? cause.message : String(cause), cause);
  }
  const priors = readPriors(value);
  if (typeof priors === "string") throw bad(priors);
  return priors;
}

/** Throws NOT_WRITABLE. */
export function writePriors(path: string, priors: BayesPriors): void {
  writeWhole(path, `${JSON.stringify(priors)}\n`);
}
