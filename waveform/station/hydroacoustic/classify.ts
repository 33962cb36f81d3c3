/**
 * H, T or N. Explosions in the water (H) are short, wide and high, and may ring with the period of their bubble; the sounds of earthquakes (T) swell for
 * tens of seconds at low frequency; what is left are noises: calls of whales and ships in narrow bands, clicks, and ice that rumbles for long. Each
 * feature adds to the score of a class by how far it lies on that side, and the scores make probabilities.
 */
import type { HydroacousticFeatures } from "@harken/core";

export type HydroacousticPhase = "H" | "T" | "N";

export interface HydroacousticRecipe {
  /** Centre of the spectrum between T and H, Hz, and how many octaves decide it. */
  readonly borderHz: number;
  readonly borderOctaves: number;
  /** Duration and rise between H and T, s, each as the factor e that decides it. */
  readonly borderSec: number;
  readonly borderRiseSec: number;
  /** Narrower spectra and shorter sounds are noise, and longer ones whose last fifth keeps this share of the mean power: octaves, s. */
  readonly leastOctaves: number;
  readonly shortestSec: number;
  readonly longestSec: number;
  readonly endless: number;
  /** What a bubble adds for H. */
  readonly bubbleScore: number;
  /** On land a short sharp signal came through rock: it is P, and noise is of unknown kind. */
  readonly ashore: boolean;
}

export interface Classification {
  readonly phase: HydroacousticPhase;
  /** Of the three, of the class that was chosen. */
  readonly probability: number;
}

/** Score of the noise when nothing speaks for it. */
const NOISE_SCORE = -2;
const MOST_SCORE = 4;
/** What a length that is no signal's adds. */
const ODD_SCORE = 8;
const bounded = (x: number): number => Math.max(-MOST_SCORE, Math.min(MOST_SCORE, x));

export function classify(features: HydroacousticFeatures, recipe: HydroacousticRecipe): Classification {
  const { centreHz, durationSec, riseSec, widthOctaves, bubblePeriodSec } = features;
  const high = bounded(Math.log2(centreHz / recipe.borderHz) / recipe.borderOctaves);
  const long = bounded(Math.log(Math.max(1, durationSec) / recipe.borderSec));
  const slow = bounded(Math.log((riseSec + 0.5) / recipe.borderRiseSec));
  const h = 2 * high - (long + slow) / 2 + (bubblePeriodSec === null ? 0 : recipe.bubbleScore);
  const t = -2 * high + (long + slow) / 2;
  const narrow = Math.log2(recipe.leastOctaves / Math.max(0.02, widthOctaves));
  const odd =
    durationSec < recipe.shortestSec || (durationSec > recipe.longestSec && features.endRatio > recipe.endless);
  const n = NOISE_SCORE + 3 * Math.max(0, bounded(3 * narrow)) + (odd ? ODD_SCORE : 0);
  const scores = { H: h, T: t, N: n } as const;
  const phase = (Object.keys(scores) as HydroacousticPhase[]).reduce((best, p) =>
    scores[p] > scores[best] ? p : best,
  );
  const sum = Object.values(scores).reduce((s, score) => s + Math.exp(score - scores[phase]), 0);
  return { phase, probability: 1 / sum };
}
