/** Accounts, their sessions, and the record of what was done to them. Secrets are hashes made by the caller. */
import type { Reader, Writer } from "./database.ts";
import { recordInLedger } from "./ledger.ts";
import { allotIds, insertRows } from "./rows.ts";

export interface Account {
  readonly name: string;
  readonly role: string;
  /** argon2id of the password in PHC form. */
  readonly secret: string;
  readonly state: "active" | "disabled";
  /** Wrong passwords since the last right one. */
  readonly failures: number;
  /** Epoch s; 0 for never locked. */
  readonly lockedUntil: number;
}

export interface AccountSession {
  /** SHA-256 of the token, hexadecimal. */
  readonly tokenHash: string;
  readonly account: string;
  /** Of a browser, or a token for a program. */
  readonly kind: "browser" | "token";
  readonly created: number;
  readonly expires: number;
}

/** In order of name. */
export async function loadAccounts(reader: Reader, name?: string): Promise<Account[]> {
  let query = reader.selectFrom("account").selectAll();
  if (name !== undefined) query = query.where("name", "=", name);
  const rows = await query.orderBy("name").execute();
  return rows.map((row) => ({
    name: row.name,
    role: row.role,
    secret: row.secret,
    state: row.state as Account["state"],
    failures: row.failures,
    lockedUntil: row.lockeduntil,
  }));
}

/** Whether anybody has an account: until then a centre asks nobody who they are. */
export async function hasAccounts(reader: Reader): Promise<boolean> {
  const row = await reader.selectFrom("account").select("name").limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Adds the account or replaces what is kept of it, and records who did what. */
export async function putAccount(
  writer: Writer,
  { name, role, secret, state, failures, lockedUntil }: Account,
  { actor, action, now }: { readonly actor: string; readonly action: string; readonly now: number },
): Promise<void> {
  const kept = { role, secret, state, failures, lockeduntil: lockedUntil, lddate: now };
  await writer
    .insertInto("account")
    .values({ name, ...kept })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(kept))
    .execute();
  await recordAccountChange(writer, { time: now, actor, account: name, action });
}

/** Counts a wrong password; at the `most`-th the account is locked until then. Those at the same time are counted one after the other. */
export async function countFailure(
  writer: Writer,
  name: string,
  { most, lockedUntil }: { readonly most: number; readonly lockedUntil: number },
): Promise<void> {
  const own = writer.updateTable("account").where("name", "=", name);
  await own.set(({ eb }) => ({ failures: eb("failures", "+", 1) })).execute();
  await own.set({ failures: 0, lockeduntil: lockedUntil }).where("failures", ">=", most).execute();
}

/** A right password: the wrong ones before it are forgotten. */
export async function forgetFailures(writer: Writer, name: string): Promise<void> {
  await writer.updateTable("account").set({ failures: 0, lockeduntil: 0 }).where("name", "=", name).execute();
}

export interface AccountChange {
  readonly time: number;
  readonly actor: string;
  readonly account: string;
  readonly action: string;
}

export async function recordAccountChange(writer: Writer, change: AccountChange): Promise<void> {
  const { time, actor, account, action } = change;
  const changeid = await allotIds(writer, "changeid", 1);
  await insertRows(writer, "accountchange", [{ changeid, actor, account, action, lddate: time }]);
  await recordInLedger(writer, [
    { time, actor, action: `account ${account}: ${action}`, table: "accountchange", id: changeid },
  ]);
}

/** In order of time. */
export async function loadAccountChanges(reader: Reader): Promise<AccountChange[]> {
  const rows = await reader.selectFrom("accountchange").selectAll().orderBy("changeid").execute();
  return rows.map(({ lddate, actor, account, action }) => ({ time: lddate, actor, account, action }));
}

export async function putSession(writer: Writer, session: AccountSession): Promise<void> {
  const { tokenHash: tokenhash, account, kind, created, expires } = session;
  await insertRows(writer, "session", [{ tokenhash, account, kind, created, expires }]);
}

export async function loadSession(reader: Reader, tokenHash: string): Promise<AccountSession | null> {
  const row = await reader.selectFrom("session").selectAll().where("tokenhash", "=", tokenHash).executeTakeFirst();
  if (!row) return null;
  const { account, created, expires } = row;
  return { tokenHash, account, kind: row.kind as AccountSession["kind"], created, expires };
}

export async function extendSession(writer: Writer, tokenHash: string, expires: number): Promise<void> {
  await writer.updateTable("session").set({ expires }).where("tokenhash", "=", tokenHash).execute();
}

/** Ends one session, or all of an account. */
export async function endSessions(
  writer: Writer,
  which: { readonly tokenHash: string } | { readonly account: string },
): Promise<void> {
  const all = writer.deleteFrom("session");
  await ("tokenHash" in which
    ? all.where("tokenhash", "=", which.tokenHash)
    : all.where("account", "=", which.account)
  ).execute();
}

export async function dropExpiredSessions(writer: Writer, now: number): Promise<void> {
  await writer.deleteFrom("session").where("expires", "<=", now).execute();
}
