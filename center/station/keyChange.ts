/**
 * A station's key is changed by a signed command, and never leaves the station: it makes the new pair, tells the public part in a message that the old key
 * signs, and signs with the new one from the time on that the command names.
 *
 *     KEY_CHANGE
 *     STA_LIST ARCES
 *     OLD_KEY_ID 101
 *     KEY_ID 102
 *     START_TIME 2026/12/01 00:00:00.000
 *
 * The confirmation is KEY_CONFIRM with the same words and PUBLIC_KEY (base64 of the key as SubjectPublicKeyInfo) and SIGNATURE (of `confirmedText`, by the old key). No document
 * names such a command; the words are ours.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { imsTime } from "@harken/core";
import { type MessageName, writeImsCommand } from "@harken/formats";
import { algorithmOf, digests, type KeyRing, type StationKey } from "../acquisition/keys.ts";

export interface KeyChange {
  readonly station: string;
  readonly oldKeyId: number;
  readonly keyId: number;
  /** Epoch s, of the data. */
  readonly from: number;
}

/** The private keys of a station with those that commands have made, and which of them signs when. */
export class StationKeys {
  readonly #folder: string;
  readonly #ring: Map<number, StationKey>;
  #changes: readonly KeyChange[];

  constructor(ring: KeyRing, folder: string) {
    this.#folder = folder;
    this.#ring = new Map(ring);
    const kept = existsSync(this.#file) ? (JSON.parse(readFileSync(this.#file, "utf8")) as KeyChange[]) : [];
    this.#changes = kept;
    for (const change of kept) this.#add(change, createPrivateKey(readFileSync(this.#keyFile(change))));
  }

  get ring(): KeyRing {
    return this.#ring;
  }

  get changes(): readonly KeyChange[] {
    return this.#changes;
  }

  /** The key that stands in a configured one's place at a time of the data. */
  keyAt(configured: number, time: number): number {
    let keyId = configured;
    for (const change of this.#changes) if (change.oldKeyId === keyId && time >= change.from) keyId = change.keyId;
    return keyId;
  }

  /** Makes the new pair, on the disk before it counts; the words of the confirmation. A text says why it is refused. */
  change(change: KeyChange): [string, string][] | string {
    const old = this.#ring.get(change.oldKeyId);
    if (!old) return `this station has no key ${change.oldKeyId}`;
    if (this.#ring.has(change.keyId)) return `this station has a key ${change.keyId} already`;
    if (this.#changes.some(({ oldKeyId }) => oldKeyId === change.oldKeyId))
      return `key ${change.oldKeyId} is changed already`;
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#keyFile(change), privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    this.#changes = [...this.#changes, change];
    writeFileSync(`${this.#file}.part`, JSON.stringify(this.#changes));
    renameSync(`${this.#file}.part`, this.#file);
    this.#add(change, privateKey);
    const spki = publicKey.export({ type: "spki", format: "der" }).toString("base64");
    const key = { key: old.key, dsaEncoding: "ieee-p1363" } as const;
    const signature = sign(digests[old.algorithm], Buffer.from(confirmedText(change, spki)), key).toString("base64");
    return [...wordsOf(change), ["PUBLIC_KEY", spki], ["SIGNATURE", signature]];
  }

  get #file(): string {
    return join(this.#folder, "changes.json");
  }

  #keyFile({ station, keyId }: KeyChange): string {
    return join(this.#folder, `${station}-${keyId}.pem`);
  }

  #add({ station, keyId, from }: KeyChange, key: KeyObject): void {
    this.#ring.set(keyId, { keyId, owner: station, key, algorithm: "Ed25519", from, to: Infinity, isRevoked: false });
  }
}

const wordsOf = ({ station, oldKeyId, keyId, from }: KeyChange): [string, string][] => [
  ["STA_LIST", station],
  ["OLD_KEY_ID", String(oldKeyId)],
  ["KEY_ID", String(keyId)],
  ["START_TIME", imsTime(from)],
];

/** The message of the command, not signed yet. */
export const keyChangeCommand = (message: MessageName, change: KeyChange): string =>
  writeImsCommand(message, null, "KEY_CHANGE", wordsOf(change));

/** null for a command or confirmation that is not whole. */
export function keyChangeOf(words: ReadonlyMap<string, string>, from: number | null): KeyChange | null {
  const station = words.get("STA_LIST")?.toUpperCase() ?? "";
  const [oldKeyId, keyId] = [Number(words.get("OLD_KEY_ID")), Number(words.get("KEY_ID"))];
  const isWhole = /^[A-Z0-9]{1,8}$/.test(station) && oldKeyId > 0 && keyId > 0 && keyId < 2 ** 31 && from !== null;
  return isWhole && Number.isInteger(oldKeyId) && Number.isInteger(keyId) ? { station, oldKeyId, keyId, from } : null;
}

/** The new key of a confirmation that the old one has signed; null when it has not. */
export function confirmedKey(change: KeyChange, words: ReadonlyMap<string, string>, old: KeyObject): KeyObject | null {
  const spki = words.get("PUBLIC_KEY") ?? "";
  const algorithm = algorithmOf(old);
  if (!algorithm) return null;
  try {
    const covered = Buffer.from(confirmedText(change, spki));
    const signature = Buffer.from(words.get("SIGNATURE") ?? "", "base64");
    if (!verify(digests[algorithm], covered, { key: old, dsaEncoding: "ieee-p1363" }, signature)) return null;
    return createPublicKey({ key: Buffer.from(spki, "base64"), type: "spki", format: "der" });
  } catch {
    // Bytes that are no key or no signature confirm nothing.
    return null;
  }
}

function confirmedText(change: KeyChange, spki: string): string {
  return [...wordsOf(change), ["PUBLIC_KEY", spki]].map((pair) => pair.join(" ")).join("\n");
}
