/**
 * Subscriptions and their deliveries against a real SMTP server (smtp-server) and a real HTTP receiver that drop, refuse and delay: each arrives once, in
 * order, or stands as failed with the reason. A centre that is killed with SIGKILL goes on where it was.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { preferredOrigin, randomStream } from "@harken/core";
import { decodeImsBulletin, decodeImsMessages, defaultEnvironment, type ImsEnvironment } from "@harken/formats";
import { loadDeliveries, loadSubscriptions, openStore, putArrivals, putEvents } from "@harken/store";
import { testScale } from "@harken/testing";
import { arrivals, origin, stamp, T0 } from "../http/testRows.ts";
import { openPost } from "../mail/post.ts";
import { startTestServer, type TakenMail } from "../mail/testServer.ts";
import { createMessageService, type Sender } from "../messages/service.ts";
import { openTestRig, type TestRig } from "../messages/testRig.ts";
import { createPeople } from "../people/people.ts";
import { fileCarrier, mailCarrier, pushCarrier } from "./carriers.ts";
import { createDeliverer, type DeliveryRule } from "./deliver.ts";
import { createSubscriptionDesk, type SubscriptionDesk, type SubscriptionWish } from "./desk.ts";
import { nextDelivery } from "./schedule.ts";

let rig: TestRig;
let folder: string;
let receiver: Server;
let desk: SubscriptionDesk;
const pushed: { delivery: number; body: string }[] = [];
let receive: () => "take" | "refuse" | "cut" = () => "take";
const password = "a long enough password";
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const rule: DeliveryRule = { mostAttempts: 4, firstWaitSec: 10, longestWaitSec: 100, leaseSec: 60, atOnce: 8 };
const ana: Sender = { name: "Ana", role: "reader" };
const eve: Sender = { name: "Eve", role: "reader" };

before(async () => {
  rig = await openTestRig();
  folder = mkdtempSync(join(tmpdir(), "harken-delivery-"));
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const how = receive();
      if (how === "take")
        pushed.push({ delivery: Number(request.headers["harken-delivery"]), body: Buffer.concat(chunks).toString() });
      if (how === "cut") request.socket.destroy();
      else response.writeHead(how === "take" ? 204 : 503).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const people = createPeople({ store: rig.store, clock: () => rig.now });
  for (const name of ["Ana", "Eve"]) {
    await people.add({ name, role: "reader", password }, "test");
    await people.addAddress(name, `${name}@ndc.example`, "test");
  }
  desk = createSubscriptionDesk(rig.sources, {
    ...{ name: "HARKEN", mail: { mailbox: folder, smtp: "smtp://none", from: "messages@centre.example" } },
    ...{ dropFolder: join(folder, "drop"), pushHosts: [host()] },
  });
});
after(async () => {
  receiver.close();
  await rig.close();
  rmSync(folder, { recursive: true, force: true });
});

const host = () => `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
const environment = (change: Partial<ImsEnvironment["ranges"]> = {}, bulletin = "SEL1"): ImsEnvironment => ({
  ...{ ...defaultEnvironment, bulletin },
  ranges: { ...defaultEnvironment.ranges, ...change },
});
const wish = (change: Partial<SubscriptionWish> = {}): SubscriptionWish => ({
  ...{ name: "mine", product: "BULLETIN", environment: environment(), frequency: "IMMEDIATE", way: "portal" },
  ...{ target: "", sendsEmpty: false, fromStart: false, endTime: null, ...change },
});

let made = 0;
/** A new event of SEL1, of this magnitude. */
async function newEvent(magnitude: number, rigged = rig): Promise<void> {
  const n = ++made;
  const magnitudes = [{ ...origin.magnitudes[0]!, value: magnitude }];
  const event = {
    ...{ key: `new-${n}`, preferredOriginKey: `n${n}` },
    origins: [{ ...origin, key: `n${n}`, time: T0 + 100 * n, magnitudes }],
  };
  await rigged.store.transaction((writer) => putEvents(writer, "SEL1", [event], stamp));
}

const magnitudesOf = (message: string): number[] => {
  const bytes = Buffer.from(message);
  const { bulletin } = decodeImsBulletin(bytes, decodeImsMessages(bytes).items);
  return (bulletin?.events ?? []).map((event) => preferredOrigin(event).magnitudes[0]!.value);
};
const numberIn = ({ mail }: TakenMail): number =>
  Number(decodeImsMessages(Buffer.from(mail.text!)).items[0]!.product!.delivery);

test("what is new and fits the filter comes once, numbered from 1 without a gap; what was there before comes on demand alone", async () => {
  const deliverer = createDeliverer({ sources: rig.sources, carriers: {}, rule, logger: silent });
  const large = environment({ magnitude: { from: 5, to: Number.POSITIVE_INFINITY } });
  const { id } = await desk.subscribe(ana, wish({ environment: large }));
  const whole = await desk.subscribe(ana, wish({ fromStart: true }));
  await deliverer.issue();
  assert.deepEqual(await desk.deliveries(ana, id, 10), []);
  assert.equal((await desk.deliveries(ana, whole.id, 10)).length, 1);
  for (const magnitude of [5.5, 4.5, 6.1]) {
    await newEvent(magnitude);
    await deliverer.issue();
    await deliverer.issue();
  }
  const log = (await desk.deliveries(ana, id, 10)).toReversed();
  assert.deepEqual(
    log.map(({ number, state, items }) => [number, state, items]),
    [
      [1, "delivered", 1],
      [2, "delivered", 1],
    ],
  );
  const messages = await Promise.all(log.map((delivery) => desk.message(ana, delivery.id)));
  assert.deepEqual(messages.map(magnitudesOf), [[5.5], [6.1]]);
  const [{ product } = { product: null }] = decodeImsMessages(Buffer.from(messages[1]!)).items;
  assert.deepEqual(product, { id: String(id), delivery: "2" });
  assert.equal((await desk.deliveries(ana, whole.id, 10)).length, 4);
  await desk.end(ana, id);
  await desk.end(ana, whole.id);
  await newEvent(7);
  await deliverer.issue();
  assert.equal((await desk.deliveries(ana, id, 10)).length, 2);
});

test("arrivals by station; daily and custom times; nothing new is told when it is wished", async () => {
  const deliverer = createDeliverer({ sources: rig.sources, carriers: {}, rule, logger: silent });
  const lists = { ...defaultEnvironment.lists, stations: ["ST1"] };
  const daily = await desk.subscribe(
    ana,
    wish({ product: "ARRIVAL", environment: { ...environment(), lists }, frequency: "DAILY", sendsEmpty: true }),
  );
  const fresh = [0, 1].map((i) => ({ ...arrivals[i]!, key: `fresh-${i}`, time: T0 + 5000 + i }));
  await rig.store.transaction((writer) => putArrivals(writer, fresh, stamp));
  assert.equal(await deliverer.issue(), 0);
  rig.now += 86_400;
  assert.equal(await deliverer.issue(), 1);
  const [first] = await desk.deliveries(ana, daily.id, 5);
  assert.equal(first!.items, 1);
  assert.match(await desk.message(ana, first!.id), /ARRIVAL:AUTOMATIC[\s\S]*ST1/);
  rig.now += 86_400;
  assert.equal(await deliverer.issue(), 1);
  const [second] = await desk.deliveries(ana, daily.id, 5);
  assert.match(await desk.message(ana, second!.id), /Nothing new/);
  await desk.end(ana, daily.id);
  const monday = Date.UTC(2026, 10, 23, 12) / 1000;
  assert.equal(nextDelivery("DAILY", monday), monday + 12 * 3600);
  assert.equal(nextDelivery("CUSTOM -1/-1:-1:3", monday), monday + 15 * 3600);
  assert.equal(nextDelivery("CUSTOM -1/3:-1:0", monday), monday + 36 * 3600);
  assert.equal(nextDelivery("CUSTOM -1/-1:1:6", monday), Date.UTC(2026, 11, 1, 6) / 1000);
  assert.equal(nextDelivery("CUSTOM 7/-1:-1:12", monday), monday + 7 * 86_400);
});

test("by push and by file: refused and cut ones come again, in order; after the last attempt they stand as failed, and the next goes on", async () => {
  const carriers = { push: pushCarrier, file: fileCarrier(join(folder, "drop")) };
  const deliverer = createDeliverer({ sources: rig.sources, carriers, rule, logger: silent });
  const push = await desk.subscribe(ana, wish({ way: "push", target: `http://${host()}/in` }));
  const file = await desk.subscribe(ana, wish({ way: "file", name: "../../etc/x".replaceAll("/", ".") }));
  const ways = ["cut", "refuse", "take"] as const;
  let n = 0;
  receive = () => ways[n++ % 3]!;
  for (const magnitude of [4.1, 4.2, 4.3]) {
    await newEvent(magnitude);
    await deliverer.issue();
  }
  for (let i = 0; i < 40 && pushed.length < 3; i++) {
    await deliverer.send();
    rig.now += 100;
  }
  await deliverer.send();
  assert.deepEqual(
    pushed.map(({ delivery }) => delivery),
    [1, 2, 3],
  );
  assert.deepEqual(
    pushed.map(({ body }) => magnitudesOf(body)),
    [[4.1], [4.2], [4.3]],
  );
  const dropped = readdirSync(join(folder, "drop"));
  assert.deepEqual(dropped, [`${file.id}-______etc_x`]);
  const names = readdirSync(join(folder, "drop", dropped[0]!)).sort();
  assert.deepEqual(names, ["000001.ims", "000002.ims", "000003.ims"]);
  assert.deepEqual(magnitudesOf(readFileSync(join(folder, "drop", dropped[0]!, names[2]!), "utf8")), [4.3]);
  receive = () => "refuse";
  await newEvent(4.4);
  await deliverer.issue();
  await newEvent(4.5);
  await deliverer.issue();
  for (let i = 0; i < rule.mostAttempts; i++) {
    await deliverer.send();
    rig.now += 200;
  }
  receive = () => "take";
  await deliverer.send();
  const [last, failed] = await desk.deliveries(ana, push.id, 2);
  assert.deepEqual([failed!.state, failed!.attempts, failed!.reason], ["failed", 4, "the receiver answered 503"]);
  assert.equal(last!.state, "delivered");
  assert.deepEqual(
    pushed.map(({ delivery }) => delivery),
    [1, 2, 3, 5],
  );
  await desk.resend(ana, failed!.id);
  await deliverer.send();
  assert.equal(pushed.at(-1)!.delivery, 4);
  await desk.end(ana, push.id);
  await desk.end(ana, file.id);
});

test("what is another's is not there; targets that are not one's own or not opened are refused", async () => {
  const mine = await desk.subscribe(ana, wish({ fromStart: true }));
  await createDeliverer({ sources: rig.sources, carriers: {}, rule, logger: silent }).issue();
  const [delivery] = await desk.deliveries(ana, mine.id, 1);
  const no = { code: "NO_SUBSCRIPTION" };
  await assert.rejects(desk.deliveries(eve, mine.id, 1), no);
  await assert.rejects(desk.message(eve, delivery!.id), no);
  await assert.rejects(desk.resend(eve, delivery!.id), no);
  await assert.rejects(desk.end(eve, mine.id), no);
  assert.deepEqual(await desk.list(eve), []);
  await assert.rejects(desk.subscribe(eve, wish({ way: "e-mail", target: "ana@ndc.example" })), no);
  for (const target of [
    "http://169.254.169.254/",
    "http://localhost:22/",
    "file:///etc/passwd",
    "nonsense",
    `http://a:b@${host()}/`,
  ])
    await assert.rejects(desk.subscribe(eve, wish({ way: "push", target })), no, target);
  await assert.rejects(desk.subscribe(eve, wish({ environment: environment({}, "LEB") })), no);
  await assert.rejects(desk.subscribe(eve, wish({ product: "AUTH_STATUS" })), no);
  const service = createMessageService(rig.sources, desk.answer);
  const text = [
    "BEGIN IMS2.0",
    "MSG_TYPE SUBSCRIPTION",
    "MSG_ID 1",
    `PRODID_LIST ${mine.id}`,
    "UNSUBSCRIBE",
    "SUBSCR_LOG",
    "STOP",
  ];
  const { parts } = await service.answer(Buffer.from(text.join("\n")), eve, { way: "https", mostBytes: 1e6 });
  assert.match(Buffer.concat(parts).toString(), /ERROR_LOG[\s\S]*none of yours/);
  assert.equal((await loadSubscriptions(rig.store.db, { id: mine.id }))[0]!.state, "active");
  await desk.end(ana, mine.id);
});

test("subscribing, asking for the log, having one sent again and ending by messages", async () => {
  const service = createMessageService(rig.sources, desk.answer);
  const say = async (...lines: string[]) => {
    const text = ["BEGIN IMS2.0", "MSG_TYPE SUBSCRIPTION", "MSG_ID 1", ...lines, "STOP"].join("\n");
    const { parts } = await service.answer(Buffer.from(text), eve, { way: "https", mostBytes: 1e6 });
    return Buffer.concat(parts).toString();
  };
  const first = await say(
    "E-MAIL eve@ndc.example",
    "FREQ IMMEDIATE",
    "SUBSCR_NAME BIG",
    "BULL_TYPE SEL1",
    "MAG 5 TO",
    "BULLETIN IMS1.0:SHORT",
  );
  const [, id] = /subscription BIG, product id (\d+): BULLETIN, IMMEDIATE, by e-mail eve@ndc.example, active/.exec(
    first,
  )!;
  const server = await startTestServer();
  const post = openPost(server.url, "messages@centre.example", 5_000);
  const deliverer = createDeliverer({
    sources: rig.sources,
    carriers: { "e-mail": mailCarrier(post, "HARKEN") },
    rule,
    logger: silent,
  });
  await newEvent(5.9);
  await deliverer.issue();
  await deliverer.send();
  assert.deepEqual(magnitudesOf(server.taken[0]!.mail.text!), [5.9]);
  assert.match(
    await say(`PRODID_LIST ${id}`, "SUBSCR_LOG"),
    new RegExp(`delivery ${id} 1 of .*: delivered after 1 attempts`),
  );
  await say("SUBSCR_LIST BIG", "DELIVID_LIST 1", "SUBSCR_RESEND");
  await deliverer.send();
  assert.deepEqual(server.taken.map(numberIn), [1, 1]);
  assert.match(await say("SUBSCR_PROD"), /BIG/);
  assert.match(await say(`PRODID_LIST ${id}`, "FREQ DAILY", "BULL_TYPE SEL1", "CHANGE"), /DAILY/);
  assert.match(await say("SUBSCR_LIST BIG", "UNSUBSCRIBE"), /ended/);
  assert.match(await say("UNSUBSCRIBE"), /ERROR_LOG/);
  post.close();
  await server.close();
});

test("many subscribers through a server that drops, refuses, delays and loses its answers: each once, in order, or failed with the reason", {
  timeout: 300_000,
}, async (t) => {
  const subscribers = testScale(120, 12);
  const perSubscriber = testScale(10, 3);
  const [own, server] = [await openTestRig(), await startTestServer()];
  const people = createPeople({ store: own.store, clock: () => own.now });
  const settings = { name: "HARKEN", mail: { mailbox: folder, smtp: server.url, from: "messages@centre.example" } };
  const ownDesk = createSubscriptionDesk(own.sources, settings);
  const post = openPost(server.url, "messages@centre.example", 5_000);
  const deliverer = createDeliverer({
    sources: own.sources,
    carriers: { "e-mail": mailCarrier(post, "HARKEN") },
    rule,
    logger: silent,
  });
  // One secret for all: hashing it takes longer than the test.
  await people.add({ name: "S0", role: "reader", password }, "test");
  await own.store.transaction(async (writer) => {
    const row = await writer.selectFrom("account").selectAll().executeTakeFirstOrThrow();
    for (let s = 1; s < subscribers; s++)
      await writer
        .insertInto("account")
        .values({ ...row, name: `S${s}` })
        .execute();
  });
  for (let s = 0; s < subscribers; s++) {
    await people.addAddress(`S${s}`, `s${s}@ndc.example`, "test");
    const person: Sender = { name: `S${s}`, role: "reader" };
    for (let i = 0; i < perSubscriber; i++)
      await ownDesk.subscribe(
        person,
        wish({
          name: `n${i}`,
          way: "e-mail",
          target: `s${s}@ndc.example`,
          environment: environment({ magnitude: { from: 4 + i / 10, to: 9 } }),
        }),
      );
  }
  const random = randomStream(7, "smtp");
  server.behave(() => {
    const u = random.uniform();
    return u < 0.1 ? "drop" : u < 0.2 ? "refuse" : u < 0.23 ? "lost" : u < 0.25 ? "delay" : "take";
  });
  for (const magnitude of [4.95, 5.5, 6]) {
    await newEvent(magnitude, own);
    await deliverer.issue();
  }
  for (let i = 0; i < 200; i++) {
    await deliverer.send();
    own.now += 60;
    if (
      (await own.store.db
        .selectFrom("delivery")
        .select("deliveryid")
        .where("state", "=", "waiting")
        .executeTakeFirst()) === undefined
    )
      break;
  }
  const deliveries = await loadDeliveries(own.store.db, {});
  assert.equal(deliveries.length, subscribers * perSubscriber * 3);
  const arrived = Map.groupBy(
    server.taken,
    ({ mail }) => decodeImsMessages(Buffer.from(mail.text!)).items[0]!.product!.id,
  );
  let twice = 0;
  for (const [id, log] of Map.groupBy(deliveries, ({ subscription }) => subscription)) {
    const taken = arrived.get(String(id)) ?? [];
    const numbers = taken.map(numberIn);
    // A mail whose answer was lost comes again under the same Message-ID, and a reader's program knows it.
    const distinct = [...new Map(taken.map((one) => [one.mail.messageId, numberIn(one)])).values()];
    twice += numbers.length - distinct.length;
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
      "in order",
    );
    for (const { number, state, reason } of log) {
      if (state === "delivered") assert.ok(distinct.includes(number), `${id} ${number}`);
      else assert.ok(state === "failed" && reason !== "", `${id} ${number} ${state} ${reason}`);
    }
    assert.equal(distinct.length, new Set(distinct).size);
  }
  const failed = deliveries.filter(({ state }) => state === "failed").length;
  t.diagnostic(
    `${deliveries.length} deliveries, ${server.taken.length} mails taken, ${twice} twice for a lost answer, ${failed} failed`,
  );
  assert.ok(failed < deliveries.length / 20);
  post.close();
  await server.close();
  await own.close();
});

test("kill -9 in the middle: no delivery is lost, none is made twice, numbers have no gap", {
  timeout: 120_000,
}, async (t) => {
  const server = await startTestServer();
  server.behave((n) => (n % 7 === 3 ? "refuse" : "take"));
  const place = mkdtempSync(join(tmpdir(), "harken-delivery-kill-"));
  const program = fileURLToPath(new URL("../testdata/deliveringCenter.ts", import.meta.url));
  const random = randomStream(11, "kill");
  const run = (delayMs: number | null) =>
    new Promise<boolean>((resolve, reject) => {
      const child = spawn(process.execPath, [program, place, server.url], { stdio: ["ignore", "pipe", "inherit"] });
      child.stdout.once("data", () => delayMs !== null && setTimeout(() => child.kill("SIGKILL"), delayMs));
      child.on("error", reject);
      child.on("exit", (code) => resolve(code === 0));
    });
  let kills = 0;
  for (let i = 0; i < testScale(40, 5); i++) {
    if (await run(random.uniform() * 400)) break;
    kills++;
  }
  assert.ok(await run(null));
  const store = await openStore({ file: join(place, "harken.db") });
  const deliveries = await loadDeliveries(store.db, {});
  const subscriptions = await loadSubscriptions(store.db);
  for (const { id, issued } of subscriptions) {
    const log = deliveries.filter(({ subscription }) => subscription === id).toReversed();
    assert.deepEqual(
      log.map(({ number }) => number),
      Array.from({ length: issued }, (_, i) => i + 1),
    );
    assert.ok(log.every(({ state }) => state === "delivered"));
    const taken = server.taken.filter(
      ({ mail }) => decodeImsMessages(Buffer.from(mail.text!)).items[0]!.product!.id === String(id),
    );
    const distinct = [...new Map(taken.map((one) => [one.mail.messageId, one])).values()];
    assert.deepEqual(
      distinct.map(numberIn),
      log.map(({ number }) => number),
    );
    // Every event once over all deliveries.
    const found = distinct.flatMap(({ mail }) => magnitudesOf(mail.text!));
    assert.deepEqual(
      found,
      Array.from({ length: 30 }, (_, i) => 4 + i / 10).map((value) => Math.round(value * 10) / 10),
    );
  }
  t.diagnostic(`${kills} kills, ${deliveries.length} deliveries, ${server.taken.length} mails taken`);
  assert.ok(kills >= 2, "it was too quick to be killed");
  await store.close();
  await server.close();
  rmSync(place, { recursive: true, force: true });
});
