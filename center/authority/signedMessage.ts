/**
 * Messages that a person or a station has signed: S/MIME (RFC 8551), `multipart/signed` with the signature beside the text, and on reading also
 * `application/pkcs7-mime` with the text inside.
 *
 *     const message = signMessage("BEGIN IMS2.0 ...", signer, now);
 *     const read = readSignedMessage(bytes, authority, now);      // { ok: true, text, signer } or { ok: false, reason }
 */
import { createHash } from "node:crypto";
import { type Certificate, readCertificate } from "./certificates.ts";
import { type CmsSigner, signCms, verifyCms } from "./cms.ts";
import { headersOf, type MimePart, parameterOf, partsOf, textOf, withCrlf } from "./mime.ts";
import { type PublicAuthority, reasonAgainstAt } from "./publicAuthority.ts";

export type SignedMessage =
  | {
      readonly ok: true;
      readonly text: string;
      readonly signer: Certificate;
      /** When the signer says that it was signed, epoch s. */
      readonly signedAt: number | null;
    }
  | { readonly ok: false; readonly reason: string };

const LONGEST_MESSAGE = 10_000_000;

export function signMessage(text: string, signer: CmsSigner, now: number): string {
  const part = withCrlf(`Content-Type: text/plain; charset=utf-8\n\n${text}`);
  const der = signCms(Buffer.from(part), signer, now);
  const boundary = `----${createHash("sha256").update(der).digest("hex").slice(0, 32)}`;
  const base64 = Buffer.from(der).toString("base64").replace(/.{64}/g, "$&\r\n").trimEnd();
  const micalg = signer.key.asymmetricKeyType === "ed25519" ? "sha-512" : "sha-256";
  return [
    "MIME-Version: 1.0",
    `Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg="${micalg}"; boundary="${boundary}"`,
    "",
    "This is a signed message.",
    "",
    `--${boundary}`,
    part,
    `--${boundary}`,
    'Content-Type: application/pkcs7-signature; name="smime.p7s"',
    "Content-Transfer-Encoding: base64",
    'Content-Disposition: attachment; filename="smime.p7s"',
    "",
    base64,
    "",
    `--${boundary}--`,
    "",
  ].join("\r\n");
}

/** Whether one of the authority's holders has signed it, at a time (epoch s) at which the certificate counts. Never throws for what the bytes say. */
export function readSignedMessage(bytes: Uint8Array, authority: PublicAuthority, now: number): SignedMessage {
  const opened = openSignedMessage(bytes);
  if (!opened.ok) return opened;
  const [first, ...others] = opened.signers;
  const signer = first && readCertificate(first.certificate);
  if (!signer || others.length > 0)
    return { ok: false, reason: "it is not signed by one holder of this authority's certificates" };
  const reason = reasonAgainstAt(authority, signer, now);
  return reason === null ? { ok: true, text: opened.text, signer, signedAt: first.time } : { ok: false, reason };
}

/** As above, whoever has signed. */
export function openSignedMessage(bytes: Uint8Array) {
  const no = (reason: string) => ({ ok: false as const, reason });
  if (bytes.length > LONGEST_MESSAGE) return no(`it has more than ${LONGEST_MESSAGE} bytes`);
  const { headers, body } = headersOf(Buffer.from(bytes).toString("latin1"));
  const type = headers.get("content-type") ?? "";
  if (/^application\/(?:x-)?pkcs7-mime\b/i.test(type)) {
    const verified = verifyCms(decoded({ headers, body }), null);
    if (!verified.ok) return verified;
    return { ...verified, text: contentText(Buffer.from(verified.content).toString("latin1")) };
  }
  const boundary = /^multipart\/signed\b/i.test(type) ? parameterOf(type, "boundary") : null;
  if (boundary === null) return no("it carries no signature");
  const parts = partsOf(body, boundary);
  if (parts.length !== 2) return no(`a signed message has two parts, this one ${parts.length}`);
  const [content, signature] = parts as [string, string];
  const verified = verifyCms(decoded(headersOf(signature)), Buffer.from(withCrlf(content), "latin1"));
  return verified.ok ? { ...verified, text: contentText(content) } : verified;
}

const contentText = (part: string): string => textOf(headersOf(part));

const decoded = ({ body }: MimePart): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(body.replace(/[^A-Za-z0-9+/=]/g, ""), "base64"));
