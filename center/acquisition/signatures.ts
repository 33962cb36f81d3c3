/**
 * Signatures of CD-1.1 made and verified. Verification runs in the thread pool, so that the loop that serves the sockets goes on meanwhile.
 *
 *     const verdict = await verifyCd11Frame(bytes, frame, ring);       // { verdict: "verified", verified: 26, ... }
 *     const bytes = encodeCd11Frame(signCd11Channels(frame, sign), sign);
 */
import { sign as signBytes, verify } from "node:crypto";
import {
  type Cd11ChannelSubframe,
  type Cd11Sign,
  type ReceivedCd11Frame,
  readCd11Time,
  signedChannelBytes,
} from "@harken/formats";
import type { Verdict } from "@harken/store";
import { derOf } from "./derSignature.ts";
import { digests, type KeyRing, rawBytes, type StationKey } from "./keys.ts";

export interface FrameVerdict {
  /** The worst of all signatures. */
  readonly verdict: Verdict;
  readonly frame: Verdict;
  /** In the order of the frame's channels. */
  readonly channels: readonly Verdict[];
  readonly verified: number;
  readonly unsigned: number;
  readonly refused: number;
  /** What is wrong, in words; "" when nothing is. */
  readonly detail: string;
}

interface Opinion {
  readonly verdict: Verdict;
  readonly reason: string;
}

const worse: readonly Verdict[] = ["verified", "unsigned", "unknown-key", "refused"];
/** Channels that are named in a detail. */
const MOST_NAMED = 8;

/** Signatures are right only when the frame's creator owns the key. */
export async function verifyCd11Frame(
  bytes: Uint8Array,
  frame: ReceivedCd11Frame,
  ring: KeyRing,
): Promise<FrameVerdict> {
  const { payload, signed, authentication, creator } = frame;
  const owner = creator.trim();
  const channels = payload.kind === "data" ? payload.channels : [];
  const time = payload.kind === "data" ? readCd11Time(payload.nominalTime) : null;
  const [own, ...rest] = await Promise.all([
    judge(bytes.subarray(signed.start, signed.end), authentication.keyId, authentication.value, owner, time, ring),
    ...channels.map((channel) => judgeChannel(bytes, channel, owner, ring)),
  ]);
  const all = [own!, ...rest];
  const count = (verdict: Verdict) => all.filter((opinion) => opinion.verdict === verdict).length;
  const wrong = [
    ...(own!.reason ? [`frame: ${own!.reason}`] : []),
    ...rest.flatMap(({ reason }, i) => (reason ? [`${channels[i]!.site} ${channels[i]!.channel}: ${reason}`] : [])),
  ];
  const named = wrong.slice(0, MOST_NAMED);
  return {
    verdict: worse[Math.max(...all.map(({ verdict }) => worse.indexOf(verdict)))]!,
    frame: own!.verdict,
    channels: rest.map(({ verdict }) => verdict),
    verified: count("verified"),
    unsigned: count("unsigned"),
    refused: count("refused"),
    detail: named.join("; ") + (wrong.length > named.length ? `; and ${wrong.length - named.length} more` : ""),
  };
}

async function judgeChannel(
  bytes: Uint8Array,
  channel: Cd11ChannelSubframe,
  owner: string,
  ring: KeyRing,
): Promise<Opinion> {
  const { keyId, value } = channel.authentication;
  if (keyId === 0) return { verdict: "unsigned", reason: "" };
  const covered = signedChannelBytes(channel, bytes);
  if (!covered) return { verdict: "refused", reason: "its samples do not unpack to what was signed" };
  return judge(covered, keyId, value, owner, readCd11Time(channel.timeStamp), ring);
}

async function judge(
  covered: Uint8Array,
  keyId: number,
  value: Uint8Array,
  owner: string,
  time: number | null,
  ring: KeyRing,
): Promise<Opinion> {
  if (keyId === 0) return { verdict: "unsigned", reason: "" };
  const key = ring.get(keyId);
  if (!key) return { verdict: "unknown-key", reason: `key ${keyId} is not known` };
  if (key.owner !== owner) return { verdict: "refused", reason: `key ${keyId} is ${key.owner}'s` };
  const why = key.remark === undefined ? "" : ` (${key.remark})`;
  if (key.isRevoked) return { verdict: "refused", reason: `key ${keyId} is revoked${why}` };
  if (time !== null && (time < key.from || time > key.to))
    return { verdict: "refused", reason: `key ${keyId} is not valid at the time of the data${why}` };
  const isRight = await isSignedBy(key, covered, value);
  return isRight
    ? { verdict: "verified", reason: "" }
    : { verdict: "refused", reason: `the signature of key ${keyId} is wrong` };
}

export function isSignedBy({ key, algorithm }: StationKey, covered: Uint8Array, value: Uint8Array): Promise<boolean> {
  const signature = algorithm === "Ed25519" ? value : derOf(value, rawBytes[algorithm]);
  if (!signature) return Promise.resolve(false);
  return new Promise((resolve) => {
    // The key as it is: `node:crypto` takes twenty times as long to begin with a key that stands in an object of options.
    verify(digests[algorithm], covered, key, signature, (error, isRight) => resolve(error === null && isRight));
  });
}

/** Signs with the private keys of a ring. Throws for a key that is not in it. */
export function signerOf(ring: KeyRing): Cd11Sign {
  return (covered, keyId) => {
    const found = ring.get(keyId);
    if (!found) throw new RangeError(`There is no key ${keyId} to sign with.`);
    const { key, algorithm } = found;
    const how = algorithm === "Ed25519" ? key : { key, dsaEncoding: "ieee-p1363" as const };
    return new Uint8Array(signBytes(digests[algorithm], covered, how));
  };
}
