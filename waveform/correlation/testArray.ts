/** For tests: an array in noise, with pulses of any shape that come from where one says, when and how large one says. */
import { type Origin, randomStream, type Site, type Station, type WaveformSegment } from "@harken/core";
import { testStation } from "../association/testNetwork.ts";

export const RATE_HZ = 20;

/** Nine elements on two rings, 2 and 4 km from the centre. */
export function testArray(code = "ARR"): Station {
  const sites = Array.from({ length: 9 }, (_, i): Site => {
    const radius = i === 0 ? 0 : i < 4 ? 2 : 4;
    const angle = 1.3 * i;
    const offsets = { northKm: radius * Math.cos(angle), eastKm: radius * Math.sin(angle) };
    return { network: "", code: `${code}${i}`, latitudeDeg: 50, longitudeDeg: 10, elevationKm: 0, ...offsets };
  });
  return { ...testStation(code, 50, 10, "array"), sites };
}

export interface Pulse {
  /** When it begins at the reference, s from the start. */
  readonly atSec: number;
  readonly size: number;
  /** Slowness vector towards the source, s/km. */
  readonly northSecPerKm: number;
  readonly eastSecPerKm: number;
  /** Pulses of one shape are repeats. */
  readonly shape: number;
}

/** Half a minute of tones that come and go, the same for the same number. */
function shapeOf(seed: number): (t: number) => number {
  const random = randomStream(seed, "shape");
  const tones = Array.from({ length: 120 }, () => ({
    hz: 1.1 + 2.7 * random.uniform(),
    phase: 2 * Math.PI * random.uniform(),
    at: 30 * random.uniform(),
  }));
  return (t) =>
    tones.reduce((sum, { hz, phase, at }) => {
      const x = t - at - 1;
      return sum + (Math.abs(x) < 4 ? Math.exp(-(x ** 2)) * Math.sin(2 * Math.PI * hz * x + phase) : 0);
    }, 0);
}

export function recordings(
  { sites }: Station,
  seconds: number,
  pulses: readonly Pulse[],
  startTime = 1_000_000_000,
): WaveformSegment[] {
  return sites.map(({ code, northKm, eastKm }, element) => {
    const random = randomStream(element, "noise");
    const samples = Float64Array.from({ length: seconds * RATE_HZ }, () => 100 * random.normal());
    for (const { atSec, size, northSecPerKm, eastSecPerKm, shape } of pulses) {
      const wave = shapeOf(shape);
      const begin = atSec - northKm * northSecPerKm - eastKm * eastSecPerKm;
      const first = Math.max(0, Math.floor((begin - 5) * RATE_HZ));
      const last = Math.min(samples.length, Math.ceil((begin + 40) * RATE_HZ));
      for (let i = first; i < last; i++) samples[i]! += 100 * size * wave(i / RATE_HZ - begin);
    }
    return {
      channel: { network: "", station: code, location: "", channel: "SHZ" },
      startTime,
      sampleRateHz: RATE_HZ,
      samples,
    };
  });
}

export const testOrigin = (time: number, mb: number | null = null): Origin => ({
  ...{ key: "o", time, latitudeDeg: 52, longitudeDeg: 12, depthKm: 0, depthType: "surface", error: null },
  ...{ associations: [], definingCount: 0, stationCount: 0, azimuthGapDeg: 360, rmsResidualSec: 0, author: "test" },
  magnitudes: mb === null ? [] : [{ type: "mb", value: mb, uncertainty: 0.1, stationCount: 3, stations: [] }],
  remarks: [],
});
