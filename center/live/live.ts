/**
 * A centre on the open world's data: what public servers have of the wanted channels is found out, past data are fetched, live data followed,
 * and all of it processed and shown.
 *
 *     const live = await startLive({ settings: openStations, dataDir, port: 8080, host: "127.0.0.1", workers: 2, log });
 *     live.state();          // who is heard, and how old the newest data are
 *     await live.center.stop();
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { endTime } from "@harken/core";
import { seedLinkIds, stationsFromRecords } from "@harken/formats";
import type { LiveRule } from "../acquisition/livePipeline.ts";
import { sourceName } from "../acquisition/seedLinkSource.ts";
import { AcquisitionSettings, checkSettings } from "../acquisition/settings.ts";
import { centerErrors } from "../errors.ts";
import type { CenterOptions } from "../options.ts";
import { type Center, startCenter } from "../start.ts";
import { backfill } from "./backfill.ts";
import { type SourceMetadata, sourceMetadata } from "./metadata.ts";
import type { LiveSettings } from "./settings.ts";
import { seedLinkSource } from "./streams.ts";

export interface LiveOptions
  extends Pick<CenterOptions, "dataDir" | "port" | "host" | "workers" | "pages" | "databaseUrl" | "log"> {
  readonly settings: LiveSettings;
  readonly rule?: LiveRule;
}

export interface SourceState {
  readonly name: string;
  /** Address of its SeedLink server. */
  readonly server: string;
  /** Stations that are asked for, and those that anything has come of. */
  readonly stations: number;
  readonly heard: number;
  /** Age of the newest sample, s; null before the first. */
  readonly ageSec: number | null;
  /** What its last connection ended with; null while one is up. */
  readonly trouble: string | null;
}

export interface Live {
  readonly center: Center;
  readonly stationCount: number;
  readonly channelCount: number;
  state(): readonly SourceState[];
}

interface Following {
  readonly name: string;
  readonly server: string;
  readonly stations: ReadonlySet<string>;
  readonly heard: Set<string>;
  newest: number | null;
  trouble: string | null;
}

const now = () => Date.now() / 1_000;

/** Rejects with LIVE_UNREACHABLE when no server tells of any station and nothing is kept of an earlier start. */
export async function startLive(options: LiveOptions): Promise<Live> {
  const { settings, dataDir, log } = options;
  const to = now();
  const from = to - settings.backfillMinutes * 60;
  const folder = join(dataDir, "metadata");
  const window = { folder, from, to, maxAgeSec: settings.metadataHours * 3_600 };
  const known = await Promise.all(settings.sources.map((source) => sourceMetadata(source, window)));
  for (const line of known.flatMap(remarksOn)) log(line);
  const stations = stationsFromRecords(
    known.flatMap(({ channels }) => channels),
    known.flatMap(({ sites }) => sites),
  );
  const followed = known.flatMap((one) => {
    const ids = one.channels.map(({ id }) => id);
    const source = seedLinkSource(one.source, ids);
    return source ? [{ ids, source, of: following(one.source.name, source) }] : [];
  });
  if (followed.length === 0)
    throw centerErrors.make("LIVE_UNREACHABLE", {
      servers: settings.sources.map(({ fdsn }) => fdsn).join(", "),
      reason: known.map(({ problem }) => problem ?? "it has none of the channels").join("; "),
    });
  await mkdir(dataDir, { recursive: true });
  const center = await startCenter({
    ...options,
    simulate: null,
    earthModel: "ak135",
    acquire: {
      settings: checkSettings(
        AcquisitionSettings,
        {
          ...{ port: 0, dataPort: 0, keepJournalDays: settings.keepJournalDays },
          seedlink: followed.map(({ source }) => source),
        },
        "live",
      ),
      ...{ settingsFolder: dataDir, stations },
      ...(options.rule ? { rule: options.rule } : {}),
      async fill(desk) {
        if (from >= to) return;
        await Promise.all(
          known.map(async ({ source: { name, fdsn }, channels }) => {
            if (channels.length === 0) return;
            const ids = channels.map(({ id }) => id);
            const past = { name, server: fdsn, channels: ids, from, to: now(), folder };
            const { bytes, problem } = await backfill(past, desk);
            log(`${name}: ${(bytes / 1e6).toFixed(1)} MB of past data${problem === null ? "" : `; ${problem}`}.`);
          }),
        );
      },
      onSource(server, code, { reason }) {
        for (const { of } of followed) {
          if (of.server !== server) continue;
          if (code === "seedlink.up") of.trouble = null;
          else if (code === "seedlink.down") of.trouble = String(reason);
        }
      },
      onArchived(written) {
        for (const { segment } of written) {
          const { station } = seedLinkIds(segment.channel);
          const one = followed.find(({ of }) => of.stations.has(station));
          if (!one) continue;
          one.of.heard.add(station);
          one.of.newest = Math.max(one.of.newest ?? -Infinity, endTime(segment));
        }
      },
    },
  });
  return {
    ...{ center, stationCount: stations.length },
    channelCount: stations.reduce((sum, { channels }) => sum + channels.length, 0),
    state: () =>
      followed.map(({ of: { name, server, stations: asked, heard, newest, trouble } }) => ({
        ...{ name, server, trouble, stations: asked.size, heard: heard.size },
        ageSec: newest === null ? null : now() - newest,
      })),
  };
}

function following(name: string, source: Parameters<typeof sourceName>[0]): Following {
  const stations = new Set(source.stations);
  return { name, server: sourceName(source), stations, heard: new Set(), newest: null, trouble: null };
}

/** Patterns named one by one in a sentence. */
const MOST_NAMED = 12;

function remarksOn({ source, channels, missing, problem }: SourceMetadata): string[] {
  const { name } = source;
  const kept = channels.length > 0 ? "what is kept of an earlier start is used" : "its stations are left out";
  const trouble = problem === null ? [] : [`${name}: ${problem}; ${kept}.`];
  if (missing.length === 0 || channels.length === 0) return trouble;
  const named = missing.slice(0, MOST_NAMED).join(" ");
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : "";
  return [...trouble, `${name} does not have ${named}${more}.`];
}
