/** A peer that sends what a test gives it, whatever comes of it: when it is sent away it comes again. */
import { connect, type Socket } from "node:net";
import { until } from "./testRig.ts";

export interface Liar {
  /** Over a connection that stays as long as the other side keeps it. */
  send(bytes: Uint8Array): Promise<void>;
  /** Over a connection of its own, that ends with the answer. */
  sendAlone(bytes: Uint8Array): Promise<void>;
  /** Resolves when all that was sent has been read. */
  end(): Promise<void>;
}

/** Not read by the other side as yet. */
const MOST_WAITING_BYTES = 1_000_000;
const LIMIT_MS = 120_000;

export function connectLiar(port: number): Liar {
  let socket: Socket | null = null;
  const open = (): Socket => {
    const opened = connect({ port, host: "127.0.0.1", noDelay: true });
    opened.on("error", () => undefined);
    opened.on("close", () => {
      if (socket === opened) socket = null;
    });
    // Answers are read and thrown away.
    opened.resume();
    return opened;
  };
  const gone = (sent: Socket) => until("the connection is read to its end", () => sent.closed, LIMIT_MS);
  return {
    async send(bytes) {
      const own = (socket ??= open());
      if (!own.write(bytes) && own.writableLength > MOST_WAITING_BYTES)
        await until("it is read", () => own.closed || own.writableLength < MOST_WAITING_BYTES / 2, LIMIT_MS);
      // So that the other side's hanging up is seen.
      else if (own.writableLength > 65_536) await new Promise((resolve) => setImmediate(resolve));
    },
    async sendAlone(bytes) {
      const own = open();
      own.end(bytes);
      await new Promise((resolve) => own.once("close", resolve));
    },
    async end() {
      if (!socket) return;
      const own = socket;
      own.end();
      await gone(own);
    },
  };
}
