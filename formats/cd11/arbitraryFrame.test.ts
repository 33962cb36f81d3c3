/** Frames of every kind, for tests that write and read them again. */
import fc from "fast-check";
import type { Cd11Frame, Cd11Payload } from "./frame.ts";
import type { Cd11ChannelSubframe } from "./subframe.ts";

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ "];
const text = (maxLength: number, minLength = 0) =>
  fc.string({ unit: fc.constantFrom(...LETTERS), minLength, maxLength });
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const count = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const bytes = fc.uint8Array({ maxLength: 50 });
const sequence = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const signedSequence = fc.bigInt({ min: -1n, max: 2n ** 63n - 1n });
const padding = fc.constantFrom({}, { padded: false });
const address = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 })
  .map((parts) => parts.join("."));
const port = fc.integer({ min: 0, max: 65_535 });
const authentication = fc.record({ keyId: int32, value: bytes });

const channel: fc.Arbitrary<Cd11ChannelSubframe> = fc.record({
  authenticationOffset: int32,
  authenticationFlag: fc.constantFrom(0, 1),
  transformation: fc.integer({ min: 0, max: 4 }),
  sensorType: fc.integer({ min: 0, max: 255 }),
  optionFlag: fc.constantFrom(0, 1),
  site: text(5),
  channel: text(3),
  location: text(2),
  dataFormat: fc.constantFrom("s4", "s3", "s2", "i4", "i2", "CD"),
  calibNmPerCount: fc.float({ noNaN: true }),
  calperSec: fc.float({ noNaN: true }),
  timeStamp: text(20),
  lengthMs: count,
  sampleCount: count,
  status: bytes,
  data: bytes,
  subframeCount: int32,
  authentication,
});

const command = {
  station: text(8),
  site: text(5),
  channel: text(3),
  location: text(2),
  timeStamp: text(20),
  message: text(30),
};

const payload: fc.Arbitrary<Cd11Payload> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("connection-request", "connection-response"),
    majorVersion: port,
    minorVersion: port,
    name: text(8),
    organization: text(4),
    service: text(4),
    address,
    port,
    secondAddress: address,
    secondPort: port,
  }),
  fc
    .record({
      kind: fc.constantFrom("option-request", "option-response"),
      options: fc.array(fc.record({ type: int32, value: bytes }), { maxLength: 3 }),
    })
    .chain((options) => padding.map((how) => ({ ...options, ...how }))),
  fc.record({
    kind: fc.constant("data"),
    lengthMs: count,
    nominalTime: text(20),
    channels: fc.array(channel, { maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant("acknack"),
    frameSet: text(20),
    lowest: signedSequence,
    highest: signedSequence,
    gaps: fc.array(fc.record({ start: signedSequence, end: signedSequence }), { maxLength: 5 }),
  }),
  fc.record({ kind: fc.constant("alert"), message: text(40) }),
  fc.record({ kind: fc.constant("command-request"), ...command }),
  fc.record({ kind: fc.constant("command-response"), ...command, response: text(30) }),
  fc.record({ kind: fc.constant("cd1-encapsulation"), body: bytes }),
) as fc.Arbitrary<Cd11Payload>;

export const anyFrame: fc.Arbitrary<Cd11Frame> = fc.record({
  creator: text(7).map((rest) => `S${rest}`),
  destination: text(8),
  sequence,
  series: int32,
  payload,
  authentication,
});
