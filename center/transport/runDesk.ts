/**
 * Transport runs that people ask for: one at a time, the others wait their turn. A run is a file in the data folder beside its checkpoint, so that what
 * was asked for, and how far it got, outlives the centre; results go to the folder of fields, where they are seen.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { RunList, RunRecord, RunRequest } from "@harken/api";
import { fieldName } from "@harken/atmosphere";
import type { Logger } from "pino";
import { centerErrors } from "../errors.ts";
import type { RunMessage, RunTask } from "./runThread.ts";
import { writeWhole } from "./transport.ts";

export interface RunDeskOptions {
  /** Requests and checkpoints. */
  readonly folder: string;
  readonly weatherFolder: string;
  readonly fieldsFolder: string;
  readonly threads: number;
  readonly logger: Logger;
  /** Epoch seconds. */
  clock(): number;
}

export interface RunDesk {
  list(): RunList;
  /** Throws BAD_PLAN and RUN_STATE. */
  start(request: RunRequest): RunRecord;
  /** Throws NO_RUN and RUN_STATE. */
  stop(key: string): RunRecord;
  /** Throws NO_RUN and RUN_STATE. */
  resume(key: string): RunRecord;
  /** A forward run's netCDF file. Throws NO_RUN. */
  plume(key: string): Uint8Array;
  /** Ends the run that runs, its state kept. */
  close(): Promise<void>;
}

/** By this centre, in the way the others' codes stand in the names of their files. */
const CENTRE = "HRKN";
const LONGEST_DAYS = 40;

interface Flight {
  readonly run: RunRecord;
  readonly worker: Worker;
  readonly ended: Promise<void>;
  isStopping: boolean;
}

export function openRunDesk({ folder, weatherFolder, fieldsFolder, threads, logger, clock }: RunDeskOptions): RunDesk {
  mkdirSync(folder, { recursive: true });
  const runs = new Map<string, RunRecord>();
  for (const run of readRuns(folder, logger)) runs.set(run.key, run);
  let weather: RunList["weather"] = { from: null, to: null, message: "The weather is being read." };
  let flight: Flight | null = null;
  let isClosed = false;
  const looked = lookAtWeather();

  function put(run: RunRecord): RunRecord {
    runs.set(run.key, run);
    return run;
  }

  /** What outlives the centre; progress does not. */
  function keep(run: RunRecord): RunRecord {
    writeWhole(join(folder, `${run.key}.json`), JSON.stringify(run));
    return put(run);
  }

  function find(key: string): RunRecord {
    const run = runs.get(key);
    if (!run) throw centerErrors.make("NO_RUN", { key });
    return run;
  }

  function open(task: RunTask, onMessage: (message: RunMessage) => void): { worker: Worker; ended: Promise<void> } {
    const worker = new Worker(new URL("./runThread.ts", import.meta.url), {
      workerData: task,
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    worker.on("message", (message: RunMessage) => {
      if (message.kind === "weather")
        weather = { from: message.from, to: message.to, message: `${message.times} times.` };
      onMessage(message);
    });
    const ended = new Promise<void>((resolve) => {
      worker.once("error", (cause) => {
        logger.error({ code: "run.failed", err: cause });
        onMessage({ kind: "failed", message: cause instanceof Error ? cause.message : String(cause) });
      });
      worker.once("exit", () => resolve());
    });
    return { worker, ended };
  }

  function lookAtWeather() {
    return open({ weatherFolder, run: null }, (message) => {
      if (message.kind === "failed") weather = { from: null, to: null, message: message.message };
    });
  }

  function next(): void {
    if (flight || isClosed) return;
    const run = [...runs.values()].find(({ state }) => state === "waiting");
    if (!run) return;
    const { key, request } = run;
    const task = { request, threads, checkpoint: join(folder, `${key}.checkpoint`), out: join(fieldsFolder, key) };
    let first: { readonly done: number; readonly at: number } | null = null;
    keep({ ...run, state: "running", message: "Reads the weather", etaSec: null });
    logger.info({ code: "run.started", key });
    const opened = open({ weatherFolder, run: task }, (message) => {
      const now = find(key);
      if (message.kind === "progress") {
        // The rate is of this session.
        first ??= { done: message.done, at: clock() };
        const share = message.done - first.done;
        const etaSec = share > 0 ? ((1 - message.done) * (clock() - first.at)) / share : null;
        put({ ...now, done: message.done, etaSec, message: "" });
      } else if (message.kind === "remark") put({ ...now, message: message.message });
      else if (message.kind === "ended")
        keep({
          ...now,
          state: message.finished ? "finished" : "stopped",
          done: message.finished ? 1 : now.done,
          etaSec: null,
          message: "",
        });
      else if (message.kind === "failed") keep({ ...now, state: "failed", etaSec: null, message: message.message });
    });
    const mine: Flight = { run, ...opened, isStopping: false };
    flight = mine;
    void opened.ended.then(() => {
      flight = null;
      const now = find(key);
      // A thread that was ended before it could say so.
      if (now.state === "running") keep({ ...now, state: "stopped", etaSec: null, message: "" });
      logger.info({ code: "run.ended", key, state: find(key).state });
      next();
    });
  }

  return {
    list: () => ({ weather, runs: [...runs.values()].reverse() }),

    start(request) {
      const { direction, station, from, to, days } = request;
      if (!(to > from)) throw centerErrors.make("BAD_PLAN", { reason: "it ends before it begins" });
      if (to - from > LONGEST_DAYS * 86_400)
        throw centerErrors.make("BAD_PLAN", { reason: `it takes in more than ${LONGEST_DAYS} days` });
      if (days * 86_400 < to - from)
        throw centerErrors.make("BAD_PLAN", { reason: "it is followed for less time than it takes" });
      const key =
        direction === "backward"
          ? `${fieldName(station, to)}.${CENTRE}`
          : `${fieldName(station, from)}.${CENTRE}.forward`;
      const before = runs.get(key)?.state;
      if (before === "running" || before === "waiting")
        throw centerErrors.make("RUN_STATE", { key, state: before, wish: "asked for again" });
      // The latest stands at the end; another request of the same name begins anew.
      runs.delete(key);
      rmSync(join(folder, `${key}.checkpoint`), { force: true });
      keep({ key, request, state: "waiting", done: 0, etaSec: null, message: "" });
      next();
      return find(key);
    },

    stop(key) {
      const run = find(key);
      if (run.state === "waiting") return keep({ ...run, state: "stopped" });
      if (run.state !== "running" || !flight || flight.isStopping)
        throw centerErrors.make("RUN_STATE", { key, state: run.state, wish: "stopped" });
      flight.isStopping = true;
      flight.worker.postMessage("stop");
      return put({ ...run, message: "Stopping; its state is kept" });
    },

    resume(key) {
      const run = find(key);
      if (run.state !== "stopped" && run.state !== "failed")
        throw centerErrors.make("RUN_STATE", { key, state: run.state, wish: "resumed" });
      keep({ ...run, state: "waiting", message: "" });
      next();
      return find(key);
    },

    plume(key) {
      const run = find(key);
      if (run.state !== "finished" || run.request.direction !== "forward") throw centerErrors.make("NO_RUN", { key });
      return readFileSync(join(fieldsFolder, `${key}.nc`));
    },

    async close() {
      isClosed = true;
      await looked.worker.terminate();
      if (!flight) return;
      flight.worker.postMessage("stop");
      await flight.ended;
    },
  };
}

/** Runs of earlier sessions; one that was cut off can go on from its checkpoint. A file that cannot be read stays where it is and is told of. */
function readRuns(folder: string, logger: Logger): RunRecord[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => {
      try {
        const run = JSON.parse(readFileSync(join(folder, name), "utf8")) as RunRecord;
        return run.state === "running" || run.state === "waiting" ? { ...run, state: "stopped" as const } : run;
      } catch (err) {
        logger.warn({ code: "run.unreadable", name, err });
        return [];
      }
    });
}
