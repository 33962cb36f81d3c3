/** The answers of the routes for messages. */
import type { FastifyRequest } from "fastify";
import type { Exchange } from "../exchange/open.ts";
import type { Sender } from "../messages/service.ts";
import type { RouteHandlers } from "./server.ts";

/** Longest answer to a message in one piece. */
const ANSWER_LIMIT_BYTES = 64_000_000;

/** Whom the session names; where the centre asks nobody, nobody with every right. */
const senderOf = ({ person }: FastifyRequest): Sender => person ?? { name: "", role: null };

export function createExchangeHandlers(exchange: () => Pick<Exchange, "messages">): Pick<RouteHandlers, "message"> {
  return {
    message: async (request, reply) => {
      const bytes = Buffer.from(request.body as string, "utf8");
      const carrier = { way: "https", mostBytes: ANSWER_LIMIT_BYTES } as const;
      const { parts } = await exchange().messages.answer(bytes, senderOf(request), carrier);
      return reply.type("text/plain; charset=utf-8").header("cache-control", "no-store").send(Buffer.concat(parts));
    },
  };
}
