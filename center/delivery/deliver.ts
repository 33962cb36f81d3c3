/**
 * Issues what is due and sends what waits. A delivery is committed with its number before it is sent; it is sent again until its way says that it has
 * arrived, and after `mostAttempts` it stands as failed with the reason. The deliveries of a subscription go one after the other.
 */
import { HarkenError, isoTime } from "@harken/core";
import { writeImsMessage, writeLogSection } from "@harken/formats";
import {
  claimDelivery,
  type Delivery,
  type DeliveryWay,
  deliveryMessage,
  dueDeliveries,
  endSubscription,
  hasAccounts,
  issueDelivery,
  loadAccounts,
  loadMailAddresses,
  loadSubscriptions,
  type ProductSubscription,
  type Reader,
  settleDelivery,
} from "@harken/store";
import type { Logger } from "pino";
import type { MessageSources } from "../messages/sources.ts";
import type { Carrier } from "./carriers.ts";
import { collect } from "./collect.ts";
import { nextDelivery } from "./schedule.ts";

export interface DeliveryRule {
  readonly mostAttempts: number;
  /** Before the second attempt, s; twice as long before each further one, up to `longestWaitSec`. */
  readonly firstWaitSec: number;
  readonly longestWaitSec: number;
  /** An attempt of which nothing is heard any more is made again after this, s. */
  readonly leaseSec: number;
  /** Subscriptions that are sent to at once. */
  readonly atOnce: number;
}

export const deliveryRule: DeliveryRule = Object.freeze({
  ...{ mostAttempts: 10, firstWaitSec: 30, longestWaitSec: 3_600, leaseSec: 120, atOnce: 8 },
});

export interface DeliveryContext {
  readonly sources: MessageSources;
  /** A way that is missing is not offered here. */
  readonly carriers: Partial<Readonly<Record<DeliveryWay, Carrier>>>;
  readonly rule: DeliveryRule;
  readonly logger: Pick<Logger, "info" | "warn" | "error">;
}

export interface Deliverer {
  /** Makes the deliveries that are due; their number. */
  issue(): Promise<number>;
  /** One attempt at each delivery that may go; the number that arrived. */
  send(): Promise<number>;
}

export function createDeliverer({ sources, carriers, rule, logger }: DeliveryContext): Deliverer {
  const { store, clock } = sources;

  async function issueOne(subscription: ProductSubscription, now: number): Promise<boolean> {
    if (subscription.endTime !== null && now >= subscription.endTime) {
      await store.transaction((writer) => endSubscription(writer, subscription.id, now));
      return false;
    }
    const { sections, items, position } = await collect(sources, subscription);
    const nextTime = nextDelivery(subscription.frequency, now);
    if (items === 0 && !subscription.sendsEmpty && position === subscription.position && nextTime <= now) return false;
    const isSent = items > 0 || (subscription.sendsEmpty && subscription.frequency !== "IMMEDIATE");
    const body = items > 0 ? sections : [writeLogSection("LOG", [`Nothing new until ${isoTime(now, 0)}.`])];
    const message = (number: number) => {
      const id = `S${subscription.id}-${number}`;
      const product = { id: String(subscription.id), delivery: String(number) };
      return Buffer.from(writeImsMessage({ id, source: sources.name, product }, body)).toString("utf8");
    };
    const issue = { message: isSent ? message : null, items, position, nextTime };
    const isIssued = await store.transaction((writer) => issueDelivery(writer, subscription, issue, now));
    return isIssued && isSent;
  }

  async function sendOne(delivery: Delivery): Promise<boolean> {
    const now = clock();
    if (!(await store.transaction((writer) => claimDelivery(writer, delivery, now + rule.leaseSec)))) return false;
    const [subscription] = await loadSubscriptions(store.db, { id: delivery.subscription });
    const settle = (state: Delivery["state"], reason: string, nextTime: number) =>
      store.transaction((writer) => settleDelivery(writer, delivery.id, { state, reason, nextTime }, clock()));
    const what = { subscription: delivery.subscription, number: delivery.number, attempt: delivery.attempts + 1 };
    const barred = subscription ? await barrier(store.db, subscription) : "there is no such subscription";
    const carry = subscription && carriers[subscription.way];
    if (!subscription || !carry || barred !== "") {
      await settle("failed", barred || `nothing is sent by ${subscription?.way} here`, now);
      return false;
    }
    try {
      await carry(subscription, delivery, await deliveryMessage(store.db, delivery.id));
    } catch (cause) {
      const reason = cause instanceof HarkenError || cause instanceof Error ? reasonOf(cause) : String(cause);
      const isLast = delivery.attempts + 1 >= rule.mostAttempts;
      const wait = Math.min(rule.longestWaitSec, rule.firstWaitSec * 2 ** delivery.attempts);
      await settle(isLast ? "failed" : "waiting", reason.slice(0, 300), clock() + wait);
      logger.warn({ code: isLast ? "delivery.failed" : "delivery.delayed", ...what, reason });
      return false;
    }
    await settle("delivered", "", now);
    logger.info({ code: "delivery.done", ...what });
    return true;
  }

  return {
    async issue() {
      let count = 0;
      const now = clock();
      for (const subscription of await loadSubscriptions(store.db, { dueAt: now })) {
        // What is not his to have any more is not made either.
        if ((await barrier(store.db, subscription)) !== "") continue;
        if (await issueOne(subscription, now)) count++;
      }
      return count;
    },
    async send() {
      const due = await dueDeliveries(store.db, clock());
      let arrived = 0;
      const next = async (): Promise<void> => {
        for (let delivery = due.shift(); delivery; delivery = due.shift()) if (await sendOne(delivery)) arrived++;
      };
      await Promise.all(Array.from({ length: rule.atOnce }, next));
      return arrived;
    },
  };
}

/** Why a subscriber is sent nothing; "" when he is. */
async function barrier(reader: Reader, { account, way, target }: ProductSubscription): Promise<string> {
  if (account === "") return (await hasAccounts(reader)) ? "it is nobody's, and the centre asks who calls" : "";
  const [found] = await loadAccounts(reader, account);
  if (found?.state !== "active") return "the account is not active";
  if (way !== "e-mail") return "";
  const [address] = await loadMailAddresses(reader, { address: target });
  return address?.account === account ? "" : `${target} is no address of the account any more`;
}

/** What fetch says lies in its cause. */
function reasonOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
