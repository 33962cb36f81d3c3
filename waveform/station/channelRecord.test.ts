import assert from "node:assert/strict";
import { test } from "node:test";
import type { WaveformSegment } from "@harken/core";
import fc from "fast-check";
import { coverage, layOut, openRecord } from "./channelRecord.ts";
import { seismicRecipe } from "./recipes.ts";

const RATE = 10;
const segment = (startTime: number, samples: readonly number[] | Float64Array): WaveformSegment => ({
  channel: { network: "XX", station: "TST", location: "", channel: "BHZ" },
  startTime,
  sampleRateHz: RATE,
  samples: Float64Array.from(samples),
});
/** Samples that tell their own time: the square of a tenth of a second, of no mean over the clock used below. */
const telling = (startTime: number, length: number) =>
  segment(
    startTime,
    Array.from({ length }, (_, i) => Math.sin(startTime + i / RATE) * 1000),
  );
const open = (segments: readonly WaveformSegment[]) => openRecord(segments, seismicRecipe.quality)!;

test("whatever the pieces, their order and overlaps: each sample stands at its own time, and what is nowhere is bad", () => {
  const piece = fc.record({ from: fc.integer({ min: 0, max: 300 }), length: fc.integer({ min: 2, max: 120 }) });
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      const { record } = open(pieces.map(({ from, length }) => telling(from / RATE, length)));
      const trace = layOut(record, { startTime: 5, sampleRateHz: RATE, length: 300 });
      const covered = Array.from({ length: 300 }, (_, i) =>
        pieces.some(({ from, length }) => i + 50 >= from && i + 50 < from + length),
      );
      const good = covered.flatMap((yes, i) => (yes ? [i] : []));
      assert.deepEqual(
        [...trace.bad].map((b) => b === 0),
        covered,
      );
      const mean = good.reduce((s, i) => s + Math.sin(5 + i / RATE) * 1000, 0) / Math.max(1, good.length);
      for (const i of good) assert.ok(Math.abs(trace.samples[i]! - (Math.sin(5 + i / RATE) * 1000 - mean)) < 1e-6);
      assert.ok(trace.samples.every(Number.isFinite));
      // Before the first good sample and behind the last one its own level goes on.
      const [first, last] = [good[0] ?? 0, good.at(-1) ?? 299];
      assert.ok(trace.samples.subarray(0, first).every((value) => value === trace.samples[first]));
      assert.ok(trace.samples.subarray(last).every((value) => value === trace.samples[last]));
      assert.ok(Math.abs(trace.badFraction - (1 - good.length / 300)) < 1e-12);
    }),
    { numRuns: 60 },
  );
});

test("where two pieces differ the earlier one's samples hold; gaps and repetitions are masked with their times", () => {
  const { record, masks } = open([
    segment(100, [1, 2, 3, 4, 5, 6]),
    segment(100.4, [50, 60, 70, 80]),
    segment(103, [9, 8, 7]),
  ]);
  assert.deepEqual(
    masks.map(({ kind, startTime, endTime }) => [kind, startTime, Math.round(endTime * 10) / 10]),
    [
      ["overlap", 100.4, 100.6],
      ["gap", 100.8, 103],
    ],
  );
  const trace = layOut(record, { startTime: 100, sampleRateHz: RATE, length: 8 });
  const level = trace.samples[0]! - 1;
  assert.deepEqual(
    [...trace.samples].map((v) => Math.round(v - level)),
    [1, 2, 3, 4, 5, 6, 70, 80],
  );
});

test("bad samples are bridged by a straight line, a step is taken out, and a sample at the limit stays", () => {
  const x = Array.from({ length: 400 }, (_, i) => 100 * Math.sin(i) + (i >= 250 ? 80_000 : 0));
  x[100] = Number.NaN;
  const { record, masks } = open([segment(0, x)]);
  assert.deepEqual(
    masks.map(({ kind }) => kind),
    ["nan", "step"],
  );
  const { samples, bad } = layOut(record, { startTime: 0, sampleRateHz: RATE, length: 400 });
  assert.ok(Math.abs(samples[100]! - (samples[99]! + samples[101]!) / 2) < 1e-9);
  assert.deepEqual([bad[99], bad[100], bad[101], bad[250]], [0, 1, 0, 1]);
  assert.ok(
    samples.every((v) => Math.abs(v) < 400),
    "the step has gone",
  );
});

test("a step stays out across pieces that follow each other", () => {
  const x = Array.from({ length: 400 }, (_, i) => 100 * Math.sin(i) + (i >= 150 ? 80_000 : 0));
  const { record } = open([segment(0, x.slice(0, 200)), segment(20, x.slice(200))]);
  const { samples } = layOut(record, { startTime: 0, sampleRateHz: RATE, length: 400 });
  assert.ok(samples.every((v) => Math.abs(v) < 500));
});

test("a clock that drifts within its tolerance keeps samples at their own times in each stretch", () => {
  const rate = RATE * 1.0004;
  // A bump at 9002.0 s; counted at the nominal rate it would stand 3.6 s late.
  const bump = Float64Array.from({ length: 100_000 }, (_, i) => 1000 * Math.exp(-((i / rate - 9002) ** 2)));
  const { record } = open([{ ...telling(0, 2), sampleRateHz: rate, samples: bump }]);
  const { samples } = layOut(record, { startTime: 9000, sampleRateHz: RATE, length: 50 });
  assert.equal(samples.indexOf(Math.max(...samples)), 20);
});

test("coverage is the share of a stretch that segments fill, what comes twice counted once", () => {
  const segments = [telling(0, 101), telling(5, 101), telling(20, 101)];
  assert.ok(Math.abs(coverage(segments, 0, 40) - 25 / 40) < 1e-9);
  assert.equal(coverage(segments, 30.5, 40), 0);
  assert.equal(coverage([], 0, 1), 0);
});

test("no segment with two samples, no record", () => {
  assert.equal(openRecord([], seismicRecipe.quality), null);
  assert.equal(openRecord([segment(0, [1])], seismicRecipe.quality), null);
});
