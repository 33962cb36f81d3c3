/**
 * The order of the work: by data time, as `planSteps` says. Every station's data and signals, interval by interval, and the lists of the timetable,
 * which the next interval's stations do not wait for. Finished intervals are passed over, so a second start goes on where the first one stopped.
 */
import { isoTime, type Station } from "@harken/core";
import { loadIntervals, queueIntervals } from "@harken/store";
import type { CenterContext } from "./context.ts";
import { type DataInterval, planIntervals, workSpans } from "./plan.ts";
import { ProgressMeter } from "./progress.ts";
import { acquireInterval, processStationInterval } from "./stationStage.ts";
import type { DataClock } from "./timetable/clock.ts";
import { reopenLists } from "./timetable/lateData.ts";
import { makeList } from "./timetable/makeList.ts";
import { type LateDelivery, planSteps, type Step } from "./timetable/steps.ts";
import { isOnDemand } from "./timetable/timetable.ts";

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
  /** Called when the first list is made of an interval, with the time up to which its events are known. */
  readonly onInterval: (processedTo: number) => Promise<void>;
}

export interface PipelinePlan {
  readonly intervals: readonly DataInterval[];
  readonly deliveries: readonly LateDelivery[];
  readonly clock: DataClock;
  /** Bounds the stations in hand at once. */
  readonly workers: number;
}

/** Queues the intervals of [startTime, endTime) that are not there yet. */
export async function queueWork(context: CenterContext, startTime: number, endTime: number): Promise<DataInterval[]> {
  const intervals = planIntervals(startTime, endTime, context.recipe);
  const spans = workSpans(intervals, {
    streams: codesOf(context.stations.filter((station) => !isOnDemand(station))),
    onDemand: codesOf(context.stations.filter(isOnDemand)),
    lists: context.recipe.timetable.pipelines.map(({ list }) => list),
  });
  await context.store.transaction((writer) => queueIntervals(writer, spans, context.clock()));
  return intervals;
}

const codesOf = (stations: readonly Station[]) => stations.map(({ code }) => code);

/** Works through the steps; resolves when all are done or the centre stops. */
export async function runPipeline(
  context: CenterContext,
  { intervals, deliveries, clock, workers }: PipelinePlan,
  hooks: PipelineHooks,
): Promise<void> {
  const { recipe } = context;
  const { timetable } = recipe;
  const streams = context.stations.filter((station) => !isOnDemand(station));
  const steps = planSteps(intervals, streams, timetable, deliveries);
  const stages = await Promise.all(
    ["acquire", "station", "network"].map((stage) => loadIntervals(context.store.db, stage)),
  );
  const names = new Set([...codesOf(streams), ...timetable.pipelines.map(({ list }) => list)]);
  const doneBefore = stages.flat().filter(({ state, name }) => state === "done" && names.has(name)).length;
  const stepsPerInterval = 2 * streams.length + timetable.pipelines.length;
  const wall = () => performance.now() / 1000;
  const meter = new ProgressMeter(intervals.length * stepsPerInterval, doneBefore, wall, stepsPerInterval);
  let stage = "acquire";
  const report = (words: string) => {
    const { ratePerSec } = meter.snapshot();
    const dataSecPerSec = ratePerSec === null ? null : (ratePerSec / stepsPerInterval) * recipe.intervalSec;
    hooks.onProgress({ stage, meter, message: words, dataSecPerSec });
  };

  async function takeData({ interval, stations, isLate, time }: Step & { kind: "data" }, at: number): Promise<void> {
    const words = `Data from ${isoTime(interval.startTime, 0)}, interval ${interval.index + 1} of ${intervals.length}`;
    report(words);
    await eachStation(stations, workers, async (station) => {
      if (context.stopping()) return;
      stage = "acquire";
      if (await acquireInterval(context, station, interval)) meter.step();
      report(words);
      if (context.stopping()) return;
      stage = "station";
      const again = isLate ? reopenLists(timetable, recipe, interval, time, context.clock) : undefined;
      if (await processStationInterval(context, station, interval, again)) meter.step();
      report(words);
    });
    if (isLate) await makeAgain(at, time);
  }

  /** Lists whose turn has come and that were opened again; the others are passed over. */
  async function makeAgain(at: number, now: number): Promise<void> {
    for (const step of steps.slice(0, at))
      if (step.kind === "list" && !context.stopping()) await makeList(context, step.pipeline, step.interval, now);
  }

  async function takeList({ pipeline, interval, time }: Step & { kind: "list" }, at: number): Promise<void> {
    if (await context.requests?.send(time)) await makeAgain(at, time);
    if (await makeList(context, pipeline, interval, time)) meter.step();
    if (await context.requests?.send(time)) await makeAgain(at + 1, time);
    report(`${pipeline.list} up to ${isoTime(interval.onsetTo, 0)}`);
    if (pipeline === timetable.pipelines[0]) await hooks.onInterval(interval.onsetTo);
  }

  let network: Promise<void> = Promise.resolve();
  for (const [at, step] of steps.entries()) {
    if (context.stopping()) break;
    await clock.until(step.time);
    if (step.kind === "data") {
      // Lists made before late data came must not see them.
      if (step.isLate) await network;
      if (!context.stopping()) await takeData(step, at);
      continue;
    }
    // One list at a time: the next one builds on its events.
    await network;
    if (context.stopping()) break;
    network = takeList(step, at);
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
