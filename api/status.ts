/** What the centre is doing now: its state, how far it has got, how much it holds. */
import { type Static, Type } from "typebox";
import { Count, nullable, Time } from "./schema.ts";

export const Progress = Type.Object({
  stage: Type.String({ description: "simulate, archive, station, network or none" }),
  done: Type.Number(),
  total: Type.Number(),
  unit: Type.String({ description: "What done and total count" }),
  ratePerSec: nullable(Type.Number()),
  etaSec: nullable(Type.Number()),
  message: Type.String({ description: "One sentence for a person" }),
});

export const Status = Type.Object({
  version: Type.String(),
  mode: Type.Union([Type.Literal("simulation"), Type.Literal("live"), Type.Literal("archive")]),
  state: Type.Union([
    Type.Literal("starting"),
    Type.Literal("processing"),
    Type.Literal("caught-up"),
    Type.Literal("stopping"),
    Type.Literal("failed"),
  ]),
  progress: Progress,
  dataFrom: nullable(Time),
  dataTo: nullable(Time),
  processedTo: nullable(Time),
  counts: Type.Object({
    stations: Count,
    channels: Count,
    segments: Count,
    samples: Count,
    arrivals: Count,
    events: Count,
  }),
  startedAt: Time,
  firstEventAfterSec: nullable(
    Type.Number({ description: "Seconds from the start to the first event; null before it" }),
  ),
});
export type Status = Static<typeof Status>;
export type Progress = Static<typeof Progress>;
