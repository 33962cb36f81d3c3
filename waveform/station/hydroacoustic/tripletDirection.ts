/** Direction of a sound at a triplet of hydrophones: from the delays that fit together, by progressive multichannel correlation. */
import { KM_PER_DEGREE, RADIANS_PER_DEGREE, wrapAzimuth } from "@harken/core";
import { findPixels, type PmccSettings } from "@harken/signal";
import { type Direction, noDirection } from "../direction.ts";
import type { Element } from "../elements.ts";
import { planeWaveError, semblanceOf } from "../planeWaveError.ts";

/** Sound in the channel crosses a triplet at 1.44 to 1.55 km/s; more room for the noise of the delays. */
const SETTINGS: Omit<PmccSettings, "bands"> = {
  stepsPerWindow: 4,
  filterOrder: 2,
  samplesPerPeriod: 5,
  maxConsistencyPeriods: 0.1,
  maxConsistencySec: 0.02,
  minCorrelation: 0.35,
  minElementShare: 1,
  maxTriangles: 1,
  minSpeedKmPerSec: 1.3,
  maxSpeedKmPerSec: 1.8,
};
/** Windows in periods of the band's centre, with a least length, s. */
const WINDOW_PERIODS = 24;
const LEAST_WINDOW_SEC = 2;
/** Data around the onset, s. */
const BEFORE_SEC = 4;
const AFTER_SEC = 30;
/** What the ocean bends a path by, deg, and its slowness at the triplet, as a share. */
const MODEL_AZIMUTH_DEG = 0.5;
const MODEL_SLOWNESS = 0.01;

/** Null where the delays do not fit a sound of the ocean. */
export function tripletDirection(
  elements: readonly Element[],
  rate: number,
  onset: number,
  { lowHz, highHz }: { readonly lowHz: number; readonly highHz: number },
): Direction | null {
  const from = Math.max(0, Math.round(onset - BEFORE_SEC * rate));
  const to = Math.round(onset + AFTER_SEC * rate);
  const windowSec = Math.max(LEAST_WINDOW_SEC, WINDOW_PERIODS / Math.sqrt(lowHz * highHz));
  const pixels = findPixels(
    elements.map(({ trace }) => trace.samples.subarray(from, to)),
    elements,
    rate,
    { ...SETTINGS, bands: [{ lowHz, highHz, windowSec }] },
    { bad: elements.map(({ trace }) => trace.bad.subarray(from, to)) },
  );
  let [sum, north, east, correlation] = [0, 0, 0, 0];
  for (const pixel of pixels) {
    const weight = pixel.correlation / Math.max(0.01, 1 - pixel.correlation);
    sum += weight;
    north += weight * pixel.northSecPerKm;
    east += weight * pixel.eastSecPerKm;
    correlation += weight * pixel.correlation;
  }
  if (sum === 0) return null;
  const vector = { northSecPerKm: north / sum, eastSecPerKm: east / sum };
  const slowness = Math.hypot(vector.northSecPerKm, vector.eastSecPerKm);
  const mean = correlation / sum;
  const semblance = semblanceOf(elements, mean);
  const error = planeWaveError(elements, { lowHz, highHz, sec: windowSec, correlation: mean, ...vector });
  return {
    ...noDirection,
    // Of the mean correlation of the pairs: beam power over residual, as of an f-k peak.
    fkQuality: (semblance / Math.max(1e-6, 1 - semblance)) * (elements.length - 1),
    azimuthDeg: wrapAzimuth(Math.atan2(vector.eastSecPerKm, vector.northSecPerKm) / RADIANS_PER_DEGREE),
    azimuthErrorDeg: Math.hypot(MODEL_AZIMUTH_DEG, error.transverseErrorSecPerKm / slowness / RADIANS_PER_DEGREE),
    slownessSecPerDeg: slowness * KM_PER_DEGREE,
    slownessErrorSecPerDeg: Math.hypot(MODEL_SLOWNESS * slowness, error.radialErrorSecPerKm) * KM_PER_DEGREE,
  };
}
