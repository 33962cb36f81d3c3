/** `harken authority` as its keeper uses it; openssl is asked about what comes out. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { harken } from "./testCommand.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-authority-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]) => join(folder, ...names);
const own = ["--folder", at("authority"), "--passphrase-file", at("passphrase")];

test("from nothing to a station's certificate, a signed message, a warning and a revocation", {
  timeout: 120_000,
}, async () => {
  writeFileSync(at("passphrase"), "correct horse\n");
  assert.equal((await harken("authority", "create", "IDC", ...own)).status, 0);
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(at("ARCES.pub.pem"), publicKey.export({ type: "spki", format: "pem" }));
  writeFileSync(at("ARCES.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  const station = ["ARCES", "--number", "101", "--key", at("ARCES.pub.pem"), "--days", "30"];
  const issued = await harken("authority", "issue", ...station, ...own);
  assert.equal(issued.status, 0, issued.stderr);
  const [name] = readdirSync(at("authority", "certificates"));
  const certificate = at("authority", "certificates", name!);
  const openssl = spawnSync("openssl", ["verify", "-CAfile", at("authority", "authority.crt.pem"), certificate]);
  if (openssl.error === undefined) assert.equal(openssl.status, 0, String(openssl.stderr));
  const check = await harken("authority", "check", "--folder", at("authority"));
  assert.deepEqual(
    [check.status, /^station ARCES, key 101 .* expires on .*, in \d+ days$/m.test(check.stdout)],
    [1, true],
  );

  writeFileSync(at("text"), "BEGIN IMS2.0\nSTOP\n");
  const signed = await harken("authority", "sign", at("text"), "--certificate", certificate, "--key", at("ARCES.pem"));
  writeFileSync(at("message.eml"), signed.stdout);
  const verified = await harken("authority", "verify", at("message.eml"), "--folder", at("authority"));
  assert.deepEqual([verified.status, verified.stdout], [0, readFileSync(at("text"), "utf8")]);
  assert.match(verified.stderr, /^Signed by station ARCES, key 101$/m);

  assert.equal((await harken("authority", "revoke", name!.slice(0, 8), "keyCompromise", ...own)).status, 0);
  const refused = await harken("authority", "verify", at("message.eml"), "--folder", at("authority"));
  assert.equal(refused.status, 3);
  assert.match(refused.stderr, /^NOT_BELIEVED: .*revoked \(keyCompromise\)/);
});
