/**
 * Progressive multichannel correlation (PMCC): which windows of which bands hold a wave that crosses the array, and from where (Cansi 1995,
 * doi:10.1029/95GL00468; Le Pichon and Cansi 2003; Brachet et al. 2010, doi:10.1007/978-1-4020-9508-5_3).
 *
 *     const pixels = findPixels(traces, elements, 20, settings); // one trace for each element, from one first sample on
 *
 * Of three elements the delays between pairs must add up to nothing around the triangle: their sum is the consistency. It is asked of a small
 * triangle first; where it holds, the plane wave of its delays tells near which delay the correlation with the next element is to be read, and
 * that element is taken in when the consistency of all triangles still holds. Incoherent noise, which is most of any day, costs three
 * correlations.
 */

import { butterworthBandPass } from "../butterworth.ts";
import { decimate } from "../decimate.ts";
import { filterZeroPhase } from "../filter.ts";
import type { ElementOffset } from "../fk.ts";
import { centreHz, type PmccBand } from "./bands.ts";
import { growNetwork, type Network } from "./network.ts";
import { backAzimuthOf, fitPlaneWave, type PlaneWave, slownessOf } from "./planeWave.ts";
import { type SlidingDelays, slidingDelays, windowCount } from "./slidingDelays.ts";
import { distanceKm, initialTriangles, type Triangle } from "./subnetworks.ts";

export interface PmccSettings {
  readonly bands: readonly PmccBand[];
  /** Windows of one band begin a part of their length after each other: this many steps to a window. */
  readonly stepsPerWindow: number;
  /** Order of the band-pass, which runs forward and backward. */
  readonly filterOrder: number;
  /** Samples to a period of a band's upper corner, at least: more are decimated away. */
  readonly samplesPerPeriod: number;
  /** Largest consistency, in periods of the band's centre and in seconds. */
  readonly maxConsistencyPeriods: number;
  readonly maxConsistencySec: number;
  /** Least mean correlation of the pairs. */
  readonly minCorrelation: number;
  /** Least share of the elements that take part. */
  readonly minElementShare: number;
  /** Most triangles to begin with. */
  readonly maxTriangles: number;
  readonly minSpeedKmPerSec: number;
  readonly maxSpeedKmPerSec: number;
}

/** One window of one band with a plane wave in it. */
export interface PmccPixel extends PlaneWave {
  /** Index into the bands of the settings. */
  readonly band: number;
  /** Begin and end of the window, s after the traces' first sample. */
  readonly fromSec: number;
  readonly toSec: number;
  readonly slownessSecPerKm: number;
  readonly backAzimuthDeg: number;
  /** Mean over the pairs. */
  readonly correlation: number;
  readonly consistencySec: number;
  /** Elements that take part, in the order in which they were taken in. */
  readonly elements: readonly number[];
  /** Root mean square of their filtered traces. */
  readonly rms: number;
}

/** Highest corner of a band as a share of the sample rate. */
const HIGHEST_SHARE = 0.45;

/** Pixels in order of band, then time. `bad` marks samples that must not be used. Throws RangeError for fewer than three elements. */
export function findPixels(
  traces: readonly Float64Array[],
  elements: readonly ElementOffset[],
  sampleRateHz: number,
  settings: PmccSettings,
  bad?: readonly Uint8Array[],
): PmccPixel[] {
  if (elements.length < 3 || traces.length !== elements.length)
    throw new RangeError(`PMCC needs a trace for each of three elements or more, not ${traces.length}`);
  const triangles = initialTriangles(elements, settings.maxTriangles);
  const badBefore = bad?.map(countBefore);
  const found: PmccPixel[][] = settings.bands.map(() => []);
  let [lower, factor] = [traces, 1];
  for (let band = settings.bands.length - 1; band >= 0; band--) {
    const { highHz } = settings.bands[band]!;
    if (highHz > HIGHEST_SHARE * sampleRateHz) continue;
    while (sampleRateHz / (2 * factor) >= settings.samplesPerPeriod * highHz) {
      lower = lower.map((trace) => decimate(trace, sampleRateHz / factor, 2));
      factor *= 2;
    }
    const rate = sampleRateHz / factor;
    const isGood = (element: number, from: number, to: number) =>
      !badBefore ||
      badBefore[element]![Math.min(traces[0]!.length, to * factor)] === badBefore[element]![from * factor];
    found[band] = pixelsOfBand(lower, elements, triangles, rate, band, settings, isGood);
  }
  return found.flat();
}

/** Counts of marked samples before each. */
function countBefore(flags: Uint8Array): Uint32Array {
  const before = new Uint32Array(flags.length + 1);
  for (let i = 0; i < flags.length; i++) before[i + 1] = before[i]! + flags[i]!;
  return before;
}

function pixelsOfBand(
  traces: readonly Float64Array[],
  elements: readonly ElementOffset[],
  triangles: readonly Triangle[],
  rate: number,
  index: number,
  settings: PmccSettings,
  isGood: (element: number, from: number, to: number) => boolean,
): PmccPixel[] {
  const band = settings.bands[index]!;
  const { stepsPerWindow: blocks, minSpeedKmPerSec, maxSpeedKmPerSec, minCorrelation, minElementShare } = settings;
  const filter = butterworthBandPass(settings.filterOrder, band.lowHz, band.highHz, rate);
  const filtered = traces.map((trace) => filterZeroPhase(filter, trace));
  const windows = { step: Math.max(1, Math.round((band.windowSec * rate) / blocks)), blocks };
  const length = windows.step * blocks;
  const count = windowCount(filtered[0]!.length, windows);
  if (count === 0) return [];
  const limitSec = Math.min(settings.maxConsistencySec, settings.maxConsistencyPeriods / centreHz(band));
  const leastElements = Math.max(3, Math.ceil(minElementShare * elements.length));
  const pairs = new Map<string, SlidingDelays>();
  const delaysOf = (a: number, b: number): SlidingDelays => {
    const key = `${a} ${b}`;
    let delays = pairs.get(key);
    if (!delays) {
      const maxLag = Math.ceil((distanceKm(elements[a]!, elements[b]!) / minSpeedKmPerSec) * rate) + 1;
      pairs.set(key, (delays = slidingDelays(filtered[a]!, filtered[b]!, windows, maxLag)));
    }
    return delays;
  };
  const sides = triangles.map(([a, b, c]) => ({
    corners: [a, b, c] as const,
    ab: delaysOf(a, b),
    bc: delaysOf(b, c),
    ac: delaysOf(a, c),
  }));
  const isSpeed = (wave: PlaneWave | null): wave is PlaneWave =>
    wave !== null && slownessOf(wave) >= 1 / maxSpeedKmPerSec && slownessOf(wave) <= 1 / minSpeedKmPerSec;
  const found: PmccPixel[] = [];
  for (let k = 0; k < count; k++) {
    const from = k * windows.step;
    const window = { from, length };
    let best: Network | null = null;
    for (const { corners, ab, bc, ac } of sides) {
      const correlation = (ab.correlations[k]! + bc.correlations[k]! + ac.correlations[k]!) / 3;
      const closureSec = Math.abs(ab.samples[k]! + bc.samples[k]! - ac.samples[k]!) / rate;
      if (correlation < minCorrelation || closureSec > limitSec) continue;
      if (Math.min(ab.correlations[k]!, bc.correlations[k]!, ac.correlations[k]!) === 0) continue;
      if (!corners.every((element) => isGood(element, from, from + length))) continue;
      const [a, b, c] = corners;
      const delays = [
        { first: a, second: b, seconds: ab.samples[k]! / rate },
        { first: b, second: c, seconds: bc.samples[k]! / rate },
        { first: a, second: c, seconds: ac.samples[k]! / rate },
      ];
      const wave = fitPlaneWave(elements, delays);
      if (!isSpeed(wave)) continue;
      const start: Network = { members: corners, delays, wave, consistencySec: closureSec, correlation };
      const grown = growNetwork(start, {
        ...{ filtered, elements, rate, window, limitSec, minCorrelation, isSpeed },
        halfPeriodSec: 0.5 / centreHz(band),
        isGood: (element) => isGood(element, from, from + length),
      });
      if (!best || isBetter(grown, best)) best = grown;
      if (best.members.length === elements.length) break;
    }
    if (!best || best.members.length < leastElements) continue;
    const { wave, members, correlation, consistencySec } = best;
    found.push({
      ...wave,
      ...{ band: index, correlation, consistencySec, elements: members },
      fromSec: from / rate,
      toSec: (from + length) / rate,
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
