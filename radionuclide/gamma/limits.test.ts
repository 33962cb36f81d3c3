import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { referenceTest, testScale } from "@harken/testing";
import { bestEstimate, characteristicLimits, currieLimits } from "./limits.ts";

test("Currie's working expressions of 1968: 2.33 sqrt(B) and 2.71 + 4.65 sqrt(B)", () => {
  for (const background of [0, 10, 1000, 1e5]) {
    const { criticalLevelCounts, detectionLimitCounts } = currieLimits(background);
    assert.ok(Math.abs(criticalLevelCounts - 2.33 * Math.sqrt(background)) < 0.005 * Math.sqrt(background) + 1e-9);
    assert.ok(
      Math.abs(detectionLimitCounts - (2.71 + 4.65 * Math.sqrt(background))) < 0.005 * (1 + Math.sqrt(background)),
    );
  }
});

test("a well-known background: the critical level falls to 1.645 sqrt(B)", () => {
  assert.ok(Math.abs(currieLimits(400, 1.645, 0).criticalLevelCounts - 32.9) < 1e-9);
});

referenceTest(
  "the critical levels of the IDC's own peaks follow from continuum and resolution to a few percent",
  ["radionuclide/usp74/usp74_967273.json"],
  (_t, [path]) => {
    const { peaks } = JSON.parse(readFileSync(path!, "utf8")) as {
      peaks: { LC: string; BackgroundCounts: string; Energy: string }[];
    };
    // The product's background counts cover about 3.15 FWHM, its critical level 2.5.
    const ratios = peaks
      .map((p) => currieLimits((2.5 / 3.15) * Number.parseFloat(p.BackgroundCounts)).criticalLevelCounts / Number(p.LC))
      .sort((a, b) => a - b);
    assert.ok(Math.abs(ratios[Math.floor(ratios.length / 2)]! - 1) < 0.05);
  },
);

test("ISO 11929: without uncertainty of the factor it is Currie's; with it the detection limit grows, and at last there is none", () => {
  const base = { backgroundCounts: 3000, factor: 0.02 };
  const plain = characteristicLimits({ ...base, factorRelativeError: 0 });
  const { criticalLevelCounts, detectionLimitCounts } = currieLimits(3000);
  assert.ok(Math.abs(plain.decisionThreshold - 0.02 * criticalLevelCounts) < 1e-12);
  assert.ok(Math.abs(plain.detectionLimit! - 0.02 * detectionLimitCounts) < 1e-12);
  const uncertain = characteristicLimits({ ...base, factorRelativeError: 0.2 });
  assert.equal(uncertain.decisionThreshold, plain.decisionThreshold);
  // The defining equation, not its solution: y# = y* + k u(y#).
  const y = uncertain.detectionLimit!;
  const u = Math.sqrt(0.02 * y + 0.02 ** 2 * 2 * 3000 + (0.2 * y) ** 2);
  assert.ok(Math.abs(uncertain.decisionThreshold + 1.645 * u - y) < 1e-9);
  assert.equal(characteristicLimits({ ...base, factorRelativeError: 0.7 }).detectionLimit, null);
});

test("best estimate: moments and quantiles of a normal cut off at zero, by drawing from it", () => {
  const trials = testScale(400_000, 60_000);
  for (const [result, uncertainty] of [
    [3, 1],
    [0.5, 1],
    [-1, 1],
  ] as const) {
    const random = randomStream(1, "best", result);
    const drawn: number[] = [];
    while (drawn.length < trials) {
      const value = result + uncertainty * random.normal();
      if (value >= 0) drawn.push(value);
    }
    drawn.sort((a, b) => a - b);
    const mean = drawn.reduce((sum, x) => sum + x, 0) / trials;
    const spread = Math.sqrt(drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / trials);
    const { value, error, low, high } = bestEstimate(result, uncertainty);
    assert.ok(Math.abs(value - mean) < 0.02 && Math.abs(error - spread) < 0.02, `${result}: ${value} ${mean}`);
    assert.ok(
      Math.abs(low - drawn[Math.floor(0.025 * trials)]!) < 0.02 &&
        Math.abs(high - drawn[Math.floor(0.975 * trials)]!) < 0.04,
    );
  }
  const far = bestEstimate(-40, 1);
  assert.ok(far.value > 0 && far.low > 0 && far.high > far.value && far.high < 0.2);
});
