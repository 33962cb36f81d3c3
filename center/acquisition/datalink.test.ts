/** DataLink over sockets: our server and our client against each other, and our client against what ringserver 4.5.3 said, byte for byte. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import {
  DataLinkClient,
  type DataLinkCommand,
  type DataLinkPacket,
  type DataLinkReply,
  decodeMiniSeed2,
  decodeMiniSeed3,
} from "@harken/formats";
import { referenceTest } from "@harken/testing";
import { runStation } from "../station/runStation.ts";
import { StationSideSettings } from "../station/settings.ts";
import { listen, portOf } from "./listener.ts";
import { checkSettings } from "./settings.ts";
import {
  newFolder,
  type Rig,
  removeFolder,
  startRig,
  startTestStation,
  testChannel,
  truth,
  truthSegment,
  until,
  writeKeys,
} from "./testRig.ts";

const START = Math.floor(Date.now() / 10_000) * 10 - 36_000;
const channel = testChannel("TST1");
const served = {
  ...{ stations: [{ name: "TST", network: "XX", authentication: "recorded" }] },
  ...{ serveDataLink: true, dataLinkPort: 0 },
};

/** A client that says one thing after the other. */
async function open(port: number) {
  const client = new DataLinkClient();
  const replies: DataLinkReply[] = [];
  let isClosed = false;
  const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
  socket.on("error", () => undefined);
  socket.on("close", () => (isClosed = true));
  socket.on("data", (chunk: Buffer) => replies.push(...client.receive(chunk).events.map(({ reply }) => reply)));
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  return {
    replies,
    isClosed: () => isClosed,
    packets: () => replies.filter((reply) => reply.kind === "packet"),
    say: (command: DataLinkCommand) => void socket.write(client.send(command)),
    /** The reply to a command. */
    async ask(command: DataLinkCommand) {
      const count = replies.length;
      socket.write(client.send(command));
      await until(`a reply to ${command.kind}`, () => replies.length > count || isClosed);
      return replies[count];
    },
    close: () => void socket.destroy(),
  };
}

const samplesOf = (packets: readonly DataLinkPacket[]): number[] =>
  packets.flatMap(({ data }) => decodeMiniSeed2(data).items.flatMap(({ samples }) => [...samples]));

describe("what a centre serves", () => {
  const folder = newFolder();
  let rig: Rig;
  let made = 0;
  let add: (windows: number) => Promise<void>;
  let stop: () => Promise<void>;
  const all = () => Array.from({ length: made }, (_, n) => truth(channel, n));

  before(async () => {
    rig = await startRig(folder, served);
    const station = await startTestStation(folder, "TST", [{ port: rig.acquisition.port }]);
    stop = () => station.stop();
    add = async (windows) => {
      for (let i = 0; i < windows; i++, made += 200)
        await station.add([truthSegment(channel, START, made, made + 200)]);
      await until("it is archived", async () => (await rig.read(channel))[0]?.samples.length === made);
    };
    await add(6);
  });
  after(async () => {
    await stop();
    await rig.stop();
    removeFolder(folder);
  });

  test("all from the earliest packet on, then what comes, until the client ends it; and on from there", async () => {
    const client = await open(rig.acquisition.dataLinkPort!);
    const hello = await client.ask({ kind: "id", client: "test:user:1:x64" });
    assert.match(
      hello!.kind === "id" ? hello.server : "",
      /^DataLink v1\.1 \(Harken\/\S+\) :: DLPROTO:1\.1 PACKETSIZE:512$/,
    );
    await client.ask({ kind: "position", to: "EARLIEST", packetTime: null });
    client.say({ kind: "stream" });
    await until("what is kept", () => samplesOf(client.packets()).length === made);
    await add(2);
    await until("what comes", () => samplesOf(client.packets()).length === made);
    client.say({ kind: "endstream" });
    await until("the end", () => client.replies.at(-1)?.kind === "endstream");
    await add(2);
    const before = client.packets();
    client.say({ kind: "stream" });
    await until("what came meanwhile", () => samplesOf(client.packets()).length === made);
    const packets = client.packets();
    assert.deepEqual(samplesOf(packets), all());
    assert.equal(packets[before.length]!.packet, before.at(-1)!.packet + 1n);
    for (const { stream, startTime, endTime, data } of packets) {
      assert.equal(stream, "FDSN:XX_TST1__B_H_Z/MSEED");
      const [item] = decodeMiniSeed2(data).items;
      assert.ok(Math.abs(item!.startTime - startTime) < 1e-6);
      assert.ok(Math.abs(startTime + (item!.samples.length - 1) / 20 - endTime) < 1e-6);
    }
    client.close();
  });

  test("places: behind a packet, behind a time, at the end; one packet; those that are not there", async () => {
    const client = await open(rig.acquisition.dataLinkPort!);
    await client.ask({ kind: "position", to: "EARLIEST", packetTime: null });
    client.say({ kind: "stream" });
    await until("all", () => samplesOf(client.packets()).length === made);
    const packets = client.packets();
    await client.ask({ kind: "endstream" });
    const from = async (position: DataLinkCommand) => {
      const count = client.packets().length;
      const reply = await client.ask(position);
      if (reply?.kind !== "ok") return reply?.kind;
      client.say({ kind: "stream" });
      const expected = packets.filter(({ packet }) => packet > reply.value).length;
      await until("the rest", () => client.packets().length >= count + expected);
      await client.ask({ kind: "endstream" });
      return client
        .packets()
        .slice(count)
        .map(({ packet }) => packet);
    };
    const numbers = packets.map(({ packet }) => packet);
    const third = packets[2]!;
    assert.deepEqual(
      await from({ kind: "position", to: third.packet, packetTime: third.packetTime }),
      numbers.slice(3),
    );
    assert.deepEqual(await from({ kind: "position-after", time: third.startTime + 1 }), numbers.slice(2));
    assert.deepEqual(await from({ kind: "position", to: "LATEST", packetTime: null }), []);
    assert.equal(await from({ kind: "position", to: third.packet, packetTime: third.packetTime - 5 }), "error");
    assert.equal(await from({ kind: "position", to: 999_999n, packetTime: null }), "error");
    assert.equal(await from({ kind: "position-after", time: START + 1e6 }), "error");
    assert.deepEqual(await client.ask({ kind: "read", packet: third.packet }), third);
    assert.equal((await client.ask({ kind: "read", packet: 999_999n }))?.kind, "error");
    client.close();
  });

  test("streams by patterns, and what there is in XML", async () => {
    const client = await open(rig.acquisition.dataLinkPort!);
    const count = async (kind: "match" | "reject", pattern: string | null) => {
      const reply = await client.ask({ kind, pattern });
      return reply?.kind === "ok" ? reply.value : reply?.kind;
    };
    assert.equal(await count("match", "^FDSN:XX_TST1_.*_B_H_[ZNE]/MSEED$"), 1n);
    assert.equal(await count("reject", "_B_H_Z"), 0n);
    await client.ask({ kind: "position", to: "EARLIEST", packetTime: null });
    client.say({ kind: "stream" });
    await client.ask({ kind: "endstream" });
    assert.equal(client.packets().length, 0);
    assert.equal(await count("reject", null), 1n);
    assert.equal(await count("match", "(a"), "error");
    const status = await client.ask({ kind: "info", type: "STATUS", match: null });
    assert.match(status?.kind === "info" ? status.xml : "", /^<DataLink .*<Status .*TotalStreams="1"/);
    const streams = await client.ask({ kind: "info", type: "STREAMS", match: null });
    assert.match(streams?.kind === "info" ? streams.xml : "", /<Stream Name="FDSN:XX_TST1__B_H_Z\/MSEED"/);
    assert.equal((await client.ask({ kind: "info", type: "CONNECTIONS", match: null }))?.kind, "error");
    client.close();
  });

  test("who wants to write is refused and sent away", async () => {
    const client = await open(rig.acquisition.dataLinkPort!);
    const packet = { stream: "FDSN:XX_TST1__B_H_Z/MSEED", startTime: START, endTime: START + 1, flags: "A" };
    const reply = await client.ask({ kind: "write", ...packet, data: new Uint8Array(512) });
    assert.deepEqual(reply?.kind === "error" && reply.message, "Write permission not granted");
    await until("it is sent away", () => client.isClosed());
  });

  test("another centre follows it over a restart, and a station sends on what it hears, without loss or repetition", async () => {
    const [second, third] = [newFolder(), newFolder()];
    const datalink = [{ host: "127.0.0.1", port: rig.acquisition.dataLinkPort!, match: "TST1" }];
    let follower = await startRig(second, { datalink });
    const key = writeKeys(third, "RLY", 7, "ed25519");
    const other = await startRig(third, { stations: [{ name: "RLY", network: "XX" }], keys: [key.public] });
    const relay = () =>
      runStation({
        settings: checkSettings(
          StationSideSettings,
          {
            ...{ name: "RLY", datalink, keys: [key.private], frameKey: 7, channelKey: 7, lateSec: 0.2 },
            links: [{ host: "127.0.0.1", port: other.acquisition.port }],
          },
          "test",
        ),
        ...{ settingsFolder: third, dataDir: third, clock: () => Date.now() / 1_000 },
        log: (code) => heard.push(code),
      });
    const heard: string[] = [];
    let station = await relay();
    await until(
      "both listen",
      () => heard.includes("datalink.up") && follower.log.some(({ code }) => code === "datalink.up"),
    );
    const first = made;
    await add(4);
    const has = async (where: Rig) => (await where.read(channel)).reduce((n, { samples }) => n + samples.length, 0);
    await until("live data come", async () => (await has(follower)) >= 800 && (await has(other)) >= 600);
    await follower.stop();
    await station.stop();
    await add(4);
    follower = await startRig(second, { datalink });
    station = await relay();
    await until("what came meanwhile", async () => (await has(follower)) === 1_600 && (await has(other)) === 1_600);
    for (const where of [follower, other]) {
      const [segment, ...more] = await where.read(channel);
      assert.equal(more.length, 0);
      assert.deepEqual([...segment!.samples], all().slice(first));
    }
    await station.stop();
    await follower.stop();
    await other.stop();
    removeFolder(second);
    removeFolder(third);
  });
});

referenceTest(
  "packets as ringserver sent them are archived",
  ["formats/seedlink-transcripts/datalink-stream.recv.bin"],
  async (_t, [path]) => {
    const said = readFileSync(path!);
    const client = new DataLinkClient(1e6);
    for (const kind of ["id", "position", "endstream"] as const)
      client.send(
        kind === "id"
          ? { kind, client: "" }
          : kind === "position"
            ? { kind, to: "EARLIEST", packetTime: null }
            : { kind },
      );
    const replies = client.receive(said).events.map(({ reply }) => reply);
    const packets = replies.filter((reply) => reply.kind === "packet");
    // What it said up to its first packet, and from there on.
    const streamed = said.indexOf("PACKET") - 3;
    const hello = said.subarray(0, 3 + said[2]!);
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", (chunk: Buffer) => {
        const words = chunk.toString("latin1");
        if (words.includes("ID ")) socket.write(hello);
        if (words.includes("STREAM")) socket.write(said.subarray(streamed, said.lastIndexOf("DL\tENDSTREAM")));
      });
    });
    await listen(server, "127.0.0.1", 0);
    const folder = newFolder();
    const rig = await startRig(folder, { datalink: [{ host: "127.0.0.1", port: portOf(server) }] });
    const truths = new Map<number, number>();
    for (const { data, stream } of packets)
      for (const item of (stream.endsWith("3") ? decodeMiniSeed3 : decodeMiniSeed2)(data).items)
        for (const [i, sample] of item.samples.entries())
          truths.set(Math.round((item.startTime + i / item.sampleRateHz) * 1e3), sample);
    const own = { network: "XX", station: "TEST", location: "", channel: "BHZ" };
    const archived = async () =>
      (await rig.read(own)).flatMap(({ startTime, sampleRateHz, samples }) =>
        [...samples].map((sample, i) => [Math.round((startTime + i / sampleRateHz) * 1e3), sample] as const),
      );
    await until("all is archived", async () => (await archived()).length === truths.size);
    assert.deepEqual(
      await archived(),
      [...truths].sort(([a], [b]) => a - b),
    );
    await rig.stop();
    server.close();
    removeFolder(folder);
  },
);
