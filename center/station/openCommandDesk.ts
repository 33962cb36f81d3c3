/** The desk of commands as a station's settings have it; null without them. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readFile } from "@harken/formats";
import { CommandDesk } from "./commandDesk.ts";
import type { StationKeys } from "./keyChange.ts";
import type { StationOptions } from "./station.ts";

export function openCommandDesk(
  { settings, settingsFolder, dataDir, log, clock }: StationOptions,
  keys: StationKeys,
): CommandDesk | null {
  const { commands, name } = settings;
  if (!commands) return null;
  const path = (file: string) => resolve(settingsFolder, file);
  return new CommandDesk({
    ...{ name, keys, log, clock, folder: join(dataDir, "commands") },
    authority: commands.authority === undefined ? null : path(commands.authority),
    channels: commands.metadata.flatMap((file) => readFile(readFileSync(path(file)), file).channels),
    // A driver that stands beside the settings is found from there.
    driver: commands.digitiser.map((word, i) => (i === 0 && word.startsWith(".") ? path(word) : word)),
  });
}
