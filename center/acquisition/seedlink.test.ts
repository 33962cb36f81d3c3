/**
 * SeedLink both ways: a centre serves what came in by CD-1.1, a second centre follows it, is stopped and goes on, and has the same samples; in both
 * versions of the protocol, over TLS, and spoken to by hand.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import {
  decodeMiniSeed2,
  decodeMiniSeed3,
  type SeedLinkPacket,
  SeedLinkSubscriber,
  type Subscription,
} from "@harken/formats";
import { referenceTest } from "@harken/testing";
import { listen, portOf } from "./listener.ts";
import {
  newFolder,
  pause,
  type Rig,
  removeFolder,
  startRig,
  startTestStation,
  testChannel,
  truth,
  truthSegment,
  until,
} from "./testRig.ts";
import { ROLLOVER_SEC } from "./timeSanity.ts";

const START = 1_760_000_000;
const channel = testChannel("TST1");

const served = {
  stations: [{ name: "TST", network: "XX", authentication: "recorded" }],
  serveSeedLink: true,
  seedLinkPort: 0,
};

async function assertWhole(rig: Rig, total: number): Promise<void> {
  await rig.settled();
  const [segment, ...more] = await rig.read(channel);
  assert.equal(more.length, 0);
  assert.deepEqual(
    [...segment!.samples],
    Array.from({ length: total }, (_, n) => truth(channel, n)),
  );
}

/** What a client of the formats package gets; ends when the server says so, or when `enough` holds. */
function hear(
  port: number,
  subscription: Subscription,
  enough: (packets: readonly SeedLinkPacket[]) => boolean = () => false,
): Promise<SeedLinkPacket[]> {
  return new Promise((resolve, reject) => {
    const packets: SeedLinkPacket[] = [];
    const subscriber = new SeedLinkSubscriber(subscription);
    const socket = connect(port, "127.0.0.1", () => socket.write(subscriber.start()));
    socket.on("error", reject);
    socket.on("close", () => resolve(packets));
    socket.on("data", (chunk: Buffer) => {
      const { send, events } = subscriber.receive(chunk);
      if (send.length > 0) socket.write(send);
      for (const event of events) {
        if (event.kind === "packet") packets.push(event.packet);
        if (event.kind === "end" || event.kind === "nothing-accepted") socket.destroy();
      }
      if (enough(packets)) socket.destroy();
    });
  });
}

test("what one centre serves another one follows, over a restart, without loss or repetition", {
  timeout: 60_000,
}, async () => {
  const [first, second] = [newFolder(), newFolder()];
  const rig = await startRig(first, served);
  const station = await startTestStation(first, "TST", [{ port: rig.acquisition.port }]);
  let made = 0;
  const make = async (windows: number) => {
    for (let i = 0; i < windows; i++, made += 200) await station.add([truthSegment(channel, START, made, made + 200)]);
  };
  await make(10);
  const isArchived = async () => (await rig.read(channel))[0]?.samples.length === made;
  await until("it is served", isArchived);
  const follow = { seedlink: [{ host: "127.0.0.1", port: rig.acquisition.seedLinkPort!, stations: ["XX_*"] }] };
  let follower = await startRig(second, follow);
  await until("the follower listens", () => follower.log.some(({ code }) => code === "seedlink.up"));
  await make(10);
  const samples = async () => (await follower.read(channel)).reduce((sum, segment) => sum + segment.samples.length, 0);
  await until("live data come", async () => (await samples()) >= 10 * 200);
  await follower.stop();
  await make(10);
  await until("all is served", isArchived);
  follower = await startRig(second, follow);
  await until("what came meanwhile", async () => (await samples()) >= 20 * 200);
  await follower.settled();
  const segments = await follower.read(channel);
  // Followed from where it began to listen on.
  assert.equal(segments.length, 1);
  const offset = Math.round((segments[0]!.startTime - START) * 20);
  assert.deepEqual(
    [...segments[0]!.samples],
    Array.from({ length: made - offset }, (_, n) => truth(channel, offset + n)),
  );
  await follower.stop();
  await station.stop();
  await rig.stop();

  // Both versions, dial-up: all that is kept, a window, from a number on, selectors.
  const again = await startRig(first, served);
  const port = again.acquisition.seedLinkPort!;
  await assertWhole(again, made);
  for (const version of [3, 4] as const) {
    const all = await hear(
      port,
      { requests: [{ station: "XX_TST1", sequence: "all" }], isDialUp: true, version },
      (packets) => version === 3 && countSamples(packets) >= made,
    );
    assert.equal(countSamples(all), made, `version ${version}`);
    const later = await hear(port, {
      requests: [{ station: "XX_TST1", sequence: all[5]!.sequence }],
      isDialUp: true,
      version,
    });
    assert.equal(later.length, all.length - 5);
    const none = await hear(port, {
      requests: [{ station: "XX_TST1", selectors: { 3: ["LHZ"], 4: ["*_L_H_Z"] }, sequence: all[0]!.sequence }],
      isDialUp: true,
      version,
    });
    assert.equal(none.length, 0);
    const window = await hear(
      port,
      {
        requests: [{ station: "XX_TST1", sequence: "all", startTime: START + 100, endTime: START + 120 }],
        isDialUp: true,
        version,
      },
      (packets) => version === 3 && packets.length >= 1 && countSamples(packets) >= 400,
    );
    const times = window.flatMap(({ payload }) => decodeMiniSeed2(payload).items.map(({ startTime }) => startTime));
    assert.ok(times.length > 0 && Math.min(...times) > START + 80 && Math.max(...times) <= START + 120);
  }
  assert.deepEqual(await hear(port, { requests: [{ station: "YY_NONE" }], isDialUp: true }), []);
  const deaf = connect(port, "127.0.0.1");
  deaf.on("error", () => undefined);
  deaf.pause();
  deaf.write("SLPROTO 4.0\r\nSTATION XX_TST1\r\nDATA ALL\r\nEND\r\n");
  await pause(200);
  const info = await new Promise<string>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("SLPROTO 4.0\r\nINFO STREAMS\r\n"));
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      if (text.includes("_B_H_Z")) socket.destroy();
    });
    socket.on("close", () => resolve(text));
  });
  assert.match(info, /"XX_TST1"/);
  deaf.destroy();
  await again.stop();
  removeFolder(first);
  removeFolder(second);
});

const countSamples = (packets: readonly SeedLinkPacket[]): number =>
  packets.reduce(
    (sum, { payload }) => sum + decodeMiniSeed2(payload).items.reduce((n, { samples }) => n + samples.length, 0),
    0,
  );

/** Says what ringserver 4.5.3 said, taken from its transcripts: each command answered by OK, its packets at the end. */
function pretendRingserver(hello: Buffer, packets: Buffer) {
  return createServer((socket) => {
    let rest = "";
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      const lines = (rest + chunk.toString("latin1")).split(/\r?\n|\r/);
      rest = lines.pop()!;
      for (const line of lines.filter((text) => text !== ""))
        if (line === "HELLO") socket.write(hello);
        else if (line === "END") socket.write(packets);
        else if (!line.startsWith("INFO")) socket.write("OK\r\n");
    });
  });
}

referenceTest(
  "packets as ringserver sent them are archived; those whose clock cannot be are kept in the journal alone and alarmed",
  [
    "formats/seedlink-transcripts/seedlink4-hello-info.recv.bin",
    "formats/seedlink-transcripts/seedlink4-time.recv.bin",
  ],
  async (_t, [helloPath, packetsPath]) => {
    const hello = readFileSync(helloPath!);
    const said = readFileSync(packetsPath!);
    const secondLine = hello.indexOf("\r\n", hello.indexOf("\r\n") + 2) + 2;
    const { records: expected, packets } = packetsIn(said.subarray(said.indexOf("SE2D")));
    // Three records in miniSEED 2, and again with the one before them in miniSEED 3: each sample is to stand once.
    const whole = expected.filter((record) => record.toString("latin1", 0, 2) === "MS");
    assert.deepEqual([expected.length, whole.length], [7, 4]);
    const server = pretendRingserver(hello.subarray(0, secondLine), packets);
    await listen(server, "127.0.0.1", 0);
    const seedlink = [{ host: "127.0.0.1", port: portOf(server), stations: ["XX_TEST"] }];
    const ringChannel = { network: "XX", station: "TEST", location: "", channel: "BHZ" };
    const folder = newFolder();
    const rig = await startRig(folder, { seedlink });
    const samples = whole.flatMap((record) => decodeMiniSeed3(record).items.flatMap((item) => [...item.samples]));
    await until(
      "all is archived",
      async () =>
        (await rig.read(ringChannel)).reduce((n, segment) => n + segment.samples.length, 0) === samples.length,
    );
    assert.deepEqual(
      (await rig.read(ringChannel)).flatMap((segment) => [...segment.samples]),
      samples,
    );
    await rig.stop();
    removeFolder(folder);
    // The same packets 1024 weeks after their time.
    const later = newFolder();
    const [first] = decodeMiniSeed2(expected[0]!).items;
    const rolled = await startRig(later, { seedlink, maxAgeDays: 90 }, () => first!.startTime + ROLLOVER_SEC + 60);
    await until("the alarm", () => (rolled.acquisition.alarms.counts.get("time.week-rollover") ?? 0) > 0);
    await rolled.settled();
    assert.deepEqual(await rolled.read(ringChannel), []);
    await rolled.stop();
    removeFolder(later);
    await new Promise((resolve) => server.close(resolve));
  },
);

/** The packets of version 4 at the start of what a server said, and the records in them. */
function packetsIn(said: Buffer): { records: Buffer[]; packets: Buffer } {
  const records: Buffer[] = [];
  let at = 0;
  while (said.toString("latin1", at, at + 2) === "SE") {
    const start = at + 17 + said.readUInt8(at + 16);
    at = start + said.readUInt32LE(at + 4);
    records.push(said.subarray(start, at));
  }
  return { records, packets: said.subarray(0, at) };
}

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

test("over TLS, as openssl's own client speaks it", {
  skip: hasOpenssl ? false : "openssl is not on this machine",
  timeout: 30_000,
}, async () => {
  const folder = newFolder();
  const made = spawnSync("openssl", [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    join(folder, "tls.key"),
    "-out",
    join(folder, "tls.crt"),
    "-days",
    "2",
    "-subj",
    "/CN=localhost",
  ]);
  assert.equal(made.status, 0, String(made.stderr));
  const rig = await startRig(folder, { seedLinkTls: { port: 0, key: "tls.key", certificate: "tls.crt" } });
  const { spawn } = await import("node:child_process");
  const client = spawn("openssl", [
    "s_client",
    "-quiet",
    "-verify_return_error",
    "-CAfile",
    join(folder, "tls.crt"),
    "-connect",
    `127.0.0.1:${rig.acquisition.seedLinkTlsPort}`,
  ]);
  let said = "";
  client.stdout.on("data", (chunk) => (said += chunk));
  client.stdin.write("HELLO\r\n");
  await until("it answers over TLS", () => /SeedLink v4\.0 \(Harken/.test(said), 10_000);
  client.kill();
  await rig.stop();
  removeFolder(folder);
});
