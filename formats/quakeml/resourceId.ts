/**
 * Resource identifiers made of our keys, and back. QuakeML allows letters, digits and a few marks; every other byte of a key is written as
 * `~` and two hexadecimal digits.
 *
 *     resourceId("pick", "SEL1 ARCES:7"); // "smi:harken/pick/SEL1~20ARCES~3A7"
 */
const AUTHORITY = "smi:harken";

export type ResourceKind =
  | "bulletin"
  | "event"
  | "origin"
  | "pick"
  | "amplitude"
  | "arrival"
  | "magnitude"
  | "stationMagnitude";

export function resourceId(kind: ResourceKind, key: string): string {
  return `${AUTHORITY}/${kind}/${escapeKey(key)}`;
}

/** The key of one of our identifiers; any other identifier is its own key. */
export function keyOf(kind: ResourceKind, id: string): string {
  const prefix = `${AUTHORITY}/${kind}/`;
  return id.startsWith(prefix) ? unescapeKey(id.slice(prefix.length)) : id;
}

const hexOf = (text: string) =>
  Array.from(new TextEncoder().encode(text), (byte) => `~${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");

const textOf = (hex: string) =>
  new TextDecoder().decode(Uint8Array.from(hex.slice(1).split("~"), (byte) => Number.parseInt(byte, 16)));

const escapeKey = (key: string) => key.replace(/[^A-Za-z0-9._/-]+/g, hexOf);
const unescapeKey = (text: string) => text.replace(/(?:~[0-9A-F]{2})+/g, textOf);
