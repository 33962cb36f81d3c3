/** A station and a centre over TCP in one process: what is sent is archived, once, with the verdict on its signatures. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadLinks, loadPackets } from "@harken/store";
import {
  type KeyKind,
  newFolder,
  removeFolder,
  startRig,
  startTestStation,
  testChannel,
  truth,
  truthSegment,
  until,
  writeKeys,
} from "./testRig.ts";

const START = 1_760_000_000;

for (const kind of ["dsa", "ecdsa", "ed25519"] as const satisfies readonly KeyKind[])
  test(`three channels signed by ${kind}: verified, archived whole, acknowledged`, { timeout: 60_000 }, async () => {
    const folder = newFolder();
    const [frameKey, channelKey] = [writeKeys(folder, "TST", 7, kind), writeKeys(folder, "TST", 8, kind)];
    const rig = await startRig(folder, {
      stations: [{ name: "TST", network: "XX" }],
      keys: [frameKey.public, channelKey.public],
    });
    const station = await startTestStation(folder, "TST", [{ port: rig.acquisition.port }], {
      ...{ keys: [frameKey.private, channelKey.private], frameKey: 7, channelKey: 8 },
    });
    const channels = ["BHZ", "BHN", "BHE"].map((code) => testChannel("TST1", code));
    const total = 3_000;
    for (let from = 0; from < total; from += 100)
      await station.add(channels.map((channel) => truthSegment(channel, START, from, from + 100)));
    await station.flush();
    await until("all is acknowledged", () => station.status().acknowledgedTo === "15" && station.status().gaps === 0);
    await rig.settled();
    for (const channel of channels) {
      const [segment, ...more] = await rig.read(channel);
      assert.equal(more.length, 0);
      assert.deepEqual(
        [...segment!.samples],
        Array.from({ length: total }, (_, n) => truth(channel, n)),
      );
      assert.equal(segment!.startTime, START);
    }
    const packets = await loadPackets(rig.store.db, { source: "TST:0" });
    assert.equal(packets.length, 15);
    assert.ok(
      packets.every(({ verdict, verified, refused }) => verdict === "verified" && verified === 4 && refused === 0),
    );
    await station.stop();
    await until("the link is closed", async () =>
      (await loadLinks(rig.store.db, 0, 1e11)).some(({ endTime }) => endTime !== null),
    );
    await rig.stop();
    removeFolder(folder);
  });
