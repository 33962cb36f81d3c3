/** `harken start`: a complete centre on the embedded default, filled from the simulator, with its pages at a local address. */
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { startCenter } from "@harken/center";
import { demoWorldConfig } from "@harken/simulator";
import { Command } from "commander";
import { buildWorkstation, pagesFolder } from "../buildWorkstation.ts";
import { defaultWorkers, numberOption } from "../options.ts";

interface Options {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly hours?: number;
  readonly seed?: number;
  readonly workers: number;
}

export function startCommand(): Command {
  return new Command("start")
    .description(
      "Start a centre: simulated network and hidden events, processing, bulletin, and the pages at a local address.",
    )
    .option("--data <folder>", "where the centre keeps everything", ".harken")
    .option("--port <n>", "port of the pages and the API", numberOption("--port", 0, 65_535), 8080)
    .option("--host <address>", "address to listen at", "127.0.0.1")
    .option("--hours <n>", "hours of simulated data", numberOption("--hours", 0.25, 240))
    .option("--seed <n>", "another hidden world", numberOption("--seed", 0, 2 ** 31))
    .option("--workers <n>", "worker threads", numberOption("--workers", 1, 256), defaultWorkers)
    .action(async (options: Options) => {
      const say = (line: string) => process.stdout.write(`${line}\n`);
      const dataDir = resolve(options.data);
      mkdirSync(dataDir, { recursive: true });
      await buildWorkstation({ log: say });
      const center = await startCenter({
        dataDir,
        port: options.port,
        host: options.host,
        simulate: {
          ...demoWorldConfig,
          ...(options.hours === undefined ? {} : { hours: options.hours }),
          ...(options.seed === undefined ? {} : { seed: options.seed }),
        },
        earthModel: "ak135",
        workers: options.workers,
        pages: pagesFolder,
        log: say,
      });
      say(`\nHarken is at ${center.url}  (data in ${dataDir}; Ctrl-C stops, a second start goes on from here)\n`);
      let stopping = false;
      const stop = async () => {
        // A second Ctrl-C is the user's last word.
        if (stopping) process.exit(130);
        stopping = true;
        say("\nStopping; what is done is kept.");
        await center.stop();
        process.exit(0);
      };
      process.on("SIGINT", stop);
      process.on("SIGTERM", stop);
    });
}
