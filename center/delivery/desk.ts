/** Subscribing: checks what is wanted against what the person may have, and answers MSG_TYPE SUBSCRIPTION messages. */
import { isoTime } from "@harken/core";
import { defaultEnvironment, type ImsEnvironment, isAskedFor } from "@harken/formats";
import {
  changeSubscription,
  type Delivery,
  type DeliveryWay,
  deliveryMessage,
  endSubscription,
  loadDeliveries,
  loadMailAddresses,
  loadSubscriptions,
  type ProductSubscription,
  putSubscription,
  resendDelivery,
} from "@harken/store";
import { centerErrors } from "../errors.ts";
import type { ExchangeSettings } from "../exchange/settings.ts";
import { messageLists } from "../messages/eventSections.ts";
import type { Sender, SubscriptionAnswerer } from "../messages/service.ts";
import type { MessageSources } from "../messages/sources.ts";
import { presentPosition, storable, subscribedKinds } from "./collect.ts";
import { nextDelivery } from "./schedule.ts";

export interface SubscriptionWish {
  readonly name: string;
  readonly product: string;
  readonly environment: ImsEnvironment;
  readonly frequency: string;
  readonly way: DeliveryWay;
  readonly target: string;
  readonly sendsEmpty: boolean;
  /** Whether what is there already is sent first. */
  readonly fromStart: boolean;
  readonly endTime: number | null;
}

/** Everything here is of the person who asks: another's subscriptions are not there for him. */
export interface SubscriptionDesk {
  subscribe(person: Sender, wish: SubscriptionWish): Promise<ProductSubscription>;
  list(person: Sender): Promise<ProductSubscription[]>;
  end(person: Sender, id: number): Promise<ProductSubscription>;
  deliveries(person: Sender, id: number, limit: number): Promise<Delivery[]>;
  message(person: Sender, deliveryId: number): Promise<string>;
  resend(person: Sender, deliveryId: number): Promise<Delivery>;
  /** The ways that are open to the person, and the person's addresses. */
  offers(person: Sender): Promise<{ readonly ways: DeliveryWay[]; readonly addresses: string[] }>;
  readonly answer: SubscriptionAnswerer;
}

const MOST_SUBSCRIPTIONS = 50;
const NAME = /^[\w .:-]{1,40}$/;

export function createSubscriptionDesk(sources: MessageSources, settings: ExchangeSettings): SubscriptionDesk {
  const { store, clock } = sources;
  const refuse = (reason: string) => centerErrors.make("NO_SUBSCRIPTION", { reason });

  async function targetOf({ name }: Sender, way: DeliveryWay, target: string): Promise<string> {
    if (way === "portal") return "";
    if (way === "file") {
      if (settings.dropFolder === undefined) throw refuse("files are dropped nowhere here");
      return "";
    }
    if (way === "e-mail") {
      if (!settings.mail) throw refuse("the centre sends no mail");
      const [address] = await loadMailAddresses(store.db, { address: target });
      if (name === "" || address?.account !== name)
        throw refuse(`${target || "nothing"} is no address of your account`);
      return address.address;
    }
    const url = URL.parse(target);
    const hosts = settings.pushHosts ?? [];
    if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.username !== "")
      throw refuse(`"${target}" is no address of a web service`);
    // The centre calls only where its operator lets it: not into its own network on a subscriber's word.
    if (!hosts.includes(url.host)) throw refuse(`the operator has not opened ${url.host} for deliveries`);
    return url.href;
  }

  async function own({ name }: Sender, id: number): Promise<ProductSubscription> {
    const [found] = await loadSubscriptions(store.db, { id });
    if (!found || found.account !== name) throw refuse(`you have none of number ${id}`);
    return found;
  }

  async function ownDelivery(person: Sender, id: number): Promise<Delivery> {
    const [delivery] = await loadDeliveries(store.db, { id });
    if (!delivery) throw refuse(`there is no delivery ${id}`);
    await own(person, delivery.subscription);
    return delivery;
  }

  const desk: Omit<SubscriptionDesk, "answer"> = {
    async subscribe(person, wish) {
      const kind = wish.product.split(":")[0]!;
      if (!subscribedKinds.includes(kind)) throw refuse(`there is none to ${wish.product}`);
      if (!NAME.test(wish.name)) throw refuse("a name has 1 to 40 letters, digits, blanks, dots and dashes");
      const { bulletin } = wish.environment;
      if (["BULLETIN", "EVENT", "ORIGIN"].includes(kind) && !messageLists.includes(bulletin))
        throw refuse(`the lists are ${messageLists.join(", ")}`);
      const before = (await desk.list(person)).filter(({ state }) => state === "active");
      if (before.length >= MOST_SUBSCRIPTIONS) throw refuse(`you have ${before.length} already`);
      const target = await targetOf(person, wish.way, wish.target);
      const now = clock();
      const first =
        wish.frequency === "IMMEDIATE" || wish.frequency === "CONTINUOUS" ? now : nextDelivery(wish.frequency, now);
      const isReport = /STATUS|OUTAGE/.test(kind);
      const position = wish.fromStart && !isReport ? 0 : await presentPosition(store.db, wish.product, now);
      const id = await store.transaction((writer) =>
        putSubscription(
          writer,
          {
            ...{ account: person.name, name: wish.name, product: wish.product, frequency: wish.frequency },
            ...{ way: wish.way, target, sendsEmpty: wish.sendsEmpty, endTime: wish.endTime, position },
            ...{ environment: storable(wish.environment), nextTime: wish.fromStart ? now : first },
          },
          now,
        ),
      );
      return own(person, id);
    },
    async offers({ name }) {
      const addresses = name === "" ? [] : await loadMailAddresses(store.db, { account: name });
      return {
        ways: [
          "portal",
          ...(settings.mail && addresses.length > 0 ? (["e-mail"] as const) : []),
          ...((settings.pushHosts ?? []).length > 0 ? (["push"] as const) : []),
          ...(settings.dropFolder === undefined ? [] : (["file"] as const)),
        ],
        addresses: addresses.map(({ address }) => address),
      };
    },
    list: ({ name }) => loadSubscriptions(store.db, { account: name }),
    async end(person, id) {
      await own(person, id);
      await store.transaction((writer) => endSubscription(writer, id, clock()));
      return own(person, id);
    },
    async deliveries(person, id, limit) {
      await own(person, id);
      return loadDeliveries(store.db, { subscription: id, limit });
    },
    async message(person, id) {
      await ownDelivery(person, id);
      return deliveryMessage(store.db, id);
    },
    async resend(person, id) {
      const { subscription } = await ownDelivery(person, id);
      const { way } = await own(person, subscription);
      if (way === "portal") throw refuse("what lies in the portal is fetched there as often as you like");
      await store.transaction((writer) => resendDelivery(writer, id, clock()));
      return ownDelivery(person, id);
    },
  };

  /** Own subscriptions that SUBSCR_LIST and PRODID_LIST name; neither names none. */
  async function named(person: Sender, { lists }: ImsEnvironment): Promise<ProductSubscription[]> {
    const isGiven = (list: readonly string[], fallback: readonly string[]) => list !== fallback;
    const { subscriptions, products } = lists;
    const defaults = defaultEnvironment.lists;
    if (!isGiven(subscriptions, defaults.subscriptions) && !isGiven(products, defaults.products)) return [];
    return (await desk.list(person)).filter(
      ({ id, name }) => isAskedFor(name, subscriptions) && isAskedFor(String(id), products),
    );
  }

  const answer: SubscriptionAnswerer = async (message, person) => {
    const log: string[] = [];
    const wrong: string[] = [];
    for (const { kind, subtype, environment, line } of message.requests) {
      try {
        if (kind === "SUBSCRIBE") continue;
        if (kind === "SUBSCR_PROD") log.push(...(await desk.list(person)).map(describe));
        else if (/^(?:UNSUBSCRIBE|CHANGE|SUBSCR_)/.test(kind)) {
          const chosen = await named(person, environment);
          if (chosen.length === 0) throw refuse("SUBSCR_LIST or PRODID_LIST name none of yours");
          for (const subscription of chosen) log.push(...(await manage(kind, person, subscription, environment)));
        } else {
          const { time, frequency, subscriptionName, sendsEmpty } = environment;
          const made = await desk.subscribe(person, {
            ...{ name: subscriptionName || kind, product: subtype ? `${kind}:${subtype}` : kind, frequency },
            environment: time && time.from < clock() ? environment : { ...environment, time: null },
            ...(message.reply?.way === "E-MAIL"
              ? { way: "e-mail" as const, target: message.reply.address }
              : { way: "portal" as const, target: "" }),
            // SEND_EMPTY is not for immediate deliveries.
            sendsEmpty: sendsEmpty && frequency !== "IMMEDIATE",
            fromStart: time !== null && Number.isFinite(time.from) && time.from < clock(),
            endTime: time && Number.isFinite(time.to) ? time.to : null,
          });
          log.push(describe(made));
        }
      } catch (cause) {
        if (!(cause instanceof Error)) throw cause;
        wrong.push(`line ${line}: ${cause.message}`);
      }
    }
    if (log.length === 0) return { refused: wrong.length > 0 ? wrong : ["Nothing is subscribed to."] };
    return { log: [...log, ...wrong] };
  };

  async function manage(
    kind: string,
    person: Sender,
    subscription: ProductSubscription,
    environment: ImsEnvironment,
  ): Promise<string[]> {
    const { id } = subscription;
    if (kind === "UNSUBSCRIBE") return [describe(await desk.end(person, id))];
    if (kind === "CHANGE") {
      const { frequency } = environment;
      const now = clock();
      const change = { environment: storable(environment), frequency, nextTime: nextDelivery(frequency, now) };
      await store.transaction((writer) => changeSubscription(writer, id, change, now));
      return [describe(await own(person, id))];
    }
    const deliveries = (await loadDeliveries(store.db, { subscription: id })).filter(({ number }) =>
      isAskedFor(String(number), environment.lists.deliveries),
    );
    if (kind === "SUBSCR_LOG") return [describe(subscription), ...deliveries.map(describeDelivery)];
    const again: string[] = [];
    for (const { id: deliveryId } of deliveries) again.push(describeDelivery(await desk.resend(person, deliveryId)));
    return again;
  }

  return { ...desk, answer };
}

const describe = ({ id, name, product, frequency, way, target, state, issued }: ProductSubscription): string =>
  `subscription ${name}, product id ${id}: ${product}, ${frequency}, by ${way} ${target}, ${state}, ${issued} deliveries`;

const describeDelivery = ({ subscription, number, state, created, attempts, reason }: Delivery): string =>
  `delivery ${subscription} ${number} of ${isoTime(created, 0)}: ${state} after ${attempts} attempts ${reason}`.trim();
