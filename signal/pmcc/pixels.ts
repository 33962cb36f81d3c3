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

import { decimate } from "../decimate.ts";
import type { ElementOffset } from "../fk.ts";
import { bandPixels } from "./bandPixels.ts";
import type { PmccBand } from "./bands.ts";
import type { PlaneWave } from "./planeWave.ts";
import { initialTriangles } from "./subnetworks.ts";

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

export interface PixelOptions {
  /** 1 for each trace's samples that must not be used. */
  readonly bad?: readonly Uint8Array[];
  /**
   * Number of the traces' first sample on a clock of the caller's: windows begin at whole steps of that clock, so that the same pixels come out
   * whatever stretch of a recording is looked at.
   */
  readonly firstSample?: number;
}

/** Pixels in order of band, then time. Throws RangeError for fewer than three elements. */
export function findPixels(
  traces: readonly Float64Array[],
  elements: readonly ElementOffset[],
  sampleRateHz: number,
  settings: PmccSettings,
  { bad, firstSample = 0 }: PixelOptions = {},
): PmccPixel[] {
  if (elements.length < 3 || traces.length !== elements.length)
    throw new RangeError(`PMCC needs a trace for each of three elements or more, not ${traces.length}`);
  const { bands, samplesPerPeriod, maxTriangles } = settings;
  const triangles = initialTriangles(elements, maxTriangles);
  const badBefore = bad?.map(countBefore);
  const halvings = (highHz: number) => Math.max(0, Math.floor(Math.log2(sampleRateHz / (samplesPerPeriod * highHz))));
  const coarsest = 2 ** Math.max(0, ...bands.map(({ highHz }) => halvings(highHz)));
  const skip = roundUp(firstSample, coarsest) - firstSample;
  const length = traces[0]!.length;
  const found: PmccPixel[][] = bands.map(() => []);
  let lower = traces.map((trace) => trace.subarray(Math.min(skip, length)));
  let factor = 1;
  for (let band = bands.length - 1; band >= 0; band--) {
    const { highHz } = bands[band]!;
    if (highHz > HIGHEST_SHARE * sampleRateHz) continue;
    while (factor < 2 ** halvings(highHz)) {
      lower = lower.map((trace) => decimate(trace, sampleRateHz / factor, 2));
      factor *= 2;
    }
    const original = (sample: number) => Math.min(length, skip + sample * factor);
    found[band] = bandPixels(lower, elements, triangles, sampleRateHz / factor, band, settings, {
      firstSample: (firstSample + skip) / factor,
      startSec: skip / sampleRateHz,
      isGood: (element, from, to) =>
        !badBefore || badBefore[element]![original(to)] === badBefore[element]![original(from)],
    });
  }
  return found.flat();
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/** Counts of marked samples before each. */
function countBefore(flags: Uint8Array): Uint32Array {
  const before = new Uint32Array(flags.length + 1);
  for (let i = 0; i < flags.length; i++) before[i + 1] = before[i]! + flags[i]!;
  return before;
}
