import assert from "node:assert/strict";
import { test } from "node:test";
import { cd11DataOf } from "@harken/formats";
import { Room } from "./room.ts";
import { connectPeer, testFrame } from "./testPeer.ts";
import { newFolder, removeFolder, startRig, testChannel, truthSegment, until } from "./testRig.ts";

test("whoever found it full goes on, once, when half of it is free", () => {
  const room = new Room(100);
  let count = 0;
  const goOn = () => void count++;
  room.take(60);
  assert.equal(room.isFull, false);
  room.take(60);
  assert.equal(room.isFull, true);
  room.wait(goOn);
  room.wait(goOn);
  room.give(60);
  assert.deepEqual([room.isFull, count], [false, 0]);
  room.give(20);
  room.give(40);
  assert.equal(count, 1);
});

test("connections that together send more than there is room for are held up, and all of it comes through", {
  timeout: 120_000,
}, async () => {
  const [stations, frames, samples] = [["A", "B", "C", "D"], 8, 2_000];
  const folder = newFolder();
  const rig = await startRig(folder, {
    stations: stations.map((name) => ({ name, network: "XX", authentication: "recorded" })),
    // Of two frames and a half.
    inHandMegabytes: 1,
  });
  const start = Math.floor(Date.now() / 10_000) * 10 - 36_000;
  await Promise.all(
    stations.map(async (station) => {
      const peer = await connectPeer(rig.acquisition.dataPort, station);
      for (let n = 0; n < frames; n++) {
        // Ten seconds of fifty channels at 200 Hz, not compressed: 0.4 megabytes.
        const segments = Array.from({ length: 50 }, (_, c) =>
          truthSegment(testChannel(station, `C${c}`), start, n * samples, (n + 1) * samples, 200),
        );
        const [payload] = cd11DataOf(segments, { channelOptions: () => ({ compression: "none" }) });
        peer.send(testFrame(payload!, BigInt(n + 1), { creator: station, frameKey: 0 }));
      }
      await until("all is acknowledged", () => peer.acknack()?.highest === BigInt(frames), 100_000);
      peer.socket.destroy();
    }),
  );
  await rig.settled();
  const { n } = await rig.store.db
    .selectFrom("base_wfdisc")
    .select(({ fn }) => fn.sum("nsamp").as("n"))
    .executeTakeFirstOrThrow();
  assert.equal(Number(n), stations.length * frames * samples * 50);
  await rig.stop();
  removeFolder(folder);
});
