/** Refusals as the contract has them: {code, message, advise}, with the status of the registry. */
import { HarkenError } from "@harken/core";
import type { FastifyError, FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { centerErrors } from "../errors.ts";

function asHarkenError(error: unknown): HarkenError {
  if (error instanceof HarkenError) return error;
  const { statusCode, validation, message } = error as Partial<FastifyError>;
  if (validation || (statusCode !== undefined && statusCode < 500))
    return centerErrors.make("BAD_REQUEST", { reason: message }, error);
  return centerErrors.make("INTERNAL", {}, error);
}

export function answerFailures(server: FastifyInstance, logger: Logger): void {
  server.setErrorHandler(async (error, request, reply) => {
    const failure = asHarkenError(error);
    if (failure.http >= 500) logger.error({ code: "http.failed", url: request.url, err: error });
    return reply
      .code(failure.http)
      .type("application/json")
      .send({ code: failure.code, message: failure.message, advise: failure.advise });
  });
}
