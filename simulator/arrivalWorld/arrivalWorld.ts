/**
 * A world of arrivals with its truth: what happened, what every station reported, and which report is which wave of which event.
 *
 *     const world = createArrivalWorld({ ...arrivalWorldVariants.usual, days: 1 }, createEarthModel("ak135"));
 *     world.arrivals.length; // about 14 000
 */
import { type Arrival, type EarthModel, randomStream, type Station } from "@harken/core";
import type { HiddenEvent } from "../world/seismicity.ts";
import { anomalyOf } from "./anomalies.ts";
import { catalogueOf } from "./catalogue.ts";
import { chanceSignals, codaSignals } from "./chance.ts";
import type { ArrivalWorldConfig } from "./config.ts";
import { type Listener, listenersOf } from "./listeners.ts";
import { measure } from "./measure.ts";
import type { Signal } from "./signal.ts";
import { type Surroundings, wavesAt } from "./waves.ts";

/** What an arrival really is. */
export interface ArrivalTruth {
  readonly eventKey: string;
  readonly phase: string;
}

export interface ArrivalWorld {
  readonly config: ArrivalWorldConfig;
  readonly stations: readonly Station[];
  /** By time, the undetectable ones among them. */
  readonly events: readonly HiddenEvent[];
  /** By time. */
  readonly arrivals: readonly Arrival[];
  /** By the arrival's key; chance and coda detections are not in it. */
  readonly truth: ReadonlyMap<string, ArrivalTruth>;
}

const MAX_DAYS = 90;

/** Throws a RangeError for a world of no days or of more than ninety. */
export function createArrivalWorld(config: ArrivalWorldConfig, earth: EarthModel): ArrivalWorld {
  if (!(config.days > 0 && config.days <= MAX_DAYS))
    throw new RangeError(`a world of arrivals has more than 0 and at most ${MAX_DAYS} days, not ${config.days}`);
  const events = catalogueOf(config);
  const arrivals: Arrival[] = [];
  const truth = new Map<string, ArrivalTruth>();
  for (const listener of listenersOf(config)) {
    const { code } = listener.station;
    detectedAt(listener, events, config, earth).forEach((signal, i) => {
      const key = `${code}-${i + 1}`;
      arrivals.push(measure(signal, key, listener, config, randomStream(config.seed, "measure", key)));
      const { eventKey, phase } = signal;
      if (eventKey !== null && phase !== null) truth.set(key, { eventKey, phase });
    });
  }
  arrivals.sort((a, b) => a.time - b.time || (a.key < b.key ? -1 : 1));
  return { config, stations: listenersOf(config).map(({ station }) => station), events, arrivals, truth };
}

/** A detector is blind for this long after a detection unless the next signal is much stronger, s; how much, log10. */
const BLIND_SEC = 3;
const BLIND_UNLESS = 0.5;
/** Coda amplitude beside the signal's, log10, falling with this power of the time after it over `CODA_FROM_SEC`. */
const CODA_LEVEL = -0.8;
const CODA_POWER = 1.2;
const CODA_FROM_SEC = 12;
const CODA_LONGEST_SEC = 1200;

/** The signals that a station notices, by time. */
function detectedAt(
  listener: Listener,
  events: readonly HiddenEvent[],
  config: ArrivalWorldConfig,
  earth: EarthModel,
): Signal[] {
  const { code } = listener.station;
  const surroundings: Surroundings = {
    ...{ earth, config },
    anomaly: { P: anomalyOf(0, code, "P"), S: anomalyOf(0, code, "S") },
  };
  const random = randomStream(config.seed, "chance", code);
  const offered = [
    ...events.flatMap((event) => {
      const own = randomStream(config.seed, "wave", event.key, code);
      return wavesAt(surroundings, listener, event, own).flatMap((wave) => {
        const snr = 10 ** (wave.logAmplitude - listener.noise(wave.time));
        return [wave, ...codaSignals({ ...wave, snr }, listener, config, own)];
      });
    }),
    ...chanceSignals(listener, config, random),
  ].sort((a, b) => a.time - b.time);
  const noticed: Signal[] = [];
  // Signals whose coda is still above the noise.
  let ringing: Signal[] = [];
  for (const signal of offered) {
    const { time, logAmplitude } = signal;
    const quiet = listener.noise(time);
    ringing = ringing.filter((other) => time - other.time < CODA_LONGEST_SEC && codaLevel(other, time) > quiet);
    const masked = signal.wave === "noise" && signal.eventKey === null ? [] : ringing;
    const level = masked.reduce((most, other) => Math.max(most, codaLevel(other, time)), quiet);
    const snr = 10 ** (logAmplitude - level);
    if (snr < listener.threshold || !listener.isUp(time)) continue;
    const last = noticed.at(-1);
    if (last && time - last.time < BLIND_SEC && logAmplitude < last.logAmplitude + BLIND_UNLESS) continue;
    const heard = { ...signal, snr };
    noticed.push(heard);
    if (logAmplitude + CODA_LEVEL > quiet) ringing.push(heard);
  }
  return noticed;
}

function codaLevel({ time, logAmplitude }: Signal, at: number): number {
  return logAmplitude + CODA_LEVEL - CODA_POWER * Math.log10(1 + (at - time) / CODA_FROM_SEC);
}
