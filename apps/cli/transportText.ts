/** What came of transport, in words and as JSON. */
import {
  type Concentration,
  cellCentre,
  type SamplePlace,
  type Scores,
  type TransportResult,
} from "@harken/atmosphere";
import { isoTime, type SourceReceptorField, type TracerSample } from "@harken/core";
import { greatestCells } from "./srsMaps.ts";
import { formatTable } from "./table.ts";
import type { Regard } from "./transportMaps.ts";

const SHOWN_CELLS = 5;
const SHOWN_PREDICTIONS = 40;

/** Cells of the field of regard, 1/m^3, the greatest first. */
function cellsOf({ grid, values }: Regard) {
  return greatestCells(values).map((cell) => ({ ...cellCentre(grid, cell), sensitivity: values[cell]! }));
}

export function describeField(field: SourceReceptorField, regard: Regard, written: readonly string[]): string {
  const cells = cellsOf(regard);
  return [
    `${field.station}, sample from ${isoTime(field.sampleStart, 0)} to ${isoTime(field.sampleStop, 0)}: ${field.values.length} entries in ${cells.length} cells, ${field.durationHours} h backward.`,
    formatTable(cells.slice(0, SHOWN_CELLS), [
      { title: "lat", value: (c) => c.latitudeDeg, digits: 2 },
      { title: "lon", value: (c) => c.longitudeDeg, digits: 2 },
      { title: "sensitivity 1/m^3", value: (c) => c.sensitivity.toExponential(3) },
    ]),
    ...written.map((path) => `Wrote ${path}`),
  ].join("\n");
}

export function fieldJson(field: SourceReceptorField, regard: Regard) {
  return {
    station: field.station,
    latitude: field.latitudeDeg,
    longitude: field.longitudeDeg,
    sampleStart: isoTime(field.sampleStart, 0),
    sampleStop: isoTime(field.sampleStop, 0),
    durationHours: field.durationHours,
    entries: field.values.length,
    cells: cellsOf(regard).slice(0, SHOWN_CELLS),
  };
}

interface Prediction {
  readonly sample: TracerSample;
  readonly predicted: Concentration | null;
}

export function describePrediction(
  { plan, outputs }: TransportResult,
  release: SamplePlace,
  predictions: readonly Prediction[],
  scores: Scores | null,
  written: readonly string[],
): string {
  const amounts = plan.species.map(({ name }, k) => `${plan.releases[0]!.activityBq[k]!.toExponential(2)} Bq ${name}`);
  const lines = [
    `${release.station}, ${amounts.join(", ")} released from ${isoTime(release.sampleStart, 0)} to ${isoTime(release.sampleStop, 0)}, followed for ${(outputs.length * plan.outputSec) / 3600} h.`,
  ];
  const number = (value: number | null) => (value === null ? null : value.toPrecision(3));
  if (predictions.length > 0)
    lines.push(
      formatTable(predictions.slice(0, SHOWN_PREDICTIONS), [
        { title: "station", value: ({ sample }) => sample.station },
        { title: "from", value: ({ sample }) => isoTime(sample.sampleStart, 0) },
        { title: "to", value: ({ sample }) => isoTime(sample.sampleStop, 0) },
        { title: "measured", value: ({ sample }) => number(sample.concentration) },
        { title: "computed", value: ({ predicted }) => number(predicted?.bqPerM3 ?? null) },
        { title: "+-", value: ({ predicted }) => number(predicted?.standardError ?? null) },
      ]),
    );
  if (predictions.length > SHOWN_PREDICTIONS) lines.push(`and ${predictions.length - SHOWN_PREDICTIONS} more`);
  if (scores) lines.push(describeScores(scores));
  return [...lines, ...written.map((path) => `Wrote ${path}`)].join("\n");
}

export function describeScores(scores: Scores): string {
  const text = (value: number | null, digits = 3) => (value === null ? "none" : value.toFixed(digits));
  return [
    `${scores.pairs} pairs, means ${scores.meanMeasured.toPrecision(4)} measured and ${scores.meanComputed.toPrecision(4)} computed`,
    `r ${text(scores.correlation)}, of logarithms ${text(scores.logCorrelation)}, FB ${text(scores.fractionalBias)}, NMSE ${text(scores.nmse)}, FAC2 ${text(scores.factor2)}, FAC5 ${text(scores.factor5)}, FMS ${text(scores.fms, 1)} %, KSP ${text(scores.ksp, 1)} %, rank ${text(scores.rank, 2)}`,
  ].join("\n");
}
