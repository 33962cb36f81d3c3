/**
 * Who may pass: finds the person behind a request, and refuses what the person's role may not call. A browser shows its session by a cookie that no
 * script reads and no other site sends; a program by `Authorization: Bearer`.
 */
import { type Access, sessionCookie } from "@harken/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { centerErrors } from "../errors.ts";
import type { People, Person } from "../people/people.ts";
import { mayCall } from "../people/roles.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** null while the centre asks nobody, and for calls that anyone may make. */
    person: Person | null;
  }
  interface FastifyContextConfig {
    access?: Access;
  }
}

/** Adds the check to every route that is registered after it; files of the pages have no access of their own and are anyone's. */
export function guard(server: FastifyInstance, people: People): void {
  server.decorateRequest("person", null);
  server.addHook("onRequest", async (request) => {
    const access = request.routeOptions.config.access ?? "anyone";
    const token = tokenOf(request);
    if (token !== null) request.person = await people.whoHas(token);
    if (access === "anyone") return;
    if (request.person === null) {
      if (await people.areAsked()) throw centerErrors.make("NOT_SIGNED_IN", {});
      return;
    }
    const { name, role } = request.person;
    if (!mayCall(role, access)) throw centerErrors.make("FORBIDDEN", { name, role, access });
  });
  // What is kept under a name is done by that person.
  server.addHook("preHandler", async ({ person, body, routeOptions }) => {
    const named = (body as { analyst?: unknown } | null | undefined)?.analyst;
    if (person === null || named === undefined || (routeOptions.config.access ?? "anyone") === "anyone") return;
    if (named !== person.name) throw centerErrors.make("OTHER_NAME", { name: person.name, named: String(named) });
  });
}

const COOKIE = new RegExp(`(?:^|;\\s*)${sessionCookie}=([A-Za-z0-9_-]{20,100})(?:;|$)`);

export function tokenOf({ headers }: Pick<FastifyRequest, "headers">): string | null {
  const bearer = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(headers.authorization ?? "");
  return bearer?.[1] ?? COOKIE.exec(headers.cookie ?? "")?.[1] ?? null;
}

/** Sign-ins of one address in a minute; beyond them it waits. */
const MOST_ATTEMPTS = 20;
const ATTEMPTS_SEC = 60;
/** Addresses that are remembered at once. */
const MOST_ADDRESSES = 10_000;

/** Counts sign-ins by address. Throws TOO_MANY_ATTEMPTS. */
export function createAttemptLimit(clock: () => number): (address: string) => void {
  let since = clock();
  let counts = new Map<string, number>();
  return (address) => {
    if (clock() - since > ATTEMPTS_SEC || counts.size >= MOST_ADDRESSES) {
      since = clock();
      counts = new Map();
    }
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    if (count > MOST_ATTEMPTS) throw centerErrors.make("TOO_MANY_ATTEMPTS", {});
  };
}

/** The header that gives a browser its session, or takes it away. `secure` where the page came by TLS. */
export function cookieHeader(token: string | null, secure: boolean): string {
  const parts = [`${sessionCookie}=${token ?? ""}`, "Path=/", "HttpOnly", "SameSite=Strict"];
  if (secure) parts.push("Secure");
  if (token === null) parts.push("Max-Age=0");
  return parts.join("; ");
}
