/**
 * Signatures of CD-1.1, of whole frames and of channels: key identifier, size, value. What a signature covers is told by ranges of bytes;
 * whether it is right is asked elsewhere, of the keys.
 */
import type { ByteReader } from "./byteReader.ts";
import type { ByteWriter } from "./byteWriter.ts";

/** Bytes from `start` to `end`, counted from the frame's first. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface Cd11Authentication {
  /** Names the certificate with the public key; 0 when nothing is signed. */
  readonly keyId: number;
  /** Raw r and s of DSA, 20 bytes each, in every signed frame known. */
  readonly value: Uint8Array;
}

export const notSigned: Cd11Authentication = Object.freeze({ keyId: 0, value: new Uint8Array(0) });

/** Makes the value of a signature over some bytes. */
export type Cd11Sign = (signed: Uint8Array, keyId: number) => Uint8Array;

export function readAuthentication(reader: ByteReader): Cd11Authentication {
  return { keyId: reader.int32(), value: readSized(reader) };
}

export function writeAuthentication(writer: ByteWriter, { keyId, value }: Cd11Authentication): void {
  writer.int32(keyId);
  writeSized(writer, value);
}

/** Bytes after their size, filled up to a multiple of four. */
export function readSized(reader: ByteReader): Uint8Array {
  const size = reader.int32();
  const value = reader.bytes(size);
  reader.skipPadding(size);
  return value;
}

export function writeSized(writer: ByteWriter, value: Uint8Array): void {
  writer.int32(value.length);
  writer.bytes(value);
  writer.padding(value.length);
}
