/**
 * The web services of the FDSN over the centre's archive, inventory and bulletins: paths, forms, status codes and refusals as the specifications
 * (FDSN Web Service Specifications 1.2, fdsnws-availability 1.0) have them.
 *
 *     /fdsnws/dataselect/1/query?net=XX&sta=ST0&loc=--&cha=BH?&start=2026-11-25T00:00:00&end=2026-11-25T01:00:00
 *
 * Answers are written piece by piece as the reader takes them. What can be refused is refused before the first byte.
 */
import { Readable } from "node:stream";
import { HarkenError, isoTime } from "@harken/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { centerErrors } from "../errors.ts";
import type { FdsnAnswer, FdsnSources } from "./answer.ts";
import { availability, availabilityParameters, extentParameters } from "./availability.ts";
import { dataselect, dataselectParameters } from "./dataselect.ts";
import { event, eventParameters } from "./event.ts";
import { type FdsnRequest, readForm, readQuery, wordOf } from "./request.ts";
import { station, stationParameters } from "./station.ts";
import { wadl } from "./wadl.ts";

interface Service {
  readonly name: string;
  readonly version: string;
  readonly takesForms: boolean;
  readonly methods: Readonly<
    Record<
      string,
      {
        readonly parameters: readonly string[];
        readonly answer: (sources: FdsnSources, request: FdsnRequest) => Promise<FdsnAnswer>;
      }
    >
  >;
}

const services: readonly Service[] = [
  {
    ...{ name: "dataselect", version: "1.1.1", takesForms: true },
    methods: { query: { parameters: dataselectParameters, answer: dataselect } },
  },
  {
    ...{ name: "availability", version: "1.0.0", takesForms: true },
    methods: {
      query: { parameters: availabilityParameters, answer: (...given) => availability(...given, false) },
      extent: { parameters: extentParameters, answer: (...given) => availability(...given, true) },
    },
  },
  {
    ...{ name: "station", version: "1.1.0", takesForms: true },
    methods: { query: { parameters: stationParameters, answer: station } },
  },
  {
    ...{ name: "event", version: "1.2.0", takesForms: false },
    methods: { query: { parameters: eventParameters, answer: event } },
  },
];

/** What the services give is what the pages' readers see. */
const forReaders = Object.freeze({ access: "reader" as const });

/** A form of 5 000 lines is shorter. */
const FORM_LIMIT_BYTES = 500_000;

export async function serveFdsn(server: FastifyInstance, sources: FdsnSources): Promise<void> {
  for (const service of services)
    await server.register(async (scope) => serveOne(scope, service, sources), {
      prefix: `/fdsnws/${service.name}/1`,
    });
}

function serveOne(scope: FastifyInstance, service: Service, sources: FdsnSources): void {
  const { name, version, methods, takesForms } = service;
  scope.removeAllContentTypeParsers();
  // Clients name all kinds of types for what is always a form.
  scope.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  scope.setErrorHandler((error, request, reply) => refusal(reply, request, version, sources, error));
  scope.get("/version", async (_request, reply) => reply.type("text/plain; charset=utf-8").send(`${version}\n`));
  scope.get("/application.wadl", async (request, reply) => {
    const base = `${request.protocol}://${request.host}/fdsnws/${name}/1/`;
    const parameters = Object.entries(methods).map(([method, known]) => [method, known.parameters] as const);
    return reply.type("application/xml; charset=utf-8").send(wadl(base, parameters, takesForms));
  });
  for (const [method, { parameters, answer }] of Object.entries(methods)) {
    const give = async (request: FastifyRequest, reply: FastifyReply, asked: FdsnRequest) => {
      const nodata = wordOf(asked, "nodata", ["204", "404"]);
      const given = await answer(sources, asked);
      const chunks = given?.chunks[Symbol.asyncIterator]();
      const first = await chunks?.next();
      if (!given || !chunks || !first || first.done) {
        if (nodata === "204") return reply.code(204).send();
        throw centerErrors.make("FDSN_NO_DATA");
      }
      if (given.file !== undefined) reply.header("content-disposition", `attachment; filename="${given.file}"`);
      const body = Readable.from(withFirst(first.value, chunks), { objectMode: false });
      // The head is gone: all that is left to tell the reader is to break off.
      body.on("error", (err) => sources.logger.error({ code: "fdsn.failed", url: request.url, err }));
      return reply.type(given.type).send(body);
    };
    scope.get(`/${method}`, { config: forReaders }, async (request, reply) => {
      const at = request.url.indexOf("?");
      return give(request, reply, readQuery(at < 0 ? "" : request.url.slice(at + 1), parameters));
    });
    if (takesForms)
      scope.post(`/${method}`, { bodyLimit: FORM_LIMIT_BYTES, config: forReaders }, async (request, reply) =>
        give(request, reply, readForm(typeof request.body === "string" ? request.body : "", parameters)),
      );
  }
}

async function* withFirst<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

const SHORT: Readonly<Record<number, string>> = {
  ...{ 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 413: "Request too large" },
  ...{ 500: "Internal Server Error", 503: "Temporarily unavailable" },
};

/** The body that the specification has for refusals. */
async function refusal(
  reply: FastifyReply,
  request: FastifyRequest,
  version: string,
  { clock, logger }: FdsnSources,
  error: unknown,
): Promise<void> {
  const { statusCode } = error as { statusCode?: number };
  const status = error instanceof HarkenError ? error.http : (statusCode ?? 500);
  if (status >= 500) logger.error({ code: "fdsn.failed", url: request.url, err: error });
  const said = error instanceof HarkenError ? `${error.message} ${error.advise}` : (error as Error).message;
  const service = request.routeOptions.url?.replace(/[^/]*$/, "") ?? "/";
  await reply
    .code(status)
    .type("text/plain; charset=utf-8")
    .send(
      [
        `Error ${status}: ${SHORT[status] ?? "Refused"}`,
        ...["", status >= 500 ? "The service has failed; the log of the centre says why." : said, ""],
        ...[`Usage details are available from ${service}application.wadl`, ""],
        ...["Request:", request.url, "", "Request Submitted:", isoTime(clock(), 0), ""],
        ...["Service version:", version, ""],
      ].join("\n"),
    );
}
