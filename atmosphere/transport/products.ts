/**
 * What a run's sums mean. Backward from a sample: the source-receptor field that centres exchange. Forward from a release: concentrations in cells and
 * at stations.
 *
 * A release of Q Bq in the air of a cell of volume V over a time T puts Q tau / (V T) Bq/m^3 into the sample, tau being the time that the sample's
 * air spent in the cell during that time (Seibert and Frank 2004, doi:10.5194/acp-4-51-2004).
 */
import type { SourceReceptorField } from "@harken/core";
import { cellAreaKm2, cellCentre, cellIndex } from "../grid/latLonGrid.ts";
import type { OutputStep } from "./outputSums.ts";
import type { TransportPlan } from "./plan.ts";
import type { TransportResult } from "./run.ts";

/** Release that the values of the exchanged files belong to, Bq. */
export const STANDARD_RELEASE_BQ = 1.3e15;

export interface SamplePlace {
  readonly station: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly sampleStart: number;
  readonly sampleStop: number;
}

/** The field of a backward run whose one release is the sample, from its lowest layer, and the standard errors of its values. */
export function sourceReceptorField(
  { plan, outputs }: TransportResult,
  sample: SamplePlace,
  releaseBq = STANDARD_RELEASE_BQ,
): { readonly field: SourceReceptorField; readonly standardError: Float64Array } {
  if (plan.direction !== "backward") throw new RangeError("a source-receptor field is made by a backward run");
  const { grid } = plan.sampling;
  const cells = grid.rows * grid.columns;
  const count = outputs.reduce((sum, { index }) => sum + index.filter((at) => at < cells).length, 0);
  const cellLatitudeDeg = new Float32Array(count);
  const cellLongitudeDeg = new Float32Array(count);
  const step = new Int32Array(count);
  const values = new Float64Array(count);
  const standardError = new Float64Array(count);
  let n = 0;
  outputs.forEach((output, k) => {
    for (let i = 0; i < output.index.length && output.index[i]! < cells; i++, n++) {
      const cell = output.index[i]!;
      const { latitudeDeg, longitudeDeg } = cellCentre(grid, cell);
      const perSecond = releaseBq / (volumeM3(plan, cell, 0) * plan.outputSec);
      cellLatitudeDeg[n] = latitudeDeg;
      cellLongitudeDeg[n] = longitudeDeg;
      step[n] = k + 1;
      values[n] = output.sum[i]! * perSecond;
      standardError[n] = output.standardError[i]! * perSecond;
    }
  });
  const hours = plan.outputSec / 3600;
  const field: SourceReceptorField = {
    ...sample,
    releaseBq,
    durationHours: outputs.length * hours,
    outputHours: hours,
    averageHours: hours,
    stepLatDeg: grid.stepLatDeg,
    stepLonDeg: grid.stepLonDeg,
    firstStep: 1,
    cellLatitudeDeg,
    cellLongitudeDeg,
    step,
    values,
    spread: null,
  };
  return { field, standardError };
}

/** Mean concentration of an output at a place, Bq/m^3, with its standard error: that of the cell and layer that hold it. */
export interface Concentration {
  readonly bqPerM3: number;
  readonly standardError: number;
}

export function concentrationAt(
  plan: TransportPlan,
  output: OutputStep,
  latitudeDeg: number,
  longitudeDeg: number,
  species = 0,
  layer = 0,
): Concentration {
  const { grid, layerTopsM } = plan.sampling;
  const cell = cellIndex(grid, latitudeDeg, longitudeDeg);
  const wanted = (species * layerTopsM.length + layer) * grid.rows * grid.columns + cell;
  const i = cell < 0 ? -1 : output.index.indexOf(wanted);
  if (i < 0) return { bqPerM3: 0, standardError: 0 };
  const perSecond = 1 / (volumeM3(plan, cell, layer) * plan.outputSec);
  return { bqPerM3: output.sum[i]! * perSecond, standardError: output.standardError[i]! * perSecond };
}

/**
 * What a station would have measured: the mean over a sample's collection of a forward run's concentrations there. Outputs that the collection covers in
 * part count in part; before the run there was nothing. Null where the collection outlasts the run.
 */
export function predictedSample(
  { plan, outputs }: TransportResult,
  { latitudeDeg, longitudeDeg, sampleStart, sampleStop }: Omit<SamplePlace, "station">,
  species = 0,
): Concentration | null {
  if (plan.direction !== "forward") throw new RangeError("concentrations are predicted by a forward run");
  const end = plan.startTime + outputs.length * plan.outputSec;
  if (sampleStop > end || !(sampleStop > sampleStart)) return null;
  let [sum, variance] = [0, 0];
  outputs.forEach((output, k) => {
    const from = plan.startTime + k * plan.outputSec;
    const covered = Math.min(sampleStop, from + plan.outputSec) - Math.max(sampleStart, from);
    if (covered <= 0) return;
    const weight = covered / (sampleStop - sampleStart);
    const { bqPerM3, standardError } = concentrationAt(plan, output, latitudeDeg, longitudeDeg, species);
    sum += weight * bqPerM3;
    variance += (weight * standardError) ** 2;
  });
  return { bqPerM3: sum, standardError: Math.sqrt(variance) };
}

/** Air in each (layer, cell), m^3. */
export function cellVolumesM3(plan: TransportPlan): Float64Array {
  const { grid, layerTopsM } = plan.sampling;
  const cells = grid.rows * grid.columns;
  return Float64Array.from({ length: layerTopsM.length * cells }, (_, at) =>
    volumeM3(plan, at % cells, Math.floor(at / cells)),
  );
}

function volumeM3(plan: TransportPlan, cell: number, layer: number): number {
  const { grid, layerTopsM } = plan.sampling;
  const depth = layerTopsM[layer]! - (layerTopsM[layer - 1] ?? 0);
  return cellAreaKm2(grid, Math.floor(cell / grid.columns)) * 1e6 * depth;
}
