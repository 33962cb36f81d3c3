import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLimits, ProblemList, type WaveformSegment } from "@harken/core";
import fc from "fast-check";
import { SteimPacker } from "../miniseed/steimEncode.ts";
import { mergeSegments } from "../segments.ts";
import { notSigned } from "./authentication.ts";
import { decodeCd11Frame } from "./decode.ts";
import { encodeCd11Frame } from "./encode.ts";
import type { Cd11Data, Cd11Frame, Cd11Payload } from "./frame.ts";
import { readCd11Samples } from "./samples.ts";
import { segmentsOfCd11Frame } from "./segments.ts";
import { transformations } from "./subframe.ts";
import { type Cd11ChannelOptions, cd11ChannelOf, cd11DataOf } from "./write.ts";

const frameOf = (payload: Cd11Payload): Cd11Frame => ({
  creator: "TST01",
  destination: "IDC",
  sequence: 7n,
  series: 0,
  payload,
  authentication: notSigned,
});

const walk = (count: number, step = 300): Int32Array => {
  let x = 0;
  return Int32Array.from({ length: count }, (_, i) => (x += Math.round(step * Math.sin(i * i))));
};
const segment = (from: Partial<WaveformSegment> = {}): WaveformSegment => ({
  channel: { network: "", station: "ARA0", location: "", channel: "SHZ" },
  startTime: 1_573_480_250,
  sampleRateHz: 40,
  samples: walk(2_500),
  calibNmPerCount: 0.0138,
  calperSec: 1,
  ...from,
});

const backFrom = (data: readonly Cd11Data[]): WaveformSegment[] => {
  const problems = new ProblemList();
  const pieces = data.flatMap((payload) => {
    const { items } = decodeCd11Frame(encodeCd11Frame(frameOf(payload)));
    return segmentsOfCd11Frame(items[0]!, defaultLimits, problems);
  });
  assert.deepEqual(problems.list(), []);
  return mergeSegments(pieces).segments;
};

test("segments become frames and segments again, in every coding that is written", () => {
  const compressions = ["none", "canadian-before-signature", "canadian-after-signature"] as const;
  const formats = ["s4", "s3", "s2", "i4", "i2"] as const;
  const sent = segment();
  for (const compression of compressions)
    for (const dataFormat of formats) {
      const options: Cd11ChannelOptions = { compression, dataFormat };
      const data = cd11DataOf([sent], { channelOptions: () => options });
      assert.equal(data.length, 7, "ten seconds each");
      assert.deepEqual(data.map(({ nominalTime }) => nominalTime).slice(0, 2), [
        "2019315 13:50:50.000",
        "2019315 13:51:00.000",
      ]);
      assert.deepEqual(backFrom(data), [sent]);
    }
});

test("frames of several channels, rates and gaps: the same segments come back", () => {
  const channels = fc.array(
    fc.record({
      site: fc.constantFrom("ARA0", "ARA1"),
      rate: fc.constantFrom(0.1, 1, 3, 20, 40, 62.5, 80, 100, 250),
      start: fc.integer({ min: 0, max: 100_000 }),
      count: fc.integer({ min: 1, max: 700 }),
    }),
    { minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(channels, fc.constantFrom(1_000, 10_000, 20_000, 60_000), (list, frameLengthMs) => {
      const sent = list.map(({ site, rate, start, count }, i) =>
        segment({
          channel: { network: "", station: site, location: String(i), channel: "BHZ" },
          startTime: 1.5e9 + start / 1e3,
          sampleRateHz: rate,
          samples: walk(count),
        }),
      );
      const back = backFrom(cd11DataOf(sent, { frameLengthMs }));
      for (const { channel, samples, startTime, sampleRateHz } of sent) {
        const found = back.filter((other) => other.channel.location === channel.location);
        const joined = found.flatMap((other) => [...other.samples]);
        assert.deepEqual(joined, [...samples]);
        assert.ok(Math.abs(found[0]!.startTime - startTime) < 6e-4);
        // A length is stated in whole milliseconds, and that is what a rate is known to.
        for (const other of found) {
          const lengthMs = (hz: number) => (1e3 * other.samples.length) / hz;
          assert.ok(Math.abs(lengthMs(other.sampleRateHz) - lengthMs(sampleRateHz)) <= 1);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test("samples that do not fit their format are refused, and codes that do not fit their fields", () => {
  const wide = segment({ samples: Int32Array.of(40_000) });
  assert.throws(() => cd11ChannelOf(wide, { compression: "none", dataFormat: "s2" }), /does not fit s2/);
  assert.throws(() => cd11ChannelOf(segment({ samples: Float32Array.of(1) })), TypeError);
  const long = segment({ channel: { network: "", station: "TOOLONG", location: "", channel: "SHZ" } });
  assert.throws(() => encodeCd11Frame(frameOf(cd11DataOf([long])[0]!)), /does not fit the 5 letters/);
});

test("a channel that cannot be read does not hide the others", () => {
  const [data] = cd11DataOf([
    segment({ samples: walk(400) }),
    segment({ channel: { network: "", station: "ARA1", location: "", channel: "SHZ" }, samples: walk(400) }),
  ]);
  const [first, second] = data!.channels;
  const bad = [
    { ...first!, timeStamp: "" },
    { ...first!, transformation: 9 },
    { ...first!, dataFormat: "zz", transformation: 0 },
    { ...first!, sampleCount: -1 },
    { ...first!, lengthMs: 0 },
    { ...first!, sampleCount: 2_000_000_000 },
    { ...first!, data: first!.data.subarray(0, 60) },
  ];
  for (const channel of bad) {
    const frame = decodeCd11Frame(encodeCd11Frame(frameOf({ ...data!, channels: [channel, second!] }))).items[0]!;
    const problems = new ProblemList();
    const segments = segmentsOfCd11Frame(frame, defaultLimits, problems);
    assert.equal(segments.at(-1)?.channel.station, "ARA1");
    assert.equal(segments.at(-1)?.samples.length, 400);
    assert.equal(problems.list().length, 1);
  }
});

test("a channel of CD-1 within a frame: its header is passed over", () => {
  const samples = walk(20);
  const plain = cd11ChannelOf(segment({ samples }), { compression: "none" });
  const cd1 = new Uint8Array(4 + 16 + plain.data.length);
  new DataView(cd1.buffer).setInt32(0, cd1.length - 4);
  cd1.set(plain.data, 20);
  assert.deepEqual(readCd11Samples({ ...plain, dataFormat: "CD", data: cd1 }), samples);
});

test("Steim compression, whichever of the two it is; a payload that is neither is refused", () => {
  const samples = walk(300);
  const plain = cd11ChannelOf(segment({ samples }), { compression: "none" });
  for (const level of [1, 2] as const)
    for (const transformation of [transformations.STEIM_BEFORE_SIGNATURE, transformations.STEIM_AFTER_SIGNATURE]) {
      const data = new Uint8Array(64 * 30);
      const packer = new SteimPacker(samples, level);
      const { count, frames } = packer.pack(0, samples.length, new DataView(data.buffer), 0, 30, false);
      assert.equal(count, samples.length);
      const packed = { ...plain, transformation, data: data.subarray(0, 64 * frames) };
      assert.deepEqual(readCd11Samples(packed), samples);
      assert.equal(readCd11Samples({ ...packed, data: packed.data.subarray(0, 64) }), null);
    }
});

test("a frame of CD-1 within one of CD-1.1 gives its samples where it reads as a data frame, and else none", () => {
  const sent = segment({ samples: walk(400) });
  const [data] = cd11DataOf([sent]);
  const HEADER_AND_TRAILER = 36 + 16;
  const bytes = encodeCd11Frame(frameOf(data!));
  const body = bytes.subarray(36, bytes.length - HEADER_AND_TRAILER + 36);
  const segmentsOf = (content: Uint8Array) => {
    const payload: Cd11Payload = { kind: "cd1-encapsulation", body: content };
    const [frame] = decodeCd11Frame(encodeCd11Frame(frameOf(payload))).items;
    return segmentsOfCd11Frame(frame!, defaultLimits, new ProblemList());
  };
  assert.deepEqual(segmentsOf(body), [sent]);
  assert.deepEqual(segmentsOf(body.subarray(0, -4)), []);
  assert.deepEqual(segmentsOf(new Uint8Array(40)), []);
});
