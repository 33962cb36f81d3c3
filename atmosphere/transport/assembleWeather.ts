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

/** By time, ascending. Never throws for what the fields hold; what is missing is named. */
export function assembleTransport(
  fields: readonly WeatherField[],
  options: AssemblyOptions = {},
  allocate?: Allocate,
): { readonly fields: readonly TransportField[]; readonly problems: readonly Problem[] } {
  const { winds, problems } = assembleWind(fields, options);
  const list = new ProblemList();
  for (const problem of problems) list.add(problem);
  const made = winds.map((wind) => {
    const extras = assembleExtras(fields, wind, list);
    return transportField(...closedAround(wind, extras), allocate);
  });
  return { fields: made, problems: list.list() };
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
