/** A centre's acquisition as a process of its own, for tests that kill it. Argument: JSON of folder and settings. Prints `ready` when it listens. */
import { startRig } from "../acquisition/testRig.ts";

const { folder, settings } = JSON.parse(process.argv[2]!) as { folder: string; settings: Record<string, unknown> };
const rig = await startRig(folder, settings);
process.stdout.write(`ready ${rig.acquisition.port} ${rig.acquisition.dataPort}\n`);
process.on("SIGTERM", async () => {
  await rig.stop();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  // The last word must be out before the end.
  process.stdout.write(`usage ${(userCPUTime + systemCPUTime) / 1e6} ${maxRSS / 1_024}\n`, () => process.exit(0));
});
// What is refused, for the test to count.
setInterval(() => {
  for (const { code, detail } of rig.log.splice(0)) process.stdout.write(`log ${code} ${detail ?? ""}\n`);
}, 100);
