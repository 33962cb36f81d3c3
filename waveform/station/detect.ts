/**
 * Detection: STA/LTA in several bands on the streams of a block (vertical, horizontals, or an array's beams), triggers of all of them merged
 * into one list of signals.
 */
import { butterworthBandPass, type Filter, findTriggers, staLta } from "@harken/signal";
import type { DetectionBand, StationRecipe } from "./recipe.ts";

/** One way of looking at a block: a trace for each band, filtered when asked for. */
export interface Stream {
  readonly kind: "vertical" | "horizontal" | "beam" | "incoherent";
  /** Slowness vector of a beam towards the source, s/km. */
  readonly northSecPerKm: number;
  readonly eastSecPerKm: number;
}

export interface Signal {
  /** First sample at which the ratio is over the threshold, and where it is largest. */
  readonly start: number;
  readonly peak: number;
  readonly ratio: number;
  readonly band: DetectionBand;
  readonly stream: Stream;
  /** Found by the shorter windows inside another signal's coda. */
  readonly coda: boolean;
}

/** Traces of one band, already filtered: each a stream and its samples. `bad` marks samples near masked ones. */
export interface BandStreams {
  readonly band: DetectionBand;
  readonly streams: readonly { readonly stream: Stream; readonly samples: Float64Array }[];
}

/** A band's filter when it fits below the Nyquist frequency with room. */
export function bandFilter(band: { lowHz: number; highHz: number }, rate: number, order: number): Filter | null {
  return band.highHz < 0.45 * rate ? butterworthBandPass(order, band.lowHz, band.highHz, rate) : null;
}

/** A ratio this high or more has a coda worth a second look. */
const STRONG_RATIO = 8;

/** Signals of a block in order of time. `quiet` is 1 where nothing may be detected. */
export function detectSignals(
  bands: Iterable<BandStreams>,
  length: number,
  rate: number,
  quiet: Uint8Array,
  recipe: StationRecipe,
): Signal[] {
  const primary: Signal[] = [];
  const secondary: Signal[] = [];
  const long = { ltaSec: recipe.ltaSec, gapSec: recipe.gapSec, minLtaSec: recipe.minLtaSec };
  for (const { band, streams } of bands) {
    primary.push(
      ...bandSignals(streams, band, length, rate, quiet, { ...long, staSec: band.staSec }, band.on, recipe.off, false),
    );
    const { staSec, ltaSec, gapSec, on } = recipe.coda;
    secondary.push(
      ...bandSignals(
        streams,
        band,
        length,
        rate,
        quiet,
        { staSec, ltaSec, gapSec, minLtaSec: ltaSec },
        on,
        0.7 * on,
        true,
      ),
    );
  }
  const signals = mergeSignals(primary, recipe.mergeSec * rate);
  const strong = signals.filter(({ ratio }) => ratio >= STRONG_RATIO);
  const within = recipe.coda.withinSec * rate;
  const late = mergeSignals(
    secondary.filter(({ start }) => strong.some((s) => start > s.start && start - s.start < within)),
    recipe.mergeSec * rate,
  ).filter(({ start }) => signals.every((s) => Math.abs(s.start - start) > recipe.mergeSec * rate));
  return [...signals, ...late].sort((a, b) => a.start - b.start);
}

function bandSignals(
  streams: BandStreams["streams"],
  band: DetectionBand,
  length: number,
  rate: number,
  quiet: Uint8Array,
  windows: Parameters<typeof staLta>[2],
  on: number,
  off: number,
  coda: boolean,
): Signal[] {
  const best = new Float64Array(length);
  const from = new Uint16Array(length);
  streams.forEach(({ samples }, index) => {
    const ratio = staLta(samples, rate, windows);
    for (let i = 0; i < length; i++) {
      if (ratio[i]! > best[i]!) {
        best[i] = ratio[i]!;
        from[i] = index;
      }
    }
  });
  for (let i = 0; i < length; i++) if (quiet[i]) best[i] = 0;
  return findTriggers(best, on, off).map(({ start, peak, peakValue }) => ({
    start,
    peak,
    ratio: peakValue,
    band,
    stream: streams[from[peak]!]!.stream,
    coda,
  }));
}

/** Of signals that begin within `distance` samples of each other the strongest stays, with the earliest start. */
export function mergeSignals(signals: readonly Signal[], distance: number): Signal[] {
  const kept: Signal[] = [];
  for (const signal of [...signals].sort((a, b) => b.ratio - a.ratio)) {
    if (kept.every((other) => Math.abs(other.start - signal.start) > distance)) kept.push(signal);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** 1 around masked samples: from a mask's start until the filters have recovered after its end. */
export function quietAround(bad: Uint8Array, rate: number, recoverySec: number, leadSec: number): Uint8Array {
  const quiet = new Uint8Array(bad.length);
  const after = Math.round(recoverySec * rate);
  const before = Math.round(leadSec * rate);
  let until = -1;
  for (let i = 0; i < bad.length; i++) {
    if (bad[i]) until = i + after;
    if (i <= until) quiet[i] = 1;
  }
  let since = bad.length;
  for (let i = bad.length - 1; i >= 0; i--) {
    if (bad[i]) since = i - before;
    if (i >= since) quiet[i] = 1;
  }
  return quiet;
}
