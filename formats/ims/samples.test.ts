import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzzDecoder } from "@harken/testing";
import fc from "fast-check";
import { unpackAuthenticated } from "./aut.ts";
import { imsChecksum } from "./checksum.ts";
import { packCm6, unpackCm6 } from "./cm6.ts";
import { packCm8, unpackCm8 } from "./cm8.ts";
import { unpackIntegers, writeIntegers } from "./integers.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

/** Small steps, as earth noise has, beside any int32. */
const anySamples = fc
  .array(fc.oneof(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), {
    maxLength: 300,
  })
  .map((values) => Int32Array.from(values));

const codings = [
  { name: "CM6", pack: packCm6, unpack: unpackCm6 },
  { name: "CM8", pack: packCm8, unpack: unpackCm8 },
  { name: "INT", pack: writeIntegers, unpack: unpackIntegers },
];

for (const { name, pack, unpack } of codings) {
  test(`${name}: any samples come back, wherever they lie in the bytes`, () => {
    fc.assert(
      fc.property(anySamples, fc.nat(20), (samples, offset) => {
        const packed = pack(samples);
        const bytes = new Uint8Array(offset + packed.length + 3).fill(0xff);
        bytes.set(packed, offset);
        const back = unpack(bytes, offset, offset + packed.length, samples.length);
        assert.deepEqual(back.samples, samples);
        assert.deepEqual([back.found, back.badAt], [samples.length, -1]);
      }),
    );
  });

  test(`${name}: what is cut off is missing and nothing else`, () => {
    fc.assert(
      fc.property(anySamples, fc.nat(400), (samples, cut) => {
        const packed = pack(samples);
        const end = Math.min(cut, packed.length);
        const { samples: back } = unpack(packed, 0, end, samples.length);
        // The last number of INT may have lost digits unseen.
        const sure = Math.max(0, back.length - (name === "INT" ? 1 : 0));
        assert.deepEqual(back.subarray(0, sure), samples.subarray(0, sure));
        assert.ok(back.length <= samples.length);
      }),
    );
  });

  fuzzDecoder(
    `samples in ${name}`,
    (bytes) => unpack(bytes, 0, bytes.length, 1e9),
    [pack(Int32Array.from({ length: 500 }, (_, i) => Math.round(1e6 * Math.sin(i / 9))))],
    ({ samples, found }, bytes) => assert.ok(samples.length <= found && found <= bytes.length),
  );
}

test("CM6 by hand: values, signs and widths of the format's definition", () => {
  // Second differences 0, 15, -1, 16, -511, 512: one character up to 15, two up to 511, then three.
  const samples = Int32Array.from([0, 15, 29, 59, -422, -391]);
  const packed = textOf(packCm6(samples)).trimEnd();
  // 0 is "+"; 15 is D; -1 is 16+1 = F; 16 is (32|0)(16) = UE; -511 is (32+16+15)(31) = zT; 512 is (32|0)(32|16)(0) = Uk+.
  assert.equal(packed, "+DFUEzTUk+");
  assert.deepEqual(unpackCm6(bytesOf(packed), 0, packed.length, 6).samples, samples);
});

test("CM6 over lines, blanks and line ends of two kinds", () => {
  const samples = Int32Array.from({ length: 400 }, (_, i) => ((i * 7919) % 4001) - 2000);
  const packed = textOf(packCm6(samples));
  assert.ok(packed.split("\n").every((line) => line.length <= 80));
  const ragged = packed.replaceAll("\n", "  \r\n");
  assert.deepEqual(unpackCm6(bytesOf(ragged), 0, ragged.length, 400).samples, samples);
});

test("more samples than asked for are counted, fewer are kept, foreign characters end", () => {
  const packed = packCm6(Int32Array.from([5, 6, 7, 9]));
  const over = unpackCm6(packed, 0, packed.length, 3);
  assert.deepEqual([[...over.samples], over.found], [[5, 6, 7], 4]);
  const under = unpackCm6(packed, 0, packed.length, 1000);
  assert.deepEqual([[...under.samples], under.found, under.badAt], [[5, 6, 7, 9], 4, -1]);
  const foreign = bytesOf("5*5");
  assert.deepEqual(unpackCm6(foreign, 0, 3, 5).badAt, 1);
  const words = bytesOf("12 -7 x1 4");
  assert.deepEqual(
    [[...unpackIntegers(words, 0, words.length, 9).samples], unpackIntegers(words, 0, 9, 9).badAt],
    [[12, -7], 6],
  );
  const tooLarge = bytesOf("1 2147483648");
  assert.equal(unpackIntegers(tooLarge, 0, tooLarge.length, 2).badAt, 2);
});

test("the checksum keeps the sign of each remainder, as the definition's loop does", () => {
  const literally = (samples: Int32Array) => {
    let sum = 0n;
    for (const value of samples) sum = (sum + (BigInt(value) % 100_000_000n)) % 100_000_000n;
    return Number(sum < 0n ? -sum : sum);
  };
  fc.assert(fc.property(anySamples, (samples) => assert.equal(imsChecksum(samples), literally(samples))));
  assert.equal(imsChecksum(Int32Array.of(150_000_000, -60_000_000)), 10_000_000);
});

/** Packets as the table of subformat AUT lays them out. */
function packets(parts: readonly Int32Array[], pack: (samples: Int32Array) => Uint8Array): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((samples) => {
      const data = pack(samples);
      const bytes = new Uint8Array(60 + data.length);
      const view = new DataView(bytes.buffer);
      view.setInt32(0, bytes.length - 4);
      view.setFloat64(44, 8e8);
      view.setInt32(52, samples.length);
      bytes.set(data, 60);
      return [...bytes];
    }),
  );
}

const bigEndian = (samples: Int32Array) => {
  const view = new DataView(new ArrayBuffer(4 * samples.length));
  for (let i = 0; i < samples.length; i++) view.setInt32(4 * i, samples[i]!);
  return new Uint8Array(view.buffer);
};

test("AUT, AU6 and AU8: differences start anew in each packet", () => {
  const parts = [Int32Array.of(1000, 1001, 998), Int32Array.of(-7, -7), Int32Array.of(12)];
  for (const [subformat, pack] of [
    ["AUT", bigEndian],
    ["AU6", packCm6],
    ["AU8", packCm8],
  ] as const) {
    const bytes = packets(parts, pack);
    const back = unpackAuthenticated(bytes, 0, bytes.length, 6, subformat);
    assert.deepEqual([...back.samples], [1000, 1001, 998, -7, -7, 12], subformat);
    assert.equal(back.end, bytes.length);
    const cut = unpackAuthenticated(bytes, 0, bytes.length - 1, 6, subformat);
    assert.deepEqual([...cut.samples], [1000, 1001, 998, -7, -7]);
    assert.ok(cut.badAt > 0);
  }
});

fuzzDecoder(
  "authenticated packets",
  (bytes) => unpackAuthenticated(bytes, 0, bytes.length, 1e9, "AU6"),
  [packets([Int32Array.of(1, 2, 3), Int32Array.of(4, 5, 60)], packCm6)],
  ({ samples }, bytes) => assert.ok(samples.length <= bytes.length),
);
