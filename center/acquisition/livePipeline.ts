/**
 * The processing of data as they come: a station's interval is worked on when its data reach the interval's end, or the other stations' have been
 * ahead for long enough; then the first list of the network's; the later
 * lists when the timetable says. The clock of the data drives it, not the clock on the wall, so that a backlog is worked through in the
 * same way. Data that come late have their interval worked on again: arrivals are added, and the lists that are open to late data are built anew.
 */
import type { Station } from "@harken/core";
import { channelKey, endTime } from "@harken/core";
import {
  lastSampleTimes,
  loadIntervals,
  queueIntervals,
  reopenIntervals,
  summariseIndex,
  type Written,
} from "@harken/store";
import type { CenterContext } from "../context.ts";
import type { DataInterval } from "../plan.ts";
import { processStationInterval } from "../stationStage.ts";
import { reopenLists } from "../timetable/lateData.ts";
import { makeList } from "../timetable/makeList.ts";
import { dueTime, isOnDemand, type Pipeline } from "../timetable/timetable.ts";

export interface LiveRule {
  /** Data time by which others must be ahead before a station is not waited for, s. */
  readonly graceSec: number;
  /** When nothing has come for so long (wall time), what is there is worked on, s. */
  readonly idleSec: number;
  /** An interval for which data came late is worked on again when no more have come for so long (wall time), s. */
  readonly lateSec: number;
}

export const liveRule: LiveRule = Object.freeze({ graceSec: 120, idleSec: 300, lateSec: 20 });

const TICK_MS = 1_000;

export interface LivePipeline {
  /** New data are in the archive. */
  archived(written: readonly Written[]): void;
  /** Takes in an answer to a request, that came by itself; a text says why it is refused. */
  answer(message: Uint8Array): Promise<string | null>;
  /** Runs until the centre stops; rejects when the processing fails. */
  run(onInterval: (processedTo: number) => void): Promise<void>;
  stop(): void;
}

export function createLivePipeline(context: CenterContext, workers: number, rule: LiveRule = liveRule): LivePipeline {
  const { store, recipe, logger, requests } = context;
  // Who sends on demand is asked and not waited for.
  const stations = requests ? context.stations.filter((station) => !isOnDemand(station)) : context.stations;
  const { pipelines } = recipe.timetable;
  const [early, ...later] = pipelines as readonly [Pipeline, ...Pipeline[]];
  /** Count of intervals that were passed through for each later list. */
  const made = new Map<Pipeline, number>();
  const newest = new Map<string, number>();
  const stationOf = new Map(
    stations.flatMap((station) => station.channels.map(({ id }) => [channelKey(id), station] as const)),
  );
  /** Station intervals that were begun or done and got data since, by `CODE index`, with when the last of them came. */
  const late = new Map<string, { readonly station: Station; readonly index: number; readonly since: number }>();
  /** Requests that are on their way, and whether an answer has opened intervals again. */
  let sending: Promise<void> | null = null;
  let hasReopened = false;
  let lastData = performance.now();
  let horizon = -Infinity;
  /** Start of interval 0; null before the first data. */
  let first: number | null = null;
  /** The interval in hand: all before it are done. */
  let current = 0;
  /** Stations whose part of it has begun: what comes for them now is late. */
  const begun = new Set<Station>();
  let wake: () => void = () => undefined;
  let isStopped = false;

  const note = (station: Station, time: number) => {
    newest.set(station.code, Math.max(newest.get(station.code) ?? -Infinity, time));
    horizon = Math.max(horizon, time);
  };

  function noteLate(station: Station, from: number, to: number): void {
    if (first === null) return;
    const at = (time: number) => Math.floor((time - first!) / recipe.intervalSec);
    // An interval's onsets begin a tail before its data.
    const last = Math.min(begun.has(station) ? current : current - 1, at(to + recipe.tailSec));
    for (let index = Math.max(0, at(from)); index <= last; index++)
      late.set(`${station.code} ${index}`, { station, index, since: performance.now() });
  }

  const isIdle = () => performance.now() - lastData > rule.idleSec * 1_000;

  /** The newest data's time; when nothing comes any more, the clock's. */
  const dataNow = () => (isIdle() ? Math.max(horizon, context.clock()) : horizon);

  function intervalOf(index: number): DataInterval {
    const startTime = first! + index * recipe.intervalSec;
    const end = startTime + recipe.intervalSec;
    const onsetFrom = index === 0 ? startTime : startTime - recipe.tailSec;
    return { index, startTime, endTime: end, onsetFrom, onsetTo: end - recipe.tailSec };
  }

  /** Whether a station's interval can be worked on. */
  function isDue({ code }: Station, { startTime, endTime: end }: DataInterval): boolean {
    const own = newest.get(code) ?? -Infinity;
    // The last sample stands before the end by less than the slowest channel's interval.
    return own >= end - 1 || horizon >= end + rule.graceSec || (isIdle() && horizon > startTime);
  }

  async function work(interval: DataInterval): Promise<boolean> {
    const names = [
      ...context.stations.map(({ code }) => ["station", code] as const),
      ...pipelines.map(({ list }) => ["network", list] as const),
      ...(requests ? [["request", "-"] as const] : []),
    ];
    const { onsetFrom: startTime, onsetTo } = interval;
    const spans = names.map(([stage, name]) => ({ stage, name, startTime, endTime: onsetTo }));
    await store.transaction((writer) => queueIntervals(writer, spans, context.clock()));
    const waiting = new Set(stations);
    while (waiting.size > 0 && !isStopped) {
      ask();
      await workLate();
      await workDue();
      const due = [...waiting].filter((station) => isDue(station, interval)).slice(0, workers + 1);
      if (due.length === 0) await nextTick();
      await Promise.all(
        due.map(async (station) => {
          begun.add(station);
          if (!isStopped) await processStationInterval(context, station, interval);
          waiting.delete(station);
        }),
      );
    }
    if (isStopped) return false;
    await makeList(context, early, interval, horizon);
    return true;
  }

  /** Sends requests that are due; a station that does not answer holds up nothing. */
  function ask(): void {
    if (!requests || sending || isStopped) return;
    sending = requests
      .send(dataNow())
      .then((isOpen) => {
        hasReopened ||= isOpen;
      })
      .catch((cause: unknown) => logger.error({ code: "requests.failed", err: cause }))
      .finally(() => {
        sending = null;
      });
  }

  /** Lists that are due of intervals that are done, in the order of the timetable. */
  async function workDue(): Promise<void> {
    const now = dataNow();
    for (const pipeline of later) {
      for (let index = made.get(pipeline) ?? 0; index < current && !isStopped; index++) {
        const interval = intervalOf(index);
        if (dueTime(pipeline, interval) > now) break;
        await makeList(context, pipeline, interval, now);
        made.set(pipeline, index + 1);
      }
    }
  }

  /** Stations' intervals that got data after they were done, and the network's from the first of them on. */
  async function workLate(): Promise<void> {
    const now = performance.now();
    const ready = [...late].filter(([, { since }]) => now - since > rule.lateSec * 1_000);
    const isOpened = hasReopened;
    hasReopened = false;
    if (ready.length === 0 && !isOpened) return;
    for (const [key, { station, index }] of ready) {
      if (isStopped) return;
      late.delete(key);
      const interval = intervalOf(index);
      const range = { stage: "station", name: station.code, from: interval.onsetFrom, to: interval.onsetFrom };
      await store.transaction((writer) => reopenIntervals(writer, range, context.clock()));
      const again = reopenLists(recipe.timetable, recipe, interval, horizon, context.clock);
      await processStationInterval(context, station, interval, again);
      logger.info({ code: "interval.again", station: station.code, startTime: interval.startTime });
    }
    // What an answer has opened again may lie anywhere; intervals that are done are passed over.
    const from = isOpened ? 0 : Math.min(...ready.map(([, { index }]) => index));
    for (let index = from; index < current && !isStopped; index++)
      await makeList(context, early, intervalOf(index), horizon);
    for (const pipeline of later)
      for (let index = from; index < (made.get(pipeline) ?? 0) && !isStopped; index++)
        await makeList(context, pipeline, intervalOf(index), horizon);
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
      for (const { segment } of written) {
        const station = stationOf.get(channelKey(segment.channel));
        if (!station) continue;
        note(station, endTime(segment));
        noteLate(station, segment.startTime, endTime(segment));
      }
      wake();
    },

    async answer(message) {
      if (!requests) return "this centre asks nobody";
      const result = await requests.receive(message, dataNow());
      if (typeof result === "string") return result;
      hasReopened ||= result;
      wake();
      return null;
    },

    async run(onInterval) {
      for (const [key, time] of await lastSampleTimes(store.db)) {
        const station = stationOf.get(key);
        if (station) note(station, time);
      }
      while (first === null && !isStopped) {
        first = await firstInterval(context);
        if (first === null) await nextTick();
      }
      const done = (await loadIntervals(store.db, "network")).filter(
        ({ state, name }) => state === "done" && name === early.list,
      );
      for (current = done.length; !isStopped; ) {
        const interval = intervalOf(current);
        if (!(await work(interval))) return;
        current++;
        begun.clear();
        onInterval(interval.onsetTo);
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
