import assert from "node:assert/strict";
import { generateKeyPairSync, sign, verify } from "node:crypto";
import { test } from "node:test";
import { derOf } from "./derSignature.ts";

const kinds = [
  {
    name: "DSA of 1024 bits",
    digest: "sha1",
    width: 20,
    ...generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 }),
  },
  { name: "ECDSA on P-256", digest: "sha256", width: 32, ...generateKeyPairSync("ec", { namedCurve: "P-256" }) },
];

for (const { name, digest, width, publicKey, privateKey } of kinds)
  test(`openssl verifies as ASN.1 what it signed in plain bytes, whatever zeros and signs: ${name}`, () => {
    // Of 600 signatures some begin with a zero byte, and half with a high bit.
    for (let i = 0; i < 600; i++) {
      const data = Buffer.from(`message ${i}`);
      const value = sign(digest, data, { key: privateKey, dsaEncoding: "ieee-p1363" });
      assert.ok(verify(digest, data, publicKey, derOf(value, width)!));
      assert.ok(!verify(digest, Buffer.from(`message ${i}.`), publicKey, derOf(value, width)!));
    }
  });

test("integers are in their shortest form", () => {
  assert.deepEqual([...derOf(Uint8Array.of(0, 0, 0, 0x80), 2)!], [0x30, 7, 2, 1, 0, 2, 2, 0, 0x80]);
  assert.deepEqual([...derOf(Uint8Array.of(0, 1, 0x7f, 0xff), 2)!], [0x30, 7, 2, 1, 1, 2, 2, 0x7f, 0xff]);
  assert.equal(derOf(new Uint8Array(63), 32), null);
});
