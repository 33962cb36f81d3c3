/** The worker thread's side: each exported function answers one kind of task (see tasks.ts). State is built at first use and kept. */

import { buildEnvelope, encodeTile, type PredictedArrival } from "@harken/api";
import type { EarthModel, Station, WaveformSegment } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { createWorld, synthesize, type World } from "@harken/simulator";
import { type ArchivedPiece, openArchive, readPieces } from "@harken/store";
import {
  type Associator,
  type AssociatorName,
  associatorNamed,
  type MeasuredOnset,
  measureOnset,
  processStation,
  type Revision,
  reviseOrigin,
  type SlownessPictureResult,
  silenceOf,
  slownessPicture,
} from "@harken/waveform";
import { workerData } from "piscina";
import { bandPass } from "./bandPass.ts";
import { predictArrivals } from "./http/predictions.ts";
import { type AnalysedSample, analyseSample, type SampleTask } from "./radionuclide/analyseSample.ts";
import type {
  AcquireTask,
  MeasureTask,
  NetworkAnswer,
  NetworkTask,
  PredictTask,
  ReviseTask,
  SlownessTask,
  StationAnswer,
  StationTask,
  TileTask,
  WorkerSetup,
} from "./tasks.ts";

const setup = workerData as WorkerSetup;
const archive = openArchive(setup.archiveRoot);

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const earth = once((): EarthModel => createEarthModel(setup.earthModel));
const world = once((): World => {
  if (!setup.world) throw new Error("this centre has no simulated world");
  return createWorld(setup.world, earth());
});

export async function acquire(task: AcquireTask): Promise<ArchivedPiece[]> {
  return archive.append(record(task));
}

export function record({ station: code, startTime, endTime }: AcquireTask): WaveformSegment[] {
  const station = world().inventory.stations.find((candidate) => candidate.code === code);
  if (!station) throw new Error(`the simulated world has no station ${code}`);
  return synthesize(world(), station, startTime, endTime);
}

export async function station({ station, pieces, from, to, keyPrefix, history }: StationTask): Promise<StationAnswer> {
  const segments = await readPieces(archive, pieces, from, to);
  const { arrivals, masks, noise, problems } = processStation({ station, segments, keyPrefix, history });
  return { arrivals, masks, noise, problems: problems.map(({ message }) => message) };
}

/** An associator keeps travel-time grids of its stations: built once for each set, of which the lists of a timetable have two or three. */
const associators = new Map<string, Associator["build"]>();
const MOST_ASSOCIATORS = 3;

function associatorFor(name: AssociatorName, stations: readonly Station[]): Associator["build"] {
  const key = [name, ...stations.map(({ code }) => code)].join(" ");
  const build = associators.get(key) ?? associatorNamed(name, stations, earth()).build;
  // The one used last stands last.
  associators.delete(key);
  associators.set(key, build);
  if (associators.size > MOST_ASSOCIATORS) associators.delete(associators.keys().next().value as string);
  return build;
}

export function network(task: NetworkTask): NetworkAnswer {
  const { associator: name, stations, arrivals, previous, keyPrefix, noise } = task;
  const { events, unassociated, remarks } = associatorFor(name, stations)(arrivals, previous, keyPrefix, noise);
  return { events, unassociated: unassociated.length, remarks };
}

export function predict({ origin, stations, phases }: PredictTask): PredictedArrival[] {
  return predictArrivals(origin, stations, earth(), phases);
}

export function revise({ arrivals, stations, noise, ...input }: ReviseTask): Revision {
  const byKey = new Map(arrivals.map((arrival) => [arrival.key, arrival]));
  const byCode = new Map(stations.map((station) => [station.code, station]));
  const silent = silenceOf(stations, arrivals, noise, earth());
  return reviseOrigin({ ...input, silent, arrivals: byKey, stationOf: (code) => byCode.get(code) }, earth());
}

export async function measure({ pieces, from, to, ...onset }: MeasureTask): Promise<MeasuredOnset | null> {
  return measureOnset({ ...onset, segments: await readPieces(archive, pieces, from, to) });
}

export async function slowness({ pieces, from, to, ...asked }: SlownessTask): Promise<SlownessPictureResult> {
  return slownessPicture({ ...asked, segments: await readPieces(archive, pieces, from, to) });
}

export function sample(task: SampleTask): AnalysedSample {
  return analyseSample(task);
}

export async function tile({ pieces, from, to, columns, band, marginSec }: TileTask): Promise<Uint8Array> {
  const raw = await readPieces(archive, pieces, from - marginSec, to + marginSec);
  const segments: readonly WaveformSegment[] = band ? raw.map((segment) => bandPass(segment, band)) : raw;
  if (columns !== null) return encodeTile(buildEnvelope(segments, from, to, columns));
  const inside = segments.flatMap(({ startTime, sampleRateHz, samples }) => {
    const first = Math.max(0, Math.ceil((from - startTime) * sampleRateHz));
    const last = Math.min(samples.length, Math.ceil((to - startTime) * sampleRateHz));
    if (last <= first) return [];
    return [
      {
        startTime: startTime + first / sampleRateHz,
        sampleRateHz,
        samples: Float32Array.from(samples.subarray(first, last)),
      },
    ];
  });
  return encodeTile({ kind: "samples", startTime: from, endTime: to, unit: "counts", segments: inside });
}
