/**
 * How well station processing reads signals whose onset and direction are known: errors by the SNR that processing itself states, and how many
 * of them the stated errors hold. What is stated is a standard deviation, so 1.645 of them should hold 90 %.
 *
 *     const rows = accuracyBySnr(measureSignals({ seed: 1, kind: "3c", perCell: 40, snrs: [5, 10, 20] }));
 */
import { azimuthDifference, median, quantile } from "@harken/core";
import { processStation, seismicRecipe } from "@harken/waveform";
import { type KnownSignalSpec, knownSignal, signalShapes } from "./knownSignals.ts";

export interface SignalCampaign {
  readonly seed: number;
  readonly kind: KnownSignalSpec["kind"];
  /** Signals of each shape and SNR. */
  readonly perCell: number;
  /** Of a beam for an array. */
  readonly snrs: readonly number[];
}

/** An error with the standard deviation that was stated for it. */
export interface Reading {
  readonly error: number;
  readonly stated: number;
}

export interface ReadSignal {
  readonly shape: KnownSignalSpec["shape"];
  /** SNR that was asked for, and the one stated; null for a signal that was missed. */
  readonly snr: number;
  readonly statedSnr: number | null;
  /** Seconds, degrees and s/deg. */
  readonly onset: Reading | null;
  readonly azimuth: Reading | null;
  readonly slowness: Reading | null;
}

/** Noise between Peterson's models, from a vault on old rock to an island in a storm. */
const NOISE_LEVELS = [0.1, 0.3, 0.6, 0.9] as const;
/** An arrival this near to the truth is the signal's, s. */
const SAME_SEC = 2.5;
/** What nine elements gain by a beam, a little less than the root of their number. */
const BEAM_GAIN = 2.5;

export function measureSignals({ seed, kind, perCell, snrs }: SignalCampaign): ReadSignal[] {
  const { bands } = seismicRecipe;
  return signalShapes.flatMap((shape) =>
    snrs.flatMap((snr) =>
      Array.from({ length: perCell }, (_, k): ReadSignal => {
        const noiseLevel = NOISE_LEVELS[k % NOISE_LEVELS.length]!;
        const number = k + 1000 * snr;
        const own = kind === "array" ? snr / BEAM_GAIN : snr;
        const { station, segments, truth } = knownSignal({ seed, number, snr: own, shape, noiseLevel, kind, bands });
        const { arrivals } = processStation({ station, segments, keyPrefix: "" });
        const [found] = arrivals
          .filter(({ time, phase }) => phase !== "LR" && Math.abs(time - truth.time) < SAME_SEC)
          .sort((a, b) => Math.abs(a.time - truth.time) - Math.abs(b.time - truth.time));
        if (!found) return { shape, snr, statedSnr: null, onset: null, azimuth: null, slowness: null };
        const { azimuthDeg, azimuthErrorDeg, slownessSecPerDeg, slownessErrorSecPerDeg } = found;
        return {
          ...{ shape, snr, statedSnr: found.snr },
          onset: { error: found.time - truth.time, stated: found.timeErrorSec },
          azimuth:
            azimuthDeg !== null && azimuthErrorDeg !== null
              ? { error: azimuthDifference(azimuthDeg, truth.azimuthDeg), stated: azimuthErrorDeg }
              : null,
          slowness:
            slownessSecPerDeg !== null && slownessErrorSecPerDeg !== null
              ? { error: slownessSecPerDeg - truth.slownessSecPerDeg, stated: slownessErrorSecPerDeg }
              : null,
        };
      }),
    ),
  );
}

/** Classes of stated SNR, from each bound to the next. */
export const snrBounds = [3, 4.5, 6.5, 9, 15, 30, 80, Number.POSITIVE_INFINITY] as const;

export interface Accuracy {
  readonly count: number;
  readonly bias: number;
  /** What holds 90 % of the errors, as the standard deviation of a normal. */
  readonly scatter: number;
  readonly stated: number;
  /** Share of errors within 1.645 stated standard deviations. */
  readonly covered: number;
}

export interface AccuracyRow {
  readonly fromSnr: number;
  readonly toSnr: number;
  readonly onset: Accuracy;
  readonly azimuth: Accuracy | null;
  readonly slowness: Accuracy | null;
}

const DEVIATIONS_90 = 1.645;

/** Null for no readings. */
export function accuracyOf(readings: readonly Reading[]): Accuracy | null {
  if (readings.length === 0) return null;
  const within = readings.filter(({ error, stated }) => Math.abs(error) <= DEVIATIONS_90 * stated);
  return {
    count: readings.length,
    bias: median(readings.map(({ error }) => error)),
    scatter:
      quantile(
        readings.map(({ error }) => Math.abs(error)),
        0.9,
      ) / DEVIATIONS_90,
    stated: median(readings.map(({ stated }) => stated)),
    covered: within.length / readings.length,
  };
}

/** Classes in which something was found. */
export function accuracyBySnr(signals: readonly ReadSignal[]): AccuracyRow[] {
  return snrBounds.slice(0, -1).flatMap((fromSnr, k): AccuracyRow[] => {
    const toSnr = snrBounds[k + 1]!;
    const own = signals.filter(({ statedSnr }) => statedSnr !== null && statedSnr >= fromSnr && statedSnr < toSnr);
    const of = (pick: (signal: ReadSignal) => Reading | null) =>
      accuracyOf(own.flatMap((signal) => pick(signal) ?? []));
    const onset = of((signal) => signal.onset);
    if (!onset) return [];
    return [
      {
        ...{ fromSnr, toSnr, onset },
        azimuth: of((signal) => signal.azimuth),
        slowness: of((signal) => signal.slowness),
      },
    ];
  });
}
