/** The HTTP side of the centre: the contract's routes, the stream, the counters and the pages. */

import websocket from "@fastify/websocket";
import { type RouteDefinition, type RouteName, routes, type Status } from "@harken/api";
import type { Bus } from "@harken/store";
import { type FastifyInstance, fastify, type RouteHandlerMethod } from "fastify";
import type { Logger } from "pino";
import type { FdsnSources } from "../fdsn/answer.ts";
import { serveFdsn } from "../fdsn/service.ts";
import type { People } from "../people/people.ts";
import { guard } from "./doors.ts";
import { answerFailures } from "./failures.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { servePages } from "./pages.ts";
import { isLoopback, secure } from "./security.ts";
import { serveStream } from "./stream.ts";

export type RouteHandlers = Readonly<Record<Exclude<RouteName, "metrics">, RouteHandlerMethod>>;

export interface ServerOptions {
  readonly handlers: RouteHandlers;
  readonly bus: Bus;
  readonly logger: Logger;
  readonly status: () => Promise<Status>;
  readonly pages: string | undefined;
  readonly host: string;
  readonly people: People;
  readonly fdsn: FdsnSources;
}

export interface HttpServer {
  readonly server: FastifyInstance;
  readonly metrics: Metrics;
  close(): Promise<void>;
}

/** Requests of a screen are small; nothing is uploaded. */
const BODY_LIMIT_BYTES = 65_536;
const MAX_PARAM_LENGTH = 200;

export async function createServer({
  handlers,
  bus,
  logger,
  status,
  pages,
  host,
  people,
  fdsn,
}: ServerOptions): Promise<HttpServer> {
  const server = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: true, removeAdditional: false } },
  });
  const metrics = createMetrics(status);
  answerFailures(server, logger);
  secure(server, isLoopback(host));
  guard(server, people);
  server.addHook("onResponse", async (request, reply) => {
    metrics.observeRequest(request.routeOptions.url ?? "none", reply.statusCode, reply.elapsedTime / 1000);
  });
  await server.register(websocket, { options: { maxPayload: BODY_LIMIT_BYTES } });
  for (const [name, route] of Object.entries<RouteDefinition>(routes)) {
    const handler: RouteHandlerMethod =
      name === "metrics"
        ? async (_, reply) => reply.type(metrics.contentType).send(await metrics.text())
        : handlers[name as keyof RouteHandlers];
    const schema = {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      ...(route.response ? { response: { 200: route.response } } : {}),
    };
    server.route({ method: route.method, url: route.path, schema, handler, config: { access: route.access } });
  }
  const stream = await serveStream(server, bus, status);
  await serveFdsn(server, fdsn);
  await servePages(server, pages);
  return {
    server,
    metrics,
    async close() {
      await stream.stop();
      await server.close();
    },
  };
}
