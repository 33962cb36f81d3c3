/** What `harken station` is told: one JSON file. Every path in it is relative to the file's folder. */
import { type Static, Type } from "typebox";
import { KeySettings } from "../acquisition/keys.ts";
import { DataLinkSourceSettings, SeedLinkSourceSettings } from "../acquisition/settings.ts";

export const LinkSettings = Type.Object({
  host: Type.String({ minLength: 1, description: "Connection manager of the centre, over this link" }),
  port: Type.Integer({ minimum: 1, maximum: 65_535, default: 8041 }),
  dataHost: Type.Optional(
    Type.String({ description: "Send data there instead of where the manager says, as through a tunnel" }),
  ),
  dataPort: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
});
export type LinkSettings = Static<typeof LinkSettings>;

export const StationSideSettings = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 8, description: "Creator of the frames" }),
  destination: Type.String({ minLength: 1, maxLength: 8, default: "0", description: "Destination in the frames" }),
  links: Type.Array(LinkSettings, { minItems: 1, description: "Ways to the centre, the best one first" }),
  keys: Type.Array(KeySettings, { default: [], description: "Private keys of the station" }),
  frameKey: Type.Integer({ minimum: 0, default: 0, description: "Number of the key that signs frames; 0: none" }),
  channelKey: Type.Integer({
    minimum: 0,
    default: 0,
    description: "Number of the key that signs each channel; 0: none",
  }),
  centreKeys: Type.Array(KeySettings, {
    default: [],
    description: "Public keys of the centre; with any, acknacks must be signed by one",
  }),
  compression: Type.Union(
    [Type.Literal("canadian-before-signature"), Type.Literal("canadian-after-signature"), Type.Literal("none")],
    { default: "canadian-before-signature" },
  ),
  frameSec: Type.Number({ minimum: 0.1, maximum: 60, default: 10, description: "Data time of a frame, s" }),
  lateSec: Type.Number({ minimum: 0, default: 5, description: "A frame waits so long for channels that are late, s" }),
  folders: Type.Array(Type.String(), { default: [], description: "Folders whose waveform files are sent" }),
  seedlink: Type.Array(SeedLinkSourceSettings, {
    default: [],
    description: "SeedLink servers, such as digitisers, whose data are sent",
  }),
  datalink: Type.Array(DataLinkSourceSettings, {
    default: [],
    description: "DataLink servers, such as a ringserver beside the digitisers, whose data are sent",
  }),
  page: Type.Optional(
    Type.Object(
      {
        host: Type.String({ default: "127.0.0.1", description: "Address that the page is reached at" }),
        port: Type.Integer({ minimum: 0, maximum: 65_535, default: 8043 }),
        passwordFile: Type.Optional(
          Type.String({ description: "File of the page's password; needed where others than this machine reach it" }),
        ),
      },
      { description: "The station's own page" },
    ),
  ),
  commands: Type.Optional(
    Type.Object(
      {
        folder: Type.Optional(Type.String({ description: "Files with commands that appear there are obeyed" })),
        authority: Type.Optional(
          Type.String({
            description: "Folder of a certificate authority: only commands that a person of it has signed are obeyed",
          }),
        ),
        metadata: Type.Array(Type.String(), { default: [], description: "Files with the responses of the channels" }),
        digitiser: Type.Array(Type.String(), {
          default: [],
          description: "Program and arguments that calibrate a channel; none: no calibrations",
        }),
      },
      { description: "Commands to the station: calibrations and changes of keys" },
    ),
  ),
  keepDays: Type.Number({ minimum: 0.01, default: 14, description: "Frames are kept for so long, days" }),
  keepMegabytes: Type.Number({ minimum: 1, default: 20_000, description: "Frames are kept up to so much, MB" }),
  resendSec: Type.Number({
    minimum: 0.1,
    default: 30,
    description: "A frame that is not acknowledged is sent again after this time, s",
  }),
  silenceSec: Type.Number({
    minimum: 0.2,
    default: 120,
    description: "A link that is silent for so long is given up, s",
  }),
  retryFirstSec: Type.Number({
    minimum: 0.1,
    default: 300,
    description: "How often the first link is tried while another one is used, s",
  }),
});
export type StationSideSettings = Static<typeof StationSideSettings>;
