/**
 * A network's load on a centre, each in a process of its own: many stations' signed frames are verified, kept and archived, and it is measured how fast, at
 * what price of the processor, and how long each frame took.
 */
import { join } from "node:path";
import { openStore } from "@harken/store";
import type { LoadRequest } from "../testdata/loadSender.ts";
import { launch } from "./testProcess.ts";
import { newFolder, removeFolder, writeKeys } from "./testRig.ts";

export interface Load {
  readonly stations: number;
  /** Of all stations together. */
  readonly channels: number;
  /** Of each station. */
  readonly frames: number;
  readonly frameSec: number;
  /** Data time of the first frames; null for frames that end when they are sent. */
  readonly start: number | null;
}

type Quantiles = readonly [median: number, p99: number, longest: number];

export interface LoadOutcome {
  /** Bytes of frames in GB, and in GB for a day of data. */
  readonly gigabytes: number;
  readonly gigabytesADay: number;
  readonly frames: number;
  readonly samples: number;
  /** From the end of the data to the archive, s. */
  readonly latency: Quantiles;
  /** From the receipt to the archive, s: without what the sender itself was late. */
  readonly ownLatency: Quantiles;
  /** From the first byte to the archive, of all, s. */
  readonly seconds: number;
  /** Processor time in user and in system mode, s: of the centre from its start on, all threads, and of the sender. */
  readonly centreCpu: { readonly user: number; readonly system: number };
  readonly senderCpu: { readonly user: number; readonly system: number };
  /** Memory of the centre each second, MB. */
  readonly memory: readonly number[];
  readonly verdicts: readonly string[];
}

export const RATE_HZ = 40;

export async function load({ stations, channels: total, frames, frameSec, start }: Load): Promise<LoadOutcome> {
  const folder = newFolder();
  const channels = Array.from(
    { length: stations },
    (_, i) => Math.floor(((i + 1) * total) / stations) - Math.floor((i * total) / stations),
  );
  const names = channels.map((_, i) => `L${String(i).padStart(4, "0")}`);
  const keys = names.map((name, i) => writeKeys(folder, name, 1_000 + i, "ed25519"));
  const centre = launch("acquireProgram", {
    folder,
    settings: {
      stations: names.map((name) => ({ name, network: "XX" })),
      keys: keys.map((key) => key.public),
      ...{ acknackSec: 1, maxAgeDays: 90 },
    },
  });
  const [, , dataPort] = await centre.until(/ready (\d+) (\d+)/, 120_000);
  const request: LoadRequest = {
    dataPort: Number(dataPort),
    ...{ channels, keys: keys.map((key) => key.private), frames, frameSec, sampleRateHz: RATE_HZ, start },
  };
  const sender = launch("loadSender", request);
  const [, began] = await sender.until(/built (\S+)/, 600_000);
  const [, , bytes, user, system] = await sender.until(/sent (\S+) (\d+) (\S+) (\S+)/, 3_600_000);
  await sender.until(/acknowledged (\S+)/, 600_000);
  await sender.kill();
  await centre.kill("SIGTERM");
  const usage = [...centre.output().matchAll(/^usage (\S+) (\S+) (\S+)/gm)].map((line) => line.slice(1).map(Number));
  const [first, last] = [usage[0]!, usage.at(-1)!];
  const stored = await look(folder);
  removeFolder(folder);
  const gigabytes = Number(bytes) / 1e9;
  return {
    gigabytes,
    gigabytesADay: (gigabytes * 86_400) / (frames * frameSec),
    ...stored,
    seconds: stored.endedAt - Number(began),
    centreCpu: { user: last[0]! - first[0]!, system: last[1]! - first[1]! },
    senderCpu: { user: Number(user), system: Number(system) },
    memory: usage.map(([, , megabytes]) => megabytes!),
  };
}

/** What the centre has in its database. */
async function look(folder: string) {
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
  return {
    ...{ frames: packets.length, samples: Number(n) },
    latency: quantiles(packets.map(({ archived, endtime }) => archived - (endtime! + 1 / RATE_HZ))),
    ownLatency: quantiles(packets.map(({ archived, received }) => archived - received)),
    endedAt: packets.reduce((latest, { archived }) => Math.max(latest, archived), 0),
    verdicts: [...new Set(packets.map(({ verdict }) => verdict))],
  };
}

function quantiles(delays: readonly number[]): Quantiles {
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return [at(0.5), at(0.99), at(1)];
}

/** A line for the reader of a test's output. */
export function told(outcome: LoadOutcome): string {
  const { gigabytes, gigabytesADay, frames, seconds, centreCpu, senderCpu, memory, latency, ownLatency } = outcome;
  const list = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(", ");
  const cpu = centreCpu.user + centreCpu.system;
  return [
    `${frames} frames at ${gigabytesADay.toFixed(1)} GB/day in ${seconds.toFixed(1)} s`,
    `archive after ${list(latency)} s (median, p99, longest), after receipt ${list(ownLatency)}`,
    `centre ${centreCpu.user.toFixed(1)} s user, ${centreCpu.system.toFixed(1)} s system: ${(cpu / gigabytes).toFixed(0)} s a GB, ${(frames / centreCpu.user).toFixed(0)} frames a second of user time`,
    `sender ${senderCpu.user.toFixed(1)} and ${senderCpu.system.toFixed(1)} s`,
    `memory at most ${Math.max(...memory).toFixed(0)} MB`,
  ].join("; ");
}
