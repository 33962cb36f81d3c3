/**
 * Peaks as an analyst wants them: taken in, taken out, moved, fitted together over other channels. Each change fits the group that it touches anew by the
 * same maximum likelihood as the search does, with the chosen peaks and no others, beside what all other groups put into its channels.
 */
import type { PeakEdit } from "@harken/core";
import type { EnergyCalibration } from "./calibration.ts";
import { fitGroup } from "./peakFit.ts";
import { type FittedGroup, MAX_GROUP, regionOf, skirtsIn } from "./peakGroups.ts";
import { peakSignificance } from "./peakSearch.ts";
import { type PeakSettings, type SpectrumFit, type SpectrumScale, spectrumFit } from "./peaks.ts";

export interface RefusedEdit<E> {
  readonly edit: E;
  readonly reason: string;
}

export interface EditedFit extends SpectrumFit {
  /** Edits that could not be done; the others stand without them. */
  readonly refused: readonly RefusedEdit<PeakEdit>[];
}

/** A peak is meant when it is this near, FWHM; a new one is none when another is this near. */
const MEANT_FWHM = 1;
const SAME_FWHM = 0.3;
/** Channels that a fit needs beside two for each peak, and the most that it may have, FWHM. */
const LEAST_CHANNELS = 8;
const MOST_FWHM = 60;

type Region = FittedGroup["region"];

/** `energy` is the scale on which the edits name energies; widths are those of `scale`. */
export function editPeaks(
  scale: SpectrumScale,
  energy: EnergyCalibration,
  settings: PeakSettings,
  fit: SpectrumFit,
  edits: readonly PeakEdit[],
): EditedFit {
  const editor = new Editor(scale, energy, settings, fit);
  const refused = edits.flatMap((edit) => {
    const reason = editor.apply(edit);
    return reason === null ? [] : [{ edit, reason }];
  });
  if (edits.length === refused.length) return { ...fit, refused };
  return { ...spectrumFit(scale, settings, editor.groups, fit.tails), refused };
}

/** The groups of a spectrum while edits are done to them, one after another. */
class Editor {
  groups: readonly FittedGroup[];
  readonly #scale: SpectrumScale;
  readonly #energy: EnergyCalibration;
  readonly #settings: PeakSettings;
  readonly #tails: FittedGroup["tails"];
  /** Channels of the peaks that the search kept. */
  readonly #seen: ReadonlySet<number>;

  constructor(
    scale: SpectrumScale,
    energy: EnergyCalibration,
    settings: PeakSettings,
    { groups, tails, peaks }: SpectrumFit,
  ) {
    this.groups = groups;
    this.#scale = scale;
    this.#energy = energy;
    this.#settings = settings;
    this.#tails = tails;
    this.#seen = new Set(peaks.map(({ channel }) => channel));
  }

  /** Null when it was done; otherwise why not, and nothing has changed. */
  apply(edit: PeakEdit): string | null {
    const before = this.groups;
    const reason = this.#apply(edit);
    if (reason !== null) this.groups = before;
    return reason;
  }

  #apply(edit: PeakEdit): string | null {
    switch (edit.kind) {
      case "addPeak":
        return this.#add(edit.energyKeV);
      case "removePeak":
        return this.#remove(edit.energyKeV);
      case "movePeak":
        return this.#remove(edit.energyKeV) ?? this.#add(edit.toKeV);
      case "fitRegion":
        return this.#fitRegion(edit.fromKeV, edit.toKeV);
    }
  }

  #add(energyKeV: number): string | null {
    const index = this.#indexOf(energyKeV);
    const { fwhm, counts } = this.#scale;
    if (!(index >= 0 && index <= counts.length - 1)) return `${told(energyKeV)} lies outside of the spectrum`;
    const near = this.#nearest(index, SAME_FWHM);
    if (near) return `there is a peak at ${told(this.#energyAt(near.index))} already`;
    const at = Math.round(index);
    const significance = peakSignificance(counts, fwhm, at, at + 1)[at]!;
    const own = regionOf([{ index, significance }], fwhm, this.#settings, counts.length);
    const hosts = this.groups.filter(({ region }) => index >= region.from && index < region.to);
    const host = hosts.toSorted((a, b) => this.#distance(a, index) - this.#distance(b, index))[0];
    if (!host) return this.#replace([], own, [index]);
    const { region } = host;
    const wider = { from: Math.min(region.from, own.from), to: Math.max(region.to, own.to) };
    // The margin of continuum beside a peak must be there whichever side of the group it stands on.
    return this.#replace([host], wider, [...this.#centres(host), index]);
  }

  #remove(energyKeV: number): string | null {
    const found = this.#nearest(this.#indexOf(energyKeV), MEANT_FWHM);
    if (!found) return `there is no peak at ${told(energyKeV)}`;
    const { group, index } = found;
    const left = this.#centres(group).filter((centre) => centre !== index);
    return this.#replace([group], group.region, left);
  }

  #fitRegion(fromKeV: number, toKeV: number): string | null {
    const { counts, fwhm } = this.#scale;
    const region = {
      from: Math.max(0, Math.ceil(this.#indexOf(fromKeV))),
      to: Math.min(counts.length, Math.floor(this.#indexOf(toKeV)) + 1),
    };
    const inside = (index: number) => index >= region.from && index < region.to;
    const donors = this.groups.filter((group) => this.#centres(group).some(inside));
    const centres = donors.flatMap((group) => this.#centres(group).filter(inside));
    if (centres.length === 0) return `there is no peak between ${told(fromKeV)} and ${told(toKeV)}`;
    if (region.to - region.from > MOST_FWHM * fwhm(region.from))
      return `the region is wider than ${MOST_FWHM} times its peaks`;
    const kept = donors.map((group) => ({ group, left: this.#centres(group).filter((index) => !inside(index)) }));
    const reason = this.#replace(donors, region, centres);
    if (reason !== null) return reason;
    for (const { group, left } of kept) {
      if (left.length === 0) continue;
      const failed = this.#replace([], group.region, left);
      if (failed !== null) return failed;
    }
    return null;
  }

  /** One group in the place of others. Without a peak it is none. */
  #replace(old: readonly FittedGroup[], region: Region, centres: readonly number[]): string | null {
    const rest = this.groups.filter((group) => !old.includes(group));
    if (centres.length === 0) {
      this.groups = rest;
      return null;
    }
    if (centres.length > MAX_GROUP) return `more than ${MAX_GROUP} peaks cannot be fitted together`;
    if (region.to - region.from < LEAST_CHANNELS + 2 * centres.length)
      return `the region has too few channels for ${centres.length} peaks`;
    const { counts, fwhm } = this.#scale;
    const others = skirtsIn(region, rest, fwhm);
    const sorted = centres.toSorted((a, b) => a - b);
    const fit = fitGroup(counts, fwhm, { ...region, centres: sorted, tails: this.#tails, others });
    const empty = fit?.peaks.find(({ area, areaError }) => !(area > 0 && areaError > 0));
    if (!fit || empty) {
      const at = this.#energyAt(empty?.index ?? sorted[0]!);
      return `the fit leaves no counts for a peak at ${told(at)}`;
    }
    this.groups = [...rest, { region, tails: this.#tails, fit, byHand: true }].sort(
      (a, b) => a.region.from - b.region.from,
    );
    return null;
  }

  /** Peaks that the analyst sees. */
  #centres({ fit, byHand }: FittedGroup): number[] {
    return fit.peaks
      .map(({ index }) => index)
      .filter((index) => byHand || this.#seen.has(this.#scale.firstChannel + index));
  }

  #nearest(index: number, withinFwhm: number): { readonly group: FittedGroup; readonly index: number } | null {
    const all = this.groups.flatMap((group) => this.#centres(group).map((centre) => ({ group, index: centre })));
    const found = all.toSorted((a, b) => Math.abs(a.index - index) - Math.abs(b.index - index))[0];
    return found && Math.abs(found.index - index) < withinFwhm * this.#scale.fwhm(index) ? found : null;
  }

  #distance({ fit }: FittedGroup, index: number): number {
    return Math.min(...fit.peaks.map((peak) => Math.abs(peak.index - index)));
  }

  #indexOf(energyKeV: number): number {
    return this.#energy.channelAt(energyKeV) - this.#scale.firstChannel;
  }

  #energyAt(index: number): number {
    return this.#energy.energyAt(index + this.#scale.firstChannel);
  }
}

const told = (energyKeV: number) => `${energyKeV.toFixed(1)} keV`;
