/**
 * A link that a test can hurt: a TCP proxy that is cut, and that changes what passes from the station to the centre. It listens to the centre's words,
 * so that a test knows what was acknowledged.
 */
import { connect, createServer, type Socket } from "node:net";
import { Cd11GapList, Cd11Splitter, decodeCd11Frame } from "@harken/formats";
import { listen, portOf } from "./listener.ts";

/** Makes of a frame what is to be passed on in its place. */
export type Mangler = (frame: Uint8Array) => readonly Uint8Array[];

export interface TestProxy {
  readonly port: number;
  /** Numbers that the centre has said it has, of any frame set. */
  readonly acknowledged: Set<bigint>;
  isOpen: boolean;
  mangle: Mangler | null;
  /** Breaks all connections; new ones are refused while it is not open. */
  cut(): void;
  close(): Promise<void>;
}

export async function startProxy(target: () => number): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (!proxy.isOpen) {
      client.destroy();
      return;
    }
    const upstream = connect({ port: target(), host: "127.0.0.1" });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    const [there, back] = [new Cd11Splitter(), new Cd11Splitter()];
    client.on("data", (chunk: Buffer) => {
      const { mangle } = proxy;
      if (!mangle) upstream.write(chunk);
      else for (const frame of there.push(chunk).frames) for (const bytes of mangle(frame)) upstream.write(bytes);
    });
    upstream.on("data", (chunk: Buffer) => {
      client.write(chunk);
      for (const frame of back.push(chunk).frames) {
        const payload = decodeCd11Frame(frame).items[0]?.payload;
        if (payload?.kind !== "acknack") continue;
        for (const [first, last] of Cd11GapList.fromAcknack(payload).toJSON())
          for (let n = BigInt(first); n <= BigInt(last); n++) proxy.acknowledged.add(n);
      }
    });
  });
  await listen(server, "127.0.0.1", 0);
  const proxy: TestProxy = {
    port: portOf(server),
    acknowledged: new Set(),
    isOpen: true,
    mangle: null,
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      proxy.isOpen = false;
      proxy.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
