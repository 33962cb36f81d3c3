import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { bandFilter, detectSignals, mergeSignals, type Stream, type StreamGroup, widen } from "./detect.ts";
import { seismicRecipe } from "./recipes.ts";

const RATE = 20;
const [band] = seismicRecipe.bands;
const stream = (northSecPerKm: number): Stream => ({ kind: "beam", northSecPerKm, eastSecPerKm: 0 });

function noise(length: number, seed: number): Float64Array {
  const random = randomStream(seed, "detect");
  return Float64Array.from({ length }, () => random.normal());
}
const burst = (x: Float64Array, from: number, sec: number, size: number) =>
  x.map((v, i) => (i >= from && i < from + sec * RATE ? size * v : v));
const group = (traces: readonly Float64Array[], bad = new Uint8Array(traces[0]!.length)): StreamGroup => ({
  band: band!,
  on: 4,
  rise: 2,
  bad,
  traces: traces.map((samples, k) => ({ stream: stream(k), samples })),
});
const detect = (groups: readonly StreamGroup[], length: number) => detectSignals(groups, length, RATE, seismicRecipe);

test("a burst is found where it is, on the stream on which it is strongest, with its ratio", () => {
  const n = 200 * RATE;
  const x = noise(n, 1);
  const found = detect([group([x, burst(x, 100 * RATE, 5, 12), burst(x, 100 * RATE, 5, 6)])], n);
  assert.equal(found.length, 1);
  const [signal] = found;
  assert.equal(signal!.stream.northSecPerKm, 1);
  assert.ok(Math.abs(signal!.start - 99 * RATE) < RATE && signal!.peak >= signal!.start && signal!.end > signal!.peak);
  assert.ok(signal!.ratio > 8 && signal!.ratio < 16 && Math.abs(signal!.excess - signal!.ratio / 4) < 1e-12);
});

test("noise alone, silence and masked bursts trigger nothing", () => {
  const n = 2000 * RATE;
  assert.deepEqual(detect([group([noise(n, 2), noise(n, 3)])], n), []);
  assert.deepEqual(detect([group([new Float64Array(n)])], n), []);
  const bad = Uint8Array.from({ length: n }, (_, i) => (i >= 999 * RATE && i < 1010 * RATE ? 1 : 0));
  assert.deepEqual(detect([group([burst(noise(n, 4), 1000 * RATE, 5, 40)], bad)], n), []);
  assert.equal(detect([group([burst(noise(n, 4), 1000 * RATE, 5, 40)])], n).length, 1);
});

test("a record that has only begun is looked at from the least background on", () => {
  const n = 60 * RATE;
  const at = (sec: number) => detect([group([burst(noise(n, 5), sec * RATE, 5, 12)])], n).length;
  assert.deepEqual([at(4), at(12), at(30), at(50)], [0, 1, 1, 1]);
});

test("of findings that are one the furthest above its threshold stays", () => {
  const signals = [
    { start: 10, excess: 1.5 },
    { start: 12, excess: 3 },
    { start: 40, excess: 1.1 },
    { start: 13, excess: 2 },
  ];
  assert.deepEqual(
    mergeSignals(signals, (a, b) => Math.abs(a.start - b.start) < 5),
    [signals[1], signals[2]],
  );
});

test("masks are widened by the lead before and the recovery after", () => {
  const bad = new Uint8Array(100);
  bad[50] = 1;
  bad[99] = 1;
  const wide = widen(bad, 10, 0.2, 0.5);
  assert.deepEqual(
    [...wide].flatMap((b, i) => (b ? [i] : [])),
    [48, 49, 50, 51, 52, 53, 54, 55, 97, 98, 99],
  );
});

test("a band that the rate cannot carry has no filter", () => {
  assert.equal(bandFilter({ lowHz: 5, highHz: 9 }, 19, 3), null);
  assert.notEqual(bandFilter({ lowHz: 5, highHz: 9 }, 20, 3), null);
});
