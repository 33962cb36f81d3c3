/** A worker of the reference load: makes the data of a station's interval, and measures the processing of it alone. */
import { parentPort, workerData } from "node:worker_threads";
import { randomStream, type WaveformSegment } from "@harken/core";
import { processStation } from "../station/processStation.ts";
import { addWave, START, WHITE } from "../station/testStation.ts";
import { type LoadStation, referenceNetwork } from "./network.bench.ts";

export interface LoadTask {
  readonly station: number;
  readonly interval: number;
  readonly hours: number;
}

export interface LoadResult {
  readonly task: LoadTask;
  readonly kind: string;
  readonly arrivals: number;
  /** Processor time of the processing, and of making its input, s. */
  readonly cpuSec: number;
  readonly inputSec: number;
  readonly waves: number;
}

/** Noise that all channels are cut from, each at a place of its own. */
const noise = new Int32Array(workerData.noise as SharedArrayBuffer);
const network = referenceNetwork();
const WAVE_EVERY_SEC = 1200;

function segmentsOf({ station }: LoadStation, { station: index, interval, hours }: LoadTask) {
  const random = randomStream(index * 1000 + interval, "load");
  const segments = station.channels.map(({ id, sampleRateHz }): WaveformSegment => {
    const rate = sampleRateHz!;
    const samples = new Int32Array(hours * 3600 * rate);
    let from = Math.floor(random.uniform() * noise.length);
    for (let at = 0; at < samples.length; from = 0) {
      const part = noise.subarray(from, Math.min(noise.length, from + samples.length - at));
      samples.set(part, at);
      at += part.length;
    }
    return { channel: id, startTime: START, sampleRateHz: rate, samples };
  });
  let waves = 0;
  const sound = station.technology === "infrasound";
  for (let atSec = 300; atSec < hours * 3600 - 100; atSec += WAVE_EVERY_SEC, waves++)
    addWave(station, segments, {
      atSec: atSec + 600 * random.uniform(),
      frequencyHz: sound ? 0.8 : 2,
      amplitude: (3 + 10 * random.uniform()) * WHITE,
      azimuthDeg: 360 * random.uniform(),
      slownessSecPerKm: sound ? 2.9 : 0.05 + 0.1 * random.uniform(),
      incidenceDeg: station.kind === "array" ? 0 : 30,
      decaySec: sound ? 20 : 4,
    });
  return { segments, waves };
}

const seconds = ({ user, system }: { user: number; system: number }) => (user + system) / 1e6;

parentPort!.on("message", (task: LoadTask) => {
  const own = network[task.station]!;
  const begun = seconds(process.threadCpuUsage());
  const { segments, waves } = segmentsOf(own, task);
  const made = seconds(process.threadCpuUsage());
  const { arrivals } = processStation({ station: own.station, segments, keyPrefix: "" });
  const result: LoadResult = {
    task,
    kind: own.kind,
    arrivals: arrivals.length,
    cpuSec: seconds(process.threadCpuUsage()) - made,
    inputSec: made - begun,
    waves,
  };
  parentPort!.postMessage(result);
});
