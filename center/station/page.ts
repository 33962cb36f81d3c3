/**
 * The station's own page: what it is doing, its settings to be changed, and commands to be handed in. Whoever sits at the station reaches it without a password;
 * over a network it asks for one.
 *
 *     const page = await servePage({ host: "127.0.0.1", port: 8043, password: null, state, settingsText, changeSettings, command, knowsCommands });
 */
import { timingSafeEqual } from "node:crypto";
import { HarkenError } from "@harken/core";
import { fastify } from "fastify";
import { isLoopback, secure } from "../http/security.ts";
import type { CommandRecord } from "./commandDesk.ts";
import { pageHtml, pageScript, pageStyle } from "./pageText.ts";
import type { StationStatus } from "./station.ts";

export interface StationPageParts {
  readonly host: string;
  readonly port: number;
  /** Asked for (user "station") when it is not null. */
  readonly password: string | null;
  readonly state: () => StationState;
  /** The settings' file as it stands. */
  readonly settingsText: () => string;
  /** Takes a new text for it, and the station starts anew by it. Rejects with BAD_SETTINGS. */
  readonly changeSettings: (text: string) => Promise<void>;
  readonly knowsCommands: () => boolean;
  readonly command: (bytes: Uint8Array) => Promise<string>;
}

export interface StationState extends StationStatus {
  readonly name: string;
  readonly commands: readonly CommandRecord[];
  /** The last things that were told, newest first. */
  readonly told: readonly { readonly time: string; readonly code: string; readonly detail: string }[];
}

export interface StationPage {
  readonly url: string;
  stop(): Promise<void>;
}

const MOST_BYTES = 1_000_000;

export async function servePage(parts: StationPageParts): Promise<StationPage> {
  const server = fastify({ forceCloseConnections: true, bodyLimit: MOST_BYTES });
  secure(server, isLoopback(parts.host));
  const { password } = parts;
  if (password !== null)
    server.addHook("onRequest", async ({ headers }, reply) => {
      if (isPassword(headers.authorization, password)) return;
      await reply
        .code(401)
        .header("www-authenticate", 'Basic realm="station"')
        .send("The station's page asks for its password.\n");
    });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) => done(null, body));
  server.setErrorHandler(async (error, _, reply) => {
    const known = error instanceof HarkenError;
    await reply
      .code(known ? error.http : ((error as { statusCode?: number }).statusCode ?? 500))
      .type("text/plain; charset=utf-8")
      .send(known ? `${error.message} ${error.advise}\n` : `${(error as Error).message}\n`);
  });
  server.get("/", (_, reply) => reply.type("text/html; charset=utf-8").send(pageHtml));
  server.get("/page.js", (_, reply) => reply.type("text/javascript; charset=utf-8").send(pageScript));
  server.get("/page.css", (_, reply) => reply.type("text/css; charset=utf-8").send(pageStyle));
  server.get("/state", async () => parts.state());
  server.get("/settings", (_, reply) => reply.type("application/json; charset=utf-8").send(parts.settingsText()));
  server.put("/settings", async ({ body }, reply) => {
    await parts.changeSettings((body as Buffer).toString("utf8"));
    return reply.code(204).send();
  });
  server.post("/commands", async ({ body }, reply) => {
    if (!parts.knowsCommands()) return reply.code(409).send("The station's settings know no commands.\n");
    return reply.type("text/plain; charset=utf-8").send(await parts.command(body as Buffer));
  });
  const url = await server.listen({ host: parts.host, port: parts.port });
  return { url, stop: () => server.close() };
}

function isPassword(authorization: string | undefined, password: string): boolean {
  const expected = Buffer.from(`Basic ${Buffer.from(`station:${password}`).toString("base64")}`);
  const given = Buffer.from(authorization ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
