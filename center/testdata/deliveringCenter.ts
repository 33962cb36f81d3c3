/** What `delivery.test.ts` kills: makes thirty events one after the other and delivers each to three subscribers by mail; ends when all have arrived. */
import { join } from "node:path";
import { defaultEnvironment } from "@harken/formats";
import { countEvents, loadSubscriptions, openArchive, openStore, putArrivals, putEvents } from "@harken/store";
import { mailCarrier } from "../delivery/carriers.ts";
import { createDeliverer } from "../delivery/deliver.ts";
import { createSubscriptionDesk } from "../delivery/desk.ts";
import { arrivals, origin, stamp, T0 } from "../http/testRows.ts";
import { openPost } from "../mail/post.ts";
import { createPeople } from "../people/people.ts";

const EVENTS = 30;
const SUBSCRIBERS = 3;
const [folder, smtp] = process.argv.slice(2) as [string, string];
const store = await openStore({ file: join(folder, "harken.db") });
const clock = () => Date.now() / 1000;
const sources = { store, archive: openArchive(folder), name: "HARKEN", list: "SEL1", stations: () => [], clock };
const settings = { name: "HARKEN", mail: { mailbox: folder, smtp, from: "messages@centre.example" } };
const desk = createSubscriptionDesk(sources, settings);
const people = createPeople({ store, clock });
for (let s = (await loadSubscriptions(store.db)).length; s < SUBSCRIBERS; s++) {
  const person = { name: `S${s}`, role: "reader" as const };
  // Killed between these, the account is there already.
  await people.add({ ...person, password: "a long enough password" }, "test").catch(() => undefined);
  await people.addAddress(person.name, `s${s}@ndc.example`, "test");
  await desk.subscribe(person, {
    ...{ name: "all", product: "BULLETIN", environment: { ...defaultEnvironment, bulletin: "SEL1" }, way: "e-mail" },
    ...{ frequency: "IMMEDIATE", target: `s${s}@ndc.example`, sendsEmpty: false, fromStart: true, endTime: null },
  });
}
const post = openPost(smtp, "messages@centre.example", 5_000);
const rule = { mostAttempts: 100, firstWaitSec: 0.01, longestWaitSec: 0.05, leaseSec: 0.3, atOnce: 4 };
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const deliverer = createDeliverer({ sources, carriers: { "e-mail": mailCarrier(post, "HARKEN") }, rule, logger });
process.stdout.write("ready\n");
for (;;) {
  const n = await countEvents(store.db, { list: "SEL1" });
  if (n < EVENTS) {
    const magnitudes = [{ ...origin.magnitudes[0]!, value: 4 + n / 10 }];
    const made = { ...origin, key: `k${n}`, time: T0 + 100 * n, magnitudes };
    await store.transaction(async (writer) => {
      await putArrivals(writer, arrivals, stamp);
      await putEvents(writer, "SEL1", [{ key: `e${n}`, preferredOriginKey: `k${n}`, origins: [made] }], stamp);
    });
  }
  await deliverer.issue();
  await deliverer.send();
  const waiting = store.db.selectFrom("delivery").select("deliveryid").where("state", "=", "waiting");
  if (n >= EVENTS && (await waiting.executeTakeFirst()) === undefined) break;
}
post.close();
await store.close();
