/**
 * The amplitude behind local magnitude: the largest half peak-to-peak of the Wood-Anderson seismograms of the traces after an onset, nm of a
 * seismograph of magnification 1.
 */
import type { Amplitude, Complex } from "@harken/core";
import {
  applyResponse,
  displacementResponse,
  divide,
  type Instrument,
  modulus,
  removeTrend,
  taper,
  woodAndersonResponse,
} from "@harken/signal";
import { type AmplitudeTrace, largestSwing } from "./amplitude.ts";
import { highestHz } from "./filterRoom.ts";
import type { AmplitudeRecipe } from "./recipe.ts";

/** Measures traces of the same time; null when none has a response or the window is too short. */
export type LocalAmplitude = (traces: readonly AmplitudeTrace[], onset: number) => Amplitude | null;

/** Data before the onset that go into the transform, s. */
const LEAD_SEC = 20;
/** Least window after the onset, s. */
const LEAST_SEC = 15;
const TAPER_FRACTION = 0.03;
/** More masked samples than this share of the window, and it is not measured. */
const MAX_BAD_SHARE = 0.02;

/** Keeps the responses it has computed: an instrument's FIR stages are the costly part, and every window asks the same frequencies. */
export function planLocalAmplitude({ localLengthSec, localLowHz }: AmplitudeRecipe): LocalAmplitude {
  const known = new WeakMap<Instrument, Map<number, Complex | null>>();
  const responseOf = (instrument: Instrument, highHz: number) => {
    let answers = known.get(instrument);
    if (!answers) known.set(instrument, (answers = new Map()));
    return (f: number): Complex | null => {
      let answer = answers.get(f);
      if (answer === undefined) answers.set(f, (answer = woodAndersonOver(instrument, f, localLowHz, highHz)));
      return answer;
    };
  };
  return (traces, onset) => {
    let best: Amplitude | null = null;
    for (const { id, instrument, samples, bad, clipped, startTime, rate } of traces) {
      const from = Math.max(0, Math.round(onset - LEAD_SEC * rate));
      const to = Math.min(samples.length, Math.round(onset + localLengthSec * rate));
      if (to - onset < LEAST_SEC * rate || displacementResponse(instrument, 1) === null) continue;
      if (bad.subarray(from, to).reduce((n, b) => n + b, 0) > MAX_BAD_SHARE * (to - from)) continue;
      const window = taper(removeTrend(samples.slice(from, to)), TAPER_FRACTION);
      const seismogram = applyResponse(window, rate, responseOf(instrument, highestHz(rate)));
      const swing = largestSwing(seismogram, rate, onset - from, seismogram.length);
      if (!swing || !(swing.half > (best?.amplitude ?? 0))) continue;
      best = {
        type: "ML",
        channel: id,
        time: startTime + (from + swing.at) / rate,
        amplitude: swing.half,
        periodSec: swing.periodSec,
        clipped: clipped.subarray(Math.max(0, onset), to).includes(1),
      };
    }
    return best;
  };
}

/** From counts to a Wood-Anderson seismogram, within the band that the instrument records. */
function woodAndersonOver(instrument: Instrument, f: number, lowHz: number, highHz: number): Complex | null {
  const flank = bandFlank(f, lowHz / 2, lowHz, 0.85 * highHz, highHz);
  const response = flank > 0 ? displacementResponse(instrument, f) : null;
  if (!response || modulus(response) === 0) return null;
  const { re, im } = divide(woodAndersonResponse(f), response);
  return { re: re * flank, im: im * flank };
}

/** 1 between b and c, cosine flanks to 0 at a and d. */
function bandFlank(f: number, a: number, b: number, c: number, d: number): number {
  if (f <= a || f >= d) return 0;
  if (f < b) return 0.5 * (1 - Math.cos((Math.PI * (f - a)) / (b - a)));
  if (f > c) return 0.5 * (1 + Math.cos((Math.PI * (f - c)) / (d - c)));
  return 1;
}
