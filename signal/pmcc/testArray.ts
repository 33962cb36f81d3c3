/** For tests: noise and plane waves of closed form at an array of barometers. */
import { RADIANS_PER_DEGREE, randomStream } from "@harken/core";
import type { ElementOffset } from "../fk.ts";
import { pmccBands } from "./bands.ts";
import type { FamilySettings } from "./families.ts";
import type { PmccSettings } from "./pixels.ts";

export const RATE = 20;

/** A triangle of 2 km with a centre, as at many stations of the monitoring system, or a ring of more elements. */
export const array = (count = 4, radiusKm = 1): ElementOffset[] => [
  { northKm: 0.05, eastKm: -0.1 },
  ...Array.from({ length: count - 1 }, (_, k) => {
    const angle = (2 * Math.PI * k) / (count - 1) + 0.3;
    return { northKm: radiusKm * Math.cos(angle), eastKm: radiusKm * Math.sin(angle) };
  }),
];

export const settings: PmccSettings = {
  bands: pmccBands({ lowHz: 0.1, highHz: 4, count: 9, windowPeriods: 12, minWindowSec: 10, maxWindowSec: 100 }),
  stepsPerWindow: 5,
  filterOrder: 2,
  samplesPerPeriod: 5,
  maxConsistencyPeriods: 0.08,
  maxConsistencySec: 0.3,
  minCorrelation: 0.3,
  minElementShare: 0.75,
  maxTriangles: 4,
  minSpeedKmPerSec: 0.28,
  maxSpeedKmPerSec: 0.6,
};

export const familySettings: FamilySettings = {
  sigmaWindows: 0.6,
  sigmaOctaves: 1.2,
  sigmaAzimuthDeg: 10,
  sigmaSpeed: 0.1,
  minPixels: 10,
};

export const noise = (elements: readonly ElementOffset[], seconds: number, seed: number): Float64Array[] =>
  elements.map((_, j) => {
    const random = randomStream(seed, "barometer", j);
    return Float64Array.from({ length: seconds * RATE }, () => random.normal());
  });

export interface TestTrain {
  readonly azimuthDeg: number;
  readonly speedKmPerSec: number;
  readonly lowHz: number;
  readonly highHz: number;
  readonly fromSec: number;
  readonly lengthSec: number;
  /** Root mean square in the middle of the train; noise has 1 up to 10 Hz. */
  readonly amplitude: number;
}

/** Adds a train of many sines under half a sine's envelope, in place. */
export function addTrain(
  traces: readonly Float64Array[],
  elements: readonly ElementOffset[],
  train: TestTrain,
  seed: number,
): void {
  const { azimuthDeg, speedKmPerSec, lowHz, highHz, fromSec, lengthSec, amplitude } = train;
  const random = randomStream(seed, "train");
  const lines = Array.from({ length: 60 }, () => ({
    f: lowHz + (highHz - lowHz) * random.uniform(),
    phase: 2 * Math.PI * random.uniform(),
  }));
  const a = azimuthDeg * RADIANS_PER_DEGREE;
  traces.forEach((trace, j) => {
    const { northKm, eastKm } = elements[j]!;
    const advance = (Math.cos(a) * northKm + Math.sin(a) * eastKm) / speedKmPerSec;
    for (let i = 0; i < trace.length; i++) {
      const t = i / RATE + advance - fromSec;
      if (t < 0 || t > lengthSec) continue;
      const wave = lines.reduce((sum, { f, phase }) => sum + Math.sin(2 * Math.PI * f * t + phase), 0);
      trace[i]! += (amplitude * Math.sin((Math.PI * t) / lengthSec) * wave) / Math.sqrt(lines.length / 2);
    }
  });
}
