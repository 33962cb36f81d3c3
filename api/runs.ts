/** Transport runs that are asked for from a page: where the air of a place came from, or where a release goes. */
import { type Static, Type } from "typebox";
import { Latitude, Longitude, nullable, Time } from "./schema.ts";

export const RunRequest = Type.Object({
  direction: Type.Union([Type.Literal("backward"), Type.Literal("forward")]),
  station: Type.String({
    pattern: "^[A-Za-z0-9_-]{1,12}$",
    description: "Names the place, and with the time the result",
  }),
  latitudeDeg: Latitude,
  longitudeDeg: Longitude,
  from: Time,
  to: Time,
  days: Type.Number({ exclusiveMinimum: 0, maximum: 30, description: "Length of the run" }),
  particles: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  species: Type.String({ maxLength: 12, description: "What is released, forward: tracer, Xe-133, ..." }),
  amountBq: Type.Number({ exclusiveMinimum: 0, maximum: 1e30, description: "Released, forward" }),
});
export type RunRequest = Static<typeof RunRequest>;

export const RunRecord = Type.Object({
  key: Type.String({ description: "Name of the result: a field's key backward, a plume's forward" }),
  request: RunRequest,
  state: Type.Union([
    Type.Literal("waiting"),
    Type.Literal("running"),
    Type.Literal("stopped"),
    Type.Literal("finished"),
    Type.Literal("failed"),
  ]),
  done: Type.Number({ minimum: 0, maximum: 1 }),
  etaSec: nullable(Type.Number({ description: "Time left; none before it is known" })),
  message: Type.String({ description: "Why it failed, what it does" }),
});
export type RunRecord = Static<typeof RunRecord>;

export const RunList = Type.Object({
  weather: nullable(
    Type.Object({ from: nullable(Time), to: nullable(Time), message: Type.String() }),
    // None where the centre was given no folder of weather.
  ),
  runs: Type.Array(RunRecord, { description: "The latest first" }),
});
export type RunList = Static<typeof RunList>;
