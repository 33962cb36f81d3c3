import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { type DeckOptions, strongestOfDeck } from "./deck.ts";
import { planStaLta } from "./staLta.ts";

/** Beam by beam, sample by sample, in f64: the ratios of each. */
function twin(
  traces: readonly Float64Array[],
  delays: readonly (readonly number[])[],
  { bin, count, sampleRateHz, windows, bad }: DeckOptions,
) {
  const plan = planStaLta(count, sampleRateHz, windows, bad);
  return delays.map((own) => {
    const level = Float64Array.from({ length: count }, (_, k) => {
      let sum = 0;
      for (let i = k * bin; i < (k + 1) * bin; i++)
        sum += Math.abs(traces.reduce((s, x, j) => s + (x[i + own[j]!] ?? 0), 0)) / traces.length;
      return sum;
    });
    const ratio = new Float64Array(count);
    plan.run(level, ratio);
    return ratio;
  });
}

const meanOf = (traces: readonly Float64Array[]) =>
  Float64Array.from(traces[0]!, (_, i) => traces.reduce((sum, x) => sum + Math.abs(x[i]!), 0));

interface Case {
  readonly elements: number;
  readonly beams: number;
  readonly bin: number;
  readonly count: number;
  readonly reach: number;
  readonly masked: number;
  readonly recent: boolean;
  readonly seed: number;
}

/** Noise at so many elements and beams with delays up to `reach` samples: the kernel beside the twin. */
function compare({ elements, beams, bin, count, reach, masked, recent, seed }: Case): void {
  const random = randomStream(seed, "deck");
  const traces = Array.from({ length: elements }, () =>
    Float64Array.from({ length: bin * count + 3 }, () => random.normal()),
  );
  const delays = Array.from({ length: beams }, () => traces.map(() => Math.round(reach * (2 * random.uniform() - 1))));
  const bad = new Uint8Array(count);
  for (let i = 0; i < masked && count > 0; i++) bad[Math.floor(count * random.uniform())] = 1;
  const windows = {
    staSec: 0.5,
    ltaSec: 10,
    gapSec: 0.3,
    minLtaSec: 2,
    ...(recent ? { recent: { sec: 1.5, share: 0.6 } } : {}),
  };
  const options = { bin, count, sampleRateHz: 10, windows, bad };
  const { best, from, incoherent } = strongestOfDeck(traces, delays, options);
  const rectified = twin([meanOf(traces)], [[0]], options)[0]!;
  incoherent.forEach((v, i) => {
    assert.ok(Math.abs(v - rectified[i]!) <= 1e-6 * Math.max(1, v), `${i}: ${v} ${rectified[i]}`);
  });
  const ratios = twin(traces, delays, options);
  for (let i = 0; i < count; i++) {
    const most = Math.max(...ratios.map((own) => own[i]!));
    assert.ok(Math.abs(best[i]! - most) <= 1e-6 * Math.max(1, most), `${i}: ${best[i]} ${most}`);
    if (most > 0) assert.ok(ratios[from[i]!]![i]! >= most * (1 - 1e-5));
  }
}

test("the largest ratio of the deck is that of its beams one by one to 1e-6, for every bin, mask and delay", () => {
  const cases = fc.record({
    elements: fc.integer({ min: 1, max: 9 }),
    beams: fc.integer({ min: 1, max: 6 }),
    bin: fc.integer({ min: 1, max: 6 }),
    count: fc.integer({ min: 0, max: 700 }),
    reach: fc.nat(60),
    masked: fc.nat(30),
    recent: fc.boolean(),
    seed: fc.nat(1e6),
  });
  fc.assert(fc.property(cases, compare), { numRuns: 150 });
});

test("traces longer than what is worked on at once join without a seam", () => {
  for (const bin of [1, 4, 5])
    compare({ elements: 25, beams: 3, bin, count: 8011, reach: 60, masked: 30, recent: true, seed: bin });
});

test("nothing in, nothing out; silence has no ratio", () => {
  const windows = { staSec: 0.5, ltaSec: 10, gapSec: 0.3, minLtaSec: 2 };
  const options = { bin: 4, count: 300, sampleRateHz: 10, windows, bad: new Uint8Array(300) };
  assert.ok(strongestOfDeck([], [], options).best.every((v) => v === 0));
  assert.ok(strongestOfDeck([new Float64Array(1200)], [[0]], options).best.every((v) => v === 0));
  assert.equal(
    strongestOfDeck([new Float64Array(0)], [[0]], { ...options, count: 0, bad: new Uint8Array(0) }).best.length,
    0,
  );
});
