/**
 * The processing of data as they come: a station's interval is worked on when its data reach the interval's end, or the other stations' have been
 * ahead for long enough; then the network's. The clock of the data drives it, not the clock on the wall, so that a backlog is worked through in the
 * same way.
 */
import type { Station } from "@harken/core";
import { channelKey, endTime } from "@harken/core";
import { lastSampleTimes, loadIntervals, queueIntervals, summariseIndex, type Written } from "@harken/store";
import type { CenterContext } from "../context.ts";
import { processNetworkInterval } from "../networkStage.ts";
import type { DataInterval } from "../plan.ts";
import { processStationInterval } from "../stationStage.ts";

export interface LiveRule {
  /** Data time by which others must be ahead before a station is not waited for, s. */
  readonly graceSec: number;
  /** When nothing has come for so long (wall time), what is there is worked on, s. */
  readonly idleSec: number;
}

export const liveRule: LiveRule = Object.freeze({ graceSec: 120, idleSec: 300 });

const TICK_MS = 1_000;

export interface LivePipeline {
  /** New data are in the archive. */
  archived(written: readonly Written[]): void;
  /** Runs until the centre stops; rejects when the processing fails. */
  run(onInterval: (processedTo: number) => void): Promise<void>;
  stop(): void;
}

export function createLivePipeline(context: CenterContext, workers: number, rule: LiveRule = liveRule): LivePipeline {
  const { store, stations, recipe } = context;
  const newest = new Map<string, number>();
  const stationOf = new Map(
    stations.flatMap(({ code, channels }) => channels.map(({ id }) => [channelKey(id), code] as const)),
  );
  let lastData = performance.now();
  let horizon = -Infinity;
  let wake: () => void = () => undefined;
  let isStopped = false;

  const note = (key: string, time: number) => {
    const code = stationOf.get(key);
    if (code === undefined) return;
    newest.set(code, Math.max(newest.get(code) ?? -Infinity, time));
    horizon = Math.max(horizon, time);
  };

  const isIdle = () => performance.now() - lastData > rule.idleSec * 1_000;

  /** Whether a station's interval can be worked on. */
  function isDue({ code }: Station, { startTime, endTime: end }: DataInterval): boolean {
    const own = newest.get(code) ?? -Infinity;
    // The last sample stands before the end by less than the slowest channel's interval.
    return own >= end - 1 || horizon >= end + rule.graceSec || (isIdle() && horizon > startTime);
  }

  async function work(interval: DataInterval): Promise<boolean> {
    const names = [...stations.map(({ code }) => ["station", code] as const), ["network", "-"] as const];
    const { onsetFrom: startTime, onsetTo } = interval;
    await store.transaction((writer) =>
      queueIntervals(
        writer,
        names.map(([stage, name]) => ({ stage, name, startTime, endTime: onsetTo })),
        context.clock(),
      ),
    );
    const waiting = new Set(stations);
    while (waiting.size > 0 && !isStopped) {
      const due = [...waiting].filter((station) => isDue(station, interval)).slice(0, workers + 1);
      if (due.length === 0) await nextTick();
      await Promise.all(
        due.map(async (station) => {
          if (!isStopped) await processStationInterval(context, station, interval);
          waiting.delete(station);
        }),
      );
    }
    if (isStopped) return false;
    await processNetworkInterval(context, interval);
    return true;
  }

  function nextTick(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, TICK_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    archived(written) {
      lastData = performance.now();
      for (const { segment } of written) note(channelKey(segment.channel), endTime(segment));
      wake();
    },

    async run(onInterval) {
      for (const [key, time] of await lastSampleTimes(store.db)) note(key, time);
      let first: number | null = null;
      while (first === null && !isStopped) {
        first = await firstInterval(context);
        if (first === null) await nextTick();
      }
      const done = (await loadIntervals(store.db, "network")).filter(({ state }) => state === "done").length;
      for (let index = done; first !== null && !isStopped; index++) {
        const startTime = first + index * recipe.intervalSec;
        const end = startTime + recipe.intervalSec;
        const onsetFrom = index === 0 ? startTime : startTime - recipe.tailSec;
        const interval = { index, startTime, endTime: end, onsetFrom, onsetTo: end - recipe.tailSec };
        if (await work(interval)) onInterval(interval.onsetTo);
      }
    },

    stop() {
      isStopped = true;
      wake();
    },
  };
}

/** Where the intervals begin: as they did before, else at a whole interval before the first data; null while there are none. */
async function firstInterval({ store, recipe }: CenterContext): Promise<number | null> {
  const [before] = await loadIntervals(store.db, "network");
  if (before) return before.startTime;
  const { from } = await summariseIndex(store.db);
  return from === null ? null : Math.floor(from / recipe.intervalSec) * recipe.intervalSec;
}
