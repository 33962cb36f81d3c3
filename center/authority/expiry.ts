/** No certificate expires unnoticed: what is to be told of an authority at a time. */
import { isoTime } from "@harken/core";
import { type Certificate, type Holder, holderText } from "./certificates.ts";
import { type PublicAuthority, revocationOf } from "./publicAuthority.ts";

export interface ExpiryWarning {
  readonly code: "certificate.expired" | "certificate.expires" | "revocations.old";
  /** Station or person; the authority's own name. */
  readonly source: string;
  readonly detail: string;
}

const DAY_SEC = 86_400;

/** A certificate that a later one of the same holder and number replaces is passed over, and so is one that is revoked. */
export function expiryWarnings(authority: PublicAuthority, now: number, warnDays: number): ExpiryWarning[] {
  const { certificate, certificates, list } = authority;
  const isSame = (a: Holder, b: Holder) => holderText(a) === holderText(b);
  const isReplaced = (one: Certificate) =>
    certificates.some(
      (other) => other.to > one.to && isSame(other.holder, one.holder) && !revocationOf(authority, other),
    );
  const current = [certificate, ...certificates.filter((one) => !revocationOf(authority, one) && !isReplaced(one))];
  const warnings = current.flatMap(({ holder, to, serial }): ExpiryWarning[] => {
    const days = (to - now) / DAY_SEC;
    if (days > warnDays) return [];
    const what = `${holderText(holder)} (certificate ${serial.slice(0, 8)})`;
    const detail =
      days < 0
        ? `${what} has expired on ${isoTime(to, 0)}; what it signs since is refused`
        : `${what} expires on ${isoTime(to, 0)}, in ${Math.floor(days)} days`;
    return [{ code: days < 0 ? "certificate.expired" : "certificate.expires", source: holder.name, detail }];
  });
  if (now > list.nextAt)
    warnings.push({
      ...{ code: "revocations.old", source: certificate.holder.name },
      detail: `a newer list of revocations was due on ${isoTime(list.nextAt, 0)}`,
    });
  return warnings;
}
