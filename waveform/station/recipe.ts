/**
 * Every number that shapes station processing, as one named object. A run records the recipe's name; a station may be given its own.
 * `recipes.ts` holds one for each technology.
 */
import type { StoredBeam } from "./beamSet.ts";
import type { HydroacousticRecipe } from "./hydroacoustic/classify.ts";
import type { InfrasoundRecipe } from "./infrasound/infrasoundRecipe.ts";

export interface DetectionBand {
  readonly name: string;
  readonly lowHz: number;
  readonly highHz: number;
  readonly staSec: number;
  /** Ratio at which a detection begins on a single trace. */
  readonly on: number;
}

export interface QualityRecipe {
  /** A lone difference of neighbours of this many median absolute differences is a spike or a step. */
  readonly loneRatio: number;
  /** Identical samples from this length on are no ground motion whatever the resolution, s. */
  readonly repeatedSec: number;
  /** Identical samples at the extreme of the trace that count as clipping. */
  readonly clippedSamples: number;
  /** Least extreme for clipping to be thought of, counts. */
  readonly clippedLeastCounts: number;
  /** Time that filters need after a masked stretch; nothing is detected in it, s. */
  readonly recoverySec: number;
}

export interface OnsetRecipe {
  /** Coefficients of the noise model. */
  readonly order: number;
  /** Noise that the model is fitted to, and noise that the criterion sees before the trigger, s. */
  readonly noiseSec: number;
  readonly beforeSec: number;
  /**
   * The onset lies from this much before the trigger's start to the end of its short window, s; of a signal that comes out of noise
   * from `fadedSec` before, less for strong ones: the weaker it is, the later its ratio reaches the threshold.
   */
  readonly earlySec: number;
  readonly fadedSec: number;
  /** Signal that the criterion sees after the trigger's short window, s. */
  readonly afterSec: number;
  /** Least fall of the criterion for the onset to be believed. */
  readonly minQuality: number;
  /** Times in which a signal may grow, periods of its band, each as likely as another. */
  readonly risePeriods: readonly number[];
  /** The growth is looked at up to this many periods after the onset, and this many seconds at least. */
  readonly growthPeriods: number;
  readonly growthSec: number;
}

/**
 * The standard deviation of an onset is that of its posterior times `factor`, more for weak signals, which are mistaken for a swing of the
 * noise or of their coda: by `weakFactor` at `weakSnr`, falling with its fourth power. Where no onset was clear it is so many periods.
 */
export interface TimeErrorRecipe {
  readonly factor: number;
  readonly weakFactor: number;
  readonly weakSnr: number;
  readonly unclearPeriods: number;
  readonly minSec: number;
  readonly maxSec: number;
}

export interface ArrayRecipe {
  /** Beams of a stored set; null for a deck that is generated from the geometry. */
  readonly beams: readonly StoredBeam[] | null;
  /** Fastest and slowest wave that beams are steered to, s/km. */
  readonly minSlowness: number;
  readonly maxSlowness: number;
  /** Distance of neighbouring beams as a share of the resolution 1 / (frequency * aperture), and the most beams of a band. */
  readonly beamSpacing: number;
  readonly maxBeams: number;
  /** Ratio at which a beam, and the mean of the rectified elements, make a candidate for f-k. */
  readonly candidateOn: number;
  readonly incoherentOn: number;
  /** As `rise` of a single station; smaller, because f-k tells a second wave from the coda of the first. */
  readonly rise: number;
  /** An element whose noise is this many times larger or smaller than that of the others is left out. */
  readonly maxNoiseRatio: number;
  readonly fkWindowSec: number;
  readonly fkLeadSec: number;
  readonly fkMaxSlowness: number;
  /** Step of the f-k grid as a share of the resolution 1 / (frequency * aperture). */
  readonly fkStep: number;
  /** A candidate with this F statistic is a plane wave and a detection; one slower than P needs more, for noise is slow. */
  readonly minF: number;
  readonly minSlowF: number;
  /** With this one it has an azimuth and a slowness, and is a detection when a P wave from there came before it. */
  readonly minLaterF: number;
  /** Ratio that a plane wave must reach on its own beam. */
  readonly minRatio: number;
  /** What is no plane wave is a detection only from this ratio on. */
  readonly keepRatio: number;
}

export interface ThreeComponentRecipe {
  readonly windowSec: number;
  /** Noise before the signal that it must exceed by `minRatio`, s. */
  readonly noiseSec: number;
  readonly minRatio: number;
  /** Bands in which the motion is looked at, the preferred first. */
  readonly bands: readonly { readonly lowHz: number; readonly highHz: number }[];
  readonly minRectilinearity: number;
  /**
   * What waves that are scattered near the station tilt the line of a P wave's motion by, rad, before anything is known of a signal; it counts as
   * much as so many independent motions of the signal's own window. And the sine of the largest apparent angle of incidence of P.
   */
  readonly scatteredTilt: number;
  readonly scatteredMotions: number;
  readonly largestSine: number;
  /**
   * What the Earth turns slowness vectors by, s/deg: it is not in the stated errors, which are of the measurement alone, but decides whether
   * an azimuth says anything.
   */
  readonly earthSecPerDeg: number;
  /** S velocity near the surface, km/s, by which the angle of incidence becomes a slowness, and how much stations differ in it, as a share. */
  readonly surfaceSvelocity: number;
  readonly surfaceVelocityScatter: number;
}

export interface AmplitudeRecipe {
  readonly lowHz: number;
  readonly highHz: number;
  readonly leadSec: number;
  readonly lengthSec: number;
  readonly minPeriodSec: number;
  readonly maxPeriodSec: number;
  /** Window of the Wood-Anderson maximum after the onset, s: long enough to hold Lg after Pn at 12 degrees. */
  readonly localLengthSec: number;
  readonly localLowHz: number;
}

export interface LongPeriodRecipe {
  readonly lowHz: number;
  readonly highHz: number;
  readonly staSec: number;
  readonly ltaSec: number;
  readonly minLtaSec: number;
  readonly on: number;
  readonly minPeriodSec: number;
  readonly maxPeriodSec: number;
}

export interface StationRecipe {
  readonly name: string;
  readonly technology: "seismic" | "hydroacoustic" | "infrasound";
  readonly quality: QualityRecipe;
  /** Data are worked on in windows of `coreSec`, with more before and after for backgrounds, filters and measurements. */
  readonly window: { readonly coreSec: number; readonly leadSec: number; readonly tailSec: number };
  readonly filterOrder: number;
  readonly bands: readonly DetectionBand[];
  readonly ltaSec: number;
  readonly gapSec: number;
  readonly minLtaSec: number;
  /** In a coda, a share of the last seconds' average is the background. */
  readonly recent: { readonly sec: number; readonly share: number };
  /** A detection ends when the ratio falls below this. */
  readonly off: number;
  /** Within a detection a new one begins when the ratio has risen by this factor from its lowest since the last peak. */
  readonly rise: number;
  /** Detections of different bands and streams closer than this are one, s. */
  readonly mergeSec: number;
  readonly onset: OnsetRecipe;
  readonly timeError: TimeErrorRecipe;
  readonly array: ArrayRecipe;
  readonly threeComponent: ThreeComponentRecipe;
  readonly amplitude: AmplitudeRecipe;
  readonly longPeriod: LongPeriodRecipe | null;
  /** Null for stations of other technologies. */
  readonly infrasound: InfrasoundRecipe | null;
  readonly hydroacoustic: HydroacousticRecipe | null;
}
