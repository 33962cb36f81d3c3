/**
 * Keys of stations from the folder of a certificate authority: whoever holds a certificate may sign, until it ends or is revoked. The folder is looked at
 * again while the centre runs, and what is about to expire is told once a day.
 */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { isoTime } from "@harken/core";
import { type Static, Type } from "typebox";
import { expiryWarnings } from "../authority/expiry.ts";
import { files, type PublicAuthority, readPublicAuthority, revocationOf } from "../authority/publicAuthority.ts";
import { revokedSince } from "../authority/revocations.ts";
import type { AlarmBook } from "./alarms.ts";
import { algorithmOf, type StationKey } from "./keys.ts";

export const AuthoritySettings = Type.Object({
  folder: Type.String({
    minLength: 1,
    description:
      "Folder of the authority: its certificate, those that it issued, and its list of the revoked; not its key",
  }),
  lookSec: Type.Number({ minimum: 0.05, default: 30, description: "How often the folder is looked at, s" }),
  warnDays: Type.Number({ minimum: 0, default: 60, description: "So long before a certificate ends it is told, days" }),
});
export type AuthoritySettings = Static<typeof AuthoritySettings>;

export interface AuthorityFollower {
  stop(): void;
}

export interface AuthorityParts {
  readonly settings: AuthoritySettings;
  readonly settingsFolder: string;
  /** Gets the keys; a key of the authority stands before one of the configuration with the same number. */
  readonly ring: Map<number, StationKey>;
  readonly alarms: AlarmBook;
  readonly clock: () => number;
}

const TELL_SEC = 86_400;

/** Rejects with NO_AUTHORITY when the folder cannot be read at the start. */
export async function followAuthority(parts: AuthorityParts): Promise<AuthorityFollower> {
  const { settings, ring, alarms, clock } = parts;
  const folder = resolve(parts.settingsFolder, settings.folder);
  const configured = new Map(ring);
  let state = stateOf(folder);
  let authority = await readPublicAuthority(folder);
  let toldAt = -Infinity;
  const take = () => {
    ring.clear();
    for (const [keyId, key] of configured) ring.set(keyId, key);
    for (const key of keysOf(authority)) ring.set(key.keyId, key);
    for (const name of authority.refused)
      alarms.raise(
        authority.certificate.holder.name,
        "certificate.refused",
        `${name} is no certificate of this authority`,
      );
  };
  const tell = () => {
    if (clock() - toldAt < TELL_SEC) return;
    toldAt = clock();
    for (const { code, source, detail } of expiryWarnings(authority, clock(), settings.warnDays))
      alarms.raise(source, code, detail, code === "certificate.expired" ? "alarm" : "warning");
  };
  async function look(): Promise<void> {
    const now = stateOf(folder);
    if (now !== state) {
      state = now;
      try {
        authority = await readPublicAuthority(folder);
        toldAt = -Infinity;
        take();
      } catch (cause) {
        // The keys that were known still count: a folder that is being copied must not stop the data.
        alarms.raise("authority", "authority.unreadable", cause instanceof Error ? cause.message : String(cause));
      }
    }
    tell();
  }
  take();
  tell();
  const timer = setInterval(() => void look(), settings.lookSec * 1_000);
  return { stop: () => clearInterval(timer) };
}

/**
 * One key for each number. A renewed certificate has its key count longer; a revoked one ends it, from when on the reason of the revocation says.
 */
export function keysOf(authority: PublicAuthority): StationKey[] {
  const keys = new Map<number, StationKey>();
  for (const certificate of authority.certificates) {
    const { holder, key } = certificate;
    const algorithm = algorithmOf(key);
    if (holder.kind !== "station" || !algorithm) continue;
    const revocation = revocationOf(authority, certificate);
    const since = revocation ? revokedSince(revocation) : Infinity;
    const to = Math.min(certificate.to, since);
    const before = keys.get(holder.keyId);
    const isLast = before === undefined || to > before.to;
    const ending =
      revocation && since <= certificate.to
        ? `its certificate is revoked: ${revocation.reason}`
        : `its certificate ended on ${isoTime(certificate.to, 0)}`;
    keys.set(holder.keyId, {
      ...{ keyId: holder.keyId, owner: holder.name, key, algorithm },
      from: Math.min(certificate.from, before?.from ?? Infinity),
      to: isLast ? to : before.to,
      isRevoked: since === -Infinity || (before?.isRevoked ?? false),
      remark: since === -Infinity || (isLast && !before?.isRevoked) ? ending : before!.remark!,
    });
  }
  return [...keys.values()];
}

/** Changes when any of the authority's files does. */
function stateOf(folder: string): string {
  const names = [files.certificate, files.revocations, files.certificates];
  return names.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0).join(" ");
}
