/**
 * Review: what analysts do to the events of a list, and what comes of it. Every change is an edit: it makes new versions of the events that it
 * touches, says which version of the event the analyst had in sight, and stays in the record of edits for ever.
 */
import { type Static, Type } from "typebox";
import { EventDetail } from "./events.ts";
import { nullable, Time } from "./schema.ts";

const Key = Type.String({ minLength: 1, maxLength: 120 });
const Phase = Type.String({ minLength: 1, maxLength: 8, pattern: "^[A-Za-z'0-9]+$" });
export const Analyst = Type.String({
  minLength: 1,
  maxLength: 40,
  pattern: "^\\S(.*\\S)?$",
  description: "Who does it, as the record of edits names them",
});

/** Depth of an analyst's origin: solved for, or held. */
export const DepthChoice = Type.Union([
  Type.Literal("free"),
  Type.Object({ fixedKm: Type.Number({ minimum: 0, maximum: 800 }) }),
]);
export type DepthChoice = Static<typeof DepthChoice>;

export const EditAction = Type.Union([
  Type.Object(
    { kind: Type.Literal("associate"), arrivalKey: Key, phase: Phase },
    { description: "Takes an arrival into the event, out of another event of the list where it belongs to one" },
  ),
  Type.Object({ kind: Type.Literal("unassociate"), arrivalKey: Key }),
  Type.Object({ kind: Type.Literal("phase"), arrivalKey: Key, phase: Phase }),
  Type.Object({
    kind: Type.Literal("defining"),
    arrivalKey: Key,
    time: Type.Optional(Type.Boolean()),
    azimuth: Type.Optional(Type.Boolean()),
    slowness: Type.Optional(Type.Boolean()),
  }),
  Type.Object(
    {
      kind: Type.Literal("pick"),
      station: Type.String({ minLength: 1, maxLength: 16 }),
      channel: Type.String({ minLength: 1, maxLength: 40 }),
      time: Time,
      timeErrorSec: Type.Number({ exclusiveMinimum: 0, maximum: 60 }),
      phase: Phase,
    },
    { description: "A new arrival, associated at once" },
  ),
  Type.Object(
    {
      kind: Type.Literal("retime"),
      arrivalKey: Key,
      time: Time,
      timeErrorSec: Type.Number({ exclusiveMinimum: 0, maximum: 60 }),
    },
    { description: "Moves the onset: a new arrival takes the old one's place and the old one is set aside" },
  ),
  Type.Object(
    {
      kind: Type.Literal("direction"),
      arrivalKey: Key,
      azimuthDeg: Type.Number({ minimum: 0, maximum: 360 }),
      azimuthErrorDeg: Type.Number({ exclusiveMinimum: 0, maximum: 180 }),
      slownessSecPerDeg: Type.Number({ minimum: 0, maximum: 500 }),
      slownessErrorSecPerDeg: Type.Number({ exclusiveMinimum: 0, maximum: 500 }),
      fStatistic: Type.Number({ minimum: 0 }),
    },
    { description: "Gives an arrival the direction of an analyst's f-k: a new arrival takes its place, as for retime" },
  ),
  Type.Object({ kind: Type.Literal("depth"), depth: DepthChoice }),
  Type.Object({ kind: Type.Literal("reject") }, { description: "Takes the event out of the list; its versions stay" }),
  Type.Object(
    { kind: Type.Literal("restore"), version: Type.Integer({ minimum: 1 }) },
    { description: "Undo and redo: the event becomes again what it was in that version" },
  ),
]);
export type EditAction = Static<typeof EditAction>;

export const EditRequest = Type.Object({
  analyst: Analyst,
  expectedVersion: Type.Integer({
    minimum: 0,
    description:
      "The event's version that the analyst had in sight, 0 for one that was rejected; refused as EVENT_CHANGED when it is no longer current",
  }),
  comment: Type.Optional(Type.String({ maxLength: 500 })),
  action: EditAction,
});
export type EditRequest = Static<typeof EditRequest>;

export const CreateRequest = Type.Object({
  analyst: Analyst,
  comment: Type.Optional(Type.String({ maxLength: 500 })),
  depth: Type.Optional(DepthChoice),
  arrivals: Type.Array(Type.Object({ key: Key, phase: Phase }), { minItems: 1, maxItems: 200 }),
});
export type CreateRequest = Static<typeof CreateRequest>;

export const EditRecord = Type.Object({
  id: Type.Integer(),
  time: Time,
  analyst: Type.String(),
  list: Type.String(),
  eventKey: Type.String(),
  action: Type.String({ description: "open, create, or the kind of the edit" }),
  detail: Type.String({ description: "What was done, in words" }),
  comment: Type.String(),
  versionBefore: nullable(Type.Integer()),
  versionAfter: nullable(Type.Integer({ description: "null when the event left the list" })),
  restoredVersion: nullable(Type.Integer({ description: "The version that an undo or redo asked for" })),
});
export type EditRecord = Static<typeof EditRecord>;

export const EditList = Type.Object({ edits: Type.Array(EditRecord) });
export type EditList = Static<typeof EditList>;

/** What an edit changed: the events as they are now, and the keys of those that left the list. */
export const EditResult = Type.Object({ events: Type.Array(EventDetail), withdrawn: Type.Array(Type.String()) });
export type EditResult = Static<typeof EditResult>;

export const ReviewInterval = Type.Object({
  from: Time,
  to: Time,
  state: Type.Union([Type.Literal("open"), Type.Literal("complete")]),
  analyst: Type.String({ description: "Who opened or completed it" }),
  changedAt: Time,
});
export type ReviewInterval = Static<typeof ReviewInterval>;

export const ReviewIntervalList = Type.Object({ intervals: Type.Array(ReviewInterval) });
export type ReviewIntervalList = Static<typeof ReviewIntervalList>;

export const OpenRequest = Type.Object({ analyst: Analyst, from: Time, to: Time });
export type OpenRequest = Static<typeof OpenRequest>;

export const CompleteRequest = Type.Object({ analyst: Analyst, from: Time });
export type CompleteRequest = Static<typeof CompleteRequest>;

export const CompleteResult = Type.Object({
  interval: ReviewInterval,
  published: Type.Array(
    Type.String({
      description: "Keys of the events of the interval that meet the event definition and stand in the REB",
    }),
  ),
  keptBack: Type.Array(Type.Object({ eventKey: Type.String(), reason: Type.String() })),
});
export type CompleteResult = Static<typeof CompleteResult>;
