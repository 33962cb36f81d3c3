/** The simulation's hidden events, and how the automatic list compares with them. */
import { type Static, Type } from "typebox";
import { TruthMatch } from "./events.ts";
import { Count, Latitude, Longitude, nullable, Time } from "./schema.ts";

export const HiddenEvent = Type.Object({
  key: Type.String(),
  time: Time,
  latitudeDeg: Latitude,
  longitudeDeg: Longitude,
  depthKm: Type.Number(),
  magnitude: Type.Number(),
  kind: Type.String({ description: "earthquake, explosion, ..." }),
  regionName: Type.String(),
  matchedEventKey: nullable(Type.String()),
});
export type HiddenEvent = Static<typeof HiddenEvent>;

export const TruthReport = Type.Object({
  available: Type.Boolean({ description: "False when the centre does not run on simulated data" }),
  list: Type.String(),
  comparedFrom: nullable(Time),
  comparedTo: nullable(Time),
  hidden: Type.Array(HiddenEvent),
  matched: Type.Array(Type.Object({ eventKey: Type.String(), match: TruthMatch })),
  missed: Type.Array(Type.String({ description: "Keys of hidden events not found" })),
  false: Type.Array(Type.String({ description: "Keys of events that match no hidden one" })),
  counts: Type.Object({ hidden: Count, matched: Count, missed: Count, false: Count }),
  medians: Type.Object({
    distanceKm: nullable(Type.Number()),
    absTimeErrorSec: nullable(Type.Number()),
    absDepthErrorKm: nullable(Type.Number()),
    absMagnitudeError: nullable(Type.Number()),
  }),
});
export type TruthReport = Static<typeof TruthReport>;
