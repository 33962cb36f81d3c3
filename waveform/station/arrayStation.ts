/** Signals of an array: detection on a deck of beams, f-k around each, onset and amplitude on the beam of the signal. */
import { KM_PER_DEGREE, type Station } from "@harken/core";
import { filterForward, findTriggers, type SlownessPeak, staLta } from "@harken/signal";
import { amplitudeTrace, pressureAmplitude, shortPeriodAmplitude } from "./amplitude.ts";
import { directionOf, type SlownessFinder, sharpestBand, type WanderingPeak, wanderOf } from "./arrayDirection.ts";
import { arrayStreams } from "./arrayStreams.ts";
import { formBeam } from "./beams.ts";
import { bandFilter, detectSignals, mergeSignals, type Signal, type Stream } from "./detect.ts";
import { type Element, soundElements } from "./elements.ts";
import { firstMotion } from "./firstMotion.ts";
import { slownessLimits } from "./identify.ts";
import type { LocalAmplitude } from "./localAmplitude.ts";
import { DETECTION_TAIL_SEC, type Measurement } from "./measurement.ts";
import { onsetFilter, timeOnset } from "./onset.ts";
import type { StationRecipe } from "./recipe.ts";
import { MIN_ELEMENTS } from "./sensors.ts";
import type { DataWindow } from "./windows.ts";

/** Data of a signal's own beam before and after its peak, s: for its background, its onset and its amplitude. */
const BEAM_LEAD_SEC = 70;
const BEAM_TAIL_SEC = 20;

/** The beam of one signal, filtered, around it. */
interface OwnBeam {
  /** Sample of the window at which the beam begins. */
  readonly from: number;
  /** The first of its elements: its instrument stands for all. */
  readonly reference: Element;
  readonly raw: Float64Array;
  /** In the band of the signal, and in the wider one for its onset. */
  readonly filtered: Float64Array;
  readonly wide: Float64Array;
}

export function ownBeam(
  elements: readonly Element[],
  { band, peak }: Pick<Signal, "band" | "peak">,
  steer: Omit<Stream, "kind">,
  length: number,
  rate: number,
  recipe: StationRecipe,
): OwnBeam {
  const from = Math.max(0, Math.round(peak - BEAM_LEAD_SEC * rate));
  const to = Math.min(length, Math.round(peak + BEAM_TAIL_SEC * rate));
  const raw = new Float64Array(to - from);
  const whole = elements.filter(({ trace }) => !trace.bad.subarray(from, to).includes(1));
  const used = 2 * whole.length >= elements.length ? whole : elements;
  formBeam(
    used.map(({ trace }) => trace.samples.subarray(from, to)),
    used,
    rate,
    steer,
    raw,
  );
  return {
    from,
    reference: used[0]!,
    raw,
    filtered: filterForward(bandFilter(band, rate, recipe.filterOrder)!, raw),
    wide: filterForward(onsetFilter(band, rate), raw),
  };
}

/** The trigger of a signal on its own beam: a beam that is steered elsewhere begins early and peaks low. Null when it does not stand out. */
function ownTrigger({ from, filtered }: OwnBeam, signal: Signal, rate: number, recipe: StationRecipe): Signal | null {
  const { ltaSec, gapSec, minLtaSec, recent, off } = recipe;
  const { minRatio, rise } = recipe.array;
  const ratio = staLta(filtered, rate, { staSec: signal.band.staSec, ltaSec, gapSec, minLtaSec, recent });
  const near = findTriggers(ratio, minRatio, off, rise).filter(
    ({ start, end }) =>
      start <= signal.peak - from + PEAK_REACH_SEC * rate && end >= signal.peak - from - PEAK_REACH_SEC * rate,
  );
  const [best] = near.sort((a, b) => b.peakValue - a.peakValue);
  return best ? { ...signal, ...best, ratio: best.peakValue } : null;
}

/** Whether half of the elements or more see a signal by themselves: a burst at one of them is its own. */
function seenByMost(
  elements: readonly Element[],
  { band, peak }: Signal,
  rate: number,
  recipe: StationRecipe,
): boolean {
  const { ltaSec, gapSec, minLtaSec } = recipe;
  const from = Math.max(0, Math.round(peak - BEAM_LEAD_SEC * rate));
  const filter = bandFilter(band, rate, recipe.filterOrder)!;
  const around = [-1, 1].map((sign) => Math.round(peak - from + sign * PEAK_REACH_SEC * rate)) as [number, number];
  const seen = elements.filter(({ trace }) => {
    const x = filterForward(filter, trace.samples.subarray(from, Math.round(peak + BEAM_TAIL_SEC * rate)));
    const ratio = staLta(x, rate, { staSec: band.staSec, ltaSec, gapSec, minLtaSec });
    return ratio.subarray(...around).some((value) => value >= recipe.array.incoherentOn);
  });
  return 2 * seen.length >= elements.length;
}

const isSlow = (peak: SlownessPeak | null): boolean =>
  peak !== null && peak.slownessSecPerKm * KM_PER_DEGREE > slownessLimits.pSecPerDeg;

/** What a wrong slowness and delays of whole samples do to the onset of a beam, s: its elements begin one after the other. */
function alignmentError(elements: readonly Element[], peak: WanderingPeak, rate: number): number {
  const squares = elements.reduce((sum, { northKm, eastKm }) => sum + northKm ** 2 + eastKm ** 2, 0) / elements.length;
  const radial = Math.hypot(peak.radialErrorSecPerKm, peak.radialWanderSecPerKm);
  const transverse = Math.hypot(peak.transverseErrorSecPerKm, peak.transverseWanderSecPerKm);
  return Math.hypot(Math.sqrt(squares / 2) * Math.hypot(radial, transverse), 0.4 / rate);
}

/** A signal's own trigger lies within this time of the candidate's peak, s. */
const PEAK_REACH_SEC = 2;

export function processArray(
  window: DataWindow,
  station: Station,
  recipe: StationRecipe,
  find: SlownessFinder,
  localAmplitude: LocalAmplitude,
): Measurement[] {
  const { clock, coreFrom, coreTo } = window;
  const { sampleRateHz: rate, startTime, length } = clock;
  const elements = soundElements(window, station);
  if (elements.length < MIN_ELEMENTS) return [];
  const measure = (candidate: Signal): Measurement | null => {
    const { band, stream, peak } = candidate;
    const first = find(elements, rate, band, peak, stream);
    const { minF, minSlowF, minLaterF, keepRatio } = recipe.array;
    const plane = first !== null && first.fStatistic >= minLaterF;
    if (!plane && (candidate.ratio < keepRatio || !seenByMost(elements, candidate, rate, recipe))) return null;
    const beam = ownBeam(elements, candidate, plane ? first : stream, length, rate, recipe);
    const signal = ownTrigger(beam, candidate, rate, recipe);
    if (!signal) return null;
    const onset = timeOnset(beam.wide, rate, signal, recipe);
    const onsetAt = beam.from + onset.index;
    const again = plane ? find(elements, rate, band, onsetAt, first) : null;
    const best =
      again && first && again.fStatistic < first.fStatistic && again.fStatistic < minF ? first : (again ?? first);
    const strong = signal.ratio >= keepRatio;
    const chosen = best && sharpestBand(find, elements, rate, recipe.bands, band, onsetAt, best);
    const wave = chosen && wanderOf(find, elements, rate, chosen, onsetAt, recipe.array);
    const to = beam.from + beam.raw.length;
    const single = amplitudeTrace(station, beam.reference.trace, clock);
    const source = {
      ...single,
      samples: beam.raw,
      bad: single.bad.subarray(beam.from, to),
      clipped: single.clipped.subarray(beam.from, to),
      startTime: startTime + beam.from / rate,
    };
    return {
      time: startTime + (beam.from + onset.at) / rate,
      timeErrorSec: Math.hypot(onset.errorSec, wave ? alignmentError(elements, wave, rate) : 0),
      stream: stream.kind,
      snr: signal.ratio,
      frequencyHz: Math.sqrt(band.lowHz * band.highHz),
      durationSec: (signal.end - signal.start) / rate,
      direction: directionOf(wave, recipe.array),
      doubtful: !strong && (best?.fStatistic ?? 0) < (isSlow(best) ? minSlowF : minF),
      firstMotion: onset.clear ? firstMotion(beam.raw, rate, onset, band) : null,
      amplitudes: [
        shortPeriodAmplitude(source, onset.index, recipe),
        localAmplitude([single], beam.from + onset.index),
        pressureAmplitude(source, onset.index, band, recipe.amplitude.lengthSec, recipe.filterOrder),
      ].filter((amplitude) => amplitude !== null),
      channel: beam.reference.trace.channel.channel,
    };
  };
  // Only measurements look into the tail.
  const looked = Math.min(length, coreTo + Math.round(DETECTION_TAIL_SEC * rate));
  const triggers = detectSignals(arrayStreams(elements, looked, rate, recipe), looked, rate, recipe);
  return mergeSignals(triggers, (a, b) => Math.abs(a.peak - b.peak) < recipe.mergeSec * rate)
    .filter(({ start }) => start >= coreFrom && start < coreTo)
    .flatMap((candidate) => measure(candidate) ?? []);
}
