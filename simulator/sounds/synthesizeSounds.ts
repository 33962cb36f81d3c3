/**
 * What microbarometers and hydrophones record: noise that falls with frequency, the long waves of the ocean in part of it, and the sounds of a world as
 * plane waves. A sound is a sum of lines under an envelope that swells and dies, so that each element sees it at its own time, between samples.
 */
import { channelKey, RADIANS_PER_DEGREE, randomStream, type Station, type WaveformSegment } from "@harken/core";
import { addNoise, NOISE_BLOCK } from "../noise/channelNoise.ts";
import type { World } from "../world/world.ts";
import { listeningOf } from "./soundStations.ts";
import { type TrueSound, trueSounds } from "./trueSounds.ts";

/** Power density of the noise: at 1 Hz (Pa^2/Hz), and the power of frequency by which it falls; of the microbaroms above it at their peak. */
const NOISE = {
  infrasound: { atOneHz: 2e-6, slope: -2, peakHz: 0.2, peakWidth: 0.3, peak: 30, cornerHz: 0.02 },
  hydroacoustic: { atOneHz: 3e-3, slope: -1.5, peakHz: 0.2, peakWidth: 0.3, peak: 0, cornerHz: 0.5 },
} as const;
/** Microbaroms come through the stratosphere about this fast, km/s. */
const MICROBAROM_KM_PER_SEC = 0.35;
/** The recorder's own filter, as a share of the Nyquist frequency. */
const ANTI_ALIAS_SHARE = 0.8;
const LINES = 80;
const INT32_LIMIT = 2 ** 31 - 1;

export function synthesizeSounds(world: World, station: Station, from: number, to: number): WaveformSegment[] {
  const { seed } = world.config;
  const { sampleRateHz, countsPerPa } = listeningOf(station);
  const firstIndex = Math.ceil(from * sampleRateHz);
  const count = Math.ceil(to * sampleRateHz) - firstIndex;
  if (!(count > 0)) return [];
  const sounds = trueSounds(world, station, from, to + LONGEST_DELAY_SEC);
  const quietness = randomStream(seed, "sound noise", station.code);
  const level = 10 ** (0.6 * (quietness.uniform() - 0.5));
  const towards = 2 * Math.PI * quietness.uniform();
  const amplitudes = noiseAmplitudes(station, sampleRateHz, countsPerPa * Math.sqrt(level));
  return station.channels.map(({ id }) => {
    const site = station.sites.find(({ code }) => code === id.station)!;
    const sum = new Float64Array(count);
    const delaySec = (Math.cos(towards) * site.northKm + Math.sin(towards) * site.eastKm) / MICROBAROM_KM_PER_SEC;
    const microseism = { key: `${station.code} sea`, delaySec };
    addNoise(sum, firstIndex, {
      seed,
      key: channelKey(id),
      sampleRateHz,
      amplitudes,
      ...(station.technology === "infrasound" && { microseism }),
    });
    for (const sound of sounds) addSound(sum, firstIndex, sampleRateHz, sound, site, countsPerPa, seed, station.code);
    return {
      ...{ channel: id, startTime: firstIndex / sampleRateHz, sampleRateHz },
      samples: Int32Array.from(sum, (value) => Math.round(Math.max(-INT32_LIMIT, Math.min(INT32_LIMIT, value)))),
    };
  });
}

/** No station is wider than this time of sound, s. */
const LONGEST_DELAY_SEC = 10;

function noiseAmplitudes({ technology }: Station, sampleRateHz: number, countsPerPa: number): Float64Array {
  const { atOneHz, slope, peakHz, peakWidth, peak, cornerHz } =
    NOISE[technology === "infrasound" ? technology : "hydroacoustic"];
  const amplitudes = new Float64Array(NOISE_BLOCK);
  const lineHz = sampleRateHz / NOISE_BLOCK;
  for (let k = 1; k <= NOISE_BLOCK / 2; k++) {
    const f = k * lineHz;
    const hump = 1 + peak * Math.exp(-((Math.log(f / peakHz) / peakWidth) ** 2));
    const density = atOneHz * Math.max(f, cornerHz) ** slope * hump;
    const x = (f / (sampleRateHz / 2) - ANTI_ALIAS_SHARE) / (1 - ANTI_ALIAS_SHARE);
    const fall = x <= 0 ? 1 : Math.cos((Math.PI / 2) * x) ** 2;
    // Lines stand for both signs of the frequency.
    amplitudes[k] = amplitudes[NOISE_BLOCK - k] = countsPerPa * Math.sqrt((density * lineHz) / 2) * fall;
  }
  return amplitudes;
}

/** Rises over a third of the sound and dies away, ending in nothing. */
const envelope = (share: number): number =>
  share <= 0 || share >= 1
    ? 0
    : share < 1 / 3
      ? Math.sin((Math.PI / 2) * 3 * share)
      : Math.cos((Math.PI / 2) * 1.5 * (share - 1 / 3)) ** 2;

function addSound(
  sum: Float64Array,
  firstIndex: number,
  rate: number,
  { key, time, azimuthDeg, speedKmPerSec, pressurePa, lowHz, highHz, durationSec }: TrueSound,
  { northKm, eastKm }: { readonly northKm: number; readonly eastKm: number },
  countsPerPa: number,
  seed: number,
  stationCode: string,
): void {
  const random = randomStream(seed, "lines", key, stationCode);
  const lines = Array.from({ length: LINES }, () => ({
    omega: 2 * Math.PI * (lowHz + (highHz - lowHz) * random.uniform()),
    phase: 2 * Math.PI * random.uniform(),
  }));
  const a = azimuthDeg * RADIANS_PER_DEGREE;
  // An element nearer to the source hears it earlier.
  const begin = time - (Math.cos(a) * northKm + Math.sin(a) * eastKm) / speedKmPerSec;
  const scale = (countsPerPa * pressurePa) / Math.sqrt(LINES / 2);
  const from = Math.max(0, Math.ceil(begin * rate) - firstIndex);
  const to = Math.min(sum.length, Math.floor((begin + durationSec) * rate) - firstIndex);
  for (let i = from; i < to; i++) {
    const t = (firstIndex + i) / rate - begin;
    let wave = 0;
    for (const { omega, phase } of lines) wave += Math.sin(omega * t + phase);
    sum[i]! += scale * envelope(t / durationSec) * wave;
  }
}
