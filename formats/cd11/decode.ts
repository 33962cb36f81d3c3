/**
 * One CD-1.1 frame read.
 *
 *     const { items: [frame], problems } = decodeCd11Frame(bytes);
 *
 * A frame whose CRC is wrong is left out; it will be sent again. One without a CRC (zeros) is read, with a warning.
 */
import { type Decoded, defaultLimits, type Limits, ProblemList } from "@harken/core";
import { readAuthentication } from "./authentication.ts";
import { type BodyKind, readBody } from "./body.ts";
import { ByteReader } from "./byteReader.ts";
import { readDataBody } from "./dataBody.ts";
import { checkCrc, HEADER_BYTES, isCd11Header, lengthOfFrame } from "./extent.ts";
import { type Cd11Payload, frameTypes, type ReceivedCd11Frame } from "./frame.ts";

const NAME_LETTERS = 8;
const kinds = new Map(Object.entries(frameTypes).map(([kind, type]) => [type, kind as BodyKind | "data"]));

/** The frame at the start of `bytes`; `consumed` is its length. Texts and data lie in `bytes`, in place. */
export function decodeCd11Frame(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<ReceivedCd11Frame> {
  const problems = new ProblemList(limits.maxProblems);
  const none = (code: string, message: string, consumed: number): Decoded<ReceivedCd11Frame> => {
    problems.error(code, message, { offset: 0 });
    return { items: [], problems: problems.list(), consumed };
  };
  if (bytes.length < HEADER_BYTES) return none("cd11.truncated", "The frame ends within its header.", 0);
  if (!isCd11Header(bytes, 0)) return none("cd11.bad-header", "The bytes do not begin with the header of a frame.", 0);
  const length = lengthOfFrame(bytes, 0);
  if (length === null || length > bytes.length)
    return none("cd11.truncated", `The frame is longer than the ${bytes.length} bytes that are there.`, 0);
  if (length < 0) return none("cd11.bad-trailer", "The frame's trailer states an impossible signature.", 0);
  const crc = checkCrc(bytes, 0, length);
  if (crc === "wrong")
    return none("cd11.crc-mismatch", "The frame's checksum is wrong; the frame was left out.", length);
  if (crc === "absent") problems.warning("cd11.no-crc", "The frame carries no checksum.", { offset: 0 });
  const frame = readFrame(bytes, length, limits, problems);
  return { items: frame ? [frame] : [], problems: problems.list(), consumed: length };
}

function readFrame(bytes: Uint8Array, length: number, limits: Limits, problems: ProblemList): ReceivedCd11Frame | null {
  const reader = new ByteReader(bytes, 0, length);
  const type = reader.int32();
  const trailer = reader.int32();
  const header = {
    creator: reader.text(NAME_LETTERS),
    destination: reader.text(NAME_LETTERS),
    sequence: reader.uint64(),
    series: reader.int32(),
  };
  const payload = readPayload(type, bytes, trailer, limits, problems);
  if (!payload) return null;
  const authentication = readAuthentication(new ByteReader(bytes, trailer, length));
  return { ...header, payload, authentication, length, signed: { start: 0, end: trailer } };
}

function readPayload(
  type: number,
  bytes: Uint8Array,
  trailer: number,
  limits: Limits,
  problems: ProblemList,
): Cd11Payload | null {
  const kind = kinds.get(type);
  if (kind === undefined) {
    problems.warning("cd11.unknown-type", `Frame type ${type} is not known; its body was kept as it is.`, {
      offset: 0,
    });
    return { kind: "other", type, body: bytes.subarray(HEADER_BYTES, trailer) };
  }
  if (kind === "data") return readDataBody(bytes, HEADER_BYTES, trailer, limits.maxItems, problems);
  const body = readBody(kind, bytes, HEADER_BYTES, trailer);
  if (!body)
    problems.error("cd11.bad-body", `The body of the ${kind} frame ends within its fields; it was left out.`, {
      offset: HEADER_BYTES,
    });
  else if (body.left > 0)
    problems.warning("cd11.body-left", `${body.left} bytes of the body were passed over.`, {
      offset: trailer - body.left,
    });
  return body?.payload ?? null;
}
