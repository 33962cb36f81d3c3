/** Noise levels of stations in the database. What is known of a stretch stays as it was first measured. */
import type { Amplitude, NoiseLevel } from "@harken/core";
import type { Reader, Writer } from "./database.ts";
import type { Stamp } from "./mapping.ts";
import { insertRows } from "./rows.ts";

/** Stretches are no longer than this, s: those that a query's interval begins in are found by their start. */
const LONGEST_SEC = 3600;

export interface NoiseQuery {
  readonly from: number;
  readonly to: number;
  /** Only those stored by then (wall time, epoch s). */
  readonly storedBy?: number | undefined;
}

/** Levels whose stretches meet [from, to), in order of time, station and type. */
export async function loadNoise(
  reader: Reader,
  { from, to, storedBy = Number.MAX_VALUE }: NoiseQuery,
): Promise<NoiseLevel[]> {
  const rows = await reader
    .selectFrom("noiselevel")
    .where("lddate", "<=", storedBy)
    .selectAll()
    .where("starttime", ">", from - LONGEST_SEC)
    .where("starttime", "<", to)
    .where("endtime", ">", from)
    .orderBy("starttime")
    .orderBy("sta")
    .orderBy("amptype")
    .execute();
  return rows.map(({ sta, starttime, endtime, net, site, loc, chan, amptype, amptime, amp, per, clip }) => ({
    ...{ station: sta, startTime: starttime, endTime: endtime },
    amplitude: {
      type: amptype as Amplitude["type"],
      channel: { network: net, station: site, location: loc, channel: chan },
      ...{ time: amptime, amplitude: amp, periodSec: per, clipped: clip === "c" },
    },
  }));
}

export async function putNoise(writer: Writer, levels: readonly NoiseLevel[], { runId, now }: Stamp): Promise<void> {
  if (levels.length === 0) return;
  const keyOf = ({ station, startTime, amplitude }: NoiseLevel) => `${station} ${amplitude.type} ${startTime}`;
  const times = levels.map(({ startTime }) => startTime).sort((a, b) => a - b);
  const known = new Set((await loadNoise(writer, { from: times[0]!, to: times.at(-1)! + LONGEST_SEC })).map(keyOf));
  const fresh = levels.filter((level) => !known.has(keyOf(level)));
  await insertRows(
    writer,
    "noiselevel",
    fresh.map(({ station, startTime, endTime, amplitude }) => ({
      ...{ sta: station, amptype: amplitude.type, starttime: startTime, endtime: endTime },
      ...{ net: amplitude.channel.network, site: amplitude.channel.station },
      ...{ loc: amplitude.channel.location, chan: amplitude.channel.channel },
      ...{ amptime: amplitude.time, amp: amplitude.amplitude, per: amplitude.periodSec },
      ...{ clip: amplitude.clipped ? "c" : "n", runid: runId, lddate: now },
    })),
  );
}
