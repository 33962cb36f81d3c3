import assert from "node:assert/strict";
import { test } from "node:test";
import type { WaveformSegment } from "@harken/core";
import fc from "fast-check";
import { mergeSegments } from "./segments.ts";

const channel = { network: "XX", station: "AAA", location: "", channel: "BHZ" };
const piece = (start: number, values: number[], rate = 10): WaveformSegment => ({
  channel,
  startTime: 1e9 + start,
  sampleRateHz: rate,
  samples: Int32Array.from(values),
});

test("any cut of a trace into pieces, in any order, with repetitions and overlaps, comes back whole", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 2, maxLength: 200 }),
      fc.array(fc.tuple(fc.nat(200), fc.nat(60)), { maxLength: 12 }),
      fc.integer(),
      (values, cuts, seed) => {
        const edges = [...new Set([0, values.length, ...cuts.map(([at]) => at % values.length)])].sort((a, b) => a - b);
        const pieces = edges.slice(1).map((end, i) => piece(edges[i]! / 10, values.slice(edges[i], end)));
        for (const [at, length] of cuts) {
          const from = at % values.length;
          pieces.push(piece(from / 10, values.slice(from, from + length)));
        }
        pieces.sort((a, b) => ((a.samples.length * 7919 + seed) % 13) - ((b.samples.length * 104729 + seed) % 13));
        const { segments, problems } = mergeSegments(pieces);
        assert.equal(segments.length, 1);
        assert.deepEqual([...segments[0]!.samples], values);
        assert.equal(problems.length, 0);
      },
    ),
  );
});

test("a gap begins a new segment; overlapping samples that differ are told once", () => {
  const gap = mergeSegments([piece(0, [1, 2, 3]), piece(0.5, [4, 5])]);
  assert.deepEqual(
    gap.segments.map(({ samples }) => [...samples]),
    [
      [1, 2, 3],
      [4, 5],
    ],
  );
  const conflict = mergeSegments([piece(0, [1, 2, 3]), piece(0.1, [9, 9, 4])]);
  assert.deepEqual([...conflict.segments[0]!.samples], [1, 2, 3, 4]);
  assert.equal(conflict.problems[0]?.code, "waveform.overlap-conflict");
});

test("a change of rate begins a new segment", () => {
  assert.equal(mergeSegments([piece(0, [1, 2]), piece(0.2, [3, 4], 20)]).segments.length, 2);
});
