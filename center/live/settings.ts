/** What `harken live` is told: public servers, and the channels that are taken from each. */
import { type Static, Type } from "typebox";

export const LiveSourceSettings = Type.Object({
  name: Type.String({
    pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$",
    maxLength: 40,
    description: "What the server is called",
  }),
  fdsn: Type.String({
    pattern: "^https?://",
    description: "Address before /fdsnws of its station and dataselect services: metadata and past data",
  }),
  seedlink: Type.Object({
    host: Type.String({ minLength: 1, description: "SeedLink server" }),
    port: Type.Integer({ minimum: 1, maximum: 65_535, default: 18_000, description: "Its port" }),
    tls: Type.Boolean({ default: false, description: "Speak TLS" }),
    keepAliveSec: Type.Number({
      minimum: 1,
      maximum: 600,
      default: 240,
      description: "A connection that is silent for so long is asked whether it lives, s",
    }),
  }),
  channels: Type.Array(
    Type.String({
      pattern: "^[A-Za-z0-9*?]+\\.[A-Za-z0-9*?]+\\.[A-Za-z0-9*?-]*\\.[A-Za-z0-9*?]+$",
      description: "NET.STA.LOC.CHAN with * and ?; an empty location is the blank one",
    }),
    { minItems: 1 },
  ),
});
export type LiveSourceSettings = Static<typeof LiveSourceSettings>;

export const LiveSettings = Type.Object({
  sources: Type.Array(LiveSourceSettings, { minItems: 1 }),
  backfillMinutes: Type.Number({
    minimum: 0,
    maximum: 1_440,
    default: 60,
    description: "Data before the start that are fetched, min",
  }),
  metadataHours: Type.Number({
    minimum: 0,
    default: 24,
    description: "Metadata that are older are fetched again at a start, h",
  }),
  keepJournalDays: Type.Number({
    minimum: 0,
    default: 7,
    description: "Packets are kept for so long, days; 0: for ever",
  }),
});
export type LiveSettings = Static<typeof LiveSettings>;
