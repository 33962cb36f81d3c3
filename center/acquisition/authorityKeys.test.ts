/** Keys that a centre takes from certificates: openssl's and the protocol's parts are tested elsewhere; here what a centre does with frames when one is revoked. */
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadAlarms } from "@harken/store";
import { createAuthority } from "../authority/authority.ts";
import { readPublicAuthority } from "../authority/publicAuthority.ts";
import { keysOf } from "./authorityKeys.ts";
import { readHealth } from "./networkHealth.ts";
import { connectPeer, signer, testFrame, testPayload } from "./testPeer.ts";
import { makeKeys, newFolder, removeFolder, startRig, until, writeKeys } from "./testRig.ts";

const DAY_SEC = 86_400;
const now = Math.floor(Date.now() / 1_000);
const START = Math.floor(now / 10) * 10 - 3_600;
const clock = () => now;

test("a certificate's key verifies frames at once, and a revocation refuses them, with the reason, while the centre runs", {
  timeout: 60_000,
}, async (t) => {
  const folder = newFolder();
  const authority = await createAuthority(join(folder, "authority"), "IDC", 3_650, { passphrase: null, clock });
  const rig = await startRig(folder, {
    stations: [{ name: "TST", network: "XX" }],
    authority: { folder: "authority", lookSec: 0.05, warnDays: 30 },
  });
  t.after(async () => {
    await rig.stop();
    removeFolder(folder);
  });
  const { private: secret } = writeKeys(folder, "TST", 7, "ecdsa");
  const sign = signer(secret);
  const peer = await connectPeer(rig.acquisition.dataPort, "TST");
  const frame = (n: number) => testFrame(testPayload(START, n * 200, 7), BigInt(n), { sign });
  const alarms = async (code: string) => loadAlarms(rig.store.db, { code });
  const raised = (code: string, times: number) =>
    until(`${times} of ${code}`, () => (rig.acquisition.alarms.counts.get(code) ?? 0) >= times);

  peer.send(frame(1));
  await raised("signature.missing", 1);
  const publicKey = createPublicKey(readFileSync(secret.file));
  const holder = { kind: "station" as const, name: "TST", keyId: 7 };
  const { serial } = await authority.issue(holder, publicKey, { days: 10, from: now - DAY_SEC });
  // It ends within the days that are told.
  await raised("certificate.expires", 1);
  peer.send(frame(2));
  await peer.acknowledged(2n);
  // What was signed before a key was given up still counts; what is signed after does not.
  await authority.revoke(serial, "superseded", START + 3 * 10 + 5);
  // The warning of another certificate shows that the folder was read again.
  await authority.issue({ kind: "station", name: "OTH", keyId: 8 }, makeKeys("ecdsa").publicKey, { days: 6 });
  await raised("certificate.expires", 2);
  peer.send(frame(4));
  await raised("signature.wrong", 1);
  assert.ok(rig.log.some(({ detail }) => /revoked: superseded/.test(detail ?? "")));
  peer.send(frame(3));
  await peer.acknowledged(3n);
  await until("both warnings are kept", async () => (await alarms("certificate.expires")).length === 2);
  const file = join(folder, "centre", "harken.db");
  const { certificates } = await readHealth({ file }, { from: now - 60, to: now + 3_600 });
  assert.deepEqual(
    certificates.map(({ detail }) => detail.replace(/ \(.*\) expires on \S+,/, "")),
    ["station TST, key 7 in 9 days", "station OTH, key 8 in 5 days"],
  );
  peer.socket.destroy();
});

test("renewed, superseded and compromised certificates of one number become one key", async () => {
  const folder = newFolder();
  const authority = await createAuthority(folder, "IDC", 3_650, { passphrase: null, clock });
  const keys = await Promise.all(
    [1, 2, 3].map(async (keyId) => {
      const { publicKey } = makeKeys("ed25519");
      return authority.issue({ kind: "station", name: "ARCES", keyId }, publicKey, { days: 20 });
    }),
  );
  await authority.issue({ kind: "person", name: "Ana", email: "ana@example.org" }, makeKeys("ecdsa").publicKey, {
    days: 20,
  });
  const renewed = await Promise.all(keys.map(({ serial }) => authority.renew(serial, { days: 400 })));
  await authority.revoke(renewed[1]!.serial, "superseded", now + 100 * DAY_SEC);
  await authority.revoke(renewed[2]!.serial, "keyCompromise");
  const told = keysOf(await readPublicAuthority(folder));
  assert.deepEqual(
    told
      .sort((a, b) => a.keyId - b.keyId)
      .map(({ keyId, owner, to, isRevoked }) => [keyId, owner, Math.round((to - now) / DAY_SEC), isRevoked]),
    [
      [1, "ARCES", 400, false],
      [2, "ARCES", 100, false],
      [3, "ARCES", 20, true],
    ],
  );
  assert.match(told[0]!.remark!, /^its certificate ended on /);
  assert.match(told[1]!.remark!, /revoked: superseded/);
  assert.match(told[2]!.remark!, /revoked: keyCompromise/);
  removeFolder(folder);
});
