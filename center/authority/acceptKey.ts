/** A station's confirmation that its key is changed (center/station/keyChange.ts) becomes a certificate, and ends the old one. */
import { decodeImsCommands } from "@harken/formats";
import { confirmedKey, keyChangeOf } from "../station/keyChange.ts";
import type { Authority } from "./authority.ts";
import type { Certificate } from "./certificates.ts";
import { authorityErrors } from "./errors.ts";
import { reasonAgainstAt } from "./publicAuthority.ts";

/** Rejects with NOT_BELIEVED when the old key has not signed it, or counts no more at `now` (epoch s). */
export async function acceptKeyChange(
  authority: Authority,
  bytes: Uint8Array,
  { days, now }: { readonly days: number; readonly now: number },
): Promise<Certificate> {
  const no = (reason: string) => authorityErrors.make("NOT_BELIEVED", { reason });
  const [answer] = decodeImsCommands(bytes).items;
  const change = answer?.name === "KEY_CONFIRM" ? keyChangeOf(answer.words, answer.startTime) : null;
  if (!answer || !change) throw no("it is no confirmation of a changed key");
  const old = authority.open.certificates.findLast(
    (one) =>
      one.holder.kind === "station" &&
      one.holder.name === change.station &&
      one.holder.keyId === change.oldKeyId &&
      reasonAgainstAt(authority.open, one, now) === null,
  );
  if (!old) throw no(`${change.station} has no valid certificate of key ${change.oldKeyId}`);
  const key = confirmedKey(change, answer.words, old.key);
  if (!key) throw no(`key ${change.oldKeyId} of ${change.station} has not signed it`);
  const holder = { kind: "station" as const, name: change.station, keyId: change.keyId };
  // Data from the change on may be older than the confirmation.
  const certificate = await authority.issue(holder, key, { days, from: Math.min(now, change.from) });
  await authority.revoke(old.serial, "superseded", change.from);
  return certificate;
}
