/**
 * A spherical Earth as shells in which slowness follows Bullen's law, so that ray integrals are closed forms.
 *
 * A model's rows give velocity linear in depth. Each stretch is cut into thin shells; inside a shell r/v = u follows u = A r^k, for which
 * distance and time of a ray of parameter p are exact (Bullen and Bolt 1985, An Introduction to the Theory of Seismology, 7.3):
 *
 *     distance = [arccos(p/u)] / k,   time = [sqrt(u^2 - p^2)] / k     between the shell's two radii
 */
import { ak135Rows } from "./models/ak135.ts";
import { iasp91Rows } from "./models/iasp91.ts";

/** Depth (km), P velocity (km/s), S velocity (km/s, 0 in liquid), density (g/cm3). */
export type ModelRow = readonly [depthKm: number, vp: number, vs: number, density: number];

export type ModelName = "ak135" | "iasp91";

export const modelRows: Readonly<Record<ModelName, readonly ModelRow[]>> = { ak135: ak135Rows, iasp91: iasp91Rows };

export const SURFACE_RADIUS_KM = 6371;

/** Thickest shell, km. Halving it changes no travel time of the IDC's phases by more than a millisecond. */
const MAX_SHELL_KM = 20;

export type Wave = "P" | "S";
export type Region = "mantle" | "outerCore" | "innerCore";

/** Shells of one region for one wave, from the top down. Slowness u = r/v in s/rad. */
export interface ShellColumn {
  readonly count: number;
  readonly topRadius: Float64Array;
  readonly bottomRadius: Float64Array;
  readonly topSlowness: Float64Array;
  readonly bottomSlowness: Float64Array;
  /** The exponent k of u = A r^k. */
  readonly exponent: Float64Array;
  /** Slownesses at the model's own rows, where the velocity gradient changes. */
  readonly rowSlowness: Float64Array;
}

export interface VelocityModel {
  readonly name: string;
  readonly rows: readonly ModelRow[];
  readonly mohoDepthKm: number;
  readonly conradDepthKm: number;
  readonly cmbDepthKm: number;
  readonly icbDepthKm: number;
  column(region: Region, wave: Wave): ShellColumn;
  /** Slowness r/v (s/rad) at a depth; at a discontinuity the value above it unless `below`. */
  slownessAt(depthKm: number, wave: Wave, below?: boolean): number;
  /** Density, g/cm3, just above a depth. */
  densityAt(depthKm: number): number;
}

interface Stretch {
  readonly top: ModelRow;
  readonly bottom: ModelRow;
}

/** Builds a model from rows; throws RangeError when the rows do not describe mantle, liquid outer core and solid inner core. */
export function createVelocityModel(name: string, rows: readonly ModelRow[]): VelocityModel {
  const stretches: Stretch[] = [];
  const jumps: { depth: number; ratio: number }[] = [];
  for (let i = 1; i < rows.length; i++) {
    const [top, bottom] = [rows[i - 1]!, rows[i]!];
    if (bottom[0] > top[0]) stretches.push({ top, bottom });
    else jumps.push({ depth: top[0], ratio: bottom[1] / top[1] });
  }
  const liquid = stretches.filter(({ top, bottom }) => top[2] === 0 && bottom[2] === 0);
  if (liquid.length === 0) throw new RangeError(`${name} has no liquid outer core`);
  const cmbDepthKm = liquid[0]!.top[0];
  const icbDepthKm = liquid.at(-1)!.bottom[0];
  const crustal = jumps.filter(({ depth }) => depth < 100).map(({ depth }) => depth);
  const mohoDepthKm = Math.max(...crustal);
  const conradDepthKm = Math.min(...crustal);
  const bounds: Record<Region, readonly [number, number]> = {
    mantle: [0, cmbDepthKm],
    outerCore: [cmbDepthKm, icbDepthKm],
    innerCore: [icbDepthKm, SURFACE_RADIUS_KM],
  };
  const columns = new Map<string, ShellColumn>();
  const columnOf = (region: Region, wave: Wave): ShellColumn => {
    const key = `${region} ${wave}`;
    let column = columns.get(key);
    if (!column) {
      const [from, to] = bounds[region];
      const inside = stretches.filter(({ top, bottom }) => top[0] >= from && bottom[0] <= to);
      columns.set(key, (column = buildColumn(inside, wave)));
    }
    return column;
  };
  const find = (depthKm: number, below: boolean) => {
    const hit = below
      ? stretches.find(({ top, bottom }) => depthKm >= top[0] && depthKm < bottom[0])
      : stretches.find(({ top, bottom }) => depthKm > top[0] && depthKm <= bottom[0]);
    return hit ?? (depthKm <= 0 ? stretches[0]! : stretches.at(-1)!);
  };
  const interpolate = (depthKm: number, column: 1 | 2 | 3, below: boolean) => {
    const { top, bottom } = find(depthKm, below);
    return top[column] + ((bottom[column] - top[column]) * (depthKm - top[0])) / (bottom[0] - top[0]);
  };
  return {
    name,
    rows,
    mohoDepthKm,
    conradDepthKm,
    cmbDepthKm,
    icbDepthKm,
    column: columnOf,
    slownessAt: (depthKm, wave, below = false) =>
      (SURFACE_RADIUS_KM - depthKm) / interpolate(depthKm, wave === "P" ? 1 : 2, below),
    densityAt: (depthKm) => interpolate(depthKm, 3, false),
  };
}

function buildColumn(stretches: readonly Stretch[], wave: Wave): ShellColumn {
  const index = wave === "P" ? 1 : 2;
  const edges: { rt: number; rb: number; ut: number; ub: number }[] = [];
  for (const { top, bottom } of stretches) {
    const thickness = bottom[0] - top[0];
    const parts = Math.max(1, Math.ceil(thickness / MAX_SHELL_KM));
    const velocity = (depth: number) => top[index] + ((bottom[index] - top[index]) * (depth - top[0])) / thickness;
    for (let i = 0; i < parts; i++) {
      const dt = top[0] + (thickness * i) / parts;
      const db = top[0] + (thickness * (i + 1)) / parts;
      const rt = SURFACE_RADIUS_KM - dt;
      const rb = SURFACE_RADIUS_KM - db;
      edges.push({ rt, rb, ut: rt / velocity(dt), ub: rb / velocity(db) });
    }
  }
  const rowSlowness = Float64Array.from(
    stretches.flatMap(({ top, bottom }) => [top, bottom].map((row) => (SURFACE_RADIUS_KM - row[0]) / row[index])),
  );
  const take = (pick: (e: (typeof edges)[number]) => number) => Float64Array.from(edges, pick);
  return {
    count: edges.length,
    topRadius: take((e) => e.rt),
    bottomRadius: take((e) => e.rb),
    topSlowness: take((e) => e.ut),
    bottomSlowness: take((e) => e.ub),
    // A shell that reaches the centre has u = r / v there, which is k = 1 exactly.
    exponent: take((e) => (e.rb <= 0 ? 1 : Math.log(e.ut / e.ub) / Math.log(e.rt / e.rb))),
    rowSlowness,
  };
}

const cache = new Map<ModelName, VelocityModel>();

/** One of the published models. */
export function velocityModel(name: ModelName): VelocityModel {
  let model = cache.get(name);
  if (!model) cache.set(name, (model = createVelocityModel(name, modelRows[name])));
  return model;
}
