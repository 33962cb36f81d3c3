/**
 * Locates one event from readings.
 *
 *     const result = locate(readings, null, createEarthModel("ak135"));
 *     if (result.ok) result.origin.latitudeDeg;
 *
 * The place is first found with the depth held, then with the depth free from several starts. A free depth stands when it is resolved;
 * otherwise the depth is held and a remark says so.
 */
import type { EarthModel } from "@harken/core";
import { earthPredictor } from "./earthPredictor.ts";
import { locatedOrigin } from "./locatedOrigin.ts";
import { covarianceOf } from "./originError.ts";
import type { ReadingPredictor } from "./predictor.ts";
import type { Hypocentre, LocationResult, Reading } from "./reading.ts";
import { type Ruled, solveWithRules } from "./residualRules.ts";
import { errorScale } from "./scaling.ts";
import { defaultLocationSettings, type HeldDepth, type LocationSettings } from "./settings.ts";
import { type Problem, type Solution, solve } from "./solve.ts";
import { startingGuesses } from "./startingGuess.ts";
import { correctedPredictor, noStationCorrections, type StationCorrections } from "./stationCorrections.ts";
import { chiSquare, countOnes, definingMask, misfit, normalEquations, QUANTITIES, systemAt, TIME } from "./system.ts";

/** Depths from which a free depth is looked for, km: crust, upper mantle, transition zone. */
const depthStartsKm: readonly number[] = [12, 120, 420];
const HELD_UNKNOWNS = 3;
const FREE_UNKNOWNS = 4;

/** `start` null: the locator finds its own starting place. */
export function locate(
  readings: readonly Reading[],
  start: Hypocentre | null,
  earth: EarthModel,
  settings: LocationSettings = defaultLocationSettings,
  corrections: StationCorrections = noStationCorrections,
): LocationResult {
  const predictor = correctedPredictor(earthPredictor(earth, settings), corrections, settings);
  return locateWith(readings, start, predictor, settings);
}

/** The same with predictions from anywhere. */
export function locateWith(
  readings: readonly Reading[],
  start: Hypocentre | null,
  predictor: ReadingPredictor,
  settings: LocationSettings,
): LocationResult {
  const ordered = [...readings].sort(byKey);
  const mask = definingMask(ordered);
  const anywhere = start ?? { time: ordered[0]?.time ?? 0, latitudeDeg: 0, longitudeDeg: 0, depthKm: 0 };
  const { predictions } = systemAt(ordered, mask, predictor, anywhere);
  const unknownPhases = new Set<string>();
  predictions.forEach((prediction, i) => {
    const own = mask.subarray(QUANTITIES * i, QUANTITIES * (i + 1));
    if (prediction || countOnes(own) === 0) return;
    own.fill(0);
    unknownPhases.add(ordered[i]!.phase);
  });
  const remarks = [...unknownPhases].map((phase) => `${phase} does not define: the model does not predict it.`);
  const fail = (reason: string): LocationResult => ({ ok: false, reason });
  if (!ordered.some((_, i) => mask[QUANTITIES * i + TIME])) {
    const why = unknownPhases.size > 0 ? `; the model does not predict ${[...unknownPhases].join(", ")}` : "";
    return fail(`no reading has a defining onset time${why}`);
  }
  const count = countOnes(mask);
  if (count < HELD_UNKNOWNS) {
    return fail(`${count} defining quantities are too few for latitude, longitude and time`);
  }
  const problem: Problem = { readings: ordered, mask, predictor };
  const held = settings.depth === "free" ? settings.unresolvedDepth : settings.depth;
  const starts = start ? [start] : startingGuesses(problem, held.fixedKm);
  const place = best(
    problem,
    starts.map((from) => solve(problem, { ...from, depthKm: held.fixedKm }, false, settings)),
  );

  if (settings.depth === "free" && count >= FREE_UNKNOWNS) {
    const depths = start ? [start.depthKm, ...depthStartsKm] : depthStartsKm;
    const free = best(
      problem,
      [place.system.source, ...(start ? [] : starts)].flatMap((from) =>
        depths.map((depthKm) => solve(problem, { ...from, depthKm }, true, settings)),
      ),
    );
    const ruled = solveWithRules(problem, free, true, settings);
    const depth = ruled && resolvedDepth(ruled, settings);
    if (ruled && depth?.resolved) return finish(problem, ruled, "free", settings, remarks);
    remarks.push(depth ? depth.remark : "The depth is not resolved; it is held.");
  } else if (settings.depth === "free") {
    remarks.push(`The depth is held: ${count} defining quantities are too few for it.`);
  }
  const ruled = solveWithRules(problem, place, false, settings);
  if (!ruled) return fail("the phases do not exist at the distances where the readings put them");
  return finish(problem, ruled, held, settings, remarks);
}

const byKey = (one: Reading, other: Reading) =>
  one.arrivalKey < other.arrivalKey ? -1 : one.arrivalKey > other.arrivalKey ? 1 : one.phase < other.phase ? -1 : 1;

function best({ mask }: Problem, solutions: readonly Solution[]): Solution {
  // A start from which a phase is nowhere predicted ends with a misfit that is no number.
  const score = solutions.map(({ system }) => misfit(system, mask)).map((m) => (Number.isNaN(m) ? Infinity : m));
  return solutions[score.indexOf(Math.min(...score))]!;
}

/** Whether a free depth may stand, and what to say when it may not. */
function resolvedDepth({ solution, mask }: Ruled, settings: LocationSettings): { resolved: boolean; remark: string } {
  const { system } = solution;
  const { depthKm } = system.source;
  const { depthRangeKm, unresolvedDepth, maxDepthErrorKm } = settings;
  const hold = `it is held at ${unresolvedDepth.fixedKm} km.`;
  if (depthRangeKm.includes(depthKm)) {
    return { resolved: false, remark: `The depth comes out at the edge of its range, ${depthKm} km; ${hold}` };
  }
  const covariance = covarianceOf(normalEquations(system, mask).a, true);
  const scale = errorScale(
    settings.confidence,
    settings.priorWeight,
    chiSquare(system, mask),
    countOnes(mask),
    FREE_UNKNOWNS,
  );
  if (!covariance || !scale || !solution.converged)
    return { resolved: false, remark: `The depth is not resolved; ${hold}` };
  const errorKm = scale.interval * Math.sqrt(covariance[10]!);
  const resolved = errorKm <= maxDepthErrorKm || depthKm - errorKm > 0;
  return {
    resolved,
    remark: `The depth is not resolved (${depthKm.toFixed(0)} km, give or take ${errorKm.toFixed(0)} km); ${hold}`,
  };
}

function finish(
  problem: Problem,
  ruled: Ruled,
  depth: HeldDepth | "free",
  settings: LocationSettings,
  remarks: readonly string[],
): LocationResult {
  if (!ruled.solution.converged) {
    return { ok: false, reason: `the solution did not settle in ${settings.maxIterations} iterations` };
  }
  const covariance = covarianceOf(normalEquations(ruled.solution.system, ruled.mask).a, depth === "free");
  if (!covariance) {
    return { ok: false, reason: "the readings do not fix the place: too few stations, or all in one direction" };
  }
  return { ok: true, origin: locatedOrigin(problem, ruled, covariance, depth, settings, remarks) };
}
