/**
 * Text of one byte a letter, as wire formats have it: every byte is a letter and comes back as the same byte.
 *
 *     latin1(bytes, 8, 16); // "BOSA\0\0\0\0"
 */

/** The bytes from `from` to `to`, those beyond the end left out. */
export function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = "";
  for (let at = from; at < to && at < bytes.length; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}

/** A letter beyond U+00FF has no byte and becomes "?". */
export function latin1Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes[i] = code <= 0xff ? code : 0x3f;
  }
  return bytes;
}
