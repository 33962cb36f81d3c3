/**
 * Where the air of a day's sample at Takasaki was during the week before, in weather made for the picture: a jet with waves on it, over a boundary
 * layer found from the profiles. The figure of docs/atmosphere.md, drawn as `harken srs regard --out map.svg` draws it.
 */
import {
  cellSeries,
  fieldOfRegard,
  globalGrid,
  mapSvg,
  runTransport,
  sourceReceptorField,
  standardPhysics,
  tracer,
  transportField,
} from "@harken/atmosphere";
import { parseTime, RADIANS_PER_DEGREE } from "@harken/core";
import { coasts } from "../../apps/cli/coasts.ts";

const STATION = { station: "JPX38", latitudeDeg: 36.3, longitudeDeg: 139.08 };
const STOP = parseTime("2013-04-09T00:00:00Z")!;
const DAY = 86_400;
const DAYS = 7;
const PARTICLES = 20_000;
const SIX_HOURS = 21_600;

export async function fieldOfRegardFigure(): Promise<string> {
  const grid = globalGrid(1);
  const times = Array.from({ length: 4 * DAYS + 1 }, (_, k) => STOP - DAYS * DAY + k * SIX_HOURS);
  const sample = { ...STATION, sampleStart: STOP - DAY, sampleStop: STOP };
  const { latitudeDeg, longitudeDeg } = STATION;
  const result = await runTransport(
    {
      ...{ seed: 1, direction: "backward", startTime: STOP, stepSec: 900, outputSec: 10_800, outputs: 8 * DAYS },
      releases: [
        {
          ...{ southDeg: latitudeDeg, northDeg: latitudeDeg, westDeg: longitudeDeg, eastDeg: longitudeDeg },
          ...{ bottomM: 0, topM: 30, startTime: STOP - DAY, endTime: STOP, particles: PARTICLES, activityBq: [1] },
        },
      ],
      species: [tracer],
      physics: standardPhysics,
      sampling: { grid, layerTopsM: [150], spreadAfterSec: 10_800 },
      chunkSize: 5000,
    },
    { times, load: (k) => air(times[k]!) },
  );
  const { field } = sourceReceptorField(result, sample);
  return mapSvg({
    title: `Field of regard of ${STATION.station}, the sample of 2013-04-08, ${DAYS} days backward in made weather`,
    unit: "1/m^3",
    grid,
    values: fieldOfRegard(cellSeries([field], grid), 0),
    scale: "log",
    land: coasts(),
    marks: [{ ...STATION, label: STATION.station, kind: "station" }],
  });
}

/** A jet at 42 N with five waves that travel east, colder to the north. */
function air(time: number) {
  const [rows, columns] = [73, 144];
  const pressuresHPa = Float64Array.from([
    1000, 975, 950, 925, 900, 850, 800, 700, 600, 500, 400, 300, 250, 200, 150, 100,
  ]);
  const levels = pressuresHPa.length;
  const lanes = new Float32Array(rows * columns * levels * 4);
  const surfacePressureHPa = new Float32Array(rows * columns);
  const phase = ((time - STOP) / DAY) * 12;
  for (let row = 0; row < rows; row++) {
    const lat = 90 - 2.5 * row;
    const cosine = Math.cos(lat * RADIANS_PER_DEGREE);
    const jet = Math.exp(-(((lat - 42) / 16) ** 2)) - 0.35 * Math.exp(-((lat / 14) ** 2));
    for (let column = 0; column < columns; column++) {
      const wave = 5 * (2.5 * column - phase) * RADIANS_PER_DEGREE;
      const point = row * columns + column;
      surfacePressureHPa[point] = 1012 + 9 * cosine * Math.sin(wave);
      for (let k = 0; k < levels; k++) {
        const p = pressuresHPa[k]!;
        const strength = 0.25 + 0.75 * Math.sin(Math.PI * Math.min(1, (1030 - p) / 1500));
        const east = 34 * strength * jet * (1 + 0.3 * Math.sin(wave));
        const north = 15 * strength * cosine * Math.exp(-(((lat - 42) / 24) ** 2)) * Math.cos(wave);
        const omega = -0.0008 * strength * cosine * Math.sin(wave) * Math.sin((Math.PI * (p - 100)) / 930);
        const temperature = (300 - 38 * (1 - cosine)) * (p / 1000) ** 0.18;
        lanes.set([east, north, omega, Math.max(205, temperature)], 4 * (point * levels + k));
      }
    }
  }
  const frame = { firstLatDeg: 90, stepLatDeg: -2.5, rows, firstLonDeg: 0, stepLonDeg: 2.5, columns };
  return transportField({ time, ...frame, pressuresHPa, lanes, surfacePressureHPa });
}
