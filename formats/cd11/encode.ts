/**
 * CD-1.1 frames written, each with its CRC. A frame that was read gives the same bytes again.
 *
 *     const bytes = encodeCd11Frame({ creator: "ARCES", destination: "IDC", sequence: 1n, series: 0, payload, authentication: notSigned });
 *     const signed = encodeCd11Frame(signCd11Channels(frame, sign), sign);
 */
import { type Cd11Sign, notSigned, writeAuthentication } from "./authentication.ts";
import { ByteWriter } from "./byteWriter.ts";
import { crc64 } from "./crc64.ts";
import { writeDataBody } from "./dataBody.ts";
import { type Cd11Frame, frameTypes } from "./frame.ts";
import { writeBody } from "./writeBody.ts";

const NAME_LETTERS = 8;

/** With `sign` the frame is signed anew by its key, when that is not 0; else its authentication is written as it stands. */
export function encodeCd11Frame(frame: Cd11Frame, sign?: Cd11Sign): Uint8Array<ArrayBuffer> {
  const { payload, authentication } = frame;
  const writer = new ByteWriter();
  writer.int32(payload.kind === "other" ? payload.type : frameTypes[payload.kind]);
  writer.int32(0);
  writer.text(frame.creator, NAME_LETTERS);
  writer.text(frame.destination, NAME_LETTERS);
  writer.uint64(frame.sequence);
  writer.int32(frame.series);
  if (payload.kind === "data") writeDataBody(writer, payload);
  else writeBody(writer, payload);
  writer.int32At(4, writer.length);
  const { keyId } = authentication;
  const isSigned = sign !== undefined && keyId !== notSigned.keyId;
  writeAuthentication(writer, isSigned ? { keyId, value: sign(writer.written().slice(), keyId) } : authentication);
  writer.uint64(crc64(writer.written()));
  return writer.finish();
}
