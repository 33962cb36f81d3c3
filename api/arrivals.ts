/** Arrivals: the detections of core's model, as JSON. */
import { type Static, Type } from "typebox";
import { nullable, Time } from "./schema.ts";

export const AmplitudeRecord = Type.Object({
  type: Type.String({ description: "A5/2, ALR/2, ANP/2, ANL/2, ML or pressure" }),
  channel: Type.String({ description: "NET.STA.LOC.CHA" }),
  time: Time,
  amplitude: Type.Number({ description: "nm, or Pa for pressure" }),
  periodSec: Type.Number(),
  clipped: Type.Boolean(),
});

export const ArrivalRecord = Type.Object({
  key: Type.String(),
  station: Type.String(),
  channel: Type.String({ description: "Channel or beam on which the onset was timed" }),
  time: Time,
  timeErrorSec: Type.Number(),
  phase: Type.String({ description: "The station's own phase name" }),
  azimuthDeg: nullable(Type.Number()),
  azimuthErrorDeg: nullable(Type.Number()),
  slownessSecPerDeg: nullable(Type.Number()),
  slownessErrorSecPerDeg: nullable(Type.Number()),
  snr: nullable(Type.Number()),
  amplitudes: Type.Array(AmplitudeRecord),
  firstMotion: nullable(Type.Union([Type.Literal("c"), Type.Literal("d")])),
  rectilinearity: nullable(Type.Number()),
  incidenceDeg: nullable(Type.Number()),
  frequencyHz: nullable(Type.Number()),
  fkQuality: nullable(Type.Number()),
  author: Type.String(),
  eventKey: nullable(Type.String({ description: "The event it belongs to; null when unassociated" })),
});
export type ArrivalRecord = Static<typeof ArrivalRecord>;

export const ArrivalList = Type.Object({
  total: Type.Integer(),
  arrivals: Type.Array(ArrivalRecord),
});
export type ArrivalList = Static<typeof ArrivalList>;
