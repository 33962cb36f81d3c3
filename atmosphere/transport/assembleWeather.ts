/**
 * Weather fields of a forecast model or reanalysis turned into what transport runs on.
 *
 *     const { fields, problems } = assembleTransport(decodeGrib(bytes).items);
 *     await runTransport(plan, { times: fields.map(({ time }) => time), load: (i) => fields[i]! });
 */
import { type Problem, ProblemList, type WeatherField } from "@harken/core";
import { type AssemblyOptions, assembleWind } from "../wind/assemble.ts";
import type { WindField } from "../wind/windField.ts";
import { assembleExtras } from "./assembleExtras.ts";
import { type Allocate, type TransportField, transportField } from "./transportField.ts";
import type { WeatherExtras } from "./weatherExtras.ts";

export interface TransportAssembly extends AssemblyOptions {
  /**
   * Where heights begin: "ground" by default. "firstLevel" puts the lowest level of pressure above ground at height 0 and so all air lower than it is, as
   * FLEXPART does with NCEP's fields (its verttransform_gfs): for comparison with its runs.
   */
  readonly heightsFrom?: HeightsFrom;
}

export type HeightsFrom = "ground" | "firstLevel";

/** By time, ascending. Never throws for what the fields hold; what is missing is named. */
export function assembleTransport(
  fields: readonly WeatherField[],
  options: TransportAssembly = {},
  allocate?: Allocate,
): { readonly fields: readonly TransportField[]; readonly problems: readonly Problem[] } {
  const { winds, problems } = assembleWind(fields, options);
  const list = new ProblemList();
  for (const problem of problems) list.add(problem);
  const made = winds.map((wind) => {
    const closed = closedAround(wind, assembleExtras(fields, wind, list));
    const field = transportField(...closed, allocate);
    return options.heightsFrom === "firstLevel" ? fromFirstLevel(field, closed[0], allocate) : field;
  });
  return { fields: made, problems: list.list() };
}

/** The wind of a field over heights from the first level; what was known of boundary layer, weather and moist air stays. */
function fromFirstLevel(field: TransportField, wind: WindField, allocate?: Allocate): TransportField {
  const surfacePressureHPa = wind.surfacePressureHPa.map(
    (ground) => wind.pressuresHPa.find((pressure) => pressure < ground) ?? ground,
  );
  const { lanes } = transportField({ ...wind, surfacePressureHPa }, {}, allocate);
  return { ...field, lanes };
}

/** A field whose last column is its first again, without it. */
export function closedAround(wind: WindField, extras: WeatherExtras): [WindField, WeatherExtras] {
  const { rows, columns, stepLonDeg, pressuresHPa } = wind;
  if (Math.abs((columns - 1) * stepLonDeg - 360) > 1e-6) return [wind, extras];
  const narrow = (values: Float32Array, width: number) => {
    const out = new Float32Array(rows * (columns - 1) * width);
    for (let row = 0; row < rows; row++) {
      const from = row * columns * width;
      out.set(values.subarray(from, from + (columns - 1) * width), row * (columns - 1) * width);
    }
    return out;
  };
  const levels = pressuresHPa.length;
  const closed = Object.entries(extras).map(([name, values]: [string, Float32Array]) => [
    name,
    narrow(values, name === "specificHumidity" ? levels : 1),
  ]);
  return [
    {
      ...wind,
      columns: columns - 1,
      lanes: narrow(wind.lanes, 4 * levels),
      surfacePressureHPa: narrow(wind.surfacePressureHPa, 1),
    },
    Object.fromEntries(closed) as WeatherExtras,
  ];
}
