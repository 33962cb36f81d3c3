/**
 * All peaks of a spectrum: search, groups of neighbours fitted together, what the fit leaves searched again, and only those kept whose area is above
 * Currie's critical level.
 *
 *     const peaks = findPeaks(spectrum, energy, resolution);
 */
import type { PulseHeightSpectrum } from "@harken/core";
import { clippedBaseline } from "./baseline.ts";
import type { EnergyCalibration, Resolution } from "./calibration.ts";
import { type FittedPeak, fitGroup, type GroupFit, type GroupStart } from "./peakFit.ts";
import { type Candidate, findCandidates, peakSignificance } from "./peakSearch.ts";

export interface PeakSettings {
  readonly fromKeV: number;
  readonly toKeV: number;
  /** Least significance of a candidate, standard deviations. */
  readonly threshold: number;
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
/** The shape is trusted to this share of a peak's height, out to this distance. */
const SHAPE_ERROR = 0.03;
const SHAPE_ERROR_REACH_FWHM = 3;

export function findPeaks(
  { counts, firstChannel }: PulseHeightSpectrum,
  energy: EnergyCalibration,
  resolution: Resolution,
  settings: PeakSettings = defaultPeakSettings,
): Peak[] {
  const keVPerChannel = (index: number) =>
    energy.energyAt(firstChannel + index + 0.5) - energy.energyAt(firstChannel + index - 0.5);
  const fwhm = (index: number) => resolution(energy.energyAt(firstChannel + index)) / keVPerChannel(index);
  const indexOf = (energyKeV: number) => energy.channelAt(energyKeV) - firstChannel;
  const from = Math.max(0, Math.floor(indexOf(settings.fromKeV)));
  const to = Math.min(counts.length, Math.ceil(indexOf(settings.toKeV)));
  const baseline = clippedBaseline(counts, fwhm);
  const candidates = findCandidates(peakSignificance(counts, fwhm, from, to), fwhm, settings.threshold);
  const peaks: Peak[] = [];
  for (const { region, fit } of fitAll(counts, fwhm, candidates, settings)) {
    for (const peak of fit.peaks) {
      const at = Math.min(fit.continuum.length - 1, Math.max(0, Math.round(peak.index) - region.from));
      const under = Math.max(fit.continuum[at]!, 0.5 * baseline[Math.round(peak.index)]!, 0);
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
  return peaks;
}

interface FittedGroup {
  readonly region: { readonly from: number; readonly to: number };
  readonly fit: GroupFit;
}

function fitAll(
  counts: ArrayLike<number>,
  fwhm: (index: number) => number,
  candidates: readonly Candidate[],
  settings: PeakSettings,
): FittedGroup[] {
  return groupsOf(candidates, fwhm, settings).flatMap((group) => {
    const region = regionOf(group, fwhm, settings, counts.length);
    const fit = fitThoroughly(counts, fwhm, { ...region, centres: group.map(({ index }) => index) }, settings);
    return fit ? [{ region, fit }] : [];
  });
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
    const reach =
      last && Math.max(settings.groupFwhm, 0.5 * (marginOf(last, settings) + marginOf(candidate, settings)));
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

/** What the shape of a strong peak leaves beside it is no peak of its own. */
function isBelievable(peaks: readonly FittedPeak[], at: number, height: number): boolean {
  return peaks.every(({ index, area, fwhmChannels }) => {
    const apart = Math.abs(index - at) / fwhmChannels;
    if (apart < 0.6) return false;
    return apart > SHAPE_ERROR_REACH_FWHM || height > (area / fwhmChannels) * SHAPE_ERROR;
  });
}
