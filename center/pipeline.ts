/**
 * The order of the work: interval by interval, every station's data and signals, then the network's events, which the next interval's
 * stations do not wait for. Finished intervals are passed over, so a second start goes on where the first one stopped.
 */
import { isoTime, type Station } from "@harken/core";
import { loadIntervals, queueIntervals } from "@harken/store";
import type { CenterContext } from "./context.ts";
import { processNetworkInterval } from "./networkStage.ts";
import { type DataInterval, planIntervals, workSpans } from "./plan.ts";
import { ProgressMeter } from "./progress.ts";
import { acquireInterval, processStationInterval } from "./stationStage.ts";

export interface PipelineProgress {
  readonly stage: string;
  readonly meter: ProgressMeter;
  /** Which stretch of data is in hand, in words. */
  readonly message: string;
  /** Seconds of data of the whole network that are worked through in a second; null before it is known. */
  readonly dataSecPerSec: number | null;
}

export interface PipelineHooks {
  /** Called after every step. */
  readonly onProgress: (progress: PipelineProgress) => void;
  /** Called when an interval of the network is done, with the time up to which events are known. */
  readonly onInterval: (processedTo: number) => Promise<void>;
}

/** Queues the intervals of [startTime, endTime) that are not there yet. */
export async function queueWork(context: CenterContext, startTime: number, endTime: number): Promise<DataInterval[]> {
  const intervals = planIntervals(startTime, endTime, context.recipe);
  const codes = context.stations.map(({ code }) => code);
  await context.store.transaction((writer) => queueIntervals(writer, workSpans(intervals, codes), context.clock()));
  return intervals;
}

/** Works through the intervals; resolves when all are done or the centre stops. `workers` bounds the stations in hand at once. */
export async function runPipeline(
  context: CenterContext,
  intervals: readonly DataInterval[],
  workers: number,
  hooks: PipelineHooks,
): Promise<void> {
  const { stations, recipe } = context;
  const stageRecords = await Promise.all(
    ["acquire", "station", "network"].map((stage) => loadIntervals(context.store.db, stage)),
  );
  const doneBefore = stageRecords.flat().filter(({ state }) => state === "done").length;
  const stepsPerInterval = 2 * stations.length + 1;
  const clock = () => performance.now() / 1000;
  const meter = new ProgressMeter(intervals.length * stepsPerInterval, doneBefore, clock, stepsPerInterval);
  let stage = "acquire";
  const report = ({ startTime, index }: DataInterval) => {
    const { ratePerSec } = meter.snapshot();
    hooks.onProgress({
      stage,
      meter,
      message: `Data from ${isoTime(startTime, 0)}, interval ${index + 1} of ${intervals.length}`,
      dataSecPerSec: ratePerSec === null ? null : (ratePerSec / stepsPerInterval) * recipe.intervalSec,
    });
  };

  let network: Promise<void> = Promise.resolve();
  for (const interval of intervals) {
    if (context.stopping()) break;
    report(interval);
    await eachStation(stations, workers, async (station) => {
      if (context.stopping()) return;
      stage = "acquire";
      if (await acquireInterval(context, station, interval)) meter.step();
      report(interval);
      if (context.stopping()) return;
      stage = "station";
      if (await processStationInterval(context, station, interval)) meter.step();
      report(interval);
    });
    // One interval of the network at a time: the next one builds on its events.
    await network;
    if (context.stopping()) break;
    network = (async () => {
      if (await processNetworkInterval(context, interval)) meter.step();
      await hooks.onInterval(interval.onsetTo);
    })();
    // Its failure is reported where it is awaited.
    network.catch(() => undefined);
  }
  await network;
}

/** Runs `work` for every station, at most `limit` at once; the first failure ends the rest. */
async function eachStation(
  stations: readonly Station[],
  limit: number,
  work: (station: Station) => Promise<void>,
): Promise<void> {
  const queue = stations.values();
  let failed = false;
  const lane = async () => {
    for (const station of queue) {
      if (failed) return;
      try {
        await work(station);
      } catch (cause) {
        failed = true;
        throw cause;
      }
    }
  };
  // One more than the threads, so that none waits for the database.
  const results = await Promise.allSettled(Array.from({ length: limit + 1 }, lane));
  const failure = results.find((result) => result.status === "rejected");
  if (failure) throw failure.reason;
}
