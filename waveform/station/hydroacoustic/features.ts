/**
 * What tells the sounds of the ocean apart, measured on one hydrophone: energy by band, how long the sound lasts and how slowly it swells, how wide
 * its spectrum is, and the echo that the bubble of an explosion leaves in the cepstrum (Hanson et al. 2001, doi:10.1007/978-3-0348-8270-5_5).
 */
import type { HydroacousticFeatures } from "@harken/core";
import { butterworthBandPass, cepstrum, filterZeroPhase, powerSpectralDensity } from "@harken/signal";
import { highestHz } from "../filterRoom.ts";

/** Octaves from 2 Hz up. */
export const OCTAVES: readonly (readonly [lowHz: number, highHz: number])[] = [
  [2, 4],
  [4, 8],
  [8, 16],
  [16, 32],
  [32, 64],
];
const FILTER_ORDER = 3;
/** Data before the onset that the noise is taken from, and after it that the signal is looked for in, s. */
export const NOISE_SEC = 60;
export const SIGNAL_SEC = 180;
/** The envelope is the power over this time, s. */
const SMOOTH_SEC = 1;
/** The sound lasts while the power is this many times the noise's, and interruptions up to this time do not end it, s. */
const LASTING = 2;
const PAUSE_SEC = 6;
/** Delays of bubble pulses, s: of a ton at the depth of the channel and of a kiloton near the surface. */
const BUBBLE_SEC = [0.06, 1] as const;
/** Length of the data that the cepstrum is taken of, s. */
const CEPSTRUM_SEC = 10;
/** Lines of a spectrum within this share of the strongest make its width. */
const WIDTH_SHARE = 0.25;

/** Features of a sound that begins at sample `onset`; null where there is too little data around it, or it is no louder than the noise. */
export function hydroacousticFeatures(
  samples: Float64Array,
  rate: number,
  onset: number,
): HydroacousticFeatures | null {
  const from = Math.max(0, Math.round(onset - NOISE_SEC * rate));
  const to = Math.min(samples.length, Math.round(onset + SIGNAL_SEC * rate));
  const begin = onset - from;
  const smooth = Math.max(1, Math.round(SMOOTH_SEC * rate));
  if (begin < 4 * smooth || to - onset < smooth) return null;
  const cut = samples.subarray(from, to);
  const bands = OCTAVES.filter(([, high]) => high <= highestHz(rate)).map(([low, high]) => {
    const power = powerBySecond(filterZeroPhase(butterworthBandPass(FILTER_ORDER, low, high, rate), cut), smooth);
    const noise = median(power.subarray(0, Math.max(1, Math.floor(begin / smooth) - 1)));
    return { low, high, power, noise };
  });
  if (bands.length === 0) return null;
  const first = Math.floor(begin / smooth);
  // Each band's power over its own noise, so that no band that is loud anyway decides.
  const excess = bands.map(({ power, noise }) =>
    power.subarray(first).map((p) => (noise > 0 ? Math.max(0, p / noise - 1) : p > 0 ? 1e6 : 0)),
  );
  const loudness = excess[0]!.map((_, k) => excess.reduce((most, band) => Math.max(most, band[k]!), 0));
  const end = endOf(loudness, Math.ceil(PAUSE_SEC / SMOOTH_SEC));
  if (end === 0) return null;
  const energies = bands.map(({ power, noise }) => {
    let sum = 0;
    for (let k = first; k < first + end; k++) sum += Math.max(0, power[k]! - noise);
    return sum;
  });
  const total = energies.reduce((sum, e) => sum + e, 0);
  if (!(total > 0)) return null;
  const own = cut.subarray(begin, Math.min(cut.length, begin + end * smooth));
  const { centreHz, widthOctaves } = shapeOf(own, cut.subarray(0, begin), rate, bands.at(-1)!.high);
  const bubble = bubbleOf(cut.subarray(begin, begin + Math.round(CEPSTRUM_SEC * rate)), rate);
  const energy = loudness.subarray(0, end);
  const peak = energy.indexOf(energy.reduce((most, e) => Math.max(most, e), 0));
  return {
    kind: "hydroacoustic",
    durationSec: end * SMOOTH_SEC,
    riseSec: peak * SMOOTH_SEC,
    endRatio: mean(energy.subarray(Math.floor(0.8 * end))) / mean(energy),
    centreHz,
    widthOctaves,
    bandShares: energies.map((e) => e / total),
    bubblePeriodSec: bubble?.periodSec ?? null,
    bubbleStrength: bubble?.strength ?? 0,
    probability: 0,
  };
}

function powerBySecond(x: Float64Array, length: number): Float64Array {
  return Float64Array.from({ length: Math.floor(x.length / length) }, (_, k) => {
    let sum = 0;
    for (let i = k * length; i < (k + 1) * length; i++) sum += x[i]! * x[i]!;
    return sum / length;
  });
}

function median(values: Float64Array): number {
  return Float64Array.from(values).sort()[Math.floor(values.length / 2)] ?? 0;
}

const mean = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** One after the last loud second before a pause. */
function endOf(loudness: Float64Array, pause: number): number {
  let end = 0;
  for (let k = 0; k < loudness.length && k - end <= pause; k++) if (loudness[k]! >= LASTING - 1) end = k + 1;
  return end;
}

/** Centre of the signal's own spectrum, and the octaves that its strong part covers. */
function shapeOf(signal: Float64Array, noise: Float64Array, rate: number, highestHz: number) {
  const segment = Math.max(16, 2 * Math.round(rate / 2));
  const padded = new Float64Array(Math.max(signal.length, segment));
  padded.set(signal);
  const loud = powerSpectralDensity(padded, rate, { segment, overlap: 0.5 });
  const quiet = powerSpectralDensity(noise, rate, { segment, overlap: 0.5 });
  let [sum, moment, most] = [0, 0, 0];
  if (!loud) return { centreHz: OCTAVES[0]![0], widthOctaves: 0 };
  const own = loud.density.map((p, k) => Math.max(0, p - (quiet?.density[k] ?? 0)));
  const inBand = (k: number) => loud.frequenciesHz[k]! >= OCTAVES[0]![0] && loud.frequenciesHz[k]! <= highestHz;
  own.forEach((p, k) => {
    if (!inBand(k)) return;
    sum += p;
    moment += p * Math.log2(loud.frequenciesHz[k]!);
    most = Math.max(most, p);
  });
  let widthOctaves = 0;
  for (let k = 1; k < own.length; k++)
    if (inBand(k) && own[k]! >= WIDTH_SHARE * most)
      widthOctaves += Math.log2((loud.frequenciesHz[k]! + 0.5) / Math.max(0.5, loud.frequenciesHz[k]! - 0.5));
  return { centreHz: sum > 0 ? 2 ** (moment / sum) : OCTAVES[0]![0], widthOctaves };
}

/** A peak of the cepstrum in so many times its own scatter is a bubble's. */
const BUBBLE_SIGMAS = 6;

function bubbleOf(signal: Float64Array, rate: number): { periodSec: number; strength: number } | null {
  const c = cepstrum(signal);
  const [from, to] = BUBBLE_SEC.map((sec) => Math.round(sec * rate)) as [number, number];
  const searched = c.subarray(from, Math.min(to, c.length));
  if (searched.length < 8) return null;
  const scatter = median(searched.map(Math.abs)) * 1.4826;
  const peak = searched.reduce((best, v, k) => (v > searched[best]! ? k : best), 0);
  const strength = scatter > 0 ? searched[peak]! / scatter : 0;
  return strength >= BUBBLE_SIGMAS ? { periodSec: (from + peak) / rate, strength } : null;
}
