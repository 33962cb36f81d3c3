/** For the contract's test: an array of five elements and its recording of one plane wave. */
import { KM_PER_DEGREE, RADIANS_PER_DEGREE, randomStream, type Station, type WaveformSegment } from "@harken/core";
import { T0 } from "./testRows.ts";

const PLACES = [
  [0, 0],
  [0.8, 0.2],
  [-0.5, 0.7],
  [-0.4, -0.8],
  [0.6, -0.6],
] as const;
const RATE = 20;

/** The wave as it is made: its onset at the reference point, and where it comes from. */
export const wave = { time: T0 + 150, azimuthDeg: 310, slownessSecPerDeg: 0.08 * KM_PER_DEGREE };

const place = { latitudeDeg: 15, longitudeDeg: 35, elevationKm: 0.2 };
const sites = PLACES.map(([northKm, eastKm], i) => ({ network: "XX", code: `AR${i}`, ...place, northKm, eastKm }));

export const array: Station = {
  ...{ code: "ARR", network: "XX", name: "Array", technology: "seismic", kind: "array", role: null, ...place, sites },
  channels: sites.map(({ code }) => ({
    id: { network: "XX", station: code, location: "", channel: "SHZ" },
    ...{ startTime: null, endTime: null, ...place, depthKm: 0, hangDeg: -1, vangDeg: 0 },
    ...{ sampleRateHz: RATE, instrument: "test", calibNmPerCount: 0.1, calperSec: 1, response: null },
  })),
};

/** Five minutes from T0: a sum of sines between 1 and 4 Hz in white noise. */
export function recordings(): WaveformSegment[] {
  const azimuth = wave.azimuthDeg * RADIANS_PER_DEGREE;
  const random = randomStream(7, "lines");
  const lines = Array.from({ length: 30 }, () => ({ hz: 1 + 3 * random.uniform(), phase: 6.28 * random.uniform() }));
  return array.channels.map(({ id }, j) => {
    const { northKm, eastKm } = sites[j]!;
    const noise = randomStream(8, id.station);
    const early = (wave.slownessSecPerDeg / KM_PER_DEGREE) * (Math.cos(azimuth) * northKm + Math.sin(azimuth) * eastKm);
    const samples = Int32Array.from({ length: 300 * RATE }, (_, i) => {
      const t = T0 + i / RATE + early - wave.time;
      const form = lines.reduce((sum, { hz, phase }) => sum + Math.sin(2 * Math.PI * hz * t + phase), 0);
      return Math.round(50 * noise.normal() + (t < 0 ? 0 : 200 * Math.exp(-t / 5) * form));
    });
    return { channel: id, startTime: T0, sampleRateHz: RATE, samples };
  });
}
