/**
 * Hours of noise without a signal: what a station's recipe detects in them is false.
 *
 *     const found = detectInNoise({ seed: 1, kind: "3c", noiseLevel: 0.3, hours: 24 });
 */
import type { Arrival } from "@harken/core";
import { processStation } from "@harken/waveform";
import { type KnownSignalSpec, noiseOf, stationOf } from "./knownSignals.ts";

export interface NoiseCampaign {
  readonly seed: number;
  readonly kind: KnownSignalSpec["kind"];
  /** Between Peterson's low (0) and high (1) noise models. */
  readonly noiseLevel: number;
  readonly hours: number;
}

const START = 1_500_000_000;
/** Data are made and worked on in stretches of this length: each begins with a background of its own. */
const STRETCH_HOURS = 2;

export function detectInNoise({ seed, kind, noiseLevel, hours }: NoiseCampaign): Arrival[] {
  const station = stationOf(kind);
  return Array.from({ length: Math.ceil(hours / STRETCH_HOURS) }, (_, k) => {
    const lengthSec = 3600 * Math.min(STRETCH_HOURS, hours - k * STRETCH_HOURS);
    const startTime = START + k * STRETCH_HOURS * 3600;
    const noise = { seed, key: `noise alone ${kind} ${noiseLevel}`, noiseLevel, startTime, lengthSec };
    const segments = station.channels.map((channel) => ({
      channel: channel.id,
      startTime,
      sampleRateHz: channel.sampleRateHz!,
      samples: Float32Array.from(noiseOf(station, channel, noise)),
    }));
    return processStation({ station, segments, keyPrefix: `${k}-` }).arrivals;
  }).flat();
}
