/** The WebSocket on which the centre announces what changes: the bus's messages, and the status once a second while it moves. */
import type { Status, StreamMessage } from "@harken/api";
import { streamPath } from "@harken/api";
import type { Bus, Subscription } from "@harken/store";
import type { FastifyInstance } from "fastify";

interface Socket {
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code?: number): void;
  on(event: "close" | "error", listener: () => void): void;
}

/** A reader further behind than this misses messages instead of filling the memory; the next status tells it to look again. */
const MAX_BUFFERED_BYTES = 1_000_000;
const STATUS_EVERY_MS = 1000;

export interface Stream {
  stop(): Promise<void>;
}

export async function serveStream(server: FastifyInstance, bus: Bus, status: () => Promise<Status>): Promise<Stream> {
  const sockets = new Set<Socket>();
  const broadcast = (message: StreamMessage) => {
    if (sockets.size === 0) return;
    const text = JSON.stringify(message);
    for (const socket of sockets) if (socket.bufferedAmount < MAX_BUFFERED_BYTES) socket.send(text);
  };
  server.get(streamPath, { websocket: true, config: { access: "reader" } }, async (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => sockets.delete(socket));
    socket.send(JSON.stringify({ type: "status", status: await status() } satisfies StreamMessage));
  });

  let last = "";
  const timer = setInterval(async () => {
    if (sockets.size === 0) return;
    const now = await status().catch(() => null);
    const text = JSON.stringify(now);
    if (now && text !== last) broadcast({ type: "status", status: now });
    last = text;
  }, STATUS_EVERY_MS);

  const subscriptions: Subscription[] = [
    await bus.subscribe({ subject: "events.>" }, async ({ data }) => {
      broadcast({ type: "event", ...(data as Omit<Extract<StreamMessage, { type: "event" }>, "type">) });
    }),
    await bus.subscribe({ subject: "arrivals.>" }, async ({ data }) => {
      broadcast({ type: "arrival", ...(data as Omit<Extract<StreamMessage, { type: "arrival" }>, "type">) });
    }),
    await bus.subscribe({ subject: "intervals.>" }, async ({ data }) => {
      const { stage, startTime, endTime, state, result } = data as {
        stage: string;
        startTime: number;
        endTime: number;
        state: string;
        result: { arrivals?: number; events?: number };
      };
      const { arrivals = 0, events = 0 } = result;
      broadcast({ type: "interval", stage, from: startTime, to: endTime, state, arrivals, events });
    }),
  ];
  return {
    async stop() {
      clearInterval(timer);
      for (const socket of sockets) socket.close(1001);
      await Promise.all(subscriptions.map((subscription) => subscription.stop()));
    },
  };
}
