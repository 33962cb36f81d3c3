/**
 * Messages of the WebSocket at `streamPath`: what the centre announces while it works. A message only says that something changed; the
 * routes tell all, so a reader that lost messages asks again.
 *
 *     socket.onmessage = ({ data }) => { const message = readStreamMessage(data); if (message?.type === "event") reload(message.key); };
 */
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { Count, Latitude, Longitude, Time } from "./schema.ts";
import { Status } from "./status.ts";

export const streamPath = "/api/v1/stream";

export const StreamMessage = Type.Union([
  Type.Object({ type: Type.Literal("status"), status: Status }),
  Type.Object({
    type: Type.Literal("arrival"),
    key: Type.String(),
    station: Type.String(),
    time: Time,
    phase: Type.String(),
  }),
  Type.Object({
    type: Type.Literal("event"),
    list: Type.String(),
    key: Type.String(),
    change: Type.Union([Type.Literal("new"), Type.Literal("revised"), Type.Literal("withdrawn")]),
    time: Time,
    latitudeDeg: Latitude,
    longitudeDeg: Longitude,
    depthKm: Type.Number(),
  }),
  Type.Object({
    type: Type.Literal("interval"),
    stage: Type.String(),
    from: Time,
    to: Time,
    state: Type.String(),
    arrivals: Count,
    events: Count,
  }),
]);
export type StreamMessage = Static<typeof StreamMessage>;

/** The message in a text frame; null for anything that is not one. */
export function readStreamMessage(text: string): StreamMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return Value.Check(StreamMessage, value) ? value : null;
}

/** WebSocket address of a centre at an http(s) address. */
export function streamUrl(baseUrl: string): string {
  return `${baseUrl.replace(/^http/, "ws").replace(/\/$/, "")}${streamPath}`;
}
