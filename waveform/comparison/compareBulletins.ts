/**
 * Two lists of events compared: who is in both, and how far apart. Events are paired within a distance and a difference of origin time, as many as
 * possible and of those the closest, as bulletins are scored in the literature on association (Arora, Russell and Sudderth 2013,
 * doi:10.1785/0120120107).
 *
 *     const { pairs, missed, extra, recall, precision } = compareBulletins(reference, list);
 */
import {
  connectedGroups,
  distanceAzimuth,
  geodesicKm,
  type Origin,
  preferredOrigin,
  type SeismicEvent,
} from "@harken/core";
import { cheapestMatching, type Edge } from "./assignment.ts";

export interface MatchRule {
  /** Largest epicentral distance of a pair, deg. */
  readonly maxDistanceDeg: number;
  /** Largest difference of origin times of a pair, s. */
  readonly maxTimeSec: number;
}

/** The rule of the association literature. */
export const looseMatchRule: MatchRule = Object.freeze({ maxDistanceDeg: 5, maxTimeSec: 50 });
export const strictMatchRule: MatchRule = Object.freeze({ maxDistanceDeg: 1, maxTimeSec: 50 });

/** What is compared of an event. */
export type ComparedPlace = Pick<Origin, "time" | "latitudeDeg" | "longitudeDeg">;

export interface PlacePair {
  readonly reference: number;
  readonly other: number;
}

/**
 * Pairs of places by index, in order of the reference. A pair's cost is its distance and time difference, each as a share of what the rule allows.
 * Lists of any length: places far apart in time are never looked at together.
 */
export function matchPlaces(
  reference: readonly ComparedPlace[],
  others: readonly ComparedPlace[],
  { maxDistanceDeg, maxTimeSec }: MatchRule,
): PlacePair[] {
  const order = others.map((_, i) => i).sort((a, b) => others[a]!.time - others[b]!.time);
  const edges: Edge[] = [];
  reference.forEach((place, left) => {
    for (let k = firstAtLeast(order, others, place.time - maxTimeSec); k < order.length; k++) {
      const right = order[k]!;
      const other = others[right]!;
      const apartSec = Math.abs(other.time - place.time);
      if (other.time > place.time + maxTimeSec) break;
      const { deltaDeg } = distanceAzimuth(
        place.latitudeDeg,
        place.longitudeDeg,
        other.latitudeDeg,
        other.longitudeDeg,
      );
      if (deltaDeg <= maxDistanceDeg)
        edges.push({ left, right, cost: Math.hypot(deltaDeg / maxDistanceDeg, apartSec / maxTimeSec) });
    }
  });
  return clusters(edges, reference.length, others.length)
    .flatMap((cluster) => {
      const lefts = [...new Set(cluster.map(({ left }) => left))];
      const rights = [...new Set(cluster.map(({ right }) => right))];
      const [leftAt, rightAt] = [new Map(lefts.map((x, i) => [x, i])), new Map(rights.map((x, i) => [x, i]))];
      const local = cluster.map(({ left, right, cost }) => ({
        left: leftAt.get(left)!,
        right: rightAt.get(right)!,
        cost,
      }));
      return cheapestMatching(lefts.length, rights.length, local).map(({ left, right }) => ({
        reference: lefts[left]!,
        other: rights[right]!,
      }));
    })
    .sort((a, b) => a.reference - b.reference);
}

function firstAtLeast(order: readonly number[], places: readonly ComparedPlace[], time: number): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[order[middle]!]!.time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Edges that hang together, so that the matching of a long list is many small ones. */
function clusters(edges: readonly Edge[], lefts: number, rights: number): Edge[][] {
  const linked = connectedGroups(lefts + rights);
  for (const { left, right } of edges) linked.join(left, lefts + right);
  const clusterOf = new Int32Array(lefts + rights);
  linked.groups().forEach((members, cluster) => {
    for (const member of members) clusterOf[member] = cluster;
  });
  return [...Map.groupBy(edges, ({ left }) => clusterOf[left]!).values()];
}

export interface EventPair {
  readonly referenceKey: string;
  readonly otherKey: string;
  readonly distanceKm: number;
  /** The other minus the reference. */
  readonly timeSec: number;
  readonly depthKm: number;
  /** Difference of each magnitude that both have. */
  readonly magnitudes: Readonly<Record<string, number>>;
}

export interface BulletinComparison {
  readonly pairs: readonly EventPair[];
  /** Keys of reference events that the other list lacks, and of its events that the reference lacks. */
  readonly missed: readonly string[];
  readonly extra: readonly string[];
  /** Share of the reference that is in the list, and of the list that is in the reference; null for an empty one. */
  readonly recall: number | null;
  readonly precision: number | null;
}

/** Compares preferred origins. */
export function compareBulletins(
  reference: readonly SeismicEvent[],
  others: readonly SeismicEvent[],
  rule: MatchRule = looseMatchRule,
): BulletinComparison {
  const [a, b] = [reference.map(preferredOrigin), others.map(preferredOrigin)];
  const matched = matchPlaces(a, b, rule);
  const [found, used] = [new Set(matched.map((p) => p.reference)), new Set(matched.map((p) => p.other))];
  return {
    pairs: matched.map((pair) => describe(reference[pair.reference]!, others[pair.other]!)),
    missed: reference.filter((_, i) => !found.has(i)).map(({ key }) => key),
    extra: others.filter((_, i) => !used.has(i)).map(({ key }) => key),
    recall: reference.length > 0 ? matched.length / reference.length : null,
    precision: others.length > 0 ? matched.length / others.length : null,
  };
}

function describe(reference: SeismicEvent, other: SeismicEvent): EventPair {
  const [a, b] = [preferredOrigin(reference), preferredOrigin(other)];
  const values = new Map(a.magnitudes.map(({ type, value }) => [type, value]));
  return {
    referenceKey: reference.key,
    otherKey: other.key,
    distanceKm: geodesicKm(a.latitudeDeg, a.longitudeDeg, b.latitudeDeg, b.longitudeDeg),
    timeSec: b.time - a.time,
    depthKm: b.depthKm - a.depthKm,
    magnitudes: Object.fromEntries(
      b.magnitudes.flatMap(({ type, value }) => {
        const known = values.get(type);
        return known === undefined ? [] : [[type, value - known]];
      }),
    ),
  };
}
