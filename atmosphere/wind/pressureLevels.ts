/** Wind on the levels of pressure that the centre gives. */
import { isoTime, type ProblemList, type WeatherField } from "@harken/core";
import { STANDARD_PRESSURE_HPA, standardTemperatureK } from "./standardAtmosphere.ts";
import type { RoleField, WeatherSet } from "./weatherSet.ts";
import type { WindField } from "./windField.ts";

/** Null when there are not two levels with both components. */
export function windOnPressureLevels(set: WeatherSet, problems: ProblemList): WindField | null {
  const name = `The wind of ${isoTime(set.validTime, 0)}`;
  const north = new Set(set.levels("north", "isobaric"));
  const levels = set
    .levels("east", "isobaric")
    .filter((level) => north.has(level))
    .reverse();
  const alone = [...new Set([...set.levels("east", "isobaric"), ...north])].filter((level) => !levels.includes(level));
  if (alone.length > 0)
    problems.warning(
      "wind.component",
      `${name} has only one component at ${alone.join(", ")} hPa; these levels were left out.`,
    );
  if (levels.length < 2) {
    problems.error("wind.levels", `${name} has ${levels.length} levels; two are needed.`);
    return null;
  }
  const lanes = allocate(set, levels.length);
  const lacking = { pressureVelocity: [] as number[], temperature: [] as number[] };
  for (const [k, level] of levels.entries()) {
    fillLane(lanes, 0, k, levels.length, set.at("east", level)!);
    fillLane(lanes, 1, k, levels.length, set.at("north", level)!);
    for (const [lane, role] of [
      [2, "pressureVelocity"],
      [3, "temperature"],
    ] as const) {
      const found = set.at(role, level);
      if (found) fillLane(lanes, lane, k, levels.length, found);
      else {
        lacking[role].push(level);
        if (lane === 3) fillConstant(lanes, lane, k, levels.length, standardTemperatureK(level));
      }
    }
  }
  if (lacking.pressureVelocity.length > 0)
    problems.warning(
      "wind.no-vertical",
      `${name} has no pressure velocity at ${lacking.pressureVelocity.join(", ")} hPa; air stays on its pressure there.`,
    );
  if (lacking.temperature.length > 0)
    problems.warning(
      "wind.no-temperature",
      `${name} has no temperature at ${lacking.temperature.join(", ")} hPa; the standard atmosphere stands there.`,
    );
  const filled = fillBelowGround(lanes, levels.length);
  if (filled > 0)
    problems.warning(
      "wind.below-ground",
      `${name} has ${filled} points without a value; the level above stands there.`,
    );
  return {
    ...frameOf(set),
    pressuresHPa: Float64Array.from(levels),
    lanes,
    surfacePressureHPa: surfacePressure(set, problems),
  };
}

/** Time and grid of a set as `WindField` has them. */
export function frameOf({ validTime, grid }: WeatherSet) {
  const { latitudesDeg, firstLonDeg, stepLonDeg, columns } = grid;
  return {
    time: validTime,
    firstLatDeg: latitudesDeg[0]!,
    stepLatDeg: latitudesDeg.length > 1 ? (latitudesDeg.at(-1)! - latitudesDeg[0]!) / (latitudesDeg.length - 1) : 1,
    rows: latitudesDeg.length,
    firstLonDeg,
    stepLonDeg,
    columns,
  };
}

function allocate({ grid }: WeatherSet, levels: number): Float32Array {
  return new Float32Array(grid.latitudesDeg.length * grid.columns * levels * 4);
}

function fillLane(lanes: Float32Array, lane: number, k: number, levels: number, { field, factor }: RoleField): void {
  const { values } = field;
  for (let i = 0, at = 4 * k + lane; i < values.length; i++, at += 4 * levels) lanes[at] = values[i]! * factor;
}

function fillConstant(lanes: Float32Array, lane: number, k: number, levels: number, value: number): void {
  for (let at = 4 * k + lane; at < lanes.length; at += 4 * levels) lanes[at] = value;
}

/** Points without a value take the nearest level above, or 0 where there is none; returns how many points. */
function fillBelowGround(lanes: Float32Array, levels: number): number {
  let filled = 0;
  for (let column = 0; column < lanes.length; column += 4 * levels)
    for (let lane = 0; lane < 4; lane++)
      for (let k = levels - 1; k >= 0; k--) {
        const at = column + 4 * k + lane;
        if (!Number.isNaN(lanes[at]!)) continue;
        lanes[at] = k < levels - 1 ? lanes[at + 4]! : 0;
        if (lane === 0) filled++;
      }
  return filled;
}

/** Pressure at the ground, hPa, from either of its forms. */
export function surfacePressure(set: WeatherSet, problems: ProblemList): Float32Array {
  const plain = set.single("surfacePressure");
  const log = set.single("logSurfacePressure");
  const size = set.grid.latitudesDeg.length * set.grid.columns;
  const usable = (field: WeatherField) => field.values.every((v) => !Number.isNaN(v));
  if (plain && usable(plain.field)) return Float32Array.from(plain.field.values, (v) => v * plain.factor);
  if (log && usable(log.field)) return Float32Array.from(log.field.values, (v) => Math.exp(v) / 100);
  problems.warning(
    "wind.no-surface-pressure",
    `The wind of ${isoTime(set.validTime, 0)} has no pressure at the ground; ${STANDARD_PRESSURE_HPA} hPa stands everywhere.`,
  );
  return new Float32Array(size).fill(STANDARD_PRESSURE_HPA);
}
