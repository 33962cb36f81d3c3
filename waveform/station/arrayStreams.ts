/**
 * What an array is looked at through: in each band a deck of beams, made from the geometry or stored, and the mean of the rectified elements.
 * The traces of one group are overwritten by the next.
 */
import { filterForward } from "@harken/signal";
import { isInGroup, type StoredBeam } from "./beamSet.ts";
import { beamDeck, delayOf } from "./beams.ts";
import { bandFilter, type Stream, type StreamGroup, widen } from "./detect.ts";
import { badForHalf, type Element } from "./elements.ts";
import { flaggedStretches } from "./flags.ts";
import { MASK_LEAD_SEC } from "./measurement.ts";
import type { DetectionBand, StationRecipe } from "./recipe.ts";
import { MIN_ELEMENTS } from "./sensors.ts";

const incoherent: Stream = { kind: "incoherent", northSecPerKm: 0, eastSecPerKm: 0 };

export function* arrayStreams(
  elements: readonly Element[],
  length: number,
  rate: number,
  recipe: StationRecipe,
): Generator<StreamGroup> {
  const masks = elements.map(({ trace }) => widen(trace.bad, rate, MASK_LEAD_SEC, recipe.quality.recoverySec));
  const masked = masks.map((mask) => flaggedStretches(mask.subarray(0, length)));
  const bad = badForHalf(masked, length);
  const room = elements.map(() => new Float64Array(length));
  const filtered = (
    band: { readonly lowHz: number; readonly highHz: number },
    order: number,
  ): Float64Array[] | null => {
    const filter = bandFilter(band, rate, order);
    if (!filter) return null;
    return elements.map(({ trace }, j) => {
      const x = filterForward(filter, trace.samples.subarray(0, length), room[j]!);
      for (const [from, to] of masked[j]!) x.fill(0, from, to);
      return x;
    });
  };
  const { candidateOn, incoherentOn, rise, beams: stored } = recipe.array;
  for (const band of recipe.bands) {
    const shared = { band, rise, bad };
    if (stored) {
      for (const { on, kind, group, filterOrder, streams } of storedDecks(stored, band)) {
        const traces = filtered(band, filterOrder);
        if (!traces) continue;
        const used = membersOf(elements, group);
        const own = used.map((j) => traces[j]!);
        if (kind === "incoherent")
          yield { ...shared, on, traces: [{ stream: incoherent, samples: meanRectified(own) }] };
        else {
          const places = used.map((j) => elements[j]!);
          yield { ...shared, on, deck: { ...deckOf(streams, places, own, rate), incoherent: null } };
        }
      }
      continue;
    }
    const traces = filtered(band, recipe.filterOrder);
    if (!traces) continue;
    const deck = deckOf(beamDeck(elements, band, recipe.array), elements, traces, rate);
    yield { ...shared, on: candidateOn, deck: { ...deck, incoherent: { stream: incoherent, on: incoherentOn } } };
  }
}

const deckOf = (
  streams: readonly Stream[],
  places: readonly Element[],
  traces: readonly Float64Array[],
  rate: number,
) => ({
  elements: traces,
  beams: streams.map((stream) => ({ stream, delays: places.map((place) => delayOf(place, stream, rate)) })),
});

function meanRectified(traces: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(traces[0]!.length);
  for (const x of traces) for (let i = 0; i < mean.length; i++) mean[i]! += Math.abs(x[i]!);
  return mean;
}

/** Stored beams of one band that share threshold, kind, filter and elements. */
interface StoredDeck extends Pick<StoredBeam, "kind" | "group" | "filterOrder"> {
  readonly on: number;
  readonly streams: Stream[];
}

function storedDecks(beams: readonly StoredBeam[], { lowHz, highHz }: DetectionBand): StoredDeck[] {
  const decks = new Map<string, StoredDeck>();
  for (const beam of beams) {
    const { on, kind, group, filterOrder, northSecPerKm, eastSecPerKm } = beam;
    if (on === null || beam.lowHz !== lowHz || beam.highHz !== highHz) continue;
    const key = [on, kind, group, filterOrder].join(" ");
    let deck = decks.get(key);
    if (!deck) decks.set(key, (deck = { on, kind, group, filterOrder, streams: [] }));
    deck.streams.push({ kind: "beam", northSecPerKm, eastSecPerKm });
  }
  return [...decks.values()];
}

/** The elements of a group; all, where too few of it record. */
function membersOf(elements: readonly Element[], group: string): number[] {
  const all = elements.map((_, j) => j);
  const members = all.filter((j) => isInGroup(elements[j]!.trace.channel.station, group));
  return members.length >= MIN_ELEMENTS ? members : all;
}
