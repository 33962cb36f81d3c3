/**
 * Neighbouring peaks fitted together: which belong to one group, how much continuum goes with it, peaks that the residual asks for, skirts of the
 * neighbours, and the tails that all peaks of a detector share.
 */
import { median } from "@harken/core";
import { type FittedPeak, fitGroup, type GroupFit, type GroupStart } from "./peakFit.ts";
import { type Candidate, peakSignificance } from "./peakSearch.ts";
import type { PeakTails } from "./peakShape.ts";

export interface GroupSettings {
  /** Least significance of a peak found in what a fit leaves. */
  readonly residualThreshold: number;
  /** Peaks nearer than this are fitted together, FWHM. */
  readonly groupFwhm: number;
  /** Continuum taken along on both sides, FWHM. */
  readonly marginFwhm: number;
  /** The same for peaks of this significance and more. */
  readonly strongMarginFwhm: number;
  readonly strongSignificance: number;
}

export const MAX_GROUP = 12;
/** The shape is trusted to this share of a peak's height, that of broad peaks to less, out to this distance. */
const SHAPE_ERROR = 0.03;
const BROAD_SHAPE_ERROR = 0.06;
const SHAPE_ERROR_REACH_FWHM = 3;
/** Annihilation and escape peaks are broader than the calibration by this factor or more. */
const BROAD = 1.15;
/** How far beyond its region a group's peaks are taken off. */
export const SKIRT_FWHM = 3;
/** Skirts of neighbours below this many standard deviations of a count are left alone. */
const NOTICEABLE = 0.3;

/** Neighbouring peaks that were fitted together. */
export interface FittedGroup {
  readonly region: { readonly from: number; readonly to: number };
  readonly tails: PeakTails | null;
  readonly fit: GroupFit;
  /** An analyst chose its peaks: each counts, whatever its size. */
  readonly byHand: boolean;
}

/** Groups fitted, each once: a group that was fitted before with the same candidates is taken from `known`. */
export function fitAll(
  counts: ArrayLike<number>,
  fwhm: (index: number) => number,
  candidates: readonly Candidate[],
  settings: GroupSettings,
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
      fitted = fit && { region, tails, fit, byHand: false };
      known.set(key, fitted);
    }
    return fitted ? [fitted] : [];
  });
}

/** A group fitted again with what the other groups' peaks put into its region, where that is more than the noise. */
export function besideOthers(
  counts: ArrayLike<number>,
  fwhm: (index: number) => number,
  group: FittedGroup,
  groups: readonly FittedGroup[],
  settings: GroupSettings,
): FittedGroup {
  const { region, tails, fit } = group;
  const others = skirtsIn(
    region,
    groups.filter((other) => other !== group),
    fwhm,
  );
  if (others.every((value, i) => value < NOTICEABLE * Math.sqrt(counts[region.from + i]!))) return group;
  const centres = fit.peaks.map(({ index }) => index);
  const again = fitThoroughly(counts, fwhm, { ...region, centres, tails, others }, settings);
  return again ? { ...group, fit: again } : group;
}

/** What the peaks of groups add to each count of a region. */
export function skirtsIn(
  region: FittedGroup["region"],
  groups: readonly FittedGroup[],
  fwhm: (index: number) => number,
): Float64Array {
  const skirts = new Float64Array(region.to - region.from);
  for (const other of groups) {
    const reach = SKIRT_FWHM * fwhm(other.region.to);
    if (other.region.from - reach > region.to || other.region.to + reach < region.from) continue;
    for (let i = 0; i < skirts.length; i++) skirts[i]! += other.fit.peaksAt(region.from + i);
  }
  return skirts;
}

/** The tails of the detector: medians over the strong peaks that stand alone and are no broader than others. Null without such peaks. */
export function commonTails(groups: readonly FittedGroup[]): PeakTails | null {
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

/** How much continuum a peak needs beside it: its skirts reach further the stronger it is, FWHM. */
function marginOf(
  { significance }: Candidate,
  { marginFwhm, strongMarginFwhm, strongSignificance }: GroupSettings,
): number {
  return significance > strongSignificance ? strongMarginFwhm : marginFwhm;
}

/** Neighbours whose regions touch together, at most `MAX_GROUP` in one group. */
function groupsOf(
  candidates: readonly Candidate[],
  fwhm: (index: number) => number,
  settings: GroupSettings,
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

/** The channels over which candidates are fitted together. */
export function regionOf(
  group: readonly Candidate[],
  fwhm: (index: number) => number,
  settings: GroupSettings,
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
  settings: GroupSettings,
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
  { residualThreshold }: GroupSettings,
): number | null {
  const residual = model.map((value, i) => counts[from + i]! - value);
  const significance = peakSignificance(residual, (i) => fwhm(from + i), 0, residual.length, model);
  let best: number | null = null;
  let highest = residualThreshold;
  significance.forEach((value, i) => {
    if (value > highest && isBelievable(peaks, from + i, residual[i]!)) {
      highest = value;
      best = from + i;
    }
  });
  return best;
}

/** Share of a peak's height that its shape may be wrong by. */
export const shapeError = ({ widthFactor }: FittedPeak) => (widthFactor > BROAD ? BROAD_SHAPE_ERROR : SHAPE_ERROR);

/** What the shape of a strong peak leaves beside it is no peak of its own. */
export function isBelievable(peaks: readonly FittedPeak[], at: number, height: number): boolean {
  return peaks.every((peak) => {
    const apart = Math.abs(peak.index - at) / peak.fwhmChannels;
    if (apart < 0.6) return false;
    return apart > SHAPE_ERROR_REACH_FWHM || height > (peak.area / peak.fwhmChannels) * shapeError(peak);
  });
}
