/**
 * Air as particles see it, at one time: wind and density on levels of constant height above ground, and the boundary layer below. Heights follow the
 * terrain, so ground is 0 everywhere; the vertical velocity is that relative to these heights, dz/dt = omega dz/dp + v . grad_p z. Nothing flows
 * through the ground.
 *
 *     const field = transportField(wind, { temperature2mK, mixingHeightM });
 */
import { RADIANS_PER_DEGREE } from "@harken/core";
import { isGlobalInLongitude } from "../grid/latLonGrid.ts";
import { METEOROLOGICAL_RADIUS_M } from "../particles/advection.ts";
import type { FieldFrame, WindField } from "../wind/windField.ts";
import { ColumnBuilder } from "./column.ts";
import { layerHeights } from "./heights.ts";
import { LAYER_LANES, WEATHER_LANES } from "./lanes.ts";
import type { WeatherExtras } from "./weatherExtras.ts";

export interface TransportField extends FieldFrame {
  /** Above ground, rising from 0; the same for all times of a series. */
  readonly heightsM: Float64Array;
  /** [row][column][level][east m/s, north m/s, upward m/s, density kg/m^3]. */
  readonly lanes: Float32Array;
  /** [row][column][mixing height m, friction velocity m/s, 1 / Obukhov length 1/m, tropopause m]. */
  readonly layer: Float32Array;
  /** [row][column][CAPE J/kg, its equilibrium level m, precipitation mm/h, cloud base m, cloud top m]; null when none is known. */
  readonly weather: Float32Array | null;
  /** Null when no humidity is known. */
  readonly moist: MoistAir | null;
}

/** What convection lives on, on the model's levels of pressure. */
export interface MoistAir {
  readonly pressuresHPa: Float64Array;
  /** [row][column][level][K, kg/kg]. */
  readonly temperatureAndHumidity: Float32Array;
  readonly groundHPa: Float32Array;
}

/** Memory for the arrays; one that threads share is a SharedArrayBuffer. */
export type Allocate = (bytes: number) => ArrayBuffer | SharedArrayBuffer;

export function transportField(
  wind: WindField,
  extras: WeatherExtras = {},
  allocate: Allocate = (bytes) => new ArrayBuffer(bytes),
): TransportField {
  const { rows, columns, pressuresHPa, lanes: given } = wind;
  const levels = pressuresHPa.length;
  const heightsM = layerHeights(pressuresHPa);
  const points = rows * columns;
  const lanes = new Float32Array(allocate(points * heightsM.length * 16));
  const layer = new Float32Array(allocate(points * LAYER_LANES * 4));
  const knowsWeather =
    extras.precipitationMmPerH !== undefined || (extras.capeJPerKg && extras.equilibriumPressureHPa) !== undefined;
  const weather = knowsWeather ? new Float32Array(allocate(points * WEATHER_LANES * 4)) : null;

  const builder = new ColumnBuilder(wind, extras, heightsM);
  const levelHeights = new Float32Array(points * levels);
  for (let point = 0; point < points; point++) builder.levelHeights(point, levelHeights);

  const slope = heightSlopes(wind, levelHeights);
  const upward = new Float64Array(levels);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const point = row * columns + column;
      for (let k = 0; k < levels; k++) {
        const at = 4 * (point * levels + k);
        slope.at(row, column, k);
        upward[k] =
          builder.heightPerPressure(k, given[at + 3]!) * given[at + 2]! +
          given[at]! * slope.east +
          given[at + 1]! * slope.north;
      }
      builder.fill(point, latitudeOf(wind, row), levelHeights, upward, lanes, layer, weather);
    }
  }
  const { time, firstLatDeg, stepLatDeg, firstLonDeg, stepLonDeg } = wind;
  return {
    time,
    firstLatDeg,
    stepLatDeg,
    rows,
    firstLonDeg,
    stepLonDeg,
    columns,
    heightsM,
    lanes,
    layer,
    weather,
    moist: moistAir(wind, extras, allocate),
  };
}

function moistAir(wind: WindField, { specificHumidity }: WeatherExtras, allocate: Allocate): MoistAir | null {
  if (!specificHumidity) return null;
  const temperatureAndHumidity = new Float32Array(allocate(8 * specificHumidity.length));
  for (let i = 0; i < specificHumidity.length; i++) {
    temperatureAndHumidity[2 * i] = wind.lanes[4 * i + 3]!;
    temperatureAndHumidity[2 * i + 1] = specificHumidity[i]!;
  }
  const groundHPa = new Float32Array(allocate(4 * wind.surfacePressureHPa.length));
  groundHPa.set(wind.surfacePressureHPa);
  const pressuresHPa = new Float64Array(allocate(8 * wind.pressuresHPa.length));
  pressuresHPa.set(wind.pressuresHPa);
  return { pressuresHPa, temperatureAndHumidity, groundHPa };
}

const latitudeOf = ({ firstLatDeg, stepLatDeg }: WindField, row: number) => firstLatDeg + row * stepLatDeg;

/** Slopes of the pressure levels' heights above ground, by differences of the neighbours; one-sided at the edges of a region. */
function heightSlopes(wind: WindField, heights: Float32Array) {
  const { rows, columns, stepLatDeg, stepLonDeg, pressuresHPa } = wind;
  const levels = pressuresHPa.length;
  const closes = isGlobalInLongitude(wind);
  const metresPerDegree = METEOROLOGICAL_RADIUS_M * RADIANS_PER_DEGREE;
  const slopes = {
    east: 0.1,
    north: 0.1,
    at(row: number, column: number, k: number): void {
      const [up, down] = [Math.min(rows - 1, row + 1), Math.max(0, row - 1)];
      const [right, left] = closes
        ? [(column + 1) % columns, (column + columns - 1) % columns]
        : [Math.min(columns - 1, column + 1), Math.max(0, column - 1)];
      const cosine = Math.cos(latitudeOf(wind, row) * RADIANS_PER_DEGREE);
      const height = (r: number, c: number) => heights[(r * columns + c) * levels + k]!;
      const width = (closes ? 2 : right - left) * stepLonDeg * metresPerDegree * cosine;
      slopes.north = (height(up, column) - height(down, column)) / ((up - down) * stepLatDeg * metresPerDegree);
      // At a pole the columns are one place.
      slopes.east = cosine > 1e-6 ? (height(row, right) - height(row, left)) / width : 0;
    },
  };
  return slopes;
}
