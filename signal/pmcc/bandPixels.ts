/** Windows of one band that slide along: which hold a plane wave, and how many of the elements share it. */
import { butterworthBandPass } from "../butterworth.ts";
import { filterZeroPhase } from "../filter.ts";
import type { ElementOffset } from "../fk.ts";
import { planDelays, type SlidingDelays, windowCount } from "./bandDelays.ts";
import { centreHz } from "./bands.ts";
import { growNetwork, type Network, othersByDistance } from "./network.ts";
import type { PmccPixel, PmccSettings } from "./pixels.ts";
import { backAzimuthOf, fitPlaneWave, type PlaneWave, slownessOf } from "./planeWave.ts";
import { distanceKm, type Triangle } from "./subnetworks.ts";

/** Where a band's traces stand in time. */
export interface BandClock {
  /** Number of the traces' first sample on the clock by which windows begin. */
  readonly firstSample: number;
  /** Time of that sample in the answer, s. */
  readonly startSec: number;
  /** Whether an element's samples [from, to) may be used. */
  readonly isGood: (element: number, from: number, to: number) => boolean;
}

/** Pixels of one band, of traces at the band's own rate. */
export function bandPixels(
  traces: readonly Float64Array[],
  elements: readonly ElementOffset[],
  triangles: readonly Triangle[],
  rate: number,
  index: number,
  settings: PmccSettings,
  { firstSample, startSec, isGood }: BandClock,
): PmccPixel[] {
  const band = settings.bands[index]!;
  const { stepsPerWindow: blocks, minSpeedKmPerSec, maxSpeedKmPerSec, minCorrelation, minElementShare } = settings;
  const filter = butterworthBandPass(settings.filterOrder, band.lowHz, band.highHz, rate);
  const windows = { step: Math.max(1, Math.round((band.windowSec * rate) / blocks)), blocks };
  const first = Math.ceil(firstSample / windows.step) * windows.step - firstSample;
  if (first >= traces[0]!.length) return [];
  const filtered = traces.map((trace) => filterZeroPhase(filter, trace).subarray(first));
  const length = windows.step * blocks;
  const count = windowCount(filtered[0]!.length, windows);
  if (count === 0) return [];
  const limitSec = Math.min(settings.maxConsistencySec, settings.maxConsistencyPeriods / centreHz(band));
  const leastElements = Math.max(3, Math.ceil(minElementShare * elements.length));
  const lagOf = (a: number, b: number) =>
    Math.ceil((distanceKm(elements[a]!, elements[b]!) / minSpeedKmPerSec) * rate) + 1;
  const mostLag = Math.max(0, ...triangles.map(([a, b, c]) => Math.max(lagOf(a, b), lagOf(b, c), lagOf(a, c))));
  const delays = planDelays(filtered, windows, mostLag);
  const pairs = new Map<string, SlidingDelays>();
  const delaysOf = (a: number, b: number): SlidingDelays => {
    const key = `${a} ${b}`;
    let known = pairs.get(key);
    if (!known) pairs.set(key, (known = delays.sliding(a, b, lagOf(a, b))));
    return known;
  };
  const sides = triangles.map(([a, b, c]) => ({
    corners: [a, b, c] as const,
    others: othersByDistance([a, b, c], elements),
    ab: delaysOf(a, b),
    bc: delaysOf(b, c),
    ac: delaysOf(a, c),
  }));
  const isSpeed = (wave: PlaneWave | null): wave is PlaneWave =>
    wave !== null && slownessOf(wave) >= 1 / maxSpeedKmPerSec && slownessOf(wave) <= 1 / minSpeedKmPerSec;
  const found: PmccPixel[] = [];
  for (let k = 0; k < count; k++) {
    const from = k * windows.step;
    const isGoodHere = (element: number) => isGood(element, first + from, first + from + length);
    let best: Network | null = null;
    for (const { corners, others, ab, bc, ac } of sides) {
      const correlation = (ab.correlations[k]! + bc.correlations[k]! + ac.correlations[k]!) / 3;
      const closureSec = Math.abs(ab.samples[k]! + bc.samples[k]! - ac.samples[k]!) / rate;
      if (correlation < minCorrelation || closureSec > limitSec) continue;
      if (Math.min(ab.correlations[k]!, bc.correlations[k]!, ac.correlations[k]!) === 0) continue;
      if (!corners.every(isGoodHere)) continue;
      const [a, b, c] = corners;
      const around = [
        { first: a, second: b, seconds: ab.samples[k]! / rate },
        { first: b, second: c, seconds: bc.samples[k]! / rate },
        { first: a, second: c, seconds: ac.samples[k]! / rate },
      ];
      const wave = fitPlaneWave(elements, around);
      if (!isSpeed(wave)) continue;
      const start: Network = { members: corners, delays: around, wave, consistencySec: closureSec, correlation };
      const grown = growNetwork(start, others, {
        ...{ elements, rate, limitSec, minCorrelation, isSpeed },
        delayNear: (first, second, samples, reach) => delays.near(first, second, k, samples, reach),
        halfPeriodSec: 0.5 / centreHz(band),
        isGood: isGoodHere,
      });
      if (!best || isBetter(grown, best)) best = grown;
      if (best.members.length === elements.length) break;
    }
    if (!best || best.members.length < leastElements) continue;
    const { wave, members, correlation, consistencySec } = best;
    found.push({
      ...wave,
      ...{ band: index, correlation, consistencySec, elements: members },
      fromSec: startSec + (first + from) / rate,
      toSec: startSec + (first + from + length) / rate,
      slownessSecPerKm: slownessOf(wave),
      backAzimuthDeg: backAzimuthOf(wave),
      rms: rootMeanSquare(filtered, members, from, length),
    });
  }
  return found;
}

/** More elements, or as many that agree better. */
const isBetter = (a: Network, b: Network): boolean =>
  a.members.length > b.members.length || (a.members.length === b.members.length && a.consistencySec < b.consistencySec);

function rootMeanSquare(
  traces: readonly Float64Array[],
  members: readonly number[],
  from: number,
  length: number,
): number {
  let sum = 0;
  for (const member of members) {
    const trace = traces[member]!;
    for (let i = from; i < from + length; i++) sum += trace[i]! * trace[i]!;
  }
  return Math.sqrt(sum / (members.length * length));
}
