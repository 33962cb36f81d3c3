import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { latin1Bytes } from "../latin1.ts";
import { crc64 } from "./crc64.ts";

test("CRC-64: the check value, and a twin that goes bit by bit", () => {
  assert.equal(crc64(latin1Bytes("123456789")), 0xe4ffbea588933790n);
  const slow = (bytes: Uint8Array) => {
    let register = 0n;
    for (const byte of bytes)
      for (let bit = 7n; bit >= 0n; bit--) {
        const top = (register >> 63n) ^ ((BigInt(byte) >> bit) & 1n);
        register = BigInt.asUintN(64, (register << 1n) ^ (top === 1n ? 0x1bn : 0n));
      }
    return register;
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => assert.equal(crc64(bytes), slow(bytes))));
});
