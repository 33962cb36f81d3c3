/**
 * A recipe with all its detection thresholds moved by one factor, for threshold studies: ratios of short-term to long-term averages by the factor, F
 * statistics by its square, since they go with power.
 */
import type { StationRecipe } from "../station/recipe.ts";

/** Factors that a study may ask for. */
export const thresholdBounds = { least: 0.6, most: 4 } as const;

/** Throws a RangeError for a factor outside `thresholdBounds`. */
export function withThresholds(recipe: StationRecipe, factor: number): StationRecipe {
  const { least, most } = thresholdBounds;
  if (!(factor >= least && factor <= most))
    throw new RangeError(`a factor of thresholds is ${least} to ${most}, not ${factor}`);
  if (factor === 1) return recipe;
  const { array, longPeriod, infrasound } = recipe;
  const square = factor * factor;
  return {
    ...recipe,
    name: `${recipe.name} x${factor}`,
    bands: recipe.bands.map((band) => ({ ...band, on: factor * band.on })),
    // A detection must end below where it begins.
    off: Math.min(1, factor) * recipe.off,
    array: {
      ...array,
      beams: array.beams?.map((beam) => ({ ...beam, on: beam.on === null ? null : factor * beam.on })) ?? null,
      candidateOn: factor * array.candidateOn,
      incoherentOn: factor * array.incoherentOn,
      minF: square * array.minF,
      minSlowF: square * array.minSlowF,
      minLaterF: square * array.minLaterF,
      minRatio: factor * array.minRatio,
      keepRatio: factor * array.keepRatio,
    },
    longPeriod: longPeriod && { ...longPeriod, on: factor * longPeriod.on },
    // The logarithm of the probability of so large an F in noise goes about as F does.
    infrasound: infrasound && {
      ...infrasound,
      fisher: { ...infrasound.fisher, probability: infrasound.fisher.probability ** square },
    },
  };
}
