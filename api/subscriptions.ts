/** Own subscriptions and what was delivered. */
import { type Static, Type } from "typebox";
import { Count, nullable, Time } from "./schema.ts";

export const deliveryWays = Object.freeze(["portal", "e-mail", "push", "file"] as const);
export const subscriptionProducts = Object.freeze([
  ...(["BULLETIN", "EVENT", "ORIGIN", "ARRIVAL", "STA_STATUS", "CHAN_STATUS", "OUTAGE"] as const),
  ...(["SPHDF", "SPHDP", "BLANKPHD", "CALIBPHD", "DETBKPHD", "GASBKPHD", "QCPHD", "ARR", "RRR", "SSREB"] as const),
]);
/** The type of one of several texts. */
const oneOf = <T extends string>(texts: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(texts.map((text) => Type.Literal(text))));
const Way = oneOf(deliveryWays);

const Range = Type.Object({ from: Type.Optional(Type.Number()), to: Type.Optional(Type.Number()) });

export const SubscriptionRequest = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 40 }),
  product: oneOf(subscriptionProducts),
  list: Type.Optional(Type.String({ maxLength: 8, description: "SEL1, SEL2, SEL3, REB, SEB or SSEB, for events" })),
  frequency: Type.String({
    pattern: "^(IMMEDIATE|CONTINUOUS|DAILY|CUSTOM -?[0-9]{1,3}/-?[0-9]{1,2}:-?[0-9]{1,2}:-?[0-9]{1,2})$",
    description: "CUSTOM per/dow:dom:hr; -1 for any",
  }),
  way: Way,
  target: Type.Optional(Type.String({ maxLength: 300, description: "Address for e-mail, URL for push" })),
  stations: Type.Optional(Type.String({ maxLength: 400, description: "Codes with commas between; * for any letters" })),
  magnitude: Type.Optional(Range),
  depth: Type.Optional(Range),
  latitude: Type.Optional(Range),
  longitude: Type.Optional(Range),
  sendsEmpty: Type.Optional(Type.Boolean({ description: "Also when there is nothing new" })),
  fromStart: Type.Optional(Type.Boolean({ description: "What is there already comes first" })),
});
export type SubscriptionRequest = Static<typeof SubscriptionRequest>;

export const SubscriptionRecord = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  product: Type.String(),
  list: Type.String(),
  filter: Type.String({ description: "In words; empty for all" }),
  frequency: Type.String(),
  way: Way,
  target: Type.String(),
  state: Type.Union([Type.Literal("active"), Type.Literal("ended")]),
  issued: Count,
  nextTime: Time,
  created: Time,
});
export type SubscriptionRecord = Static<typeof SubscriptionRecord>;

export const SubscriptionList = Type.Object({
  subscriptions: Type.Array(SubscriptionRecord),
  /** What the centre offers the caller. */
  ways: Type.Array(Way),
  addresses: Type.Array(Type.String({ description: "The caller's own mail addresses" })),
});
export type SubscriptionList = Static<typeof SubscriptionList>;

export const DeliveryRecord = Type.Object({
  id: Type.Integer(),
  number: Type.Integer(),
  created: Time,
  state: Type.Union([Type.Literal("waiting"), Type.Literal("delivered"), Type.Literal("failed")]),
  attempts: Count,
  nextTime: Time,
  settled: nullable(Time),
  reason: Type.String(),
  items: Count,
  bytes: Count,
  sha256: Type.String(),
});
export type DeliveryRecord = Static<typeof DeliveryRecord>;

export const DeliveryList = Type.Object({ deliveries: Type.Array(DeliveryRecord) });
export type DeliveryList = Static<typeof DeliveryList>;

export const NumberParams = Type.Object({ id: Type.Integer({ minimum: 1, maximum: 9_007_199_254_740_991 }) });
