/**
 * What happens in a world of arrivals: earthquakes of the seismic zones as a Poisson process with the law of Gutenberg and Richter, some of
 * them anywhere, and aftershocks by the laws of Omori and Utsu, with the productivity that Bath's law asks for. Each day draws from its own
 * random stream, so that a longer world begins like a shorter one.
 */
import { geographicLatitude, positionAt, type RandomStream, randomStream } from "@harken/core";
import { earthquake, type HiddenEvent } from "../world/seismicity.ts";
import type { AftershockSequence, ArrivalWorldConfig } from "./config.ts";

const DAY_SEC = 86_400;
const REFERENCE_MAGNITUDE = 4;
/** Depths of earthquakes outside the zones, km: exponential of this mean. */
const ELSEWHERE_DEPTH_KM = 12;
/** Magnitude of the largest aftershock below the mainshock's (Bath), and the constants of Omori and Utsu. */
const BATH = 1.2;
const OMORI_C_DAYS = 0.02;
const OMORI_P = 1.1;
/** Aftershocks are counted over this long, days. */
const SEQUENCE_DAYS = 90;

/** All events, by time. */
export function catalogueOf(config: ArrivalWorldConfig): HiddenEvent[] {
  const { seed, startTime, days, eventsPerDay, minimumMagnitude } = config;
  const perDay = eventsPerDay * 10 ** (REFERENCE_MAGNITUDE - minimumMagnitude);
  const end = startTime + days * DAY_SEC;
  const events: HiddenEvent[] = [];
  for (let day = 0; day < days; day++) {
    const random = randomStream(seed, "catalogue", day);
    const from = startTime + day * DAY_SEC;
    for (let i = random.poisson(perDay); i > 0; i--) {
      const drawn = earthquake(random, `d${day}e${i}`, from, config);
      const time = from + DAY_SEC * random.uniform();
      events.push(random.uniform() < config.elsewhereShare ? { ...moved(drawn, random), time } : { ...drawn, time });
    }
  }
  config.sequences.forEach((sequence, n) => {
    events.push(...aftershocks(sequence, n, config));
  });
  return events.filter(({ time }) => time < end).sort((a, b) => a.time - b.time);
}

function moved(event: HiddenEvent, random: RandomStream): HiddenEvent {
  const geocentricDeg = (Math.asin(2 * random.uniform() - 1) * 180) / Math.PI;
  return {
    ...event,
    latitudeDeg: geographicLatitude(geocentricDeg),
    longitudeDeg: 360 * random.uniform() - 180,
    depthKm: Math.min(40, ELSEWHERE_DEPTH_KM * random.exponential()),
  };
}

function aftershocks(sequence: AftershockSequence, n: number, config: ArrivalWorldConfig): HiddenEvent[] {
  const random = randomStream(config.seed, "aftershocks", n);
  const { latitudeDeg, longitudeDeg, depthKm, magnitude, dayOfMainshock } = sequence;
  const mainTime = config.startTime + dayOfMainshock * DAY_SEC;
  const drawn = earthquake(random, `s${n}e0`, mainTime, config);
  const main: HiddenEvent = { ...drawn, time: mainTime, latitudeDeg, longitudeDeg, depthKm, magnitude };
  const count = random.poisson(10 ** (magnitude - BATH - config.minimumMagnitude));
  // Length of the rupture (Wells and Coppersmith 1994): the aftershocks lie along the strike.
  const lengthDeg = 10 ** (0.59 * magnitude - 2.44) / 111;
  const strikeDeg = main.mechanism?.strikeDeg ?? 0;
  const events = Array.from({ length: count }, (_, i): HiddenEvent => {
    const along = positionAt(latitudeDeg, longitudeDeg, strikeDeg, 0.5 * lengthDeg * random.normal());
    const across = positionAt(along.latitudeDeg, along.longitudeDeg, strikeDeg + 90, 0.2 * lengthDeg * random.normal());
    const event = earthquake(random, `s${n}e${i + 1}`, mainTime, { ...config, maximumMagnitude: magnitude - 0.3 });
    const depth = Math.max(1, depthKm + 8 * random.normal());
    return { ...event, ...across, depthKm: depth, time: mainTime + DAY_SEC * omoriDays(random) };
  });
  return [main, ...events];
}

/** Days after the mainshock by Omori and Utsu's law, from its closed-form distribution. */
function omoriDays(random: RandomStream): number {
  const q = 1 - OMORI_P;
  const [low, high] = [OMORI_C_DAYS ** q, (OMORI_C_DAYS + SEQUENCE_DAYS) ** q];
  return (low + (high - low) * random.uniform()) ** (1 / q) - OMORI_C_DAYS;
}
