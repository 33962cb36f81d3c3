/** Pictures of transport: a sample's field of regard, and the mean of a release's plume with what stations measured. */
import {
  type Concentration,
  cellSeries,
  cellVolumesM3,
  fieldOfRegard,
  type LatLonGrid,
  type MapMark,
  mapSvg,
  type SamplePlace,
  type TransportResult,
} from "@harken/atmosphere";
import { isoTime, type SourceReceptorField, type TracerSample } from "@harken/core";
import { coasts } from "./coasts.ts";

/** A sample's field of regard, 1/m^3 for each cell of the grid. */
export interface Regard {
  readonly grid: LatLonGrid;
  readonly values: Float64Array;
}

export function regardOf(field: SourceReceptorField, grid: LatLonGrid): Regard {
  return { grid, values: fieldOfRegard(cellSeries([field], grid), 0) };
}

export function regardPicture(field: SourceReceptorField, { grid, values }: Regard): string {
  const { station, latitudeDeg, longitudeDeg, sampleStop, durationHours } = field;
  return mapSvg({
    title: `Field of regard of ${station}, sample to ${isoTime(sampleStop, 0)}, ${durationHours} h backward`,
    unit: "1/m^3",
    grid,
    values,
    scale: "log",
    land: coasts(),
    marks: [{ latitudeDeg, longitudeDeg, label: station, kind: "station" }],
  });
}

/** Mean concentration of the first species over the run, in the lowest layer; stations that measured in the same shades by their mean. */
export function plumePicture(
  { plan, outputs }: TransportResult,
  release: SamplePlace,
  predictions: readonly { readonly sample: TracerSample; readonly predicted: Concentration | null }[],
): string {
  const { grid } = plan.sampling;
  const cells = grid.rows * grid.columns;
  const volumes = cellVolumesM3(plan);
  const values = new Float64Array(cells);
  for (const { index, sum } of outputs)
    for (let i = 0; i < index.length && index[i]! < cells; i++)
      values[index[i]!]! += sum[i]! / (volumes[index[i]!]! * plan.outputSec * outputs.length);
  const end = plan.startTime + outputs.length * plan.outputSec;
  return mapSvg({
    title: `${plan.species[0]!.name} from ${release.station}, mean of ${isoTime(plan.startTime, 0)} to ${isoTime(end, 0)}`,
    unit: "per m^3",
    grid,
    values,
    scale: "log",
    land: coasts(),
    marks: [
      { latitudeDeg: release.latitudeDeg, longitudeDeg: release.longitudeDeg, label: release.station, kind: "source" },
      ...stationMarks(predictions.map(({ sample }) => sample)),
    ],
  });
}

/** Each station once: a circle by the mean of what it measured, a triangle where it measured nothing that is known. */
function stationMarks(samples: readonly TracerSample[]): MapMark[] {
  return [...Map.groupBy(samples, ({ station }) => station)].map(([station, list]) => {
    const measured = list.flatMap(({ concentration }) => (concentration === null ? [] : [concentration]));
    const { latitudeDeg, longitudeDeg } = list[0]!;
    if (measured.length === 0) return { latitudeDeg, longitudeDeg, label: station, kind: "station" };
    const value = measured.reduce((sum, x) => sum + x, 0) / measured.length;
    const label = `${station}: mean of ${measured.length} samples ${value.toPrecision(3)}`;
    return { latitudeDeg, longitudeDeg, label, kind: "measurement", value };
  });
}
