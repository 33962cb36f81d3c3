/**
 * Wind on hybrid model levels, p = a + b ps, interpolated column by column to levels of pressure. Full level k lies midway between half levels k - 1 and
 * k. Below the lowest full level and above the highest the nearest one stands.
 *
 * Where the file gives the transport through model levels instead of dp/dt, dp/dt = etadot dp/deta + b v . grad ps; the change of the ground's
 * pressure with time, some 0.01 Pa/s, is left out.
 */
import { isoTime, type ProblemList, RADIANS_PER_DEGREE } from "@harken/core";
import { isGlobalInLongitude } from "../grid/latLonGrid.ts";
import { frameOf, surfacePressure } from "./pressureLevels.ts";
import { STANDARD_PRESSURE_HPA, standardTemperatureK } from "./standardAtmosphere.ts";
import type { RoleField, WeatherSet } from "./weatherSet.ts";
import type { WindField } from "./windField.ts";

interface ModelLevels {
  /** Numbers of the levels, from the top. */
  readonly numbers: readonly number[];
  /** Of the half levels, hPa and pure; index is the half level's number. */
  readonly aHPa: Float64Array;
  readonly b: Float64Array;
}

const METRES_PER_DEGREE = 6_371_000 * RADIANS_PER_DEGREE;

/** Null when levels or coefficients are missing. */
export function hybridToPressure(
  set: WeatherSet,
  pressuresHPa: readonly number[] | null,
  problems: ProblemList,
): WindField | null {
  const model = modelLevels(set, problems);
  if (!model) return null;
  const surface = surfacePressure(set, problems);
  const targets = [...(pressuresHPa ?? fullPressures(model, STANDARD_PRESSURE_HPA))].sort((a, b) => b - a);
  const lanes = new Float32Array(surface.length * targets.length * 4);
  const parts = partsOf(set, model, surface, problems);
  const [count, levels] = [model.numbers.length, targets.length];
  const profile = new Float64Array(count * 4);
  for (let point = 0; point < surface.length; point++) {
    const pressures = fullPressures(model, surface[point]!);
    for (let k = 0; k < count; k++) parts(point, k, pressures[k]!, profile);
    let k = count - 1;
    for (let level = 0; level < levels; level++) {
      const p = targets[level]!;
      while (k > 0 && pressures[k]! > p) k--;
      // Level k is above the target or the topmost; k + 1 below it.
      const lower = Math.min(count - 1, pressures[k]! > p ? k : k + 1);
      const span = pressures[lower]! - pressures[k]!;
      const f = span > 0 ? Math.min(1, Math.max(0, (p - pressures[k]!) / span)) : 0;
      const at = (point * levels + level) * 4;
      for (let lane = 0; lane < 4; lane++)
        lanes[at + lane] = profile[4 * k + lane]! * (1 - f) + profile[4 * lower + lane]! * f;
    }
  }
  return { ...frameOf(set), pressuresHPa: Float64Array.from(targets), lanes, surfacePressureHPa: surface };
}

function modelLevels(set: WeatherSet, problems: ProblemList): ModelLevels | null {
  const name = `The wind of ${isoTime(set.validTime, 0)}`;
  const north = new Set(set.levels("north", "hybrid"));
  const numbers = set.levels("east", "hybrid").filter((level) => north.has(level));
  const hybrid = numbers.length > 0 ? set.at("east", numbers[0]!)!.field.hybrid : null;
  if (numbers.length < 2) {
    problems.error("wind.levels", `${name} has ${numbers.length} levels with both components; two are needed.`);
    return null;
  }
  if (!hybrid || hybrid.a.length <= numbers.at(-1)!) {
    problems.error("wind.coefficients", `${name} is on model levels whose coefficients the file does not give.`);
    return null;
  }
  const missing = numbers.at(-1)! - numbers[0]! + 1 - numbers.length;
  if (missing > 0)
    problems.warning(
      "wind.gaps",
      `${name} lacks ${missing} model levels between ${numbers[0]} and ${numbers.at(-1)}; it was interpolated across them.`,
    );
  return { numbers, aHPa: hybrid.a.map((a) => a / 100), b: hybrid.b };
}

/** Of the full levels from the top, hPa. */
function fullPressures({ numbers, aHPa, b }: ModelLevels, surfaceHPa: number): Float64Array {
  return Float64Array.from(numbers, (k) => 0.5 * (aHPa[k - 1]! + aHPa[k]! + (b[k - 1]! + b[k]!) * surfaceHPa));
}

/** Fills one level of a profile with the four lanes of a point. */
type Parts = (point: number, k: number, pressureHPa: number, profile: Float64Array) => void;

function partsOf(set: WeatherSet, { numbers, b }: ModelLevels, surface: Float32Array, problems: ProblemList): Parts {
  const all = (role: Parameters<WeatherSet["at"]>[0]): (RoleField | null)[] => numbers.map((n) => set.at(role, n));
  const [east, north, vertical, temperature] = [all("east"), all("north"), all("pressureVelocity"), all("temperature")];
  const through = new Map(set.levels("throughLevels", "hybrid").map((n) => [n, set.at("throughLevels", n)!]));
  const lacksVertical = vertical.filter((found) => !found).length;
  const useThrough = lacksVertical === numbers.length && through.size > 0;
  const name = `The wind of ${isoTime(set.validTime, 0)}`;
  if (lacksVertical > 0 && !useThrough)
    problems.warning(
      "wind.no-vertical",
      `${name} has no pressure velocity on ${lacksVertical} model levels; air stays on its pressure there.`,
    );
  const lacksTemperature = temperature.filter((found) => !found).length;
  if (lacksTemperature > 0)
    problems.warning(
      "wind.no-temperature",
      `${name} has no temperature on ${lacksTemperature} model levels; the standard atmosphere stands there.`,
    );
  const gradient = useThrough ? pressureGradient(set, surface) : null;
  const value = (found: RoleField | null | undefined, point: number) =>
    found ? found.field.values[point]! * found.factor : 0;
  return (point, k, pressureHPa, profile) => {
    const number = numbers[k]!;
    const [u, v] = [value(east[k], point), value(north[k], point)];
    let omega = value(vertical[k], point);
    if (gradient) {
      // Etadot stands at the half level below; the one above is the next level's, and nothing leaves through the top.
      const across = 0.5 * (value(through.get(number - 1), point) + value(through.get(number), point));
      const along = 0.5 * (b[number - 1]! + b[number]!) * (u * gradient.east[point]! + v * gradient.north[point]!);
      omega = across + along;
    }
    const t = temperature[k];
    profile.set([u, v, omega, t ? value(t, point) : standardTemperatureK(pressureHPa)], 4 * k);
  };
}

/** Gradient of the ground's pressure, hPa/m, by differences over the neighbours. */
function pressureGradient({ grid }: WeatherSet, surface: Float32Array): { east: Float64Array; north: Float64Array } {
  const { latitudesDeg, columns, stepLonDeg } = grid;
  const rows = latitudesDeg.length;
  const closes = isGlobalInLongitude(grid);
  const [east, north] = [new Float64Array(surface.length), new Float64Array(surface.length)];
  for (let r = 0; r < rows; r++) {
    const metres = METRES_PER_DEGREE * Math.max(1e-6, Math.cos(latitudesDeg[r]! * RADIANS_PER_DEGREE));
    const [below, above] = [Math.max(0, r - 1), Math.min(rows - 1, r + 1)];
    for (let c = 0; c < columns; c++) {
      const [west, right] = closes
        ? [(c + columns - 1) % columns, (c + 1) % columns]
        : [Math.max(0, c - 1), Math.min(columns - 1, c + 1)];
      const steps = closes ? 2 : right - west;
      const i = r * columns + c;
      // At a pole the circle has no length and no east.
      if (steps > 0 && Math.abs(latitudesDeg[r]!) < 89.9)
        east[i] = (surface[r * columns + right]! - surface[r * columns + west]!) / (steps * stepLonDeg * metres);
      const span = latitudesDeg[above]! - latitudesDeg[below]!;
      if (span !== 0)
        north[i] = (surface[above * columns + c]! - surface[below * columns + c]!) / (span * METRES_PER_DEGREE);
    }
  }
  return { east, north };
}
