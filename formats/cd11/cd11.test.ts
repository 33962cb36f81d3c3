import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Limits, ProblemList } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { readFile } from "../formats.ts";
import { latin1Bytes } from "../latin1.ts";
import { anyFrame } from "./arbitraryFrame.test.ts";
import { notSigned } from "./authentication.ts";
import { crc64 } from "./crc64.ts";
import { decodeCd11Frame } from "./decode.ts";
import { encodeCd11Frame } from "./encode.ts";
import type { Cd11Frame, Cd11Payload } from "./frame.ts";
import { readCd11Samples } from "./samples.ts";
import { segmentsOfCd11Frame } from "./segments.ts";
import { cd11DataOf } from "./write.ts";

const small: Limits = { maxSamples: 10_000, maxItems: 1_000, maxProblems: 20 };
const frameOf = (payload: Cd11Payload): Cd11Frame => ({
  creator: "TST01",
  destination: "IDC",
  sequence: 7n,
  series: 0,
  payload,
  authentication: notSigned,
});

test("any frame comes back as it was written", () => {
  fc.assert(
    fc.property(anyFrame, (frame) => {
      const bytes = encodeCd11Frame(frame);
      const { items, problems, consumed } = decodeCd11Frame(bytes);
      assert.deepEqual(problems, []);
      assert.equal(consumed, bytes.length);
      const [received] = items;
      assert.deepEqual(encodeCd11Frame(received!), bytes);
      assert.equal(received!.sequence, frame.sequence);
      assert.equal(received!.payload.kind, frame.payload.kind);
    }),
    { numRuns: 500 },
  );
});

test("padding: sizes that count it, sizes that do not, and bodies without it", () => {
  const option = (value: string, padded?: boolean): Cd11Payload => ({
    kind: "option-request",
    options: [{ type: 1, value: latin1Bytes(value) }],
    ...(padded === undefined ? {} : { padded }),
  });
  const command: Cd11Payload = {
    kind: "command-response",
    station: "TST01",
    site: "TST01",
    channel: "SHZ",
    location: "",
    timeStamp: "2024060 00:00:00.000",
    message: "CAL",
    response: "started",
  };
  const payloads: Cd11Payload[] = [
    option("TST01"),
    option("TST01\0\0\0"),
    option("TST01", false),
    command,
    { ...command, padded: false },
    { ...command, messageSize: 8, responseSize: 8 },
    { kind: "alert", message: "closing" },
    { kind: "alert", message: "closing", messageSize: 8 },
    { kind: "alert", message: "closing", padded: false },
  ];
  for (const payload of payloads) {
    const bytes = encodeCd11Frame(frameOf(payload));
    assert.deepEqual(decodeCd11Frame(bytes).items[0]?.payload, payload);
    if (!("padded" in payload)) assert.equal(bytes.length % 4, 0);
  }
});

test("a frame with a wrong checksum is left out, one without is read", () => {
  const bytes = encodeCd11Frame(frameOf({ kind: "alert", message: "closing" }));
  for (let at = 0; at < bytes.length; at++) {
    const wrong = bytes.slice();
    wrong[at]! ^= 1;
    const { items, problems } = decodeCd11Frame(wrong);
    assert.equal(items.length, 0, `byte ${at}`);
    assert.equal(problems.length, 1);
  }
  const without = bytes.slice();
  without.fill(0, bytes.length - 8);
  const { items, problems } = decodeCd11Frame(without);
  assert.equal(items.length, 1);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["cd11.no-crc"],
  );
});

interface GoldenChannel {
  readonly site: string;
  readonly chan: string;
  readonly loc: string;
  readonly fmt: string;
  readonly auth: number;
  readonly xform: number;
  readonly sensor: number;
  readonly opt: number;
  readonly calib: number;
  readonly calper: number;
  readonly time: string;
  readonly ms: number;
  readonly nsamp: number;
  readonly status: string;
  readonly keyId: number;
  readonly authValue: string;
  readonly first8: readonly number[];
  readonly sum: number;
  readonly sha256_be32: string;
}

interface GoldenFrame {
  readonly file: string;
  readonly creator: string;
  readonly dest: string;
  readonly seq: number;
  readonly series: number;
  readonly keyId: number;
  readonly authSize: number;
  readonly crc: string;
  readonly frameMs: number;
  readonly nominal: string;
  readonly chanString: string;
  readonly trailerOffset: number;
  readonly channels: readonly GoldenChannel[];
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

function hashOf(samples: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(4 * samples.length));
  for (let i = 0; i < samples.length; i++) view.setInt32(4 * i, samples[i]!);
  return createHash("sha256").update(new Uint8Array(view.buffer)).digest("hex");
}

/** Stored answers of another reader for frames of real stations, with the frame's bytes; some answers come without. */
function* realFrames(golden: string, folder: string): Generator<[GoldenFrame, Uint8Array]> {
  for (const frame of JSON.parse(readFileSync(golden, "utf8")) as GoldenFrame[]) {
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(`${folder}/${frame.file}`);
    } catch {
      continue;
    }
    yield [frame, bytes];
  }
}

const REAL = ["formats/cd11/golden-real-frames.json", "formats/cd11/frames"];

referenceTest(
  "real frames: every field, sample and signature as stored, and the same bytes again",
  REAL,
  (_t, [golden, folder]) => {
    let count = 0;
    for (const [expected, bytes] of realFrames(golden!, folder!)) {
      count++;
      const { items, problems, consumed } = decodeCd11Frame(bytes);
      const [frame] = items;
      assert.deepEqual(problems, [], expected.file);
      assert.equal(consumed, bytes.length);
      assert.deepEqual(encodeCd11Frame(frame!), Uint8Array.from(bytes));
      assert.equal(
        crc64(bytes, 0, bytes.length - 8)
          .toString(16)
          .padStart(16, "0"),
        expected.crc,
      );
      const { creator, destination, sequence, series, payload, authentication, signed } = frame!;
      assert.deepEqual(
        [creator, destination, sequence, series, authentication.keyId, authentication.value.length, signed],
        [
          expected.creator,
          expected.dest,
          BigInt(expected.seq),
          expected.series,
          expected.keyId,
          expected.authSize,
          { start: 0, end: expected.trailerOffset },
        ],
      );
      assert.ok(payload.kind === "data");
      assert.deepEqual([payload.lengthMs, payload.nominalTime], [expected.frameMs, expected.nominal]);
      assert.equal(payload.channelString?.replace(/\0+$/, ""), expected.chanString);
      assert.equal(payload.channels.length, expected.channels.length);
      for (const [i, channel] of payload.channels.entries()) {
        const {
          status,
          data: _data,
          signed: range,
          authenticationOffset: _offset,
          subframeCount: _count,
          ...fields
        } = channel;
        const answer = expected.channels[i]!;
        assert.deepEqual(fields, {
          authenticationFlag: answer.auth,
          transformation: answer.xform,
          sensorType: answer.sensor,
          optionFlag: answer.opt,
          site: answer.site,
          channel: answer.chan,
          location: answer.loc,
          dataFormat: answer.fmt,
          calibNmPerCount: answer.calib,
          calperSec: answer.calper,
          timeStamp: answer.time,
          lengthMs: answer.ms,
          sampleCount: answer.nsamp,
          authentication: { keyId: answer.keyId, value: Buffer.from(answer.authValue, "hex") },
        });
        assert.equal(hex(status), answer.status);
        const samples = readCd11Samples(channel)!;
        assert.deepEqual([...samples.subarray(0, 8)], answer.first8);
        assert.equal(hashOf(samples), answer.sha256_be32);
        // The key identifier stands right behind what it signs.
        assert.equal(new DataView(bytes.buffer, bytes.byteOffset).getInt32(range!.end), answer.keyId);
      }
    }
    assert.ok(count >= 7, `${count} frames`);
  },
);

referenceTest("a file of real frames is read as one of the known formats", REAL, (_t, [golden, folder]) => {
  const frames = [...realFrames(golden!, folder!)];
  const contents = readFile(Buffer.concat(frames.map(([, bytes]) => bytes)), "frames.bin");
  assert.equal(contents.format, "cd11");
  assert.deepEqual(contents.problems, []);
  const lpaz = contents.segments.filter(({ channel }) => channel.station === "LPAZ1");
  // Frames of 13:50:20, 13:50:50 and 13:51:00.
  assert.deepEqual(
    lpaz.map(({ startTime, samples, sampleRateHz }) => [startTime, samples.length, sampleRateHz]),
    [
      [Date.UTC(2019, 10, 11, 13, 50, 20) / 1e3, 400, 40],
      [Date.UTC(2019, 10, 11, 13, 50, 50) / 1e3, 800, 40],
    ],
  );
  assert.equal(lpaz[0]!.calibNmPerCount, 0.01222);
});

const VECTORS: Readonly<Record<string, Cd11Payload>> = {
  "01-connection-request": {
    kind: "connection-request",
    majorVersion: 1,
    minorVersion: 1,
    name: "TST01",
    organization: "IMS",
    service: "TCP",
    address: "0.0.0.0",
    port: 0,
    secondAddress: "0.0.0.0",
    secondPort: 0,
  },
  "02-connection-response": {
    kind: "connection-response",
    majorVersion: 1,
    minorVersion: 1,
    name: "TST01",
    organization: "IMS",
    service: "TCP",
    address: "127.0.0.1",
    port: 8101,
    secondAddress: "0.0.0.0",
    secondPort: 0,
  },
  "03-option-request": { kind: "option-request", options: [{ type: 1, value: latin1Bytes("TST01") }] },
  "04-option-response": { kind: "option-response", options: [{ type: 1, value: latin1Bytes("TST01\0\0\0") }] },
  "06-acknack-empty": { kind: "acknack", frameSet: "TST01:IDC", lowest: 0n, highest: -1n, gaps: [] },
  "06-acknack-gaps": {
    kind: "acknack",
    frameSet: "TST01:IDC",
    lowest: 1n,
    highest: 20n,
    gaps: [
      { start: 5n, end: 8n },
      { start: 12n, end: 13n },
    ],
  },
  "07-alert": { kind: "alert", message: "Shutdown triggered", messageSize: 20 },
  "08-command-request": {
    kind: "command-request",
    station: "TST01",
    site: "TST01",
    channel: "SHZ",
    location: "01",
    timeStamp: "202460 12:34:56.789",
    message: "CALIBRATE",
    padded: false,
  },
  "09-command-response": {
    kind: "command-response",
    station: "TST01",
    site: "TST01",
    channel: "SHZ",
    location: "01",
    timeStamp: "202460 12:34:56.789",
    message: "CALIBRATE",
    response: "OK",
    padded: false,
  },
};

referenceTest(
  "frames of every type that another program wrote, both ways",
  ["formats/cd11/protocol-vectors"],
  (_t, [folder]) => {
    for (const [name, payload] of Object.entries(VECTORS)) {
      const bytes = new Uint8Array(readFileSync(`${folder}/${name}.bin`));
      const { items, problems, consumed } = decodeCd11Frame(bytes);
      assert.deepEqual(problems, [], name);
      assert.equal(consumed, bytes.length);
      const [frame] = items;
      const received = frame!.payload;
      // A view of a buffer is no different from the same bytes by themselves.
      const plain =
        "options" in received
          ? { ...received, options: received.options.map((option) => ({ ...option, value: option.value.slice() })) }
          : received;
      assert.deepEqual(plain, payload, name);
      const written = encodeCd11Frame({
        creator: "TST01",
        destination: "IDC",
        sequence: 0n,
        series: 0,
        payload,
        authentication: notSigned,
      });
      assert.deepEqual(written, bytes, name);
    }
  },
);

const seeds = [
  ...Object.values(VECTORS),
  ...cd11DataOf(
    [100, 50].map((count, i) => ({
      channel: { network: "", station: `ARA${i}`, location: "", channel: "SHZ" },
      startTime: 1_573_480_250,
      sampleRateHz: 40 / (i + 1),
      samples: Int32Array.from({ length: count }, (_, k) => Math.round(500 * Math.sin(k * k))),
    })),
  ),
].map((payload) => encodeCd11Frame(frameOf(payload)));
/** With the checksum set to none, so that mutations reach the fields. */
const unchecked = (bytes: Uint8Array) => {
  const copy = bytes.slice();
  const length = copy.length;
  if (length > 8) copy.fill(0, length - 8);
  return copy;
};

fuzzDecoder(
  "CD-1.1 frames and their samples",
  (bytes) => {
    const { items } = decodeCd11Frame(unchecked(bytes), small);
    const problems = new ProblemList(small.maxProblems);
    return { items, segments: items.flatMap((frame) => segmentsOfCd11Frame(frame, small, problems)) };
  },
  seeds,
  ({ items, segments }, bytes) => {
    assert.ok(items.length <= 1);
    const samples = segments.reduce((sum, { samples: { length } }) => sum + length, 0);
    assert.ok(samples <= Math.min(small.maxSamples, 10 * bytes.length));
    for (const frame of items) encodeCd11Frame(frame);
  },
);
fuzzDecoder("files of CD-1.1 frames", (bytes) => readFile(bytes, "x.cd11", small), seeds);
