/**
 * What an evaluation has done so far, in a file of lines: the question first, then the events of each stretch of time as it is finished. A run
 * that is stopped, by whatever, loses the stretch at hand and no more.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { cliErrors } from "./errors.ts";
import { writeWhole } from "./writeWhole.ts";

export interface KeptEvent {
  readonly time: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** null from an associator that gives none. */
  readonly logOdds: number | null;
}

export interface KeptStretch {
  readonly associator: string;
  /** Number of the stretch, from 0. */
  readonly stretch: number;
  readonly cpuSec: number;
  readonly events: readonly KeptEvent[];
}

export interface StretchKeeper {
  /** What earlier runs finished. */
  readonly done: readonly KeptStretch[];
  add(stretch: KeptStretch): void;
}

/** Nothing is kept without a path. Throws KEPT_OTHER for results of another question, and NOT_WRITABLE. */
export function openKeeper(path: string | undefined, question: string): StretchKeeper {
  if (path === undefined) return { done: [], add: () => {} };
  const done = existsSync(path) ? readKept(path, question) : [];
  // Written anew: a line that was cut short is gone.
  writeWhole(path, [question, ...done.map((stretch) => JSON.stringify(stretch)), ""].join("\n"));
  return { done, add: (stretch) => appendFileSync(path, `${JSON.stringify(stretch)}\n`) };
}

function readKept(path: string, question: string): KeptStretch[] {
  const [first, ...lines] = readFileSync(path, "utf8").split("\n");
  if (first !== question) throw cliErrors.make("KEPT_OTHER", { path, reason: "it was begun with other options" });
  const rest = lines.filter((line) => line !== "");
  return rest.flatMap((line, i) => {
    try {
      return [JSON.parse(line) as KeptStretch];
    } catch (cause) {
      if (i === rest.length - 1) return [];
      throw cliErrors.make("KEPT_OTHER", { path, reason: `line ${i + 2} is damaged` }, cause);
    }
  });
}
