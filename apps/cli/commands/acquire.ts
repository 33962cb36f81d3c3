/** `harken acquire`: a centre that takes its data from outside: CD-1.1, SeedLink, folders of files; archives, processes and shows them. */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Center } from "@harken/center";
import { stationsFromRecords } from "@harken/formats";
import { Command, Option } from "commander";
import { buildWorkstation, pagesFolder } from "../buildWorkstation.ts";
import { combineRecords } from "../combine.ts";
import { cliErrors } from "../errors.ts";
import { loadFiles } from "../input.ts";
import { collect, defaultWorkers, numberOption } from "../options.ts";
import { createProgress } from "../progress.ts";
import { onStop } from "../stopping.ts";

interface Options {
  readonly config: string;
  readonly data: string;
  readonly metadata: readonly string[];
  readonly port: number;
  readonly host: string;
  readonly workers: number;
  readonly idle: number;
  readonly pages: boolean;
  readonly database?: string;
  readonly exchange?: string;
}

export function acquireCommand(): Command {
  return new Command("acquire")
    .description(
      "Take data from stations (CD-1.1), SeedLink servers and folders; verify, archive and process them, and show the pages.",
    )
    .requiredOption("--config <file>", "what to listen at, which stations and keys there are (see docs/acquisition.md)")
    .option("--data <folder>", "where the centre keeps everything", ".harken-acquire")
    .option(
      "--metadata <path>",
      "places and instruments of the stations: StationXML, CSS3.0 site tables, SACPZ, IMS messages (repeatable)",
      collect,
      [],
    )
    .option("--port <n>", "port of the pages and the API", numberOption("--port", 0, 65_535), 8080)
    .option("--host <address>", "address of the pages and the API", "127.0.0.1")
    .option("--workers <n>", "worker threads", numberOption("--workers", 1, 256), defaultWorkers)
    .option(
      "--idle <s>",
      "when nothing has come for so long, what is there is processed",
      numberOption("--idle", 1, 86_400),
      300,
    )
    .option("--no-pages", "do not build the pages")
    .addOption(new Option("--database <url>", "PostgreSQL instead of the embedded database").env("DATABASE_URL"))
    .option("--exchange <file>", "settings of messages with others: the centre's name and its mail (docs/messages.md)")
    .action(run);
}

async function run(options: Options): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  let center: Center | undefined;
  const stopping = onStop(say, async () => {
    await center?.stop();
  });
  const { AcquisitionSettings, ExchangeSettings, liveRule, readSettings, startCenter } = await import("@harken/center");
  const configFile = resolve(options.config);
  if (!existsSync(configFile)) throw cliErrors.make("NOT_FOUND", { path: options.config });
  const settings = readSettings(AcquisitionSettings, configFile);
  const files =
    options.metadata.length > 0
      ? loadFiles(options.metadata, createProgress("Reading metadata", "files", { quiet: true }))
      : [];
  const { channels, sites } = combineRecords(files.map(({ contents }) => contents));
  const stations = stationsFromRecords(channels, sites);
  if (options.pages) await buildWorkstation({ log: say });
  center = await startCenter({
    dataDir: resolve(options.data),
    port: options.port,
    host: options.host,
    simulate: null,
    acquire: {
      settings,
      settingsFolder: dirname(configFile),
      stations,
      rule: { ...liveRule, idleSec: options.idle, lateSec: Math.min(liveRule.lateSec, options.idle) },
    },
    earthModel: "ak135",
    workers: options.workers,
    ...(options.pages ? { pages: pagesFolder } : {}),
    ...(options.database === undefined ? {} : { databaseUrl: options.database }),
    ...(options.exchange === undefined ? {} : { exchange: readSettings(ExchangeSettings, resolve(options.exchange)) }),
    log: say,
  });
  const { port, dataPort, seedLinkPort, dataLinkPort } = center.acquisition!;
  say(
    `Harken is at ${center.url}  (${stations.length} stations known; Ctrl-C stops, a second start goes on from here)`,
  );
  say(`CD-1.1: connection manager at ${settings.host} port ${port}, data at port ${dataPort}.`);
  if (seedLinkPort !== null) say(`SeedLink: ${settings.host} port ${seedLinkPort}.`);
  if (dataLinkPort !== null) say(`DataLink: ${settings.host} port ${dataLinkPort}.`);
  await stopping.followParent();
  await center.whenCaughtUp.catch(() => undefined);
}
