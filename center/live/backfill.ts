/** Past data of a source by FDSN dataselect, into the journal like everything that comes. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type ChannelId, channelKey, HarkenError } from "@harken/core";
import { fetchWaveforms } from "../fdsn/client.ts";
import type { FillDesk } from "../options.ts";

export interface Backfill {
  readonly name: string;
  readonly server: string;
  readonly channels: readonly ChannelId[];
  /** Epoch s. */
  readonly from: number;
  readonly to: number;
  /** Files on their way stand there. */
  readonly folder: string;
}

/** What came, in bytes, and why not all that was asked for; null when nothing went wrong. */
export interface BackfillOutcome {
  readonly bytes: number;
  readonly problem: string | null;
}

/** Some hundred channels make about ten megabytes in it. */
const STEP_SEC = 600;

/** Channels that the archive has data of within the window are asked for from the oldest of their ends; the others from the beginning. */
export async function backfill(
  { server, channels, from, to, folder, name }: Backfill,
  desk: FillDesk,
): Promise<BackfillOutcome> {
  const heardTo = (channel: ChannelId) => Math.min(to, desk.newest.get(channelKey(channel)) ?? -Infinity);
  const heard = channels.filter((channel) => heardTo(channel) > from);
  const windows = [
    { channels: channels.filter((channel) => !heard.includes(channel)), from },
    { channels: heard, from: Math.min(...heard.map(heardTo)) },
  ].filter((window) => window.channels.length > 0 && window.from < to);
  const own = await mkdtemp(join(folder, "backfill-"));
  let bytes = 0;
  try {
    for (const window of windows) {
      const request = { server, to, signal: desk.signal, ...window, channels: window.channels.map(patternOf) };
      for await (const { file } of fetchWaveforms(request, own, STEP_SEC)) {
        if (file === null) continue;
        const payload = await readFile(file);
        bytes += payload.length;
        await desk.take(`${name} ${file.slice(own.length + 1)}`, payload);
        await rm(file);
      }
    }
    return { bytes, problem: null };
  } catch (cause) {
    if (desk.signal.aborted) return { bytes, problem: null };
    if (!(cause instanceof HarkenError)) throw cause;
    return { bytes, problem: cause.message.replace(/\.$/, "") };
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

const patternOf = ({ network, station, location, channel }: ChannelId) =>
  [network, station, location || "--", channel].join(".");
