/** A forward run's netCDF file as a series of one sample, its concentrations in the place of sensitivities: what the map and the history are made of. */
import type { CellSeries } from "@harken/atmosphere";
import { decodeNetcdf } from "@harken/formats";

export interface Plume {
  readonly key: string;
  /** `sensitivity` is the mean concentration of each slot, Bq/m^3. */
  readonly series: CellSeries;
}

/** The lowest layer of the first species. Throws an Error with what is missing. */
export function readPlume(key: string, bytes: Uint8Array): Plume {
  const { items, problems } = decodeNetcdf(bytes);
  const variables = items[0]?.variables ?? [];
  const read = (name: string) => {
    const values = variables.find((one) => one.name.startsWith(name))?.read();
    if (values === undefined || typeof values === "string")
      throw new Error(values ?? problems[0]?.message ?? `The plume has no ${name}.`);
    return values;
  };
  const [time, latitude, longitude, values] = [
    read("time"),
    read("latitude"),
    read("longitude"),
    read("concentration_"),
  ];
  const cells = latitude.length * longitude.length;
  const layers = values.length / (cells * time.length);
  const [stepLatDeg, stepLonDeg] = [latitude[1]! - latitude[0]!, longitude[1]! - longitude[0]!];
  const slotSec = time.length > 1 ? time[1]! - time[0]! : 10_800;
  const [cell, slot, sensitivity]: [number[], number[], number[]] = [[], [], []];
  for (let k = 0; k < time.length; k++) {
    for (let at = 0; at < cells; at++) {
      const value = values[k * layers * cells + at]!;
      if (!(value > 0)) continue;
      cell.push(at);
      slot.push(k);
      sensitivity.push(value);
    }
  }
  return {
    key,
    series: {
      grid: {
        ...{ southDeg: latitude[0]! - stepLatDeg / 2, westDeg: longitude[0]! - stepLonDeg / 2, stepLatDeg, stepLonDeg },
        ...{ rows: latitude.length, columns: longitude.length },
      },
      ...{ startTime: time[0]! - slotSec, slotSec, slots: time.length, samples: 1 },
      sample: new Int32Array(cell.length),
      cell: Int32Array.from(cell),
      slot: Int32Array.from(slot),
      sensitivity: Float64Array.from(sensitivity),
    },
  };
}

export interface Passage {
  readonly label: string;
  readonly largest: number;
  /** Slots of the first concentration and of the largest. */
  readonly first: number;
  readonly at: number;
}

/** Places that the plume passes, the largest concentration first. */
export function passages(
  series: CellSeries,
  places: readonly { readonly label: string; readonly cell: number }[],
): Passage[] {
  const found = new Map<number, { largest: number; first: number; at: number }>();
  for (let i = 0; i < series.cell.length; i++) {
    const [slot, value] = [series.slot[i]!, series.sensitivity[i]!];
    const known = found.get(series.cell[i]!);
    if (!known) found.set(series.cell[i]!, { largest: value, first: slot, at: slot });
    else {
      known.first = Math.min(known.first, slot);
      if (value > known.largest) [known.largest, known.at] = [value, slot];
    }
  }
  return places
    .flatMap(({ label, cell }) => {
      const passage = found.get(cell);
      return passage ? [{ label, ...passage }] : [];
    })
    .sort((a, b) => b.largest - a.largest);
}
