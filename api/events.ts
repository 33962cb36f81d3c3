/** Events of a bulletin: the one-line summary of the list, and everything about one of them. */
import { type Static, Type } from "typebox";
import { ArrivalRecord } from "./arrivals.ts";
import { Count, Latitude, Longitude, nullable, Time } from "./schema.ts";

export const DepthType = Type.Union([
  Type.Literal("free"),
  Type.Literal("surface"),
  Type.Literal("default"),
  Type.Literal("depth-phase"),
  Type.Literal("analyst"),
]);

export const MagnitudeSummary = Type.Object({ type: Type.String(), value: Type.Number(), stationCount: Count });

/** The hidden event of the simulation that an event was matched with, and how far off it is. */
export const TruthMatch = Type.Object({
  truthKey: Type.String(),
  distanceKm: Type.Number(),
  timeErrorSec: Type.Number({ description: "Event minus truth" }),
  depthErrorKm: Type.Number({ description: "Event minus truth" }),
  magnitudeError: nullable(Type.Number({ description: "Event's mb minus truth; null without mb" })),
});
export type TruthMatch = Static<typeof TruthMatch>;

const summary = {
  key: Type.String(),
  time: Time,
  latitudeDeg: Latitude,
  longitudeDeg: Longitude,
  depthKm: Type.Number(),
  depthType: DepthType,
  regionName: Type.String(),
  magnitudes: Type.Array(MagnitudeSummary),
  definingCount: Count,
  stationCount: Count,
  semiMajorKm: nullable(Type.Number()),
  semiMinorKm: nullable(Type.Number()),
  strikeDeg: nullable(Type.Number()),
  azimuthGapDeg: Type.Number(),
  timeErrorSec: nullable(Type.Number()),
  matchedTruth: nullable(TruthMatch),
};

export const EventSummary = Type.Object(summary);
export type EventSummary = Static<typeof EventSummary>;

export const EventList = Type.Object({ total: Count, events: Type.Array(EventSummary) });
export type EventList = Static<typeof EventList>;

/** One association of an origin with the arrival it speaks of. */
export const AssociatedArrival = Type.Object({
  phase: Type.String({ description: "Phase under this origin" }),
  station: Type.String(),
  deltaDeg: Type.Number(),
  stationEventAzimuthDeg: Type.Number(),
  eventStationAzimuthDeg: Type.Number(),
  timeResidualSec: nullable(Type.Number()),
  timeDefining: Type.Boolean(),
  azimuthResidualDeg: nullable(Type.Number()),
  azimuthDefining: Type.Boolean(),
  slownessResidualSecPerDeg: nullable(Type.Number()),
  slownessDefining: Type.Boolean(),
  weight: nullable(Type.Number()),
  arrivalKey: Type.String(),
  arrival: nullable(ArrivalRecord),
});

export const OriginErrorRecord = Type.Object({
  sxxKm2: Type.Number(),
  syyKm2: Type.Number(),
  szzKm2: Type.Number(),
  sttSec2: Type.Number(),
  sxyKm2: Type.Number(),
  sxzKm2: Type.Number(),
  syzKm2: Type.Number(),
  stxKmSec: Type.Number(),
  styKmSec: Type.Number(),
  stzKmSec: Type.Number(),
  sdobs: Type.Number(),
  semiMajorKm: Type.Number(),
  semiMinorKm: Type.Number(),
  strikeDeg: Type.Number(),
  depthErrorKm: nullable(Type.Number()),
  timeErrorSec: Type.Number(),
  confidence: Type.Number(),
});

export const StationMagnitudeRecord = Type.Object({
  type: Type.String(),
  station: Type.String(),
  arrivalKey: nullable(Type.String()),
  deltaDeg: Type.Number(),
  value: Type.Number(),
  uncertainty: Type.Number(),
  defining: Type.Boolean(),
  reason: Type.String({ description: "Why it does not define the network magnitude; empty when it does" }),
});

export const NetworkMagnitudeRecord = Type.Object({
  type: Type.String(),
  value: Type.Number(),
  uncertainty: Type.Number(),
  stationCount: Count,
  stations: Type.Array(StationMagnitudeRecord),
});

export const OriginRecord = Type.Object({
  key: Type.String(),
  preferred: Type.Boolean(),
  time: Time,
  latitudeDeg: Latitude,
  longitudeDeg: Longitude,
  depthKm: Type.Number(),
  depthType: DepthType,
  error: nullable(OriginErrorRecord),
  associations: Type.Array(AssociatedArrival),
  magnitudes: Type.Array(NetworkMagnitudeRecord),
  definingCount: Count,
  stationCount: Count,
  azimuthGapDeg: Type.Number(),
  rmsResidualSec: Type.Number(),
  author: Type.String(),
  remarks: Type.Array(Type.String()),
});
export type OriginRecord = Static<typeof OriginRecord>;

export const ScreeningStatus = Type.Union([
  Type.Literal("screened out"),
  Type.Literal("not screened out"),
  Type.Literal("insufficient data"),
  Type.Literal("not considered"),
]);

/** Whether the event can still have been an explosion, by each criterion. At a score of 1 and above it is screened out. */
export const ScreeningRecord = Type.Object({
  status: ScreeningStatus,
  score: nullable(Type.Number()),
  mbMsLine: Type.Object(
    { slope: Type.Number(), intercept: Type.Number() },
    { description: "Explosions lie below Ms = slope mb + intercept" },
  ),
  criteria: Type.Array(
    Type.Object({
      name: Type.String(),
      status: ScreeningStatus,
      score: nullable(Type.Number()),
      reason: Type.String(),
    }),
  ),
});
export type ScreeningRecord = Static<typeof ScreeningRecord>;

export const EventDetail = Type.Object({
  ...summary,
  list: Type.String(),
  version: Type.Integer({ description: "Grows by one each time the event changes" }),
  origins: Type.Array(OriginRecord),
  screening: ScreeningRecord,
});
export type EventDetail = Static<typeof EventDetail>;

export const PredictedArrival = Type.Object({
  station: Type.String(),
  phase: Type.String(),
  time: Time,
  slownessSecPerDeg: Type.Number(),
  deltaDeg: Type.Number(),
  azimuthDeg: Type.Number({ description: "Station to event" }),
});
export type PredictedArrival = Static<typeof PredictedArrival>;

export const PredictionList = Type.Object({ eventKey: Type.String(), predictions: Type.Array(PredictedArrival) });
export type PredictionList = Static<typeof PredictionList>;
