/**
 * Travel-time tables in LocSAT's form, one file for a phase: the number of depths and the depths, the number of distances and the distances,
 * the times of each depth, and perhaps modelling errors by distance and depth. Lines that begin with # are comments; a negative time means
 * that the phase does not exist there.
 *
 *     const { items: [table] } = decodeTravelTimeTable(bytes, "iasp91.P");
 */
import { type Decoded, defaultLimits, type Limits, ProblemList, type TravelTimeTable } from "@harken/core";
import { NumberStream, Refused } from "../numberStream.ts";

const MAX_DEPTHS = 200;
const MAX_DISTANCES = 5_000;
const MAX_NUMBERS = 2_000_000;

/** `name` is the file's name without folder; the phase is what follows its last point, or the whole name. */
export function decodeTravelTimeTable(
  bytes: Uint8Array,
  name: string,
  limits: Limits = defaultLimits,
): Decoded<TravelTimeTable> {
  const problems = new ProblemList(limits.maxProblems);
  const items: TravelTimeTable[] = [];
  try {
    const stream = new NumberStream(bytes, problems, Math.min(MAX_NUMBERS, limits.maxSamples));
    const depthsKm = stream.rising(stream.count(MAX_DEPTHS, "depths"), "depths");
    const deltasDeg = stream.rising(stream.count(MAX_DISTANCES, "distances"), "distances");
    const secondsByDepth = depthsKm.map(() =>
      stream.take(deltasDeg.length, "the times").map((seconds) => (seconds < 0 ? null : seconds)),
    );
    const phase = name.split(".").at(-1) ?? name;
    items.push({ phase, depthsKm, deltasDeg, secondsByDepth, errors: errorsOf(stream, problems) });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    problems.error("locsat.bad-table", `${error.message} The table was left out.`);
  }
  return { items, problems: problems.list(), consumed: bytes.length };
}

/**
 * Numbers of distances and depths, the distances, the depths where there is more than one, and a row for each depth; of one distance and one
 * depth the error alone, which holds everywhere.
 */
function errorsOf(stream: NumberStream, problems: ProblemList): TravelTimeTable["errors"] {
  if (stream.left < 3) return null;
  try {
    const [distances, depths] = [stream.count(MAX_DISTANCES, "distances"), stream.count(MAX_DEPTHS, "depths")];
    const everywhere = distances === 1 && depths === 1;
    const deltasDeg = everywhere ? [0] : stream.rising(distances, "distances of errors");
    const depthsKm = depths > 1 ? stream.rising(depths, "depths of errors") : [0];
    const secondsByDepth = depthsKm.map(() => stream.take(distances, "the errors"));
    if (secondsByDepth.some((row) => row.some((value) => !(value >= 0)))) throw new Refused("An error is negative.");
    return { deltasDeg, depthsKm, secondsByDepth };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    problems.error("locsat.bad-errors", `${error.message} The modelling errors were left out.`);
    return null;
  }
}
