/** What the machine of a protocol makes of some bytes, or of an answer: the sockets are somebody else's. */
import type { Problem } from "@harken/core";

export interface Step<Event> {
  /** To be sent to the other side, in this order; often empty. */
  readonly send: Uint8Array;
  readonly events: readonly Event[];
  readonly problems: readonly Problem[];
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
