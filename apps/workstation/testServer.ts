/** A small made-up centre for the tests of the page: serves the built page and the routes of the contract with plausible data. */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buildEnvelope, encodeTile, type StreamMessage, streamPath } from "@harken/api";
import { type MadeCentre, madePicture, madeSamples } from "./testData.ts";
import { sendPage } from "./testPages.ts";

export interface TestServer {
  readonly url: string;
  /** Paths with queries, in order of arrival. */
  readonly requests: readonly string[];
  send(message: StreamMessage): void;
  close(): Promise<void>;
}

export interface Behaviour {
  /** Requests of the interface that are never answered. */
  readonly silent?: (path: string) => boolean;
  /** Requests that the centre fails at. */
  readonly fails?: (path: string) => boolean;
}

export async function startTestServer(
  centre: MadeCentre,
  options: { readonly pages: string; readonly stream: boolean } & Behaviour,
): Promise<TestServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    if (path.startsWith("/api/") && options.silent?.(path)) return;
    if (options.fails?.(path)) {
      const body = { code: "INTERNAL", message: "The centre made a mistake.", advise: "Look at the log." };
      response.writeHead(500, { "content-type": "application/json" }).end(JSON.stringify(body));
      return;
    }
    answer(centre, options.pages, request, response);
  });
  server.on("upgrade", (request: IncomingMessage, socket: Socket) => {
    if (!options.stream || request.url !== streamPath) {
      socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
      return;
    }
    const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    send: (message) => {
      for (const socket of sockets) socket.write(textFrame(JSON.stringify(message)));
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** An unmasked text frame of RFC 6455 with a 16-bit length. */
function textFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([header, body]);
}

function answer(centre: MadeCentre, pages: string, request: IncomingMessage, response: ServerResponse): unknown {
  const url = new URL(request.url ?? "/", "http://localhost");
  const json = (body: unknown, status = 200) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  const [, , , kind, name, what] = url.pathname.split("/").map(decodeURIComponent);
  if (!url.pathname.startsWith("/api/v1/")) return sendPage(pages, url.pathname, response);
  if (kind === "status") return json(centre.status);
  if (kind === "stations") return json(centre.stations);
  if (kind === "truth") return json(centre.truth);
  if (kind === "review") return json(what === "edits" ? { edits: [] } : { intervals: [] });
  if (kind === "timetable") return json(centre.timetable);
  if (kind === "arrivals") {
    const [from, to] = [Number(url.searchParams.get("from")), Number(url.searchParams.get("to"))];
    const arrivals = centre.arrivals.filter(({ time }) => time >= from && time < to);
    return json({ total: arrivals.length, arrivals });
  }
  if (kind === "bulletins") {
    return json({ total: centre.details.length, events: centre.details.map(({ origins: _, ...event }) => event) });
  }
  if (kind === "events") {
    const event = centre.details.find(({ key }) => key === name);
    if (!event) {
      return json({ code: "NO_SUCH_EVENT", message: `There is no event ${name}.`, advise: "Look at the list." }, 404);
    }
    if (what !== "predictions") return json(event);
    return json({ eventKey: name, predictions: centre.predictions.get(event.key) ?? [] });
  }
  if (kind === "session") return json({ required: false, name: null, role: null });
  if (kind === "slowness") return json(madePicture(url.searchParams));
  if (kind === "waveforms") {
    const query = url.searchParams;
    const [from, to] = [Number(query.get("from")), Number(query.get("to"))];
    const made = madeSamples(centre, query.get("channel") ?? "", query.get("filter") ?? "none", from, to);
    const segment = { ...made, samples: Float32Array.from(made.samples) };
    response.writeHead(200, { "content-type": "application/octet-stream" });
    if (query.get("samples") === "1") {
      const samples = { kind: "samples", startTime: from, endTime: to, unit: "counts", segments: [segment] } as const;
      return response.end(encodeTile(samples));
    }
    return response.end(encodeTile(buildEnvelope([segment], from, to, Number(query.get("columns") ?? 1500))));
  }
  return json({ code: "NOT_FOUND", message: "No such route.", advise: "Look at the contract." }, 404);
}
