/** A connection to a server that is opened again whenever it has ended, at once and then ever more seldom. */
import type { Socket } from "node:net";

export interface KeptConnection {
  readonly open: () => Socket;
  /** Uses one connection; resolves with the reason when it has ended. */
  readonly follow: (socket: Socket) => Promise<string>;
  readonly onDown: (reason: string) => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;

export function keepConnected({ open, follow, onDown }: KeptConnection): { stop(): Promise<void> } {
  let isStopping = false;
  let socket: Socket | null = null;
  let cancel: () => void = () => undefined;
  const loop = (async () => {
    let failures = 0;
    while (!isStopping) {
      const openedAt = performance.now();
      socket = open();
      onDown(await follow(socket));
      failures = performance.now() - openedAt > LONGEST_WAIT_MS ? 0 : failures + 1;
      if (isStopping) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 10)));
        cancel = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    async stop() {
      isStopping = true;
      cancel();
      socket?.destroy();
      await loop;
    },
  };
}
