/**
 * The signals of a family of pixels. Along the family's own beam the Fisher ratio is followed in short windows against a threshold that the noise
 * around it sets (the adaptive F-detector): where it is exceeded there is a signal, and where it sinks between two peaks one ends and another
 * begins. Azimuth and speed are means over the pixels within, each weighed by its signal-to-noise power, which is what the variance of a delay goes by.
 */
import { azimuthDifference, median, RADIANS_PER_DEGREE, wrapAzimuth } from "@harken/core";
import {
  butterworthBandPass,
  centreHz,
  filterZeroPhase,
  fisherRatio,
  fQuantile,
  noiseScale,
  type PmccBand,
  type PmccPixel,
} from "@harken/signal";
import type { Element } from "../elements.ts";
import { alignedTraces } from "./alignedTraces.ts";
import type { FisherRecipe, InfrasoundRecipe } from "./infrasoundRecipe.ts";

export interface InfrasoundSignal {
  /** Samples of the window: where it begins, and the first and one after the last over the threshold. */
  readonly begin: number;
  readonly from: number;
  readonly to: number;
  readonly pixels: readonly PmccPixel[];
  /** The family that it is a part of. */
  readonly family: readonly PmccPixel[];
  readonly northSecPerKm: number;
  readonly eastSecPerKm: number;
  readonly lowHz: number;
  readonly highHz: number;
  readonly frequencyHz: number;
  readonly backAzimuthDeg: number;
  readonly slownessSecPerKm: number;
  /** Standard deviation of the weighed means, from the pixels' own scatter. */
  readonly azimuthScatterDeg: number;
  readonly slownessScatter: number;
  readonly correlation: number;
  readonly consistencySec: number;
  /** Largest Fisher ratio, and the length of the windows that it was looked for in, s. */
  readonly fisherRatio: number;
  readonly fisherSec: number;
  /** Length of the stretch over the threshold that it was cut from, s; its own where it stands out of it. */
  readonly lastingSec: number;
  /** Length of the data that the direction was measured on, s. */
  readonly directionSec: number;
}

/** Most that one pixel may weigh: no signal is known better than to a percent of its power. */
const MOST_WEIGHT = 100;
const weightOf = ({ correlation }: PmccPixel): number =>
  Math.min(MOST_WEIGHT, correlation / Math.max(1e-3, 1 - correlation));

/** Signals in order of time. */
export function signalsOf(
  family: readonly PmccPixel[],
  elements: readonly Element[],
  rate: number,
  recipe: InfrasoundRecipe,
): InfrasoundSignal[] {
  const { pmcc, fisher, family: rule } = recipe;
  const whole = meanOf(family, pmcc.bands, pmcc.stepsPerWindow);
  const total = elements[0]!.trace.samples.length;
  const first = Math.min(...family.map(({ fromSec }) => fromSec));
  const last = Math.max(...family.map(({ toSec }) => toSec));
  const from = Math.max(0, Math.round((first - fisher.noiseSec) * rate));
  const to = Math.min(total, Math.round((last + fisher.noiseSec) * rate));
  const filter = butterworthBandPass(pmcc.filterOrder, whole.lowHz, whole.highHz, rate);
  const traces = alignedTraces(elements, whole, rate, from, to).map((trace) => filterZeroPhase(filter, trace));
  const fisherSec = Math.min(fisher.maxSec, Math.max(fisher.minSec, fisher.periods / whole.frequencyHz));
  const step = Math.max(1, Math.round((fisherSec * rate) / fisher.steps));
  const length = step * fisher.steps;
  const count = Math.max(0, Math.floor((to - from - length) / step) + 1);
  const ratios = Float64Array.from({ length: count }, (_, k) => fisherRatio(traces, k * step, k * step + length));
  const middleSec = (k: number) => (from + k * step + length / 2) / rate;
  const noise = [...ratios].filter((_, k) => middleSec(k) < first || middleSec(k) > last);
  const freedom = Math.max(1, (2 * (whole.highHz - whole.lowHz) * length) / rate);
  const threshold = noiseScale(noise) * fQuantile(fisher.probability, freedom, freedom * (elements.length - 1));
  return stretchesOver(ratios, threshold, fisher.steps)
    .flatMap((stretch) => cutAtValleys(ratios, stretch, fisher).map((part) => ({ part, stretch })))
    .flatMap(({ part: [start, end], stretch }): InfrasoundSignal[] => {
      const pixels = family.filter(({ fromSec, toSec }) => {
        const middle = (fromSec + toSec) / 2;
        return middle >= middleSec(start) - fisherSec / 2 && middle <= middleSec(end - 1) + fisherSec / 2;
      });
      const own = ratios.subarray(start, end);
      const best = largest(own);
      if (2 * pixels.length < rule.minPixels || best < RIPPLE_SHARE * largest(ratios.subarray(...stretch))) return [];
      const half = own.findIndex((f) => f >= best / 2);
      const peakSec = middleSec(start + own.indexOf(best));
      const near = pixels.filter(({ fromSec, toSec }) => Math.abs((fromSec + toSec) / 2 - peakSec) <= fisherSec);
      const atPeak = near.length > 0 ? near : pixels;
      return [
        {
          begin: Math.round(middleSec(start + half) * rate),
          from: from + start * step,
          to: from + (end - 1) * step + length,
          ...{ pixels, family, fisherSec },
          lastingSec: lastingSteps(ratios, [start, end], stretch, best) * (step / rate),
          ...meanOf(atPeak, pmcc.bands, pmcc.stepsPerWindow),
          directionSec:
            Math.max(...atPeak.map(({ toSec }) => toSec)) - Math.min(...atPeak.map(({ fromSec }) => fromSec)),
          fisherRatio: best,
        },
      ];
    });
}

/** What is so much less coherent than the strongest part of its stretch is that part's coda. */
const RIPPLE_SHARE = 0.15;

const largest = (ratios: Float64Array): number => ratios.reduce((most, f) => Math.max(most, f), 0);

/** A peak of so many times the median of its stretch is a signal of its own in lasting noise. */
const STANDS_OUT = 4;

function lastingSteps(ratios: Float64Array, own: Stretch, stretch: Stretch, best: number): number {
  const outstanding = best >= STANDS_OUT * median(ratios.subarray(...stretch));
  const [start, end] = outstanding ? own : stretch;
  return end - start;
}

type Stretch = readonly [start: number, end: number];

/** Windows over the threshold; interruptions up to the length of a window are bridged. */
function stretchesOver(ratios: Float64Array, threshold: number, bridge: number): Stretch[] {
  const found: [number, number][] = [];
  for (let k = 0; k < ratios.length; k++) {
    if (!(ratios[k]! > threshold)) continue;
    const last = found.at(-1);
    if (last && k - last[1] <= bridge) last[1] = k + 1;
    else found.push([k, k + 1]);
  }
  return found;
}

/** Cuts where F has fallen below a share of the largest value on either side, and is no longer that of a wave alone. */
export function cutAtValleys(
  ratios: ArrayLike<number>,
  [start, end]: Stretch,
  { valley, pause }: Pick<FisherRecipe, "valley" | "pause">,
): Stretch[] {
  const parts: Stretch[] = [];
  let [begin, top, low] = [start, start, start];
  for (let i = start + 1; i < end; i++) {
    if (ratios[i]! < ratios[low]!) low = i;
    if (ratios[low]! < Math.min(pause, valley * ratios[top]!, valley * ratios[i]!)) {
      parts.push([begin, low]);
      [begin, top, low] = [low, i, i];
    } else if (ratios[i]! > ratios[top]!) top = low = i;
  }
  return [...parts, [begin, end]];
}

/** A band belongs to a signal when its pixels hold this share of the weight. */
const BAND_SHARE = 0.05;

function meanOf(pixels: readonly PmccPixel[], bands: readonly PmccBand[], stepsPerWindow: number) {
  let [sum, north, east, correlation, consistency, log] = [0, 0, 0, 0, 0, 0];
  const byBand = new Float64Array(bands.length);
  for (const pixel of pixels) {
    const weight = weightOf(pixel);
    sum += weight;
    north += weight * pixel.northSecPerKm;
    east += weight * pixel.eastSecPerKm;
    correlation += weight * pixel.correlation;
    consistency += weight * pixel.consistencySec;
    log += weight * pixel.rms ** 2 * Math.log(centreHz(bands[pixel.band]!));
    byBand[pixel.band]! += weight;
  }
  const power = pixels.reduce((s, pixel) => s + weightOf(pixel) * pixel.rms ** 2, 0);
  const [northSecPerKm, eastSecPerKm] = [north / sum, east / sum];
  const slownessSecPerKm = Math.hypot(northSecPerKm, eastSecPerKm);
  const backAzimuthDeg = wrapAzimuth(Math.atan2(eastSecPerKm, northSecPerKm) / RADIANS_PER_DEGREE);
  let [turns, stretches, squares] = [0, 0, 0];
  for (const pixel of pixels) {
    const weight = weightOf(pixel);
    turns += weight * azimuthDifference(pixel.backAzimuthDeg, backAzimuthDeg) ** 2;
    stretches += weight * (pixel.slownessSecPerKm / slownessSecPerKm - 1) ** 2;
    squares += weight * weight;
  }
  // Windows that overlap are not independent.
  const independent = Math.max(1, (sum * sum) / squares / stepsPerWindow);
  const heard = bands.filter((_, i) => byBand[i]! >= BAND_SHARE * sum);
  return {
    ...{ northSecPerKm, eastSecPerKm, slownessSecPerKm, backAzimuthDeg },
    lowHz: heard[0]!.lowHz,
    highHz: heard.at(-1)!.highHz,
    frequencyHz: power > 0 ? Math.exp(log / power) : centreHz(heard[0]!),
    correlation: correlation / sum,
    consistencySec: consistency / sum,
    azimuthScatterDeg: Math.sqrt(turns / sum / independent),
    slownessScatter: Math.sqrt(stretches / sum / independent),
  };
}
