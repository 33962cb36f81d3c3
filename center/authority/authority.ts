/**
 * A certificate authority in a folder: its own certificate and key, a certificate for each station's key and each person, and the list of those that
 * are revoked. There is no other register: the folder's files are what is issued, and may be copied to whoever is to believe them, but for the key.
 *
 *     const authority = await openAuthority(folder, { passphrase, clock });
 *     const certificate = await authority.issue({ kind: "station", name: "ARCES", keyId: 101 }, publicKey, { days: 730 });
 *     await authority.revoke(certificate.serial, "keyCompromise");
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Certificate, certificatePem, type Holder, makeCertificate } from "./certificates.ts";
import { authorityErrors } from "./errors.ts";
import { files, type PublicAuthority, readPublicAuthority, revocationOf } from "./publicAuthority.ts";
import { makeRevocationList, type Revocation, type RevocationReason } from "./revocations.ts";

export interface AuthorityOptions {
  /** Of the key's file; null: it is not encrypted. */
  readonly passphrase: string | null;
  /** Epoch s. */
  readonly clock: () => number;
}

export interface Validity {
  readonly days: number;
  /** Epoch s; now when left out. */
  readonly from?: number;
}

export interface Authority {
  readonly open: PublicAuthority;
  /** Rejects with BAD_HOLDER. */
  issue(holder: Holder, key: KeyObject, validity: Validity): Promise<Certificate>;
  /** Another certificate for the same holder and key. */
  renew(serial: string, validity: Validity): Promise<Certificate>;
  /** `at`: epoch s; now when left out. */
  revoke(serial: string, reason: RevocationReason, at?: number): Promise<void>;
  /** Signs the list anew, as it is: one that grows old is not believed for ever. */
  publish(): Promise<void>;
}

const DAY_SEC = 86_400;
const LIST_DAYS = 30;
/** Clocks that are a little behind believe a certificate at once. */
const EARLY_SEC = 300;
const LONGEST_NAME = 64;

/** Rejects with AUTHORITY_EXISTS. */
export async function createAuthority(
  folder: string,
  name: string,
  days: number,
  { passphrase, clock }: AuthorityOptions,
): Promise<Authority> {
  if (existsSync(join(folder, files.certificate))) throw authorityErrors.make("AUTHORITY_EXISTS", { folder });
  mkdirSync(join(folder, files.certificates), { recursive: true });
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const now = Math.floor(clock());
  const request = {
    holder: { kind: "authority" as const, name },
    key: publicKey,
    from: now - EARLY_SEC,
    to: now + days * DAY_SEC,
  };
  const certificate = await makeCertificate(request, { certificate: null, key: privateKey });
  const cipher = passphrase === null ? {} : { cipher: "aes-256-cbc", passphrase };
  writeFileSync(join(folder, files.key), privateKey.export({ type: "pkcs8", format: "pem", ...cipher }), {
    mode: 0o600,
  });
  writeFileSync(join(folder, files.certificate), certificatePem(certificate));
  await writeList(folder, { certificate, key: privateKey }, [], now);
  return openAuthority(folder, { passphrase, clock });
}

/** Rejects with NO_AUTHORITY or WRONG_PASSPHRASE. */
export async function openAuthority(folder: string, { passphrase, clock }: AuthorityOptions): Promise<Authority> {
  const open = await readPublicAuthority(folder);
  const own = { certificate: open.certificate, key: readKey(folder, passphrase) };
  const certificates = [...open.certificates];
  let { list } = open;
  const state = (): PublicAuthority => ({ ...open, certificates: [...certificates], list });

  async function make(
    holder: Holder,
    key: KeyObject,
    { days, from = clock() - EARLY_SEC }: Validity,
  ): Promise<Certificate> {
    const reason = reasonAgainst(holder, state(), key);
    if (reason !== null) throw authorityErrors.make("BAD_HOLDER", { name: holder.name, reason });
    const start = Math.floor(from);
    const to = Math.min(own.certificate.to, start + EARLY_SEC + days * DAY_SEC);
    const certificate = await makeCertificate({ holder, key, from: start, to }, own);
    writeWhole(join(folder, files.certificates, `${certificate.serial}.pem`), certificatePem(certificate));
    certificates.push(certificate);
    return certificate;
  }
  /** The only one whose serial number begins so, and that is not revoked. */
  function find(serial: string): Certificate {
    const found = certificates.filter((one) => one.serial.startsWith(serial) && !revocationOf(state(), one));
    if (serial === "" || found.length !== 1) throw authorityErrors.make("NO_CERTIFICATE", { serial });
    return found[0]!;
  }
  return {
    get open() {
      return state();
    },
    issue: make,
    renew: async (serial, validity) => {
      const { holder, key } = find(serial);
      return make(holder, key, validity);
    },
    async revoke(serial, reason, at = clock()) {
      const revocation: Revocation = { serial: find(serial).serial, time: Math.floor(at), reason };
      list = await writeList(folder, own, [...list.revocations, revocation], Math.floor(clock()));
    },
    async publish() {
      list = await writeList(folder, own, list.revocations, Math.floor(clock()));
    },
  };
}

function reasonAgainst(holder: Holder, authority: PublicAuthority, key: KeyObject): string | null {
  if (holder.name === "" || holder.name.length > LONGEST_NAME) return `a name has 1 to ${LONGEST_NAME} letters`;
  if (holder.kind === "person" && !/^[^\s@<>]+@[^\s@<>]+$/.test(holder.email)) return "its e-mail address is none";
  if (holder.kind !== "station") return null;
  if (!/^[A-Z0-9]{1,8}$/.test(holder.name)) return "a station's code has up to 8 capital letters and digits";
  const other = authority.certificates.find(
    (one) => one.holder.kind === "station" && one.holder.keyId === holder.keyId && !one.key.equals(key),
  );
  return other ? `the number ${holder.keyId} is that of another key, of station ${other.holder.name}` : null;
}

async function writeList(
  folder: string,
  own: { readonly certificate: Certificate; readonly key: KeyObject },
  revocations: readonly Revocation[],
  now: number,
) {
  const list = await makeRevocationList(own, revocations, now, now + LIST_DAYS * DAY_SEC);
  const text = Buffer.from(list.der).toString("base64").replace(/.{64}/g, "$&\n").trimEnd();
  writeWhole(join(folder, files.revocations), `-----BEGIN X509 CRL-----\n${text}\n-----END X509 CRL-----\n`);
  return list;
}

function readKey(folder: string, passphrase: string | null): KeyObject {
  try {
    const pem = readFileSync(join(folder, files.key));
    return createPrivateKey(passphrase === null ? pem : { key: pem, passphrase });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw authorityErrors.make("WRONG_PASSPHRASE", { reason }, cause);
  }
}

/** A reader sees the old file or the new one. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}
