import assert from "node:assert/strict";
import { test } from "node:test";
import { decayFactor } from "./measurement.ts";

/** Xenon sample of 23.5 h collection, 1 h processing, 24.0 h counting, from the IDC's automatic report: corrected over measured activity. */
const times = { collectionSec: 84_600, waitSec: 3_600, acquisitionSec: 86_460 };
const DAY = 86_400;

for (const [nuclide, halfLifeSec, corrected, measured] of [
  ["Xe-131m", 11.9 * DAY, 1.061635915, 1],
  ["Xe-133m", 2.19 * DAY, 13.74831626, 10],
  ["Xe-135", 9.14 * 3600, 5.053032873, 1.00601],
] as const) {
  test(`${nuclide}: the factor between measured and decay-corrected activity of a real report`, () => {
    const factor = decayFactor({ lambdaPerSec: Math.LN2 / halfLifeSec, ...times });
    assert.ok(Math.abs(factor / (corrected / measured) - 1) < 2e-5, `${factor} against ${corrected / measured}`);
  });
}

test("a stable nuclide needs no correction", () => {
  assert.equal(decayFactor({ lambdaPerSec: 0, ...times }), 1);
});
