/**
 * Particles moved by convection: by chance with the clouds from layer to layer, otherwise down with the air around them. Backward the clouds are followed
 * from where air came to where it was, and the air around rises. Columns are solved when a particle first needs them, and kept.
 */
import type { CounterRandom } from "../particles/counterRandom.ts";
import type { MoistAir, TransportField } from "../transport/transportField.ts";
import { type ConvectiveFluxes, MassFluxScheme } from "./massFlux.ts";
import { GAS_DRY, GRAVITY, virtualTemperature } from "./parcel.ts";

export interface ConvectiveColumn extends ConvectiveFluxes {
  /** Heights of the interfaces above ground; one more than there are layers. */
  readonly interfaceM: Float64Array;
  /** Velocity of the air around the clouds at the interfaces, m/s; downward negative. */
  readonly around: Float64Array;
  /** Rates at which clouds take air from each layer and bring air to it, 1/s. */
  readonly leaving: Float64Array;
  readonly arriving: Float64Array;
}

/** The column of fluxes whose interfaces stand at these heights, one more than there are layers. */
export function convectiveColumn(fluxes: ConvectiveFluxes, interfaceM: Float64Array): ConvectiveColumn {
  const { layers, mass, flux, sinking } = fluxes;
  const around = new Float64Array(layers + 1);
  const leaving = new Float64Array(layers);
  const arriving = new Float64Array(layers);
  for (let k = 0; k < layers; k++) {
    if (k > 0) {
      const density = (mass[k - 1]! + mass[k]!) / (interfaceM[k + 1]! - interfaceM[k - 1]!);
      around[k] = -sinking[k]! / density;
    }
    for (let j = 0; j < layers; j++) {
      if (j === k) continue;
      leaving[k]! += flux[k * layers + j]! / mass[k]!;
      arriving[k]! += flux[j * layers + k]! / mass[k]!;
    }
  }
  return { ...fluxes, interfaceM, around, leaving, arriving };
}

/** Columns are looked at up to here. */
const TOP_HPA = 50;
/** A level this near to the ground stands for it. */
const LEAST_ABOVE_HPA = 1;

/** Solved columns of the two fields last asked for; each thread keeps its own. */
export class ConvectionColumns {
  readonly #kept = new Map<number, (ConvectiveColumn | null | undefined)[]>();
  #scheme: MassFluxScheme | null = null;

  /** Null where the column of a grid point does not convect, or where the field knows no humidity. */
  of(field: TransportField, point: number): ConvectiveColumn | null {
    if (!field.moist) return null;
    let columns = this.#kept.get(field.time);
    if (!columns) {
      for (const time of [...this.#kept.keys()].slice(0, -1)) this.#kept.delete(time);
      columns = new Array(field.rows * field.columns);
      this.#kept.set(field.time, columns);
    }
    let column = columns[point];
    if (column === undefined) columns[point] = column = this.#solve(field.moist, point);
    return column;
  }

  #solve(air: MoistAir, point: number): ConvectiveColumn | null {
    const { pressuresHPa, temperatureAndHumidity, groundHPa } = air;
    this.#scheme ??= new MassFluxScheme(pressuresHPa.length);
    const { column, interfaceHPa } = this.#scheme;
    const ground = groundHPa[point]!;
    let n = 0;
    for (let k = 0; k < pressuresHPa.length; k++) {
      const p = pressuresHPa[k]!;
      if (p > ground - LEAST_ABOVE_HPA || p < TOP_HPA) continue;
      const at = 2 * (point * pressuresHPa.length + k);
      column.pressureHPa[n] = p;
      column.temperatureK[n] = temperatureAndHumidity[at]!;
      column.humidity[n] = temperatureAndHumidity[at + 1]!;
      n++;
    }
    column.count = n;
    const fluxes = this.#scheme.solve(ground);
    if (!fluxes) return null;
    const { layers } = fluxes;
    const interfaceM = new Float64Array(layers + 1);
    for (let k = 0; k < layers; k++) {
      const warm = virtualTemperature(column.temperatureK[k]!, column.humidity[k]!);
      interfaceM[k + 1] =
        interfaceM[k]! + ((GAS_DRY * warm) / GRAVITY) * Math.log(interfaceHPa[k]! / interfaceHPa[k + 1]!);
    }
    return convectiveColumn(fluxes, interfaceM);
  }
}

/** Layers that a particle may pass in one step; more are not met in any weather. */
const MOST_PASSAGES = 100;

/**
 * Height after `stepSec`, negative for backward: the process itself, whatever the step. A particle waits in its layer until a cloud takes it, which may be
 * at any time, and meanwhile moves with the air around, whose velocity is linear in height.
 */
export function redistribute(
  column: ConvectiveColumn,
  heightM: number,
  stepSec: number,
  random: CounterRandom,
): number {
  const { layers, interfaceM, around } = column;
  if (heightM >= interfaceM[layers]!) return heightM;
  const forward = stepSec > 0;
  const sign = forward ? 1 : -1;
  const leaving = forward ? column.leaving : column.arriving;
  let left = Math.abs(stepSec);
  let z = heightM;
  let here = 0;
  while (z >= interfaceM[here + 1]!) here++;
  for (let n = 0; n < MOST_PASSAGES; n++) {
    const [bottom, top] = [interfaceM[here]!, interfaceM[here + 1]!];
    const wait = leaving[here]! > 0 ? -Math.log(random.uniform()) / leaving[here]! : Number.POSITIVE_INFINITY;
    const shear = (sign * (around[here + 1]! - around[here]!)) / (top - bottom);
    const velocity = sign * around[here]! + shear * (z - bottom);
    const passage = timeTo(velocity < 0 ? bottom - z : top - z, velocity, shear);
    const time = Math.min(wait, passage, left);
    left -= time;
    if (time === passage) {
      here += velocity < 0 ? -1 : 1;
      if (here < 0 || here >= layers) return Math.max(0, Math.min(interfaceM[layers]!, velocity < 0 ? bottom : top));
      z = velocity < 0 ? bottom : top;
    } else {
      z += Math.abs(shear * time) > 1e-9 ? (velocity * Math.expm1(shear * time)) / shear : velocity * time;
      z = Math.max(bottom, Math.min(top, z));
      if (time !== wait) return z;
      here = destination(column, here, forward, random.uniform() * leaving[here]!);
      z = interfaceM[here]! + random.uniform() * (interfaceM[here + 1]! - interfaceM[here]!);
    }
  }
  return z;
}

/** Time in which a velocity that changes by `shear` a metre makes a way; infinite where it ends before. */
function timeTo(way: number, velocity: number, shear: number): number {
  if (velocity === 0) return Number.POSITIVE_INFINITY;
  const growth = (shear * way) / velocity;
  if (Math.abs(growth) < 1e-9) return way / velocity;
  return growth > -1 ? Math.log1p(growth) / shear : Number.POSITIVE_INFINITY;
}

/** The layer that `chance`, 1/s within the rate at which the air of a layer leaves or came, falls to. */
function destination({ layers, mass, flux }: ConvectiveFluxes, here: number, forward: boolean, chance: number): number {
  let [there, left] = [here, chance * mass[here]!];
  for (let k = 0; k < layers && left >= 0; k++) {
    if (k === here) continue;
    const part = forward ? flux[here * layers + k]! : flux[k * layers + here]!;
    if (part > 0) there = k;
    left -= part;
  }
  return there;
}
