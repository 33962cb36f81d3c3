/**
 * The two ports of CD-1.1. At the well-known one a station asks where to send its data, is told, and the connection ends; at the other it sends them.
 */
import { createServer, type Server, type Socket } from "node:net";
import { type Cd11Connection, Cd11Splitter, decodeCd11Frame, encodeCd11Frame, notSigned } from "@harken/formats";
import type { Logger } from "pino";
import type { AlarmBook } from "./alarms.ts";
import { Consumer, type ConsumerParts } from "./consumer.ts";
import { acquisitionErrors } from "./errors.ts";

export interface ListenerParts extends Omit<ConsumerParts, "onOpen" | "onClose"> {
  readonly alarms: AlarmBook;
  readonly logger: Logger;
  readonly organization: string;
  readonly host: string;
  /** Told to stations; "" for the address that they reached. */
  readonly address: string;
  readonly port: number;
  readonly dataPort: number;
  readonly onLink: (change: LinkChange) => void;
  /** A station asks within this time, ms; ten seconds when not given. */
  readonly askMs?: number;
}

export interface LinkChange {
  readonly station: string;
  readonly peer: string;
  readonly isUp: boolean;
  readonly reason: string;
  readonly bytes: number;
}

export interface Cd11Listener {
  readonly port: number;
  readonly dataPort: number;
  readonly consumers: ReadonlySet<Consumer>;
  stop(): Promise<void>;
}

const ASK_MS = 10_000;
/** Longest request for a connection: header, body, the largest signature and CRC. */
const LONGEST_REQUEST = 2_000;
/** Connections of one station at once, as of two links that overlap; further ones are refused. */
const MOST_OF_ONE = 4;
/** Connections of all. */
const MOST_CONNECTIONS = 2_000;

export async function listenForCd11(parts: ListenerParts): Promise<Cd11Listener> {
  const { host, alarms } = parts;
  const consumers = new Set<Consumer>();
  const askers = new Set<Socket>();
  const consumerParts: ConsumerParts = {
    ...parts,
    onOpen(consumer) {
      const same = [...consumers].filter(({ station }) => station === consumer.station);
      if (same.length > MOST_OF_ONE) {
        alarms.raise(consumer.station, "station.too-many", `more than ${MOST_OF_ONE} connections`);
        return consumer.close("too many connections", true);
      }
      parts.onLink({ station: consumer.station, peer: consumer.peer, isUp: true, reason: "", bytes: 0 });
    },
    onClose(consumer, reason) {
      consumers.delete(consumer);
      const { station, peer, bytes } = consumer;
      if (station !== "") parts.onLink({ station, peer, isUp: false, reason, bytes });
    },
  };
  const data = createServer((socket) => {
    socket.setNoDelay(true);
    if (consumers.size >= MOST_CONNECTIONS) socket.destroy();
    else consumers.add(new Consumer(socket, consumerParts));
  });
  const manager = createServer((socket) => {
    askers.add(socket);
    socket.once("close", () => askers.delete(socket));
    if (askers.size > MOST_CONNECTIONS) socket.destroy();
    else answer(socket, parts, () => portOf(data));
  });
  await listen(data, host, parts.dataPort);
  await listen(manager, host, parts.port);
  return {
    port: portOf(manager),
    dataPort: portOf(data),
    consumers,
    async stop() {
      for (const socket of askers) socket.destroy();
      for (const consumer of consumers) consumer.close("the centre is stopping", true);
      await Promise.all([manager, data].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** Answers one request for a connection. */
function answer(socket: Socket, parts: ListenerParts, dataPort: () => number): void {
  const splitter = new Cd11Splitter();
  let bytes = 0;
  const refuse = (code: string, detail: string) => {
    parts.alarms.raise(socket.remoteAddress ?? "?", code, detail);
    socket.destroy();
  };
  // From the first moment, not from the last byte: one who asks a byte at a time keeps no place from others.
  const patience = setTimeout(() => socket.destroy(), parts.askMs ?? ASK_MS);
  socket.once("close", () => clearTimeout(patience));
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LONGEST_REQUEST)
      return refuse("connection.no-request", `${bytes} bytes are no request for a connection`);
    const [request] = splitter.push(chunk).frames;
    if (!request) return;
    const [frame] = decodeCd11Frame(request).items;
    if (frame?.payload.kind !== "connection-request")
      return refuse("connection.no-request", "it asks for no connection");
    const name = frame.payload.name.trim();
    if (!parts.isKnown(name)) return refuse("station.unknown", `${name.slice(0, 8)} asks for a connection`);
    const address = parts.address || ipv4(socket.localAddress ?? "");
    const payload: Cd11Connection = {
      kind: "connection-response",
      majorVersion: 1,
      minorVersion: 1,
      name: parts.name,
      organization: parts.organization,
      service: "TCP",
      address,
      port: dataPort(),
      secondAddress: "0.0.0.0",
      secondPort: 0,
    };
    const reply = encodeCd11Frame({
      creator: parts.name,
      destination: name,
      sequence: 0n,
      series: 0,
      payload,
      authentication: notSigned,
    });
    socket.end(reply);
  });
}

const ipv4 = (address: string): string => /(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1] ?? "127.0.0.1";

export const portOf = (server: Server): number => (server.address() as { port: number }).port;

export function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) =>
      reject(acquisitionErrors.make("PORT_IN_USE", { host, port, reason: cause.message }, cause)),
    );
    server.listen({ host, port }, () => {
      server.removeAllListeners("error");
      // A connection that fails while it is taken is that peer's alone.
      server.on("error", () => undefined);
      resolve();
    });
  });
}
