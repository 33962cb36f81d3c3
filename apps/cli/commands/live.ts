/** `harken live`: data of open stations, now: acquired from public servers, processed and shown. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Live, SourceState } from "@harken/center";
import { Command, Option } from "commander";
import { buildWorkstation, pagesFolder } from "../buildWorkstation.ts";
import { cliErrors } from "../errors.ts";
import { defaultWorkers, numberOption, printJson } from "../options.ts";
import { onStop } from "../stopping.ts";

interface Options {
  readonly config?: string;
  readonly showPreset?: boolean;
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly workers: number;
  readonly backfill?: number;
  readonly idle: number;
  readonly pages: boolean;
  readonly database?: string;
}

/** How often it is told who is heard, ms; the first time sooner. */
const TELL_MS = 300_000;
const FIRST_TELL_MS = 30_000;

export function liveCommand(): Command {
  return new Command("live")
    .description(
      "Acquire, process and show real data now, from public SeedLink and FDSN servers; without --config those of open stations in or near the monitoring system.",
    )
    .option("--config <file>", "which servers and channels (see docs/acquisition.md)")
    .option("--show-preset", "print the configuration that is used without --config, as a beginning of another one")
    .option("--data <folder>", "where the centre keeps everything", ".harken-live")
    .option("--port <n>", "port of the pages and the API", numberOption("--port", 0, 65_535), 8080)
    .option("--host <address>", "address of the pages and the API", "127.0.0.1")
    .option("--workers <n>", "worker threads", numberOption("--workers", 1, 256), defaultWorkers)
    .option("--backfill <min>", "past data that are fetched first, min", numberOption("--backfill", 0, 1_440))
    .option(
      "--idle <s>",
      "when nothing has come for so long, what is there is processed",
      numberOption("--idle", 1, 86_400),
      300,
    )
    .option("--no-pages", "do not build the pages")
    .addOption(new Option("--database <url>", "PostgreSQL instead of the embedded database").env("DATABASE_URL"))
    .action(run);
}

async function run(options: Options): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const { LiveSettings, liveRule, openStations, readSettings, startLive } = await import("@harken/center");
  if (options.showPreset) return printJson(openStations);
  let live: Live | undefined;
  const stopping = onStop(say, async () => {
    await live?.center.stop();
  });
  const configFile = options.config === undefined ? null : resolve(options.config);
  if (configFile !== null && !existsSync(configFile)) throw cliErrors.make("NOT_FOUND", { path: options.config! });
  const chosen = configFile === null ? openStations : readSettings(LiveSettings, configFile);
  const settings = { ...chosen, backfillMinutes: options.backfill ?? chosen.backfillMinutes };
  if (options.pages) await buildWorkstation({ log: say });
  say(`Asking ${settings.sources.map(({ name }) => name).join(" and ")} for stations`);
  live = await startLive({
    ...{ settings, dataDir: resolve(options.data), port: options.port, host: options.host, workers: options.workers },
    rule: { ...liveRule, idleSec: options.idle, lateSec: Math.min(liveRule.lateSec, options.idle) },
    ...(options.pages ? { pages: pagesFolder } : {}),
    ...(options.database === undefined ? {} : { databaseUrl: options.database }),
    log: say,
  });
  const { center, stationCount, channelCount, state } = live;
  say(
    `Harken is at ${center.url}  (${stationCount} stations, ${channelCount} channels; Ctrl-C stops, a second start goes on from here)`,
  );
  const tell = () => {
    for (const source of state()) say(sentenceOf(source));
  };
  setTimeout(tell, FIRST_TELL_MS);
  setInterval(tell, TELL_MS);
  await stopping.followParent();
  await center.whenCaughtUp.catch(() => undefined);
}

function sentenceOf({ name, server, stations, heard, ageSec, trouble }: SourceState): string {
  const words =
    ageSec === null
      ? "nothing has come yet"
      : `${heard} of ${stations} stations heard, the newest data are ${ageSec.toFixed(0)} s old`;
  if (trouble === null) return `${name}: ${words}.`;
  return `${name}: ${words}. ${server} cannot be followed (${trouble}); a firewall may close that port. It is tried again.`;
}
