/**
 * The keys of stations: public ones to verify with at the centre, private ones to sign with at the station. A configuration names files; no key
 * ever stands in one.
 *
 *     const ring = loadKeyRing([{ keyId: 101, owner: "ARCES", file: "keys/arces.pem" }], folder);
 *
 * Three kinds: DSA of 1024 bits with SHA-1, as stations had from the beginning (FIPS 186-2; raw r and s of 20 bytes each), ECDSA on P-256 with
 * SHA-256 (FIPS 186-4; raw r and s of 32 bytes), and Ed25519 (RFC 8032).
 */
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseTime } from "@harken/core";
import { type Static, Type } from "typebox";
import { acquisitionErrors } from "./errors.ts";

export const KeySettings = Type.Object({
  keyId: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1, description: "The number that frames name the key by" }),
  owner: Type.String({ minLength: 1, maxLength: 8, description: "Station (or centre) whose key it is" }),
  file: Type.String({
    minLength: 1,
    description: "PEM file: a public key or a certificate at the centre, a private key at the station",
  }),
  from: Type.Optional(Type.String({ description: "Data before this time are not signed by it, UTC" })),
  to: Type.Optional(Type.String({ description: "Data after this time are not signed by it, UTC" })),
  revoked: Type.Optional(Type.Boolean({ description: "What it signs is refused" })),
});
export type KeySettings = Static<typeof KeySettings>;

export type SignatureAlgorithm = "DSA-1024/SHA-1" | "ECDSA-P256/SHA-256" | "Ed25519";

export interface StationKey {
  readonly keyId: number;
  readonly owner: string;
  readonly key: KeyObject;
  readonly algorithm: SignatureAlgorithm;
  /** Of the data, epoch s. */
  readonly from: number;
  readonly to: number;
  readonly isRevoked: boolean;
  /** Why it ends or is revoked, where that is known. */
  readonly remark?: string;
}

export type KeyRing = ReadonlyMap<number, StationKey>;

/** What `node:crypto` calls the digest. */
export const digests: Readonly<Record<SignatureAlgorithm, string | null>> = {
  "DSA-1024/SHA-1": "sha1",
  "ECDSA-P256/SHA-256": "sha256",
  Ed25519: null,
};

/** Bytes of r and of s in a signature. */
export const rawBytes: Readonly<Record<Exclude<SignatureAlgorithm, "Ed25519">, number>> = {
  "DSA-1024/SHA-1": 20,
  "ECDSA-P256/SHA-256": 32,
};

/** Reads the key files named; paths are relative to `folder`. Throws BAD_KEY. */
export function loadKeyRing(
  settings: readonly KeySettings[],
  folder: string,
  part: "public" | "private" = "public",
): KeyRing {
  const ring = new Map<number, StationKey>();
  for (const { keyId, owner, file, from, to, revoked = false } of settings) {
    const bad = (reason: string, cause?: unknown) => acquisitionErrors.make("BAD_KEY", { keyId, file, reason }, cause);
    if (ring.has(keyId)) throw bad("another key has the same number");
    let key: KeyObject;
    try {
      const pem = readFileSync(resolve(folder, file));
      key = part === "public" ? createPublicKey(pem) : createPrivateKey(pem);
    } catch (cause) {
      throw bad(cause instanceof Error ? cause.message : String(cause), cause);
    }
    const algorithm = algorithmOf(key);
    if (!algorithm) throw bad("it is none of DSA of 1024 bits, ECDSA on P-256, Ed25519");
    const [fromTime, toTime] = [boundary(from, -Infinity), boundary(to, Infinity)];
    if (fromTime === null || toTime === null) throw bad("its times are not understood; write them as 2026-01-31");
    ring.set(keyId, { keyId, owner, key, algorithm, from: fromTime, to: toTime, isRevoked: revoked });
  }
  return ring;
}

const boundary = (text: string | undefined, none: number): number | null =>
  text === undefined ? none : parseTime(text);

export function algorithmOf(key: KeyObject): SignatureAlgorithm | null {
  const { asymmetricKeyType, asymmetricKeyDetails } = key;
  if (asymmetricKeyType === "ed25519") return "Ed25519";
  if (asymmetricKeyType === "ec" && asymmetricKeyDetails?.namedCurve === "prime256v1") return "ECDSA-P256/SHA-256";
  if (asymmetricKeyType === "dsa" && asymmetricKeyDetails?.modulusLength === 1024) return "DSA-1024/SHA-1";
  return null;
}
