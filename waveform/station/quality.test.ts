import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream, type Samples, type WaveformSegment } from "@harken/core";
import fc from "fast-check";
import { findFaults, masksOf } from "./quality.ts";
import { seismicRecipe } from "./recipes.ts";

const RATE = 20;
const recipe = seismicRecipe.quality;
const segmentOf = (samples: Samples): WaveformSegment => ({
  channel: { network: "XX", station: "TST", location: "", channel: "BHZ" },
  startTime: 1000,
  sampleRateHz: RATE,
  samples,
});

function noise(length: number, seed = 1, level = 50): Int32Array {
  const random = randomStream(seed, "quality");
  let slow = 0;
  return Int32Array.from({ length }, () => (slow = 0.98 * slow + level * random.normal()) + level * random.normal());
}
const faultsOf = (samples: Samples) =>
  findFaults(segmentOf(samples), recipe).map(({ kind, from, to }) => [kind, from, to]);

test("noise has no faults, of whatever level and rate of change", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), fc.constantFrom(1, 10, 1000, 1e6), (seed, level) => {
      assert.deepEqual(faultsOf(noise(4000, seed, level)), []);
    }),
    { numRuns: 30 },
  );
});

test("a sharp strong signal of high frequency is no spike", () => {
  const random = randomStream(2, "signal");
  const x = noise(4000).map((v, i) => {
    const t = (i - 2000) / RATE;
    return (
      v + (t < 0 ? 0 : 60_000 * Math.exp(-t / 3) * Math.sin(2 * Math.PI * 8.7 * t) * (0.6 + 0.4 * random.uniform()))
    );
  });
  assert.deepEqual(faultsOf(x), []);
});

test("a flat top is clipped where it is the trace's extreme, not where a later one is higher", () => {
  const x = noise(4000);
  const hill = (at: number, top: number) => {
    for (let i = -40; i <= 40; i++) x[at + i]! += Math.max(0, top - 10_000 * Math.max(0, Math.abs(i) - 3));
    for (let i = -3; i <= 3; i++) x[at + i] = top;
  };
  hill(1000, 150_000);
  hill(2000, 200_000);
  hill(3000, 180_000);
  assert.deepEqual(faultsOf(x), [["clipped", 1997, 2004]]);
});

test("spikes of one and two samples, a step, and a dropout to zero are found where they are", () => {
  const x = noise(8000).map((v, i) => v + (i >= 5000 ? 30_000 : 0));
  x[1000]! += 9000;
  x[2000]! -= 9000;
  x[2001]! -= 9200;
  x.fill(0, 3000, 3100);
  assert.deepEqual(faultsOf(x), [
    ["spike", 1000, 1001],
    ["spike", 2000, 2002],
    ["dead", 3000, 3100],
    ["step", 5000, 5001],
  ]);
  const [step] = findFaults(segmentOf(x), recipe).filter(({ kind }) => kind === "step");
  assert.ok(Math.abs(step!.jump - 30_000) < 500);
});

test("runs of a value: a second is too long where the noise is resolved, and none of chance where it is not", () => {
  const resolved = noise(4000);
  resolved.fill(resolved[1500]!, 1500, 1500 + RATE + 5);
  assert.deepEqual(faultsOf(resolved), [["repeated", 1500, 1500 + RATE + 5]]);
  // Noise of half a count: most neighbours are equal.
  const random = randomStream(3, "coarse");
  const coarse = Int32Array.from({ length: 20_000 }, () => Math.round(0.3 * random.normal()));
  assert.deepEqual(faultsOf(coarse), []);
  coarse.fill(1, 8000, 8000 + 11 * RATE);
  assert.equal(faultsOf(coarse).filter(([kind]) => kind === "repeated").length, 1);
});

test("a trace at its limit is clipped at the top and the bottom, not masked", () => {
  const x = Int32Array.from({ length: 2000 }, (_, i) =>
    Math.max(-500_000, Math.min(500_000, Math.round(900_000 * Math.sin(i / 7)))),
  );
  const faults = findFaults(segmentOf(x), recipe);
  assert.ok(faults.length > 50 && faults.every(({ kind }) => kind === "clipped"));
  // A flat top of small numbers is a quiet trace.
  assert.deepEqual(faultsOf(x.map((v) => Math.round(v / 1000))), []);
});

test("what is not a number is found in floating-point samples", () => {
  const x = Float32Array.from(noise(3000));
  x[0] = Number.NaN;
  x.fill(Number.POSITIVE_INFINITY, 700, 720);
  assert.deepEqual(faultsOf(x), [
    ["nan", 0, 1],
    ["nan", 700, 720],
  ]);
});

test("short and empty segments have no faults", () => {
  for (const length of [0, 1, 2, 5]) assert.deepEqual(faultsOf(new Int32Array(length).fill(3)), []);
});

test("masks carry the times; very many are told as one", () => {
  const x = noise(8000);
  for (const i of [1000, 2000]) x[i]! += 9000;
  const segment = segmentOf(x);
  assert.deepEqual(
    masksOf(segment, findFaults(segment, recipe)).map(({ kind, startTime, endTime }) => [kind, startTime, endTime]),
    [
      ["spike", 1050, 1050.05],
      ["spike", 1100, 1100.05],
    ],
  );
  for (let i = 30; i < 8000; i += 60) x[i]! += 9000;
  const many = masksOf(segment, findFaults(segment, recipe));
  assert.equal(many.length, 1);
  assert.match(many[0]!.detail, /samples in 13\d places/);
});
