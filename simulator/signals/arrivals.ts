/**
 * Which waves of an event reach a station, when, from where and how large: the truth behind each signal. Times are the earth model's with its
 * corrections and a small error of the model for the path; sizes follow mb = log10(A/T) + Q with the scatter of real stations.
 *
 *     trueArrivals(world, station, event); // [{ phase: "P", time, slownessSecPerDeg, backAzimuthDeg, ... }, ...]
 */
import { distanceAzimuth, randomStream, type Station } from "@harken/core";
import { mbCorrection } from "@harken/earth";
import type { HiddenEvent } from "../world/seismicity.ts";
import type { World } from "../world/world.ts";
import { phasesSeenAt, type SimulatedPhase } from "./phases.ts";
import { radiationP, takeOffDeg } from "./radiation.ts";

export interface TrueArrival {
  readonly eventKey: string;
  readonly phase: string;
  /** Onset at the station's reference point, epoch s. */
  readonly time: number;
  readonly slownessSecPerDeg: number;
  readonly backAzimuthDeg: number;
  /** 1 when the first P motion is away from the source, -1 when towards it; of S the sense along its polarisation. */
  readonly polarity: 1 | -1;
  /** Half the largest trough-to-peak of ground velocity in the phase's band, nm/s. */
  readonly velocityNmPerSec: number;
  /** Corner of the source spectrum, Hz. */
  readonly cornerHz: number;
  readonly row: SimulatedPhase;
}

/** Standard deviations of the path's own time error, s: beyond and within regional distances. */
const TELESEISMIC_ERROR_SEC = 0.4;
const REGIONAL_ERROR_SEC = 0.8;
const REGIONAL_BELOW_DEG = 17.5;
/** S goes half as fast: its errors are larger by this factor. */
const S_ERROR_FACTOR = 1.7;
/** Standard deviation of a station's amplitude, magnitude units. */
const AMPLITUDE_SCATTER = 0.15;
/** Root mean square of a double couple's P radiation (square root of 4/15), and the bounds of what a real path keeps of the pattern. */
const RADIATION_RMS = Math.sqrt(4 / 15);
const RADIATION_BOUNDS = [0.4, 1.6] as const;
/** Signals smaller than this never show, nm/s. */
const LEAST_VELOCITY_NM_PER_SEC = 0.05;
/** Corner frequency of an mb 5 earthquake, Hz, and how its logarithm falls with magnitude. */
const CORNER_AT_5_HZ = 1.3;
const CORNER_SLOPE = 0.4;
const upGoing: ReadonlySet<string> = new Set(["pP", "Pg"]);

const kept = new WeakMap<World, Map<string, readonly TrueArrival[]>>();

/** The arrivals of one event at one station, in no particular order. */
export function trueArrivals(world: World, station: Station, event: HiddenEvent): readonly TrueArrival[] {
  let paths = kept.get(world);
  if (!paths) kept.set(world, (paths = new Map()));
  const key = `${station.code} ${event.key}`;
  let arrivals = paths.get(key);
  if (!arrivals) paths.set(key, (arrivals = findArrivals(world, station, event)));
  return arrivals;
}

/** Ground velocity that mb and the correction of Veith and Clawson give, nm/s; 0 where there is none. */
export function mbVelocityNmPerSec(magnitude: number, deltaDeg: number, depthKm: number): number {
  const q = mbCorrection(deltaDeg, depthKm) ?? mbCorrection(Math.max(deltaDeg, 1), depthKm);
  return q === null ? 0 : 2 * Math.PI * 10 ** (magnitude - q);
}

function findArrivals(world: World, station: Station, event: HiddenEvent): readonly TrueArrival[] {
  const { latitudeDeg, longitudeDeg, depthKm, magnitude, kind, mechanism, key: eventKey } = event;
  const path = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
  const { deltaDeg, azimuthDeg, backAzimuthDeg } = path;
  const explosion = kind === "explosion";
  const base = mbVelocityNmPerSec(magnitude, deltaDeg, depthKm);
  const cornerHz = CORNER_AT_5_HZ * 10 ** (-CORNER_SLOPE * (magnitude - 5));
  return phasesSeenAt(deltaDeg, depthKm).flatMap((row): TrueArrival[] => {
    const { phase, wave, size, explosionShare } = row;
    const random = randomStream(world.config.seed, "path", eventKey, station.code, phase);
    const scatter = 10 ** (AMPLITUDE_SCATTER * random.normal());
    const error = random.normal();
    const sense = random.uniform() < 0.5 ? -1 : 1;
    const expected = base * size * (explosion ? explosionShare : 1) * scatter;
    if (expected < LEAST_VELOCITY_NM_PER_SEC) return [];
    const travel = world.earth.predict(phase, deltaDeg, depthKm);
    if (!travel) return [];
    const { slownessSecPerDeg } = travel;
    const correction = world.earth.correction(phase, {
      ...{ deltaDeg, depthKm, sourceLatitudeDeg: latitudeDeg },
      ...{ eventStationAzimuthDeg: azimuthDeg, stationElevationKm: station.elevationKm },
    });
    const takeOff = takeOffDeg(slownessSecPerDeg, depthKm, upGoing.has(phase));
    const pattern =
      wave === "P" && mechanism ? radiationP(mechanism, azimuthDeg, takeOff) / RADIATION_RMS : explosion ? 1 : sense;
    const [least, most] = RADIATION_BOUNDS;
    const errorSec =
      (deltaDeg < REGIONAL_BELOW_DEG ? REGIONAL_ERROR_SEC : TELESEISMIC_ERROR_SEC) *
      (wave === "S" ? S_ERROR_FACTOR : 1);
    return [
      {
        ...{ eventKey, phase, slownessSecPerDeg, backAzimuthDeg, cornerHz, row },
        time: event.time + travel.timeSec + correction.ellipticitySec + correction.elevationSec + errorSec * error,
        polarity: pattern < 0 ? -1 : 1,
        velocityNmPerSec: expected * Math.min(most, Math.max(least, Math.abs(pattern))),
      },
    ];
  });
}
