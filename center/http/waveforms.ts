/** Waveform tiles: the request checked, the pieces found, the drawing left to the tile thread. */
import { type WaveformQuery, waveformLimits } from "@harken/api";
import { type ChannelId, channelKey, parseChannelKey, type Station } from "@harken/core";
import { findPieces, type Store } from "@harken/store";
import { type Band, bandMarginSec } from "../bandPass.ts";
import { centerErrors } from "../errors.ts";
import type { WorkerPool } from "../workerPool.ts";

const MAX_WINDOW_SEC = 7 * 86_400;

export interface Tile {
  readonly bytes: Uint8Array;
  /** Whether the archive holds data up to the window's end, so that the tile will not change. */
  readonly complete: boolean;
}

export function createTileMaker(store: Store, pool: Pick<WorkerPool, "tile">, stations: () => readonly Station[]) {
  return async (query: WaveformQuery): Promise<Tile> => {
    const { from, to, columns = waveformLimits.defaultColumns, samples = 0, filter = "none" } = query;
    const channel = findChannel(query.channel, stations());
    const badWindow = (reason: string) => centerErrors.make("BAD_WINDOW", { from, to, reason });
    if (!(to > from)) throw badWindow("it ends before it begins");
    if (to - from > MAX_WINDOW_SEC) throw badWindow(`it is longer than ${MAX_WINDOW_SEC} s`);
    const band = readFilter(filter);
    if (samples === 1 && (to - from) * (channel.sampleRateHz ?? 0) > waveformLimits.maxSamples) {
      throw badWindow(`it holds more than ${waveformLimits.maxSamples} samples`);
    }
    const marginSec = band ? bandMarginSec(band) : 0;
    const pieces = await findPieces(store.db, channel.id, from - marginSec, to + marginSec);
    // The data's own rates count: metadata may give another, or none.
    const rates = [channel.sampleRateHz ?? Infinity, ...pieces.map(({ sampleRateHz }) => sampleRateHz)];
    const nyquistHz = Math.min(...rates) / 2;
    if (band && band.highHz >= nyquistHz)
      throw badFilter(filter, `the channel holds frequencies below ${nyquistHz} Hz`);
    const bytes = await pool.tile({ pieces, from, to, columns: samples === 1 ? null : columns, band, marginSec });
    return { bytes, complete: (pieces.at(-1)?.endTime ?? -Infinity) >= to + marginSec };
  };
}

function findChannel(key: string, stations: readonly Station[]): { id: ChannelId; sampleRateHz: number | null } {
  const wanted = channelKey(parseChannelKey(key));
  for (const { channels } of stations) {
    const channel = channels.find(({ id }) => channelKey(id) === wanted);
    if (channel) return channel;
  }
  throw centerErrors.make("NO_CHANNEL", { channel: key });
}

const badFilter = (filter: string, reason: string) => centerErrors.make("BAD_FILTER", { filter, reason });

/** Reads `none` or `bp:LOW-HIGH`. Throws BAD_FILTER for anything else. */
function readFilter(filter: string): Band | null {
  if (filter === "none") return null;
  const match = /^bp:([0-9.]+)-([0-9.]+)$/.exec(filter);
  const [lowHz, highHz] = [Number(match?.[1]), Number(match?.[2])];
  if (!Number.isFinite(lowHz) || !Number.isFinite(highHz)) throw badFilter(filter, "it is not understood");
  if (!(lowHz > 0) || !(highHz > lowHz)) throw badFilter(filter, "its frequencies are not in order");
  return { lowHz, highHz };
}
