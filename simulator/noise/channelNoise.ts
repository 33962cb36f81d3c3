/**
 * Seismic background noise of a channel, of any stretch of time and always the same. Time since 1970 is cut into blocks that overlap by half;
 * each block is noise of the wanted spectrum with random phases (Shinozuka and Deodatis 1991, doi:10.1115/1.3119501) drawn from a stream of
 * its own, under a sine window, so that the sum of two neighbours has the same power everywhere. Blocks come in pairs: the real and the
 * imaginary part of one transform.
 *
 * Below 1 Hz part of the noise is a microseism that crosses the whole array as one plane wave.
 *
 *     addNoise(counts, firstIndex, { seed: 1, key: "IM.ARA0..SHZ", amplitudes, microseism });
 */
import { randomStream } from "@harken/core";
import { fourierOf } from "@harken/signal";
import { type Seismometer, transferFunction } from "../instruments.ts";
import { noiseLevelDb } from "./petersonModels.ts";

/** Samples of a block. */
export const NOISE_BLOCK = 4096;
const HOP = NOISE_BLOCK / 2;
/** Samples that one pair of blocks advances. */
const PAIR = NOISE_BLOCK;
/** The recorder's own filter: noise falls to nothing between this share of the Nyquist frequency and the Nyquist frequency. */
const ANTI_ALIAS_SHARE = 0.8;
/** Share of the microseism's power that all elements have in common, falling to nothing at the upper frequency. */
const COHERENT_POWER = 0.5;
const COHERENT_BELOW_HZ = 0.3;
const INCOHERENT_ABOVE_HZ = 1;
/** Phases are taken from a circle of this many points. */
const CIRCLE = 8192;

const circle = Float64Array.from({ length: CIRCLE + CIRCLE / 4 }, (_, i) => Math.sin((2 * Math.PI * i) / CIRCLE));
const window = Float64Array.from({ length: NOISE_BLOCK }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / NOISE_BLOCK));

/** The part of the noise that the channels of a station have in common. */
export interface Microseism {
  readonly key: string;
  /** Time by which this channel's place sees the wave later than the reference point, s. */
  readonly delaySec: number;
}

export interface NoiseSpec {
  readonly seed: number;
  /** Names the channel's own random stream. */
  readonly key: string;
  readonly sampleRateHz: number;
  /** From noiseAmplitudes. */
  readonly amplitudes: Float64Array;
  readonly microseism?: Microseism;
}

/** Counts of each line of a block's spectrum, for noise at a level between Peterson's models (0 to 1) seen through a seismometer. */
export function noiseAmplitudes(seismometer: Seismometer, sampleRateHz: number, level: number): Float64Array {
  const amplitudes = new Float64Array(NOISE_BLOCK);
  const lineHz = sampleRateHz / NOISE_BLOCK;
  for (let k = 1; k <= NOISE_BLOCK / 2; k++) {
    const frequency = k * lineHz;
    const acceleration = Math.sqrt(10 ** (noiseLevelDb(level, 1 / frequency) / 10) * lineHz);
    const { re, im } = transferFunction(seismometer, frequency);
    const x = (frequency / (sampleRateHz / 2) - ANTI_ALIAS_SHARE) / (1 - ANTI_ALIAS_SHARE);
    const fall = x <= 0 ? 1 : Math.cos((Math.PI / 2) * x) ** 2;
    const counts = (acceleration / (2 * Math.PI * frequency)) * Math.hypot(re, im) * fall;
    amplitudes[k] = counts;
    amplitudes[NOISE_BLOCK - k] = counts;
  }
  return amplitudes;
}

const re = new Float64Array(NOISE_BLOCK);
const im = new Float64Array(NOISE_BLOCK);

/** Adds the noise to `out`, whose first sample has the number `firstIndex` since 1970. */
export function addNoise(out: Float64Array, firstIndex: number, spec: NoiseSpec): void {
  // A sample is covered by the block that begins in its own half and by the one before.
  const firstPair = Math.floor((firstIndex - HOP) / PAIR);
  const lastPair = Math.floor((firstIndex + out.length - 1) / PAIR);
  for (let pair = firstPair; pair <= lastPair; pair++) {
    fillPair(pair, spec);
    addBlock(out, pair * PAIR - firstIndex, re);
    addBlock(out, pair * PAIR + HOP - firstIndex, im);
  }
}

function addBlock(out: Float64Array, at: number, block: Float64Array): void {
  const from = Math.max(0, -at);
  const to = Math.min(NOISE_BLOCK, out.length - at);
  for (let i = from; i < to; i++) out[at + i]! += block[i]! * window[i]!;
}

/** Leaves two blocks of noise in `re` and `im`. */
function fillPair(pair: number, { seed, key, sampleRateHz, amplitudes, microseism }: NoiseSpec): void {
  const own = randomStream(seed, "noise", key, pair);
  const common = microseism && randomStream(seed, "microseism", microseism.key, pair);
  const lineHz = sampleRateHz / NOISE_BLOCK;
  const lastCommon = microseism ? Math.floor(INCOHERENT_ABOVE_HZ / lineHz) : 0;
  re[0] = 0;
  im[0] = 0;
  for (let k = 1; k < NOISE_BLOCK; k++) {
    const phase = Math.floor(own.uniform() * CIRCLE);
    re[k] = amplitudes[k]! * circle[phase + CIRCLE / 4]!;
    im[k] = amplitudes[k]! * circle[phase]!;
  }
  if (common && microseism) {
    for (let k = 1; k <= lastCommon; k++) {
      const fall = (INCOHERENT_ABOVE_HZ - k * lineHz) / (INCOHERENT_ABOVE_HZ - COHERENT_BELOW_HZ);
      const power = COHERENT_POWER * Math.min(1, fall);
      const turn = 2 * Math.PI * k * lineHz * microseism.delaySec;
      mixLine(k, power, 2 * Math.PI * common.uniform() - turn, amplitudes[k]!);
      mixLine(NOISE_BLOCK - k, power, 2 * Math.PI * common.uniform() + turn, amplitudes[k]!);
    }
  }
  fourierOf(NOISE_BLOCK).inverse(re, im);
}

function mixLine(line: number, power: number, phase: number, amplitude: number): void {
  const rest = Math.sqrt(1 - power);
  const share = Math.sqrt(power) * amplitude;
  re[line] = rest * re[line]! + share * Math.cos(phase);
  im[line] = rest * im[line]! + share * Math.sin(phase);
}
