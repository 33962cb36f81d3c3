/** Ctrl-C, SIGTERM and a parent that is gone: the command stops once, cleanly, and a second Ctrl-C is the last word. */

/** Signals closer than this are one Ctrl-C: a terminal sends it to every process of the command, and each passes it on. */
const ONE_STOP_MS = 1_000;

export function onStop(say: (line: string) => void, stop: () => Promise<void>): void {
  const handedOver = process.connected;
  let since: number | undefined;
  const end = async (reason: string) => {
    const now = performance.now();
    if (since !== undefined) {
      if (now - since > ONE_STOP_MS) process.exit(130);
      return;
    }
    since = now;
    say(`Stopping (${reason}); what was received is kept.`);
    await stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(signal));
  // A command that handed over to this process and was killed takes it along.
  if (handedOver) process.on("disconnect", () => end("its command has ended"));
}
