/** The answers of the routes for messages, subscriptions and deliveries. */
import type { DeliveryRecord, SubscriptionRecord, SubscriptionRequest } from "@harken/api";
import { defaultEnvironment, type ImsEnvironment, type ImsRange } from "@harken/formats";
import type { Delivery, ProductSubscription } from "@harken/store";
import type { FastifyRequest } from "fastify";
import { environmentOf } from "../delivery/collect.ts";
import { inWords } from "../delivery/inWords.ts";
import type { Exchange } from "../exchange/open.ts";
import type { Sender } from "../messages/service.ts";
import type { RouteHandlers } from "./server.ts";

/** Longest answer to a message in one piece. */
const ANSWER_LIMIT_BYTES = 64_000_000;
const MOST_DELIVERIES = 500;

type Names =
  | "message"
  | "subscriptions"
  | "subscribe"
  | "endSubscription"
  | "deliveries"
  | "deliveryFile"
  | "resendDelivery";

/** Whom the session names; where the centre asks nobody, nobody with every right. */
const senderOf = ({ person }: FastifyRequest): Sender => person ?? { name: "", role: null };
const numberOf = ({ params }: FastifyRequest): number => (params as { id: number }).id;

export function createExchangeHandlers(
  exchange: () => Pick<Exchange, "messages" | "subscriptions">,
): Pick<RouteHandlers, Names> {
  return {
    message: async (request, reply) => {
      const bytes = Buffer.from(request.body as string, "utf8");
      const carrier = { way: "https", mostBytes: ANSWER_LIMIT_BYTES } as const;
      const { parts } = await exchange().messages.answer(bytes, senderOf(request), carrier);
      return reply.type("text/plain; charset=utf-8").header("cache-control", "no-store").send(Buffer.concat(parts));
    },
    subscriptions: async (request) => {
      const person = senderOf(request);
      const { list, offers } = exchange().subscriptions;
      return { subscriptions: (await list(person)).map(present), ...(await offers(person)) };
    },
    subscribe: async (request) => {
      const asked = request.body as SubscriptionRequest;
      const { name, product, frequency, way, target = "", sendsEmpty = false, fromStart = false } = asked;
      const wish = { name, product, frequency, way, target, sendsEmpty, fromStart, endTime: null };
      const environment = environmentFrom(asked);
      return present(await exchange().subscriptions.subscribe(senderOf(request), { ...wish, environment }));
    },
    endSubscription: async (request) =>
      present(await exchange().subscriptions.end(senderOf(request), numberOf(request))),
    deliveries: async (request) => {
      const found = await exchange().subscriptions.deliveries(senderOf(request), numberOf(request), MOST_DELIVERIES);
      return { deliveries: found.map(presentDelivery) };
    },
    deliveryFile: async (request, reply) => {
      const text = await exchange().subscriptions.message(senderOf(request), numberOf(request));
      return reply
        .type("text/plain; charset=utf-8")
        .header("content-disposition", `attachment; filename="delivery-${numberOf(request)}.ims"`)
        .send(text);
    },
    resendDelivery: async (request) =>
      presentDelivery(await exchange().subscriptions.resend(senderOf(request), numberOf(request))),
  };
}

function environmentFrom({ list = "", stations, ...asked }: SubscriptionRequest): ImsEnvironment {
  const range = (given: { from?: number; to?: number } | undefined): ImsRange => ({
    from: given?.from ?? Number.NEGATIVE_INFINITY,
    to: given?.to ?? Number.POSITIVE_INFINITY,
  });
  const codes = (stations ?? "")
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((code) => code !== "");
  const { lists, ranges } = defaultEnvironment;
  return {
    ...defaultEnvironment,
    bulletin: list.toUpperCase(),
    lists: { ...lists, stations: codes.length > 0 ? codes : lists.stations },
    ranges: {
      ...{ ...ranges, magnitude: range(asked.magnitude), depthKm: range(asked.depth) },
      ...{ latitudeDeg: range(asked.latitude), longitudeDeg: range(asked.longitude) },
    },
  };
}

function present(subscription: ProductSubscription): SubscriptionRecord {
  const { id, name, product, frequency, way, target, state, issued, nextTime, created } = subscription;
  const environment = environmentOf(subscription);
  return {
    ...{ id, name, product, frequency, way, target, state, issued, nextTime, created },
    ...{ list: environment.bulletin, filter: inWords(environment) },
  };
}

function presentDelivery({ subscription: _subscription, ...delivery }: Delivery): DeliveryRecord {
  return delivery;
}
