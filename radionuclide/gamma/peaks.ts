/**
 * All peaks of a spectrum: search, groups of neighbours fitted together, what the fits leave searched again, and only those kept whose area is above
 * Currie's critical level.
 *
 *     const peaks = findPeaks(spectrum, energy, resolution);
 */
import type { PulseHeightSpectrum } from "@harken/core";
import type { EnergyCalibration, Resolution } from "./calibration.ts";
import { continuumWithout } from "./continuum.ts";
import { currieLimits, DECISION_QUANTILE } from "./limits.ts";
import {
  besideOthers,
  commonTails,
  type FittedGroup,
  fitAll,
  type GroupSettings,
  isBelievable,
  SKIRT_FWHM,
  shapeError,
} from "./peakGroups.ts";
import { type Candidate, findCandidates, matchedSignificance, peakSignificance } from "./peakSearch.ts";
import type { PeakTails } from "./peakShape.ts";

export interface PeakSettings extends GroupSettings {
  readonly fromKeV: number;
  readonly toKeV: number;
  /** Least significance of a candidate, standard deviations. */
  readonly threshold: number;
  /** Least significance of a weak peak, by the matched filter once the others are taken off. */
  readonly weakThreshold: number;
  /** The same at energies where a peak is looked for; `expectedKeV` are these energies. */
  readonly expectedThreshold: number;
  readonly expectedKeV: readonly number[];
  /** Abscissa of the critical level. */
  readonly criticalQuantile: number;
}

export const defaultPeakSettings: PeakSettings = Object.freeze({
  fromKeV: 42,
  toKeV: 2700,
  threshold: 3,
  weakThreshold: 5,
  expectedThreshold: 3.3,
  expectedKeV: [],
  residualThreshold: 5,
  groupFwhm: 3,
  marginFwhm: 2,
  strongMarginFwhm: 4,
  strongSignificance: 50,
  criticalQuantile: DECISION_QUANTILE,
});

export interface Peak {
  readonly channel: number;
  readonly energyKeV: number;
  readonly energyErrorKeV: number;
  readonly areaCounts: number;
  readonly areaErrorCounts: number;
  readonly fwhmKeV: number;
  /** Continuum under the peak, counts in 2.5 FWHM. */
  readonly backgroundCounts: number;
  readonly criticalLevelCounts: number;
}

/** Width, in FWHM, over which the background of decision limits is counted. */
export const BACKGROUND_FWHM = 2.5;

/** A peak is clear when its area is this many times its error. */
const CLEAR = 3;
/** Nearer than this to a known peak there is no weak one. */
const LEAST_SEPARATION_FWHM = 0.8;
/** How far from an expected energy a weak peak is taken for it. */
const EXPECTED_WITHIN_FWHM = 0.5;

export interface SpectrumFit {
  readonly peaks: readonly Peak[];
  /** Counts per channel that are in no peak. */
  readonly continuum: Float64Array;
  readonly groups: readonly FittedGroup[];
  /** Of the detector; null where no peak is strong enough to tell. */
  readonly tails: PeakTails | null;
}

/** A spectrum with the widths that its peaks have: what fits need. Indices are those of the array of counts. */
export interface SpectrumScale {
  readonly counts: ArrayLike<number>;
  readonly firstChannel: number;
  readonly energy: EnergyCalibration;
  /** Channels. */
  fwhm(index: number): number;
  keVPerChannel(index: number): number;
}

export function scaleOf(
  { counts, firstChannel }: PulseHeightSpectrum,
  energy: EnergyCalibration,
  resolution: Resolution,
): SpectrumScale {
  const keVPerChannel = (index: number) =>
    energy.energyAt(firstChannel + index + 0.5) - energy.energyAt(firstChannel + index - 0.5);
  const widths = Float64Array.from(
    counts,
    (_, index) => resolution(energy.energyAt(firstChannel + index)) / keVPerChannel(index),
  );
  const fwhm = (index: number) => widths[Math.min(widths.length - 1, Math.max(0, Math.round(index)))]!;
  return { counts, firstChannel, energy, fwhm, keVPerChannel };
}

/** All peaks of a spectrum, in order of energy. */
export function findPeaks(
  spectrum: PulseHeightSpectrum,
  energy: EnergyCalibration,
  resolution: Resolution,
  settings: PeakSettings = defaultPeakSettings,
): readonly Peak[] {
  return fitSpectrum(scaleOf(spectrum, energy, resolution), settings).peaks;
}

/** Peaks and the continuum beside them. */
export function fitSpectrum(scale: SpectrumScale, settings: PeakSettings = defaultPeakSettings): SpectrumFit {
  const { counts, fwhm, firstChannel, energy } = scale;
  const indexOf = (energyKeV: number) => energy.channelAt(energyKeV) - firstChannel;
  const from = Math.max(0, Math.floor(indexOf(settings.fromKeV)));
  const to = Math.min(counts.length, Math.ceil(indexOf(settings.toKeV)));
  const first = findCandidates(peakSignificance(counts, fwhm, from, to), fwhm, settings.threshold);
  const fits = new Map<string, FittedGroup | null>();
  let groups = fitAll(counts, fwhm, first, settings, null, fits);
  const tails = commonTails(groups);
  if (tails) groups = fitAll(counts, fwhm, first, settings, tails, fits);
  const without = withoutPeaks(counts, fwhm, groups);
  const overlooked = weakCandidates(counts, without, fwhm, [from, to], indexOf, groups, settings);
  if (overlooked.length > 0) {
    const apart = (index: number) =>
      overlooked.every((found) => Math.abs(found.index - index) > LEAST_SEPARATION_FWHM * fwhm(index));
    const all = [...first.filter(({ index }) => apart(index)), ...overlooked].sort((a, b) => a.index - b.index);
    groups = fitAll(counts, fwhm, all, settings, tails, fits);
  }
  groups = groups.map((group) => besideOthers(counts, fwhm, group, groups, settings));
  return spectrumFit(scale, settings, groups, tails);
}

/** Groups as peaks: of those that the search found only what is above the critical level. */
export function spectrumFit(
  { counts, firstChannel, energy, fwhm, keVPerChannel }: SpectrumScale,
  { criticalQuantile }: Pick<PeakSettings, "criticalQuantile">,
  groups: readonly FittedGroup[],
  tails: PeakTails | null,
): SpectrumFit {
  const { continuum } = withoutPeaks(counts, fwhm, groups);
  const peaks: Peak[] = [];
  for (const { region, fit, byHand } of groups) {
    for (const peak of fit.peaks) {
      const at = Math.min(fit.continuum.length - 1, Math.max(0, Math.round(peak.index) - region.from));
      const under = Math.max(fit.continuum[at]!, 0.5 * continuum[Math.round(peak.index)]!, 0);
      const backgroundCounts = BACKGROUND_FWHM * fwhm(peak.index) * under;
      const { criticalLevelCounts } = currieLimits(backgroundCounts, criticalQuantile);
      if (!byHand && !(peak.area > criticalLevelCounts)) continue;
      const channel = firstChannel + peak.index;
      peaks.push({
        channel,
        energyKeV: energy.energyAt(channel),
        energyErrorKeV: peak.indexError * keVPerChannel(peak.index),
        areaCounts: peak.area,
        areaErrorCounts: peak.areaError,
        fwhmKeV: peak.fwhmChannels * keVPerChannel(peak.index),
        backgroundCounts,
        criticalLevelCounts,
      });
    }
  }
  return { peaks: peaks.sort((a, b) => a.channel - b.channel), continuum, groups, tails };
}

interface WithoutPeaks {
  readonly peaks: Float64Array;
  readonly peakError: Float64Array;
  readonly continuum: Float64Array;
}

function withoutPeaks(
  counts: ArrayLike<number>,
  fwhm: (index: number) => number,
  groups: readonly FittedGroup[],
): WithoutPeaks {
  const peaks = new Float64Array(counts.length);
  const peakError = new Float64Array(counts.length);
  for (const { region, fit } of groups) {
    const reach = Math.ceil(SKIRT_FWHM * fwhm(region.to));
    const share = Math.max(...fit.peaks.map(shapeError));
    for (let i = Math.max(0, region.from - reach); i < Math.min(counts.length, region.to + reach); i++) {
      const value = fit.peaksAt(i);
      peaks[i]! += value;
      peakError[i]! += share * value;
    }
  }
  return { peaks, peakError, continuum: continuumWithout(counts, peaks, peakError, fwhm) };
}

/** Peaks that only show once the stronger ones and the continuum are known. */
function weakCandidates(
  counts: ArrayLike<number>,
  { peaks, peakError, continuum }: WithoutPeaks,
  fwhm: (index: number) => number,
  [from, to]: readonly [number, number],
  indexOf: (energyKeV: number) => number,
  groups: readonly FittedGroup[],
  settings: PeakSettings,
): Candidate[] {
  const residual = peaks.map((value, i) => counts[i]! - value);
  const variance = peaks.map((value, i) => continuum[i]! + value + peakError[i]! ** 2);
  const significance = matchedSignificance(residual, fwhm, from, to, variance);
  const taken = groups.flatMap(({ fit }) => fit.peaks).filter(({ area, areaError }) => area > CLEAR * areaError);
  const expected = settings.expectedKeV.map(indexOf);
  return findCandidates(significance, fwhm, Math.min(settings.weakThreshold, settings.expectedThreshold)).filter(
    ({ index, significance: found }) =>
      taken.every((other) => Math.abs(other.index - index) > LEAST_SEPARATION_FWHM * fwhm(index)) &&
      isBelievable(taken, index, residual[Math.round(index)]! - continuum[Math.round(index)]!) &&
      (found >= settings.weakThreshold ||
        expected.some((at) => Math.abs(at - index) < EXPECTED_WITHIN_FWHM * fwhm(index))),
  );
}
