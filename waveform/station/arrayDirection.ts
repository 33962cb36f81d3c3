/** Azimuth and slowness of a signal at an array, by f-k on windows that move along with the wave. */
import { KM_PER_DEGREE, RADIANS_PER_DEGREE } from "@harken/core";
import {
  butterworthPass,
  type Filter,
  filterForward,
  planSlowness,
  type SlownessPeak,
  type SlownessPlan,
} from "@harken/signal";
import { apertureKm, delayOf } from "./beams.ts";
import type { Stream } from "./detect.ts";
import { type Direction, noDirection } from "./direction.ts";
import type { Element } from "./elements.ts";
import { highestHz, settledSec } from "./filterRoom.ts";
import type { ArrayRecipe } from "./recipe.ts";
import { MIN_ELEMENTS } from "./sensors.ts";

export type SlownessFinder = (
  elements: readonly Element[],
  rate: number,
  band: { readonly lowHz: number; readonly highHz: number },
  /** Sample at the reference at which the signal begins, and the slowness that the windows follow. */
  onset: number,
  steer: Omit<Stream, "kind">,
) => SlownessPeak | null;

/**
 * A high-pass below a band of f-k: without it the microseism, a thousand times stronger and at each element another, leaks into the band
 * through the short window.
 */
export const antiLeakage = (lowHz: number, rate: number): Filter =>
  butterworthPass("high", LEAKAGE_ORDER, LEAKAGE_CORNER * lowHz, rate);

const LEAKAGE_ORDER = 4;
const LEAKAGE_CORNER = 0.8;

const LEAST_APERTURE_KM = 0.1;
/** Bounds on the grid's points on each side of zero. */
const MIN_HALF_GRID = 8;
const MAX_HALF_GRID = 60;

/** An element's window, and by how much it begins later than at the reference point, s. */
export interface SteeredWindow {
  readonly element: Element;
  readonly delaySec: number;
  readonly window: Float64Array;
}

/** Windows that follow a wave of slowness `steer` across the array, of the elements that have whole ones, without the microseism. */
export function steeredWindows(
  elements: readonly Element[],
  rate: number,
  lowHz: number,
  onset: number,
  steer: Omit<Stream, "kind">,
  { fkWindowSec, fkLeadSec }: Pick<ArrayRecipe, "fkWindowSec" | "fkLeadSec">,
): SteeredWindow[] {
  const length = Math.round(fkWindowSec * rate);
  const above = antiLeakage(lowHz, rate);
  const settle = Math.round(settledSec(above) * rate);
  return elements.flatMap((element) => {
    const delay = delayOf(element, steer, rate);
    const from = Math.round(onset - fkLeadSec * rate) + delay;
    const { samples, bad } = element.trace;
    if (from < 0 || from + length > samples.length || bad.subarray(from, from + length).includes(1)) return [];
    const lead = Math.min(settle, from);
    const window = filterForward(above, samples.subarray(from - lead, from + length)).subarray(lead);
    return [{ element, delaySec: delay / rate, window }];
  });
}

/** For one station: keeps the steering of the bands and elements it has met, the same from signal to signal. */
export function planFinder(recipe: ArrayRecipe): SlownessFinder {
  const { fkWindowSec, fkMaxSlowness, fkStep } = recipe;
  const plans = new Map<string, SlownessPlan>();
  return (elements, rate, { lowHz, highHz }, onset, steer) => {
    const length = Math.round(fkWindowSec * rate);
    const used = steeredWindows(elements, rate, lowHz, onset, steer, recipe);
    if (used.length < MIN_ELEMENTS) return null;
    const key = [lowHz, highHz, rate, ...used.map(({ element }) => element.trace.channel.station)].join(" ");
    let plan = plans.get(key);
    if (!plan) {
      const places = used.map(({ element }) => element);
      const step = fkStep / (Math.sqrt(lowHz * highHz) * Math.max(LEAST_APERTURE_KM, apertureKm(places)));
      const half = Math.min(MAX_HALF_GRID, Math.max(MIN_HALF_GRID, Math.ceil(fkMaxSlowness / step)));
      const search = { lowHz, highHz, maxSlownessSecPerKm: fkMaxSlowness, gridCount: 2 * half + 1 };
      plans.set(key, (plan = planSlowness(places, rate, length, search)));
    }
    return plan.search(
      used.map(({ window }) => window),
      used.map(({ delaySec }) => delaySec),
    );
  };
}

export interface Band {
  readonly lowHz: number;
  readonly highHz: number;
}

/** A peak with the band that it was found in, and those of the same wave in the other bands near by. */
export interface ChosenPeak {
  readonly peak: SlownessPeak;
  readonly band: Band;
  readonly elsewhere: readonly SlownessPeak[];
}

/** Bands within this factor of the signal's own are looked at. */
const NEAR_BAND = 2.5;

/**
 * The band in which a signal's slowness is read. Where it stands out most it need not be a plane wave: what is scattered under the array grows with
 * frequency. Another of the recipe's bands is preferred when the same wave is both more coherent in it, by its F, and more sharply seen, by its error.
 */
export function sharpestBand(
  find: SlownessFinder,
  elements: readonly Element[],
  rate: number,
  bands: readonly Band[],
  own: Band,
  onset: number,
  peak: SlownessPeak,
): ChosenPeak {
  const centre = centreOf(own);
  const seen = bands.flatMap((band): { peak: SlownessPeak; band: Band }[] => {
    const times = centreOf(band) / centre;
    if (band.highHz > highestHz(rate) || times > NEAR_BAND || times < 1 / NEAR_BAND || times === 1) return [];
    const other = find(elements, rate, band, onset, peak);
    return other && isSame(other, peak, own, elements) ? [{ peak: other, band }] : [];
  });
  let chosen = { peak, band: own };
  for (const other of seen)
    if (other.peak.fStatistic > chosen.peak.fStatistic && sizeOfError(other.peak) < sizeOfError(chosen.peak))
      chosen = other;
  const all = [peak, ...seen.map((other) => other.peak)];
  return { ...chosen, elsewhere: all.filter((other) => other !== chosen.peak) };
}

const centreOf = ({ lowHz, highHz }: Band): number => Math.sqrt(lowHz * highHz);
const sizeOfError = (peak: SlownessPeak): number => Math.hypot(peak.radialErrorSecPerKm, peak.transverseErrorSecPerKm);

/** Peaks further from each other than the array tells waves of a band apart are different ones: a side lobe, or another wave. */
const isSame = (one: SlownessPeak, other: SlownessPeak, band: Band, elements: readonly Element[]): boolean =>
  Math.hypot(one.northSecPerKm - other.northSecPerKm, one.eastSecPerKm - other.eastSecPerKm) <=
  1 / (centreOf(band) * Math.max(LEAST_APERTURE_KM, apertureKm(elements)));

/** A wave's slowness, and how far it wanders, s/km, when the band and the window are moved a little. */
export interface WanderingPeak extends SlownessPeak {
  readonly radialWanderSecPerKm: number;
  readonly transverseWanderSecPerKm: number;
}

/** Bands and windows beside a signal's own: factors of the band's bounds, and the shift of the window as a share of its length. */
const beside = [
  { low: 1.3, high: 1, shift: 0 },
  { low: 1, high: 1 / 1.3, shift: 0 },
  { low: 1 / 1.3, high: 1.3, shift: 0 },
  { low: 1, high: 1, shift: -0.1 },
  { low: 1, high: 1, shift: 0.15 },
  { low: 1, high: 1, shift: 0.3 },
] as const;

/**
 * How far a peak may be off by what the ground under the array does to a wave, which no noise in one window tells: its distance from what bands and
 * windows beside its own show, and from what is read in the other bands near by, each less what noise makes of it. Where one of two bands holds
 * the other, or windows overlap, they share noise, and only the rest of it sets them apart. The better another band is read the more it counts.
 */
export function wanderOf(
  find: SlownessFinder,
  elements: readonly Element[],
  rate: number,
  { peak, band: own, elsewhere }: ChosenPeak,
  onset: number,
  { fkWindowSec, minLaterF }: ArrayRecipe,
): WanderingPeak {
  const { northSecPerKm: north, eastSecPerKm: east, slownessSecPerKm: size } = peak;
  const [u, v] = size > 0 ? [north / size, east / size] : [1, 0];
  const neighbours = beside.flatMap(({ low, high, shift }) => {
    const band = { lowHz: low * own.lowHz, highHz: Math.min(high * own.highHz, highestHz(rate)) };
    if (band.highHz <= band.lowHz) return [];
    const other = find(elements, rate, band, onset + Math.round(shift * fkWindowSec * rate), peak);
    return other && other.fStatistic >= minLaterF && isSame(other, peak, own, elements) ? [{ other, shift }] : [];
  });
  const wander = (way: (north: number, east: number) => number, errorOf: (peak: SlownessPeak) => number) => {
    const squareTo = (other: SlownessPeak) => way(other.northSecPerKm - north, other.eastSecPerKm - east) ** 2;
    const noise = errorOf(peak) ** 2;
    let near = 0;
    for (const { other, shift } of neighbours)
      near += squareTo(other) - (shift === 0 ? Math.abs(errorOf(other) ** 2 - noise) : 2 * Math.abs(shift) * noise);
    let [weights, far] = [0, 0];
    for (const other of elsewhere) {
      const weight = 1 / (errorOf(other) ** 2 + noise);
      weights += weight;
      far += weight * (squareTo(other) - errorOf(other) ** 2);
    }
    const parts = [near / Math.max(1, neighbours.length), weights > 0 ? far / weights : 0];
    return Math.sqrt(parts.reduce((sum, part) => sum + Math.max(0, part), 0));
  };
  return {
    ...peak,
    radialWanderSecPerKm: wander(
      (dn, de) => u * dn + v * de,
      ({ radialErrorSecPerKm }) => radialErrorSecPerKm,
    ),
    transverseWanderSecPerKm: wander(
      (dn, de) => u * de - v * dn,
      ({ transverseErrorSecPerKm }) => transverseErrorSecPerKm,
    ),
  };
}

/** Least error of an azimuth, deg. */
const LEAST_AZIMUTH_ERROR = 0.2;

/** The direction of a peak; only the quality where the wave is not plane enough. */
export function directionOf(peak: WanderingPeak | null, { minLaterF }: ArrayRecipe): Direction {
  if (!peak) return noDirection;
  const { fStatistic: fkQuality, slownessSecPerKm: slowness } = peak;
  if (fkQuality < minLaterF) return { ...noDirection, fkQuality };
  const across = Math.hypot(peak.transverseErrorSecPerKm, peak.transverseWanderSecPerKm);
  // delaz = 2 asin(delslo / (2 slowness)), as the IDC relates the two errors.
  const half = Math.min(1, across / (2 * Math.max(1e-6, slowness)));
  return {
    ...noDirection,
    fkQuality,
    azimuthDeg: peak.backAzimuthDeg,
    azimuthErrorDeg: Math.max(LEAST_AZIMUTH_ERROR, (2 * Math.asin(half)) / RADIANS_PER_DEGREE),
    slownessSecPerDeg: slowness * KM_PER_DEGREE,
    slownessErrorSecPerDeg: Math.hypot(peak.radialErrorSecPerKm, peak.radialWanderSecPerKm) * KM_PER_DEGREE,
  };
}
