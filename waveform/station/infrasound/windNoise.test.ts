import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { infrasoundRecipe } from "../recipes.ts";
import { windNoise } from "./windNoise.ts";

const { wind } = infrasoundRecipe.infrasound!;
const RATE = 2;
const LENGTH = 3600 * RATE;
const clock = { startTime: 1e9, sampleRateHz: RATE };

/** A sine of 0.04 Hz that all share and one of another phase at each, amplitudes in counts, on a large offset. */
function traces(shared: number, own: number, count = 4) {
  return Array.from({ length: count }, (_, j) => {
    const random = randomStream(j, "gust");
    const phases = Array.from({ length: 20 }, () => 2 * Math.PI * random.uniform());
    const samples = Float64Array.from({ length: LENGTH }, (_v, i) => {
      const t = i / RATE;
      const gusts = phases.reduce((s, phase, k) => s + Math.sin(2 * Math.PI * (0.03 + k * 0.001) * t + phase), 0);
      return 1e5 + shared * Math.sin(2 * Math.PI * 0.04 * t) + (own * gusts) / Math.sqrt(20);
    });
    return { samples, bad: new Uint8Array(LENGTH) };
  });
}

test("a shared wave is no wind; what elements do not share is, with the pressure of its power", () => {
  const whole = [0, LENGTH] as const;
  for (const { incoherence, state, pressurePa } of windNoise(traces(1000, 1), clock, whole, 1000, wind)) {
    assert.ok(incoherence < 0.01 && state === "calm");
    assert.ok(Math.abs(pressurePa! - Math.SQRT1_2) < 0.05, String(pressurePa));
  }
  const gusty = windNoise(traces(0, 1000), clock, whole, 1000, wind);
  const mean = gusty.reduce((sum, { windPa }) => sum + windPa! ** 2, 0) / gusty.length;
  assert.ok(Math.abs(mean - 0.5) < 0.15, String(mean));
  assert.equal(gusty.filter(({ state }) => state === "strong").length > 0.7 * gusty.length, true);
  assert.ok(gusty.every(({ incoherence }) => incoherence > 0.3));
});

test("blocks cover the stretch asked for, masked elements are left out, and without a response there is no pressure", () => {
  const some = traces(0, 1000);
  const found = windNoise(some, clock, [600 * RATE, 1320 * RATE], null, wind);
  assert.deepEqual(
    found.map(({ startTime, endTime, windPa, state }) => [startTime - 1e9, endTime - startTime, windPa, state]),
    [600, 720, 840, 960, 1080, 1200].map((at) => [at, 120, null, null]),
  );
  some[0]!.bad.fill(1);
  assert.equal(windNoise(some, clock, [0, LENGTH], 1, wind).length, 30);
  some[1]!.bad.fill(1);
  assert.deepEqual(windNoise(some, clock, [0, LENGTH], 1, wind), []);
});
