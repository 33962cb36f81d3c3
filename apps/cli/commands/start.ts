/** `harken start`: a complete centre on the embedded default, filled from the simulator, with its pages at a local address. */
import { resolve } from "node:path";
import type { Center } from "@harken/center";
import { Command, Option } from "commander";
import { buildWorkstation, pagesFolder } from "../buildWorkstation.ts";
import { defaultWorkers, numberOption } from "../options.ts";
import { createStatusLine } from "../statusLine.ts";
import { onStop } from "../stopping.ts";

interface Options {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly hours?: number;
  readonly seed?: number;
  readonly workers: number;
  readonly speed?: number;
  readonly samples?: string;
  readonly fields?: string;
  readonly weather?: string;
  readonly database?: string;
  readonly nats?: string;
  readonly exchange?: string;
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
    .option(
      "--speed <n>",
      "run the simulated clock n times faster than the wall's; as fast as it goes when left out",
      numberOption("--speed", 0.01, 1e6),
    )
    .option("--samples <folder>", "folder that is watched for messages of radionuclide stations (PHD)")
    .option("--fields <folder>", "folder of source-receptor fields (SRS) that the page /transport.html shows")
    .option("--weather <folder>", "folder of weather (GRIB, netCDF) for runs that the page asks for; with --fields")
    .addOption(new Option("--database <url>", "PostgreSQL instead of the embedded database").env("DATABASE_URL"))
    .addOption(new Option("--nats <servers>", "NATS servers instead of the bus in this process").env("NATS_URL"))
    .option("--exchange <file>", "settings of messages with others: the centre's name and its mail (docs/messages.md)")
    .action(run);
}

async function run(options: Options): Promise<void> {
  const screen = createStatusLine(process.stdout);
  let center: Center | undefined;
  const stopping = onStop(
    (line) => {
      screen.end();
      screen.say(`\n${line}`);
    },
    async () => center?.stop(),
  );

  // Loaded here, because the other commands would wait for a server that they do not need.
  const { ExchangeSettings, readSettings, startCenter } = await import("@harken/center");
  const { demoSoundCodes, demoWorldConfig } = await import("@harken/simulator");
  const dataDir = resolve(options.data);
  await buildWorkstation({ log: screen.say });
  center = await startCenter({
    dataDir,
    port: options.port,
    host: options.host,
    simulate: {
      ...demoWorldConfig,
      soundCodes: demoSoundCodes,
      ...(options.hours === undefined ? {} : { hours: options.hours }),
      ...(options.seed === undefined ? {} : { seed: options.seed }),
    },
    earthModel: "ak135",
    workers: options.workers,
    pages: pagesFolder,
    ...(options.speed === undefined ? {} : { speed: options.speed }),
    ...(options.samples === undefined ? {} : { samplesFolder: resolve(options.samples) }),
    ...(options.fields === undefined ? {} : { fieldsFolder: resolve(options.fields) }),
    ...(options.weather === undefined ? {} : { weatherFolder: resolve(options.weather) }),
    ...(options.database === undefined ? {} : { databaseUrl: options.database }),
    ...(options.nats === undefined ? {} : { natsServers: options.nats }),
    ...(options.exchange === undefined ? {} : { exchange: readSettings(ExchangeSettings, resolve(options.exchange)) }),
    log: screen.say,
    progress: (line) => {
      if (!stopping.isStopping()) screen.progress(line);
    },
  });
  screen.say(`\nHarken is at ${center.url}  (data in ${dataDir}; Ctrl-C stops, a second start goes on from here)\n`);
  center.whenCaughtUp.then(screen.end, screen.end);
  await stopping.followParent();
}
