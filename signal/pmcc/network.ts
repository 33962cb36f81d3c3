/** A sub-network of elements that agree on a plane wave, and its growth by one element after the other. */
import type { ElementOffset } from "../fk.ts";
import type { Delay } from "./bandDelays.ts";
import { expectedDelay, fitPlaneWave, type PairDelay, type PlaneWave } from "./planeWave.ts";
import { distanceKm } from "./subnetworks.ts";

export interface Network {
  readonly members: readonly number[];
  /** One for each pair of members. */
  readonly delays: readonly PairDelay[];
  readonly wave: PlaneWave;
  readonly consistencySec: number;
  readonly correlation: number;
}

export interface Growth {
  readonly elements: readonly ElementOffset[];
  readonly rate: number;
  /** The delay of one element after another near an expected one, give or take `reach` samples. */
  readonly delayNear: (first: number, second: number, samples: number, reach: number) => Delay | null;
  /** The correlation with a further element is read this near to the plane wave's delay. */
  readonly halfPeriodSec: number;
  readonly limitSec: number;
  readonly minCorrelation: number;
  readonly isSpeed: (wave: PlaneWave | null) => wave is PlaneWave;
  readonly isGood: (element: number) => boolean;
}

/** The elements that are not members, the nearest to the middle of these first. */
export function othersByDistance(members: readonly number[], elements: readonly ElementOffset[]): number[] {
  const centre = {
    northKm: mean(members.map((i) => elements[i]!.northKm)),
    eastKm: mean(members.map((i) => elements[i]!.eastKm)),
  };
  return elements
    .map((_, i) => i)
    .filter((i) => !members.includes(i))
    .sort((a, b) => distanceKm(elements[a]!, centre) - distanceKm(elements[b]!, centre));
}

/** Takes in the other elements, in their order, as long as all triangles stay consistent; leaves out those that do not. */
export function growNetwork(start: Network, others: readonly number[], growth: Growth): Network {
  let network = start;
  for (const element of others) if (growth.isGood(element)) network = withElement(network, element, growth) ?? network;
  return network;
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Least mean correlation of a further element with the members, as a share of that among them. */
const LEAST_SHARE = 0.6;

function withElement(network: Network, element: number, growth: Growth): Network | null {
  const { elements, rate, delayNear, halfPeriodSec, limitSec, minCorrelation, isSpeed } = growth;
  const reach = Math.ceil(halfPeriodSec * rate) + 1;
  const delays: PairDelay[] = [];
  let own = 0;
  for (const member of network.members) {
    const near = expectedDelay(network.wave, elements[member]!, elements[element]!) * rate;
    const delay = delayNear(member, element, near, reach);
    if (!delay) return null;
    delays.push({ first: member, second: element, seconds: delay.samples / rate });
    own += delay.correlation / network.members.length;
  }
  // Against traces that are alike, even noise has delays that agree: only its correlation tells it from the wave.
  if (own < Math.max(minCorrelation, LEAST_SHARE * network.correlation)) return null;
  const all = [...network.delays, ...delays];
  const correlation = (network.correlation * network.delays.length + own * delays.length) / all.length;
  const members = [...network.members, element];
  const consistencySec = consistencyOf(members, all);
  if (consistencySec > limitSec) return null;
  const wave = fitPlaneWave(elements, all);
  return isSpeed(wave) ? { members, delays: all, wave, consistencySec, correlation } : null;
}

/** Root mean square of the sums of delays around all triangles (Cansi 1995, equation 2). */
export function consistencyOf(members: readonly number[], delays: readonly PairDelay[]): number {
  const size = Math.max(...members) + 1;
  const table = new Float64Array(size * size);
  for (const { first, second, seconds } of delays) {
    table[first * size + second] = seconds;
    table[second * size + first] = -seconds;
  }
  let sum = 0;
  let count = 0;
  for (let i = 0; i < members.length; i++)
    for (let j = i + 1; j < members.length; j++)
      for (let k = j + 1; k < members.length; k++) {
        const [a, b, c] = [members[i]!, members[j]!, members[k]!];
        sum += (table[a * size + b]! + table[b * size + c]! + table[c * size + a]!) ** 2;
        count++;
      }
  return count > 0 ? Math.sqrt(sum / count) : 0;
}
