/**
 * Which sounds reach a listening station: the truth behind its signals. Explosions at the surface are heard through the air, shallow earthquakes through
 * the ocean, and each infrasound station has its clutter, a source that sounds again and again. Sizes are round figures of the usual order; the
 * simulator has no bathymetry, so that every ocean path is free, which real ones are not.
 *
 *     trueSounds(world, station, from, to); // [{ phase: "I", time, azimuthDeg, pressurePa, ... }, ...]
 */
import { randomStream, type Station, wrapAzimuth } from "@harken/core";
import { hydroacousticPath, infrasoundPath, yearFraction } from "@harken/earth";
import type { HiddenEvent } from "../world/seismicity.ts";
import type { World } from "../world/world.ts";

export interface TrueSound {
  /** Names its random stream. */
  readonly key: string;
  /** null for clutter. */
  readonly eventKey: string | null;
  readonly phase: "I" | "T" | "N";
  /** Begin at the station's reference point, epoch s. */
  readonly time: number;
  readonly azimuthDeg: number;
  readonly speedKmPerSec: number;
  /** Root mean square at its loudest, Pa. */
  readonly pressurePa: number;
  readonly lowHz: number;
  readonly highHz: number;
  readonly durationSec: number;
}

export function trueSounds(world: World, station: Station, from: number, to: number): TrueSound[] {
  const sounds = world.events.flatMap((event) =>
    station.technology === "infrasound" ? airborne(world, station, event) : waterborne(world, station, event),
  );
  if (station.technology === "infrasound") sounds.push(...clutter(world, station, from, to));
  return sounds
    .filter(({ time, durationSec }) => time < to && time + durationSec > from)
    .sort((a, b) => a.time - b.time);
}

/** Share of the pressure that a contained explosion gives to the air. */
const COUPLING = 2e-3;
const DEEPEST_KM = 1;
/** Scatter of the logarithm of a pressure, and of a trace speed, km/s. */
const PRESSURE_SCATTER = 0.2;
const SPEED = { least: 0.335, range: 0.03 } as const;

/** Pressure of an explosion in the air (Whitaker 1995): 5.95e4 (R / sqrt W)^-1.4072 Pa, for R km and W kt. */
const explosionPa = (km: number, kilotons: number): number => 5.95e4 * (km / Math.sqrt(kilotons)) ** -1.4072;

function airborne({ config }: World, station: Station, event: HiddenEvent): TrueSound[] {
  if (event.kind !== "explosion" || event.depthKm > DEEPEST_KM) return [];
  const random = randomStream(config.seed, "sound", event.key, station.code);
  const path = infrasoundPath(event, station, { yearFraction: yearFraction(event.time) });
  const kilotons = 10 ** ((event.magnitude - 4.45) / 0.75);
  return [
    {
      ...{ key: `${event.key} I`, eventKey: event.key, phase: "I" },
      time: event.time + path.timeSec + 0.5 * path.timeErrorSec * random.normal(),
      azimuthDeg: wrapAzimuth(path.backAzimuthDeg + path.windTurnDeg + random.normal()),
      speedKmPerSec: SPEED.least + SPEED.range * random.uniform(),
      pressurePa: COUPLING * explosionPa(path.distanceKm, kilotons) * 10 ** (PRESSURE_SCATTER * random.normal()),
      ...{ lowHz: 0.4, highHz: 2.5, durationSec: 60 + 0.02 * path.distanceKm },
    },
  ];
}

/** Depth below which an earthquake sends little into the ocean, km, and distances over which its T phase is followed, km. */
const T_DEEPEST_KM = 120;
const T_NEAREST_KM = 200;
const T_FARTHEST_KM = 9000;
/** Pressure of a T phase of mb 5 from the surface at 1000 km, Pa. */
const T_PA = 0.5;
const T_DEPTH_SCALE_KM = 60;

function waterborne({ config }: World, station: Station, event: HiddenEvent): TrueSound[] {
  if (event.kind !== "earthquake" || event.depthKm > T_DEEPEST_KM) return [];
  const path = hydroacousticPath(event, station, { yearFraction: yearFraction(event.time) });
  if (path.distanceKm < T_NEAREST_KM || path.distanceKm > T_FARTHEST_KM) return [];
  const random = randomStream(config.seed, "sound", event.key, station.code);
  const durationSec = 30 + 30 * Math.max(0, event.magnitude - 4) + 30 * random.uniform();
  const size = 10 ** (event.magnitude - 5 + PRESSURE_SCATTER * random.normal());
  return [
    {
      ...{ key: `${event.key} T`, eventKey: event.key, phase: "T" },
      time: event.time + path.timeSec + 0.5 * path.timeErrorSec * random.normal() - durationSec / 3,
      azimuthDeg: wrapAzimuth(path.backAzimuthDeg + 0.3 * random.normal()),
      speedKmPerSec: path.meanSpeedKmPerSec,
      pressurePa: T_PA * size * Math.exp(-event.depthKm / T_DEPTH_SCALE_KM) * Math.sqrt(1000 / path.distanceKm),
      ...{ lowHz: 3, highHz: 12, durationSec },
    },
  ];
}

/** The clutter sounds about so often, s, for so long, at this pressure. */
const CLUTTER = { everySec: 700, jitterSec: 200, lengthSec: 35, pressurePa: 0.012 } as const;

function clutter({ config }: World, station: Station, from: number, to: number): TrueSound[] {
  const place = randomStream(config.seed, "clutter", station.code);
  const azimuth = 360 * place.uniform();
  const centre = 1.5 + 1.5 * place.uniform();
  const { everySec, jitterSec, lengthSec, pressurePa } = CLUTTER;
  const first = Math.floor((from - jitterSec - lengthSec) / everySec);
  const last = Math.ceil(to / everySec);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i): TrueSound => {
    const random = randomStream(config.seed, "clutter", station.code, first + i);
    return {
      ...{ key: `clutter ${first + i}`, eventKey: null, phase: "N", durationSec: lengthSec },
      time: (first + i) * everySec + jitterSec * random.uniform(),
      azimuthDeg: wrapAzimuth(azimuth + random.normal()),
      speedKmPerSec: SPEED.least,
      pressurePa: pressurePa * 10 ** (0.15 * random.normal()),
      ...{ lowHz: centre / 1.5, highHz: centre * 1.5 },
    };
  });
}
