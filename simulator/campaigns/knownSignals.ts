/**
 * Single signals of known onset and direction in noise of a known colour, for measuring how well station processing reads them. Every shape
 * is a closed form that is zero before its onset, with scattered waves of the same shape behind it: the waves of the simulated world
 * (../signals) pass filters of linear phase and have no sharp begin. Noise lies between Peterson's models as an STS-2 sees it. A signal's
 * size is set by its short-term average over the noise's, where that is largest among the bands given.
 *
 *     const { station, segments, truth } = knownSignal({ seed: 1, number: 7, snr: 10, shape: "pulse", noiseLevel: 0.3, kind: "3c", bands });
 */
import {
  type Channel,
  channelKey,
  KM_PER_DEGREE,
  mean,
  RADIANS_PER_DEGREE,
  type RandomStream,
  randomStream,
  type Station,
  type WaveformSegment,
} from "@harken/core";
import { butterworthBandPass, filterForward } from "@harken/signal";
import { sts2 } from "../instruments.ts";
import { addNoise, noiseAmplitudes } from "../noise/channelNoise.ts";

/** A pulse that begins with a step, one that begins smoothly, a wave that rings at once, and one that grows over its first period. */
export const signalShapes = ["pulse", "smooth", "ringing", "growing"] as const;
export type SignalShape = (typeof signalShapes)[number];

export interface KnownSignalSpec {
  readonly seed: number;
  /** Tells the signals of one seed apart. */
  readonly number: number;
  /** Short-term average over the noise's, of one vertical, at its largest. */
  readonly snr: number;
  readonly shape: SignalShape;
  /** Between Peterson's low (0) and high (1) noise models. */
  readonly noiseLevel: number;
  readonly kind: "3c" | "array";
  /** Bands in which the size is looked at. */
  readonly bands: readonly { readonly lowHz: number; readonly highHz: number; readonly staSec: number }[];
}

export interface KnownSignal {
  readonly station: Station;
  readonly segments: readonly WaveformSegment[];
  readonly truth: { readonly time: number; readonly azimuthDeg: number; readonly slownessSecPerDeg: number };
}

const RATE = 40;
const START = 1_500_000_000;
const LENGTH_SEC = 110;
/** The onset comes after a background of nearly the recipe's long window, and at any place between two samples. */
const ONSET_SEC = { least: 75, range: 1 } as const;
/** S velocity under stations, km/s: the middle one and the scatter of its logarithm. */
const SURFACE_S_VELOCITY = { middle: 2.4, scatter: 0.2 } as const;
/** Half the apparent angle of incidence is 25 deg at most: rays bend upwards in what is slow near the surface. */
const LARGEST_SINE = Math.sin(25 * RADIANS_PER_DEGREE);
const MICROSEISM_SEC_PER_KM = 1 / 3.2;

/** Frequency, Hz, and slowness, s/deg, of teleseismic, regional and local waves. */
const distances = [
  { frequencyHz: [0.9, 2], slowness: [4.5, 9] },
  { frequencyHz: [2, 5], slowness: [9, 14] },
  { frequencyHz: [4, 9], slowness: [10, 18] },
] as const;
const RINGING_DECAY_SEC = 2.5;
const GROWING_PERIODS = 1;
/** A wave is followed for this long. */
const MOTION_SEC = 12;
const CODA = { share: 0.25, decaySec: 5, lengthSec: 15, wavesPerSec: 4 } as const;
/** Scattered motion of the horizontals beside the vertical's. */
const SCATTERED_HORIZONTAL = 0.6;
const FILTER_ORDER = 3;
const HIGHEST_SHARE = 0.45;

/** Nine elements in two rings, as the regional arrays of the north are built. */
export const ringPlaces: readonly (readonly [northKm: number, eastKm: number])[] = [
  [0, 0],
  ...ring(3, 0.4),
  ...ring(5, 1),
];

function ring(count: number, radiusKm: number): (readonly [number, number])[] {
  return Array.from({ length: count }, (_, k) => {
    const angle = (2 * Math.PI * k) / count;
    return [radiusKm * Math.cos(angle), radiusKm * Math.sin(angle)] as const;
  });
}

export function knownSignal(spec: KnownSignalSpec): KnownSignal {
  const { seed, number, shape, kind } = spec;
  const random = randomStream(seed, "known signal", kind, shape, number);
  const between = ([low, high]: readonly [number, number]) => low + (high - low) * random.uniform();
  const range = distances[random.integer(distances.length)]!;
  const wave: Wave = {
    onsetSec: ONSET_SEC.least + ONSET_SEC.range * random.uniform(),
    azimuthDeg: 360 * random.uniform(),
    slownessSecPerDeg: between(range.slowness),
    frequencyHz: between(range.frequencyHz),
    polarity: random.uniform() < 0.5 ? -1 : 1,
    surfaceSvelocity: SURFACE_S_VELOCITY.middle * Math.exp(SURFACE_S_VELOCITY.scatter * random.normal()),
  };
  const station = stationOf(kind);
  const own = { seed, key: keyOf(spec), noiseLevel: spec.noiseLevel, startTime: START, lengthSec: LENGTH_SEC };
  const noise = station.channels.map((channel) => noiseOf(station, channel, own));
  const signal = station.channels.map((channel) => waveAt(station, channel, wave, spec));
  const scale = spec.snr / largestRatio(signal[0]!, noise[0]!, spec.bands);
  return {
    station,
    segments: station.channels.map(({ id }, j) => ({
      channel: id,
      startTime: START,
      sampleRateHz: RATE,
      samples: Float32Array.from(noise[j]!, (v, i) => v + scale * signal[j]![i]!),
    })),
    truth: {
      time: START + wave.onsetSec,
      azimuthDeg: wave.azimuthDeg,
      slownessSecPerDeg: wave.slownessSecPerDeg,
    },
  };
}

interface Wave {
  readonly onsetSec: number;
  readonly azimuthDeg: number;
  readonly slownessSecPerDeg: number;
  readonly frequencyHz: number;
  readonly polarity: 1 | -1;
  readonly surfaceSvelocity: number;
}

/** The station of the campaigns, of broadband sensors: one three-component site, or nine elements in two rings. */
export function stationOf(kind: KnownSignalSpec["kind"]): Station {
  const place = { latitudeDeg: 10, longitudeDeg: 20, elevationKm: 0 };
  const places = kind === "array" ? ringPlaces : ringPlaces.slice(0, 1);
  const sites = places.map(([northKm, eastKm], i) => ({
    ...{ network: "XX", code: kind === "array" ? `KS${String(i).padStart(2, "0")}` : "KST", ...place, northKm, eastKm },
  }));
  const components = kind === "array" ? (["Z"] as const) : (["Z", "N", "E"] as const);
  return {
    ...{ code: "KST", network: "XX", name: "", technology: "seismic", kind, role: null, ...place, sites },
    channels: sites.flatMap(({ code }) =>
      components.map(
        (component): Channel => ({
          id: { network: "XX", station: code, location: "", channel: `BH${component}` },
          ...{ startTime: null, endTime: null, ...place, depthKm: 0, sampleRateHz: RATE },
          hangDeg: { Z: -1, N: 0, E: 90 }[component],
          vangDeg: component === "Z" ? 0 : 90,
          ...{ instrument: sts2.name, calibNmPerCount: null, calperSec: null, response: sts2.response },
        }),
      ),
    ),
  };
}

/** Time by which a wave from an azimuth reaches a channel's place after the reference point, s. */
function delayAt(station: Station, { id }: Channel, azimuthDeg: number, slownessSecPerKm: number): number {
  const { northKm, eastKm } = station.sites.find(({ code }) => code === id.station)!;
  const azimuth = azimuthDeg * RADIANS_PER_DEGREE;
  return -slownessSecPerKm * (Math.cos(azimuth) * northKm + Math.sin(azimuth) * eastKm);
}

const keyOf = ({ kind, shape, number }: KnownSignalSpec): string => `${kind} ${shape} ${number}`;

export interface StationNoise {
  readonly seed: number;
  /** Tells the noises of one seed apart. */
  readonly key: string;
  /** Between Peterson's low (0) and high (1) noise models. */
  readonly noiseLevel: number;
  readonly startTime: number;
  readonly lengthSec: number;
}

/** A channel's noise, with a microseism that crosses the station from one direction. */
export function noiseOf(station: Station, channel: Channel, noise: StationNoise): Float64Array {
  const { seed, key, noiseLevel, startTime, lengthSec } = noise;
  const out = new Float64Array(Math.round(lengthSec * RATE));
  const towardsDeg = 360 * randomStream(seed, "microseism", key).uniform();
  addNoise(out, startTime * RATE, {
    ...{ seed, sampleRateHz: RATE, key: `${key} ${channelKey(channel.id)}` },
    amplitudes: noiseAmplitudes(sts2, RATE, noiseLevel),
    microseism: {
      key: `${key} ${channel.hangDeg}`,
      delaySec: delayAt(station, channel, towardsDeg, MICROSEISM_SEC_PER_KM),
    },
  });
  return out;
}

/** Share of a P wave's motion that a channel sees, with the free surface's bend of the ray (Wiechert 1907). */
function shareOf({ hangDeg }: Channel, { azimuthDeg, slownessSecPerDeg, surfaceSvelocity, polarity }: Wave): number {
  const incidence = 2 * Math.asin(Math.min(LARGEST_SINE, (surfaceSvelocity * slownessSecPerDeg) / KM_PER_DEGREE));
  if (hangDeg < 0) return polarity * Math.cos(incidence);
  return -polarity * Math.sin(incidence) * Math.cos((azimuthDeg - hangDeg) * RADIANS_PER_DEGREE);
}

/** The motion of a wave t seconds after its onset, of size 1 or so, at a frequency. */
const motionOf: Readonly<Record<SignalShape, (t: number, frequencyHz: number) => number>> = {
  // Velocity of the displacement t exp(-w t) of an omega-square source (Brune 1970), and of t^2 exp(-w t), which begins without a step.
  pulse: (t, frequencyHz) => {
    const x = Math.PI * frequencyHz * t;
    return (1 - x) * Math.exp(-x);
  },
  smooth: (t, frequencyHz) => {
    const x = 2 * Math.PI * frequencyHz * t;
    return x * (2 - x) * Math.exp(-x);
  },
  ringing: (t, frequencyHz) => Math.exp(-t / RINGING_DECAY_SEC) * Math.sin(2 * Math.PI * frequencyHz * t),
  growing: (t, frequencyHz) =>
    Math.min(1, (t * frequencyHz) / GROWING_PERIODS) *
    Math.exp(-t / RINGING_DECAY_SEC) *
    Math.sin(2 * Math.PI * frequencyHz * t),
};

/** Waves of the same motion that come later from anywhere: when, and how large. */
function scatteredWaves(random: RandomStream): { at: number; size: number }[] {
  const count = Math.round(CODA.wavesPerSec * CODA.lengthSec);
  return Array.from({ length: count }, () => {
    const at = CODA.lengthSec * random.uniform();
    return { at, size: CODA.share * Math.exp(-at / CODA.decaySec) * random.normal() };
  });
}

function waveAt(station: Station, channel: Channel, wave: Wave, spec: KnownSignalSpec) {
  const { seed, shape } = spec;
  const { azimuthDeg, slownessSecPerDeg, frequencyHz } = wave;
  const out = new Float64Array(LENGTH_SEC * RATE);
  const onset = wave.onsetSec + delayAt(station, channel, azimuthDeg, slownessSecPerDeg / KM_PER_DEGREE);
  const add = (at: number, size: number) => {
    const end = Math.min(out.length, (at + MOTION_SEC) * RATE);
    for (let i = Math.ceil(at * RATE); i < end; i++) out[i]! += size * motionOf[shape](i / RATE - at, frequencyHz);
  };
  const own = keyOf(spec);
  const gain = shareOf(channel, wave);
  add(onset, gain);
  for (const { at, size } of scatteredWaves(randomStream(seed, "coda", own))) add(onset + at, gain * size);
  const beside = channel.hangDeg < 0 ? 1 : SCATTERED_HORIZONTAL;
  for (const { at, size } of scatteredWaves(randomStream(seed, "coda", own, channelKey(channel.id))))
    add(onset + at, beside * size);
  return out;
}

/** Largest short-term average of a signal over the noise's average, among the bands. */
function largestRatio(signal: Float64Array, noise: Float64Array, bands: KnownSignalSpec["bands"]): number {
  let most = 0;
  for (const { lowHz, highHz, staSec } of bands) {
    if (highHz > HIGHEST_SHARE * RATE) continue;
    const filter = butterworthBandPass(FILTER_ORDER, lowHz, highHz, RATE);
    const x = filterForward(filter, signal);
    const length = Math.round(staSec * RATE);
    let [sum, largest] = [0, 0];
    for (let i = 0; i < x.length; i++) {
      sum += Math.abs(x[i]!) - (i >= length ? Math.abs(x[i - length]!) : 0);
      largest = Math.max(largest, sum);
    }
    most = Math.max(most, largest / length / mean(filterForward(filter, noise).map(Math.abs)));
  }
  return most;
}
