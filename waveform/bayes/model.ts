/**
 * The generative model of one associator, ready to be asked: priors, stations, travel times, the map of seismicity and, for each row of phases
 * and kind of station, the parameters in arrays.
 */
import { cellOf, type EarthModel, type Station } from "@harken/core";
import { phaseRanges } from "@harken/earth";
import { type ModelNetwork, networkOf } from "./network.ts";
import { likenesses, modelPhases } from "./phases.ts";
import type { BayesPriors, PhasePrior } from "./priors.ts";
import { type SeismicityMap, seismicityMap } from "./seismicityMap.ts";
import type { BayesSettings } from "./settings.ts";
import { COLUMNS, STEP_DEG, type Tables, tablesOf } from "./tables.ts";

export interface Model {
  readonly earth: EarthModel;
  readonly priors: BayesPriors;
  readonly settings: BayesSettings;
  readonly network: ModelNetwork;
  readonly tables: Tables;
  readonly seismicity: SeismicityMap;
  /** By row of `modelPhases`; null where nothing was learned of the phase. */
  readonly phases: readonly (PhaseModel | null)[];
}

export interface PhaseModel extends PhasePrior {
  /** Constant of the detection's logit at each column of distance. */
  readonly logit: Float32Array;
}

export function modelOf(
  stations: readonly Station[],
  earth: EarthModel,
  priors: BayesPriors,
  settings: BayesSettings,
): Model {
  return {
    ...{ earth, priors, settings },
    network: networkOf(stations, priors),
    tables: tablesOf(earth),
    seismicity: seismicityMap(priors),
    phases: modelPhases.map(({ phase }) => {
      const prior = priors.phases[phase] ?? likenessOf(phase, priors);
      return prior ? { ...prior, logit: logitByDistance(prior, priors.distanceKnotsDeg) } : null;
    }),
  };
}

/**
 * A phase that the priors do not know, from one like it: fainter by as much as the least magnitudes differ from which on the IDC looks for the
 * two. A simulated world has no waves reflected inside the core; a great earthquake's would otherwise make events of their own.
 */
function likenessOf(phase: string, { phases, distanceKnotsDeg }: BayesPriors): PhasePrior | null {
  const like = likenesses[phase];
  const prior = like && phases[like.phase];
  if (!prior) return null;
  const { constant, slope, byDistance } = prior.detection;
  const fainter = leastMagnitudeOf(phase) - leastMagnitudeOf(like.phase);
  const best = atKnots(distanceKnotsDeg, byDistance, like.deltaDeg);
  return {
    ...prior,
    detection: { constant: constant + best - slope * fainter, slope, byDistance: distanceKnotsDeg.map(() => 0) },
    amplitude: { ...prior.amplitude, mean: prior.amplitude.mean - fainter },
  };
}

const leastMagnitudeOf = (phase: string): number =>
  phaseRanges.find((range) => range.phase === phase)?.minMagnitude ?? 0;

/** Piecewise linear between the knots of distance. */
function logitByDistance({ detection }: PhasePrior, knots: readonly number[]): Float32Array {
  return Float32Array.from(
    { length: COLUMNS },
    (_, i) => detection.constant + atKnots(knots, detection.byDistance, i * STEP_DEG),
  );
}

function atKnots(knots: readonly number[], values: readonly number[], x: number): number {
  const [node, share] = cellOf(knots, x);
  return values[node]! + (values[node + 1]! - values[node]!) * Math.min(1, Math.max(0, share));
}
