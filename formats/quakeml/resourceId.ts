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

function escapeKey(key: string): string {
  if (!/[^A-Za-z0-9._/-]/.test(key)) return key;
  let text = "";
  for (const byte of new TextEncoder().encode(key)) {
    const letter = String.fromCharCode(byte);
    text += /[A-Za-z0-9._/-]/.test(letter) ? letter : `~${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}

function unescapeKey(text: string): string {
  if (!text.includes("~")) return text;
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const hex = /^~([0-9A-F]{2})/.exec(text.slice(i, i + 3))?.[1];
    if (hex === undefined) bytes.push(...new TextEncoder().encode(text[i]));
    else {
      bytes.push(Number.parseInt(hex, 16));
      i += 2;
    }
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
