/** Numbers that shape the processing of an infrasound array. `recipes.ts` holds them. */
import type { FamilySettings, PmccSettings } from "@harken/signal";

export interface InfrasoundRecipe {
  readonly pmcc: PmccSettings;
  readonly family: FamilySettings;
  readonly fisher: FisherRecipe;
  readonly category: CategoryRecipe;
  readonly wind: WindRecipe;
  /** What the wind along the path does to an azimuth, deg, and to a slowness, as a share of it. */
  readonly modelAzimuthDeg: number;
  readonly modelSlowness: number;
}

/** The Fisher ratio along the beam of a family: where in it signals begin and end. */
export interface FisherRecipe {
  /** Window in periods of the family's frequency, with bounds in s, and how many steps it takes to pass it. */
  readonly periods: number;
  readonly minSec: number;
  readonly maxSec: number;
  readonly steps: number;
  /** Data before and after a family that its noise is judged by, s. */
  readonly noiseSec: number;
  /** Probability of a window of noise to be taken for signal. */
  readonly probability: number;
  /** Signals are cut where F falls below this share of the peaks on both sides, and below what is coherent without a pause. */
  readonly valley: number;
  readonly pause: number;
}

export interface CategoryRecipe {
  /** Signals of less F, or that last longer, are noise: surf, waterfalls, factories. */
  readonly minFisher: number;
  readonly longestSec: number;
  /** Below this frequency, what lasts so long or is of less F is the sound of ocean waves. */
  readonly microbaromHz: number;
  readonly microbaromSec: number;
  readonly microbaromFisher: number;
  /** Signals of one direction and frequency are clutter when, within this time, they were so many or filled this share of it. */
  readonly memorySec: number;
  readonly clutterCount: number;
  readonly clutterShare: number;
  /** The share is not told before so much time has been seen, s. */
  readonly leastMemorySec: number;
  readonly sameAzimuthDeg: number;
  readonly sameOctaves: number;
}

/** Wind noise is the pressure in a band that elements do not share. */
export interface WindRecipe {
  readonly lowHz: number;
  readonly highHz: number;
  readonly blockSec: number;
  /** Root mean square pressure from which a station is in a breeze, and in strong wind, Pa. */
  readonly breezePa: number;
  readonly strongPa: number;
}
