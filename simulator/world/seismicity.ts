/**
 * The hidden events of a world: earthquakes of the seismic zones by the law of Gutenberg and Richter (b = 1), and an explosion at a test site.
 * Each hour draws from its own random stream, so that a longer world begins like a shorter one.
 *
 *     hiddenEvents(demoWorldConfig)[0]; // { key: "h0e0", time, latitudeDeg, longitudeDeg, depthKm, magnitude, kind: "earthquake", ... }
 */
import { distanceAzimuth, positionAt, type RandomStream, randomStream, wrapAzimuth, wrapLongitude } from "@harken/core";
import type { WorldConfig } from "./config.ts";
import { type SeismicZone, seismicZones } from "./seismicZones.ts";

/** A plane and the direction of its slip, deg, as Aki and Richards define them. */
export interface Mechanism {
  readonly strikeDeg: number;
  readonly dipDeg: number;
  readonly rakeDeg: number;
}

/** What really happened in a simulated world. */
export interface HiddenEvent {
  readonly key: string;
  /** Epoch s. */
  readonly time: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly depthKm: number;
  /** Body-wave magnitude mb. */
  readonly magnitude: number;
  readonly kind: "earthquake" | "explosion";
  /** Absent for an explosion, which pushes to all sides. */
  readonly mechanism?: Mechanism;
}

const HOUR_SEC = 3600;
/** The first event is large enough for a good part of the network. */
const FIRST_MAGNITUDE = 5.4;
/** Share of a zone's depth range at which depths fall off exponentially. */
const DEPTH_SCALE = 0.35;
const MECHANISM_SCATTER_DEG = 12;

const styles: Readonly<Record<SeismicZone["style"], { readonly dipDeg: number; readonly rakeDeg: number }>> = {
  thrust: { dipDeg: 28, rakeDeg: 90 },
  normal: { dipDeg: 50, rakeDeg: -90 },
  "strike-slip": { dipDeg: 80, rakeDeg: 0 },
};

/** The nuclear test site in the north of the Korean peninsula, and a size like that of the test of 2013. */
const testSite = Object.freeze({
  hour: 1,
  secondOfHour: 1500,
  latitudeDeg: 41.29,
  longitudeDeg: 129.08,
  depthKm: 0,
  magnitude: 5.1,
});

/** All events of a world, by time. */
export function hiddenEvents(config: WorldConfig): readonly HiddenEvent[] {
  const events: HiddenEvent[] = [];
  const end = config.startTime + config.hours * HOUR_SEC;
  for (let hour = 0; hour < config.hours; hour++) {
    const random = randomStream(config.seed, "events", hour);
    const from = config.startTime + hour * HOUR_SEC;
    for (let i = 0; i < config.eventsPerHour; i++) {
      const event = earthquake(random, `h${hour}e${i}`, from, config);
      const first = hour === 0 && i === 0;
      events.push(first ? { ...event, time: from + config.firstEventAfterSec, magnitude: FIRST_MAGNITUDE } : event);
    }
    if (config.explosion && hour === testSite.hour) {
      const { secondOfHour, latitudeDeg, longitudeDeg, depthKm, magnitude } = testSite;
      const where = { latitudeDeg, longitudeDeg, depthKm, magnitude };
      events.push({ key: `h${hour}x`, time: from + secondOfHour, ...where, kind: "explosion" });
    }
  }
  return events.filter(({ time }) => time < end).sort((a, b) => a.time - b.time);
}

/** One earthquake of the zones within the hour that begins at `from`. */
export function earthquake(
  random: RandomStream,
  key: string,
  from: number,
  config: Pick<WorldConfig, "minimumMagnitude" | "maximumMagnitude">,
): HiddenEvent {
  const zone = drawZone(random);
  const { along, azimuthDeg } = drawPoint(random, zone);
  const offset = zone.widthDeg * random.normal();
  const place = positionAt(along[0], along[1], wrapAzimuth(azimuthDeg + 90 * Math.sign(offset)), Math.abs(offset));
  const range = zone.maxDepthKm - zone.minDepthKm;
  const depthKm = zone.minDepthKm + Math.min(range, DEPTH_SCALE * range * random.exponential());
  const { dipDeg, rakeDeg } = styles[zone.style];
  const scatter = () => MECHANISM_SCATTER_DEG * random.normal();
  const span = config.maximumMagnitude - config.minimumMagnitude;
  return {
    key,
    time: from + HOUR_SEC * random.uniform(),
    ...place,
    depthKm,
    magnitude: config.minimumMagnitude - Math.log10(1 - random.uniform() * (1 - 10 ** -span)),
    kind: "earthquake",
    mechanism: {
      strikeDeg: wrapAzimuth(azimuthDeg + scatter()),
      dipDeg: Math.max(5, Math.min(90, dipDeg + scatter())),
      rakeDeg: wrapLongitude(rakeDeg + scatter()),
    },
  };
}

function drawZone(random: RandomStream): SeismicZone {
  const total = seismicZones.reduce((sum, { weight }) => sum + weight, 0);
  let rest = total * random.uniform();
  return seismicZones.find(({ weight }) => (rest -= weight) < 0) ?? seismicZones.at(-1)!;
}

/** A point of the zone's line, every part of its length alike, and the direction of the line there. */
function drawPoint(random: RandomStream, { line }: SeismicZone) {
  const legs = line.slice(1).map((to, i) => {
    const from = line[i]!;
    return { from, ...distanceAzimuth(from[0], from[1], to[0], to[1]) };
  });
  let rest = legs.reduce((sum, { deltaDeg }) => sum + deltaDeg, 0) * random.uniform();
  const leg = legs.find(({ deltaDeg }) => (rest -= deltaDeg) < 0) ?? legs.at(-1)!;
  const at = positionAt(leg.from[0], leg.from[1], leg.azimuthDeg, Math.max(0, rest + leg.deltaDeg));
  return { along: [at.latitudeDeg, at.longitudeDeg] as const, azimuthDeg: leg.azimuthDeg };
}
