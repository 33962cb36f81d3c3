/**
 * A running receiver among bytes of every kind: frames and messages of each of its ports, changed at random, half of the frames with a checksum that is right.
 * It must go on, keep its memory, and take nothing that nobody signed. `HARKEN_TEST_SCALE=full` sends a million of them, in parts that can be run one by one.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { type RandomStream, randomStream } from "@harken/core";
import { type Cd11Payload, decodeCd11Frame, encodeCd11Frame, notSigned } from "@harken/formats";
import { openStore } from "@harken/store";
import { mutate, testScale } from "@harken/testing";
import { connectLiar, type Liar } from "./testLiar.ts";
import { connectPeer, signer, testFrame, testPayload } from "./testPeer.ts";
import { launch } from "./testProcess.ts";
import { newFolder, removeFolder, writeKeys } from "./testRig.ts";

const PARTS = testScale(8, 1);
const COUNT = testScale(125_000, 4_000);
const START = Math.floor(Date.now() / 10_000) * 10 - 36_000;
const MOST_MEGABYTES = 700;
/** Shares of the messages that are not frames with data. */
const [PROTOCOL, REQUESTS, COMMANDS] = [0.1, 0.02, 0.05];

const payloads: readonly Cd11Payload[] = [
  { kind: "option-request", options: [{ type: 1, value: Buffer.from("TST\0\0\0\0\0") }] },
  { kind: "acknack", frameSet: "TST:0", lowest: 1n, highest: 9n, gaps: [{ start: 3n, end: 5n }] },
  { kind: "alert", message: "the station is stopping" },
  {
    ...{ kind: "command-response", station: "TST", site: "TST1", channel: "BHZ", location: "", timeStamp: "" },
    ...{ message: "STATUS", response: "fine" },
  },
];
const frame = (payload: Cd11Payload) =>
  encodeCd11Frame({ creator: "TST", destination: "0", sequence: 0n, series: 0, payload, authentication: notSigned });
const request = frame({
  ...{ kind: "connection-request", majorVersion: 1, minorVersion: 1, name: "TST", organization: "IMS", service: "TCP" },
  ...{ address: "0.0.0.0", port: 0, secondAddress: "0.0.0.0", secondPort: 0 },
});
const seedLink = [
  "HELLO\r\nSTATION TST1 XX\r\nSELECT BH?\r\nDATA\r\nEND\r\n",
  "SLPROTO 4.0\r\nUSERAGENT liar/1.0\r\nSTATION XX_TST1\r\nSELECT *_B_H_?\r\nDATA ALL\r\nEND\r\n",
  "INFO STREAMS\r\nINFO ID\r\nCAT\r\nBYE\r\n",
].map((lines) => Buffer.from(lines));

const dataLink = [
  "ID liar:user:1:x64",
  "POSITION SET EARLIEST",
  "POSITION AFTER 1500000000000000",
  "READ 1",
  "STREAM",
  "ENDSTREAM",
  "INFO STREAMS",
  "MATCH 24",
].map((header) =>
  Buffer.concat([
    Buffer.from([0x44, 0x4c, header.length]),
    Buffer.from(`${header}${/MATCH/.test(header) ? "^FDSN:(XX|YY)_.*_[B-H]+_" : ""}`),
  ]),
);

/** Changed; in half of the cases a frame again, with the checksum that fits, so that it comes to what lies behind it. */
function changed(seed: Uint8Array, random: RandomStream): Uint8Array {
  const bytes = Buffer.from(mutate(seed, random));
  if (random.uniform() < 0.5) return bytes;
  const [read] = decodeCd11Frame(Buffer.concat([bytes.subarray(0, -8), Buffer.alloc(8)])).items;
  return read ? encodeCd11Frame(read) : bytes;
}

for (let part = 1; part <= PARTS; part++)
  test(`mutated frames and messages, part ${part} of ${PARTS}: no crash, bounded memory, no accepted forgery`, {
    timeout: 3_600_000,
  }, async (t) => {
    const folder = newFolder();
    const [frameKey, channelKey] = [writeKeys(folder, "TST", 7, "ecdsa"), writeKeys(folder, "TST", 8, "ed25519")];
    const sign = signer(frameKey.private, channelKey.private);
    const centre = launch("acquireProgram", {
      folder,
      settings: {
        stations: [{ name: "TST", network: "XX" }],
        keys: [frameKey.public, channelKey.public],
        ...{ maxAgeDays: 90, serveSeedLink: true, seedLinkPort: 0, serveDataLink: true, dataLinkPort: 0 },
      },
    });
    const ready = await centre.until(/ready (\d+) (\d+) (\d+) (\d+)/);
    const [port, dataPort, seedLinkPort, dataLinkPort] = ready.slice(1).map(Number) as [number, number, number, number];
    const random = randomStream(part, "fuzz");
    const pick = <T>(list: readonly T[]) => list[random.integer(list.length)]!;
    const trueFrame = (n: number) => testFrame(testPayload(START, 200 * (n - 1), 8), BigInt(n), { sign });
    const station = await connectPeer(dataPort, "TST");
    let sent = 0;
    const next = async () => {
      station.send(trueFrame(++sent));
      await station.acknowledged(BigInt(sent));
    };
    await next();
    // Frames of the station that it sends no more: what is made of them must not be taken.
    const seeds = [1_001, 1_002].map(trueFrame);
    const truths = new Set(seeds.map(String));
    const liars: Record<"data" | "manager" | "seedLink" | "dataLink", Liar> = {
      data: connectLiar(dataPort),
      manager: connectLiar(port),
      seedLink: connectLiar(seedLinkPort),
      dataLink: connectLiar(dataLinkPort),
    };
    for (let i = 0; i < COUNT; i++) {
      const kind = random.uniform();
      if (kind < REQUESTS) await liars.manager.sendAlone(changed(request, random));
      else if (kind < REQUESTS + COMMANDS / 2) await liars.seedLink.send(Buffer.from(mutate(pick(seedLink), random)));
      else if (kind < REQUESTS + COMMANDS) await liars.dataLink.send(Buffer.from(mutate(pick(dataLink), random)));
      else {
        const isProtocol = kind < REQUESTS + COMMANDS + PROTOCOL;
        const bytes = changed(isProtocol ? frame(pick(payloads)) : pick(seeds), random);
        if (!truths.has(String(bytes))) await liars.data.send(bytes);
      }
      if (i % Math.ceil(COUNT / 10) === 0) await next();
    }
    for (const liar of Object.values(liars)) await liar.end();
    await next();
    await centre.kill("SIGTERM");
    const store = await openStore({ file: join(folder, "centre", "harken.db") });
    const packets = await store.db
      .selectFrom("base_packet")
      .select(["source", "seqno", "verdict", "nverified", "bytes"])
      .orderBy("packetid")
      .execute();
    const alarms = await store.db
      .selectFrom("base_alarm")
      .select(({ fn }) => ["code", fn.sum("ncount").as("n")])
      .groupBy("code")
      .execute();
    await store.close();
    removeFolder(folder);
    // A mutation may leave a whole true frame within what it sends: that alone may be taken beside the station's own, as it was signed.
    const allowed = new Set([...Array.from({ length: sent }, (_, n) => String(n + 1)), "1001", "1002"]);
    for (const packet of packets) {
      const { source, seqno, verdict, nverified, bytes } = packet;
      assert.ok(allowed.has(seqno), `${JSON.stringify(packet)} was taken`);
      assert.deepEqual({ source, verdict, nverified }, { source: "TST:0", verdict: "verified", nverified: 3 });
      assert.equal(bytes, trueFrame(Number(seqno)).length);
    }
    assert.equal(packets.filter(({ seqno }) => Number(seqno) <= sent).length, sent);
    const usage = [...centre.output().matchAll(/^usage (\S+) (\S+) (\S+)/gm)].map((line) => line.slice(1).map(Number));
    const memory = Math.max(...usage.map(([, , megabytes]) => megabytes!));
    const [user, system] = usage.at(-1)!;
    t.diagnostic(
      `${COUNT} messages: centre ${user!.toFixed(1)} s user, ${system!.toFixed(1)} s system, at most ${memory.toFixed(0)} MB; ${alarms.map(({ code, n }) => `${code} ${n}`).join(", ")}`,
    );
    assert.ok(memory < MOST_MEGABYTES, `${memory} MB`);
    for (const code of ["signature.wrong", "cd11.crc-mismatch"])
      assert.ok(
        alarms.some((alarm) => alarm.code === code),
        code,
      );
  });
