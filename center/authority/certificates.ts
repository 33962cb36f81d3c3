/**
 * Certificates of the authority (X.509 version 3, RFC 5280): who holds one, how it is made, and how it is read. A station's carries the number that frames
 * name its key by as the serialNumber of its subject.
 */
import "reflect-metadata";
import { createPublicKey, type KeyObject, X509Certificate as ReadCertificate, randomBytes } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

export type Holder =
  | { readonly kind: "authority"; readonly name: string }
  | { readonly kind: "station"; readonly name: string; readonly keyId: number }
  | { readonly kind: "person"; readonly name: string; readonly email: string };

export interface Certificate {
  /** Hexadecimal, lower case. */
  readonly serial: string;
  readonly holder: Holder;
  /** Epoch s. */
  readonly from: number;
  readonly to: number;
  readonly key: KeyObject;
  readonly der: Uint8Array<ArrayBuffer>;
}

export interface Issuer {
  readonly certificate: Certificate;
  readonly key: KeyObject;
}

export interface CertificateRequest {
  readonly holder: Holder;
  readonly key: KeyObject;
  readonly from: number;
  readonly to: number;
}

const SERIAL_BYTES = 16;
export const signingAlgorithm = Object.freeze({ name: "ECDSA", hash: "SHA-256" });
const curve = Object.freeze({ name: "ECDSA", namedCurve: "P-256" });
const units = Object.freeze({ authority: "Authority", station: "Stations", person: "People" });
/** Object identifiers of subject attributes: serialNumber, and the organizational unit by its short name. */
const SERIAL_NUMBER = "2.5.4.5";

export const signingKeyOf = (key: KeyObject) => key.toCryptoKey(curve, false, ["sign"]);

/** The issuer's key is on P-256; null issuer: the certificate signs itself. */
export async function makeCertificate(
  { holder, key, from, to }: CertificateRequest,
  issuer: Issuer | { readonly certificate: null; readonly key: KeyObject },
): Promise<Certificate> {
  const publicKey = new PublicKey(key.export({ type: "spki", format: "der" }) as Uint8Array<ArrayBuffer>);
  const issuing = issuer.certificate ? new X509Certificate(issuer.certificate.der) : null;
  const serial = randomBytes(SERIAL_BYTES);
  // Positive, and of one length.
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  const isAuthority = holder.kind === "authority";
  const made = await X509CertificateGenerator.create({
    ...{ serialNumber: serial.toString("hex"), subject: nameOf(holder) },
    issuer: issuing ? issuing.subjectName : nameOf(holder),
    ...{ notBefore: new Date(from * 1_000), notAfter: new Date(to * 1_000), signingAlgorithm },
    ...{ publicKey, signingKey: signingKeyOf(issuer.key) },
    extensions: [
      new BasicConstraintsExtension(isAuthority, isAuthority ? 0 : undefined, true),
      new KeyUsagesExtension(
        isAuthority
          ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign
          : KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation,
        true,
      ),
      await SubjectKeyIdentifierExtension.create(publicKey),
      await AuthorityKeyIdentifierExtension.create(issuing ? issuing.publicKey : publicKey),
      ...(holder.kind === "person"
        ? [new SubjectAlternativeNameExtension([{ type: "email", value: holder.email }])]
        : []),
    ],
  });
  return readCertificate(new Uint8Array(made.rawData))!;
}

/** null for what is no certificate of an authority as this one makes them. Never throws for what the bytes say. */
export function readCertificate(der: Uint8Array<ArrayBuffer>): Certificate | null {
  try {
    const parsed = new X509Certificate(der);
    const holder = holderOf(parsed);
    if (!holder) return null;
    const key = createPublicKey({ key: Buffer.from(parsed.publicKey.rawData), type: "spki", format: "der" });
    const [from, to] = [parsed.notBefore.getTime() / 1_000, parsed.notAfter.getTime() / 1_000];
    return { serial: parsed.serialNumber.toLowerCase(), holder, from, to, key, der };
  } catch {
    // Whatever the library finds wrong with the bytes: they are no certificate.
    return null;
  }
}

/** Whether the authority's key has signed it, and its name stands as the issuer. */
export function isIssuedBy(certificate: Certificate, authority: Certificate): boolean {
  try {
    const [own, above] = [new ReadCertificate(certificate.der), new ReadCertificate(authority.der)];
    return own.checkIssued(above) && own.verify(authority.key);
  } catch {
    // A signature in an unknown algorithm is none.
    return false;
  }
}

export const certificatePem = ({ der }: Pick<Certificate, "der">): string => new ReadCertificate(der).toString();

export function holderText(holder: Holder): string {
  if (holder.kind === "station") return `station ${holder.name}, key ${holder.keyId}`;
  return holder.kind === "person" ? `${holder.name} <${holder.email}>` : `authority ${holder.name}`;
}

function nameOf(holder: Holder): Name {
  return new Name([
    { CN: [{ utf8String: holder.name }] },
    { OU: [{ utf8String: units[holder.kind] }] },
    ...(holder.kind === "station" ? [{ [SERIAL_NUMBER]: [{ printableString: String(holder.keyId) }] }] : []),
  ]);
}

function holderOf(parsed: X509Certificate): Holder | null {
  const [name] = parsed.subjectName.getField("CN");
  const [unit] = parsed.subjectName.getField("OU");
  if (!name) return null;
  if (unit === units.authority)
    return parsed.getExtension(BasicConstraintsExtension)?.ca ? { kind: "authority", name } : null;
  if (unit === units.station) {
    const keyId = Number(parsed.subjectName.getField(SERIAL_NUMBER)[0]);
    return Number.isSafeInteger(keyId) && keyId > 0 ? { kind: "station", name, keyId } : null;
  }
  const email = parsed
    .getExtension(SubjectAlternativeNameExtension)
    ?.names.items.find(({ type }) => type === "email")?.value;
  return unit === units.person && email !== undefined ? { kind: "person", name, email } : null;
}
