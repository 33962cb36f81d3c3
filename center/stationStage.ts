/** The work on one station's interval: its data into the archive, then the signals out of them. */
import type { Arrival, Station } from "@harken/core";
import { loadArrivals, putArrivals, putNoise, putPieces } from "@harken/store";
import { infrasoundRecipe } from "@harken/waveform";
import { type CenterContext, workOn } from "./context.ts";
import { type DataInterval, keepOnsets, keyPrefix } from "./plan.ts";
import { stationPieces } from "./stationPieces.ts";

/** Acquires an interval of one station from the simulator. */
export async function acquireInterval(
  context: CenterContext,
  station: Station,
  interval: DataInterval,
): Promise<boolean> {
  const { startTime, endTime } = interval;
  return workOn(context, { stage: "acquire", name: station.code, startTime }, async () => {
    const pieces = await context.pool.acquire({ station: station.code, startTime, endTime });
    const samples = pieces.reduce((sum, { sampleCount }) => sum + sampleCount, 0);
    return {
      result: { segments: pieces.length, samples },
      write: async (writer) => {
        await putPieces(writer, pieces, { runId: context.runId, now: context.clock() });
      },
    };
  });
}

/**
 * Detects the signals of one station whose onsets fall into the interval. The interval before must be done. `isAgain`: data came late; what was found before
 * stays as it is, and what is new is added.
 */
export async function processStationInterval(
  context: CenterContext,
  station: Station,
  interval: DataInterval,
  isAgain = false,
): Promise<boolean> {
  const { store, recipe } = context;
  const { onsetFrom, onsetTo } = interval;
  let found: readonly Arrival[] = [];
  const worked = await workOn(context, { stage: "station", name: station.code, startTime: onsetFrom }, async () => {
    const from = onsetFrom - recipe.leadInSec;
    const to = interval.endTime;
    const pieces = await stationPieces(store.db, station, from, to);
    // Analysts' picks are no detections of the station.
    const own = { station: station.code, notAsideIn: recipe.list };
    const memorySec = station.technology === "infrasound" ? infrasoundRecipe.infrasound!.category.memorySec : 0;
    const history =
      memorySec > 0 ? await loadArrivals(store.db, { ...own, from: onsetFrom - memorySec, to: onsetFrom }) : [];
    const edge = recipe.edgeToleranceSec;
    const before = isAgain ? await loadArrivals(store.db, { ...own, from: onsetFrom - edge, to: onsetTo + edge }) : [];
    const prefix = keyPrefix(station.code, onsetFrom);
    const answer = await context.pool.station({
      ...{ station, pieces, from, to, history },
      // The number of those before makes keys that none of them has.
      keyPrefix: isAgain ? `${prefix}again${before.length}-` : prefix,
    });
    const stored = await loadArrivals(store.db, {
      ...own,
      from: onsetFrom - 2 * edge,
      to: onsetFrom + 2 * edge,
    });
    const arrivals = keepOnsets(answer.arrivals, stored, interval, edge).filter(
      ({ time }) => !before.some((other) => Math.abs(other.time - time) < edge),
    );
    found = arrivals;
    for (const { kind, detail, channel, startTime, endTime } of answer.masks) {
      context.logger.debug({ code: "quality.mask", kind, detail, channel, startTime, endTime });
    }
    return {
      result: { arrivals: arrivals.length, masks: answer.masks.length, problems: answer.problems, onsetTo },
      write: async (writer) => {
        const stamp = { runId: context.runId, now: context.clock() };
        await putArrivals(writer, arrivals, stamp);
        await putNoise(writer, answer.noise, stamp);
      },
    };
  });
  for (const { key, time, phase } of worked ? found : []) {
    await context.bus.publish(`arrivals.${station.code}`, { key, station: station.code, time, phase }, { id: key });
  }
  return worked;
}
