/** Predictions of readings by a spherical earth model with ellipticity, elevation and modelling errors. */
import { distanceAzimuth, type EarthModel, KM_PER_DEGREE, RADIANS_PER_DEGREE, type TravelTime } from "@harken/core";
import type { Prediction, ReadingPredictor } from "./predictor.ts";
import type { Hypocentre, Reading } from "./reading.ts";
import type { LocationSettings } from "./settings.ts";

/** Step of the search for the nearest distance at which a phase exists, deg. */
const SEARCH_STEP_DEG = 0.5;
/** Depths to which a crustal phase of a deeper source falls back: just above ak135's and iasp91's discontinuities, and the surface. */
const crustalDepthsKm: readonly number[] = [35, 20, 0];
/** Change of distance over which the slowness's own change is taken, deg. */
const SLOWNESS_STEP_DEG = 0.5;
/** Sine of the distance below which a direction says no more about the place: 0.1 deg. */
const LEAST_SINE = 0.0017;
/** A depth outside the phase's range counts as this many degrees. */
const OUTSIDE_DEPTH_DEG = 90;

export type DirectionErrors = Pick<LocationSettings, "azimuthModelErrorDeg" | "slownessModelErrorSecPerDeg">;
export type PredictorSettings = DirectionErrors & Partial<Pick<LocationSettings, "correlationKm">>;

export function earthPredictor(earth: EarthModel, settings: PredictorSettings): ReadingPredictor {
  const { correlationKm } = settings;
  const predict: ReadingPredictor["predict"] = (reading, source) => predictReading(earth, settings, reading, source);
  return correlationKm ? { predict, correlation: correlationOver(correlationKm) } : { predict };
}

/** Distances between stations are computed once. */
function correlationOver(lengthKm: number): NonNullable<ReadingPredictor["correlation"]> {
  const known = new Map<string, number>();
  return (one, other) => {
    if (one.phase !== other.phase) return 0;
    const [a, b] = [one.station, other.station];
    const key = `${a.latitudeDeg} ${a.longitudeDeg} ${b.latitudeDeg} ${b.longitudeDeg}`;
    let rho = known.get(key);
    if (rho === undefined) {
      const { deltaDeg } = distanceAzimuth(a.latitudeDeg, a.longitudeDeg, b.latitudeDeg, b.longitudeDeg);
      known.set(key, (rho = Math.exp((-deltaDeg * KM_PER_DEGREE) / lengthKm)));
    }
    return rho;
  };
}

interface Path {
  readonly travel: TravelTime;
  readonly deltaDeg: number;
  readonly depthKm: number;
}

/** The path at a distance and depth, or the nearest that exists. */
function nearestPath(earth: EarthModel, phase: string, deltaDeg: number, depthKm: number): Path | null {
  const direct = earth.predict(phase, deltaDeg, depthKm);
  if (direct) return { travel: direct, deltaDeg, depthKm };
  for (const depth of [depthKm, ...crustalDepthsKm.filter((depth) => depth < depthKm)]) {
    for (let away = 0; away <= 180; away += SEARCH_STEP_DEG) {
      for (const delta of [deltaDeg - away, deltaDeg + away]) {
        if (delta < 0 || delta > 180) continue;
        const travel = earth.predict(phase, delta, depth);
        if (travel) return { travel, deltaDeg: delta, depthKm: depth };
      }
    }
  }
  return null;
}

function predictReading(
  earth: EarthModel,
  errors: DirectionErrors,
  reading: Reading,
  source: Hypocentre,
): Prediction | null {
  const { phase, station } = reading;
  const { latitudeDeg, longitudeDeg, depthKm } = source;
  const geometry = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
  const { deltaDeg, azimuthDeg, backAzimuthDeg } = geometry;
  const along = earth.predictPath?.(phase, source, station, depthKm) ?? null;
  const path = along ? { travel: along, deltaDeg, depthKm } : nearestPath(earth, phase, deltaDeg, depthKm);
  if (!path) return null;
  const { slownessSecPerDeg: p, depthDerivativeSecPerKm } = path.travel;
  const beyondDeg = deltaDeg - path.deltaDeg;
  const belowKm = depthKm - path.depthKm;
  const correction = earth.correction(phase, {
    deltaDeg: path.deltaDeg,
    depthKm: path.depthKm,
    sourceLatitudeDeg: latitudeDeg,
    eventStationAzimuthDeg: azimuthDeg,
    stationElevationKm: station.elevationKm,
  });
  const plain = path.travel.timeSec + p * beyondDeg + depthDerivativeSecPerKm * belowKm;
  const sine = Math.sin(azimuthDeg * RADIANS_PER_DEGREE);
  const cosine = Math.cos(azimuthDeg * RADIANS_PER_DEGREE);
  // Distance changes by -sine a km to the east; the back azimuth, seen from the station, by what stands across the path.
  const across = 1 / (KM_PER_DEGREE * Math.max(LEAST_SINE, Math.sin(deltaDeg * RADIANS_PER_DEGREE)));
  const longWay = p < 0;
  const curvature = reading.slownessDefining ? slownessChange(earth, phase, path) : 0;
  return {
    time: {
      value: plain + correction.ellipticitySec + correction.elevationSec,
      modelError: along ? along.errorSec : earth.modelErrorSec(phase, deltaDeg, depthKm),
      perEastKm: (-p * sine) / KM_PER_DEGREE,
      perNorthKm: (-p * cosine) / KM_PER_DEGREE,
      perDepthKm: depthDerivativeSecPerKm,
    },
    azimuth: {
      value: longWay ? backAzimuthDeg + 180 : backAzimuthDeg,
      modelError: errors.azimuthModelErrorDeg,
      perEastKm: -cosine * across,
      perNorthKm: sine * across,
      perDepthKm: 0,
    },
    slowness: {
      value: Math.abs(p),
      modelError: errors.slownessModelErrorSecPerDeg,
      perEastKm: (-curvature * sine) / KM_PER_DEGREE,
      perNorthKm: (-curvature * cosine) / KM_PER_DEGREE,
      perDepthKm: 0,
    },
    outsideDeg: Math.abs(beyondDeg) + (belowKm === 0 ? 0 : OUTSIDE_DEPTH_DEG),
  };
}

/** Change of the slowness's size with distance, s/deg/deg, over a step that smooths the kinks of the first arrivals. */
function slownessChange(earth: EarthModel, phase: string, { deltaDeg, depthKm, travel }: Path): number {
  const near = earth.predict(phase, Math.max(0, deltaDeg - SLOWNESS_STEP_DEG), depthKm) ?? travel;
  const far = earth.predict(phase, Math.min(180, deltaDeg + SLOWNESS_STEP_DEG), depthKm) ?? travel;
  return (Math.abs(far.slownessSecPerDeg) - Math.abs(near.slownessSecPerDeg)) / (2 * SLOWNESS_STEP_DEG);
}
