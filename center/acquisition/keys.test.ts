import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { parseTime } from "@harken/core";
import { loadKeyRing } from "./keys.ts";
import { makeKeys, newFolder, removeFolder } from "./testRig.ts";

const folder = newFolder();
after(() => removeFolder(folder));

const put = (file: string, key: KeyObject) =>
  writeFileSync(
    join(folder, file),
    key.export(key.type === "public" ? { type: "spki", format: "pem" } : { type: "pkcs8", format: "pem" }),
  );
const { publicKey, privateKey } = makeKeys("ed25519");
put("own.pub.pem", publicKey);
put("own.pem", privateKey);
put("ec.pem", makeKeys("ecdsa").publicKey);
put("dsa.pem", makeKeys("dsa").publicKey);
const own = { keyId: 1, owner: "AAA", file: "own.pub.pem" };

test("keys by number, of the three kinds, with the times of the data that they are for", () => {
  const ring = loadKeyRing(
    [
      { ...own, from: "2026-01-01", to: "2026-02-01T12:00:00" },
      { keyId: 2, owner: "BBB", file: "ec.pem", revoked: true },
      { keyId: 3, owner: "CCC", file: "dsa.pem" },
    ],
    folder,
  );
  const told = [...ring.values()].map(({ keyId, algorithm, from, to, isRevoked }) => [
    keyId,
    algorithm,
    from,
    to,
    isRevoked,
  ]);
  assert.deepEqual(told, [
    [1, "Ed25519", parseTime("2026-01-01"), parseTime("2026-02-01T12:00:00"), false],
    [2, "ECDSA-P256/SHA-256", -Infinity, Infinity, true],
    [3, "DSA-1024/SHA-1", -Infinity, Infinity, false],
  ]);
  assert.equal(loadKeyRing([{ ...own, file: "own.pem" }], folder, "private").get(1)!.key.type, "private");
});

test("what cannot be used is refused with its number, its file and why", () => {
  put("rsa.pem", generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey);
  put("p384.pem", generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey);
  writeFileSync(join(folder, "none.pem"), "no key");
  for (const [settings, reason] of [
    [[own, { ...own, owner: "BBB" }], /Key 1 in own\.pub\.pem .*same number/],
    [[{ ...own, file: "rsa.pem" }], /none of DSA/],
    [[{ ...own, file: "p384.pem" }], /none of DSA/],
    [[{ ...own, file: "none.pem" }], /Key 1 in none\.pem/],
    [[{ ...own, file: "absent.pem" }], /ENOENT/],
    [[{ ...own, from: "in May" }], /times are not understood/],
  ] as const)
    assert.throws(() => loadKeyRing(settings, folder), { code: "BAD_KEY", message: reason });
  assert.throws(() => loadKeyRing([own], folder, "private"), { code: "BAD_KEY" });
});
