/** Weather of the tests as netCDF: a steady west wind that turns north with time, over the globe on 5 deg, six-hourly. */
import { encodeNetcdf } from "@harken/formats";

export interface TestWeather {
  /** Epoch seconds. */
  readonly times: readonly number[];
  /** hPa, falling. */
  readonly levels?: readonly number[];
  /** A region instead of the globe. */
  readonly region?: boolean;
}

const LEVELS = [1000, 925, 850, 700, 500, 300, 200, 100];

export function testWeather({ times, levels = LEVELS, region = false }: TestWeather): Uint8Array {
  const [rows, columns] = region ? [9, 9] : [37, 72];
  const latitude = Float64Array.from({ length: rows }, (_, i) => (region ? 60 : 90) - 5 * i);
  const longitude = Float64Array.from({ length: columns }, (_, i) => 5 * i);
  const size = times.length * levels.length * rows * columns;
  const on = (of: (time: number, level: number, row: number) => number) =>
    Float32Array.from({ length: size }, (_, at) => {
      const row = Math.floor(at / columns) % rows;
      const level = Math.floor(at / (columns * rows)) % levels.length;
      return of(Math.floor(at / (columns * rows * levels.length)), levels[level]!, row);
    });
  const axes = ["time", "level", "latitude", "longitude"];
  const variable = (name: string, units: string, values: Float32Array, dimensions = axes) => ({
    name,
    dimensions,
    attributes: { units },
    values,
  });
  const coordinate = (name: string, units: string, values: Float64Array) => ({
    name,
    dimensions: [name],
    attributes: { units },
    values,
  });
  return encodeNetcdf({
    dimensions: { time: times.length, level: levels.length, latitude: rows, longitude: columns },
    attributes: { Conventions: "CF-1.6" },
    variables: [
      coordinate("time", "seconds since 1970-01-01 00:00:00", Float64Array.from(times)),
      coordinate("level", "hPa", Float64Array.from(levels)),
      coordinate("latitude", "degrees_north", latitude),
      coordinate("longitude", "degrees_east", longitude),
      variable(
        "u",
        "m s-1",
        on((_, p, row) => (5 + (1000 - p) / 50) * Math.cos((latitude[row]! * Math.PI) / 180)),
      ),
      variable(
        "v",
        "m s-1",
        on((time) => 0.5 * (time % 4)),
      ),
      variable(
        "w",
        "Pa s-1",
        on(() => 0),
      ),
      variable(
        "t",
        "K",
        on((_, p) => 288 * (p / 1000) ** 0.19),
      ),
      variable(
        "q",
        "kg kg-1",
        on((_, p) => 0.006 * (p / 1000) ** 3),
      ),
      variable("sp", "Pa", new Float32Array(times.length * rows * columns).fill(101_300), [
        "time",
        "latitude",
        "longitude",
      ]),
    ],
  });
}
