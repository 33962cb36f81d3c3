/**
 * Accounts and sign-ins of a centre. Until the first account is made nobody is asked who they are: a laptop's centre on the laptop's own address. From
 * then on every call needs a session or a token, and a role that may make it.
 *
 *     const people = createPeople({ store, clock });
 *     const { token } = await people.signIn("Ana", password);
 *     const person = await people.whoHas(token);
 */
import { createHash, randomBytes } from "node:crypto";
import { type Role, roles } from "@harken/api";
import {
  type Account,
  countFailure,
  dropExpiredSessions,
  dropMailAddress,
  endSessions,
  extendSession,
  forgetFailures,
  hasAccounts,
  loadAccounts,
  loadMailAddresses,
  loadSession,
  putAccount,
  putMailAddress,
  putSession,
  recordAccountChange,
  type Store,
} from "@harken/store";
import { centerErrors } from "../errors.ts";
import { hashPassword, isPassword, LEAST_LENGTH, MOST_LENGTH } from "./password.ts";

export interface Person {
  readonly name: string;
  readonly role: Role;
}

export interface People {
  /** Whether calls need a sign-in. */
  areAsked(): Promise<boolean>;
  /** Throws WRONG_PASSWORD (also for a name that nobody has) or LOCKED. */
  signIn(name: string, password: string): Promise<{ readonly token: string; readonly person: Person }>;
  signOut(token: string): Promise<void>;
  /** The person behind a token that is valid; null for any other. */
  whoHas(token: string): Promise<Person | null>;
  /** Throws BAD_ACCOUNT for a name, role or password that cannot be one, and for a name that is taken. */
  add(
    account: { readonly name: string; readonly role: string; readonly password: string },
    actor: string,
  ): Promise<void>;
  /** Throws NO_ACCOUNT. Whatever changes, the account's sessions end. */
  change(name: string, change: AccountUpdate, actor: string): Promise<void>;
  /** A token for a program. Throws NO_ACCOUNT. */
  issueToken(name: string, lastsSec: number, actor: string): Promise<string>;
  /** An address from which and to which the account has mail. Throws NO_ACCOUNT, BAD_ACCOUNT for what is no address or another's. */
  addAddress(name: string, address: string, actor: string): Promise<void>;
  /** Throws NO_ADDRESS. */
  dropAddress(address: string, actor: string): Promise<void>;
}

export type AccountUpdate =
  | { readonly role: string }
  | { readonly password: string }
  | { readonly state: Account["state"] };

const SESSION_SEC = 12 * 3600;
/** A session that is used is extended, but not with every call. */
const EXTEND_AFTER_SEC = 600;
const LONGEST_SESSION_SEC = 7 * 86_400;
const MOST_FAILURES = 5;
const LOCKED_SEC = 900;
const TOKEN_BYTES = 32;
const ADDRESS = /^[^@\s<>",;:()[\]\\]{1,64}@[A-Za-z0-9.-]{1,190}$/;
const NAME = /^\S(.{0,38}\S)?$/;

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

/** Somebody to compare with where there is no such account, so that the answer takes as long. */
let nobody: Promise<string> | undefined;

export function createPeople({ store, clock }: { readonly store: Store; readonly clock: () => number }): People {
  async function accountOf(name: string): Promise<Account> {
    const [account] = await loadAccounts(store.db, name);
    if (!account) throw centerErrors.make("NO_ACCOUNT", { name });
    return account;
  }

  async function begin(account: string, kind: "browser" | "token", lastsSec: number): Promise<string> {
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    const now = clock();
    await store.transaction(async (writer) => {
      await dropExpiredSessions(writer, now);
      await putSession(writer, { tokenHash: hashOf(token), account, kind, created: now, expires: now + lastsSec });
    });
    return token;
  }

  return {
    areAsked: () => hasAccounts(store.db),

    async signIn(name, password) {
      const [account] = await loadAccounts(store.db, name);
      const now = clock();
      if (account && account.lockedUntil > now)
        throw centerErrors.make("LOCKED", { minutes: Math.ceil((account.lockedUntil - now) / 60) });
      nobody ??= hashPassword(randomBytes(TOKEN_BYTES).toString("hex"));
      const right = await isPassword(password, account?.secret ?? (await nobody));
      if (!account || !right || account.state !== "active") {
        const limit = { most: MOST_FAILURES, lockedUntil: now + LOCKED_SEC };
        if (account) await store.transaction((writer) => countFailure(writer, name, limit));
        throw centerErrors.make("WRONG_PASSWORD", {});
      }
      if (account.failures > 0) await store.transaction((writer) => forgetFailures(writer, name));
      return { token: await begin(name, "browser", SESSION_SEC), person: personOf(account) };
    },

    signOut: (token) => store.transaction((writer) => endSessions(writer, { tokenHash: hashOf(token) })),

    async whoHas(token) {
      const session = await loadSession(store.db, hashOf(token));
      const now = clock();
      if (!session || session.expires <= now) return null;
      const [account] = await loadAccounts(store.db, session.account);
      if (account?.state !== "active") return null;
      const { kind, created, expires, tokenHash } = session;
      const until = Math.min(now + SESSION_SEC, created + LONGEST_SESSION_SEC);
      if (kind === "browser" && until - expires > EXTEND_AFTER_SEC)
        await store.transaction((writer) => extendSession(writer, tokenHash, until));
      return personOf(account);
    },

    async add({ name, role, password }, actor) {
      const bad = (reason: string) => centerErrors.make("BAD_ACCOUNT", { name, reason });
      if (!NAME.test(name)) throw bad("a name has 1 to 40 letters and neither begins nor ends with a space");
      const secret = await hashPassword(soundPassword(password, bad));
      const account = {
        name,
        role: soundRole(role, bad),
        secret,
        state: "active",
        failures: 0,
        lockedUntil: 0,
      } as const;
      await store.transaction(async (writer) => {
        if ((await loadAccounts(writer, name)).length > 0) throw bad("there is one of that name");
        await putAccount(writer, account, { actor, action: `added as ${role}`, now: clock() });
      });
    },

    async change(name, update, actor) {
      const account = await accountOf(name);
      const bad = (reason: string) => centerErrors.make("BAD_ACCOUNT", { name, reason });
      const [changed, action] =
        "role" in update
          ? [{ ...account, role: soundRole(update.role, bad) }, `made ${update.role}`]
          : "password" in update
            ? [{ ...account, secret: await hashPassword(soundPassword(update.password, bad)) }, "given a new password"]
            : [{ ...account, state: update.state }, update.state === "active" ? "enabled" : "disabled"];
      await store.transaction(async (writer) => {
        const after = { ...changed, failures: 0, lockedUntil: 0 };
        await putAccount(writer, after, { actor, action, now: clock() });
        await endSessions(writer, { account: name });
      });
    },

    async issueToken(name, lastsSec, actor) {
      await accountOf(name);
      const token = await begin(name, "token", lastsSec);
      const action = `given a token for ${Math.round(lastsSec / 86_400)} days`;
      await store.transaction((writer) => recordAccountChange(writer, { time: clock(), actor, account: name, action }));
      return token;
    },

    async addAddress(name, address, actor) {
      await accountOf(name);
      const bad = (reason: string) => centerErrors.make("BAD_ACCOUNT", { name, reason });
      if (!ADDRESS.test(address)) throw bad(`"${address}" is no address`);
      await store.transaction(async (writer) => {
        const [held] = await loadMailAddresses(writer, { address });
        if (held && held.account !== name) throw bad(`${address} is an address of ${held.account}`);
        await putMailAddress(writer, { address, account: name }, clock());
        const action = `given the address ${address.toLowerCase()}`;
        await recordAccountChange(writer, { time: clock(), actor, account: name, action });
      });
    },

    async dropAddress(address, actor) {
      await store.transaction(async (writer) => {
        const [held] = await loadMailAddresses(writer, { address });
        if (!held) throw centerErrors.make("NO_ADDRESS", { address });
        await dropMailAddress(writer, address);
        const action = `lost the address ${held.address}`;
        await recordAccountChange(writer, { time: clock(), actor, account: held.account, action });
      });
    },
  };
}

/** A role that this version does not know, of a newer one, may do nothing but read. */
export function personOf({ name, role }: Account): Person {
  return { name, role: roles.find((known) => known === role) ?? "reader" };
}

type Refuse = (reason: string) => Error;

function soundRole(role: string, bad: Refuse): Role {
  const known = roles.find((one) => one === role);
  if (!known) throw bad(`the roles are ${roles.join(", ")}`);
  return known;
}

function soundPassword(password: string, bad: Refuse): string {
  if (password.length < LEAST_LENGTH || password.length > MOST_LENGTH)
    throw bad(`a password has ${LEAST_LENGTH} to ${MOST_LENGTH} letters`);
  return password;
}
