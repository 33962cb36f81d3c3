/** `harken station`: the station's own side: takes samples in, keeps signed frames on its disk, and sends them to a centre over one link or another. */
import { existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { StationService } from "@harken/center";
import { Command } from "commander";
import { cliErrors } from "../errors.ts";
import { onStop } from "../stopping.ts";

interface Options {
  readonly config: string;
  readonly data: string;
}

export function stationCommand(): Command {
  return new Command("station")
    .description(
      "Run the station's side: frame, sign, buffer and send to a centre what comes from SeedLink servers and folders.",
    )
    .requiredOption("--config <file>", "name, links, keys and inputs (see docs/acquisition.md)")
    .option("--data <folder>", "where frames are kept", ".harken-station")
    .action(run);
}

/** How often the state is told, ms. */
const TELL_MS = 60_000;

async function run(options: Options): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  let service: StationService | undefined;
  const stopping = onStop(say, async () => {
    await service?.stop();
  });
  const { startStationService } = await import("@harken/center");
  const configFile = resolve(options.config);
  if (!existsSync(configFile)) throw cliErrors.make("NOT_FOUND", { path: options.config });
  const dataDir = resolve(options.data);
  mkdirSync(dataDir, { recursive: true });
  service = await startStationService({
    ...{ settingsFile: configFile, dataDir },
    clock: () => Date.now() / 1000,
    log: (code, detail) => say(JSON.stringify({ time: new Date().toISOString(), code, ...detail })),
  });
  const { station, url } = service;
  if (url !== null) say(`The station's page is at ${url}`);
  setInterval(
    () => say(JSON.stringify({ time: new Date().toISOString(), code: "station.status", ...station().status() })),
    TELL_MS,
  );
  await stopping.followParent();
}
