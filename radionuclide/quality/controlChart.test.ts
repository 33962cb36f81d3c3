/** Control charts against the worked example of the NIST/SEMATECH handbook and the published run lengths of Champ and Woodall (1987). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { testScale } from "@harken/testing";
import { type ControlRule, controlChart, controlRules, defaultControlSettings } from "./controlChart.ts";

test("the individuals chart of the NIST/SEMATECH handbook (6.3.2.2, flow rates): centre 50.81, limits 45.8159 and 55.8041", () => {
  const { limits, alarms } = controlChart([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1], {
    ...defaultControlSettings,
    referenceCount: 10,
  });
  assert.ok(Math.abs(limits!.centre - 50.81) < 1e-9);
  // The handbook divides by 1.128, which 2 / sqrt(pi) is to four digits.
  assert.ok(
    Math.abs(limits!.low - 45.8159) < 0.003 && Math.abs(limits!.high - 55.8041) < 0.003,
    JSON.stringify(limits),
  );
  assert.ok(alarms.every((rules) => !rules.includes("beyond 3 sd")));
});

const known = { centre: 0, spread: 1 };
const told = (...values: number[]) => controlChart(values, defaultControlSettings, known).alarms.at(-1);

test("each rule at its edge", () => {
  assert.deepEqual(told(3.1), ["beyond 3 sd"]);
  assert.deepEqual(told(2.9), []);
  assert.deepEqual(told(2.1, 0, 2.1), ["2 of 3 beyond 2 sd"]);
  assert.deepEqual(told(2.1, 0, 0, 2.1), []);
  assert.deepEqual(told(2.1, 0, -2.1), [], "not on one side");
  assert.deepEqual(told(1.1, 1.2, 0.5, 1.1, 1.3), ["4 of 5 beyond 1 sd"]);
  assert.deepEqual(told(1.1, 1.2, 0.5, -1.1, 1.3), []);
  assert.deepEqual(told(-0.2, -0.1, -0.3, -0.2, -0.4, -0.1, -0.2, -0.1), ["8 on one side"]);
  assert.deepEqual(told(-0.2, -0.1, -0.3, 0.2, -0.4, -0.1, -0.2, -0.1), []);
  assert.deepEqual(told(-0.3, -0.2, -0.1, 0.1, 0.2, 0.3), ["trend of 6"]);
  assert.deepEqual(told(-0.3, -0.2, -0.1, 0.1, 0.2, 0.2), []);
});

test("too few values, or values without any spread, make no limits", () => {
  assert.equal(controlChart([1, 2, 3, 2, 1, 2, 3]).limits, null);
  assert.equal(controlChart(new Array<number>(20).fill(5)).limits, null);
  assert.deepEqual(controlChart([]), { limits: null, alarms: [] });
});

/** Mean number of values in control until the first alarm, and its standard error. */
function runLength(rules: readonly ControlRule[], runs: number) {
  const random = randomStream(4, "chart");
  const lengths = Array.from({ length: runs }, () => {
    const last: number[] = [];
    for (let n = 1; ; n++) {
      last.push(random.normal());
      if (last.length > 8) last.shift();
      if (controlChart(last, { ...defaultControlSettings, rules }, known).alarms.at(-1)!.length > 0) return n;
    }
  });
  const mean = lengths.reduce((sum, n) => sum + n, 0) / runs;
  return { mean, error: Math.sqrt(lengths.reduce((sum, n) => sum + (n - mean) ** 2, 0)) / runs };
}

test("false alarms: mean run lengths of 370.4 by the limits alone and 91.75 by Western Electric's four rules (Champ and Woodall 1987)", () => {
  const runs = testScale(5000, 300);
  for (const [rules, expected] of [
    [controlRules.slice(0, 1), 370.4],
    [controlRules.slice(0, 4), 91.75],
  ] as const) {
    const { mean, error } = runLength(rules, runs);
    assert.ok(Math.abs(mean - expected) < 3.5 * error, `${rules.length} rules: ${mean} +- ${error}`);
  }
});
