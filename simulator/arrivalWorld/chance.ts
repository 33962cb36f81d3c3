/**
 * Detections that belong to no event: the chance ones of a station, at a rate that drifts and from directions that repeat, and those in the
 * coda of a strong signal, from near its direction.
 */
import type { RandomStream } from "@harken/core";
import type { ArrivalWorldConfig } from "./config.ts";
import type { Listener } from "./listeners.ts";
import type { Signal } from "./signal.ts";

const DAY_SEC = 86_400;
const HOUR_SEC = 3600;
/** log10 of the amplitude of chance detections over the threshold: exponential of this mean. */
const FALSE_ABOVE = 0.16;
/** Spread of the slowness vectors around a habitual direction, s/deg. */
const HABIT_SCATTER = 0.5;

const belongsToNone = { phase: null, wave: "noise", snr: 0, eventKey: null, row: null } as const;

/** Chance detections of a station over the whole world. */
export function chanceSignals(listener: Listener, config: ArrivalWorldConfig, random: RandomStream): Signal[] {
  const { startTime, days, habitShare } = config;
  const signals: Signal[] = [];
  for (let from = startTime; from < startTime + days * DAY_SEC; from += HOUR_SEC) {
    for (let i = random.poisson(listener.falsePerHour(from + HOUR_SEC / 2)); i > 0; i--) {
      const time = from + HOUR_SEC * random.uniform();
      const above = FALSE_ABOVE * random.exponential();
      const habit = random.uniform() < habitShare ? listener.habits[random.integer(listener.habits.length)] : undefined;
      signals.push({
        ...belongsToNone,
        time,
        logAmplitude: listener.noise(time) + Math.log10(listener.threshold) + above,
        azimuthDeg: habit?.azimuthDeg ?? 360 * random.uniform(),
        slownessSecPerDeg: habit?.slownessSecPerDeg ?? 30 * Math.sqrt(random.uniform()),
        extraScatter: habit ? HABIT_SCATTER : 0,
      });
    }
  }
  return signals;
}

/** SNR from which a signal leaves a coda in which things are detected, and their number for each unit of log(SNR) above. */
const CODA_SNR = 6;
const CODA_PER_LOG = 0.5;
/** Mean delays of early and late coda, s, and the share of the early. */
const CODA_SEC = [9, 45] as const;
const EARLY_SHARE = 0.6;
/** Coda detections are weaker than their signal by this (log10) and more. */
const CODA_BELOW = 0.25;
const CODA_SCATTER = { array: 1.6, single: 3 } as const;

export function codaSignals(
  parent: Signal,
  listener: Listener,
  config: ArrivalWorldConfig,
  random: RandomStream,
): Signal[] {
  if (parent.snr < CODA_SNR) return [];
  const isArray = listener.station.kind === "array";
  const mean = config.coda * CODA_PER_LOG * Math.log(parent.snr / CODA_SNR + 1);
  return Array.from({ length: random.poisson(mean) }, (): Signal => {
    const scale = random.uniform() < EARLY_SHARE ? CODA_SEC[0] : CODA_SEC[1];
    const lag = 3 + scale * random.exponential();
    const level = parent.logAmplitude - CODA_BELOW - Math.log10(1 + lag / 20) - 0.2 * random.exponential();
    return {
      ...belongsToNone,
      time: parent.time + lag,
      logAmplitude: level,
      azimuthDeg: parent.azimuthDeg,
      slownessSecPerDeg: parent.slownessSecPerDeg,
      extraScatter: isArray ? CODA_SCATTER.array : CODA_SCATTER.single,
    };
  });
}
