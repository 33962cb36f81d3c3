/** Fields of transport as netCDF by the CF conventions, for any program that draws maps. */
import { cellIndex, cellVolumesM3, type LatLonGrid, type OutputStep, type TransportResult } from "@harken/atmosphere";
import { isoTime, type SourceReceptorField } from "@harken/core";
import { encodeNetcdf, type NetcdfContents } from "@harken/formats";

type Variable = NetcdfContents["variables"][number];

/** Sensitivity to each cell and step, 1/m^3, with its standard error. */
export function sensitivityNetcdf(
  { plan, outputs }: TransportResult,
  field: SourceReceptorField,
  standardError: Float64Array,
): Uint8Array {
  const { grid } = plan.sampling;
  const cells = grid.rows * grid.columns;
  const sensitivity = new Float32Array(outputs.length * cells);
  const error = new Float32Array(outputs.length * cells);
  for (let i = 0; i < field.values.length; i++) {
    const cell = cellIndex(grid, field.cellLatitudeDeg[i]!, field.cellLongitudeDeg[i]!);
    const at = (field.step[i]! - field.firstStep) * cells + cell;
    sensitivity[at] = field.values[i]! / field.releaseBq;
    error[at] = standardError[i]! / field.releaseBq;
  }
  const ends = outputs.map((_, k) => field.sampleStop - k * plan.outputSec);
  const named = (name: string, text: string, values: Float32Array): Variable => ({
    name,
    dimensions: ["time", "latitude", "longitude"],
    attributes: { units: "m-3", long_name: text },
    values,
  });
  return encodeNetcdf({
    dimensions: { time: outputs.length, latitude: grid.rows, longitude: grid.columns },
    attributes: {
      Conventions: "CF-1.6",
      title: `Source-receptor sensitivity of ${field.station}`,
      station: field.station,
      station_latitude: field.latitudeDeg,
      station_longitude: field.longitudeDeg,
      sample_start: isoTime(field.sampleStart, 0),
      sample_stop: isoTime(field.sampleStop, 0),
    },
    variables: [
      timeAxis(ends),
      ...cellAxes(grid),
      named("sensitivity", "concentration in the sample for each Bq released in the cell during the step", sensitivity),
      named("sensitivity_standard_error", "standard error of it by the number of particles", error),
    ],
  });
}

/** Mean concentrations of each output, for each species a variable over time, height, latitude and longitude. */
export function concentrationNetcdf({ plan, outputs }: TransportResult): Uint8Array {
  const { grid, layerTopsM } = plan.sampling;
  const cells = grid.rows * grid.columns;
  const layers = layerTopsM.length;
  const volumesM3 = cellVolumesM3(plan);
  const ends = outputs.map((_, k) => plan.startTime + (k + 1) * plan.outputSec);
  return encodeNetcdf({
    dimensions: { time: outputs.length, height: layers, latitude: grid.rows, longitude: grid.columns },
    attributes: { Conventions: "CF-1.6", title: "Mean concentrations of a forward run" },
    variables: [
      timeAxis(ends),
      ...cellAxes(grid),
      {
        name: "height",
        dimensions: ["height"],
        attributes: { units: "m", positive: "up", long_name: "top of the layer above ground" },
        values: Float64Array.from(layerTopsM),
      },
      ...plan.species.map(
        ({ name }, species): Variable => ({
          name: `concentration_${name.replace(/\W/g, "_")}`,
          dimensions: ["time", "height", "latitude", "longitude"],
          attributes: { units: "Bq m-3", long_name: `mean concentration of ${name} over the output` },
          values: spread(outputs, species, layers * cells, volumesM3, plan.outputSec),
        }),
      ),
    ],
  });
}

function spread(
  outputs: readonly OutputStep[],
  species: number,
  size: number,
  volumesM3: Float64Array,
  outputSec: number,
): Float32Array {
  const values = new Float32Array(outputs.length * size);
  outputs.forEach(({ index, sum }, k) => {
    for (let i = 0; i < index.length; i++) {
      const at = index[i]! - species * size;
      if (at >= 0 && at < size) values[k * size + at] = sum[i]! / (volumesM3[at]! * outputSec);
    }
  });
  return values;
}

function timeAxis(ends: readonly number[]): Variable {
  return axis("time", "seconds since 1970-01-01 00:00:00", Float64Array.from(ends), "end of the step");
}

/** Latitude and longitude of a grid's cells, by the CF conventions. */
export function cellAxes({ rows, columns, southDeg, westDeg, stepLatDeg, stepLonDeg }: LatLonGrid): Variable[] {
  const middles = (count: number, first: number, step: number) =>
    Float64Array.from({ length: count }, (_, i) => first + (i + 0.5) * step);
  return [
    axis("latitude", "degrees_north", middles(rows, southDeg, stepLatDeg), "centre of the cell"),
    axis("longitude", "degrees_east", middles(columns, westDeg, stepLonDeg), "centre of the cell"),
  ];
}

function axis(name: string, units: string, values: Float64Array, text: string): Variable {
  return { name, dimensions: [name], attributes: { units, standard_name: name, long_name: text }, values };
}
