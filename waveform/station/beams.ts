/** Beams of an array: the deck of slownesses that it is steered to, and delay-and-sum. */
import type { Stream } from "./detect.ts";
import type { ArrayRecipe, DetectionBand } from "./recipe.ts";

export interface Place {
  readonly northKm: number;
  readonly eastKm: number;
}

/** Largest distance of two elements, km. */
export function apertureKm(places: readonly Place[]): number {
  let most = 0;
  for (const a of places)
    for (const b of places) most = Math.max(most, Math.hypot(a.northKm - b.northKm, a.eastKm - b.eastKm));
  return most;
}

/** Rings of beams spread out towards slow waves: by this share for each s/km. */
const SPREAD = 7;

/**
 * Steering on rings of slowness, as far apart as the aperture tells waves of the band's centre apart. A deck of too many beams is thinned.
 */
export function beamDeck(places: readonly Place[], band: DetectionBand, recipe: ArrayRecipe): Stream[] {
  const { minSlowness, maxSlowness, beamSpacing, maxBeams } = recipe;
  let spacing = beamSpacing / (Math.sqrt(band.lowHz * band.highHz) * Math.max(0.1, apertureKm(places)));
  for (;;) {
    const deck: Stream[] = [];
    for (let slowness = minSlowness; slowness <= maxSlowness; ) {
      const own = spacing * (1 + SPREAD * slowness);
      const count = Math.max(1, Math.round((2 * Math.PI * slowness) / own));
      for (let k = 0; k < count; k++) {
        const azimuth = (2 * Math.PI * k) / count;
        deck.push({
          kind: "beam",
          northSecPerKm: slowness * Math.cos(azimuth),
          eastSecPerKm: slowness * Math.sin(azimuth),
        });
      }
      slowness += own;
    }
    if (deck.length <= maxBeams) return deck;
    spacing *= 1.1;
  }
}

/** Whole-sample delay of an element, relative to the reference: an element nearer to the source records earlier. */
export const delayOf = ({ northKm, eastKm }: Place, steer: Omit<Stream, "kind">, rate: number): number =>
  -Math.round((steer.northSecPerKm * northKm + steer.eastSecPerKm * eastKm) * rate);

/** Delay and sum with whole-sample delays, divided by the number of elements; written into `beam`. */
export function formBeam(
  traces: readonly Float64Array[],
  places: readonly Place[],
  rate: number,
  steer: Omit<Stream, "kind">,
  beam: Float64Array,
): void {
  const shifts = places.map((place) => delayOf(place, steer, rate));
  beam.fill(0);
  // Four elements at a time where all have samples: the beam is read and written a quarter as often.
  for (let j = 0; j < traces.length; j += 4) {
    const four = [j, j + 1, j + 2, j + 3].filter((k) => k < traces.length);
    const from = clip(Math.max(...four.map((k) => -shifts[k]!)), 0, beam.length);
    const to = clip(Math.min(...four.map((k) => traces[k]!.length - shifts[k]!)), from, beam.length);
    for (const k of four) {
      add(traces[k]!, shifts[k]!, beam, 0, four.length === 4 ? from : to);
      add(traces[k]!, shifts[k]!, beam, to, beam.length);
    }
    if (four.length === 4)
      addFour(
        four.map((k) => traces[k]!.subarray(from + shifts[k]!)),
        beam.subarray(from, to),
      );
  }
  const scale = 1 / traces.length;
  for (let i = 0; i < beam.length; i++) beam[i]! *= scale;
}

const clip = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

function add(x: Float64Array, shift: number, beam: Float64Array, from: number, to: number): void {
  const end = Math.min(to, x.length - shift);
  for (let i = Math.max(from, -shift); i < end; i++) beam[i]! += x[i + shift]!;
}

function addFour([a, b, c, d]: readonly Float64Array[], beam: Float64Array): void {
  for (let i = 0; i < beam.length; i++) beam[i]! += a![i]! + b![i]! + (c![i]! + d![i]!);
}
