/** The timetable of the automatic lists as it was kept: every interval of data with the state of each list. */
import { type Static, Type } from "typebox";
import { Count, nullable, Time } from "./schema.ts";

/** Without an end up to the newest data; without a beginning the two days before the end; a month at most. */
export const TimetableQuery = Type.Object({ from: Type.Optional(Time), to: Type.Optional(Time) });
export type TimetableQuery = Static<typeof TimetableQuery>;

export const TimetableList = Type.Object({
  list: Type.String(),
  state: Type.Union([Type.Literal("queued"), Type.Literal("claimed"), Type.Literal("done"), Type.Literal("failed")], {
    description: "queued again with a time in `madeAt`: late data have opened it",
  }),
  attempts: Count,
  dueAt: Type.Number({ description: "Data time at which the timetable has it made, epoch seconds" }),
  madeAt: nullable(Type.Number({ description: "Data time at which it was made last" })),
  arrivals: nullable(Count),
  events: nullable(Count),
  problem: Type.String(),
});
export type TimetableList = Static<typeof TimetableList>;

export const TimetableInterval = Type.Object({
  from: Time,
  to: Time,
  stationsDone: Type.Integer({ minimum: 0, description: "Stations whose part of the interval has been worked on" }),
  stations: Count,
  lists: Type.Array(TimetableList),
});
export type TimetableInterval = Static<typeof TimetableInterval>;

export const TimetableStates = Type.Object({
  lists: Type.Array(Type.String()),
  intervals: Type.Array(TimetableInterval),
});
export type TimetableStates = Static<typeof TimetableStates>;
