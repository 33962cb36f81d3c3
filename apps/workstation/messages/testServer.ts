/** A made-up centre for the tests of the page: it keeps subscriptions, and answers a message with its own first lines. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { DeliveryRecord, SubscriptionRecord, SubscriptionRequest } from "@harken/api";
import { sendPage } from "../testPages.ts";

export interface MessagesServer {
  readonly url: string;
  readonly asked: SubscriptionRequest[];
  close(): Promise<void>;
}

const delivery = (number: number, change: Partial<DeliveryRecord>): DeliveryRecord => ({
  ...{ id: number, number, created: 1_764_000_000 + 3600 * number, state: "delivered", attempts: 1 },
  ...{ nextTime: 1_764_000_000, settled: 1_764_000_001, reason: "", items: 4, bytes: 5120, sha256: "", ...change },
});

export async function startMessagesServer(pages: string): Promise<MessagesServer> {
  const asked: SubscriptionRequest[] = [];
  const held: SubscriptionRecord[] = [
    {
      ...{ id: 1, name: "large events", product: "BULLETIN", list: "SEL3", filter: "magnitude from 5" },
      ...{ frequency: "IMMEDIATE", way: "e-mail", target: "ana@ndc.example", state: "active", issued: 3 },
      ...{ nextTime: 1_764_000_000, created: 1_763_000_000 },
    },
  ];
  const log = [
    delivery(3, { state: "waiting", attempts: 2, settled: null, reason: "the receiver answered 503" }),
    delivery(2, { state: "failed", attempts: 10, reason: "the mailbox is full" }),
    delivery(1, {}),
  ];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (!pathname.startsWith("/api/")) return sendPage(pages, pathname, response);
    const body = (await request.toArray()).join("");
    const [, , , kind, id, what] = pathname.split("/");
    if (kind === "session") return json({ required: true, name: "Ana", role: "reader" });
    if (kind === "messages")
      return response.writeHead(200).end(`BEGIN IMS2.0\nMSG_TYPE DATA\n${body.split("\n")[2]}\nSTOP\n`);
    if (kind === "deliveries") {
      const at = log.findIndex((one) => String(one.id) === id);
      log[at] = { ...log[at]!, state: "waiting", attempts: 0, reason: "" };
      return json(log[at]);
    }
    if (what === "deliveries") return json({ deliveries: id === "1" ? log : [] });
    if (what === "end") {
      const at = held.findIndex((one) => String(one.id) === id);
      held[at] = { ...held[at]!, state: "ended" };
      return json(held[at]);
    }
    if (request.method === "POST") {
      const wish = JSON.parse(body) as SubscriptionRequest;
      asked.push(wish);
      if (wish.way === "push")
        return json(
          { code: "NO_SUBSCRIPTION", message: "The operator has not opened x.example.", advise: "Ask." },
          409,
        );
      const { name, product, frequency, way, list = "" } = wish;
      const made = { id: held.length + 1, name, product, list, frequency, way, filter: "", target: "" };
      held.push({ ...made, state: "active", issued: 0, nextTime: 1_764_100_000, created: 1_764_000_000 });
      return json(held.at(-1));
    }
    return json({ subscriptions: held, ways: ["portal", "e-mail", "push"], addresses: ["ana@ndc.example"] });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
