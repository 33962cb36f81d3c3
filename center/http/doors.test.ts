/** Every route with every role, signing in and out, and what is tried against it; the table of rights in the documentation is this one. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Access, type Role, type RouteDefinition, type RouteName, roles, routes, streamPath } from "@harken/api";
import { createLocalBus, openArchive, openStore, type Store } from "@harken/store";
import type { RouteHandlerMethod } from "fastify";
import { pino } from "pino";
import { createPeople, type People } from "../people/people.ts";
import { mayCall } from "../people/roles.ts";
import { cookieHeader } from "./doors.ts";
import { createHandlers, type HandlerContext } from "./handlers.ts";
import { createServer, type HttpServer, type RouteHandlers } from "./server.ts";
import { status, T0 } from "./testRows.ts";

const password = "correct horse battery";
const bus = createLocalBus();
let now = T0;
let store: Store;
let people: People;
let http: HttpServer;
const tokens = new Map<Role, string>();

before(async () => {
  store = await openStore({ file: ":memory:" });
  people = createPeople({ store, clock: () => now });
  const clock = () => now;
  const { session, signIn, signOut } = createHandlers({ store, people, clock } as unknown as HandlerContext);
  // What is behind a door does not matter here.
  const passed: RouteHandlerMethod = async (_, reply) => reply.code(204).send();
  const others = Object.fromEntries(Object.keys(routes).map((name) => [name, passed])) as unknown as RouteHandlers;
  const handlers = { ...others, session, signIn, signOut };
  const logger = pino({ level: "silent" });
  http = await createServer({
    ...{ handlers, people, bus, status, pages: undefined, host: "127.0.0.1", logger },
    fdsn: { store, archive: openArchive("none"), list: "SEL1", stations: () => [], clock, logger },
  });
});
after(async () => {
  await http.close();
  await bus.close();
  await store.close();
});

const headers = { host: "127.0.0.1:8080" };
const call = (route: RouteDefinition, more: Record<string, string> = {}) =>
  http.server.inject({
    method: route.method,
    url: route.path.replace(/:\w+/g, "SEL1"),
    headers: { ...headers, ...more },
    ...(route.method === "POST" ? { payload: {} } : {}),
  });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const everyRoute = Object.entries<RouteDefinition>(routes) as [RouteName, RouteDefinition][];
const isShut = (code: number) => code === 401 || code === 403;

async function signIn(name: string, given: string) {
  const response = await http.server.inject({
    ...{ method: "POST", url: "/api/v1/session", headers, payload: { name, password: given } },
  });
  const cookie = String(response.headers["set-cookie"] ?? "");
  return { code: response.statusCode, body: response.json(), cookie, token: /=([^;]*)/.exec(cookie)?.[1] ?? "" };
}

test("before the first account every route is open, and the centre says that it asks nobody", async () => {
  for (const [name, route] of everyRoute) assert.ok(!isShut((await call(route)).statusCode), name);
  assert.deepEqual((await call(routes.session)).json(), { required: false, name: null, role: null });
});

test("from then on: every route times every role, as the roles say; nobody passes without a session but where anyone may", async () => {
  for (const role of roles) {
    await people.add({ name: `a ${role}`, role, password }, "test");
    tokens.set(role, await people.issueToken(`a ${role}`, 3600, "test"));
  }
  for (const [name, route] of everyRoute) {
    const open = route.access === "anyone";
    assert.equal((await call(route)).statusCode === 401, !open, `nobody at ${name}`);
    assert.equal((await call(route, bearer("x".repeat(43)))).statusCode === 401, !open, name);
    for (const role of roles) {
      // Signing out ends what it is called with.
      const own = name === "signOut" ? await people.issueToken(`a ${role}`, 3600, "test") : tokens.get(role)!;
      const { statusCode } = await call(route, bearer(own));
      assert.equal(statusCode === 403, !mayCall(role, route.access), `${role} at ${name}: ${statusCode}`);
      assert.notEqual(statusCode, 401, `${role} at ${name}`);
    }
  }
});

test("the services of the FDSN are for readers; what they are is anyone's to know", async () => {
  for (const name of ["dataselect", "availability", "station", "event"]) {
    const at = (method: string, more = {}) =>
      http.server.inject({ url: `/fdsnws/${name}/1/${method}`, headers: { ...headers, ...more } });
    const asked = "query?starttime=2026-01-01&endtime=2026-01-02";
    const refused = await at(asked);
    assert.equal(refused.statusCode, 401, name);
    assert.match(refused.body, /^Error 401: Unauthorized\n/);
    for (const role of roles)
      assert.equal((await at(asked, bearer(tokens.get(role)!))).statusCode, mayCall(role, "reader") ? 204 : 403, role);
    assert.equal((await at("version")).statusCode, 200);
  }
  const form = {
    method: "POST",
    url: "/fdsnws/dataselect/1/query",
    headers,
    payload: "* * * * 2026-01-01 2026-01-02",
  } as const;
  assert.equal((await http.server.inject(form)).statusCode, 401);
});

test("the table of rights in the documentation is the one that is enforced", () => {
  const text = readFileSync(fileURLToPath(new URL("../../docs/security.md", import.meta.url)), "utf8");
  const accesses: readonly Access[] = ["reader", "analyst", "lead", "radionuclide", "operator"];
  for (const role of roles) {
    const row = `| ${role} | ${accesses.map((access) => (mayCall(role, access) ? "yes" : "")).join(" | ")} |`;
    assert.ok(text.includes(row), `the row "${row}" is missing`);
  }
  for (const access of ["anyone", ...accesses] as const) {
    const own = everyRoute.filter(([, route]) => route.access === access).map(([name]) => name);
    const row = `| ${access} | ${own.join(", ")} |`;
    assert.ok(text.includes(row), `the row "${row}" is missing`);
  }
});

test("a browser signs in by a cookie that scripts and other sites do not have, is known by it, and signs out", async () => {
  const { code, body, cookie, token } = await signIn("a lead-analyst", password);
  assert.deepEqual([code, body], [200, { required: true, name: "a lead-analyst", role: "lead-analyst" }]);
  assert.match(cookie, /^harken_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  assert.match(cookieHeader("t", true), /; Secure$/);
  const shown = { cookie: `other=1; harken_session=${token}; more=2` };
  assert.equal((await call(routes.session, shown)).json().name, "a lead-analyst");
  assert.equal((await call(routes.events, shown)).statusCode, 204);
  assert.equal((await call(routes.events, { ...shown, origin: "https://evil.example" })).statusCode, 403);
  assert.match(String((await call(routes.signOut, shown)).headers["set-cookie"]), /Max-Age=0/);
  assert.equal((await call(routes.events, shown)).statusCode, 401);
});

test("what is kept under a name is done by the one who is signed in", async () => {
  const url = "/api/v1/review/LEB/open";
  const open = (analyst: string) =>
    http.server.inject({
      ...{ method: "POST", url, headers: { ...headers, ...bearer(tokens.get("analyst")!) } },
      payload: { analyst, from: 0, to: 3600 },
    });
  assert.equal((await open("a analyst")).statusCode, 204);
  const refused = await open("somebody else");
  assert.deepEqual([refused.statusCode, refused.json().code], [403, "OTHER_NAME"]);
});

test("the stream asks too", async () => {
  const upgrade = { connection: "upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
  const response = await http.server.inject({
    ...{ method: "GET", url: streamPath, headers: { ...headers, ...upgrade, "sec-websocket-key": "eA==" } },
  });
  assert.equal(response.statusCode, 401);
});

test("a session ends after its hours, one in use goes on, none for ever; a changed account has none", async () => {
  const { token } = await signIn("a reader", password);
  const isIn = async () => (await people.whoHas(token)) !== null;
  for (let hour = 0; hour < 24; hour += 8) {
    now += 8 * 3600;
    assert.ok(await isIn(), `after ${hour + 8} h in use`);
  }
  now += 12.5 * 3600;
  assert.ok(!(await isIn()), "unused for half a day");
  const again = await signIn("a reader", password);
  for (let hour = 0; hour <= 168; hour += 8) {
    now += 8 * 3600;
    await people.whoHas(again.token);
  }
  assert.equal(await people.whoHas(again.token), null, "a week is the longest");
  const last = await signIn("a reader", password);
  await people.change("a reader", { role: "operator" }, "test");
  assert.equal(await people.whoHas(last.token), null);
  await people.change("a reader", { state: "disabled" }, "test");
  assert.equal((await signIn("a reader", password)).code, 401);
  await people.change("a reader", { state: "active" }, "test");
  await people.change("a reader", { role: "reader" }, "test");
});

test("wrong passwords lock the account for a while, whoever asks at once; unknown names are told nothing else", async () => {
  now += 3600;
  const wrong = await signIn("a operator", "not the password");
  const unknown = await signIn("nobody at all", "not the password");
  assert.deepEqual([wrong.code, wrong.body.code], [unknown.code, unknown.body.code]);
  assert.equal(wrong.body.message, unknown.body.message);
  await Promise.all(Array.from({ length: 4 }, () => signIn("a operator", "not the password")));
  const locked = await signIn("a operator", password);
  assert.deepEqual([locked.code, locked.body.code], [429, "LOCKED"]);
  now += 901;
  assert.equal((await signIn("a operator", password)).code, 200);
});

test("an address that tries too often waits", async () => {
  now += 3600;
  const codes: number[] = [];
  for (let i = 0; i < 22; i++) codes.push((await signIn("nobody at all", "x")).code);
  assert.deepEqual(codes.slice(0, 20), new Array(20).fill(401));
  assert.deepEqual(codes.slice(20), [429, 429]);
  now += 61;
  assert.equal((await signIn("nobody at all", "x")).code, 401);
});

test("names, roles and passwords that cannot be are refused with the reason", async () => {
  const add = (name: string, role: string, given: string) => people.add({ name, role, password: given }, "test");
  await assert.rejects(add("a analyst", "reader", password), /there is one of that name/);
  await assert.rejects(add(" x", "reader", password), { code: "BAD_ACCOUNT" });
  await assert.rejects(add("x", "king", password), /the roles are reader/);
  await assert.rejects(add("x", "reader", "short"), /10 to 200/);
  await assert.rejects(people.change("x", { state: "disabled" }, "test"), { code: "NO_ACCOUNT" });
});
