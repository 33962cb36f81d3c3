/** What came of transport, in words and as JSON. */
import type { Concentration, SamplePlace, Scores, TransportResult } from "@harken/atmosphere";
import { isoTime, type SourceReceptorField, type TracerSample } from "@harken/core";
import { formatTable } from "./table.ts";

const SHOWN_CELLS = 5;
const SHOWN_PREDICTIONS = 40;

interface RegardCell {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** Summed over the steps, 1/m^3. */
  readonly sensitivity: number;
}

/** Cells of the field of regard, the greatest first. */
function cellsOf(field: SourceReceptorField): RegardCell[] {
  const cells = new Map<string, { latitudeDeg: number; longitudeDeg: number; sensitivity: number }>();
  for (let i = 0; i < field.values.length; i++) {
    const [latitudeDeg, longitudeDeg] = [field.cellLatitudeDeg[i]!, field.cellLongitudeDeg[i]!];
    const key = `${latitudeDeg} ${longitudeDeg}`;
    const cell = cells.get(key) ?? { latitudeDeg, longitudeDeg, sensitivity: 0 };
    cell.sensitivity += field.values[i]! / field.releaseBq;
    cells.set(key, cell);
  }
  return [...cells.values()].sort((a, b) => b.sensitivity - a.sensitivity);
}

export function describeField(field: SourceReceptorField, written: readonly string[]): string {
  const cells = cellsOf(field);
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

export function fieldJson(field: SourceReceptorField) {
  return {
    station: field.station,
    latitude: field.latitudeDeg,
    longitude: field.longitudeDeg,
    sampleStart: isoTime(field.sampleStart, 0),
    sampleStop: isoTime(field.sampleStop, 0),
    durationHours: field.durationHours,
    entries: field.values.length,
    cells: cellsOf(field).slice(0, SHOWN_CELLS),
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
