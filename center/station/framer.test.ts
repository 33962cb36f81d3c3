import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream, type WaveformSegment } from "@harken/core";
import { testChannel, truth, truthSegment } from "../acquisition/testRig.ts";
import { Framer } from "./framer.ts";

const [a, b] = [testChannel("A"), testChannel("B")];
const options = { frameSec: 10, lateSec: 5 };

test("a window is closed when all channels have filled it", () => {
  const framer = new Framer(options);
  framer.add([truthSegment(a, 1_000, 0, 250), truthSegment(b, 1_000, 0, 150)], 0);
  assert.deepEqual(framer.take(1), []);
  framer.add([truthSegment(b, 1_000, 150, 220)], 2);
  const [window, ...more] = framer.take(2);
  assert.equal(more.length, 0);
  assert.equal(window!.startTime, 1_000);
  assert.equal(
    window!.segments.reduce((sum, { samples }) => sum + samples.length, 0),
    400,
  );
  const rest = framer.take(3, true);
  assert.deepEqual(
    rest.map(({ startTime, segments }) => [startTime, segments.map(({ samples }) => samples.length)]),
    [[1_010, [50, 20]]],
  );
});

test("a dead channel is waited for no longer than set, and what comes late makes its own frame", () => {
  const framer = new Framer(options);
  framer.add([truthSegment(a, 1_000, 0, 10), truthSegment(b, 1_000, 0, 10)], 0);
  framer.add([truthSegment(a, 1_000, 10, 200)], 1);
  assert.deepEqual(framer.take(14), []);
  assert.equal(framer.take(16).length, 1);
  framer.add([truthSegment(b, 1_000, 10, 220)], 20);
  const late = framer
    .take(20)
    .map(({ startTime, segments }) => [startTime, segments.map(({ samples }) => samples.length)]);
  assert.deepEqual(late, [[1_000, [190]]]);
  assert.deepEqual(framer.take(21), [], "the other channel is behind now");
});

test("cut in any way, every sample comes out once", () => {
  for (let seed = 0; seed < 30; seed++) {
    const random = randomStream(seed, "framer");
    const framer = new Framer({ frameSec: 1 + random.integer(10), lateSec: 0 });
    const out: WaveformSegment[] = [];
    let now = 0;
    for (const channel of [a, b]) {
      for (let from = 0; from < 2_000; ) {
        const to = Math.min(2_000, from + 1 + random.integer(300));
        framer.add([truthSegment(channel, 1_000.3, from, to)], (now += random.uniform()));
        for (const { segments } of framer.take(now)) out.push(...segments);
        from = to;
      }
    }
    for (const { segments } of framer.take(now, true)) out.push(...segments);
    for (const channel of [a, b]) {
      const own = out
        .filter((segment) => segment.channel.station === channel.station)
        .sort((x, y) => x.startTime - y.startTime);
      assert.deepEqual(
        own.flatMap(({ samples }) => [...samples]),
        Array.from({ length: 2_000 }, (_, n) => truth(channel, n)),
      );
    }
  }
});
