/** Stations as the map and the station list show them. */
import { type Static, Type } from "typebox";
import { Count, Latitude, Longitude, nullable, Time } from "./schema.ts";

export const ChannelSummary = Type.Object({
  key: Type.String({ description: "NET.STA.LOC.CHA" }),
  sampleRateHz: nullable(Type.Number()),
});

export const StationSummary = Type.Object({
  code: Type.String(),
  network: Type.String(),
  name: Type.String(),
  technology: Type.Union([Type.Literal("seismic"), Type.Literal("hydroacoustic"), Type.Literal("infrasound")]),
  kind: Type.Union([Type.Literal("array"), Type.Literal("3c"), Type.Literal("1c")]),
  role: nullable(
    Type.Union([
      Type.Literal("primary"),
      Type.Literal("auxiliary"),
      Type.Literal("hydroacoustic"),
      Type.Literal("infrasound"),
    ]),
  ),
  latitudeDeg: Latitude,
  longitudeDeg: Longitude,
  elevationKm: Type.Number(),
  sites: Count,
  channels: Type.Array(ChannelSummary),
  lastDataTime: nullable(Time),
  arrivals: Count,
});
export type StationSummary = Static<typeof StationSummary>;
