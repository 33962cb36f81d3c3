/**
 * From a signal to what a station reports: an onset that is late when the signal is weak, a slowness vector with an error of the station's and
 * one of its own, a name that may be wrong, and error figures that are only estimates.
 */
import { type Arrival, RADIANS_PER_DEGREE, type RandomStream, wrapAzimuth } from "@harken/core";
import type { ArrivalWorldConfig } from "./config.ts";
import type { Listener } from "./listeners.ts";
import type { Signal } from "./signal.ts";

/** Errors of a slowness vector at SNR 3 and far above, s/deg. */
const ARRAY_SLOWNESS = { weak: 1.3, strong: 0.45 } as const;
const SINGLE_SLOWNESS = { weak: 3.2, strong: 1.6 } as const;
/** Share of the arrivals of three-component stations whose direction is not measured. */
const UNDIRECTED_SHARE = 0.25;
/** Slownesses beyond this are no body waves for an array, s/deg. */
const SLOW = 19;

/** The IDC's rule for the error of an onset, s, between SNR 3 and 18. */
function onsetErrorSec(snr: number): number {
  return Math.min(1.07, Math.max(0.12, 1.07 - (0.95 * Math.log10(snr / 3)) / Math.log10(18 / 3)));
}

export function measure(
  signal: Signal,
  key: string,
  listener: Listener,
  config: ArrivalWorldConfig,
  random: RandomStream,
): Arrival {
  const { station } = listener;
  const isArray = station.kind === "array";
  const timeErrorSec = onsetErrorSec(signal.snr);
  const wild = random.uniform() < config.outlierShare;
  const late = wild ? 4 * random.exponential() : 0.35 * timeErrorSec * random.exponential();
  const time = signal.time + config.scatter * 0.6 * timeErrorSec * random.normal() + late;
  const direction = directionOf(signal, listener, config, random);
  const phase = labelOf(signal, isArray, direction?.slownessSecPerDeg ?? null, random);
  const periodSec = signal.wave === "P" ? 0.4 + 0.6 * random.uniform() : 0.7 + 0.8 * random.uniform();
  return {
    ...{ key, station: station.code, channel: "BHZ", time, timeErrorSec, phase, snr: signal.snr },
    azimuthDeg: direction?.azimuthDeg ?? null,
    azimuthErrorDeg: direction?.azimuthErrorDeg ?? null,
    slownessSecPerDeg: direction?.slownessSecPerDeg ?? null,
    slownessErrorSecPerDeg: direction?.slownessErrorSecPerDeg ?? null,
    amplitudes: [
      {
        type: "A5/2",
        channel: { network: "IM", station: station.code, location: "", channel: "BHZ" },
        ...{ time: signal.time, amplitude: periodSec * 10 ** signal.logAmplitude, periodSec, clipped: false },
      },
    ],
    ...{ firstMotion: null, rectilinearity: null, incidenceDeg: null, frequencyHz: 1 / periodSec, fkQuality: null },
    author: "simulator",
  };
}

interface Direction {
  readonly azimuthDeg: number;
  readonly azimuthErrorDeg: number;
  readonly slownessSecPerDeg: number;
  readonly slownessErrorSecPerDeg: number;
}

function directionOf(
  signal: Signal,
  { station, slownessTerm }: Listener,
  config: ArrivalWorldConfig,
  random: RandomStream,
): Direction | null {
  const isArray = station.kind === "array";
  if (!isArray && random.uniform() < UNDIRECTED_SHARE) return null;
  const { weak, strong } = isArray ? ARRAY_SLOWNESS : SINGLE_SLOWNESS;
  const above = Math.max(0, Math.log10(signal.snr / 3));
  const own = config.scatter * (strong + (weak - strong) * Math.exp(-2.5 * above));
  const wild = random.uniform() < config.outlierShare || (!isArray && signal.wave === "S" && random.uniform() < 0.6);
  const spread = Math.hypot(own, signal.extraScatter);
  const azimuth = (wild ? 360 * random.uniform() : signal.azimuthDeg) * RADIANS_PER_DEGREE;
  const slowness = wild ? 25 * Math.sqrt(random.uniform()) : signal.slownessSecPerDeg;
  const east = slowness * Math.sin(azimuth) + slownessTerm[0] + spread * random.normal();
  const north = slowness * Math.cos(azimuth) + slownessTerm[1] + spread * random.normal();
  const measured = Math.hypot(east, north);
  const claimed = own * Math.exp(0.3 * random.normal());
  return {
    azimuthDeg: wrapAzimuth(Math.atan2(east, north) / RADIANS_PER_DEGREE),
    azimuthErrorDeg: (2 * Math.asin(Math.min(1, claimed / (2 * Math.max(0.3, measured))))) / RADIANS_PER_DEGREE,
    slownessSecPerDeg: measured,
    slownessErrorSecPerDeg: claimed,
  };
}

/** What the station calls it: an array by the slowness it measured, three components by their guess at the polarisation. */
function labelOf(signal: Signal, isArray: boolean, slowness: number | null, random: RandomStream): string {
  const chance = random.uniform();
  if (isArray && slowness !== null) {
    if (signal.wave === "noise" && chance < 0.15) return "N";
    if (slowness > 36) return "N";
    if (slowness > SLOW) return chance < 0.6 ? "Sn" : chance < 0.85 ? "Lg" : "tx";
    return slowness > 11.5 ? (chance < 0.8 ? "Pn" : "tx") : chance < 0.95 ? "P" : "tx";
  }
  if (signal.wave === "P") return chance < 0.8 ? "P" : chance < 0.88 ? "S" : "tx";
  if (signal.wave === "S") return chance < 0.5 ? "S" : chance < 0.75 ? "tx" : "P";
  return chance < 0.45 ? "P" : chance < 0.65 ? "S" : chance < 0.85 ? "tx" : "N";
}
