/**
 * How fast infrasound gets on, by the ducts that the air of the day offers. In layered air with wind along the path a ray sees the effective speed
 * c + u and turns where that has reached the value at which the ray would be level. Rays that turn in the troposphere, stratosphere and thermosphere
 * make the phases Iw, Is and It; distance over time is their celerity.
 *
 *     celerities(airColumn((z) => 30 * Math.exp(-(((z - 55) / 15) ** 2)))); // [{ phase: "Is", celerityKmPerSec: 0.30, ... }, { phase: "It", ... }]
 */
import { airSpeedKmPerSec, standardTemperatureK } from "./standardAtmosphere.ts";

/** Effective speed of sound along a path, at altitudes from the ground up; linear between them. */
export interface AirColumn {
  readonly altitudesKm: readonly number[];
  readonly speedsKmPerSec: readonly number[];
}

export interface DuctedPhase {
  readonly phase: "Iw" | "Is" | "It";
  /** Mean over the rays that turn in the duct, and their standard deviation. */
  readonly celerityKmPerSec: number;
  readonly spreadKmPerSec: number;
  readonly minTurningKm: number;
  readonly maxTurningKm: number;
  /** Shortest way of one bounce, km: nearer than this nothing is heard of the duct by rays. */
  readonly firstBounceKm: number;
}

const TOP_KM = 140;
const STEP_KM = 0.5;

/** The standard atmosphere with a wind along the path, m/s by altitude, and the day's temperature where it is known. */
export function airColumn(
  windMetresPerSec: (altitudeKm: number) => number = () => 0,
  temperatureK: (altitudeKm: number) => number = standardTemperatureK,
): AirColumn {
  const altitudesKm = Array.from({ length: TOP_KM / STEP_KM + 1 }, (_, i) => i * STEP_KM);
  return {
    altitudesKm,
    speedsKmPerSec: altitudesKm.map((z) => airSpeedKmPerSec(temperatureK(z)) + windMetresPerSec(z) / 1000),
  };
}

export interface Bounce {
  readonly rangeKm: number;
  readonly timeSec: number;
  readonly turningKm: number;
}

/** One ray from the ground and back that turns where the effective speed is `turningSpeed`; null when it never turns, or cannot start. */
export function bounce({ altitudesKm, speedsKmPerSec }: AirColumn, turningSpeed: number): Bounce | null {
  if (!(turningSpeed > speedsKmPerSec[0]!)) return null;
  // The sine of the angle from the level at a speed: Snell's law.
  const rise = (speed: number) => Math.sqrt(Math.max(0, 1 - (speed / turningSpeed) ** 2));
  let [rangeKm, timeSec] = [0, 0];
  for (let i = 1; i < altitudesKm.length; i++) {
    const [foot, low, high] = [altitudesKm[i - 1]!, speedsKmPerSec[i - 1]!, speedsKmPerSec[i]!];
    const turns = high >= turningSpeed;
    const height = altitudesKm[i]! - foot;
    const top = turns ? turningSpeed : high;
    const travelled = turns ? (height * (turningSpeed - low)) / (high - low) : height;
    const gradient = (high - low) / height;
    if (Math.abs(gradient) < LEVEL_GRADIENT) {
      const sine = rise(low);
      rangeKm += (travelled * low) / turningSpeed / sine;
      timeSec += travelled / low / sine;
    } else {
      // Rays in a linear gradient are arcs of circles.
      rangeKm += (turningSpeed / gradient) * (rise(low) - rise(top));
      timeSec += Math.log((top * (1 + rise(low))) / (low * (1 + rise(top)))) / gradient;
    }
    if (turns) return { rangeKm: 2 * rangeKm, timeSec: 2 * timeSec, turningKm: foot + travelled };
  }
  return null;
}

/** Gradients below this, 1/s, are none. */
const LEVEL_GRADIENT = 1e-9;
/** Tops of the ducts, km. */
const ducts = [
  ["Iw", 18],
  ["Is", 72],
  ["It", TOP_KM],
] as const;
/** Rays by the turning speed, from the ground's up, km/s; steeper ones than the last are too weak to matter. */
const RAYS = 120;
const STEEPEST = 1.25;

/** The phases that the air carries along the path, the fastest first; empty when it carries none. */
export function celerities(column: AirColumn): DuctedPhase[] {
  const ground = column.speedsKmPerSec[0]!;
  const rays = Array.from({ length: RAYS }, (_, i) =>
    bounce(column, ground * (1 + ((i + 0.5) / RAYS) * (STEEPEST - 1))),
  );
  let foot = 0;
  return ducts
    .flatMap(([phase, top]): DuctedPhase[] => {
      const own = rays.filter((ray): ray is Bounce => ray !== null && ray.turningKm > foot && ray.turningKm <= top);
      foot = top;
      if (own.length === 0) return [];
      const speeds = own.map(({ rangeKm, timeSec }) => rangeKm / timeSec);
      const mean = speeds.reduce((sum, v) => sum + v, 0) / speeds.length;
      return [
        {
          phase,
          celerityKmPerSec: mean,
          spreadKmPerSec: Math.sqrt(speeds.reduce((sum, v) => sum + (v - mean) ** 2, 0) / speeds.length),
          minTurningKm: Math.min(...own.map(({ turningKm }) => turningKm)),
          maxTurningKm: Math.max(...own.map(({ turningKm }) => turningKm)),
          firstBounceKm: Math.min(...own.map(({ rangeKm }) => rangeKm)),
        },
      ];
    })
    .sort((a, b) => b.celerityKmPerSec - a.celerityKmPerSec);
}
