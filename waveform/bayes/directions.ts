/** How well the measured direction of each arrival fits waves from a cell of the grid: densities as fast as a search over all cells needs them. */
import { softplus } from "../association/softplus.ts";
import type { ArrivalColumns } from "./columns.ts";
import { AZIMUTH_RANGE_DEG, logLaplace, SLOWNESS_RANGE } from "./laplace.ts";
import type { Model } from "./model.ts";
import type { Wave } from "./phases.ts";
import type { LaplacePrior } from "./priors.ts";

/** What the densities of direction of each arrival are made of, for one wave; all 0 where nothing was measured. */
export interface Directions {
  readonly azimuth: readonly LaplacePrior[];
  readonly azimuthScaleDeg: Float64Array;
  /** Log density at the centre, no error of the place. */
  readonly azimuthPeak: Float64Array;
  readonly slownessPeak: Float64Array;
  /** Log density of wild slownesses, the log by which the peak is above it, and one over the scale. */
  readonly slownessFloor: Float64Array;
  readonly slownessRise: Float64Array;
  readonly slownessFall: Float64Array;
  /** By wave: what an arrival may be worth at the most, but for its amplitude and the chance of a detection. */
  readonly most: Readonly<Record<Wave, Float64Array>>;
}

/** Slownesses differ by this within a cell, s/deg. */
const SLOWNESS_BLUR = 0.1;
const LEAST_WILD_SHARE = 1e-6;

export function directionsOf(
  { network }: Model,
  columns: ArrivalColumns,
  owned: Float64Array,
  wave: "P" | "S",
): Directions {
  const n = columns.time.length;
  const column = () => new Float64Array(n);
  const directions = {
    azimuth: Array.from(columns.stationOf, (s) => network.kinds[s]!.azimuth[wave]),
    ...{ azimuthScaleDeg: column(), azimuthPeak: column(), slownessPeak: column() },
    ...{ slownessFloor: column(), slownessRise: column(), slownessFall: column() },
    most: { P: column(), S: column(), L: column() },
  };
  for (let a = 0; a < n; a++) {
    const { azimuth, slowness } = network.kinds[columns.stationOf[a]!]!;
    if (!Number.isNaN(columns.azimuthDeg[a]!)) {
      const scale = azimuth[wave].scale * columns.azimuthErrorDeg[a]!;
      directions.azimuthScaleDeg[a] = scale;
      directions.azimuthPeak[a] = logLaplace(0, scale, azimuth[wave], AZIMUTH_RANGE_DEG);
    }
    if (!Number.isNaN(columns.slownessSecPerDeg[a]!)) {
      const prior = slowness[wave];
      const scale = prior.scale * columns.slownessErrorSecPerDeg[a]! + SLOWNESS_BLUR;
      const floor = Math.log(Math.max(LEAST_WILD_SHARE, prior.wildShare) / SLOWNESS_RANGE);
      directions.slownessPeak[a] = logLaplace(0, scale, prior, SLOWNESS_RANGE);
      directions.slownessFloor[a] = floor;
      directions.slownessRise[a] = Math.log((1 - prior.wildShare) / (2 * scale)) - floor;
      directions.slownessFall[a] = 1 / scale;
    }
    const peak = directions.azimuthPeak[a]! + directions.slownessPeak[a]! - columns.chance[a]! - owned[a]!;
    for (const name of ["P", "S", "L"] as const) directions.most[name][a] = peak + columns.labelled[name][a]!;
  }
  return directions;
}

/** Log density of an arrival's slowness that is `off` that of the wave; the same as `logLaplace`, from a table. */
export function slownessLog({ slownessFloor, slownessRise, slownessFall }: Directions, a: number, off: number): number {
  if (Number.isNaN(off)) return 0;
  return slownessFloor[a]! + softplus(slownessRise[a]! - off * slownessFall[a]!);
}

/** Log density of an arrival's azimuth for a wave from the cell. */
export function azimuthLog(
  { azimuth, azimuthScaleDeg }: Directions,
  { azimuthDeg }: ArrivalColumns,
  a: number,
  fromDeg: number,
  blurDeg: number,
): number {
  if (Number.isNaN(azimuthDeg[a]!)) return 0;
  let off = Math.abs(azimuthDeg[a]! - fromDeg);
  if (off > 180) off = 360 - off;
  return logLaplace(off, azimuthScaleDeg[a]! + blurDeg, azimuth[a]!, AZIMUTH_RANGE_DEG);
}
