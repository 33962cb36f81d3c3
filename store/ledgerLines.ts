/** Lines of the ledger for a person to read. */
import type { Reader } from "./database.ts";

export interface LedgerLine {
  readonly seq: number;
  readonly time: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly hash: string;
}

/** Newest first. */
export async function loadLedger(
  reader: Reader,
  query: { readonly actor?: string; readonly limit: number },
): Promise<LedgerLine[]> {
  let select = reader.selectFrom("ledger").select(["seq", "time", "actor", "action", "subject", "hash"]);
  if (query.actor !== undefined) select = select.where("actor", "=", query.actor);
  return select.orderBy("seq", "desc").limit(query.limit).execute();
}
