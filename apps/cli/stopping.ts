/** Ctrl-C, SIGTERM and a parent that is gone: the command stops once, cleanly, and a second Ctrl-C is the last word. */

/** Signals closer than this are one Ctrl-C: a terminal sends it to every process of the command, and each passes it on. */
const ONE_STOP_MS = 1_000;

export interface Stopping {
  isStopping(): boolean;
  /** From now on the command ends with the one that handed over to it. Listening for that keeps a process alive, so it begins when the work has begun. */
  followParent(): Promise<void>;
}

export function onStop(say: (line: string) => void, stop: () => Promise<void>): Stopping {
  const handedOver = process.connected;
  let since: number | undefined;
  const end = async (reason: string) => {
    const now = performance.now();
    if (since !== undefined) {
      // A second Ctrl-C is the user's last word; nothing that was done is lost by it.
      if (now - since > ONE_STOP_MS) process.exit(130);
      return;
    }
    since = now;
    say(`Stopping (${reason}); what is done is kept.`);
    await stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(signal));
  return {
    isStopping: () => since !== undefined,
    async followParent() {
      if (!handedOver) return;
      const deserted = () => end("its command has ended");
      process.on("disconnect", deserted);
      if (!process.connected) await deserted();
    },
  };
}
