/**
 * Weather for transport from files of forecast models and reanalyses, GRIB or netCDF: looked over once, then read time by time as particles come to it.
 * One that is damaged is not used in part: what is missing might be the level that the particles are in.
 *
 *     const files = openWeatherFiles(paths, read);
 *     const weather = files.weather(from, to, { frozen: false, heightsFrom: "ground", allocate });
 */
import { type Allocate, assembleTransport, type HeightsFrom, type Weather } from "@harken/atmosphere";
import { defaultLimits, isoTime, type Problem, type WeatherField } from "@harken/core";
import { decodeGrib, decodeNetcdf, weatherFromNetcdf } from "@harken/formats";
import { centerErrors } from "../errors.ts";
import { indexWeather, timesFor, type WeatherHeader, type WeatherRegion } from "./weatherIndex.ts";

/** The bytes of a file, or what keeps them from being read. */
export type ReadBytes = (file: string) => Uint8Array | Problem;

export interface WeatherFiles {
  readonly region: WeatherRegion;
  /** Of all files, epoch seconds, ascending. */
  readonly times: readonly number[];
  /** Not errors; each once. */
  readonly remarks: ReadonlySet<string>;
  /** Says in a word which weather it is: names, sizes and times. */
  readonly identity: string;
  weather(from: number, to: number, options: WeatherOptions): Weather;
}

export interface WeatherOptions {
  /** The one time nearest to the run's start stands for all times. */
  readonly frozen: boolean;
  readonly heightsFrom: HeightsFrom;
  readonly allocate: Allocate;
}

/** Throws NO_WEATHER, BAD_WEATHER and what `indexWeather` throws. */
export function openWeatherFiles(files: readonly string[], read: ReadBytes): WeatherFiles {
  const remarks = new Set<string>();
  const sizes: number[] = [];
  const headers = files.map((file) => {
    const { bytes, fields } = headersOf(file, read, remarks);
    sizes.push(bytes);
    return fields;
  });
  const index = indexWeather(headers);
  const times = index.times.map(({ time }) => time);
  const reader = fieldReader(read, remarks);
  const load = (k: number, { heightsFrom, allocate }: WeatherOptions) => {
    const { time, files: numbers } = index.times[k]!;
    const fields = numbers.flatMap((n) => reader(files[n]!, time));
    const { fields: made, problems } = assembleTransport(fields, { variables: index.variables, heightsFrom }, allocate);
    const file = files[numbers[0]!]!;
    settle(file, problems, remarks);
    const field = made.find((f) => f.time === time);
    if (!field)
      throw centerErrors.make("BAD_WEATHER", { file, reason: `no wind of ${isoTime(time, 0)} could be made` });
    return field;
  };
  return {
    region: index.region,
    times,
    remarks,
    identity: [...files.map((file, i) => `${file.replace(/^.*[/\\]/, "")}:${sizes[i]}`), times.join(",")].join(" "),
    weather(from, to, options) {
      if (options.frozen) {
        const nearest = times.reduce(
          (best, time, k) => (Math.abs(time - from) < Math.abs(times[best]! - from) ? k : best),
          0,
        );
        return { times: [times[nearest]!], load: () => load(nearest, options) };
      }
      const [first, last] = timesFor(index, from, to);
      return { times: times.slice(first, last + 1), load: (k) => load(first + k, options) };
    },
  };
}

function headersOf(file: string, read: ReadBytes, remarks: Set<string>): { bytes: number; fields: WeatherHeader[] } {
  const bytes = bytesOf(file, read);
  const fields: WeatherHeader[] = [];
  if (isNetcdf(bytes)) {
    for (const { values: _, ...header } of netcdfFields(file, bytes, remarks)) fields.push(header);
  } else {
    const { problems } = decodeGrib(bytes, defaultLimits, (header) => {
      fields.push(header);
      return false;
    });
    settle(file, problems, remarks);
  }
  return { bytes: bytes.length, fields };
}

/** Reads the fields of one time; the file in hand is kept, for times that follow each other in it. */
function fieldReader(read: ReadBytes, remarks: Set<string>) {
  let kept: {
    readonly file: string;
    readonly fields: readonly WeatherField[] | null;
    readonly bytes: Uint8Array;
  } | null = null;
  return (file: string, time: number): readonly WeatherField[] => {
    if (kept?.file !== file) {
      const bytes = bytesOf(file, read);
      kept = { file, bytes, fields: isNetcdf(bytes) ? netcdfFields(file, bytes, remarks) : null };
    }
    if (kept.fields) return kept.fields.filter(({ validTime }) => validTime === time);
    const { items, problems } = decodeGrib(kept.bytes, defaultLimits, ({ validTime }) => validTime === time);
    settle(file, problems, remarks);
    return items;
  };
}

function bytesOf(file: string, read: ReadBytes): Uint8Array {
  const bytes = read(file);
  if (!(bytes instanceof Uint8Array)) throw centerErrors.make("BAD_WEATHER", { file, reason: sentence(bytes.message) });
  return bytes;
}

/** The signatures of classic netCDF and of HDF5. */
const isNetcdf = (bytes: Uint8Array) =>
  (bytes[0] === 0x43 && bytes[1] === 0x44 && bytes[2] === 0x46) || (bytes[0] === 0x89 && bytes[1] === 0x48);

function netcdfFields(file: string, bytes: Uint8Array, remarks: Set<string>): readonly WeatherField[] {
  const { items, problems } = decodeNetcdf(bytes);
  settle(file, problems, remarks);
  const [dataset] = items;
  if (!dataset) return [];
  const found = weatherFromNetcdf(dataset);
  settle(file, found.problems, remarks);
  return found.fields;
}

/** Errors end the reading, anything less is remarked. */
function settle(file: string, problems: readonly Problem[], remarks: Set<string>): void {
  const error = problems.find(({ severity }) => severity === "error");
  if (error) throw centerErrors.make("BAD_WEATHER", { file, reason: sentence(error.message) });
  for (const { message } of problems) remarks.add(message);
}

const sentence = (text: string) => text.replace(/\.$/, "");
