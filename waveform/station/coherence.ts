/**
 * Detection by coherence: f-k in windows that slide along, and families of neighbouring windows that agree on where the wave comes from and
 * how fast. The idea is that of progressive multi-channel correlation (Cansi 1995, doi:10.1029/95GL00468), with Fisher's ratio as the measure
 * of coherence (Blandford 1974; Arrowsmith et al. 2008, doi:10.1111/j.1365-246X.2008.03787.x).
 */
import { azimuthDifference } from "@harken/core";
import { filterForward, planSlowness, type SlownessPeak } from "@harken/signal";
import { antiLeakage } from "./arrayDirection.ts";
import { apertureKm, delayOf } from "./beams.ts";
import type { Element } from "./elements.ts";
import type { CoherenceRecipe } from "./recipe.ts";
import { MIN_ELEMENTS } from "./sensors.ts";

type Band = CoherenceRecipe["bands"][number];

/** The f-k of one window. */
export interface CoherentWindow {
  /** First sample of the window. */
  readonly from: number;
  readonly peak: SlownessPeak;
}

/** Windows that belong together, in order of time. */
export interface Family {
  readonly band: Band;
  readonly windows: readonly CoherentWindow[];
  readonly best: CoherentWindow;
  /** Sample in the middle of the first window that is half as coherent as the best: those before hold only the signal's first end. */
  readonly begin: number;
}

const LEAST_APERTURE_KM = 0.05;
/** Bounds on the grid's points on each side of zero; where a band needs more, the array is too wide for it: sound is not coherent over that. */
const MIN_HALF_GRID = 10;
const MAX_HALF_GRID = 45;

function halfGrid(elements: readonly Element[], { lowHz, highHz }: Band, recipe: CoherenceRecipe): number {
  const resolution = 1 / (Math.sqrt(lowHz * highHz) * Math.max(LEAST_APERTURE_KM, apertureKm(elements)));
  return Math.ceil(recipe.maxSlowness / (recipe.gridStep * resolution));
}

/** Families of all bands; of those that are one signal in two bands the more coherent one. */
export function findFamilies(elements: readonly Element[], rate: number, recipe: CoherenceRecipe): Family[] {
  const all = recipe.bands
    .filter((band) => band.highHz <= 0.45 * rate && halfGrid(elements, band, recipe) <= MAX_HALF_GRID)
    .flatMap((band) => familiesOf(slide(elements, rate, band, recipe), band, rate, recipe));
  const kept: Family[] = [];
  for (const family of [...all].sort((a, b) => b.best.peak.fStatistic - a.best.peak.fStatistic))
    if (!kept.some((other) => isSame(family, other, rate, recipe))) kept.push(family);
  return kept.sort((a, b) => a.windows[0]!.from - b.windows[0]!.from);
}

/** A window with this share of the least F gets a second look. */
const FOLLOW_SHARE = 0.6;
const clip = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

/** Coherent windows of one band. */
function slide(elements: readonly Element[], rate: number, band: Band, recipe: CoherenceRecipe): CoherentWindow[] {
  const length = Math.round(band.windowSec * rate);
  const hop = Math.max(1, Math.round(recipe.step * length));
  const planFor = planner(rate, length, band, recipe);
  const found: CoherentWindow[] = [];
  const total = elements[0]?.trace.samples.length ?? 0;
  const above = antiLeakage(band.lowHz, rate);
  const filtered = new Map(elements.map((element) => [element, filterForward(above, element.trace.samples)]));
  for (let from = 0; from + length <= total; from += hop) {
    const good = elements.filter(({ trace }) => !trace.bad.subarray(from, from + length).includes(1));
    if (good.length < MIN_ELEMENTS) continue;
    const plan = planFor(good);
    const cut = (delays: readonly number[]) =>
      good.map((element, j) => filtered.get(element)!.subarray(from + delays[j]!, from + delays[j]! + length));
    const first = plan.search(cut(good.map(() => 0)));
    if (!first || first.fStatistic < FOLLOW_SHARE * recipe.minF) continue;
    // Sound needs seconds to cross an array: a second look with windows that follow it.
    const delays = good.map((element) => clip(delayOf(element, first, rate), -from, total - length - from));
    const followed = plan.search(
      cut(delays),
      delays.map((delay) => delay / rate),
    );
    const peak = followed && followed.fStatistic > first.fStatistic ? followed : first;
    if (peak.fStatistic >= recipe.minF && peak.slownessSecPerKm >= recipe.minSlowness) found.push({ from, peak });
  }
  return found;
}

/** Plans by the elements that are good: nearly always the same. */
function planner(rate: number, length: number, band: Band, recipe: CoherenceRecipe) {
  const plans = new Map<string, ReturnType<typeof planSlowness>>();
  return (elements: readonly Element[]) => {
    const key = elements.map(({ trace }) => trace.channel.station).join(" ");
    let plan = plans.get(key);
    if (!plan) {
      const gridCount = 2 * Math.max(MIN_HALF_GRID, halfGrid(elements, band, recipe)) + 1;
      const { lowHz, highHz } = band;
      plan = planSlowness(elements, rate, length, {
        lowHz,
        highHz,
        maxSlownessSecPerKm: recipe.maxSlowness,
        gridCount: Math.min(2 * MAX_HALF_GRID + 1, gridCount),
      });
      plans.set(key, plan);
    }
    return plan;
  };
}

/** Chains windows that follow each other, one may be missing, and cuts the chains at their valleys. */
export function familiesOf(
  windows: readonly CoherentWindow[],
  band: Band,
  rate: number,
  recipe: CoherenceRecipe,
): Family[] {
  const hop = Math.max(1, Math.round(recipe.step * Math.round(band.windowSec * rate)));
  const open: CoherentWindow[][] = [];
  for (const window of windows) {
    const chain = open.find((c) => follows(c.at(-1)!, window, 2 * hop, recipe));
    if (chain) chain.push(window);
    else open.push([window]);
  }
  return open
    .flatMap((chain) => cutAtValleys(chain, recipe.valley))
    .filter((chain) => chain.length >= recipe.minWindows)
    .map((chain) => familyOf(chain, band, rate))
    .filter(({ best }) => best.peak.fStatistic >= recipe.minPeakF);
}

const follows = (a: CoherentWindow, b: CoherentWindow, reach: number, recipe: CoherenceRecipe): boolean =>
  b.from > a.from &&
  b.from - a.from <= reach &&
  Math.abs(azimuthDifference(a.peak.backAzimuthDeg, b.peak.backAzimuthDeg)) <= recipe.azimuthStepDeg &&
  Math.abs(Math.log(b.peak.slownessSecPerKm / a.peak.slownessSecPerKm)) <= recipe.slownessStep;

function familyOf(windows: readonly CoherentWindow[], band: Band, rate: number): Family {
  const best = strongest(windows);
  const first = windows.find(({ peak }) => peak.fStatistic >= best.peak.fStatistic / 2)!;
  return { band, windows, best, begin: first.from + Math.round((band.windowSec * rate) / 2) };
}

const strongest = (chain: readonly CoherentWindow[]): CoherentWindow =>
  chain.reduce((best, window) => (window.peak.fStatistic > best.peak.fStatistic ? window : best));

/** Cuts where F has fallen below a share of the largest value on either side. */
function cutAtValleys(chain: readonly CoherentWindow[], valley: number): CoherentWindow[][] {
  const f = (i: number) => chain[i]!.peak.fStatistic;
  const parts: CoherentWindow[][] = [];
  let start = 0;
  let top = 0;
  let low = 0;
  for (let i = 1; i < chain.length; i++) {
    if (f(i) < f(low)) low = i;
    if (f(low) < valley * f(top) && f(low) < valley * f(i)) {
      parts.push(chain.slice(start, low));
      start = low;
      top = low = i;
    } else if (f(i) > f(top)) top = low = i;
  }
  return [...parts, chain.slice(start)];
}

/** A family of so much less F within the time of another is no peak of its own. */
const RIPPLE_SHARE = 0.2;

/** One signal seen in two bands: from one direction, with begins or peaks of one time within the longer window, or a ripple in the stronger. */
function isSame(weak: Family, strong: Family, rate: number, recipe: CoherenceRecipe): boolean {
  const turn = azimuthDifference(weak.best.peak.backAzimuthDeg, strong.best.peak.backAzimuthDeg);
  if (Math.abs(turn) > 2 * recipe.azimuthStepDeg) return false;
  const reach = Math.max(weak.band.windowSec, strong.band.windowSec) * rate;
  const middle = ({ best, band }: Family) => best.from + (band.windowSec * rate) / 2;
  if (Math.abs(weak.begin - strong.begin) <= reach || Math.abs(middle(weak) - middle(strong)) <= reach) return true;
  const within = middle(weak) > strong.begin && weak.best.from <= strong.windows.at(-1)!.from + reach;
  return within && weak.best.peak.fStatistic < RIPPLE_SHARE * strong.best.peak.fStatistic;
}
