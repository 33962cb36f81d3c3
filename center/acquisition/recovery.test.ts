/**
 * Ten stations that were cut off, and come back: how many times faster than real time a centre on this machine takes in what they have kept.
 * `HARKEN_TEST_SCALE=full` has seven days of it.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { openArchive, openStore, readWaveforms } from "@harken/store";
import { testScale } from "@harken/testing";
import type { BacklogProgram } from "../testdata/backlogProgram.ts";
import { launch } from "./testProcess.ts";
import { newFolder, removeFolder, testChannel, truth, until, writeKeys } from "./testRig.ts";

const STATIONS = 10;
const FRAME_SEC = 10;
const RATE_HZ = 40;
const TIMES_REAL_TIME = 50;

test("a backlog of ten stations drains faster than fifty times real time, each sample once", {
  timeout: 7_200_000,
}, async (t) => {
  const windows = testScale((7 * 86_400) / FRAME_SEC, 60);
  const channels = ["BHZ", "BHN", "BHE"];
  const start = Math.floor(Date.now() / 10_000) * 10 - 10 * 86_400;
  const folder = newFolder();
  const names = Array.from({ length: STATIONS }, (_, i) => `B${String(i).padStart(2, "0")}`);
  const keys = names.map((name, i) => writeKeys(folder, name, 100 + i, "ed25519"));
  const centre = launch("acquireProgram", {
    folder,
    settings: {
      stations: names.map((name) => ({ name, network: "XX" })),
      keys: keys.map((key) => key.public),
      ...{ acknackSec: 5, maxAgeDays: 90 },
    },
  });
  const [, port, dataPort] = await centre.until(/ready (\d+) (\d+)/);
  const links = [{ host: "127.0.0.1", port: Number(port), dataHost: "127.0.0.1", dataPort: Number(dataPort) }];
  const program: BacklogProgram = {
    ...{ folder, channels, start, windows, rateHz: RATE_HZ },
    settings: names.map((name, i) => ({
      ...{ name, links, keys: [keys[i]!.private], frameSec: FRAME_SEC },
      ...{ frameKey: 100 + i, channelKey: 100 + i, keepDays: 30 },
    })),
  };
  const stations = launch("backlogProgram", program);
  await stations.until(/made/, 3_600_000);
  const [, began] = await stations.until(/connected (\S+)/);
  const [, , user, system] = await stations.until(/acknowledged (\S+) (\S+) (\S+)/, 3_600_000);
  await stations.kill();
  const store = await openStore({ file: join(folder, "centre", "harken.db") });
  const samples = windows * FRAME_SEC * RATE_HZ;
  const archived = async () => {
    const { n } = await store.db
      .selectFrom("base_wfdisc")
      .select(({ fn }) => fn.sum("nsamp").as("n"))
      .executeTakeFirstOrThrow();
    return Number(n);
  };
  await until("all is archived", async () => (await archived()) >= STATIONS * channels.length * samples, 600_000);
  const { last } = await store.db
    .selectFrom("base_packet")
    .select(({ fn }) => fn.max("archived").as("last"))
    .executeTakeFirstOrThrow();
  await centre.kill("SIGTERM");
  assert.equal(await archived(), STATIONS * channels.length * samples);
  const channel = testChannel("B07", "BHN");
  const [segment, ...more] = await readWaveforms(
    store.db,
    openArchive(join(folder, "centre", "archive")),
    channel,
    start,
    start + Math.min(86_400, windows * FRAME_SEC),
  );
  assert.equal(more.length, 0, "gaps");
  assert.ok(segment!.samples.every((sample, n) => sample === truth(channel, n)));
  await store.close();
  removeFolder(folder);
  const usage = [...centre.output().matchAll(/^usage (\S+) (\S+) (\S+)/gm)].map((line) => line.slice(1).map(Number));
  const seconds = Number(last) - Number(began);
  const times = (windows * FRAME_SEC) / seconds;
  const frames = STATIONS * windows;
  t.diagnostic(
    `${frames} frames in ${seconds.toFixed(1)} s: ${times.toFixed(0)} times real time, ${(frames / seconds).toFixed(0)} frames/s; centre ${usage.at(-1)![0]!.toFixed(1)} s user, ${usage.at(-1)![1]!.toFixed(1)} s system, at most ${Math.max(...usage.map(([, , megabytes]) => megabytes!)).toFixed(0)} MB; stations ${Number(user).toFixed(1)} and ${Number(system).toFixed(1)} s`,
  );
  assert.ok(times > TIMES_REAL_TIME, `${times} times real time`);
});
