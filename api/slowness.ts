/** What an array shows of one moment: the f-k picture with its peak, the beam, and how the peak moves with time. */
import { type Static, Type } from "typebox";
import { nullable, Time } from "./schema.ts";

export const slownessQueryLimits = Object.freeze({ maxWindowSec: 120, maxLeadSec: 60, maxSlownessSecPerDeg: 500 });

export const SlownessQuery = Type.Object({
  station: Type.String({ minLength: 1, maxLength: 16 }),
  time: Type.Number({ description: "When the wave is at the array's reference point, epoch seconds" }),
  low: Type.Number({ exclusiveMinimum: 0, maximum: 500, description: "Band, Hz" }),
  high: Type.Number({ exclusiveMinimum: 0, maximum: 500 }),
  lead: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: slownessQueryLimits.maxLeadSec,
      description: "Data before the time, s; the recipe's when absent",
    }),
  ),
  length: Type.Optional(
    Type.Number({
      minimum: 0.5,
      maximum: slownessQueryLimits.maxWindowSec,
      description: "Window with the lead, s; the recipe's when absent",
    }),
  ),
  max: Type.Optional(
    Type.Number({
      ...{ exclusiveMinimum: 0, maximum: slownessQueryLimits.maxSlownessSecPerDeg },
      description: "Half the side of the picture, s/deg; the usual one of the technology when absent",
    }),
  ),
  north: Type.Optional(
    Type.Number({ description: "With `east`: where the beam is steered to instead of the peak, s/deg" }),
  ),
  east: Type.Optional(Type.Number()),
});
export type SlownessQuery = Static<typeof SlownessQuery>;

const PeakPlace = {
  northSecPerDeg: Type.Number({ description: "Towards the source" }),
  eastSecPerDeg: Type.Number(),
  azimuthDeg: Type.Number({ description: "From the station to the source" }),
  slownessSecPerDeg: Type.Number(),
  semblance: Type.Number({ description: "Beam power over mean element power, 0 to 1" }),
  fStatistic: Type.Number({ description: "Fisher's ratio of beam to residual power" }),
};

export const SlownessPeak = Type.Object({
  ...PeakPlace,
  azimuthErrorDeg: nullable(
    Type.Number({ description: "Standard deviation; null where the wave is not plane enough" }),
  ),
  slownessErrorSecPerDeg: nullable(Type.Number()),
});
export type SlownessPeak = Static<typeof SlownessPeak>;

export const SlownessPicture = Type.Object({
  station: Type.String(),
  time: Time,
  windowFrom: Type.Number({ description: "At the reference point, epoch seconds" }),
  windowTo: Type.Number(),
  lowHz: Type.Number(),
  highHz: Type.Number(),
  maxSlownessSecPerDeg: Type.Number(),
  gridCount: Type.Integer({ description: "Points along a side" }),
  semblance: Type.Array(Type.Number(), {
    description: "Rows from south to north, columns from west to east; 0 beyond the largest slowness",
  }),
  peak: SlownessPeak,
  elements: Type.Array(Type.String(), { description: "Sites that took part" }),
  beam: Type.Object({
    startTime: Time,
    sampleRateHz: Type.Number(),
    samples: Type.Array(Type.Number(), { description: "Counts, in the band" }),
  }),
  track: Type.Array(Type.Object({ time: Time, ...PeakPlace }), { description: "The peak in sliding windows" }),
});
export type SlownessPicture = Static<typeof SlownessPicture>;
