/**
 * Detection: STA/LTA in several bands on the streams of a window (vertical, horizontals, or an array's beams); the triggers of all of them
 * are merged into one list of signals.
 */
import {
  butterworthBandPass,
  type DeckOptions,
  type DeckRatios,
  type Filter,
  findTriggers,
  strongestOfDeck,
} from "@harken/signal";
import { highestHz } from "./filterRoom.ts";
import { flaggedStretches } from "./flags.ts";
import type { DetectionBand, StationRecipe } from "./recipe.ts";

/** One way of looking at a window. */
export interface Stream {
  readonly kind: "vertical" | "horizontal" | "beam" | "incoherent";
  /** Slowness vector of a beam towards the source, s/km; 0 for others. */
  readonly northSecPerKm: number;
  readonly eastSecPerKm: number;
}

export interface Signal {
  /** First sample at which the ratio is over the threshold, where it is largest, and where it has fallen again. */
  readonly start: number;
  readonly peak: number;
  readonly end: number;
  /** Where the rise to the peak is half as high. */
  readonly half: number;
  /** Samples since the signal before it, in its band and kind of stream, was over. */
  readonly quiet: number;
  readonly ratio: number;
  readonly band: DetectionBand;
  readonly stream: Stream;
  /** Ratio over its threshold: of two findings of one signal the larger is the better. */
  readonly excess: number;
}

export interface FilteredTrace {
  readonly stream: Stream;
  readonly samples: Float64Array;
}

/** Beams by their delays: whole samples for each element. */
export interface BeamDeck {
  readonly elements: readonly Float64Array[];
  readonly beams: readonly { readonly stream: Stream; readonly delays: readonly number[] }[];
  /** The mean of the rectified elements, and the ratio at which a detection on it begins; null where it is not looked at. */
  readonly incoherent: { readonly stream: Stream; readonly on: number } | null;
}

/** Streams of one kind in one band: the largest ratio of them all is looked at. */
interface GroupRule {
  readonly band: DetectionBand;
  /** Ratio at which a detection begins. */
  readonly on: number;
  /** 1 where the streams must not be trusted. */
  readonly bad: Uint8Array;
  /** Factor by which the ratio must rise within a detection for another to begin. */
  readonly rise: number;
}

/** What is looked at: filtered traces of one stream each, or elements of which beams are to be formed. */
export type StreamGroup = GroupRule & ({ readonly traces: readonly FilteredTrace[] } | { readonly deck: BeamDeck });

/** A band's filter when it fits below the Nyquist frequency with room. */
export function bandFilter(band: { lowHz: number; highHz: number }, rate: number, order: number): Filter | null {
  return band.highHz <= highestHz(rate) ? butterworthBandPass(order, band.lowHz, band.highHz, rate) : null;
}

/** Detection works on the mean of the rectified trace over this time, s: finer is not needed, the onset is read on the trace itself. */
const BIN_SEC = 0.1;
export const binLength = (rate: number): number => Math.max(1, Math.round(BIN_SEC * rate));

/** Every trigger of every band and group; one signal may be among them several times. */
export function detectSignals(
  groups: Iterable<StreamGroup>,
  length: number,
  rate: number,
  recipe: StationRecipe,
): Signal[] {
  const { off } = recipe;
  const bin = binLength(rate);
  const count = Math.floor(length / bin);
  const found: Signal[] = [];
  for (const { band, on, rise, streams, best, from } of looksAt(groups, bin, count, rate, recipe)) {
    let before = Number.NEGATIVE_INFINITY;
    for (const { start, peak, end, half, peakValue } of findTriggers(best, on, off, rise)) {
      found.push({
        start: start * bin,
        peak: peak * bin,
        end: end * bin,
        half: half * bin,
        quiet: (start - before) * bin,
        ratio: peakValue,
        band,
        stream: streams[from[peak]!]!,
        excess: peakValue / on,
      });
      before = end;
    }
  }
  return found;
}

/** Streams of which the largest ratio is looked at. */
interface Look extends DeckRatios, Pick<GroupRule, "band" | "on" | "rise"> {
  readonly streams: readonly Stream[];
}

function* looksAt(
  groups: Iterable<StreamGroup>,
  bin: number,
  count: number,
  rate: number,
  { ltaSec, gapSec, minLtaSec, recent }: StationRecipe,
): Generator<Look> {
  const bins = new Map<Uint8Array, Uint8Array>();
  const inBins = (bad: Uint8Array): Uint8Array => {
    let any = bins.get(bad);
    if (!any) bins.set(bad, (any = anyInBins(bad, bin, count)));
    return any;
  };
  for (const group of groups) {
    const { band, on, rise } = group;
    const windows = { staSec: band.staSec, ltaSec, gapSec, minLtaSec, recent };
    const options = { bin, count, sampleRateHz: rate / bin, windows, bad: inBins(group.bad) };
    if ("traces" in group) {
      const streams = group.traces.map(({ stream }) => stream);
      yield { band, on, rise, streams, ...strongestOfTraces(group.traces, options) };
      continue;
    }
    const { elements, beams, incoherent } = group.deck;
    const delays = beams.map((beam) => beam.delays);
    const deck = strongestOfDeck(elements, delays, options);
    yield { band, on, rise, streams: beams.map(({ stream }) => stream), ...deck };
    if (!incoherent) continue;
    const look = { best: deck.incoherent, from: new Int32Array(count) };
    yield { band, on: incoherent.on, rise, streams: [incoherent.stream], ...look };
  }
}

/** The largest ratio of traces one by one, and which has it. */
function strongestOfTraces(traces: readonly FilteredTrace[], options: DeckOptions): DeckRatios {
  const [first, ...others] = traces.map(({ samples }) => strongestOfDeck([samples], [], options).incoherent);
  const best = first ?? new Float64Array(options.count);
  const from = new Int32Array(options.count);
  others.forEach((ratio, index) => {
    for (let i = 0; i < best.length; i++) {
      if (ratio[i]! <= best[i]!) continue;
      best[i] = ratio[i]!;
      from[i] = index + 1;
    }
  });
  return { best, from };
}

function anyInBins(flags: Uint8Array, bin: number, count: number): Uint8Array {
  const any = new Uint8Array(count);
  for (let k = 0, i = 0; k < count; k++) {
    let sum = 0;
    for (const end = i + bin; i < end; i++) sum |= flags[i]!;
    any[k] = sum;
  }
  return any;
}

/** Of signals that `same` (asked with the stronger first) takes for one, the one furthest above its threshold stays; in order of time. */
export function mergeSignals<T extends { readonly start: number; readonly excess: number }>(
  signals: readonly T[],
  same: (strong: T, weak: T) => boolean,
): T[] {
  const kept: T[] = [];
  for (const signal of [...signals].sort((a, b) => b.excess - a.excess))
    if (!kept.some((other) => same(other, signal))) kept.push(signal);
  return kept.sort((a, b) => a.start - b.start);
}

/** 1 from `leadSec` before a masked sample until the filters have recovered after it. */
export function widen(bad: Uint8Array, rate: number, leadSec: number, recoverySec: number): Uint8Array {
  const wide = bad.slice();
  const before = Math.round(leadSec * rate);
  const after = Math.round(recoverySec * rate);
  for (const [from, to] of flaggedStretches(bad))
    wide.fill(1, Math.max(0, from - before), Math.min(bad.length, to + after));
  return wide;
}
