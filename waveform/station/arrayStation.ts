/** Signals of an array: beams over a deck of slownesses, then f-k around each detection. */
import { KM_PER_DEGREE, RADIANS_PER_DEGREE } from "@harken/core";
import { filterForward, slownessSearch } from "@harken/signal";
import type { Block, BlockTrace } from "./blocks.ts";
import { type BandStreams, bandFilter, type Stream } from "./detect.ts";
import { type Direction, noDirection } from "./direction.ts";
import type { DetectionBand, StationRecipe } from "./recipe.ts";

export interface Element {
  readonly trace: BlockTrace;
  readonly northKm: number;
  readonly eastKm: number;
}

/** The deck of beams: every ring of the recipe at even azimuths. */
export function beamDeck(recipe: StationRecipe): Stream[] {
  return recipe.array.rings.flatMap(([slowness, beams]) =>
    Array.from({ length: beams }, (_, k) => {
      const azimuth = (2 * Math.PI * k) / beams;
      return {
        kind: "beam" as const,
        northSecPerKm: slowness * Math.cos(azimuth),
        eastSecPerKm: slowness * Math.sin(azimuth),
      };
    }),
  );
}

/** Delay-and-sum with whole-sample delays: an element nearer to the source is earlier, so its samples are taken earlier. */
export function formBeam(
  traces: readonly Float64Array[],
  elements: readonly Element[],
  rate: number,
  northSecPerKm: number,
  eastSecPerKm: number,
): Float64Array {
  const length = traces[0]!.length;
  const beam = new Float64Array(length);
  traces.forEach((x, j) => {
    const { northKm, eastKm } = elements[j]!;
    const shift = -Math.round((northSecPerKm * northKm + eastSecPerKm * eastKm) * rate);
    const from = Math.max(0, -shift);
    const to = Math.min(length, length - shift);
    for (let i = from; i < to; i++) beam[i]! += x[i + shift]!;
  });
  const scale = 1 / traces.length;
  for (let i = 0; i < length; i++) beam[i]! *= scale;
  return beam;
}

const incoherent: Stream = { kind: "incoherent", northSecPerKm: 0, eastSecPerKm: 0 };

/** Beams and the incoherent mean of each band. Neighbouring beams that the aperture cannot tell apart are formed once. */
export function* arrayStreams(
  block: Block,
  elements: readonly Element[],
  recipe: StationRecipe,
): Generator<BandStreams> {
  const rate = block.sampleRateHz;
  const aperture = Math.max(...elements.map(({ northKm, eastKm }) => Math.hypot(northKm, eastKm)), 0.1);
  const deck = beamDeck(recipe);
  for (const band of recipe.bands) {
    const filter = bandFilter(band, rate, recipe.filterOrder);
    if (!filter) continue;
    const traces = elements.map(({ trace }) => filterForward(filter, trace.samples));
    const steering = distinctBeams(deck, aperture, band);
    const streams = steering.map((stream) => ({
      stream,
      samples: formBeam(traces, elements, rate, stream.northSecPerKm, stream.eastSecPerKm),
    }));
    const mean = new Float64Array(block.length);
    for (const x of traces) for (let i = 0; i < mean.length; i++) mean[i]! += Math.abs(x[i]!);
    streams.push({ stream: incoherent, samples: mean });
    yield { band, streams };
  }
}

/** Beams closer than this share of a period across the aperture are one beam. */
const BEAM_SEPARATION = 0.25;

function distinctBeams(deck: readonly Stream[], apertureKm: number, band: DetectionBand): Stream[] {
  const least = BEAM_SEPARATION / (band.highHz * apertureKm);
  const kept: Stream[] = [];
  for (const beam of deck) {
    const near = (other: Stream) =>
      Math.hypot(beam.northSecPerKm - other.northSecPerKm, beam.eastSecPerKm - other.eastSecPerKm) < least;
    if (!kept.some(near)) kept.push(beam);
  }
  return kept;
}

/** f-k of the window that begins just before an onset. */
export function arrayDirection(
  block: Block,
  elements: readonly Element[],
  band: { readonly lowHz: number; readonly highHz: number },
  onset: number,
  recipe: StationRecipe,
): Direction & { readonly northSecPerKm: number; readonly eastSecPerKm: number } {
  const rate = block.sampleRateHz;
  const { fkLeadSec, fkWindowSec, fkGrid, fkMaxSlowness, minF, modelSlowness } = recipe.array;
  const spread = Math.max(...elements.map(({ northKm, eastKm }) => Math.hypot(northKm, eastKm))) * fkMaxSlowness;
  // A wide array needs a longer window for a slow wave to be in it at every element.
  const length = fkWindowSec + Math.min(fkWindowSec, spread / 3);
  const from = Math.max(0, Math.round(onset - (fkLeadSec + Math.min(fkWindowSec, spread / 3) / 2) * rate));
  const to = Math.min(block.length, from + Math.round(length * rate));
  const peak = slownessSearch(
    elements
      .filter(({ trace }) => !trace.bad.subarray(from, to).includes(1))
      .map(({ trace, northKm, eastKm }) => ({ northKm, eastKm, samples: trace.samples.subarray(from, to) })),
    rate,
    {
      lowHz: band.lowHz,
      highHz: Math.min(band.highHz, 0.45 * rate),
      maxSlownessSecPerKm: fkMaxSlowness,
      gridCount: fkGrid,
    },
  );
  if (!peak || peak.fStatistic < minF)
    return { ...noDirection, fkQuality: peak?.fStatistic ?? null, northSecPerKm: 0, eastSecPerKm: 0 };
  const error = Math.hypot(peak.errorSecPerKm, modelSlowness);
  // delaz = 2 asin(delslo / (2 slowness)), as the IDC relates the two errors.
  const half = Math.min(1, error / (2 * Math.max(1e-6, peak.slownessSecPerKm)));
  return {
    ...noDirection,
    azimuthDeg: peak.backAzimuthDeg,
    azimuthErrorDeg: Math.max(0.5, (2 * Math.asin(half)) / RADIANS_PER_DEGREE),
    slownessSecPerDeg: peak.slownessSecPerKm * KM_PER_DEGREE,
    slownessErrorSecPerDeg: error * KM_PER_DEGREE,
    fkQuality: peak.fStatistic,
    northSecPerKm: peak.northSecPerKm,
    eastSecPerKm: peak.eastSecPerKm,
  };
}
