/**
 * A centre's acquisition as a process of its own, for tests that kill it. Argument: JSON of folder and settings. Prints `ready` when it listens, `log` with
 * what it refuses, and `usage` each second: processor time in user and system mode since the start, s, and memory now and at most, MB.
 */
import { startRig } from "../acquisition/testRig.ts";

const { folder, settings } = JSON.parse(process.argv[2]!) as { folder: string; settings: Record<string, unknown> };
const rig = await startRig(folder, settings);
const usage = () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const memory = process.memoryUsage.rss() / 1e6;
  return `usage ${userCPUTime / 1e6} ${systemCPUTime / 1e6} ${memory} ${(maxRSS * 1_024) / 1e6}\n`;
};
process.stdout.write(usage());
const { port, dataPort, seedLinkPort, dataLinkPort } = rig.acquisition;
process.stdout.write(`ready ${port} ${dataPort} ${seedLinkPort ?? 0} ${dataLinkPort ?? 0}\n`);
process.on("SIGTERM", async () => {
  await rig.stop();
  // The last word must be out before the end.
  process.stdout.write(usage(), () => process.exit(0));
});
setInterval(() => process.stdout.write(usage()), 1_000);
// What is refused, for the test to count.
setInterval(() => {
  for (const { code, detail } of rig.log.splice(0)) process.stdout.write(`log ${code} ${detail ?? ""}\n`);
}, 100);
