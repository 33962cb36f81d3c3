/** What `harken acquire` is told: one JSON file. Every path in it is relative to the file's folder. */
import { readFileSync } from "node:fs";
import { type Static, type TSchema, Type } from "typebox";
import { Default, Errors } from "typebox/value";
import { RequestSettings } from "../timetable/carriers.ts";
import { AuthoritySettings } from "./authorityKeys.ts";
import { acquisitionErrors } from "./errors.ts";
import { KeySettings } from "./keys.ts";

const Port = (description: string, value: number) =>
  Type.Integer({ minimum: 0, maximum: 65_535, description, default: value });

export const StationSettings = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 8, description: "Name that the station's frames carry as creator" }),
  network: Type.String({
    maxLength: 8,
    default: "",
    description: "Network code of its channels, which CD-1.1 does not carry",
  }),
  authentication: Type.Union([Type.Literal("required"), Type.Literal("channels"), Type.Literal("recorded")], {
    default: "required",
    description:
      "required: only frames that a key of the station signed are taken; channels: unsigned frames too when all their channels are signed; recorded: all are archived with their verdict, but for wrong signatures",
  }),
});
export type StationSettings = Static<typeof StationSettings>;

export const SeedLinkSourceSettings = Type.Object({
  host: Type.String({ minLength: 1, description: "Server" }),
  port: Port("Its port", 18_000),
  tls: Type.Boolean({ default: false, description: "Speak TLS" }),
  stations: Type.Array(Type.String({ pattern: "^[A-Za-z0-9?*]+_[A-Za-z0-9?*]+$" }), {
    minItems: 1,
    description: "NET_STA, with * and ? where the server takes them",
  }),
  selectors: Type.Array(Type.String(), {
    default: [],
    description: "Streams, such as BH?, 00BH? or 00_B_H_?; none: all",
  }),
  streams: Type.Optional(
    Type.Record(Type.String(), Type.Array(Type.String()), {
      description: "Streams of single stations of the list, instead of the selectors",
    }),
  ),
  keepAliveSec: Type.Number({
    minimum: 1,
    maximum: 600,
    default: 30,
    description: "A connection that is silent for so long is asked whether it lives, s",
  }),
});
export type SeedLinkSourceSettings = Static<typeof SeedLinkSourceSettings>;

export const DataLinkSourceSettings = Type.Object({
  host: Type.String({ minLength: 1, description: "Server" }),
  port: Port("Its port", 16_000),
  match: Type.String({
    default: "",
    description: "Regular expression on the names of streams, such as ^FDSN:IU_.*_B_H_; none: all",
  }),
});
export type DataLinkSourceSettings = Static<typeof DataLinkSourceSettings>;

export const AcquisitionSettings = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 8, default: "IDC", description: "Name of this centre in frames" }),
  organization: Type.String({ maxLength: 4, default: "IDC" }),
  host: Type.String({ default: "127.0.0.1", description: "Address to listen at" }),
  address: Type.String({
    default: "",
    description: "IPv4 address that stations are told to send data to; default: the one that they reached",
  }),
  port: Port("Well-known port of the connection manager; 0 takes a free one", 8041),
  dataPort: Port("Port of the data consumers; 0 takes a free one", 8042),
  stations: Type.Array(StationSettings, { default: [] }),
  keys: Type.Array(KeySettings, { default: [], description: "Public keys of the stations" }),
  authority: Type.Optional(AuthoritySettings),
  requests: Type.Optional(RequestSettings),
  signWith: Type.Integer({
    minimum: 0,
    default: 0,
    description: "Number of the centre's own key, for acknacks; 0: they are not signed",
  }),
  ownKeys: Type.Array(KeySettings, { default: [], description: "Private keys of the centre" }),
  seedlink: Type.Array(SeedLinkSourceSettings, { default: [], description: "SeedLink servers to take data from" }),
  datalink: Type.Array(DataLinkSourceSettings, { default: [], description: "DataLink servers to take data from" }),
  folders: Type.Array(Type.String(), { default: [], description: "Folders whose waveform files are taken in" }),
  serveSeedLink: Type.Boolean({ default: false, description: "Serve what comes in by SeedLink" }),
  seedLinkPort: Port("Port of the SeedLink server; 0 takes a free one", 18_000),
  seedLinkTls: Type.Optional(
    Type.Object(
      {
        port: Port("Port of the server that speaks TLS; 0 takes a free one", 18_500),
        key: Type.String({ description: "PEM file of its private key" }),
        certificate: Type.String({ description: "PEM file of its certificate" }),
      },
      { description: "Serve SeedLink over TLS too" },
    ),
  ),
  seedLinkKeepMegabytes: Type.Number({
    minimum: 1,
    default: 500,
    description: "Records that are kept for SeedLink and DataLink clients, MB",
  }),
  serveDataLink: Type.Boolean({ default: false, description: "Serve what comes in by DataLink" }),
  dataLinkPort: Port("Port of the DataLink server; 0 takes a free one", 16_000),
  acknackSec: Type.Number({
    minimum: 0.05,
    maximum: 60,
    default: 5,
    description: "An acknack follows new frames within this time, s",
  }),
  silenceSec: Type.Number({
    minimum: 0.2,
    default: 120,
    description: "A connection that is silent for so long is closed, s",
  }),
  inHandMegabytes: Type.Number({
    minimum: 0.1,
    default: 32,
    description:
      "Frames between the sockets and the disk have so much room together, MB; while it is full no socket is read",
  }),
  maxAheadSec: Type.Number({ minimum: 0, default: 60, description: "How far a station's clock may be ahead, s" }),
  maxAgeDays: Type.Number({ minimum: 0.01, default: 90, description: "Older data are taken for a replay, days" }),
  keepJournalDays: Type.Number({
    minimum: 0,
    default: 0,
    description: "Signed packets are kept for so long, days; 0: for ever",
  }),
});
export type AcquisitionSettings = Static<typeof AcquisitionSettings>;

/** Fills in defaults. Throws BAD_SETTINGS with the first thing that does not fit. */
export function checkSettings<T extends TSchema>(schema: T, value: unknown, file: string): Static<T> {
  const filled = Default(schema, structuredClone(value));
  const [error] = Errors(schema, filled);
  if (error)
    throw acquisitionErrors.make("BAD_SETTINGS", {
      file,
      reason: `${error.instancePath.slice(1) || "it"} ${error.message}`,
    });
  return filled as Static<T>;
}

/** Reads a configuration file. Throws BAD_SETTINGS. */
export function readSettings<T extends TSchema>(schema: T, file: string): Static<T> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw acquisitionErrors.make("BAD_SETTINGS", { file, reason }, cause);
  }
  return checkSettings(schema, value, file);
}
