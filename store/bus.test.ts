import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { privateNats } from "@harken/testing";
import { type Bus, type BusMessage, createLocalBus, subjectMatches } from "./bus.ts";
import { connectNatsBus } from "./natsBus.ts";

/** Waits until `ready` holds, with the reason in the failure. */
async function until(ready: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 8000;
  while (!ready()) {
    if (Date.now() > deadline) assert.fail(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The one set of tests that every bus passes. */
function conformance(name: string, skip: string | false, open: () => Promise<Bus>): void {
  describe(`bus conformance: ${name}`, { skip }, () => {
    let bus: Bus;
    before(async () => {
      bus = await open();
    });
    after(() => bus.close());
    const collect = (into: BusMessage[]) => async (message: BusMessage) => {
      into.push(message);
    };

    test("messages arrive in order with growing sequence, only those of the subject", async () => {
      const got: BusMessage[] = [];
      const subscription = await bus.subscribe({ subject: "order.*" }, collect(got));
      for (let i = 0; i < 50; i++) {
        await bus.publish("order.a", { i });
        await bus.publish("other.a", { i });
      }
      await until(() => got.length === 50, "50 messages");
      assert.deepEqual(
        got.map(({ data }) => data),
        Array.from({ length: 50 }, (_, i) => ({ i })),
      );
      assert.ok(got.every(({ subject, delivery }) => subject === "order.a" && delivery === 1));
      assert.ok(got.every(({ sequence }, i) => i === 0 || sequence > got[i - 1]!.sequence));
      await subscription.stop();
    });

    test("a late subscriber replays from a sequence and then goes on", async () => {
      const { sequence } = await bus.publish("replay.x", "one");
      await bus.publish("replay.x", "two");
      const got: BusMessage[] = [];
      const subscription = await bus.subscribe({ subject: "replay.>", fromSequence: sequence }, collect(got));
      await until(() => got.length === 2, "the replay");
      await bus.publish("replay.x.y", "three");
      await until(() => got.length === 3, "the live message");
      assert.deepEqual(
        got.map(({ data }) => data),
        ["one", "two", "three"],
      );
      await subscription.stop();
    });

    test("without a sequence only later messages come", async () => {
      await bus.publish("later.x", "before");
      const got: BusMessage[] = [];
      const subscription = await bus.subscribe({ subject: "later.x" }, collect(got));
      await bus.publish("later.x", "after");
      await until(() => got.length > 0, "a message");
      assert.deepEqual(
        got.map(({ data }) => data),
        ["after"],
      );
      await subscription.stop();
    });

    test("a refused message comes again before the next one", async () => {
      const seen: string[] = [];
      const subscription = await bus.subscribe({ subject: "again.x" }, async ({ data, delivery }) => {
        seen.push(`${data}${delivery}`);
        if (data === "a" && delivery < 3) throw new Error("not now");
      });
      await bus.publish("again.x", "a");
      await bus.publish("again.x", "b");
      await until(() => seen.includes("b1"), "the second message");
      assert.deepEqual(seen, ["a1", "a2", "a3", "b1"]);
      await subscription.stop();
    });

    test("a message that is always refused does not block the rest for ever", async () => {
      const seen: string[] = [];
      const subscription = await bus.subscribe({ subject: "poison.x" }, async ({ data }) => {
        seen.push(String(data));
        if (data === "bad") throw new Error("never");
      });
      await bus.publish("poison.x", "bad");
      await bus.publish("poison.x", "good");
      await until(() => seen.includes("good"), "the message behind");
      assert.deepEqual(seen, ["bad", "bad", "bad", "good"]);
      await subscription.stop();
    });

    test("the same id is stored once", async () => {
      const got: BusMessage[] = [];
      const subscription = await bus.subscribe({ subject: "once.x" }, collect(got));
      const first = await bus.publish("once.x", 1, { id: "e1:1" });
      const second = await bus.publish("once.x", 1, { id: "e1:1" });
      await bus.publish("once.x", 2, { id: "e1:2" });
      await until(() => got.length === 2, "two messages");
      assert.deepEqual([first.duplicate, second.duplicate, second.sequence], [false, true, first.sequence]);
      await subscription.stop();
    });

    test("two subscribers each get every message, and a stopped one gets no more", async () => {
      const [one, two]: [BusMessage[], BusMessage[]] = [[], []];
      const first = await bus.subscribe({ subject: "fan.x" }, collect(one));
      const second = await bus.subscribe({ subject: "fan.x" }, collect(two));
      await bus.publish("fan.x", 1);
      await until(() => one.length === 1 && two.length === 1, "both");
      await first.stop();
      await bus.publish("fan.x", 2);
      await until(() => two.length === 2, "the second");
      assert.equal(one.length, 1);
      await second.stop();
    });
  });
}

conformance("in this process", false, async () => createLocalBus({ maxDeliveries: 3, retryDelayMs: 10 }));

const nats = privateNats();
after(() => nats.stop());

conformance("NATS JetStream", nats.skip, async () => {
  await nats.start();
  return connectNatsBus({ servers: nats.url(), stream: "TEST", maxDeliveries: 3, retryDelayMs: 10 });
});

test("subjects match as NATS documents", () => {
  const cases: [string, string, boolean][] = [
    ["a.b", "a.b", true],
    ["a.*", "a.b", true],
    ["a.*", "a.b.c", false],
    ["a.>", "a.b.c", true],
    ["a.>", "a", false],
    ["*.b", "a.b", true],
    ["a", "a.b", false],
    [">", "x", true],
  ];
  for (const [filter, subject, expected] of cases)
    assert.equal(subjectMatches(filter, subject), expected, `${filter} ${subject}`);
});
