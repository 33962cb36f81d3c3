/**
 * `npm run bench -- load [hours] [share]`: the reference load, intervals of every station over worker threads, streaming: a worker holds one
 * interval of one station at a time. `hours` of data (24 when not given) of every `1 / share`-th station of each kind; what a day of all would
 * take is told beside it. The processor's time is counted, since the machine may have other work.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { noiseSegments, testStation } from "../station/testStation.ts";
import { referenceNetwork } from "./network.bench.ts";
import type { LoadResult, LoadTask } from "./worker.bench.ts";

/** Length of an interval, h. */
const INTERVAL = 2;
const NOISE_SEC = 40_000;
const PROGRESS_MS = 5000;
const HOURS_IN_A_DAY = 24;

function sharedNoise(): SharedArrayBuffer {
  const [segment] = noiseSegments(testStation({ channels: ["BHZ"] }), NOISE_SEC, 1);
  const samples = segment!.samples as Int32Array;
  const shared = new SharedArrayBuffer(samples.byteLength);
  new Int32Array(shared).set(samples);
  return shared;
}

function tasksOf(hours: number, share: number): LoadTask[] {
  const length = Math.min(hours, INTERVAL);
  const seen = new Map<string, number>();
  const stations = referenceNetwork().flatMap(({ kind }, station) => {
    const count = seen.get(kind) ?? 0;
    seen.set(kind, count + 1);
    return Math.floor(count * share) < Math.floor((count + 1) * share) || (count === 0 && share < 1) ? [station] : [];
  });
  return stations.flatMap((station) =>
    Array.from({ length: Math.ceil(hours / length) }, (_, interval) => ({ station, interval, hours: length })),
  );
}

async function runTasks(tasks: readonly LoadTask[], workers: number): Promise<LoadResult[]> {
  const noise = sharedNoise();
  const results: LoadResult[] = [];
  let next = 0;
  let told = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      const worker = new Worker(new URL("./worker.bench.ts", import.meta.url), { workerData: { noise } });
      try {
        while (next < tasks.length) {
          const task = tasks[next++]!;
          results.push(
            await new Promise<LoadResult>((resolve, reject) => {
              worker.once("message", resolve);
              worker.once("error", reject);
              worker.postMessage(task);
            }),
          );
          worker.removeAllListeners("error");
          if (performance.now() - told < PROGRESS_MS) continue;
          told = performance.now();
          process.stdout.write(`${results.length} of ${tasks.length} intervals\n`);
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
  return results;
}

/** The load, or a part of it, with a line for each kind of station and one for all. */
export async function runLoad(hours = HOURS_IN_A_DAY, share = 1, workers = availableParallelism()): Promise<void> {
  if (!(hours > 0 && share > 0 && share <= 1)) throw new RangeError("load [hours over 0] [share over 0, 1 at most]");
  const tasks = tasksOf(hours, share);
  const begun = performance.now();
  const results = await runTasks(tasks, workers);
  const wallSec = (performance.now() - begun) / 1000;
  const network = referenceNetwork();
  const sum = (list: readonly LoadResult[], pick: (r: LoadResult) => number) => list.reduce((s, r) => s + pick(r), 0);
  let dayCpuSec = 0;
  for (const kind of new Set(network.map((own) => own.kind))) {
    const own = results.filter((result) => result.kind === kind);
    const all = network.filter((other) => other.kind === kind);
    const stationHours = sum(own, ({ task }) => task.hours);
    const day = (sum(own, ({ cpuSec }) => cpuSec) / stationHours) * HOURS_IN_A_DAY * all.length;
    dayCpuSec += day;
    const channels = all.length * all[0]!.station.channels.length;
    process.stdout.write(
      `${kind.padEnd(32)} ${String(all.length).padStart(4)} stations ${String(channels).padStart(5)} channels ${day.toFixed(1).padStart(8)} s a day ${((60 * channels) / day).toFixed(1).padStart(8)} channel-days/min ${sum(own, ({ arrivals }) => arrivals)} arrivals of ${sum(own, ({ waves }) => waves)} waves\n`,
    );
  }
  process.stdout.write(
    `${tasks.length} intervals by ${workers} workers: ${sum(results, ({ cpuSec }) => cpuSec).toFixed(1)} s of processing and ${sum(results, ({ inputSec }) => inputSec).toFixed(1)} s of making input, ${wallSec.toFixed(1)} s by the clock, ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at most\n`,
  );
  process.stdout.write(
    `a day of all stations: ${dayCpuSec.toFixed(0)} s of one core, ${(dayCpuSec / workers / 60).toFixed(1)} min on ${workers}\n`,
  );
}
