import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { delayed, formDelayedBeam, steeringDelays } from "./beam.ts";

const RATE = 20;
const places = [
  { northKm: 0, eastKm: 0 },
  { northKm: 1.3, eastKm: 0.4 },
  { northKm: -0.7, eastKm: 1.1 },
  { northKm: 0.2, eastKm: -1.6 },
];
const steer = { northSecPerKm: 0.09, eastSecPerKm: -0.13 };
const pulse = (t: number) => Math.exp(-((t / 0.5) ** 2)) * Math.cos(2 * Math.PI * 2 * t);
const wave = places.map(({ northKm, eastKm }) =>
  Float64Array.from({ length: 400 }, (_, i) =>
    pulse(i / RATE - 10 + steer.northSecPerKm * northKm + steer.eastSecPerKm * eastKm),
  ),
);
const reference = Float64Array.from({ length: 400 }, (_, i) => pulse(i / RATE - 10));

test("a trace between its samples is the wave there, for delays of every fraction", () => {
  fc.assert(
    fc.property(fc.double({ min: -60, max: 60, noNaN: true }), (delay) => {
      const found = delayed(reference, delay);
      for (let i = 100; i < 300; i++) assert.ok(Math.abs(found[i]! - pulse((i + delay) / RATE - 10)) < 2e-4);
    }),
    { numRuns: 60 },
  );
});

test("a beam steered to the wave is the wave, one steered elsewhere is less; whole-sample delays alone lose part of it", () => {
  const beam = formDelayedBeam(wave, steeringDelays(places, steer), RATE);
  for (let i = 50; i < 350; i++) assert.ok(Math.abs(beam[i]! - reference[i]!) < 1e-3);
  const energy = (x: Float64Array) => x.reduce((sum, v) => sum + v * v, 0);
  const elsewhere = formDelayedBeam(wave, steeringDelays(places, { northSecPerKm: -0.2, eastSecPerKm: 0.2 }), RATE);
  assert.ok(energy(elsewhere) < 0.5 * energy(beam));
});

test("kinds and weights by their definitions, on traces that need no delay", () => {
  const random = randomStream(1, "beam");
  const traces = [0, 1, 2].map(() => Float64Array.from({ length: 50 }, () => random.normal()));
  const weights = [1, 0, 3];
  const at = (i: number) => traces.map((trace) => trace[i]!);
  const none = [0, 0, 0];
  for (const [kind, expected] of [
    ["coherent", ([a, , c]: number[]) => (a! + 3 * c!) / 4],
    ["incoherent", ([a, , c]: number[]) => (Math.abs(a!) + 3 * Math.abs(c!)) / 4],
    ["rms", ([a, , c]: number[]) => Math.sqrt((a! * a! + 3 * c! * c!) / 4)],
  ] as const) {
    const beam = formDelayedBeam(traces, none, RATE, { kind, weights });
    beam.forEach((v, i) => {
      assert.ok(Math.abs(v - expected(at(i))) < 1e-12);
    });
  }
});

test("coherent beams are linear; noise falls with the root of the elements", () => {
  const random = randomStream(2, "beam");
  const draw = () => Array.from({ length: 16 }, () => Float64Array.from({ length: 2000 }, () => random.normal()));
  const [a, b] = [draw(), draw()];
  const delays = a.map((_, j) => j * 0.0171);
  const both = formDelayedBeam(
    a.map((x, j) => x.map((v, i) => 2 * v - b[j]![i]!)),
    delays,
    RATE,
  );
  const [fa, fb] = [formDelayedBeam(a, delays, RATE), formDelayedBeam(b, delays, RATE)];
  both.forEach((v, i) => {
    assert.ok(Math.abs(v - (2 * fa[i]! - fb[i]!)) < 1e-12);
  });
  const deviation = Math.sqrt(fa.subarray(100, 1900).reduce((sum, v) => sum + v * v, 0) / 1800);
  assert.ok(Math.abs(deviation * 4 - 1) < 0.12, String(deviation));
});

test("no traces, one sample, delays beyond the trace, NaN; what does not fit is refused", () => {
  assert.equal(formDelayedBeam([], [], RATE).length, 0);
  assert.deepEqual([...formDelayedBeam([[5]], [0], RATE)], [5]);
  assert.deepEqual([...formDelayedBeam([[5, 6]], [100], RATE)], [0, 0]);
  assert.ok(Number.isNaN(formDelayedBeam([[Number.NaN, 1]], [0], RATE)[0]));
  assert.deepEqual([...formDelayedBeam([[5, 6]], [0], RATE, { weights: [0] })], [0, 0]);
  for (const wrong of [
    () => formDelayedBeam([[1, 2], [1]], [0, 0], RATE),
    () => formDelayedBeam([[1, 2]], [], RATE),
    () => formDelayedBeam([[1, 2]], [Number.NaN], RATE),
    () => formDelayedBeam([[1, 2]], [0], RATE, { weights: [-1] }),
  ])
    assert.throws(wrong, RangeError);
});
