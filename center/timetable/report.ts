/**
 * The timetable as it was kept: every interval with the state of each list, and what became of the requests for segments.
 *
 *     const { intervals, requests } = await timetableReport(store.db, centerTimetable, { from, to });
 */
import { median } from "@harken/core";
import { type IntervalRecord, loadIntervals, loadRequests, loadRunConfig, openStore, type Reader } from "@harken/store";
import { centerTimetable, dueTime, type Timetable } from "./timetable.ts";

export interface ListState {
  readonly list: string;
  readonly state: IntervalRecord["state"];
  readonly attempts: number;
  /** Data time at which the timetable has it made, and at which it was; null before. */
  readonly dueAt: number;
  readonly madeAt: number | null;
  readonly arrivals: number | null;
  readonly events: number | null;
  readonly problem: string;
}

export interface IntervalStates {
  readonly from: number;
  readonly to: number;
  /** Stations whose part of the interval is done, and of how many. */
  readonly stationsDone: number;
  readonly stations: number;
  readonly lists: readonly ListState[];
}

export interface RequestStatistics {
  readonly station: string;
  readonly requests: number;
  readonly answered: number;
  readonly waiting: number;
  readonly failed: number;
  readonly attempts: number;
  readonly samples: number;
  /** From a request's making to its answer, data time; null without an answer. */
  readonly medianAnswerSec: number | null;
  readonly lastProblem: string;
}

export interface Period {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface TimetableReport {
  readonly intervals: readonly IntervalStates[];
  readonly requests: readonly RequestStatistics[];
}

/** Of intervals that begin in [from, to). */
export async function timetableStates(
  reader: Reader,
  timetable: Timetable,
  period: Period = {},
): Promise<IntervalStates[]> {
  const network = await loadIntervals(reader, "network", period);
  const stations = Map.groupBy(await loadIntervals(reader, "station", period), ({ startTime }) => startTime);
  return [...Map.groupBy(network, ({ startTime }) => startTime)].map(([startTime, rows]): IntervalStates => {
    const own = stations.get(startTime) ?? [];
    return {
      ...{ from: startTime, to: rows[0]!.endTime, stations: own.length },
      stationsDone: own.filter(({ state }) => state === "done").length,
      lists: timetable.pipelines.flatMap((pipeline) => {
        const row = rows.find(({ name }) => name === pipeline.list);
        return row ? [stateOf(row, dueTime(pipeline, { onsetTo: row.endTime }))] : [];
      }),
    };
  });
}

/** Of intervals and requested data that begin in [from, to). */
export async function timetableReport(
  reader: Reader,
  timetable: Timetable,
  period: Period = {},
): Promise<TimetableReport> {
  const { from = -Infinity, to = Infinity } = period;
  const intervals = await timetableStates(reader, timetable, period);
  const asked = (await loadRequests(reader)).filter((request) => request.from >= from && request.from < to);
  const requests = [...Map.groupBy(asked, ({ station }) => station)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    intervals,
    requests: requests.map(([station, rows]) => {
      const count = (state: string) => rows.filter((row) => row.state === state).length;
      const delays = rows.flatMap(({ answeredTime, askedTime }) =>
        answeredTime === null ? [] : [answeredTime - askedTime],
      );
      return {
        ...{ station, requests: rows.length, answered: count("answered") },
        ...{ waiting: count("waiting"), failed: count("failed") },
        attempts: rows.reduce((sum, { attempts }) => sum + attempts, 0),
        samples: rows.reduce((sum, { sampleCount }) => sum + sampleCount, 0),
        medianAnswerSec: delays.length > 0 ? median(delays) : null,
        lastProblem: rows.findLast(({ lastProblem }) => lastProblem !== "")?.lastProblem ?? "",
      };
    }),
  };
}

/** The report of a centre's database, by the timetable that the centre ran last. */
export async function readTimetable(
  { file, url }: { readonly file: string; readonly url?: string | undefined },
  period: Period,
): Promise<TimetableReport> {
  const store = await openStore({ file, url });
  try {
    return await timetableReport(store.db, await timetableInUse(store.db), period);
  } finally {
    await store.close();
  }
}

/** That of the centre's last run. */
export async function timetableInUse(reader: Reader): Promise<Timetable> {
  const last = (await loadRunConfig(reader, { lastOf: "center" })) as { recipe?: { timetable?: Timetable } } | null;
  return last?.recipe?.timetable ?? centerTimetable;
}

function stateOf({ name, state, attempts, result, lastProblem }: IntervalRecord, dueAt: number): ListState {
  const number = (value: unknown) => (typeof value === "number" ? value : null);
  return {
    ...{ list: name, state, attempts, dueAt, problem: lastProblem },
    ...{ madeAt: number(result["madeAt"]), arrivals: number(result["arrivals"]), events: number(result["events"]) },
  };
}
