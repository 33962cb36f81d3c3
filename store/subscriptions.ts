/** Subscriptions and their deliveries. A delivery and the subscription's position behind it are committed together. */
import { createHash } from "node:crypto";
import type { Reader, Writer } from "./database.ts";
import { recordInLedger } from "./ledger.ts";
import { allotIds, insertRows } from "./rows.ts";
import type { Row } from "./tables.ts";

export type DeliveryWay = "e-mail" | "push" | "file" | "portal";

export interface ProductSubscription {
  readonly id: number;
  /** Name of the account; "" where the centre asks nobody. */
  readonly account: string;
  readonly name: string;
  /** Kind of request and what follows a colon: "BULLETIN", "ARRIVAL:AUTOMATIC". */
  readonly product: string;
  /** The environment of the request as JSON. */
  readonly environment: unknown;
  /** IMMEDIATE, CONTINUOUS, DAILY or CUSTOM with its schedule. */
  readonly frequency: string;
  readonly way: DeliveryWay;
  /** Address, URL or folder; "" for the portal. */
  readonly target: string;
  /** Epoch s; null for ever. */
  readonly endTime: number | null;
  readonly sendsEmpty: boolean;
  readonly state: "active" | "ended";
  readonly position: number;
  /** Number of the last delivery. */
  readonly issued: number;
  /** When the next one is due, epoch s. */
  readonly nextTime: number;
  readonly created: number;
}

export interface Delivery {
  readonly id: number;
  readonly subscription: number;
  readonly number: number;
  readonly created: number;
  /** `failed`: sent as often as is tried, for the reason given. */
  readonly state: "waiting" | "delivered" | "failed";
  readonly attempts: number;
  readonly nextTime: number;
  readonly settled: number | null;
  readonly reason: string;
  /** Events, arrivals or samples in it. */
  readonly items: number;
  readonly bytes: number;
  readonly sha256: string;
}

export type NewSubscription = Omit<ProductSubscription, "id" | "state" | "issued" | "created">;

export async function putSubscription(writer: Writer, given: NewSubscription, now: number): Promise<number> {
  const subid = await allotIds(writer, "subid", 1);
  await insertRows(writer, "subscription", [
    {
      ...{ subid, account: given.account, name: given.name, product: given.product },
      environment: JSON.stringify(given.environment),
      ...{ frequency: given.frequency, way: given.way, target: given.target, endtime: given.endTime },
      ...{ sendsempty: given.sendsEmpty ? 1 : 0, state: "active", position: given.position, issued: 0 },
      ...{ nexttime: given.nextTime, created: now, lddate: now },
    },
  ]);
  return subid;
}

/** In order of number. */
export async function loadSubscriptions(
  reader: Reader,
  query: { readonly account?: string; readonly id?: number; readonly dueAt?: number } = {},
): Promise<ProductSubscription[]> {
  let select = reader.selectFrom("subscription").selectAll();
  if (query.account !== undefined) select = select.where("account", "=", query.account);
  if (query.id !== undefined) select = select.where("subid", "=", query.id);
  if (query.dueAt !== undefined) select = select.where("state", "=", "active").where("nexttime", "<=", query.dueAt);
  return (await select.orderBy("subid").execute()).map(subscriptionFromRow);
}

export async function endSubscription(writer: Writer, id: number, now: number): Promise<boolean> {
  const { numUpdatedRows } = await writer
    .updateTable("subscription")
    .set({ state: "ended", lddate: now })
    .where("subid", "=", id)
    .where("state", "=", "active")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Changes what is sent from now on. */
export async function changeSubscription(
  writer: Writer,
  id: number,
  change: { readonly environment: unknown; readonly frequency: string; readonly nextTime: number },
  now: number,
): Promise<void> {
  await writer
    .updateTable("subscription")
    .set({
      environment: JSON.stringify(change.environment),
      frequency: change.frequency,
      nexttime: change.nextTime,
      lddate: now,
    })
    .where("subid", "=", id)
    .execute();
}

export interface Issue {
  /** Makes the message of a delivery when its number is known; null when nothing is sent this time. */
  readonly message: ((number: number) => string) | null;
  readonly items: number;
  readonly position: number;
  readonly nextTime: number;
}

/** Moves the subscription on, with the next delivery where there is one. False when somebody else has moved it. */
export async function issueDelivery(
  writer: Writer,
  subscription: ProductSubscription,
  { message, items, position, nextTime }: Issue,
  now: number,
): Promise<boolean> {
  const number = subscription.issued + (message ? 1 : 0);
  const { numUpdatedRows } = await writer
    .updateTable("subscription")
    .set({ position, issued: number, nexttime: nextTime, lddate: now })
    .where("subid", "=", subscription.id)
    .where("state", "=", "active")
    .where("issued", "=", subscription.issued)
    .where("position", "=", subscription.position)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  if (!message) return true;
  const text = message(number);
  const isReady = subscription.way === "portal";
  const deliveryid = await allotIds(writer, "deliveryid", 1);
  await insertRows(writer, "delivery", [
    {
      ...{ deliveryid, subid: subscription.id, number, created: now },
      ...{ state: isReady ? "delivered" : "waiting", attempts: 0, nexttime: now, settled: isReady ? now : null },
      ...{ reason: "", items, bytes: Buffer.byteLength(text), message: text },
      sha256: createHash("sha256").update(text).digest("hex"),
    },
  ]);
  const action = `delivery ${number} of subscription ${subscription.id}`;
  await recordInLedger(writer, [{ time: now, actor: subscription.account, action, table: "delivery", id: deliveryid }]);
  return true;
}

const heads = [
  ...(["deliveryid", "subid", "number", "created", "state", "attempts", "nexttime", "settled"] as const),
  ...(["reason", "items", "bytes", "sha256"] as const),
] as const;

/** Newest first. */
export async function loadDeliveries(
  reader: Reader,
  query: { readonly subscription?: number; readonly id?: number; readonly limit?: number },
): Promise<Delivery[]> {
  let select = reader.selectFrom("delivery").select(heads);
  if (query.subscription !== undefined) select = select.where("subid", "=", query.subscription);
  if (query.id !== undefined) select = select.where("deliveryid", "=", query.id);
  if (query.limit !== undefined) select = select.limit(query.limit);
  return (await select.orderBy("deliveryid", "desc").execute()).map(deliveryFromRow);
}

/** Of each subscription the first that waits, when its time has come: the ones after it wait for it. */
export async function dueDeliveries(reader: Reader, now: number): Promise<Delivery[]> {
  const rows = await reader
    .selectFrom("delivery as d")
    .select(heads)
    .where("d.state", "=", "waiting")
    .where("d.nexttime", "<=", now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("delivery as e")
            .select("e.deliveryid")
            .whereRef("e.subid", "=", "d.subid")
            .whereRef("e.number", "<", "d.number")
            .where("e.state", "=", "waiting"),
        ),
      ),
    )
    .orderBy("deliveryid")
    .execute();
  return rows.map(deliveryFromRow);
}

export async function deliveryMessage(reader: Reader, id: number): Promise<string> {
  const row = await reader.selectFrom("delivery").select("message").where("deliveryid", "=", id).executeTakeFirst();
  return row?.message ?? "";
}

/** Takes a delivery for one attempt; nobody else does before `until`. False when somebody else has it. */
export async function claimDelivery(writer: Writer, { id, attempts }: Delivery, until: number): Promise<boolean> {
  const { numUpdatedRows } = await writer
    .updateTable("delivery")
    .set({ attempts: attempts + 1, nexttime: until })
    .where("deliveryid", "=", id)
    .where("state", "=", "waiting")
    .where("attempts", "=", attempts)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function settleDelivery(
  writer: Writer,
  id: number,
  outcome: { readonly state: Delivery["state"]; readonly reason: string; readonly nextTime: number },
  now: number,
): Promise<void> {
  const { state, reason, nextTime } = outcome;
  await writer
    .updateTable("delivery")
    .set({ state, reason, nexttime: nextTime, settled: state === "waiting" ? null : now })
    .where("deliveryid", "=", id)
    .where("state", "=", "waiting")
    .execute();
}

/** Sends a settled delivery once more, under its number. False while it waits. */
export async function resendDelivery(writer: Writer, id: number, now: number): Promise<boolean> {
  const { numUpdatedRows } = await writer
    .updateTable("delivery")
    .set({ state: "waiting", attempts: 0, nexttime: now, settled: null, reason: "" })
    .where("deliveryid", "=", id)
    .where("state", "!=", "waiting")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function subscriptionFromRow(row: Row<"subscription">): ProductSubscription {
  return {
    ...{ id: row.subid, account: row.account, name: row.name, product: row.product },
    environment: JSON.parse(row.environment) as unknown,
    ...{ frequency: row.frequency, way: row.way as DeliveryWay, target: row.target, endTime: row.endtime },
    ...{ sendsEmpty: row.sendsempty === 1, state: row.state as ProductSubscription["state"], position: row.position },
    ...{ issued: row.issued, nextTime: row.nexttime, created: row.created },
  };
}

function deliveryFromRow(row: Omit<Row<"delivery">, "message">): Delivery {
  return {
    ...{ id: row.deliveryid, subscription: row.subid, number: row.number, created: row.created },
    ...{ state: row.state as Delivery["state"], attempts: row.attempts, nextTime: row.nexttime },
    ...{ settled: row.settled, reason: row.reason, items: row.items, bytes: row.bytes, sha256: row.sha256 },
  };
}
