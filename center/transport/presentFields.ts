/** Source-receptor fields as the contract has them, each with what was measured in its sample: by a table beside the fields, or by the sample's report. */
import type { FieldList, FieldMeasurement, FieldSummary } from "@harken/api";
import type { SampleReport } from "@harken/core";
import { loadReports, loadSamples, type Reader, type StoredSample } from "@harken/store";
import { newest } from "../radionuclide/sampleDesk.ts";
import type { FieldStore, StoredField } from "./fieldStore.ts";

/** Headers of fields know whole hours. */
const SAME_STOP_SEC = 3600;

export async function presentFields(reader: Reader, store: FieldStore | null): Promise<FieldList> {
  if (!store) return { watched: false, fields: [], refused: [] };
  const { fields, samples, refused } = store.read();
  const known = new Map<string, readonly StoredSample[]>();
  for (const station of new Set(fields.map(({ head }) => head.station)))
    known.set(station, await loadSamples(reader, { station, dataType: "SAMPLEPHD" }));
  const matches = fields.map(
    ({ head }) =>
      known
        .get(head.station)!
        .find(
          ({ collectionStop, qualifier }) =>
            collectionStop !== null && qualifier !== "PREL" && isAt(collectionStop, head.sampleStop),
        )?.key ?? null,
  );
  const reports = Map.groupBy(
    await loadReports(reader, [...new Set(matches.filter((key) => key !== null))]),
    ({ sampleKey }) => sampleKey,
  );
  return {
    watched: true,
    fields: fields.map((field, i) => {
      const listed = samples.flatMap(({ station, sampleStop, measured }): FieldMeasurement[] =>
        measured && station === field.head.station && isAt(sampleStop, field.head.sampleStop)
          ? [{ nuclide: null, ...measured }]
          : [],
      );
      const own = reports.get(matches[i] ?? "") ?? [];
      const report = (newest(own, "RRR") ?? newest(own, "ARR"))?.report as SampleReport | undefined;
      return summaryOf(field, matches[i]!, [...listed, ...(report ? measurements(report) : [])]);
    }),
    refused: [...refused],
  };
}

const isAt = (a: number, b: number) => Math.abs(a - b) < SAME_STOP_SEC;

function summaryOf(
  { key, centre, head, entries }: StoredField,
  sampleKey: string | null,
  measured: FieldMeasurement[],
): FieldSummary {
  const { station, latitudeDeg, longitudeDeg, sampleStart, sampleStop } = head;
  const { durationHours, outputHours, stepLatDeg, stepLonDeg } = head;
  return {
    ...{ key, station, centre, latitudeDeg, longitudeDeg, sampleStart, sampleStop },
    ...{ durationHours, outputHours, stepLatDeg, stepLonDeg, entries, sampleKey, measured },
  };
}

/** Reports have micro-becquerel in a cubic metre for particulate, milli-becquerel for noble gas. */
function measurements({ nuclides, sample }: SampleReport): FieldMeasurement[] {
  const unit = sample.system === "P" ? 1e-6 : 1e-3;
  return nuclides.flatMap(({ name, identified, concentration, concentrationError, mdc }) => {
    if (!identified && mdc === null) return [];
    return [
      {
        nuclide: name,
        bqPerM3: identified ? unit * (concentration ?? 0) : 0,
        uncertaintyBqPerM3: identified ? unit * (concentrationError ?? 0) : 0,
        mdcBqPerM3: mdc === null ? null : unit * mdc,
      },
    ];
  });
}
