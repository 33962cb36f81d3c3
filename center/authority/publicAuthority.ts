/** What an authority shows the world: its certificate, those that it issued, and the list of the revoked. No key is needed to read it. */
import { X509Certificate } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Certificate, isIssuedBy, readCertificate } from "./certificates.ts";
import { authorityErrors } from "./errors.ts";
import { type Revocation, type RevocationList, readRevocationList } from "./revocations.ts";

/** Names in the folder of an authority. */
export const files = Object.freeze({
  certificate: "authority.crt.pem",
  key: "authority.key.pem",
  certificates: "certificates",
  revocations: "revocations.crl.pem",
});

export interface PublicAuthority {
  readonly certificate: Certificate;
  readonly certificates: readonly Certificate[];
  readonly list: RevocationList;
  /** Files that hold no certificate of this authority. */
  readonly refused: readonly string[];
}

/** Rejects with NO_AUTHORITY. Certificates that it has not signed are left out. */
export async function readPublicAuthority(folder: string): Promise<PublicAuthority> {
  const bad = (reason: string, cause?: unknown) => authorityErrors.make("NO_AUTHORITY", { folder, reason }, cause);
  let certificate: Certificate | null;
  let names: string[];
  let crl: string;
  try {
    certificate = certificateOf(readFileSync(join(folder, files.certificate), "utf8"));
    names = readdirSync(join(folder, files.certificates)).filter((name) => name.endsWith(".pem"));
    crl = readFileSync(join(folder, files.revocations), "utf8");
  } catch (cause) {
    throw bad(cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (certificate?.holder.kind !== "authority" || !isIssuedBy(certificate, certificate))
    throw bad(`${files.certificate} is no authority's certificate`);
  const list = await readRevocationList(derOf(crl), certificate);
  if (!list) throw bad(`${files.revocations} is not signed by it`);
  const authority = certificate;
  const read = names.sort().map((name) => {
    const one = certificateOf(readFileSync(join(folder, files.certificates, name), "utf8"));
    return { name, one: one && isIssuedBy(one, authority) ? one : null };
  });
  return {
    certificate,
    certificates: read.flatMap(({ one }) => one ?? []).sort((a, b) => a.from - b.from),
    list,
    refused: read.filter(({ one }) => !one).map(({ name }) => name),
  };
}

export const revocationOf = ({ list }: PublicAuthority, { serial }: Certificate): Revocation | null =>
  list.revocations.find((one) => one.serial === serial) ?? null;

/** Why a certificate is not to be believed at a time; null when it is. */
export function reasonAgainstAt(authority: PublicAuthority, certificate: Certificate, time: number): string | null {
  if (!isIssuedBy(certificate, authority.certificate)) return "its certificate is not of this authority";
  const revocation = revocationOf(authority, certificate);
  if (revocation) return `its certificate is revoked (${revocation.reason})`;
  if (time < certificate.from) return "its certificate is not valid yet";
  return time > certificate.to ? "its certificate has expired" : null;
}

function certificateOf(pem: string): Certificate | null {
  try {
    return readCertificate(new Uint8Array(new X509Certificate(pem).raw));
  } catch {
    // No PEM of a certificate.
    return null;
  }
}

const derOf = (pem: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----/g, "").replace(/\s+/g, ""), "base64"));
