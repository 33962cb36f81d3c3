/** The authority's list of certificates that count no more (X.509 CRL version 2, RFC 5280 section 5). */
import "reflect-metadata";
import { X509Certificate, X509Crl, X509CrlGenerator, X509CrlReason } from "@peculiar/x509";
import { type Certificate, type Issuer, signingAlgorithm, signingKeyOf } from "./certificates.ts";

export const revocationReasons = [
  "unspecified",
  "keyCompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "privilegeWithdrawn",
] as const;
export type RevocationReason = (typeof revocationReasons)[number];

export interface Revocation {
  /** Of the certificate, hexadecimal, lower case. */
  readonly serial: string;
  /** Epoch s. */
  readonly time: number;
  readonly reason: RevocationReason;
}

export interface RevocationList {
  readonly issuedAt: number;
  /** A newer one is there by then, epoch s. */
  readonly nextAt: number;
  readonly revocations: readonly Revocation[];
  readonly der: Uint8Array<ArrayBuffer>;
}

export async function makeRevocationList(
  { certificate, key }: Issuer,
  revocations: readonly Revocation[],
  issuedAt: number,
  nextAt: number,
): Promise<RevocationList> {
  const made = await X509CrlGenerator.create({
    ...{ issuer: new X509Certificate(certificate.der).subjectName, signingAlgorithm, signingKey: signingKeyOf(key) },
    ...{ thisUpdate: new Date(issuedAt * 1_000), nextUpdate: new Date(nextAt * 1_000) },
    entries: revocations.map(({ serial, time, reason }) => ({
      ...{ serialNumber: serial, revocationDate: new Date(time * 1_000), reason: X509CrlReason[reason] },
    })),
  });
  return { issuedAt, nextAt, revocations, der: new Uint8Array(made.rawData) };
}

/** null for what is no list that this authority has signed. Never throws for what the bytes say. */
export async function readRevocationList(
  der: Uint8Array<ArrayBuffer>,
  authority: Certificate,
): Promise<RevocationList | null> {
  try {
    const crl = new X509Crl(der);
    if (!(await crl.verify({ publicKey: new X509Certificate(authority.der).publicKey }))) return null;
    const revocations = crl.entries.map(({ serialNumber, revocationDate, reason }) => ({
      ...{ serial: serialNumber.toLowerCase(), time: revocationDate.getTime() / 1_000 },
      reason: revocationReasons.find((name) => X509CrlReason[name] === reason) ?? "unspecified",
    }));
    const [issuedAt, nextAt] = [crl.thisUpdate.getTime() / 1_000, (crl.nextUpdate?.getTime() ?? Infinity) / 1_000];
    return { issuedAt, nextAt, revocations, der };
  } catch {
    // Whatever the library finds wrong with the bytes: they are no list.
    return null;
  }
}

/**
 * From when on a revocation counts, epoch s: of a key that others may have, nothing counts, whatever time they write; of one that was given up, what it
 * signed before.
 */
export const revokedSince = ({ time, reason }: Revocation): number =>
  reason === "superseded" || reason === "cessationOfOperation" || reason === "affiliationChanged" ? time : -Infinity;
