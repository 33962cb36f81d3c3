/**
 * Moist convection as fluxes of air between the levels of a column, by the buoyancy sorting of Emanuel (1991, doi:10.1175/1520-0469(1991)048<2313:ASFRCC>2.0.CO;2)
 * with the closure of Emanuel and Zivkovic-Rothman (1999, doi:10.1175/1520-0469(1999)056<1766:DAEOAC>2.0.CO;2), as Lagrangian models use it (Forster,
 * Stohl and Seibert 2007, doi:10.1175/JAM2470.1). Air of the source level rises undiluted to every level between cloud base and the level of neutral
 * buoyancy; what stops at a level mixes there with the air around in all proportions, and each mixture goes to where it is neutral. Air around the
 * clouds sinks to make up for it.
 *
 * The flux at cloud base is that of quasi-equilibrium, which the scheme approaches within an hour, so that it depends on the column alone.
 */
import {
  condensationPressure,
  GAS_DRY,
  GAS_VAPOUR,
  GRAVITY,
  HEAT_DRY,
  HEAT_LIQUID,
  HEAT_VAPOUR,
  type LiftedParcel,
  latentHeat,
  liftParcel,
  type MoistColumn,
  saturationHumidity,
  virtualTemperature,
} from "./parcel.ts";

/** Fluxes between the layers around a column's levels; layer k lies between interfaces k and k + 1, interface 0 is the ground. */
export interface ConvectiveFluxes {
  readonly layers: number;
  /** Of air, kg/m^2. */
  readonly mass: Float64Array;
  /** From layer i to layer j, kg/(m^2 s), at [i * layers + j]. */
  readonly flux: Float64Array;
  /** Air that sinks around the clouds through each interface, kg/(m^2 s). */
  readonly sinking: Float64Array;
}

/** Buoyancy below zero that rising air gets through on its way to free convection, K. */
const INHIBITION_K = 0.9;
/** Cloud-base flux for each degree of instability in equilibrium, kg/(m^2 s K): 0.1 x 0.025 / 0.3 of the scheme's relaxation. */
const FLUX_PER_KELVIN = 0.1 * (0.025 / 0.3);
/** Mixing from the depth of a layer alone, K/hPa, beside that from buoyancy. */
const MIXING_PER_HPA = 1.5 * 0.02;
/** Condensed water that does not fall out, kg/kg; falls to none at -55 C. */
const CLOUD_WATER = 0.0011;
const CLOUD_WATER_ENDS_C = -55;
const MOST_PRECIPITATED = 0.999;
const COLDEST_SOURCE_K = 250;
/** A mixture with more of the air around than this is that air. */
const LARGEST_SHARE = 0.9;

/** Null where the column does not convect. Plans own their scratch: one for each thread. */
export class MassFluxScheme {
  readonly column: MoistColumn;
  readonly #parcel: LiftedParcel;
  /** Pressure of the interfaces; the first is the ground's. */
  readonly interfaceHPa: Float64Array;
  readonly #energy: Float64Array;
  readonly #liftedEnergy: Float64Array;
  readonly #virtual: Float64Array;
  readonly #saturation: Float64Array;
  readonly #fallout: Float64Array;
  readonly #supply: Float64Array;
  readonly #share: Float64Array;
  readonly #mixed: Float64Array;
  readonly #size: number;

  constructor(levels: number) {
    const make = () => new Float64Array(levels + 2);
    this.#size = levels + 2;
    this.column = {
      pressureHPa: make(),
      temperatureK: make(),
      humidity: make(),
      geopotential: make(),
      count: 0,
    };
    this.#parcel = { temperatureK: make(), virtualK: make(), liquid: make() };
    this.interfaceHPa = make();
    this.#energy = make();
    this.#liftedEnergy = make();
    this.#virtual = make();
    this.#saturation = make();
    this.#fallout = make();
    this.#supply = make();
    this.#share = new Float64Array(this.#size * this.#size);
    this.#mixed = new Float64Array(this.#size * this.#size);
  }

  /** From the pressures, temperatures and humidities that `column` was filled with, over ground at `groundHPa`. */
  solve(groundHPa: number): ConvectiveFluxes | null {
    const { pressureHPa: p, humidity, temperatureK, count } = this.column;
    if (count < 5) return null;
    this.#prepare(groundHPa);
    const source = this.#sourceLevel();
    if (source === null || temperatureK[source]! < COLDEST_SOURCE_K || !(humidity[source]! > 0)) return null;
    const baseHPa = condensationPressure(temperatureK[source]!, humidity[source]!, p[source]!);
    let base = source + 1;
    while (base < count && p[base]! >= baseHPa) base++;
    // Convection needs levels above its base to end in.
    if (!(baseHPa >= 200) || base >= count - 3) return null;
    liftParcel(this.column, source, base, this.#parcel);
    if (this.#parcel.virtualK[base]! <= this.#virtual[base]! - INHIBITION_K) return null;
    const flux = FLUX_PER_KELVIN * this.#instability(source, base, baseHPa);
    if (!(flux > 0)) return null;
    const { top, neutral } = this.#neutralLevels(base);
    this.#mixingRates(source, base, top, neutral, flux);
    for (let i = base + 1; i <= top; i++) this.#sort(i, source, base, top);
    return this.#collect(source, base, top);
  }

  #prepare(groundHPa: number): void {
    const { pressureHPa: p, temperatureK: t, humidity: q, geopotential, count } = this.column;
    const edge = this.interfaceHPa;
    edge[0] = groundHPa;
    for (let k = 1; k < count; k++) edge[k] = 0.5 * (p[k - 1]! + p[k]!);
    edge[count] = Math.max(0.5 * p[count - 1]!, 1.5 * p[count - 1]! - 0.5 * p[count - 2]!);
    for (let k = 0; k < count; k++) {
      this.#virtual[k] = virtualTemperature(t[k]!, q[k]!);
      geopotential[k] =
        k === 0
          ? 0
          : geopotential[k - 1]! +
            (0.5 * GAS_DRY * (this.#virtual[k - 1]! + this.#virtual[k]!) * (p[k - 1]! - p[k]!)) / edge[k]!;
      this.#energy[k] = t[k]! * (HEAT_DRY * (1 - q[k]!) + HEAT_VAPOUR * q[k]!) + geopotential[k]!;
      this.#saturation[k] = saturationHumidity(t[k]!, p[k]!);
    }
  }

  /** The level of most moist static energy below that of least; null where it rises all the way up. */
  #sourceLevel(): number | null {
    const { temperatureK: t, humidity: q, geopotential, count } = this.column;
    const moist = (k: number) =>
      (HEAT_DRY * (1 - q[k]!) + HEAT_LIQUID * q[k]!) * (t[k]! - t[0]!) + latentHeat(t[k]!) * q[k]! + geopotential[k]!;
    let [least, leastAt] = [Number.POSITIVE_INFINITY, count - 1];
    for (let k = 1; k < count; k++) {
      if (moist(k) < least && moist(k) < moist(k - 1)) {
        least = moist(k);
        leastAt = k;
      }
    }
    if (leastAt >= count - 2) return null;
    let source = 0;
    for (let k = 1; k <= leastAt; k++) if (moist(k) > moist(source)) source = k;
    return source;
  }

  /** Buoyancy at the condensation level and, on average, on the way to it, with the inhibition that is got through, K. */
  #instability(source: number, base: number, baseHPa: number): number {
    const { pressureHPa: p, humidity: q } = this.column;
    const virtual = this.#virtual;
    const lifted = this.#parcel.virtualK;
    const edge = this.interfaceHPa;
    const below = base - 1;
    const heat = HEAT_DRY * (1 - q[below]!) + HEAT_VAPOUR * q[below]!;
    const parcelThere = lifted[below]! * (1 - (GAS_DRY * (p[below]! - baseHPa)) / (heat * p[below]!));
    const airThere =
      virtual[base]! + ((lifted[base]! - lifted[base + 1]!) * (baseHPa - p[base]!)) / (p[base]! - p[base + 1]!);
    let onTheWay = 0;
    for (let k = source; k < base; k++) onTheWay += (lifted[k]! - virtual[k]!) * (edge[k]! - edge[k + 1]!);
    return parcelThere - airThere + INHIBITION_K + onTheWay / (edge[source]! - edge[base]!);
  }

  /** Above the highest level where the parcel is buoyant, and the highest up to which it has had energy to rise. */
  #neutralLevels(base: number): { top: number; neutral: number } {
    const { pressureHPa: p, count } = this.column;
    const edge = this.interfaceHPa;
    let energy = 0;
    let [top, neutral] = [base + 1, base + 1];
    for (let k = base + 1; k < count - 2; k++) {
      const buoyancy = ((this.#parcel.virtualK[k]! - this.#virtual[k]!) * (edge[k]! - edge[k + 1]!)) / p[k]!;
      energy += buoyancy;
      if (buoyancy >= 0) neutral = k + 1;
      if (energy > 0) top = k + 1;
    }
    return { top: Math.max(top, neutral), neutral };
  }

  /** How much of the rising air stops at each level to mix there; and what precipitates of it. */
  #mixingRates(source: number, base: number, top: number, neutral: number, flux: number): void {
    const edge = this.interfaceHPa;
    const { temperatureK: lifted, virtualK, liquid } = this.#parcel;
    let sum = 0;
    this.#supply.fill(0);
    for (let i = base + 1; i <= top; i++) {
      const k = Math.min(i, neutral);
      this.#supply[i] = Math.abs(this.#virtual[k]! - virtualK[k]!) + MIXING_PER_HPA * (edge[k]! - edge[k + 1]!);
      sum += this.#supply[i]!;
    }
    for (let i = base; i <= top; i++) {
      this.#supply[i]! *= flux / sum;
      const celsius = lifted[i]! - 273.15;
      const kept = Math.max(0, celsius >= 0 ? CLOUD_WATER : CLOUD_WATER * (1 - celsius / CLOUD_WATER_ENDS_C));
      this.#fallout[i] = Math.max(0, MOST_PRECIPITATED * (1 - kept / Math.max(liquid[i]!, 1e-8)));
      const heat = latentHeat(this.column.temperatureK[i]!) + (HEAT_DRY - HEAT_VAPOUR) * this.column.temperatureK[i]!;
      this.#liftedEnergy[i] = this.#energy[source]! + heat * this.#fallout[i]! * liquid[i]!;
    }
  }

  /** Mixtures made at level i: the share of the air around in each that is neutral at level j, and how much goes there. */
  #sort(i: number, source: number, base: number, top: number): void {
    const { temperatureK: t, humidity: q } = this.column;
    const { liquid } = this.#parcel;
    const n = this.#size;
    const energy = this.#energy;
    const water = q[source]! - this.#fallout[i]! * liquid[i]!;
    const lifted = this.#liftedEnergy[i]!;
    const share = this.#share;
    const mixed = this.#mixed;
    for (let j = base - 1; j <= top + 1; j++) {
      share[i * n + j] = 0;
      mixed[i * n + j] = 0;
    }
    let found = 0;
    for (let j = base; j <= top; j++) {
      if (j === i) {
        share[i * n + j] = 1;
        continue;
      }
      const latent = latentHeat(t[j]!);
      const bend = 1 + (latent * latent * this.#saturation[j]!) / (GAS_VAPOUR * t[j]! * t[j]! * HEAT_DRY);
      const up = energy[j]! - lifted + (HEAT_VAPOUR - HEAT_DRY) * t[j]! * (water - q[j]!);
      const down = energy[i]! - lifted + (HEAT_DRY - HEAT_VAPOUR) * (q[i]! - water) * t[j]!;
      let part = up / apart(down);
      const condensed = (part * q[i]! + (1 - part) * water - this.#saturation[j]!) / bend;
      const held = liquid[j]! * (1 - this.#fallout[j]!);
      // Rising mixtures lose the water that a cloud there cannot hold.
      if (j > i && (part < 0 || part > 1 || condensed > held))
        part = (up - latent * (water - this.#saturation[j]! - held * bend)) / apart(down + latent * (q[i]! - water));
      if (part > 0 && part < LARGEST_SHARE) {
        mixed[i * n + j] = this.#supply[i]! / (1 - part);
        found++;
      }
      share[i * n + j] = Math.max(0, Math.min(1, part));
    }
    const sum = found > 0 ? this.#weigh(i, water, base, top) : 0;
    // Air that can mix with nothing stays where it stopped.
    if (!(sum > 1e-18)) mixed[i * n + i] = this.#supply[i]!;
  }

  /** All proportions are equally likely: a destination's part is the range of shares around its own. Returns the mixtures' flux. */
  #weigh(i: number, water: number, base: number, top: number): number {
    const { temperatureK: t, humidity: q } = this.column;
    const n = this.#size;
    const edge = this.interfaceHPa;
    const mixed = this.#mixed;
    const share = (j: number) => this.#share[i * n + j]!;
    const latent = latentHeat(t[i]!);
    const lifted = this.#liftedEnergy[i]!;
    const excess = water - this.#saturation[i]!;
    let critical =
      (this.#energy[i]! - lifted - latent * excess) / apart(this.#energy[i]! - lifted + latent * (q[i]! - water));
    if (excess + critical * (q[i]! - water) < 0) critical = 1;
    critical = Math.max(0, critical);
    let [ranges, least, sum] = [0, 1, 0];
    for (let j = base; j <= top; j++) {
      if (!(mixed[i * n + j]! > 0)) continue;
      let [low, middle, high] = [0, 0, 0];
      if (j > i) {
        middle = Math.min(share(j), critical);
        [low, high] = [middle, middle];
        if (middle < least && share(j + 1) < middle) {
          least = middle;
          high = Math.min(share(j + 1), share(j), critical);
          low = Math.min(Math.max(share(j - 1), share(j)), critical);
        }
      } else {
        high = Math.max(share(j + 1), critical);
        middle = Math.max(share(j), critical);
        low = Math.max(j > 0 ? share(j - 1) : 0, critical);
      }
      const range = (Math.abs(high - middle) + Math.abs(low - middle)) * (edge[j]! - edge[j + 1]!);
      ranges += range;
      mixed[i * n + j]! *= range;
    }
    for (let j = base; j <= top; j++) {
      mixed[i * n + j]! /= Math.max(1e-21, ranges);
      sum += mixed[i * n + j]!;
    }
    return sum;
  }

  #collect(source: number, base: number, top: number): ConvectiveFluxes {
    const n = this.#size;
    const edge = this.interfaceHPa;
    const layers = top + 2;
    const mass = Float64Array.from({ length: layers }, (_, k) => (100 * (edge[k]! - edge[k + 1]!)) / GRAVITY);
    const flux = new Float64Array(layers * layers);
    for (let i = base + 1; i <= top; i++) {
      flux[source * layers + i]! += this.#supply[i]!;
      for (let j = base; j <= top; j++) flux[i * layers + j]! += this.#mixed[i * n + j]!;
    }
    // Through each interface as much sinks as clouds carry up on balance.
    const sinking = new Float64Array(layers + 1);
    for (let k = 1; k < layers; k++) {
      let net = 0;
      for (let i = 0; i < k; i++) for (let j = k; j < layers; j++) net += flux[i * layers + j]! - flux[j * layers + i]!;
      sinking[k] = net;
    }
    return { layers, mass, flux, sinking };
  }
}

/** A divisor kept away from zero, as the scheme has it. */
function apart(value: number): number {
  return Math.abs(value) < 0.01 ? 0.01 : value;
}
