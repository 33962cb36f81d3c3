/**
 * Load: many stations' signed frames, verified, kept and archived. In step with the clock, the time from the end of a frame's data to its row in the
 * archive is measured; flat out, how many times faster than real time a network is taken in. `HARKEN_TEST_SCALE=full` runs 241 stations, first with 1 300
 * channels, then with as many as make 29.5 GB a day.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { openStore } from "@harken/store";
import { testScale } from "@harken/testing";
import type { LoadRequest } from "../testdata/loadSender.ts";
import { newFolder, removeFolder, until, writeKeys } from "./testRig.ts";

const program = (name: string) => fileURLToPath(new URL(`../testdata/${name}.ts`, import.meta.url));
const GB_A_DAY = 29.5;

function launch(name: string, argument: unknown) {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", program(name), JSON.stringify(argument)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  return {
    async until(words: RegExp, limitMs: number) {
      await until(`${words} of ${name}`, () => words.test(output) || child.exitCode !== null, limitMs);
      const found = words.exec(output);
      assert.ok(found, `${name} ended: ${output.slice(-500)}`);
      return found;
    },
    async stop(signal: NodeJS.Signals) {
      child.kill(signal);
      await ended;
      return output;
    },
  };
}

interface Outcome {
  /** Bytes of frames a second of data time, and in GB a day. */
  readonly gigabytesADay: number;
  readonly frames: number;
  readonly samples: number;
  /** From the end of the data to the archive, s: median, 99 in a hundred, longest. */
  readonly latency: readonly [median: number, p99: number, longest: number];
  /** From the receipt to the archive: without what the sender itself was late. */
  readonly ownLatency: readonly [median: number, p99: number, longest: number];
  /** From the first byte to the archive, of all, s. */
  readonly seconds: number;
  readonly centreCpuSec: number;
  readonly centreRssMegabytes: number;
  readonly verdicts: readonly string[];
}

async function load(
  stations: number,
  totalChannels: number,
  frames: number,
  frameSec: number,
  start: number | null,
): Promise<Outcome> {
  const folder = newFolder();
  const channels = Array.from(
    { length: stations },
    (_, i) => Math.floor(((i + 1) * totalChannels) / stations) - Math.floor((i * totalChannels) / stations),
  );
  const names = channels.map((_, i) => `L${String(i).padStart(4, "0")}`);
  const keys = names.map((name, i) => writeKeys(folder, name, 1_000 + i, "ed25519"));
  const centre = launch("acquireProgram", {
    folder,
    settings: {
      stations: names.map((name) => ({ name, network: "XX" })),
      keys: keys.map((key) => key.public),
      acknackSec: 1,
      maxAgeDays: 90,
    },
  });
  const [, , dataPort] = await centre.until(/ready (\d+) (\d+)/, 120_000);
  const request: LoadRequest = {
    dataPort: Number(dataPort),
    channels,
    keys: keys.map((key) => key.private),
    frames,
    frameSec,
    sampleRateHz: 40,
    start,
  };
  const sender = launch("loadSender", request);
  const [, began] = await sender.until(/built (\S+)/, 600_000);
  const [, , bytes] = await sender.until(/sent (\S+) (\d+)/, 3_600_000);
  await sender.until(/acknowledged (\S+)/, 600_000);
  await sender.stop("SIGKILL");
  const said = await centre.stop("SIGTERM");
  const [, cpu, rss] = /usage (\S+) (\S+)/.exec(said)!;
  const store = await openStore({ file: join(folder, "centre", "harken.db") });
  const packets = await store.db
    .selectFrom("base_packet")
    .select(["endtime", "received", "archived", "verdict"])
    .execute();
  const { n } = await store.db
    .selectFrom("base_wfdisc")
    .select(({ fn }) => fn.sum("nsamp").as("n"))
    .executeTakeFirstOrThrow();
  await store.close();
  removeFolder(folder);
  const threeOf = (delays: readonly number[]): [number, number, number] => {
    const sorted = delays.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
    return [at(0.5), at(0.99), at(1)];
  };
  return {
    gigabytesADay: ((Number(bytes) / frames / frameSec) * 86_400) / 1e9,
    ...{
      frames: packets.length,
      samples: Number(n),
      latency: threeOf(packets.map(({ archived, endtime }) => archived - (endtime! + 1 / 40))),
    },
    ownLatency: threeOf(packets.map(({ archived, received }) => archived - received)),
    seconds: Math.max(...packets.map(({ archived }) => archived)) - Number(began),
    ...{ centreCpuSec: Number(cpu), centreRssMegabytes: Number(rss) },
    verdicts: [...new Set(packets.map(({ verdict }) => verdict))],
  };
}

const told = ({ gigabytesADay, frames, seconds, centreCpuSec, centreRssMegabytes, latency, ownLatency }: Outcome) =>
  `${frames} frames at ${gigabytesADay.toFixed(1)} GB/day in ${seconds.toFixed(1)} s; archive after ${latency.map((s) => s.toFixed(2)).join(", ")} s (median, p99, longest), after receipt ${ownLatency.map((s) => s.toFixed(2)).join(", ")}; centre ${centreCpuSec.toFixed(1)} s of processor, ${centreRssMegabytes.toFixed(0)} MB`;

test("flat out: a network's signed frames are taken in faster than they are made", {
  timeout: 3_600_000,
}, async (t) => {
  const [stations, channels, frames] = [testScale(241, 24), testScale(1_300, 130), testScale(60, 20)];
  const outcome = await load(stations, channels, frames, 10, Math.floor(Date.now() / 10_000) * 10 - 10 * 86_400);
  t.diagnostic(told(outcome));
  t.diagnostic(
    `${((frames * 10) / outcome.seconds).toFixed(1)} times real time, ${(outcome.frames / outcome.seconds).toFixed(0)} frames/s`,
  );
  assert.equal(outcome.frames, stations * frames);
  assert.equal(outcome.samples, channels * frames * 400);
  assert.deepEqual(outcome.verdicts, ["verified"]);
  assert.ok(frames * 10 > outcome.seconds, "slower than real time");
});

test("in step with the clock: in the archive within seconds", { timeout: 7_200_000 }, async (t) => {
  const scales: readonly (readonly [stations: number, channels: number, frames: number, frameSec: number])[] =
    process.env["HARKEN_TEST_SCALE"] === "full"
      ? [
          [241, 1_300, 12, 10],
          [241, 4_900, 12, 10],
        ]
      : [[24, 130, 3, 2]];
  for (const [stations, channels, frames, frameSec] of scales) {
    const outcome = await load(stations, channels, frames, frameSec, null);
    t.diagnostic(`${stations} stations, ${channels} channels: ${told(outcome)}`);
    assert.equal(outcome.samples, channels * frames * frameSec * 40);
    assert.deepEqual(outcome.verdicts, ["verified"]);
    assert.ok(outcome.latency[1] < 5, `p99 ${outcome.latency[1]} s`);
    if (channels > 4_000) assert.ok(outcome.gigabytesADay > GB_A_DAY * 0.9, `${outcome.gigabytesADay} GB a day`);
  }
});
