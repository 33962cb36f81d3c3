/**
 * All peaks of a spectrum: search, groups of neighbours fitted together, what the fits leave searched again, and only those kept whose area is above
 * Currie's critical level.
 *
 *     const peaks = findPeaks(spectrum, energy, resolution);
 */
import { median, type PulseHeightSpectrum } from "@harken/core";
import type { EnergyCalibration, Resolution } from "./calibration.ts";
import { continuumWithout } from "./continuum.ts";
import { type FittedPeak, fitGroup, type GroupFit, type GroupStart } from "./peakFit.ts";
import { type Candidate, findCandidates, matchedSignificance, peakSignificance } from "./peakSearch.ts";
import type { PeakTails } from "./peakShape.ts";

export interface PeakSettings {
  readonly fromKeV: number;
  readonly toKeV: number;
  /** Least significance of a candidate, standard deviations. */
  readonly threshold: number;
  /** Least significance of a weak peak, by the matched filter once the others are taken off. */
  readonly weakThreshold: number;
  /** The same at energies where a peak is looked for; `expectedKeV` are these energies. */
  readonly expectedThreshold: number;
  readonly expectedKeV: readonly number[];
  /** Least significance of a peak found in what a fit leaves. */
  readonly residualThreshold: number;
  /** Peaks nearer than this are fitted together, FWHM. */
  readonly groupFwhm: number;
  /** Continuum taken along on both sides, FWHM. */
  readonly marginFwhm: number;
  /** The same for peaks of this significance and more. */
  readonly strongMarginFwhm: number;
  readonly strongSignificance: number;
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
  criticalQuantile: 1.645,
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

const MAX_GROUP = 12;
/** The shape is trusted to this share of a peak's height, that of broad peaks to less, out to this distance. */
const SHAPE_ERROR = 0.03;
const BROAD_SHAPE_ERROR = 0.06;
const SHAPE_ERROR_REACH_FWHM = 3;
/** Annihilation and escape peaks are broader than the calibration by this factor or more. */
const BROAD = 1.15;
/** How far beyond its region a group's peaks are taken off. */
const SKIRT_FWHM = 3;
/** Skirts of neighbours below this many standard deviations of a count are left alone. */
const NOTICEABLE = 0.3;
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
}

/** All peaks of a spectrum, in order of energy. */
export function findPeaks(
  spectrum: PulseHeightSpectrum,
  energy: EnergyCalibration,
  resolution: Resolution,
  settings: PeakSettings = defaultPeakSettings,
): readonly Peak[] {
  return fitSpectrum(spectrum, energy, resolution, settings).peaks;
}

/** Peaks and the continuum beside them. */
export function fitSpectrum(
  { counts, firstChannel }: PulseHeightSpectrum,
  energy: EnergyCalibration,
  resolution: Resolution,
  settings: PeakSettings = defaultPeakSettings,
): SpectrumFit {
  const keVPerChannel = (index: number) =>
    energy.energyAt(firstChannel + index + 0.5) - energy.energyAt(firstChannel + index - 0.5);
  const widths = Float64Array.from(
    counts,
    (_, index) => resolution(energy.energyAt(firstChannel + index)) / keVPerChannel(index),
  );
  const fwhm = (index: number) => widths[Math.min(widths.length - 1, Math.max(0, Math.round(index)))]!;
  const indexOf = (energyKeV: number) => energy.channelAt(energyKeV) - firstChannel;
  const from = Math.max(0, Math.floor(indexOf(settings.fromKeV)));
  const to = Math.min(counts.length, Math.ceil(indexOf(settings.toKeV)));
  const first = findCandidates(peakSignificance(counts, fwhm, from, to), fwhm, settings.threshold);
  const fits = new Map<string, FittedGroup | null>();
  let groups = fitAll(counts, fwhm, first, settings, null, fits);
  const tails = commonTails(groups);
  if (tails) groups = fitAll(counts, fwhm, first, settings, tails, fits);
  let without = withoutPeaks(counts, fwhm, groups);
  const overlooked = weakCandidates(counts, without, fwhm, [from, to], indexOf, groups, settings);
  if (overlooked.length > 0) {
    const apart = (index: number) =>
      overlooked.every((found) => Math.abs(found.index - index) > LEAST_SEPARATION_FWHM * fwhm(index));
    const all = [...first.filter(({ index }) => apart(index)), ...overlooked].sort((a, b) => a.index - b.index);
    groups = fitAll(counts, fwhm, all, settings, tails, fits);
  }
  groups = groups.map((group) => besideOthers(counts, fwhm, group, groups, settings));
  without = withoutPeaks(counts, fwhm, groups);
  const peaks: Peak[] = [];
  for (const { region, fit } of groups) {
    for (const peak of fit.peaks) {
      const at = Math.min(fit.continuum.length - 1, Math.max(0, Math.round(peak.index) - region.from));
      const under = Math.max(fit.continuum[at]!, 0.5 * without.continuum[Math.round(peak.index)]!, 0);
      const backgroundCounts = BACKGROUND_FWHM * fwhm(peak.index) * under;
      const criticalLevelCounts = settings.criticalQuantile * Math.sqrt(2 * backgroundCounts);
      if (!(peak.area > criticalLevelCounts)) continue;
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
  return { peaks: peaks.sort((a, b) => a.channel - b.channel), continuum: without.continuum };
}

interface FittedGroup {
  readonly region: { readonly from: number; readonly to: number };
  readonly tails: PeakTails | null;
  readonly fit: GroupFit;
}

/** Groups fitted, each once: a group that was fitted before with the same candidates is taken from `known`. */
function fitAll(
  counts: ArrayLike<number>,
  fwhm: (index: number) => number,
  candidates: readonly Candidate[],
  settings: PeakSettings,
  tails: PeakTails | null,
  known: Map<string, FittedGroup | null>,
): FittedGroup[] {
  return groupsOf(candidates, fwhm, settings).flatMap((group) => {
    const centres = group.map(({ index }) => index);
    const key = centres.join(" ");
    let fitted = known.get(key);
    if (fitted === undefined || (tails && fitted && !fitted.fit.fittedTails && fitted.tails !== tails)) {
      const region = regionOf(group, fwhm, settings, counts.length);
      const fit = fitThoroughly(counts, fwhm, { ...region, centres, tails }, settings);
      fitted = fit && { region, tails, fit };
      known.set(key, fitted);
    }
    return fitted ? [fitted] : [];
  });
}

/** A group fitted again with what the other groups' peaks put into its region, where that is more than the noise. */
function besideOthers(
  counts: ArrayLike<number>,
  fwhm: (index: number) => number,
  group: FittedGroup,
  groups: readonly FittedGroup[],
  settings: PeakSettings,
): FittedGroup {
  const { region, tails, fit } = group;
  const others = new Float64Array(region.to - region.from);
  for (const other of groups) {
    const reach = SKIRT_FWHM * fwhm(other.region.to);
    if (other === group || other.region.from - reach > region.to || other.region.to + reach < region.from) continue;
    for (let i = 0; i < others.length; i++) others[i]! += other.fit.peaksAt(region.from + i);
  }
  if (others.every((value, i) => value < NOTICEABLE * Math.sqrt(counts[region.from + i]!))) return group;
  const centres = fit.peaks.map(({ index }) => index);
  const again = fitThoroughly(counts, fwhm, { ...region, centres, tails, others }, settings);
  return again ? { region, tails, fit: again } : group;
}

/** The tails of the detector: medians over the strong peaks that stand alone and are no broader than others. Null without such peaks. */
function commonTails(groups: readonly FittedGroup[]): PeakTails | null {
  const found = groups.flatMap(({ fit: { fittedTails, peaks } }) =>
    fittedTails && peaks.length === 1 && peaks[0]!.widthFactor < BROAD ? [fittedTails] : [],
  );
  if (found.length === 0) return null;
  const middle = (of: (tails: PeakTails) => number) => median(found.map(of));
  return {
    lowShare: middle((t) => t.lowShare),
    lowLength: middle((t) => t.lowLength),
    highShare: middle((t) => t.highShare),
    highLength: middle((t) => t.highLength),
  };
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

/** How much continuum a peak needs beside it: its skirts reach further the stronger it is, FWHM. */
function marginOf(
  { significance }: Candidate,
  { marginFwhm, strongMarginFwhm, strongSignificance }: PeakSettings,
): number {
  return significance > strongSignificance ? strongMarginFwhm : marginFwhm;
}

/** Neighbours whose regions touch together, at most `MAX_GROUP` in one group. */
function groupsOf(
  candidates: readonly Candidate[],
  fwhm: (index: number) => number,
  settings: PeakSettings,
): Candidate[][] {
  const groups: Candidate[][] = [];
  for (const candidate of candidates) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const reach = last && Math.max(settings.groupFwhm, marginOf(last, settings), marginOf(candidate, settings));
    const near = last && candidate.index - last.index < reach! * fwhm(candidate.index);
    if (group && near && group.length < MAX_GROUP) group.push(candidate);
    else groups.push([candidate]);
  }
  return groups;
}

function regionOf(
  group: readonly Candidate[],
  fwhm: (index: number) => number,
  settings: PeakSettings,
  length: number,
) {
  const [first, last] = [group[0]!, group.at(-1)!];
  return {
    from: Math.max(0, Math.floor(first.index - marginOf(first, settings) * fwhm(first.index))),
    to: Math.min(length, Math.ceil(last.index + marginOf(last, settings) * fwhm(last.index)) + 1),
  };
}

/** Fits, adds a peak where the residual asks for one, drops peaks of no area, until neither happens. */
function fitThoroughly(
  counts: ArrayLike<number>,
  fwhm: (index: number) => number,
  { centres: start, ...region }: GroupStart,
  settings: PeakSettings,
): GroupFit | null {
  let centres = [...start];
  let fit = fitGroup(counts, fwhm, { ...region, centres });
  for (let round = 0; fit && round < 6; round++) {
    const added = residualPeak(counts, fwhm, region.from, fit, settings);
    if (added === null || centres.length >= MAX_GROUP) break;
    centres = [...fit.peaks.map(({ index }) => index), added].sort((a, b) => a - b);
    const next = fitGroup(counts, fwhm, { ...region, centres });
    if (!next || next.reducedDeviance >= fit.reducedDeviance) break;
    fit = next;
  }
  const solid = fit?.peaks.filter(({ area, areaError }) => area > areaError) ?? [];
  if (fit && solid.length > 0 && solid.length < fit.peaks.length)
    fit = fitGroup(counts, fwhm, { ...region, centres: solid.map(({ index }: FittedPeak) => index) }) ?? fit;
  return fit;
}

function residualPeak(
  counts: ArrayLike<number>,
  fwhm: (index: number) => number,
  from: number,
  { model, peaks }: GroupFit,
  { residualThreshold }: PeakSettings,
): number | null {
  const residual = model.map((value, i) => counts[from + i]! - value);
  const significance = peakSignificance(residual, (i) => fwhm(from + i), 0, residual.length, model);
  let best: number | null = null;
  let highest = residualThreshold;
  significance.forEach((value, i) => {
    const believable = isBelievable(peaks, from + i, residual[i]!);
    if (value > highest && believable) {
      highest = value;
      best = from + i;
    }
  });
  return best;
}

const shapeError = ({ widthFactor }: FittedPeak) => (widthFactor > BROAD ? BROAD_SHAPE_ERROR : SHAPE_ERROR);

/** What the shape of a strong peak leaves beside it is no peak of its own. */
function isBelievable(peaks: readonly FittedPeak[], at: number, height: number): boolean {
  return peaks.every((peak) => {
    const apart = Math.abs(peak.index - at) / peak.fwhmChannels;
    if (apart < 0.6) return false;
    return apart > SHAPE_ERROR_REACH_FWHM || height > (peak.area / peak.fwhmChannels) * shapeError(peak);
  });
}
