/**
 * Signatures of the Cryptographic Message Syntax (RFC 5652, SignedData with signed attributes; RFC 8419 for Ed25519): made and verified, detached or around
 * their content. Who the signer's certificate belongs to is not asked here.
 */
import "reflect-metadata";
import { createHash, createPublicKey, type KeyObject, sign as signBytes, verify as verifyBytes } from "node:crypto";
import {
  Attribute,
  CertificateChoices,
  CertificateSet,
  ContentInfo,
  DigestAlgorithmIdentifiers,
  EncapsulatedContent,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  SignerIdentifier,
  SignerInfo,
  SignerInfos,
} from "@peculiar/asn1-cms";
import { AsnConvert, AsnObjectIdentifierConverter, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier, Certificate as AsnCertificate, SubjectKeyIdentifier, Time } from "@peculiar/asn1-x509";

export interface CmsSigner {
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly key: KeyObject;
}

export interface CmsOpinion {
  /** DER of the certificate that came with the signature and fits it. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** When the signer says that it signed, epoch s. */
  readonly time: number | null;
}

export type CmsVerified =
  | { readonly ok: true; readonly signers: readonly CmsOpinion[]; readonly content: Uint8Array }
  | { readonly ok: false; readonly reason: string };

const oid = Object.freeze({
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  subjectKeyIdentifier: "2.5.29.14",
});
/** Digests by their identifiers; SHA-1 is for messages of old stations. */
const digests: Readonly<Record<string, string>> = {
  "1.3.14.3.2.26": "sha1",
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};
const digestIds: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(digests).map(([id, name]) => [name, id]),
);
/** What is signed with, by the kind of key: its identifier, and the digest. */
const schemes: Readonly<Record<string, { readonly id: string; readonly digest: string }>> = {
  ec: { id: "1.2.840.10045.4.3.2", digest: "sha256" },
  ed25519: { id: "1.3.101.112", digest: "sha512" },
  dsa: { id: "2.16.840.1.101.3.4.3.2", digest: "sha256" },
  rsa: { id: "1.2.840.113549.1.1.1", digest: "sha256" },
};
/** A message with more than this is none that a person or a station sends. */
const MOST_SIGNERS = 8;

/** Signs a content; with `isDetached` it is left out of the answer. `now` epoch s. */
export function signCms(
  content: Uint8Array,
  { certificate, key }: CmsSigner,
  now: number,
  isDetached = true,
): Uint8Array<ArrayBuffer> {
  const scheme = schemes[key.asymmetricKeyType ?? ""];
  if (!scheme) throw new RangeError(`a key of the kind ${key.asymmetricKeyType} cannot sign messages`);
  const own = AsnConvert.parse(certificate, AsnCertificate).tbsCertificate;
  const digestAlgorithm = new AlgorithmIdentifier({ algorithm: digestIds[scheme.digest]! });
  const time = AsnConvert.serialize(new Time(new Date(Math.floor(now) * 1_000)));
  const attributes = [
    attribute(oid.contentType, AsnObjectIdentifierConverter.toASN(oid.data).toBER()),
    attribute(
      oid.messageDigest,
      AsnConvert.serialize(new OctetString(createHash(scheme.digest).update(content).digest())),
    ),
    attribute(oid.signingTime, time),
  ].sort((a, b) => Buffer.compare(derOf(a), derOf(b)));
  const signature = signBytes(schemeDigest(scheme), signedSet(attributes), key);
  const info = new SignerInfo({
    ...{ version: 1, digestAlgorithm, signedAttrs: attributes },
    sid: new SignerIdentifier({
      issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
    }),
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: scheme.id }),
    signature: new OctetString(signature),
  });
  const signed = new SignedData({
    ...{ version: 1, digestAlgorithms: new DigestAlgorithmIdentifiers([digestAlgorithm]) },
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: oid.data,
      ...(isDetached ? {} : { eContent: new EncapsulatedContent({ single: new OctetString(content) }) }),
    }),
    certificates: new CertificateSet([
      new CertificateChoices({ certificate: AsnConvert.parse(certificate, AsnCertificate) }),
    ]),
    signerInfos: new SignerInfos([info]),
  });
  const envelope = new ContentInfo({ contentType: oid.signedData, content: AsnConvert.serialize(signed) });
  return new Uint8Array(AsnConvert.serialize(envelope));
}

/** Verifies every signature. `detached`: the content, where it is not inside. Never throws for what the bytes say. */
export function verifyCms(der: Uint8Array<ArrayBuffer>, detached: Uint8Array | null): CmsVerified {
  const no = (reason: string): CmsVerified => ({ ok: false, reason });
  try {
    const envelope = AsnConvert.parse(der, ContentInfo);
    if (envelope.contentType !== oid.signedData) return no("it is not a signed message");
    const signed = AsnConvert.parse(envelope.content, SignedData);
    const inside = signed.encapContentInfo.eContent?.single?.buffer;
    const content = detached ?? (inside ? new Uint8Array(inside) : null);
    if (!content) return no("what was signed is not there");
    const certificates = (signed.certificates ?? []).flatMap(({ certificate }) => certificate ?? []);
    if (signed.signerInfos.length === 0) return no("nobody has signed it");
    if (signed.signerInfos.length > MOST_SIGNERS) return no(`it has more than ${MOST_SIGNERS} signatures`);
    const signers: CmsOpinion[] = [];
    for (const info of signed.signerInfos) {
      const certificate = certificates.find((one) => isOf(info.sid, one));
      if (!certificate) return no("the signer's certificate is not in it");
      const reason = reasonAgainst(info, certificate, content);
      if (reason !== null) return no(reason);
      const raw = new Uint8Array(AsnConvert.serialize(certificate));
      signers.push({ certificate: raw, time: signingTime(info) });
    }
    return { ok: true, signers, content };
  } catch (cause) {
    // The library's complaint about bytes that are no such message.
    return no(`it cannot be read: ${cause instanceof Error ? cause.message.slice(0, 120) : String(cause)}`);
  }
}

function reasonAgainst(info: SignerInfo, certificate: AsnCertificate, content: Uint8Array): string | null {
  const digest = digests[info.digestAlgorithm.algorithm];
  if (!digest) return `its digest ${info.digestAlgorithm.algorithm} is not known`;
  const spki = Buffer.from(AsnConvert.serialize(certificate.tbsCertificate.subjectPublicKeyInfo));
  const key = createPublicKey({ key: spki, type: "spki", format: "der" });
  let covered = content;
  if (info.signedAttrs) {
    const told = attributeOf(info, oid.messageDigest);
    const real = createHash(digest).update(content).digest();
    if (!told || !Buffer.from(AsnConvert.parse(told, OctetString).buffer).equals(real))
      return "its content was changed after it was signed";
    covered = signedSet(info.signedAttrs);
  }
  const isEdwards = key.asymmetricKeyType === "ed25519";
  const isRight = verifyBytes(isEdwards ? null : digest, covered, key, Buffer.from(info.signature.buffer));
  return isRight ? null : "its signature is wrong";
}

function signingTime(info: SignerInfo): number | null {
  const value = attributeOf(info, oid.signingTime);
  return value ? AsnConvert.parse(value, Time).getTime().getTime() / 1_000 : null;
}

const attributeOf = (info: SignerInfo, type: string): ArrayBuffer | undefined =>
  info.signedAttrs?.find(({ attrType }) => attrType === type)?.attrValues[0];

function isOf(
  { issuerAndSerialNumber, subjectKeyIdentifier }: SignerIdentifier,
  { tbsCertificate }: AsnCertificate,
): boolean {
  if (issuerAndSerialNumber)
    return (
      derOf(issuerAndSerialNumber.issuer).equals(derOf(tbsCertificate.issuer)) &&
      Buffer.from(issuerAndSerialNumber.serialNumber).equals(Buffer.from(tbsCertificate.serialNumber))
    );
  const own = tbsCertificate.extensions?.find(({ extnID }) => extnID === oid.subjectKeyIdentifier);
  return Boolean(
    own &&
      subjectKeyIdentifier &&
      Buffer.from(AsnConvert.parse(own.extnValue.buffer, SubjectKeyIdentifier).buffer).equals(
        Buffer.from(subjectKeyIdentifier.buffer),
      ),
  );
}

const schemeDigest = ({ id, digest }: { readonly id: string; readonly digest: string }) =>
  id === schemes["ed25519"]!.id ? null : digest;
const derOf = (item: object) => Buffer.from(AsnConvert.serialize(item));
const attribute = (attrType: string, value: ArrayBuffer) => new Attribute({ attrType, attrValues: [value] });

/** In the message the attributes stand under [0]; what is signed is the same as a SET, in the order that DER has (RFC 5652, 5.4). */
function signedSet(attributes: readonly Attribute[]): Uint8Array {
  const body = Buffer.concat(attributes.map(derOf).sort(Buffer.compare));
  return Buffer.concat([Buffer.from([0x31, ...lengthOf(body.length)]), body]);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
