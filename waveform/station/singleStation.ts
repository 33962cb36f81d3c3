/** Signals of a three-component or vertical-only station: streams, direction and initial phase. */
import { type ChannelId, KM_PER_DEGREE, RADIANS_PER_DEGREE } from "@harken/core";
import { filterForward, polarizationOf } from "@harken/signal";
import type { Block, BlockTrace } from "./blocks.ts";
import { type BandStreams, bandFilter, type Signal, type Stream } from "./detect.ts";
import { type Direction, noDirection } from "./direction.ts";
import type { StationRecipe } from "./recipe.ts";

export interface SingleTraces {
  readonly vertical: BlockTrace;
  /** Rotated to north and east. */
  readonly north: Float64Array | null;
  readonly east: Float64Array | null;
  readonly horizontalIds: readonly ChannelId[];
}

const vertical: Stream = { kind: "vertical", northSecPerKm: 0, eastSecPerKm: 0 };
const horizontal: Stream = { kind: "horizontal", northSecPerKm: 0, eastSecPerKm: 0 };

/** Filtered streams band by band; a band that does not fit under the Nyquist frequency is left out. */
export function* singleStreams(block: Block, traces: SingleTraces, recipe: StationRecipe): Generator<BandStreams> {
  for (const band of recipe.bands) {
    const filter = bandFilter(band, block.sampleRateHz, recipe.filterOrder);
    if (!filter) continue;
    const streams = [{ stream: vertical, samples: filterForward(filter, traces.vertical.samples) }];
    if (traces.north && traces.east) {
      const north = filterForward(filter, traces.north);
      const east = filterForward(filter, traces.east);
      for (let i = 0; i < north.length; i++) north[i] = Math.hypot(north[i]!, east[i]!);
      streams.push({ stream: horizontal, samples: north });
    }
    yield { band, streams };
  }
}

/** The filtered trace on which a signal's onset is read: the stream's own; of the horizontals the one that moves more. */
export function singleOnsetTrace(
  block: Block,
  traces: SingleTraces,
  signal: Signal,
  recipe: StationRecipe,
): Float64Array {
  const filter = bandFilter(signal.band, block.sampleRateHz, recipe.filterOrder)!;
  if (signal.stream.kind !== "horizontal" || !traces.north || !traces.east)
    return filterForward(filter, traces.vertical.samples);
  const north = filterForward(filter, traces.north);
  const east = filterForward(filter, traces.east);
  const power = (x: Float64Array) =>
    x.subarray(signal.peak, signal.peak + Math.round(2 * block.sampleRateHz)).reduce((s, v) => s + v * v, 0);
  return power(north) >= power(east) ? north : east;
}

/** Seconds of a trace filtered before a polarisation window, so that the filter has settled. */
const SETTLE_SEC = 15;

/**
 * Direction from the polarisation of the first seconds. A motion nearer to the vertical and along a line is a P wave's; the apparent angle of
 * incidence i gives the slowness sin(i / 2) / beta (Wiechert 1907; Bullen and Bolt 1985, 5.4).
 */
export function singleDirection(
  block: Block,
  traces: SingleTraces,
  signal: Signal,
  onset: number,
  recipe: StationRecipe,
): Direction {
  if (!traces.north || !traces.east) return noDirection;
  const rate = block.sampleRateHz;
  const filter = bandFilter(signal.band, rate, recipe.filterOrder)!;
  const from = Math.max(0, Math.round(onset - SETTLE_SEC * rate));
  const to = Math.min(block.length, Math.round(onset + recipe.threeComponent.windowSec * rate));
  const cut = (x: Float64Array) => filterForward(filter, x.subarray(from, to)).subarray(onset - from);
  const motion = polarizationOf(cut(traces.vertical.samples), cut(traces.north), cut(traces.east));
  if (!motion) return noDirection;
  const { minRectilinearity, azimuthErrorDeg, slownessErrorSecPerDeg, surfaceSvelocity } = recipe.threeComponent;
  const shared = {
    rectilinearity: motion.rectilinearity,
    incidenceDeg: motion.incidenceDeg,
    horizontalToVertical: motion.horizontalToVertical,
  };
  if (motion.rectilinearity < minRectilinearity || motion.horizontalToVertical > 1.6)
    return { ...noDirection, ...shared };
  const slowness = (Math.sin((motion.incidenceDeg * RADIANS_PER_DEGREE) / 2) / surfaceSvelocity) * KM_PER_DEGREE;
  // A steep ray moves the ground too little sideways for its azimuth to be read well.
  const lean = Math.max(0.15, Math.sin(motion.incidenceDeg * RADIANS_PER_DEGREE));
  return {
    ...noDirection,
    ...shared,
    azimuthDeg: motion.backAzimuthDeg,
    azimuthErrorDeg: Math.min(90, ((azimuthErrorDeg / motion.rectilinearity) * 0.5) / lean),
    slownessSecPerDeg: slowness,
    slownessErrorSecPerDeg,
  };
}
