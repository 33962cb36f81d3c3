/** The centre that `kill.test.ts` kills: fills the folder it is given from a small world, prints `ready` when it works and `done` at the end. */
import { fileURLToPath } from "node:url";
import { demoWorldConfig } from "@harken/simulator";
import { centerRecipe } from "../recipe.ts";
import { startCenter } from "../start.ts";

async function main(dataDir: string): Promise<void> {
  const center = await startCenter({
    dataDir,
    port: 0,
    host: "127.0.0.1",
    simulate: {
      ...demoWorldConfig,
      hours: 0.75,
      stationCodes: ["MJAR", "USRK", "KSRS", "PETK", "HILR", "ZALV", "ILAR", "FINES", "ARCES", "JNU", "SEY", "TLY"],
      arrayCodes: ["ARCES"],
    },
    earthModel: "ak135",
    workers: 2,
    deliveries: [
      { station: "PETK", from: demoWorldConfig.startTime + 600, to: demoWorldConfig.startTime + 900, delaySec: 9000 },
      {
        station: "USRK",
        from: demoWorldConfig.startTime + 900,
        to: demoWorldConfig.startTime + 1200,
        delaySec: 18_000,
      },
    ],
    log: () => undefined,
    recipe: { ...centerRecipe, intervalSec: 300, tailSec: 60 },
  });
  process.stdout.write("ready\n");
  await center.whenCaughtUp;
  await center.stop();
  process.stdout.write("done\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]!);
