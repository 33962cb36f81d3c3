/** Source-receptor fields that the centre holds: where the air of samples was before it was sampled, by this centre's models and others'. */
import { type Static, Type } from "typebox";
import { Count, Latitude, Longitude, nullable, Time } from "./schema.ts";

/** What was measured in the field's sample; 0 for a nuclide that was looked for and not found. */
export const FieldMeasurement = Type.Object({
  nuclide: nullable(Type.String({ description: "None where a table does not say" })),
  bqPerM3: Type.Number(),
  uncertaintyBqPerM3: Type.Number(),
  mdcBqPerM3: nullable(Type.Number()),
});
export type FieldMeasurement = Static<typeof FieldMeasurement>;

export const FieldSummary = Type.Object({
  key: Type.String({ description: "Name of the file without its ending: STATION.YYYYMMDDHH.CENTRE" }),
  station: Type.String(),
  centre: Type.String({ description: "Who computed it, by the file's name" }),
  latitudeDeg: Latitude,
  longitudeDeg: Longitude,
  sampleStart: Time,
  sampleStop: Time,
  durationHours: Type.Number(),
  outputHours: Type.Number(),
  stepLatDeg: Type.Number(),
  stepLonDeg: Type.Number(),
  entries: Count,
  sampleKey: nullable(Type.String({ description: "The sample, where the centre has it" })),
  measured: Type.Array(FieldMeasurement),
});
export type FieldSummary = Static<typeof FieldSummary>;

export const FieldList = Type.Object({
  watched: Type.Boolean({ description: "False where the centre was given no folder of fields" }),
  fields: Type.Array(FieldSummary, { description: "By end of sampling, the newest first" }),
  refused: Type.Array(Type.Object({ file: Type.String(), reason: Type.String() })),
});
export type FieldList = Static<typeof FieldList>;
