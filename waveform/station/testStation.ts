/**
 * For tests: stations of made-up data. Noise is like a seismometer's (a microseism of 5 s, and white noise twenty times weaker), waves cross a station
 * as a plane wave does.
 */
import {
  type Channel,
  type InstrumentResponse,
  RADIANS_PER_DEGREE,
  randomStream,
  type Station,
  type WaveformSegment,
} from "@harken/core";

export const START = 1_500_000_000;

/** A broadband seismometer: 120 s, 0.7 of critical damping, 6e8 counts per m/s. */
export const broadband: InstrumentResponse = {
  stages: [
    {
      kind: "paz",
      domain: "laplace",
      inputUnit: "m/s",
      outputUnit: "counts",
      poles: [
        { re: -0.037, im: 0.037 },
        { re: -0.037, im: -0.037 },
      ],
      zeros: [
        { re: 0, im: 0 },
        { re: 0, im: 0 },
      ],
      normalization: 1,
      gain: 6e8,
      gainFrequencyHz: 1,
    },
  ],
  sensitivity: 6e8,
  sensitivityFrequencyHz: 1,
  inputUnit: "m/s",
};
export interface TestStationOptions {
  readonly technology?: Station["technology"];
  /** Offsets of the elements, km north and east; one for a single station. */
  readonly places?: readonly (readonly [northKm: number, eastKm: number])[];
  readonly channels?: readonly string[];
  readonly rate?: number;
  readonly response?: InstrumentResponse | null;
}

const COMPONENTS: Readonly<Record<string, readonly [hangDeg: number, vangDeg: number]>> = {
  Z: [-1, 0],
  N: [0, 90],
  E: [90, 90],
  F: [-1, 0],
  H: [-1, 0],
};

export function testStation({
  technology = "seismic",
  places = [[0, 0]],
  channels = ["BHZ", "BHN", "BHE"],
  rate = 40,
  response = null,
}: TestStationOptions = {}): Station {
  const place = { latitudeDeg: 10, longitudeDeg: 20, elevationKm: 0 };
  const code = (i: number) => (places.length > 1 ? `TS${String(i).padStart(2, "0")}` : "TST");
  const sites = places.map(([northKm, eastKm], i) => ({ network: "XX", code: code(i), ...place, northKm, eastKm }));
  return {
    code: "TST",
    network: "XX",
    name: "",
    technology,
    kind: places.length > 1 ? "array" : channels.length > 1 ? "3c" : "1c",
    role: null,
    ...place,
    sites,
    channels: sites.flatMap(({ code: station }) =>
      channels.map((channel): Channel => {
        const [hangDeg, vangDeg] = COMPONENTS[channel.slice(-1)]!;
        const id = { network: "XX", station, location: "", channel };
        const known = { instrument: "", calibNmPerCount: null, calperSec: null, response };
        return {
          id,
          startTime: null,
          endTime: null,
          ...place,
          depthKm: 0,
          hangDeg,
          vangDeg,
          sampleRateHz: rate,
          ...known,
        };
      }),
    ),
  };
}

/** Standard deviation of the white part of the noise, counts. */
export const WHITE = 100;

/** Noise on every channel of a station. */
export function noiseSegments(station: Station, seconds: number, seed: number): WaveformSegment[] {
  return station.channels.map(({ id, sampleRateHz }) => {
    const rate = sampleRateHz!;
    const random = randomStream(seed, id.station, id.channel);
    const samples = new Int32Array(Math.round(seconds * rate));
    // A resonator of 0.2 Hz driven by noise.
    const radius = 1 - (Math.PI * 0.1) / rate;
    const c = 2 * radius * Math.cos((2 * Math.PI * 0.2) / rate);
    const drive = (0.7 * WHITE * Math.sqrt(40)) / rate;
    let [a, b] = [0, 0];
    for (let i = 0; i < samples.length; i++) {
      [a, b] = [c * a - radius * radius * b + drive * random.normal(), a];
      samples[i] = Math.round(a + WHITE * random.normal());
    }
    return { channel: id, startTime: START, sampleRateHz: rate, samples };
  });
}

export interface TestWave {
  /** Seconds after `START` at which it reaches the reference point. */
  readonly atSec: number;
  readonly frequencyHz: number;
  readonly amplitude: number;
  readonly azimuthDeg: number;
  readonly slownessSecPerKm: number;
  /** Angle of its motion from the vertical, deg; 90 for motion along the azimuth. */
  readonly incidenceDeg?: number;
  /** Time over which it dies away, s. */
  readonly decaySec?: number;
  /** A sine when true; else lines over two octaves, without which an array cannot tell a direction from its side lobes. */
  readonly pure?: boolean;
}

/** Lines of a wave as multiples of its frequency, and the factor that gives their sum the power of a sine. */
const LINES = [0.5, 0.66, 0.83, 1, 1.21, 1.47, 1.81] as const;
const LINE_SHARE = 1 / Math.sqrt(LINES.length);

/** Adds a wave to every channel, in place: it begins at once and dies away. */
export function addWave(station: Station, segments: readonly WaveformSegment[], wave: TestWave): void {
  const { atSec, frequencyHz, amplitude, slownessSecPerKm, incidenceDeg = 0, decaySec = 4, pure = false } = wave;
  const form = (t: number) =>
    pure
      ? Math.sin(2 * Math.PI * frequencyHz * t)
      : LINE_SHARE * LINES.reduce((sum, f, k) => sum + Math.sin(2 * Math.PI * f * frequencyHz * t + (k % 2) * 2.1), 0);
  const azimuth = wave.azimuthDeg * RADIANS_PER_DEGREE;
  const incidence = incidenceDeg * RADIANS_PER_DEGREE;
  for (const { channel, startTime, sampleRateHz: rate, samples } of segments) {
    const site = station.sites.find(({ code }) => code === channel.station)!;
    const toward = Math.cos(azimuth) * site.northKm + Math.sin(azimuth) * site.eastKm;
    const onset = START + atSec - slownessSecPerKm * toward;
    // Upward motion goes with motion away from the source.
    const along = { N: -Math.cos(azimuth) * Math.sin(incidence), E: -Math.sin(azimuth) * Math.sin(incidence) };
    const share = along[channel.channel.slice(-1) as "N" | "E"] ?? Math.cos(incidence);
    for (let i = Math.max(0, Math.ceil((onset - startTime) * rate)); i < samples.length; i++) {
      const t = startTime + i / rate - onset;
      if (t > 8 * decaySec) break;
      samples[i]! += share * amplitude * Math.exp(-t / decaySec) * form(t);
    }
  }
}

/** Two rings about a centre, like a regional array's. */
export const ARRAY_PLACES: readonly (readonly [number, number])[] = [[0, 0], ...ring(3, 0.4), ...ring(5, 1)];

function ring(count: number, radiusKm: number): (readonly [number, number])[] {
  return Array.from({ length: count }, (_, k) => {
    const angle = (2 * Math.PI * k) / count;
    return [radiusKm * Math.cos(angle), radiusKm * Math.sin(angle)] as const;
  });
}
