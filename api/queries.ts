/** What routes take in their address: path parameters and queries. */
import { type Static, Type } from "typebox";
import { Limit, Offset, Time } from "./schema.ts";

/** Largest request of the waveform route. */
export const waveformLimits = Object.freeze({ defaultColumns: 1500, maxColumns: 20_000, maxSamples: 5_000_000 });

const ListName = Type.String({ pattern: "^[A-Z][A-Z0-9]{1,7}$" });

export const EventsQuery = Type.Object({
  from: Type.Optional(Time),
  to: Type.Optional(Time),
  minMagnitude: Type.Optional(Type.Number()),
  limit: Limit,
  offset: Offset,
});
export type EventsQuery = Static<typeof EventsQuery>;

export const ArrivalsQuery = Type.Object({
  from: Type.Optional(Time),
  to: Type.Optional(Time),
  station: Type.Optional(Type.String({ maxLength: 16 })),
  list: Type.Optional(ListName),
  unassociated: Type.Optional(Type.Boolean({ description: "Only those that no event of the list holds" })),
  limit: Limit,
  offset: Offset,
});
export type ArrivalsQuery = Static<typeof ArrivalsQuery>;

/** The list in which the event is looked up; the automatic one when absent. */
export const ListQuery = Type.Object({ list: Type.Optional(ListName) });
export type ListQuery = Static<typeof ListQuery>;

export const PredictionsQuery = Type.Object({
  list: Type.Optional(ListName),
  phases: Type.Optional(Type.String({ maxLength: 200, description: "Comma-separated; the default set when absent" })),
});
export type PredictionsQuery = Static<typeof PredictionsQuery>;

export const WaveformQuery = Type.Object({
  channel: Type.String({ maxLength: 40, description: "NET.STA.LOC.CHA" }),
  from: Time,
  to: Time,
  columns: Type.Optional(Type.Integer({ minimum: 1, maximum: waveformLimits.maxColumns })),
  filter: Type.Optional(
    Type.String({
      pattern: "^(none|bp:[0-9.]{1,8}-[0-9.]{1,8})$",
      description: "none, or bp:LOW-HIGH in Hz (zero-phase Butterworth band pass)",
    }),
  ),
  samples: Type.Optional(
    Type.Union([Type.Literal(0), Type.Literal(1)], {
      description: "1 for every sample as Float32 instead of an envelope",
    }),
  ),
});
export type WaveformQuery = Static<typeof WaveformQuery>;

export const ListParams = Type.Object({ list: ListName });
export const KeyParams = Type.Object({ key: Type.String({ minLength: 1, maxLength: 120 }) });
export const ReviewedEventParams = Type.Object({ list: ListName, key: Type.String({ minLength: 1, maxLength: 120 }) });
export const EditsQuery = Type.Object({
  eventKey: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  limit: Limit,
});
export type EditsQuery = Static<typeof EditsQuery>;
export const SamplesQuery = Type.Object({
  station: Type.Optional(Type.String({ maxLength: 16 })),
  dataType: Type.Optional(Type.String({ maxLength: 16 })),
  limit: Limit,
});
export type SamplesQuery = Static<typeof SamplesQuery>;
export const XenonRatiosQuery = Type.Object({ station: Type.String({ minLength: 1, maxLength: 16 }) });
export type XenonRatiosQuery = Static<typeof XenonRatiosQuery>;
export const SampleFileParams = Type.Object({
  key: Type.String({ minLength: 1, maxLength: 120 }),
  product: Type.Union([
    Type.Literal("PHD"),
    Type.Literal("ARR"),
    Type.Literal("RRR"),
    Type.Literal("URR"),
    Type.Literal("SSREB"),
  ]),
});
export const BulletinFileParams = Type.Object({
  file: Type.String({ pattern: "^[A-Z][A-Z0-9]{1,7}\\.(ims|xml)$", description: "SEL1.ims or SEL1.xml" }),
});
