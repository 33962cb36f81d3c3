/** Certificates, revocations and signed messages; openssl is asked about each, and its own messages are read. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { makeKeys } from "../acquisition/testRig.ts";
import { createAuthority, openAuthority } from "./authority.ts";
import { certificatePem, holderText } from "./certificates.ts";
import { expiryWarnings } from "./expiry.ts";
import { files, readPublicAuthority, reasonAgainstAt } from "./publicAuthority.ts";
import { openSignedMessage, readSignedMessage, signMessage } from "./signedMessage.ts";

const root = mkdtempSync(join(tmpdir(), "harken-authority-"));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => join(root, String(++folders));
const now = Math.floor(Date.now() / 1_000);
const DAY_SEC = 86_400;
const plain = { passphrase: null, clock: () => now };
const lacksOpenssl = spawnSync("openssl", ["version"]).status === 0 ? false : "openssl is not on this machine";

function openssl(...args: string[]): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
  return { status, text: stdout + stderr };
}

const TEXT = "BEGIN IMS2.0\nMSG_TYPE COMMAND_REQUEST\nMSG_ID 1 IDC\nCALIBRATE_START\nSTA_LIST ARCES\nSTOP\n";

test("an authority is made, opened with its passphrase only, and never made over another", async () => {
  const folder = newFolder();
  await createAuthority(folder, "IDC", 3_650, { ...plain, passphrase: "a long one" });
  assert.match(readFileSync(join(folder, files.key), "utf8"), /ENCRYPTED/);
  await assert.rejects(openAuthority(folder, plain), { code: "WRONG_PASSPHRASE" });
  await assert.rejects(openAuthority(folder, { ...plain, passphrase: "another" }), { code: "WRONG_PASSPHRASE" });
  await openAuthority(folder, { ...plain, passphrase: "a long one" });
  await assert.rejects(createAuthority(folder, "IDC", 1, plain), { code: "AUTHORITY_EXISTS" });
  await assert.rejects(readPublicAuthority(newFolder()), { code: "NO_AUTHORITY" });
});

test("openssl believes what the authority issues for every kind of key, and what it has revoked no more", {
  skip: lacksOpenssl,
}, async () => {
  const folder = newFolder();
  const authority = await createAuthority(folder, "Data Centre", 3_650, plain);
  const root = join(folder, files.certificate);
  const paths = [];
  for (const [i, kind] of (["dsa", "ecdsa", "ed25519"] as const).entries()) {
    const { publicKey } = makeKeys(kind);
    const holder = { kind: "station" as const, name: "ARCES", keyId: 101 + i };
    const { serial } = await authority.issue(holder, publicKey, { days: 365 });
    paths.push({ serial, path: join(folder, files.certificates, `${serial}.pem`) });
    // Old keys of 1024 bits are below what openssl takes by default.
    const level = kind === "dsa" ? ["-auth_level", "0"] : [];
    const said = openssl("verify", "-x509_strict", ...level, "-CAfile", root, paths.at(-1)!.path);
    assert.deepEqual(said, { status: 0, text: `${paths.at(-1)!.path}: OK\n` });
  }
  const subject = openssl(
    "x509",
    "-in",
    paths[1]!.path,
    "-noout",
    "-subject",
    "-ext",
    "keyUsage,basicConstraints",
  ).text;
  assert.match(subject, /CN = ARCES, OU = Stations, serialNumber = 102/);
  assert.match(subject, /critical\s+CA:FALSE[\s\S]*critical\s+Digital Signature, Non Repudiation/);
  await authority.revoke(paths[1]!.serial.slice(0, 6), "keyCompromise");
  const list = openssl("crl", "-in", join(folder, files.revocations), "-CAfile", root, "-noout", "-text").text;
  assert.match(list, /verify OK/);
  assert.match(list, new RegExp(`Serial Number: ${paths[1]!.serial}[\\s\\S]*Key Compromise`, "i"));
  const check = ["-crl_check", "-CRLfile", join(folder, files.revocations), "-CAfile", root];
  assert.match(openssl("verify", ...check, paths[1]!.path).text, /certificate revoked/);
  assert.match(openssl("verify", ...check, paths[2]!.path).text, /: OK/);
  const read = await readPublicAuthority(folder);
  for (const one of read.certificates) {
    const isRevoked: boolean = one.serial === paths[1]!.serial;
    assert.equal(reasonAgainstAt(read, one, now), isRevoked ? "its certificate is revoked (keyCompromise)" : null);
  }
  await assert.rejects(authority.revoke(paths[1]!.serial, "keyCompromise"), { code: "NO_CERTIFICATE" });
});

test("names, numbers and foreign certificates that cannot be are refused", async () => {
  const folder = newFolder();
  const authority = await createAuthority(folder, "IDC", 3_650, plain);
  const { publicKey } = makeKeys("ed25519");
  const issue = (holder: Parameters<typeof authority.issue>[0], key = publicKey) =>
    authority.issue(holder, key, { days: 10 });
  for (const name of ["", "arces", "ARCES, OU=People", "A".repeat(9)])
    await assert.rejects(issue({ kind: "station", name, keyId: 1 }), { code: "BAD_HOLDER" });
  for (const email of ["", "ana", "ana@a b"])
    await assert.rejects(issue({ kind: "person", name: "Ana", email }), { code: "BAD_HOLDER" });
  await issue({ kind: "station", name: "ARCES", keyId: 1 });
  await assert.rejects(issue({ kind: "station", name: "MJAR", keyId: 1 }, makeKeys("ed25519").publicKey), {
    code: "BAD_HOLDER",
  });
  // Letters of a name stay in the name, whatever they are elsewhere.
  const { holder } = await issue({ kind: "person", name: 'Ana "O=X, CN=Eve"+é', email: "ana@example.org" });
  assert.equal(holderText(holder), 'Ana "O=X, CN=Eve"+é <ana@example.org>');
  const other = await createAuthority(newFolder(), "IDC", 3_650, plain);
  const foreign = await other.issue({ kind: "station", name: "ARCES", keyId: 2 }, publicKey, { days: 10 });
  writeFileSync(join(folder, files.certificates, "foreign.pem"), certificatePem(foreign));
  writeFileSync(join(folder, files.certificates, "nothing.pem"), "nothing");
  const read = await readPublicAuthority(folder);
  assert.deepEqual([read.certificates.length, read.refused], [2, ["foreign.pem", "nothing.pem"]]);
  assert.equal(reasonAgainstAt(read, foreign, now), "its certificate is not of this authority");
  assert.match(reasonAgainstAt(read, read.certificates[0]!, now + 11 * DAY_SEC)!, /expired/);
  assert.match(reasonAgainstAt(read, read.certificates[0]!, now - DAY_SEC)!, /not valid yet/);
});

test("no certificate expires unnoticed; one that is renewed or revoked is not told of", async () => {
  const folder = newFolder();
  const authority = await createAuthority(folder, "IDC", 3_650, plain);
  const keys = ["ARCES", "MJAR", "STKA"].map((name, i) => ({ name, keyId: i + 1, ...makeKeys("ecdsa") }));
  const issued = [];
  for (const { name, keyId, publicKey } of keys)
    issued.push(await authority.issue({ kind: "station", name, keyId }, publicKey, { days: 20 }));
  const told = (days: number) =>
    expiryWarnings(authority.open, now + days * DAY_SEC, 30).map(({ code, source }) => `${code} ${source}`);
  await authority.renew(issued[1]!.serial, { days: 400 });
  await authority.revoke(issued[2]!.serial, "cessationOfOperation");
  assert.deepEqual(told(-15), []);
  assert.deepEqual(told(0), ["certificate.expires ARCES"]);
  assert.deepEqual(told(21), ["certificate.expired ARCES"]);
  assert.deepEqual(told(31), ["certificate.expired ARCES", "revocations.old IDC"]);
  assert.deepEqual(told(3_640), [
    "certificate.expires IDC",
    "certificate.expired ARCES",
    "certificate.expired MJAR",
    "revocations.old IDC",
  ]);
  const renewed = authority.open.certificates.filter(({ holder }) => holder.name === "MJAR");
  assert.ok(renewed.length === 2 && renewed[0]!.key.equals(renewed[1]!.key));
});

for (const kind of ["ecdsa", "ed25519", "dsa"] as const)
  test(`a message signed with ${kind} is read back, and no byte of it can be changed`, async () => {
    const authority = await createAuthority(newFolder(), "IDC", 3_650, plain);
    const { publicKey, privateKey } = makeKeys(kind);
    const holder = { kind: "station" as const, name: "ARCES", keyId: 7 };
    const { der, serial } = await authority.issue(holder, publicKey, { days: 10 });
    const message = signMessage(TEXT, { certificate: der, key: privateKey }, now);
    const read = readSignedMessage(Buffer.from(message), authority.open, now);
    assert.ok(read.ok, JSON.stringify(read));
    assert.deepEqual([read.text, read.signer.holder, read.signedAt], [TEXT, holder, now]);
    // Mail servers change line ends.
    assert.ok(readSignedMessage(Buffer.from(message.replaceAll("\r\n", "\n")), authority.open, now).ok);
    const changed = readSignedMessage(
      Buffer.from(message.replace("STA_LIST ARCES", "STA_LIST MJAR")),
      authority.open,
      now,
    );
    assert.deepEqual(changed, { ok: false, reason: "its content was changed after it was signed" });
    const later = readSignedMessage(Buffer.from(message), authority.open, now + 11 * DAY_SEC);
    assert.deepEqual(later, { ok: false, reason: "its certificate has expired" });
    const elsewhere = await createAuthority(newFolder(), "IDC", 3_650, plain);
    const foreign = readSignedMessage(Buffer.from(message), elsewhere.open, now);
    assert.deepEqual(foreign, { ok: false, reason: "its certificate is not of this authority" });
    await authority.revoke(serial, "keyCompromise");
    assert.match(
      (readSignedMessage(Buffer.from(message), authority.open, now) as { reason: string }).reason,
      /revoked/,
    );
    // A bit of the signature block here and there: refused, never an exception, never another text.
    const from = message.indexOf("base64\r\n") + 120;
    for (let at = from; at < message.length - 60; at += 37) {
      const bytes = Buffer.from(message);
      bytes[at]! ^= 1;
      const answer = readSignedMessage(bytes, elsewhere.open, now);
      assert.equal(answer.ok, false);
    }
  });

test("openssl's smime and cms read what we sign, and we read what they sign", { skip: lacksOpenssl }, async () => {
  const folder = newFolder();
  const authority = await createAuthority(folder, "IDC", 3_650, plain);
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const holder = { kind: "person" as const, name: "Ana", email: "ana@example.org" };
  const certificate = await authority.issue(holder, publicKey, { days: 10 });
  const at = (name: string) => join(folder, name);
  writeFileSync(at("ana.key"), privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(at("ana.crt"), certificatePem(certificate));
  writeFileSync(at("ours.eml"), signMessage(TEXT, { certificate: certificate.der, key: privateKey }, now));
  for (const command of ["smime", "cms"]) {
    const out = at(`${command}.txt`);
    const trust = ["-CAfile", at(files.certificate), "-purpose", "any"];
    const said = openssl(command, "-verify", "-in", at("ours.eml"), ...trust, "-out", out);
    assert.equal(said.status, 0, said.text);
    assert.equal(readFileSync(out, "utf8").split("\r\n\r\n")[1]!.replaceAll("\r\n", "\n"), TEXT);
    writeFileSync(at("forged.eml"), readFileSync(at("ours.eml"), "utf8").replace("STA_LIST ARCES", "STA_LIST MJAR"));
    assert.notEqual(openssl(command, "-verify", "-in", at("forged.eml"), ...trust).status, 0);
  }
  writeFileSync(at("text.txt"), `Content-Type: text/plain\n\n${TEXT}`);
  const own = ["-in", at("text.txt"), "-signer", at("ana.crt"), "-inkey", at("ana.key")];
  for (const command of ["smime", "cms"])
    for (const more of [
      [],
      ["-nodetach"],
      ["-md", "sha1"],
      ["-md", "sha512"],
      ...(command === "cms" ? [["-keyid"], ["-noattr"]] : []),
    ]) {
      const signed = openssl(command, "-sign", ...own, ...more, "-out", at("theirs.eml"));
      assert.equal(signed.status, 0, signed.text);
      const read = readSignedMessage(readFileSync(at("theirs.eml")), authority.open, now + 5);
      assert.ok(read.ok, `${command} ${more}: ${JSON.stringify(read)}`);
      assert.deepEqual([read.text, read.signer.holder], [TEXT, holder]);
    }
  // As the stations signed: DSA of 1024 bits with SHA-1, by a certificate that openssl made.
  const params = [
    "-newkey",
    `dsa:${at("dsa.pem")}`,
    "-nodes",
    "-keyout",
    at("dsa.key"),
    "-out",
    at("dsa.crt"),
    "-subj",
    "/CN=OLD",
  ];
  assert.equal(
    openssl("genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024", "-out", at("dsa.pem"))
      .status,
    0,
  );
  assert.equal(openssl("req", "-x509", ...params).status, 0);
  const old = openssl(
    "smime",
    "-sign",
    "-in",
    at("text.txt"),
    "-signer",
    at("dsa.crt"),
    "-inkey",
    at("dsa.key"),
    "-md",
    "sha1",
    "-out",
    at("old.eml"),
  );
  assert.equal(old.status, 0, old.text);
  const opened = openSignedMessage(readFileSync(at("old.eml")));
  assert.ok(opened.ok && opened.text === TEXT, JSON.stringify(opened));
  assert.equal(createPrivateKey(readFileSync(at("dsa.key"))).asymmetricKeyDetails!.modulusLength, 1_024);
  assert.equal(new X509Certificate(opened.signers[0]!.certificate).subject, "CN=OLD");
});

test("bytes that are no signed message are refused with a reason", async () => {
  const authority = await createAuthority(newFolder(), "IDC", 3_650, plain);
  for (const text of [
    "",
    TEXT,
    "Content-Type: multipart/signed; boundary=x\n\n--x\na\n--x--\n",
    "Content-Type: multipart/signed; boundary=x\n\n--x\na\n--x\n\nAAAA\n--x--\n",
    "Content-Type: application/pkcs7-mime\n\nMIIB",
  ]) {
    const read = readSignedMessage(Buffer.from(text), authority.open, now);
    assert.ok(!read.ok && read.reason.length > 5, text);
  }
});
