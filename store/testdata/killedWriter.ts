/** The writer that `kill.test.ts` kills: claims intervals, archives a segment, commits an arrival, prints `done START` when acknowledged. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Arrival, WaveformSegment } from "@harken/core";
import { openArchive, repairArchive } from "../archive.ts";
import { putArrivals } from "../arrivals.ts";
import { openStore } from "../database.ts";
import { lockFolder } from "../folderLock.ts";
import { claimInterval, finishInterval, queueIntervals, recoverClaims } from "../intervals.ts";
import { indexedFileSizes, putPieces } from "../waveformIndex.ts";

export const INTERVAL_COUNT = 150;
export const INTERVAL_SEC = 10;

export function expectedSegment(start: number): WaveformSegment {
  const channel = { network: "XX", station: "KILL", location: "", channel: "SHZ" };
  const samples = Int32Array.from({ length: INTERVAL_SEC * 20 }, (_, i) => Math.imul(start * 20 + i, 2654435761) >> 8);
  return { channel, startTime: start, sampleRateHz: 20, samples };
}

export function expectedArrival(start: number): Arrival {
  const none = {
    azimuthDeg: null,
    azimuthErrorDeg: null,
    slownessSecPerDeg: null,
    slownessErrorSecPerDeg: null,
    firstMotion: null,
  };
  return {
    ...{
      key: `KILL/${start}`,
      station: "KILL",
      channel: "SHZ",
      time: start + 1,
      timeErrorSec: 0.1,
      phase: "P",
      snr: 10,
    },
    ...{ ...none, rectilinearity: null, incidenceDeg: null, frequencyHz: null, fkQuality: null, author: "test" },
    amplitudes: [
      {
        type: "A5/2",
        channel: expectedSegment(0).channel,
        time: start + 2,
        amplitude: 3,
        periodSec: 1,
        clipped: false,
      },
    ],
  };
}

async function main(folder: string): Promise<void> {
  const lock = lockFolder(folder);
  const root = join(folder, "archive");
  mkdirSync(root, { recursive: true });
  const store = await openStore({ file: join(folder, "harken.db") });
  const archive = openArchive(root);
  const spans = Array.from({ length: INTERVAL_COUNT }, (_, i) => ({
    stage: "station",
    name: "KILL",
    startTime: i * INTERVAL_SEC,
    endTime: (i + 1) * INTERVAL_SEC,
  }));
  await store.transaction(async (writer) => {
    await recoverClaims(writer, 0);
    await queueIntervals(writer, spans, 0);
  });
  await repairArchive(root, await indexedFileSizes(store.db), join(folder, "unindexed"));
  process.stdout.write("ready\n");
  for (;;) {
    const claim = await claimInterval(store, {
      stage: "station",
      worker: "w",
      leaseSec: 1e9,
      now: 0,
      maxAttempts: 1e6,
    });
    if (!claim) break;
    const pieces = await archive.append([expectedSegment(claim.startTime)]);
    await store.transaction(async (writer) => {
      await putPieces(writer, pieces, { runId: 1, now: 0 });
      await putArrivals(writer, [expectedArrival(claim.startTime)], { runId: 1, now: 0 });
      await finishInterval(writer, claim, { result: {}, runId: 1, now: 0 });
    });
    process.stdout.write(`done ${claim.startTime}\n`);
  }
  await store.close();
  lock.release();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]!);
