import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { defaultLimits, type WaveformSegment } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { packCanadian } from "../canadian/encode.ts";
import type { WaveformReference } from "../contents.ts";
import { decodeCssTable } from "./decodeTable.ts";
import { unpackE1 } from "./e1.ts";
import { encodeCssTable } from "./encodeTable.ts";
import { readReferencedWaveform } from "./waveform.ts";
import { referencesFromCss } from "./wfdisc.ts";
import { writeCssWaveforms } from "./writeWaveform.ts";

const channel = { network: "", station: "AAA", location: "", channel: "BHZ" };
const reference = (dataType: string, sampleCount: number, byteOffset = 0): WaveformReference => ({
  channel,
  startTime: 1e9,
  sampleRateHz: 20,
  sampleCount,
  calibNmPerCount: 0.5,
  calperSec: 1,
  dataType,
  dir: ".",
  fileName: "a.w",
  byteOffset,
});
const samplesOf = (dataType: string, bytes: Uint8Array, count: number, offset = 0) => {
  const { items, problems } = readReferencedWaveform(reference(dataType, count, offset), bytes);
  assert.deepEqual(problems, []);
  assert.equal(items.length, 1);
  return [...items[0]!.samples];
};

test("plain numbers of every type, by hand", () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);
  assert.deepEqual(samplesOf("s2", bytes(0x01, 0x02, 0xff, 0xfe), 2), [258, -2]);
  assert.deepEqual(samplesOf("i2", bytes(0x01, 0x02, 0xfe, 0xff), 2), [513, -2]);
  assert.deepEqual(
    samplesOf("s3", bytes(0x01, 0x00, 0x02, 0x80, 0x00, 0x00, 0xff, 0xff, 0xff), 3),
    [65538, -8388608, -1],
  );
  assert.deepEqual(samplesOf("s4", bytes(0x00, 0x01, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff), 2), [65536, -1]);
  assert.deepEqual(samplesOf("i4", bytes(0x00, 0x00, 0x01, 0x00), 1), [65536]);
  assert.deepEqual(samplesOf("t4", bytes(0x3f, 0xc0, 0, 0), 1), [1.5]);
  assert.deepEqual(samplesOf("f4", bytes(0, 0, 0xc0, 0x3f), 1), [1.5]);
  assert.deepEqual(samplesOf("t8", bytes(0xbf, 0xf8, 0, 0, 0, 0, 0, 0), 1), [-1.5]);
  assert.deepEqual(samplesOf("f8", bytes(0, 0, 0, 0, 0, 0, 0xf8, 0xbf), 1), [-1.5]);
  assert.deepEqual(samplesOf("s2", bytes(9, 9, 9, 0, 7), 1, 3), [7]);
});

test("segments written as a file and its rows come back", () => {
  const integers = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 40 });
  const floats = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 40 });
  const trace = fc.oneof(
    integers.map((v) => Int32Array.from(v)),
    floats.map((v) => Float32Array.from(v)),
    floats.map((v) => Float64Array.from(v, (x) => x * 1.1)),
  );
  fc.assert(
    fc.property(fc.array(trace, { minLength: 1, maxLength: 4 }), (traces) => {
      const segments = traces.map(
        (samples, i): WaveformSegment => ({
          channel,
          startTime: 1e9 + 100 * i,
          sampleRateHz: 20,
          samples,
          calibNmPerCount: 0.5,
          calperSec: 1,
        }),
      );
      const { bytes, rows } = writeCssWaveforms(segments, "a.w");
      const text = encodeCssTable("wfdisc", rows);
      const { references, problems } = referencesFromCss(
        decodeCssTable("wfdisc", new TextEncoder().encode(text)).items,
      );
      assert.deepEqual(problems, []);
      assert.deepEqual(
        references.flatMap((row) => readReferencedWaveform(row, bytes).items),
        segments,
      );
    }),
  );
});

test("Canadian compression under its three names", () => {
  const samples = Array.from({ length: 45 }, (_, i) => Math.round(1e4 * Math.sin(i)));
  const packed = packCanadian(Int32Array.from(samples));
  for (const type of ["cc", "ca", "cd"])
    assert.deepEqual(samplesOf(type, Uint8Array.of(1, 2, ...packed), 45, 2), samples);
});

/** Blocks as the format describes them, each packet of a kind that its next values allow, so that every kind comes about. */
function packE1(samples: Int32Array, differences: number, pick: (n: number) => number): Uint8Array {
  let values = [...samples];
  for (let d = 0; d < differences; d++) values = values.map((value, i) => (i === 0 ? value : value - values[i - 1]!));
  const kinds = [
    { tag: "0", width: 9, count: 7 },
    { tag: "10", width: 10, count: 3 },
    { tag: "1100", width: 7, count: 4 },
    { tag: "1101", width: 12, count: 5 },
    { tag: "1110", width: 15, count: 4 },
    { tag: "1111", width: 28, count: 1 },
  ];
  const fits = (value: number, width: number) => value >= -(2 ** (width - 1)) && value < 2 ** (width - 1);
  let bits = "";
  for (let at = 0; at < values.length; ) {
    const possible = kinds.filter(({ width, count }) =>
      values.slice(at, at + count).every((value) => fits(value, width)),
    );
    const { tag, width, count } = possible[pick(possible.length)]!;
    const taken = values.slice(at, at + count);
    const packet = tag + taken.map((value) => (value & (2 ** width - 1)).toString(2).padStart(width, "0")).join("");
    bits += packet.padEnd(tag.length + width * count, "0");
    at += count;
  }
  const words = Uint8Array.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  const block = new Uint8Array(8 + words.length);
  const view = new DataView(block.buffer);
  view.setUint16(0, block.length);
  view.setUint16(2, samples.length);
  view.setUint32(4, ((differences << 24) | (samples.at(-1)! & 0xffffff)) >>> 0);
  block.set(words, 8);
  return block;
}

test("e1: every kind of packet and number of differences, several blocks", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc
            .integer({ min: 1, max: 20 })
            .chain((bits) =>
              fc.array(fc.integer({ min: -(2 ** bits), max: 2 ** bits }), { minLength: 1, maxLength: 60 }),
            ),
          fc.nat(4),
        ),
        { minLength: 1, maxLength: 4 },
      ),
      fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }),
      (blocks, picks) => {
        let turn = 0;
        const pick = (n: number) => picks[turn++ % picks.length]! % n;
        const bytes = Uint8Array.from(
          blocks.flatMap(([values, differences]) => [...packE1(Int32Array.from(values), differences, pick)]),
        );
        const expected = blocks.flatMap(([values]) => values);
        const unpacked = unpackE1(bytes, 0, expected.length);
        assert.deepEqual([...unpacked.samples], expected);
        assert.deepEqual([unpacked.badAt, unpacked.mismatches], [-1, 0]);
      },
    ),
  );
});

test("e1: blocks that are not packed, a wrong check value, a block that is cut off", () => {
  const plain = Uint8Array.from([0, 16, 0, 2, 0x10, 0, 0, 5, 0xff, 0xff, 0xff, 0xfe, 0, 0, 0, 5]);
  assert.deepEqual(unpackE1(plain, 0, 2), { samples: Int32Array.of(-2, 5), badAt: -1, mismatches: 0 });
  const wrong = packE1(Int32Array.of(-2, 5), 1, () => 0);
  wrong[7] = 6;
  const { items, problems } = readReferencedWaveform(reference("e1", 2), wrong);
  assert.deepEqual([items.length, problems.map(({ code }) => code)], [1, ["css.check-value"]]);
  const cut = readReferencedWaveform(reference("e1", 4), Uint8Array.of(...plain, ...plain.subarray(0, 12)));
  assert.deepEqual(
    cut.problems.map(({ code, offset }) => [code, offset]),
    [
      ["css.bad-block", 16],
      ["css.samples-missing", 0],
    ],
  );
  assert.deepEqual([...cut.items[0]!.samples], [-2, 5]);
});

test("what a row claims is never believed", () => {
  const bytes = new Uint8Array(40);
  const codes = (row: WaveformReference, limits = defaultLimits) =>
    readReferencedWaveform(row, bytes, limits).problems.map(({ code }) => code);
  assert.deepEqual(codes(reference("s4", 1e8)), ["css.samples-missing"]);
  assert.deepEqual(codes(reference("s4", 11), { ...defaultLimits, maxSamples: 10 }), ["css.too-many-samples"]);
  assert.deepEqual(codes(reference("s4", 1, 40)), ["css.offset-outside"]);
  assert.deepEqual(codes(reference("s4", 1, -4)), ["css.offset-outside"]);
  assert.deepEqual(codes(reference("g2", 1)), ["css.unknown-type"]);
  assert.deepEqual(codes({ ...reference("s4", 1), sampleRateHz: 0 }), ["css.bad-reference"]);
  const nan = readReferencedWaveform(
    reference("t4", 3),
    Uint8Array.of(0x3f, 0xc0, 0, 0, 0x7f, 0xc0, 0, 0, 0x3f, 0xc0, 0, 0),
  );
  assert.deepEqual(
    nan.problems.map(({ code }) => code),
    ["css.not-finite"],
  );
  assert.deepEqual(
    nan.items.map(({ startTime }) => startTime),
    [1e9, 1e9 + 0.1],
  );
});

/** First samples of the stored files as the US NDC's published tests of their readers give them. */
const published: readonly (readonly [string, string, readonly number[]])[] = [
  ["s2", "S2Test.w", [14590, 15102, 15102, 14846, 14590, 13310, 13310, 13566, 15358, 15870]],
  ["e1", "I22FR.e1.w", [-11129, -10996, -10919, -10813, -10713, -10681, -10617, -10674, -10598, -10356]],
  ["s3", "I22FR.s3.w", [-11129, -10996, -10919, -10813, -10713, -10681, -10617, -10674, -10598, -10356]],
  ["s4", "I22FR.s4.w", [-11129, -10996, -10919, -10813, -10713, -10681, -10617, -10674, -10598, -10356]],
  [
    "t4",
    "T4Test.w",
    [-1760.7513427734375, -1567.1885986328125, -1015.978759765625, -126.05416107177734, 922.51416015625],
  ],
  ["f4", "F4Test.w", [-456, -454, -454, -455, -456, -461, -461, -460, -453, -451]],
  ["cc", "cc.w", [774, 708, 637, 391, 128, -393, -957, -1974, -3056, -4155]],
];
for (const [type, file, expected] of published)
  referenceTest(`${file} gives the published first samples`, [`formats/css/WFS4/${file}`], (_t, [path]) => {
    // cc.w is damaged beyond the first block of 20.
    const count = type === "cc" ? 20 : expected.length;
    assert.deepEqual(samplesOf(type, readFileSync(path!), count).slice(0, expected.length), expected);
  });

referenceTest(
  "I22FR.e1.w: all 345 blocks end with the sample that they state",
  ["formats/css/WFS4/I22FR.e1.w"],
  (_t, [path]) => {
    const bytes = readFileSync(path!);
    // The headers of the blocks count 604 800 samples.
    assert.equal(samplesOf("e1", bytes, 604_800).length, 604_800);
    assert.equal(unpackE1(bytes, 0, 604_801).badAt, bytes.length);
  },
);

const e1Seed = packE1(
  Int32Array.from({ length: 60 }, (_, i) => i * i - 100),
  2,
  (n) => n - 1,
);
fuzzDecoder(
  "e1 blocks",
  (bytes) => unpackE1(bytes, 0, 1e9),
  [Uint8Array.of(...e1Seed, ...e1Seed)],
  ({ samples }, bytes) => assert.ok(samples.length <= bytes.length),
);
fuzzDecoder(
  "CSS3.0 waveform files",
  (bytes) =>
    readReferencedWaveform(reference(["s3", "t4", "f8", "cc", "e1"][bytes.length % 5]!, 50, bytes[0]! % 8), bytes),
  [e1Seed, packCanadian(Int32Array.from({ length: 50 }, (_, i) => i ** 3))],
  ({ items }) => assert.ok(items.reduce((sum, { samples }) => sum + samples.length, 0) <= 50),
);
