/**
 * What a browser may do with the centre's pages: only what comes from the centre itself. No inline script, no frame around it, no other
 * site's page reading it (a local centre must not be read by a web page through a name that points at 127.0.0.1).
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { centerErrors } from "../errors.ts";

const policy = [
  "default-src 'none'",
  // WebAssembly is compiled for the analyses of waveforms; text is never run as a script.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const securityHeaders: Readonly<Record<string, string>> = Object.freeze({
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
});

const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

export const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || host.startsWith("127.");

/** Adds the headers to every answer and refuses foreign pages. `loopback`: the centre listens on this machine only. */
export function secure(server: FastifyInstance, loopback: boolean): void {
  server.addHook("onRequest", async (request, reply) => {
    reply.headers(securityHeaders);
    refuseForeign(request, loopback);
  });
}

function refuseForeign({ headers }: FastifyRequest, loopback: boolean): void {
  const host = headers.host ?? "";
  if (loopback && !LOOPBACK_NAMES.has(host.replace(/:\d+$/, "")))
    throw centerErrors.make("FOREIGN_ORIGIN", { origin: host });
  const { origin } = headers;
  if (origin !== undefined && origin.replace(/^https?:\/\//, "") !== host)
    throw centerErrors.make("FOREIGN_ORIGIN", { origin });
}
