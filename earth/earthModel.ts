/**
 * The travel-time model that locators, associators, simulators and screens share: tables over ray integration, ellipticity, elevation and
 * modelling errors of one published spherical model. A row of a table is
 * built when a depth beside it is first asked for, and kept.
 *
 *     const earth = createEarthModel("ak135");
 *     earth.predict("P", 45, 10)?.timeSec;
 */
import { type EarthModel, type PathCorrection, RADIANS_PER_DEGREE, type RayPath, type TravelTime } from "@harken/core";
import { combineTau, ellipticityCoefficients, type Tau } from "./corrections/ellipticity.ts";
import { modelErrorSec } from "./corrections/modelError.ts";
import { phaseRanges } from "./phases/idcPhases.ts";
import { isNearField } from "./tables/row.ts";
import { createTable, globalAxes, localAxes, lookUp, type PhaseTable } from "./tables/table.ts";
import { guidedWaveTime, isGuided } from "./taup/guidedWaves.ts";
import { parsePhase, pathsOf } from "./taup/phase.ts";
import { type ModelName, SURFACE_RADIUS_KM, velocityModel, type Wave } from "./velocityModel.ts";

/** Velocities under a station by which its height counts, km/s: the IDC's and GMS's medium velocities. */
export const mediumVelocityKmPerSec: Readonly<Record<"P" | "S", number>> = Object.freeze({ P: 5.8, S: 3.35 });

/** Ellipticity varies slowly: coefficients stand at these nodes and are linear between. */
const ELLIPTICITY_STEP_DEG = 2.5;
const ellipticityDepthsKm: readonly number[] = [0, 35, 100, 200, 300, 500, 700, 800];

interface PhaseTables {
  readonly wide: PhaseTable;
  /** With finer steps, for phases that arrive close to the source. */
  readonly near: PhaseTable | null;
  /** Wave of the last leg. */
  readonly wave: Wave;
}

const models = new Map<ModelName, EarthModel>();

/** One of the published models, with its caches shared by all who ask in this thread. */
export function createEarthModel(name: ModelName): EarthModel {
  let model = models.get(name);
  if (!model) models.set(name, (model = buildEarthModel(name)));
  return model;
}

function buildEarthModel(name: ModelName): EarthModel {
  const velocity = velocityModel(name);
  const tables = new Map<string, PhaseTables>();
  const coefficients = new Map<string, Map<number, Tau | null>>();
  const localMaxDepth = localAxes.depthsKm.at(-1)!;

  /** Null for names that are no path of rays. */
  const tablesOf = (phase: string): PhaseTables | null => {
    const known = tables.get(phase);
    if (known) return known;
    const wave = pathsOf(phase)
      .map((name) => parsePhase(name)?.stationWave)
      .find((found) => found !== undefined);
    if (wave === undefined || isGuided(phase)) return null;
    const made: PhaseTables = {
      wave,
      wide: createTable(velocity, phase, globalAxes),
      near: isNearField(phase) ? createTable(velocity, phase, localAxes) : null,
    };
    tables.set(phase, made);
    return made;
  };

  const predict = (phase: string, deltaDeg: number, depthKm: number): TravelTime | null => {
    const found = tablesOf(phase);
    if (!found) return guidedWaveTime(phase, deltaDeg, depthKm);
    const close = found.near && deltaDeg < localAxes.maxDeltaDeg && depthKm <= localMaxDepth;
    return lookUp(close ? found.near : found.wide, deltaDeg, depthKm);
  };

  const tauAt = (phase: string, column: number, row: number): Tau | null => {
    let cache = coefficients.get(phase);
    if (!cache) coefficients.set(phase, (cache = new Map()));
    const key = column * ellipticityDepthsKm.length + row;
    let tau = cache.get(key);
    if (tau === undefined) {
      const delta = Math.min(180, column * ELLIPTICITY_STEP_DEG);
      cache.set(key, (tau = ellipticityCoefficients(velocity, phase, delta, ellipticityDepthsKm[row]!)));
    }
    return tau;
  };

  const ellipticity = (phase: string, path: RayPath): number => {
    if (!tablesOf(phase)) return 0;
    const x = path.deltaDeg / ELLIPTICITY_STEP_DEG;
    const column = Math.floor(x);
    let row = 0;
    while (row + 2 < ellipticityDepthsKm.length && ellipticityDepthsKm[row + 1]! < path.depthKm) row++;
    const f = x - column;
    const g = (path.depthKm - ellipticityDepthsKm[row]!) / (ellipticityDepthsKm[row + 1]! - ellipticityDepthsKm[row]!);
    const corners = [
      [column, row, (1 - f) * (1 - g)],
      [column + 1, row, f * (1 - g)],
      [column, row + 1, (1 - f) * g],
      [column + 1, row + 1, f * g],
    ] as const;
    const sum: [number, number, number] = [0, 0, 0];
    let weights = 0;
    for (const [i, j, weight] of corners) {
      const tau = weight > 0 ? tauAt(phase, i, j) : null;
      if (!tau) continue;
      weights += weight;
      for (let k = 0; k < 3; k++) sum[k]! += weight * tau[k]!;
    }
    // At the edge of a phase's range the nodes that exist stand for those that do not.
    if (weights === 0) return 0;
    const tau: Tau = [sum[0] / weights, sum[1] / weights, sum[2] / weights];
    return combineTau(tau, path.sourceLatitudeDeg, path.eventStationAzimuthDeg);
  };

  const elevation = (phase: string, path: RayPath): number => {
    const found = path.stationElevationKm === 0 ? null : tablesOf(phase);
    const slowness = found && predict(phase, path.deltaDeg, path.depthKm)?.slownessSecPerDeg;
    if (!found || slowness === undefined || slowness === null) return 0;
    const p = slowness / (RADIANS_PER_DEGREE * SURFACE_RADIUS_KM);
    const u = 1 / mediumVelocityKmPerSec[found.wave];
    return path.stationElevationKm * Math.sqrt(Math.max(0, u * u - p * p));
  };

  return {
    model: name,
    phases: [...new Set(phaseRanges.map(({ phase }) => phase))],
    predict,
    modelErrorSec,
    correction: (phase: string, path: RayPath): PathCorrection => ({
      ellipticitySec: ellipticity(phase, path),
      elevationSec: elevation(phase, path),
    }),
  };
}
