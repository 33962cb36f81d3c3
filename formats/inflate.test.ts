import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { randomStream } from "@harken/core";
import { fuzzDecoder } from "@harken/testing";
import { inflateZlib } from "./inflate.ts";

const random = randomStream(7, "inflate");
/** Noise, text, runs, and a walk: stored blocks, fixed and own codes, short and far matches. */
const samples: readonly Uint8Array[] = [
  new Uint8Array(0),
  Uint8Array.from({ length: 70_000 }, () => random.integer(256)),
  new TextEncoder().encode("the wind of yesterday is the wind of today. ".repeat(900)),
  new Uint8Array(100_000).fill(42),
  Uint8Array.from({ length: 50_000 }, (_, i) => 128 + Math.round(60 * Math.sin(i / 90)) + random.integer(3)),
  new TextEncoder().encode("a short one"),
];

test("what zlib deflates at every level comes out again", () => {
  for (const bytes of samples)
    for (const level of [0, 1, 6, 9])
      for (const strategy of [0, 2, 4]) {
        const packed = deflateSync(bytes, { level, strategy });
        assert.deepEqual(inflateZlib(packed, bytes.length + 10), bytes, `${bytes.length} bytes, level ${level}`);
      }
});

test("no more comes out than is allowed; what is cut off or no stream gives null", () => {
  const packed = deflateSync(samples[2]!);
  assert.deepEqual(inflateZlib(packed, 100), samples[2]!.subarray(0, 100));
  assert.equal(inflateZlib(packed.subarray(0, 60), 1e6), null);
  assert.equal(inflateZlib(new Uint8Array(50), 1e6), null);
});

fuzzDecoder(
  "inflateZlib",
  (bytes) => inflateZlib(bytes, 60_000),
  samples.slice(2).map((bytes) => deflateSync(bytes.subarray(0, 20_000))),
  (out) => assert.ok(out === null || out.length <= 60_000),
);
