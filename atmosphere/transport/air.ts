/**
 * Air between two times at a place: bilinear over the four grid points around it, linear between levels and in time. A plan that owns its scratch;
 * each thread makes its own.
 *
 *     const air = new Air(first, second);
 *     if (air.locate(48.2, 16.4, 0.25)) air.windAt(350);     // air.wind: east, north, upward m/s, density kg/m^3
 */

import { isGlobalInLongitude } from "../grid/latLonGrid.ts";
import type { AirColumn } from "../turbulence/langevin.ts";
import { LAYER_LANES, WEATHER_LANES } from "./lanes.ts";
import type { TransportField } from "./transportField.ts";

export class Air {
  /** East, north, upward m/s, density kg/m^3 of the last `windAt`. */
  readonly wind = new Float64Array(4);
  /** Mixing height m, friction velocity m/s, inverse Obukhov length 1/m, tropopause m of the last `layerAt`. */
  readonly layer = new Float64Array(LAYER_LANES);
  /** CAPE J/kg, its equilibrium level m, precipitation mm/h, cloud base m, cloud top m of the last `weatherAt`. */
  readonly weather = new Float64Array(WEATHER_LANES);
  /** Standard deviations of the wind's three components among the points around, of the last `spreadAt`. */
  readonly spread = new Float64Array(3);
  readonly column: AirColumn;
  /** The lid, m. */
  readonly topM: number;
  /** Both fields know of convection, rain or clouds. */
  readonly hasWeather: boolean;

  /** Of the last `pick`. */
  pickedField: TransportField;
  pickedPoint = 0;

  readonly #first: TransportField;
  readonly #second: TransportField;
  readonly #heights: Float64Array;
  /** 1 / thickness of each layer. */
  readonly #inverse: Float64Array;
  readonly #levelTable: Int16Array;
  readonly #closes: boolean;
  readonly #corner = new Int32Array(4);
  /** Of the four corners in the first field, then in the second. */
  readonly #weight = new Float64Array(8);
  #fields = 1;

  /** Both fields on one grid; the same twice where the wind stands still. */
  constructor(first: TransportField, second: TransportField) {
    const { heightsM, rows, columns } = first;
    if (second.rows !== rows || second.columns !== columns || second.heightsM.length !== heightsM.length)
      throw new RangeError("the fields of two times must be on one grid");
    this.#first = first;
    this.#second = second;
    this.pickedField = first;
    this.#heights = heightsM;
    this.#inverse = Float64Array.from(heightsM, (z, k) => (k + 1 < heightsM.length ? 1 / (heightsM[k + 1]! - z) : 0));
    this.#levelTable = levelTable(heightsM);
    this.#closes = isGlobalInLongitude(first);
    this.topM = heightsM.at(-1)!;
    this.hasWeather = first.weather !== null && second.weather !== null;
    this.column = {
      heightsM,
      lanes: new Float64Array(4 * heightsM.length),
      perThickness: this.#inverse,
      densitySlope: new Float64Array(heightsM.length),
      levels: 0,
    };
  }

  /** Finds the points around a place; `share` is the second field's weight, 0 to 1. False outside a regional grid. */
  locate(latDeg: number, lonDeg: number, share: number): boolean {
    const { firstLatDeg, stepLatDeg, rows, firstLonDeg, stepLonDeg, columns } = this.#first;
    let y = (latDeg - firstLatDeg) / stepLatDeg;
    let x = (lonDeg - firstLonDeg) / stepLonDeg;
    const around = 360 / stepLonDeg;
    if (x < 0 || x >= around) x -= Math.floor(x / around) * around;
    if (this.#closes) {
      // A global grid may end short of the poles, as Gaussian grids do: the last row stands for the cap.
      y = y < 0 ? 0 : Math.min(y, rows - 1);
    } else if (!(y >= 0 && y <= rows - 1 && x <= columns - 1)) return false;
    const row = Math.min(rows - 2, Math.floor(y));
    const west = Math.min(this.#closes ? columns - 1 : columns - 2, Math.floor(x));
    const east = west + 1 === columns ? 0 : west + 1;
    const fy = y - row;
    const fx = x - west;
    const corner = this.#corner;
    corner[0] = row * columns + west;
    corner[1] = row * columns + east;
    corner[2] = corner[0]! + columns;
    corner[3] = corner[1]! + columns;
    const weight = this.#weight;
    const still = share === 0 || this.#first === this.#second;
    this.#fields = still ? 1 : 2;
    const early = still ? 1 : 1 - share;
    const a = (1 - fx) * (1 - fy);
    const b = fx * (1 - fy);
    const c = (1 - fx) * fy;
    const d = fx * fy;
    weight[0] = a * early;
    weight[1] = b * early;
    weight[2] = c * early;
    weight[3] = d * early;
    if (!still) {
      weight[4] = a * share;
      weight[5] = b * share;
      weight[6] = c * share;
      weight[7] = d * share;
    }
    return true;
  }

  /** Field and grid point of one of the columns around the place, each as likely as its weight; `chance` is in (0, 1). */
  pick(chance: number): void {
    let left = chance;
    let at = 0;
    while (at < 4 * this.#fields - 1 && left >= this.#weight[at]!) left -= this.#weight[at++]!;
    this.pickedField = at < 4 ? this.#first : this.#second;
    this.pickedPoint = this.#corner[at & 3]!;
  }

  windAt(heightM: number): void {
    const levels = this.#heights.length;
    const k = this.#levelBelow(heightM);
    const f = (heightM - this.#heights[k]!) * this.#inverse[k]!;
    const g = 1 - f;
    const { wind } = this;
    const weight = this.#weight;
    const corner = this.#corner;
    let east = 0;
    let north = 0;
    let up = 0;
    let density = 0;
    for (let field = 0; field < this.#fields; field++) {
      const lanes = field === 0 ? this.#first.lanes : this.#second.lanes;
      for (let c = 0; c < 4; c++) {
        const at = 4 * (corner[c]! * levels + k);
        const low = weight[4 * field + c]! * g;
        const high = weight[4 * field + c]! * f;
        east += low * lanes[at]! + high * lanes[at + 4]!;
        north += low * lanes[at + 1]! + high * lanes[at + 5]!;
        up += low * lanes[at + 2]! + high * lanes[at + 6]!;
        density += low * lanes[at + 3]! + high * lanes[at + 7]!;
      }
    }
    wind[0] = east;
    wind[1] = north;
    wind[2] = up;
    wind[3] = density;
  }

  layerAt(): void {
    this.#blend(this.#first.layer, this.#second.layer, LAYER_LANES, this.layer);
  }

  weatherAt(): void {
    if (this.hasWeather) this.#blend(this.#first.weather!, this.#second.weather!, WEATHER_LANES, this.weather);
  }

  /** The air over the place from the ground to the first level above `topM`, into `column`. */
  fillColumn(topM: number): void {
    const { lanes: out } = this.column;
    const levels = this.#heights.length;
    const count = Math.min(levels, this.#levelBelow(topM) + 2);
    const corner = this.#corner;
    const weight = this.#weight;
    const a = 4 * corner[0]! * levels;
    const b = 4 * corner[1]! * levels;
    const c = 4 * corner[2]! * levels;
    const d = 4 * corner[3]! * levels;
    for (let field = 0; field < this.#fields; field++) {
      const lanes = field === 0 ? this.#first.lanes : this.#second.lanes;
      const [wa, wb] = [weight[4 * field]!, weight[4 * field + 1]!];
      const [wc, wd] = [weight[4 * field + 2]!, weight[4 * field + 3]!];
      for (let i = 0; i < 4 * count; i++) {
        const value = wa * lanes[a + i]! + wb * lanes[b + i]! + wc * lanes[c + i]! + wd * lanes[d + i]!;
        out[i] = field === 0 ? value : out[i]! + value;
      }
    }
    for (let k = 0; k + 1 < count; k++) {
      const low = out[4 * k + 3]!;
      const high = out[4 * k + 7]!;
      this.column.densitySlope[k] = (2 * (high - low) * this.#inverse[k]!) / (high + low);
    }
    this.column.levels = count;
  }

  /** Density of the column at a height within it. */
  columnDensity(heightM: number): number {
    const { lanes, levels } = this.column;
    const k = Math.min(levels - 2, this.#levelBelow(heightM));
    const f = (heightM - this.#heights[k]!) * this.#inverse[k]!;
    return lanes[4 * k + 3]! + f * (lanes[4 * k + 7]! - lanes[4 * k + 3]!);
  }

  /** Standard deviations of the wind among the corners of the cell around a height, at both times. */
  spreadAt(heightM: number): void {
    const levels = this.#heights.length;
    const k = this.#levelBelow(heightM);
    for (let lane = 0; lane < 3; lane++) {
      let [sum, squares, count] = [0, 0, 0];
      for (let field = 0; field < this.#fields; field++) {
        const lanes = field === 0 ? this.#first.lanes : this.#second.lanes;
        for (let c = 0; c < 8; c++) {
          const value = lanes[4 * (this.#corner[c & 3]! * levels + k + (c >> 2)) + lane]!;
          sum += value;
          squares += value * value;
          count++;
        }
      }
      this.spread[lane] = Math.sqrt(Math.max(0, (squares - (sum * sum) / count) / (count - 1)));
    }
  }

  #blend(first: Float32Array, second: Float32Array, lanes: number, out: Float64Array): void {
    const corner = this.#corner;
    const weight = this.#weight;
    for (let lane = 0; lane < lanes; lane++) {
      let value = 0;
      for (let c = 0; c < 4; c++) value += weight[c]! * first[lanes * corner[c]! + lane]!;
      if (this.#fields === 2) for (let c = 0; c < 4; c++) value += weight[4 + c]! * second[lanes * corner[c]! + lane]!;
      out[lane] = value;
    }
  }

  #levelBelow(heightM: number): number {
    const heights = this.#heights;
    const last = heights.length - 2;
    const entry = Math.floor(heightM / TABLE_STEP_M);
    let k = this.#levelTable[entry < 0 ? 0 : entry >= this.#levelTable.length ? this.#levelTable.length - 1 : entry]!;
    while (k < last && heights[k + 1]! <= heightM) k++;
    return k;
  }
}

const TABLE_STEP_M = 50;

/** For each 50 m the level at or below. */
function levelTable(heightsM: Float64Array): Int16Array {
  let k = 0;
  return Int16Array.from({ length: Math.ceil(heightsM.at(-1)! / TABLE_STEP_M) + 1 }, (_, i) => {
    while (k < heightsM.length - 2 && heightsM[k + 1]! <= i * TABLE_STEP_M) k++;
    return k;
  });
}
