/**
 * One column of a weather model turned into levels above ground: heights of its pressure levels by the hydrostatic equation from the surface
 * pressure, wind and density between them by linear interpolation, and the boundary layer as given or diagnosed.
 */
import {
  bounded,
  mixingHeight as bulkMixingHeight,
  leastTropopause,
  tropopauseHeight,
} from "../turbulence/mixingHeight.ts";
import { fromFluxes, fromProfile, GRAVITY, type SurfaceLayer } from "../turbulence/surfaceLayer.ts";
import type { WindField } from "../wind/windField.ts";
import { LAYER_LANES, WEATHER_LANES } from "./lanes.ts";
import type { WeatherExtras } from "./weatherExtras.ts";

export const GAS_CONSTANT = 287.05;
const KAPPA = 0.2857;
/** A pressure level nearer to the ground than this stands for the ground. */
const LEAST_LEVEL_M = 10;
/** Height that the ground's wind and temperature belong to, and the lowest that the profile method compares them with. */
const WIND_HEIGHT_M = 10;
const TEMPERATURE_HEIGHT_M = 2;
const LEAST_PROFILE_M = 20;
/** Where the model says nothing of the ground's temperature, it continues the profile. */
const LAPSE_RATE = 0.0065;

export class ColumnBuilder {
  readonly #wind: WindField;
  readonly #extras: WeatherExtras;
  readonly #heights: Float64Array;
  // The column: the ground, then the pressure levels above it.
  readonly #node = {
    heightM: new Float64Array(0),
    temperatureK: new Float64Array(0),
    thetaK: new Float64Array(0),
    east: new Float64Array(0),
    north: new Float64Array(0),
    up: new Float64Array(0),
    logPressure: new Float64Array(0),
    count: 0,
  };

  constructor(wind: WindField, extras: WeatherExtras, heightsM: Float64Array) {
    this.#wind = wind;
    this.#extras = extras;
    this.#heights = heightsM;
    const size = wind.pressuresHPa.length + 1;
    const make = () => new Float64Array(size);
    this.#node = {
      heightM: make(),
      temperatureK: make(),
      thetaK: make(),
      east: make(),
      north: make(),
      up: make(),
      logPressure: make(),
      count: 0,
    };
  }

  /** dz/dp of a level, m/hPa. */
  heightPerPressure(level: number, temperatureK: number): number {
    return (-GAS_CONSTANT * temperatureK) / (GRAVITY * this.#wind.pressuresHPa[level]!);
  }

  /** Heights above ground of a column's pressure levels; negative below ground. */
  levelHeights(point: number, out: Float32Array): void {
    const { pressuresHPa, surfacePressureHPa } = this.#wind;
    const levels = pressuresHPa.length;
    const ground = surfacePressureHPa[point]!;
    const first = this.#firstAbove(ground);
    let [z, p, t] = [0, ground, this.#groundTemperature(point, first)];
    for (let k = first; k < levels; k++) {
      const next = this.#temperature(point, k);
      z += thickness(p, pressuresHPa[k]!, t, next);
      [p, t] = [pressuresHPa[k]!, next];
      out[point * levels + k] = z;
    }
    [z, p, t] = [0, ground, this.#groundTemperature(point, first)];
    for (let k = first - 1; k >= 0; k--) {
      const next = this.#temperature(point, k);
      z += thickness(p, pressuresHPa[k]!, t, next);
      [p, t] = [pressuresHPa[k]!, next];
      out[point * levels + k] = z;
    }
  }

  /** Writes a column of wind and density, its boundary layer and its weather. `upward` holds dz/dt at the pressure levels, m/s. */
  fill(
    point: number,
    latitudeDeg: number,
    levelHeights: Float32Array,
    upward: Float64Array,
    lanes: Float32Array,
    layer: Float32Array,
    weather: Float32Array | null,
  ): void {
    this.#gather(point, levelHeights, upward);
    this.#writeLanes(point, lanes);
    const surface = this.#surfaceLayer(point);
    const at = point * LAYER_LANES;
    layer[at] = this.#mixingHeight(point, surface);
    layer[at + 1] = surface.frictionVelocity;
    layer[at + 2] = surface.inverseObukhov;
    const tropopause = this.#extras.tropopausePressureHPa?.[point];
    layer[at + 3] =
      tropopause === undefined
        ? tropopauseHeight(this.#node, leastTropopause(latitudeDeg))
        : this.#heightOf(tropopause);
    if (!weather) return;
    const s = this.#extras;
    const height = (pressures: Float32Array | undefined) => {
      const pressure = pressures?.[point];
      return pressure !== undefined && pressure > 0 ? this.#heightOf(pressure) : 0;
    };
    weather.set(
      [
        s.capeJPerKg?.[point] ?? 0,
        height(s.equilibriumPressureHPa),
        s.precipitationMmPerH?.[point] ?? 0,
        height(s.cloudBasePressureHPa),
        height(s.cloudTopPressureHPa),
      ],
      point * WEATHER_LANES,
    );
  }

  #gather(point: number, levelHeights: Float32Array, upward: Float64Array): void {
    const node = this.#node;
    const { pressuresHPa, surfacePressureHPa, lanes } = this.#wind;
    const { eastWind10m, northWind10m } = this.#extras;
    const levels = pressuresHPa.length;
    const ground = surfacePressureHPa[point]!;
    const first = this.#firstAbove(ground);
    const wind = (lane: number) => this.#atGround(point, first, lane);
    let n = 0;
    const add = (z: number, p: number, t: number, u: number, v: number, w: number) => {
      node.heightM[n] = z;
      node.logPressure[n] = Math.log(p);
      node.temperatureK[n] = t;
      node.thetaK[n] = t * (1000 / p) ** KAPPA;
      node.east[n] = u;
      node.north[n] = v;
      node.up[n] = w;
      n++;
    };
    add(
      0,
      ground,
      this.#groundTemperature(point, first),
      eastWind10m?.[point] ?? wind(0),
      northWind10m?.[point] ?? wind(1),
      0,
    );
    for (let k = first; k < levels; k++) {
      const z = levelHeights[point * levels + k]!;
      if (z < LEAST_LEVEL_M) continue;
      const at = 4 * (point * levels + k);
      add(z, pressuresHPa[k]!, lanes[at + 3]!, lanes[at]!, lanes[at + 1]!, upward[k]!);
    }
    node.count = n;
  }

  #writeLanes(point: number, lanes: Float32Array): void {
    const node = this.#node;
    const heights = this.#heights;
    let k = 0;
    for (let j = 0; j < heights.length; j++) {
      const z = heights[j]!;
      while (k < node.count - 2 && node.heightM[k + 1]! < z) k++;
      const f = Math.min(1, (z - node.heightM[k]!) / (node.heightM[k + 1]! - node.heightM[k]!));
      const between = (values: Float64Array) => values[k]! + f * (values[k + 1]! - values[k]!);
      const at = 4 * (point * heights.length + j);
      lanes[at] = between(node.east);
      lanes[at + 1] = between(node.north);
      lanes[at + 2] = between(node.up);
      lanes[at + 3] = (100 * Math.exp(between(node.logPressure))) / (GAS_CONSTANT * between(node.temperatureK));
    }
  }

  #surfaceLayer(point: number): SurfaceLayer {
    const node = this.#node;
    const { stress, heatFlux } = this.#extras;
    if (stress && heatFlux) {
      const density = (100 * Math.exp(node.logPressure[0]!)) / (GAS_CONSTANT * node.temperatureK[0]!);
      return fromFluxes(stress[point]!, heatFlux[point]!, node.temperatureK[0]!, density);
    }
    let upper = 1;
    while (upper < node.count - 1 && node.heightM[upper]! < LEAST_PROFILE_M) upper++;
    const speed = (k: number) => Math.hypot(node.east[k]!, node.north[k]!);
    return fromProfile(
      { heightM: WIND_HEIGHT_M, speed: speed(0) },
      { heightM: node.heightM[upper]!, speed: speed(upper) },
      TEMPERATURE_HEIGHT_M,
      node.thetaK[0]!,
      node.thetaK[upper]!,
    );
  }

  #mixingHeight(point: number, surface: SurfaceLayer): number {
    const { mixingHeightM, mixingPressureHPa } = this.#extras;
    if (mixingHeightM) return bounded(mixingHeightM[point]!);
    if (mixingPressureHPa) return bounded(this.#heightOf(mixingPressureHPa[point]!));
    return bulkMixingHeight(this.#node, surface);
  }

  /** Height of a pressure within the gathered column, by interpolation over its logarithm. */
  #heightOf(pressureHPa: number): number {
    const { logPressure, heightM, count } = this.#node;
    const wanted = Math.log(pressureHPa);
    let k = 0;
    while (k < count - 2 && logPressure[k + 1]! > wanted) k++;
    const f = (logPressure[k]! - wanted) / (logPressure[k]! - logPressure[k + 1]!);
    return Math.max(0, heightM[k]! + Math.min(1, f) * (heightM[k + 1]! - heightM[k]!));
  }

  /** The first level of lower pressure than the ground; the last but one where there is none, so that there is always a column. */
  #firstAbove(groundHPa: number): number {
    const { pressuresHPa } = this.#wind;
    let k = 0;
    while (k < pressuresHPa.length - 2 && pressuresHPa[k]! >= groundHPa) k++;
    return k;
  }

  #temperature(point: number, level: number): number {
    return this.#wind.lanes[4 * (point * this.#wind.pressuresHPa.length + level) + 3]!;
  }

  #groundTemperature(point: number, first: number): number {
    const given = this.#extras.temperature2mK?.[point];
    if (given !== undefined) return given;
    if (first > 0) return this.#atGround(point, first, 3);
    const { pressuresHPa, surfacePressureHPa } = this.#wind;
    const above = this.#temperature(point, 0);
    return above + LAPSE_RATE * thickness(surfacePressureHPa[point]!, pressuresHPa[0]!, above, above);
  }

  /** A lane at the surface pressure, between the levels on both sides of the ground; of the lowest level where all lie above. */
  #atGround(point: number, first: number, lane: number): number {
    const { pressuresHPa, surfacePressureHPa, lanes } = this.#wind;
    const at = 4 * (point * pressuresHPa.length + first) + lane;
    if (first === 0) return lanes[at]!;
    const [below, above] = [Math.log(pressuresHPa[first - 1]!), Math.log(pressuresHPa[first]!)];
    const f = Math.max(0, Math.min(1, (below - Math.log(surfacePressureHPa[point]!)) / (below - above)));
    return lanes[at - 4]! + f * (lanes[at]! - lanes[at - 4]!);
  }
}

/** Height of one pressure above another with the mean of their temperatures, m. */
function thickness(fromHPa: number, toHPa: number, fromK: number, toK: number): number {
  return (GAS_CONSTANT / GRAVITY) * 0.5 * (fromK + toK) * Math.log(fromHPa / toHPa);
}
