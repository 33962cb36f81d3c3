/**
 * Hostile bytes for a decoder: stored or made inputs with bits flipped, bytes overwritten by telling values, stretches cut out, doubled or
 * moved, and ends cut off. Every run uses the same seeds, so that a failure names the mutation that shows it.
 *
 *     fuzzDecoder("decodeSac", (bytes) => decodeSac(bytes, limits), [encodeSac(segment)]);
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type RandomStream, randomStream } from "@harken/core";
import { testScale } from "./referenceData.ts";

/** Values at which length fields and counters go wrong. */
const tellingBytes: readonly number[] = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x20, 0x2d, 0x30, 0x39, 0x0a, 0x3c, 0x2c];
/** Inputs mutated: all at full scale (the issues' 10^5), fewer in the everyday run. */
const FULL_COUNT = 100_000;
const EVERYDAY_COUNT = 2_000;
/** A mutated input of this size or less must be done within this time; decoders are linear, so this is three orders of magnitude of room. */
const MAX_MILLISECONDS = 5_000;

export function mutate(bytes: Uint8Array, random: RandomStream): Uint8Array {
  let result = bytes.slice();
  const below = (n: number) => random.integer(n);
  for (let round = 0, rounds = 1 + below(4); round < rounds && result.length > 0; round++) {
    const at = below(result.length);
    const length = 1 + below(Math.min(64, result.length - at));
    switch (below(7)) {
      case 0:
        result[at]! ^= 1 << below(8);
        break;
      case 1:
        result[at] = tellingBytes[below(tellingBytes.length)]!;
        break;
      case 2:
        result.fill(tellingBytes[below(tellingBytes.length)]!, at, at + length);
        break;
      case 3:
        result = result.slice(0, at);
        break;
      case 4:
        result = Uint8Array.from([...result.subarray(0, at), ...result.subarray(at + length)]);
        break;
      case 5:
        result = Uint8Array.from([...result.subarray(0, at + length), ...result.subarray(at)]);
        break;
      default:
        result.copyWithin(below(result.length), at, at + length);
    }
  }
  return result;
}

/**
 * A test that feeds mutations of `seeds` (keep them below about 10 kB) to a decoder. The decoder must return: what it throws fails the
 * test, and so does a call that takes seconds. `check` may look at what came back, for bounds on its size.
 */
export function fuzzDecoder<T>(
  name: string,
  decode: (bytes: Uint8Array) => T,
  seeds: readonly Uint8Array[],
  check: (result: T, bytes: Uint8Array) => void = () => {},
): void {
  const count = testScale(FULL_COUNT, EVERYDAY_COUNT);
  test(`${name} survives ${count} mutated inputs`, () => {
    assert.ok(seeds.length > 0 && seeds.every((seed) => seed.length > 0), "there is something to mutate");
    for (let i = 0; i < count; i++) {
      const bytes = mutate(seeds[i % seeds.length]!, randomStream(i, `fuzz ${name}`));
      const before = performance.now();
      try {
        check(decode(bytes), bytes);
      } catch (error) {
        throw new Error(`mutation ${i} of ${name}: ${Buffer.from(bytes).toString("base64").slice(0, 2000)}`, {
          cause: error,
        });
      }
      const spent = performance.now() - before;
      assert.ok(spent < MAX_MILLISECONDS, `mutation ${i} took ${spent.toFixed(0)} ms`);
    }
  });
}
