/**
 * A station with its page, by a file of settings: when they are changed on the page it starts anew by the new ones, and a change that it cannot start by is taken
 * back.
 */
import { copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isoTime } from "@harken/core";
import { acquisitionErrors } from "../acquisition/errors.ts";
import { checkSettings, readSettings } from "../acquisition/settings.ts";
import { isLoopback } from "../http/security.ts";
import { type StationState, servePage } from "./page.ts";
import { runStation } from "./runStation.ts";
import { StationSideSettings } from "./settings.ts";
import type { RunningStation, StationOptions } from "./station.ts";

export interface StationServiceOptions extends Pick<StationOptions, "dataDir" | "log" | "clock"> {
  readonly settingsFile: string;
}

export interface StationService {
  /** Of the page; null without one. */
  readonly url: string | null;
  station(): RunningStation;
  stop(): Promise<void>;
}

type PageSettings = NonNullable<StationSideSettings["page"]>;

/** Lines that the page shows. */
const MOST_TOLD = 50;

/** Rejects with BAD_SETTINGS or BAD_KEY. */
export async function startStationService(options: StationServiceOptions): Promise<StationService> {
  const { settingsFile, dataDir, clock } = options;
  const settingsFolder = dirname(settingsFile);
  let settings = readSettings(StationSideSettings, settingsFile);
  const { page: wanted } = settings;
  const password = wanted ? passwordOf(wanted, settingsFile) : null;
  const told: StationState["told"][number][] = [];
  const log: StationOptions["log"] = (code, detail) => {
    told.unshift({ time: isoTime(clock(), 0), code, detail: JSON.stringify(detail).slice(0, 500) });
    told.length = Math.min(told.length, MOST_TOLD);
    options.log(code, detail);
  };
  const start = () => runStation({ settings, settingsFolder, dataDir, clock, log });
  let station = await start();
  /** One change after the other. */
  let changing: Promise<void> = Promise.resolve();

  async function changeSettings(text: string): Promise<void> {
    const file = "the new text";
    const bad = (reason: string, cause?: unknown) => acquisitionErrors.make("BAD_SETTINGS", { file, reason }, cause);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw bad(cause instanceof Error ? cause.message : String(cause), cause);
    }
    const next = checkSettings(StationSideSettings, value, file);
    if (next.name !== settings.name)
      throw bad(`the frames on the disk are of ${settings.name}; another station has a folder of its own`);
    const before = settings;
    await station.stop();
    settings = next;
    try {
      station = await start();
    } catch (cause) {
      settings = before;
      station = await start();
      throw cause;
    }
    copyFileSync(settingsFile, `${settingsFile}.before`);
    writeFileSync(`${settingsFile}.part`, text);
    renameSync(`${settingsFile}.part`, settingsFile);
    log("settings.changed", {});
  }

  const serve = ({ host, port }: PageSettings) =>
    servePage({
      ...{ host, port, password },
      state: () => ({ ...station.status(), name: settings.name, commands: station.commands(), told }),
      settingsText: () => readFileSync(settingsFile, "utf8"),
      changeSettings(text) {
        const change = changing.then(() => changeSettings(text));
        changing = change.catch(() => undefined);
        return change;
      },
      command: (bytes) => station.command(bytes),
      knowsCommands: () => settings.commands !== undefined,
    });
  const page = await (wanted ? serve(wanted) : null)?.catch(async (cause: unknown) => {
    await station.stop();
    throw cause;
  });
  return {
    url: page?.url ?? null,
    station: () => station,
    async stop() {
      await page?.stop();
      await changing;
      await station.stop();
    },
  };
}

function passwordOf({ host, passwordFile }: PageSettings, settingsFile: string): string | null {
  if (passwordFile !== undefined) return readFileSync(resolve(dirname(settingsFile), passwordFile), "utf8").trim();
  if (isLoopback(host)) return null;
  throw acquisitionErrors.make("BAD_SETTINGS", {
    ...{ file: settingsFile, reason: `a page that is reached at ${host} needs a passwordFile` },
  });
}
