/**
 * Learning against the truth of a simulated world and closed forms: b-value, rates, residual scales and detection thresholds come out as they
 * were put in, and the logistic fit as its own data were drawn.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { arrivalWorldVariants, createArrivalWorld, referenceBulletin } from "@harken/simulator";
import { testScale } from "@harken/testing";
import { defaultPriors, readPriors } from "../priors.ts";
import { fitLaplace } from "./laplace.ts";
import { learnPriors } from "./learnPriors.ts";
import { fitLogistic } from "./logisticRegression.ts";

test("a Laplace distribution with wild values comes out as it was drawn", () => {
  const random = randomStream(1, "laplace");
  const residuals = Array.from({ length: 3000 }, () => {
    const wild = random.uniform() < 0.07;
    const sign = random.uniform() < 0.5 ? -1 : 1;
    return { value: wild ? 20 * random.uniform() - 10 : 0.3 + sign * 0.8 * random.exponential(), error: 1 };
  });
  const fit = fitLaplace(residuals, 20, (scale, error) => scale * error, false);
  assert.ok(Math.abs(fit.location - 0.3) < 0.08, `${fit.location}`);
  assert.ok(Math.abs(fit.scale - 0.8) < 0.12, `${fit.scale}`);
  assert.ok(fit.wildShare >= 0.04 && fit.wildShare <= 0.12, `${fit.wildShare}`);
});

test("a logistic curve with offsets of groups comes out as it was drawn", () => {
  const random = randomStream(2, "logistic");
  const n = 20_000;
  const features = new Float64Array(2 * n);
  const group = new Int32Array(n);
  const seen = new Uint8Array(n);
  const offsets = [-1, 0, 1];
  for (let i = 0; i < n; i++) {
    const x = 2 * random.normal();
    features.set([1, x], 2 * i);
    group[i] = i % 3;
    seen[i] = random.uniform() < 1 / (1 + Math.exp(-(-0.5 + 1.5 * x + offsets[i % 3]!))) ? 1 : 0;
  }
  const fit = fitLogistic({ features, width: 2, group, seen }, 3, [0.01, 0.01], 0.01);
  assert.ok(Math.abs(fit.coefficients[1]! - 1.5) < 0.06, `${fit.coefficients}`);
  offsets.forEach((offset, g) => {
    assert.ok(Math.abs(fit.offsets[g]! + fit.coefficients[0]! - (offset - 0.5)) < 0.1, `${fit.offsets}`);
  });
});

test("priors of a simulated world are those of the world", () => {
  const earth = createEarthModel("ak135");
  const config = { ...arrivalWorldVariants.usual, days: testScale(20, 3), seed: 8 };
  const world = createArrivalWorld(config, earth);
  const bulletin = referenceBulletin(world, 3);
  const priors = learnPriors(bulletin, world.stations, earth, { name: "test", learnedFrom: "a world" });
  const { bValue, perDay, minMagnitude } = priors.seismicity;
  assert.ok(Math.abs(bValue - 1) < 0.2, `b ${bValue}`);
  const above4 = perDay * 10 ** (-bValue * (4 - minMagnitude));
  assert.ok(above4 > 0.7 * config.eventsPerDay && above4 < 1.4 * config.eventsPerDay, `${above4} a day`);
  const { time, detection, amplitude } = priors.phases.P!;
  assert.ok(time.scale > 0.4 && time.scale < 1.5, `${time.scale}`);
  assert.ok(Math.abs(amplitude.mean) < 0.15, `${amplitude.mean}`);
  assert.ok(detection.slope > 2);
  assert.ok(priors.kinds.array.falsePerHour > priors.kinds.single.falsePerHour);
  assert.deepEqual(readPriors(JSON.parse(JSON.stringify(priors))), priors);
});

test("the priors that come with the program are whole, and others are refused with the reason", () => {
  assert.equal(readPriors(defaultPriors), defaultPriors);
  assert.match(String(readPriors({ format: "x" })), /format/);
  assert.match(String(readPriors({ ...defaultPriors, version: 7 })), /version 7/);
  assert.match(String(readPriors({ ...defaultPriors, kinds: undefined })), /missing/);
  assert.match(String(readPriors(3)), /JSON object/);
});
