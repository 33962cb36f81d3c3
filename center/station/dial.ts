/** Asks a centre's connection manager where to send data, and connects there. */
import { connect, type Socket } from "node:net";
import { Cd11Splitter, decodeCd11Frame, encodeCd11Frame, notSigned } from "@harken/formats";
import type { LinkSettings } from "./settings.ts";

/** Each step takes at most so long, ms. */
const STEP_MS = 10_000;

/** A connection to the data consumer. Rejects with what went wrong. */
export async function dial(link: LinkSettings, station: string): Promise<Socket> {
  const { address, port } = await askManager(link, station);
  const host = link.dataHost ?? (address === "0.0.0.0" ? link.host : address);
  return open(host, link.dataPort ?? port);
}

function open(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const timer = setTimeout(() => socket.destroy(new Error(`${host} port ${port} does not answer`)), STEP_MS);
    socket.once("error", (cause) => {
      clearTimeout(timer);
      reject(cause);
    });
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.removeAllListeners("error");
      // Until its owner listens, an error ends it without a word.
      socket.on("error", () => socket.destroy());
      resolve(socket);
    });
  });
}

async function askManager({ host, port }: LinkSettings, station: string): Promise<{ address: string; port: number }> {
  const socket = await open(host, port);
  const request = encodeCd11Frame({
    ...{ creator: station, destination: "0", sequence: 0n, series: 0, authentication: notSigned },
    payload: {
      ...{
        kind: "connection-request",
        majorVersion: 1,
        minorVersion: 1,
        name: station,
        organization: "IMS",
        service: "TCP",
      },
      ...{ address: "0.0.0.0", port: 0, secondAddress: "0.0.0.0", secondPort: 0 },
    },
  });
  const splitter = new Cd11Splitter();
  try {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("the connection manager does not answer")), STEP_MS);
      timer.unref();
      socket.on("error", reject);
      socket.on("close", () => reject(new Error("the connection manager has hung up")));
      socket.on("data", (chunk: Buffer) => {
        for (const bytes of splitter.push(chunk).frames) {
          const payload = decodeCd11Frame(bytes).items[0]?.payload;
          if (payload?.kind === "connection-response") resolve({ address: payload.address, port: payload.port });
        }
      });
      socket.write(request);
    });
  } finally {
    socket.destroy();
  }
}

/** Whether a link's manager can be reached at all. */
export async function canReach({ host, port }: LinkSettings): Promise<boolean> {
  try {
    (await open(host, port)).destroy();
    return true;
  } catch {
    // The answer is that it cannot.
    return false;
  }
}
