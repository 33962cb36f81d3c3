/**
 * Which of the wanted channels a source has, and where they stand: its StationXML, fetched when what is kept has grown old, and the kept one when the
 * server cannot be reached.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Channel, HarkenError } from "@harken/core";
import { readFile, type SiteRecord } from "@harken/formats";
import { fetchMetadata } from "../fdsn/client.ts";
import type { LiveSourceSettings } from "./settings.ts";
import { fitsChannel } from "./streams.ts";

export interface SourceMetadata {
  readonly source: LiveSourceSettings;
  readonly channels: readonly Channel[];
  readonly sites: readonly SiteRecord[];
  /** Wanted patterns that nothing fits. */
  readonly missing: readonly string[];
  /** Why the server was not asked with success; null when all is well. */
  readonly problem: string | null;
}

export interface MetadataWindow {
  readonly folder: string;
  /** Epoch s; channels that were open at any time in between. */
  readonly from: number;
  readonly to: number;
  readonly maxAgeSec: number;
}

export async function sourceMetadata(
  source: LiveSourceSettings,
  { folder, from, to, maxAgeSec }: MetadataWindow,
): Promise<SourceMetadata> {
  await mkdir(folder, { recursive: true });
  // Another choice of channels or another server is another file.
  const mark = createHash("sha256")
    .update(JSON.stringify([source.fdsn, source.channels]))
    .digest("hex")
    .slice(0, 12);
  const file = join(folder, `${source.name}-${mark}.xml`);
  let problem: string | null = null;
  if (!existsSync(file) || to - (await stat(file)).mtimeMs / 1_000 > maxAgeSec) {
    try {
      const fresh = `${file}.part`;
      const isKnown = await fetchMetadata({ server: source.fdsn, channels: source.channels, from, to }, fresh);
      if (isKnown) await rename(fresh, file);
      else problem = `${source.fdsn} knows none of its channels`;
    } catch (cause) {
      if (!(cause instanceof HarkenError)) throw cause;
      problem = cause.message.replace(/\.$/, "");
    }
  }
  if (!existsSync(file)) return { source, channels: [], sites: [], missing: source.channels, problem };
  const { channels, sites } = readFile(readFileSync(file), file);
  const wanted = channels.filter(({ id }) => source.channels.some((pattern) => fitsChannel(pattern, id)));
  const missing = source.channels.filter((pattern) => !wanted.some(({ id }) => fitsChannel(pattern, id)));
  return { source, channels: wanted, sites, missing, problem };
}
