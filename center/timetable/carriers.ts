/**
 * How request messages reach auxiliary stations, and their answers come back: over HTTPS, where the answer comes at once; or by mail, where a mail program takes
 * what stands in a folder, and puts answers into another.
 *
 *     const { respond } = createCarriers(settings, folder);      // a Responder for the request desk
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { decodeImsRequests } from "@harken/formats";
import { type Static, Type } from "typebox";
import { acquisitionErrors } from "../acquisition/errors.ts";
import { headersOf, textOf } from "../authority/mime.ts";
import type { Responder } from "./responder.ts";

export const RequestSettings = Type.Object({
  stations: Type.Array(
    Type.Object({
      code: Type.String({
        minLength: 1,
        maxLength: 8,
        description: "Auxiliary station, which sends segments on demand",
      }),
      url: Type.Optional(
        Type.String({
          pattern: "^https?://",
          description: "Where its messages are posted to; the answer comes back at once",
        }),
      ),
      tokenFile: Type.Optional(Type.String({ description: "File of the token to send along (Authorization: Bearer)" })),
      mail: Type.Optional(Type.String({ pattern: "^[^\\s@<>]+@[^\\s@<>]+$", description: "Its AutoDRM's address" })),
    }),
    { minItems: 1 },
  ),
  from: Type.Optional(
    Type.String({
      pattern: "^[^\\s@<>]+@[^\\s@<>]+$",
      description: "The centre's own address, that answers are mailed to",
    }),
  ),
  outbox: Type.String({ default: "outbox", description: "Folder of mails for a mail program to send" }),
  inbox: Type.String({ default: "replies", description: "Folder that the mail program puts answers into" }),
});
export type RequestSettings = Static<typeof RequestSettings>;

export interface Carriers {
  readonly respond: Responder;
  /** Folder of answers that come by mail; null when none do. */
  readonly inbox: string | null;
}

/** A server that says nothing for so long has not answered. */
const PATIENCE_MS = 60_000;
const LONGEST_ANSWER = 200_000_000;

/** Paths are relative to `folder`. Throws BAD_SETTINGS for a station that has no way, and for mail without an address of its own. */
export function createCarriers(settings: RequestSettings, folder: string): Carriers {
  const ways = new Map(settings.stations.map((station) => [station.code, station]));
  const mailed = settings.stations.filter(({ url, mail }) => url === undefined && mail !== undefined);
  const lost = settings.stations.find(({ url, mail }) => url === undefined && mail === undefined);
  const bad = (reason: string) => acquisitionErrors.make("BAD_SETTINGS", { file: "requests", reason });
  if (lost) throw bad(`${lost.code} has neither url nor mail`);
  if (mailed.length > 0 && settings.from === undefined) throw bad("mail needs `from`, the centre's own address");
  const outbox = resolve(folder, settings.outbox);
  return {
    inbox: mailed.length > 0 ? resolve(folder, settings.inbox) : null,
    async respond(bytes) {
      const [message] = decodeImsRequests(bytes).items;
      const way = ways.get(message?.requests[0]?.environment.lists.stations[0] ?? "");
      if (!message || !way) throw new Error("there is no way to the station");
      if (way.url === undefined) return postMail(outbox, bytes, way.mail!, settings.from!, message.id);
      const token = way.tokenFile === undefined ? null : readFileSync(resolve(folder, way.tokenFile), "utf8").trim();
      return post(way.url, token, bytes);
    },
  };
}

async function post(url: string, token: string | null, body: Uint8Array): Promise<Uint8Array> {
  const headers = { "content-type": "text/plain", ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  let response: Response;
  try {
    response = await fetch(url, { method: "POST", headers, body: Buffer.from(body), signal });
  } catch (cause) {
    const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    throw new Error(
      `${url} cannot be reached: ${inner instanceof Error ? inner.message || inner.name : String(inner)}`,
      { cause },
    );
  }
  if (!response.ok)
    throw new Error(`${url} answers ${response.status}: ${(await response.text()).slice(0, 120).trim()}`);
  const length = Number(response.headers.get("content-length") ?? 0);
  if (length > LONGEST_ANSWER) throw new Error(`${url} answers more than ${LONGEST_ANSWER} bytes`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Leaves a mail for the mail program; null: the answer comes later. */
function postMail(outbox: string, request: Uint8Array, to: string, from: string, messageId: string): null {
  mkdirSync(outbox, { recursive: true });
  // A message says itself where it is to be answered (AutoDRM).
  const text = new TextDecoder("latin1").decode(request).replace(/^(MSG_ID .*)$/m, `$1\nE-MAIL ${from}`);
  const mail = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${messageId}`,
    "Content-Type: text/plain; charset=us-ascii",
    "",
    text,
  ];
  const path = join(outbox, `${messageId.replace(/[^A-Za-z0-9_-]/g, "_")}-${Date.now()}.eml`);
  writeFileSync(`${path}.part`, mail.join("\n"));
  renameSync(`${path}.part`, path);
  return null;
}

/** The message in a mail, or the file as it is when it is none. */
export function messageOfMail(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder("latin1").decode(bytes);
  if (/^BEGIN\b/i.test(text.trimStart())) return bytes;
  const part = headersOf(text);
  return part.headers.has("from") || part.headers.has("content-type") ? Buffer.from(textOf(part), "utf8") : bytes;
}
