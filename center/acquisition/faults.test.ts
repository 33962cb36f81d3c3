/**
 * A station and a centre, each a process of its own, with a link between them that is hurt: nothing that was acknowledged is lost, and no sample stands
 * twice. The truth is a formula of the sample's number.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { type RandomStream, randomStream } from "@harken/core";
import { openArchive, openJournal, openStore, readWaveforms } from "@harken/store";
import { testScale } from "@harken/testing";
import { listen, portOf } from "./listener.ts";
import { launch, type TestProcess } from "./testProcess.ts";
import { startProxy, type TestProxy } from "./testProxy.ts";
import { newFolder, pause, removeFolder, testChannel, truth, until, writeKeys } from "./testRig.ts";

const START = Math.floor(Date.now() / 10_000) * 10 - 20 * 86_400;
async function freePort(): Promise<number> {
  const probe = createServer();
  await listen(probe, "127.0.0.1", 0);
  const port = portOf(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

interface Scene {
  readonly folder: string;
  readonly links: readonly TestProxy[];
  centre: TestProcess;
  station: TestProcess;
  startCentre(): Promise<void>;
  startStation(): void;
  /** The newest status line of the station. */
  status(): { frames: { last: string }; acknowledgedTo: string | null; gaps: number } | null;
  /** All windows are made and acknowledged. */
  finished(limitMs?: number): Promise<void>;
  /** Every sample stands in the archive, once; and other programs find the same in the files. */
  check(): Promise<void>;
  end(): Promise<void>;
}

async function scene(options: {
  windows: number;
  paceMs?: number;
  links?: number;
  centreFolder?: string;
}): Promise<Scene> {
  const folder = newFolder();
  const centreFolder = options.centreFolder ?? folder;
  const key = writeKeys(folder, "TST", 7, "ed25519");
  const [port, dataPort] = [await freePort(), await freePort()];
  const links: TestProxy[] = [];
  const managers: TestProxy[] = [];
  for (let i = 0; i < (options.links ?? 1); i++) {
    links.push(await startProxy(() => dataPort));
    managers.push(await startProxy(() => port));
  }
  const channels = ["BHZ", "BHN"];
  const settings = {
    ...{
      name: "TST",
      keys: [key.private],
      frameKey: 7,
      channelKey: 7,
      resendSec: 1,
      retryFirstSec: 0.5,
      silenceSec: 10,
    },
    links: links.map((link, i) => ({
      host: "127.0.0.1",
      port: managers[i]!.port,
      dataHost: "127.0.0.1",
      dataPort: link.port,
    })),
  };
  const self: Scene = {
    ...{ folder, links },
    centre: null as unknown as TestProcess,
    station: null as unknown as TestProcess,
    async startCentre() {
      self.centre = launch("acquireProgram", {
        folder: centreFolder,
        settings: {
          ...{ port, dataPort, stations: [{ name: "TST", network: "XX" }], keys: [key.public] },
          maxAgeDays: 90,
          acknackSec: 0.1,
        },
      });
      await self.centre.until(/ready/);
    },
    startStation() {
      mkdirSync(join(folder, "station"), { recursive: true });
      self.station = launch("stationProgram", {
        ...{ folder: join(folder, "station"), settings, site: "TST1", channels, start: START },
        ...{ windows: options.windows, paceMs: options.paceMs ?? 0 },
      });
    },
    status() {
      const line = self.station
        .output()
        .split("\n")
        .findLast((text) => /^status .*\}$/.test(text));
      return line ? JSON.parse(line.slice(7)) : null;
    },
    finished: (limitMs = 120_000) =>
      until(
        "all is acknowledged",
        () => {
          const status = self.status();
          return status?.acknowledgedTo === String(options.windows) && status.gaps === 0;
        },
        limitMs,
      ),
    async check() {
      await self.station.kill("SIGKILL");
      await self.centre.kill("SIGTERM");
      const store = await openStore({ file: join(centreFolder, "centre", "harken.db") });
      for (const code of channels) {
        const channel = testChannel("TST1", code);
        const segments = await readWaveforms(
          store.db,
          openArchive(join(centreFolder, "centre", "archive")),
          channel,
          0,
          1e10,
        );
        assert.equal(segments.length, 1, `${segments.length} segments: gaps or repetitions`);
        assert.equal(segments[0]!.startTime, START);
        assert.equal(segments[0]!.samples.length, options.windows * 200);
        segments[0]!.samples.forEach((sample, n) => {
          if (sample !== truth(channel, n)) assert.fail(`sample ${n} is wrong`);
        });
      }
      const { n } = await store.db
        .selectFrom("base_wfdisc")
        .select(({ fn }) => fn.sum("nsamp").as("n"))
        .executeTakeFirstOrThrow();
      assert.equal(Number(n), channels.length * options.windows * 200);
      await store.close();
    },
    async end() {
      await Promise.all([self.centre, self.station].map((program) => program?.kill()));
      for (const link of [...links, ...managers]) await link.close();
      removeFolder(folder);
    },
  };
  return self;
}

/** Numbers of the frames in a centre's journal. Only while it does not run. */
async function kept(folder: string): Promise<Set<bigint>> {
  const { journal } = await openJournal(join(folder, "centre", "journal"));
  const cursor = journal.cursor(1);
  const numbers = new Set<bigint>();
  for (let entries = await cursor.next(1e6); entries.length > 0; entries = await cursor.next(1e6))
    for (const { payload } of entries) numbers.add(Buffer.from(payload).readBigUInt64BE(24));
  await journal.close();
  return numbers;
}

test("a link cut for long is backfilled, new data first", { timeout: 600_000 }, async (t) => {
  // Full size: a day and more of frames of ten seconds.
  const windows = testScale(10_000, 400);
  const scn = await scene({ windows });
  await scn.startCentre();
  scn.startStation();
  await until("some are acknowledged", () => scn.links[0]!.acknowledged.size > 20);
  scn.links[0]!.isOpen = false;
  scn.links[0]!.cut();
  await scn.station.until(/made/, 300_000);
  const before = scn.links[0]!.acknowledged.size;
  assert.ok(before < windows / 2, `only ${windows - before} frames wait`);
  const began = performance.now();
  scn.links[0]!.isOpen = true;
  await scn.finished(300_000);
  const seconds = (performance.now() - began) / 1_000;
  t.diagnostic(
    `${windows - before} frames of 10 s caught up in ${seconds.toFixed(1)} s: ${(((windows - before) * 10) / seconds).toFixed(0)} times real time`,
  );
  await scn.check();
  await scn.end();
});

test("two links that flap: the station changes between them, nothing is lost or doubled", {
  timeout: 600_000,
}, async (t) => {
  const windows = testScale(4_000, 250);
  const scn = await scene({ windows, links: 2, paceMs: 10 });
  const random = randomStream(1, "flapping");
  await scn.startCentre();
  scn.startStation();
  let cuts = 0;
  const flap = (async () => {
    while (!/made/.test(scn.station.output())) {
      await pause(50 + random.uniform() * 250);
      const link = scn.links[random.integer(2)]!;
      link.isOpen = random.uniform() < 0.6;
      if (!link.isOpen || random.uniform() < 0.5) link.cut();
      cuts++;
    }
  })();
  await scn.station.until(/made/, 300_000);
  await flap;
  for (const link of scn.links) link.isOpen = true;
  await scn.finished();
  t.diagnostic(
    `${cuts} changes; frames over the links ${scn.links.map(({ acknowledged }) => acknowledged.size).join(" and ")}`,
  );
  assert.ok(
    scn.links.every(({ acknowledged }) => acknowledged.size > 0),
    "both links were used",
  );
  await scn.check();
  await scn.end();
});

test("the centre and the station killed -9 again and again: nothing that was acknowledged is lost", {
  timeout: 3_600_000,
}, async (t) => {
  const kills = testScale(100, 5);
  const scn = await scene({ windows: 80 * kills, paceMs: 4 });
  const random = randomStream(2, "killed");
  scn.startStation();
  for (let i = 0; i < kills; i++) {
    await scn.startCentre();
    await pause(random.uniform() * 800);
    await scn.centre.kill();
    const [link] = scn.links;
    const inJournal = await kept(scn.folder);
    for (const number of link!.acknowledged)
      assert.ok(inJournal.has(number), `frame ${number} was acknowledged and is lost`);
    if (i % 3 === 2) {
      await scn.station.kill();
      scn.startStation();
    }
  }
  t.diagnostic(`${kills} kills, ${scn.links[0]!.acknowledged.size} frames acknowledged meanwhile`);
  await scn.startCentre();
  await scn.station.until(/made/, 600_000);
  await scn.finished(600_000);
  await scn.check();
  await scn.end();
});

/** Frames dropped, cut, changed, doubled, repeated from before, and in another order. */
function hurt(random: RandomStream): (frame: Uint8Array) => Uint8Array[] {
  const past: Uint8Array[] = [];
  let held: Uint8Array | null = null;
  return (frame) => {
    // Only data frames, or nothing would ever come about.
    if (frame[3] !== 5) return [frame];
    past.push(frame);
    const out: Uint8Array[] = [];
    const kind = random.uniform();
    if (kind < 0.05) out.push(frame.slice(0, random.integer(frame.length)));
    else if (kind < 0.1) {
      const changed = frame.slice();
      changed[random.integer(changed.length)]! ^= 1 << random.integer(8);
      out.push(changed);
    } else if (kind < 0.15) out.push(frame, frame);
    else if (kind < 0.2) out.push(past[random.integer(past.length)]!, frame);
    else if (kind < 0.25) return [];
    else if (kind < 0.35 && !held) {
      held = frame;
      return [];
    } else out.push(frame);
    if (held) {
      out.push(held);
      held = null;
    }
    return out;
  };
}

test("frames cut, changed, lost, repeated and out of order: all come through in the end, each refusal is told", {
  timeout: 600_000,
}, async (t) => {
  const scn = await scene({ windows: testScale(4_000, 300), paceMs: 2 });
  scn.links[0]!.mangle = hurt(randomStream(3, "hurt"));
  await scn.startCentre();
  scn.startStation();
  await scn.station.until(/made/, 300_000);
  await pause(1_000);
  scn.links[0]!.mangle = null;
  await scn.finished();
  const told = scn.centre.output().match(/^log \S+/gm) ?? [];
  const counts = Object.entries(Object.groupBy(told, (line) => line)).map(
    ([line, list]) => `${line.slice(4)} ${list!.length}`,
  );
  t.diagnostic(counts.join(", "));
  assert.ok(told.some((line) => /cd11\.(crc-mismatch|skipped-bytes)/.test(line)));
  await scn.check();
  await scn.end();
});

const isRoot = process.getuid?.() === 0;
const mountable = isRoot && spawnSync("mount", ["--version"]).status === 0;

test("a full disk: nothing is acknowledged that is not kept, and it goes on when there is room", {
  timeout: 300_000,
  skip: mountable ? false : "no disk can be mounted here",
}, async (t) => {
  const disk = newFolder();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=6m", "tmpfs", disk]);
  if (mounted.status !== 0) {
    t.skip(`no disk can be mounted here: ${mounted.stderr}`);
    return;
  }
  try {
    const scn = await scene({ windows: 400, paceMs: 4, centreFolder: disk });
    await scn.startCentre();
    scn.startStation();
    await until("some are acknowledged", () => scn.links[0]!.acknowledged.size > 20);
    const filler = join(disk, "filler");
    const { bavail, bsize } = statfsSync(disk);
    try {
      writeFileSync(filler, new Uint8Array(bavail * bsize));
    } catch {
      // Full by then is what is wanted.
    }
    await scn.centre.until(/log (disk\.refused|archive\.refused)/);
    await scn.station.until(/made/);
    await pause(1_500);
    const acknowledged = new Set(scn.links[0]!.acknowledged);
    rmSync(filler);
    await scn.finished();
    await scn.check();
    const numbers = await kept(disk);
    for (const number of acknowledged) assert.ok(numbers.has(number));
    await scn.end();
  } finally {
    spawnSync("umount", ["-l", disk]);
    removeFolder(disk);
  }
});
