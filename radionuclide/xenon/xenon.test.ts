import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { testScale } from "@harken/testing";
import { withoutDecayCorrection } from "./decayCorrection.ts";
import { ingrowthFromXe133m } from "./ingrowth.ts";
import { type XenonIsotope, xenonIsotopes } from "./isotopes.ts";
import { fieller, type IsotopicRatio, isotopicRatios } from "./ratios.ts";
import { type ActivityEstimate, xenonReport } from "./results.ts";
import { defaultXenonScreening, screenXenon } from "./screening.ts";

const near = (value: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(value - expected) < tolerance, `${value} against ${expected}`);

test("activities without decay correction: the IDC's values for a sample of 84600, 3600 and 86460 s", () => {
  const times = { collectionSec: 84_600, waitSec: 3600, acquisitionSec: 86_460 };
  const plain = withoutDecayCorrection(
    { "Xe-131m": 1.061635915, "Xe-133": 112.7781, "Xe-133m": 13.74831626, "Xe-135": 5.053032873 },
    times,
  );
  near(plain["Xe-131m"], 1, 1e-8);
  near(plain["Xe-133"], 99.9843, 5e-5);
  near(plain["Xe-133m"], 10, 1e-8);
  near(plain["Xe-135"], 1.00601, 5e-6);
});

test("Fieller's limits: those of the numerator where the denominator is certain, unbounded where it may be zero", () => {
  const certain = fieller(6, 2, 0.25, 0, 0, 2);
  near(certain.lower!, 2.5, 1e-12);
  near(certain.upper!, 3.5, 1e-12);
  assert.deepEqual(fieller(0.1, 0.1, 1, 1, 0), { lower: null, upper: null });
  const unbounded = fieller(10, 1, 1, 1, 0);
  assert.ok(unbounded.lower! > 1 && unbounded.upper === null);
  assert.deepEqual(fieller(1, -3, 0.1, 0.1, 0), { lower: null, upper: null });
});

test("Fieller's limits hold the true ratio in 95 % of draws, with a denominator of three standard errors", () => {
  const [x, y, xSigma, ySigma, correlation] = [8, 3, 1.5, 1, 0.4];
  const count = testScale(100_000, 10_000);
  const random = randomStream(1, "fieller");
  let inside = 0;
  for (let i = 0; i < count; i++) {
    const [p, q] = [random.normal(), random.normal()];
    const drawnX = x + xSigma * p;
    const drawnY = y + ySigma * (correlation * p + Math.sqrt(1 - correlation ** 2) * q);
    const { lower, upper } = fieller(drawnX, drawnY, xSigma ** 2, ySigma ** 2, correlation * xSigma * ySigma);
    const ratio = x / y;
    if ((lower === null || ratio >= lower) && (upper === null || ratio <= upper)) inside++;
  }
  near(inside / count, 0.95, 0.01);
});

const sample = {
  collection: { startTime: 0, stopTime: 43_200, airVolumeM3: 20 },
  acquisition: { startTime: 60_000, realSec: 40_000, liveSec: 40_000 },
  processing: { xenonVolumeMl: 0.87, xenonVolumeErrorMl: 0, yieldFraction: 1, yieldError: 0, archiveBottle: "" },
};
const estimates = (values: readonly number[], criticalLevel = 0.01) =>
  Object.fromEntries(
    xenonIsotopes.map((isotope, i): [XenonIsotope, ActivityEstimate] => [
      isotope,
      { value: values[i]!, countingError: 0.005, criticalLevel, detectable: 0.03 },
    ]),
  ) as Record<XenonIsotope, ActivityEstimate>;
const diagonal = (variance: number) =>
  xenonIsotopes.map((_, i) => xenonIsotopes.map((_, j) => (i === j ? variance : 0)));

test("what grew in is taken off Xe-133, and its error is handed on with its covariance", () => {
  const report = xenonReport(sample, estimates([0, 1, 0.5, 0]), diagonal(0.0004));
  const xi = ingrowthFromXe133m({ collectionSec: 43_200, waitSec: 16_800 });
  near(report.isotopes["Xe-133"].activityBq, 1 - 0.5 * xi, 1e-12);
  near(report.covariance[1]![1]!, 0.0004 * (1 + xi * xi), 1e-12);
  near(report.covariance[1]![2]!, -0.0004 * xi, 1e-12);
  near(report.isotopes["Xe-131m"].concentrationMBqPerM3!, 0, 1e-12);
  assert.match(report.remarks.join(), /grew in from Xe-133m/);
  // 0.1 m3 of xenon's air in 0.87 ml is 10 m3; Xe-131m hardly decays.
  const steady = xenonReport(sample, estimates([1, 0, 0, 0]), diagonal(0.0001));
  near(steady.isotopes["Xe-131m"].concentrationMBqPerM3!, 100, 3);
});

test("an activity far below zero is told: something that was taken off does not fit", () => {
  const report = xenonReport(sample, estimates([0, 0, 0, -0.2]), diagonal(0.0004));
  assert.match(report.remarks.join(), /Xe-135 is 10\.0 standard errors below zero/);
});

const told = (name: string, ratio: number, spread = 1.01): IsotopicRatio => {
  const [numerator, denominator] = name.split("/") as [XenonIsotope, XenonIsotope];
  return { name, numerator, denominator, ratio, lower: ratio / spread, upper: ratio * spread };
};

test("screening planes: above each line speaks for an explosion, below it for a reactor, across it for neither", () => {
  for (const { x, y, factor, power } of defaultXenonScreening.lines) {
    const at = 30;
    const onLine = factor * at ** power;
    const outcome = (times: number, spread: number) =>
      screenXenon([told(x, at), told(y, onLine * times, spread)], {
        thresholds: [],
        lines: [{ x, y, factor, power }],
      })[0]!.outcome;
    assert.equal(outcome(2, 1.01), "explosion");
    assert.equal(outcome(0.5, 1.01), "reactor");
    assert.equal(outcome(1.2, 2), null);
  }
});

test("screening thresholds: a ratio decides with its whole interval; without isotopes nothing is decided", () => {
  const outcome = (values: readonly number[], variance: number, asked: string) => {
    const report = xenonReport({ ...sample, collection: null }, estimates(values), diagonal(variance));
    return screenXenon(isotopicRatios(report)).find((flag) => flag.test === asked)!.outcome;
  };
  const asked = "Xe-133m/Xe-133 above 0.3";
  assert.equal(outcome([0, 50, 40, 0], 1e-6, asked), "explosion");
  assert.equal(outcome([0, 100, 3, 0], 1e-6, asked), "reactor");
  assert.equal(outcome([0, 0.02, 0.02, 0], 1e-4, asked), null);
  assert.equal(outcome([0, 0, 0, 0], 1e-4, asked), null);
});
