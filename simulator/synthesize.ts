/**
 * What the channels of a station record in a stretch of time. The same sample comes out whatever stretch it is asked in, on any machine with the
 * same arithmetic: noise and signals stand on a grid of samples since 1970 and are always added in the same order.
 *
 *     synthesize(world, station, startTime, startTime + 3600); // one Int32 segment for each channel
 */
import {
  type Channel,
  channelKey,
  distanceAzimuth,
  KM_PER_DEGREE,
  RADIANS_PER_DEGREE,
  randomStream,
  type Station,
  type WaveformSegment,
} from "@harken/core";
import { mediumVelocityKmPerSec } from "@harken/earth";
import { type Seismometer, sts2 } from "./instruments.ts";
import { addNoise, type Microseism, noiseAmplitudes } from "./noise/channelNoise.ts";
import { type TrueArrival, trueArrivals } from "./signals/arrivals.ts";
import { addRayleighTrain, type RayleighTrain, rayleighTrain, trainSpan } from "./signals/surfaceWave.ts";
import { addTrace, commonCoda, type PhaseSignal, phaseSignal } from "./signals/wavelet.ts";
import { synthesizeSounds } from "./sounds/synthesizeSounds.ts";
import { seismometerOf } from "./world/network.ts";
import type { World } from "./world/world.ts";

/** Stations differ in quietness: levels between Peterson's low (0) and high (1) noise models. */
const NOISE_LEVEL = { least: 0.12, range: 0.25 } as const;
/** Horizontal sensors feel the ground tilt: they are noisier by this step of the level. */
const HORIZONTAL_NOISE_STEP = 0.04;
/** Microseisms are Rayleigh waves of about this velocity. */
const MICROSEISM_KM_PER_SEC = 3.2;
/** Share of S motion in the vertical plane of the path: the angle from that plane lies within these bounds. */
const S_PLANE_ANGLE_DEG = { least: 25, range: 40 } as const;
/** Scattered waves shake the other components too. */
const SCATTERED = { P: { vertical: 1, horizontal: 0.6 }, S: { vertical: 0.6, horizontal: 1 } } as const;
/** No wave of an event is followed for longer, s. */
const LONGEST_TRAVEL_SEC = 7200;
/** No signal's buffer is longer than this, s. */
const LONGEST_SIGNAL_SEC = 600;
const INT32_LIMIT = 2 ** 31 - 1;

/** One segment of counts for each channel, with the samples at or after `from` and before `to`. Empty for an empty stretch. */
export function synthesize(world: World, station: Station, from: number, to: number): WaveformSegment[] {
  if (station.technology !== "seismic") return synthesizeSounds(world, station, from, to);
  const { sampleRateHz } = world.config;
  const firstIndex = Math.ceil(from * sampleRateHz);
  const count = Math.ceil(to * sampleRateHz) - firstIndex;
  if (!(count > 0)) return [];
  const signals = signalsWithin(world, station, firstIndex, count);
  const trains = trainsWithin(world, station, from, to);
  return station.channels.map((channel) => {
    const sum = new Float64Array(count);
    addChannelNoise(sum, firstIndex, world, station, channel);
    for (const signal of signals) addSignal(sum, firstIndex, world, station, channel, signal);
    const seismometer = seismometerOf(channel);
    if (seismometer === sts2) {
      for (const { train, awayDeg } of trains) {
        const share = { vertical: verticalShare(channel), radial: horizontalShare(channel, awayDeg) };
        addRayleighTrain(sum, firstIndex, sampleRateHz, train, seismometer, share);
      }
    }
    return {
      channel: channel.id,
      startTime: firstIndex / sampleRateHz,
      sampleRateHz,
      samples: Int32Array.from(sum, (value) => Math.round(Math.max(-INT32_LIMIT, Math.min(INT32_LIMIT, value)))),
      calibNmPerCount: channel.calibNmPerCount!,
      calperSec: channel.calperSec!,
    };
  });
}

const isVertical = ({ hangDeg }: Channel) => hangDeg < 0;
const verticalShare = (channel: Channel) => (isVertical(channel) ? 1 : 0);
/** Share of a horizontal motion towards an azimuth that a channel sees. */
const horizontalShare = (channel: Channel, azimuthDeg: number) =>
  isVertical(channel) ? 0 : Math.cos((azimuthDeg - channel.hangDeg) * RADIANS_PER_DEGREE);

/** Time by which a plane wave reaches a channel's place later than the station's reference point, s. */
function planeWaveDelay(station: Station, channel: Channel, towardsDeg: number, slownessSecPerKm: number): number {
  const site = station.sites.find(({ code }) => code === channel.id.station)!;
  const azimuth = towardsDeg * RADIANS_PER_DEGREE;
  return slownessSecPerKm * (site.northKm * Math.cos(azimuth) + site.eastKm * Math.sin(azimuth));
}

const amplitudesMade = new Map<string, Float64Array>();

function amplitudesOf(seismometer: Seismometer, sampleRateHz: number, level: number): Float64Array {
  const key = `${seismometer.name} ${sampleRateHz} ${level}`;
  let amplitudes = amplitudesMade.get(key);
  if (!amplitudes) amplitudesMade.set(key, (amplitudes = noiseAmplitudes(seismometer, sampleRateHz, level)));
  return amplitudes;
}

function addChannelNoise(sum: Float64Array, firstIndex: number, world: World, station: Station, channel: Channel) {
  const { seed, sampleRateHz } = world.config;
  const random = randomStream(seed, "quietness", station.code);
  const level = NOISE_LEVEL.least + NOISE_LEVEL.range * random.uniform();
  const towardsDeg = 360 * random.uniform();
  const delaySec = planeWaveDelay(station, channel, towardsDeg, 1 / MICROSEISM_KM_PER_SEC);
  // Components of one sensor do not share a wave's phase; elements of an array do.
  const microseism: Microseism = { key: `${station.code} ${channel.hangDeg}`, delaySec };
  const own = isVertical(channel) ? level : level + HORIZONTAL_NOISE_STEP;
  const amplitudes = amplitudesOf(seismometerOf(channel), sampleRateHz, own);
  addNoise(sum, firstIndex, { seed, key: channelKey(channel.id), sampleRateHz, amplitudes, microseism });
}

interface Signal {
  readonly arrival: TrueArrival;
  readonly phase: PhaseSignal;
  readonly common: Float64Array;
}

function signalsWithin(world: World, station: Station, firstIndex: number, count: number): readonly Signal[] {
  const { seed, sampleRateHz } = world.config;
  const from = firstIndex / sampleRateHz;
  const to = (firstIndex + count) / sampleRateHz;
  return world.events
    .filter(({ time }) => time < to && time + LONGEST_TRAVEL_SEC > from)
    .flatMap((event) => trueArrivals(world, station, event))
    .filter(({ time }) => time < to + LONGEST_SIGNAL_SEC && time > from - LONGEST_SIGNAL_SEC)
    .flatMap((arrival): Signal[] => {
      const phase = phaseSignal(arrival, sampleRateHz);
      if (phase.firstIndex >= firstIndex + count || phase.firstIndex + phase.fourier.size <= firstIndex) return [];
      const random = randomStream(seed, "coda", arrival.eventKey, arrival.phase, station.code);
      return [{ arrival, phase, common: commonCoda(phase, random) }];
    });
}

function addSignal(
  sum: Float64Array,
  firstIndex: number,
  { config: { seed } }: World,
  station: Station,
  channel: Channel,
  { arrival, phase, common }: Signal,
): void {
  const { backAzimuthDeg, slownessSecPerDeg, row, polarity } = arrival;
  const awayDeg = backAzimuthDeg + 180;
  const slownessSecPerKm = slownessSecPerDeg / KM_PER_DEGREE;
  const vertical = isVertical(channel);
  addTrace(sum, firstIndex, phase, {
    seismometer: seismometerOf(channel),
    delaySec: planeWaveDelay(station, channel, awayDeg, slownessSecPerKm),
    coherentGain: polarity * polarisation(channel, arrival, awayDeg, Math.abs(slownessSecPerKm), seed, station),
    scatteredGain: SCATTERED[row.wave][vertical ? "vertical" : "horizontal"],
    common,
    own: randomStream(seed, "coda", arrival.eventKey, arrival.phase, channelKey(channel.id)),
  });
}

/** Share of the incoming wave's motion along a channel: P along its ray, S across it. */
function polarisation(
  channel: Channel,
  { row, eventKey, phase }: TrueArrival,
  awayDeg: number,
  slownessSecPerKm: number,
  seed: number,
  station: Station,
): number {
  const sine = Math.min(1, slownessSecPerKm * mediumVelocityKmPerSec[row.wave]);
  const cosine = Math.sqrt(1 - sine * sine);
  const radial = horizontalShare(channel, awayDeg);
  if (row.wave === "P") return verticalShare(channel) * cosine + radial * sine;
  const random = randomStream(seed, "polarisation", eventKey, phase, station.code);
  const angle = (S_PLANE_ANGLE_DEG.least + S_PLANE_ANGLE_DEG.range * random.uniform()) * RADIANS_PER_DEGREE;
  const inPlane = radial * cosine - verticalShare(channel) * sine;
  return Math.cos(angle) * inPlane + Math.sin(angle) * horizontalShare(channel, awayDeg + 90);
}

interface Train {
  readonly train: RayleighTrain;
  readonly awayDeg: number;
}

function trainsWithin(world: World, station: Station, from: number, to: number): readonly Train[] {
  return world.events.flatMap((event): Train[] => {
    const { latitudeDeg, longitudeDeg, key } = event;
    const path = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
    const phase = 2 * Math.PI * randomStream(world.config.seed, "rayleigh", key, station.code).uniform();
    const train = rayleighTrain(event, path.deltaDeg, phase);
    if (!train) return [];
    const [start, end] = trainSpan(train);
    return start < to && end > from ? [{ train, awayDeg: path.backAzimuthDeg + 180 }] : [];
  });
}
