import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { decodePulseHeightData } from "@harken/formats";
import { referenceTest, testScale } from "@harken/testing";
import { decayPerSec, type XenonIsotope, xenonIsotopes } from "../xenon/isotopes.ts";
import { analyseBetaGamma } from "./analyse.ts";
import { analyseSequentially } from "./sequential.ts";
import { noActivity, simulateSample, type TrueActivities } from "./simulatedSample.ts";

const sampleTimes = { startTime: 30_000, realSec: 40_500, liveSec: 40_000 };
const gasTimes = { startTime: 0, realSec: 25_300, liveSec: 25_000 };
const emptyTimes = { startTime: -900_000, realSec: 402_000, liveSec: 400_000 };

test("radon and Xe-133 over memory and background: unbiased in the mean, errors as wide as the scatter", (t) => {
  const truth: TrueActivities = { radon: 0.06, xe135: 0.03, xe133: 0.1, xe131m: 0, xe133m: 0 };
  const memory: TrueActivities = { ...noActivity, xe133: 0.06, radon: 0.02 };
  const elapsed = sampleTimes.startTime - gasTimes.startTime;
  const inCell: TrueActivities = {
    ...truth,
    radon: truth.radon + memory.radon * Math.exp(-decayPerSec["Rn-222"] * elapsed),
    xe133: truth.xe133 + memory.xe133 * Math.exp(-decayPerSec["Xe-133"] * elapsed),
  };
  const expected: Partial<Record<XenonIsotope, number>> = { "Xe-135": 0.03, "Xe-133": 0.1, "Xe-131m": 0, "Xe-133m": 0 };
  const count = testScale(3000, 400);
  const pulls: Record<string, number[]> = {};
  for (let i = 0; i < count; i++) {
    const random = randomStream(i, "sequential");
    const make = (activities: TrueActivities, times: typeof sampleTimes) =>
      simulateSample({ ...times, truth: activities, backgroundPerSec: 0.003 }, random);
    const result = analyseSequentially({
      sample: make(inCell, sampleTimes),
      gasBackground: make(memory, gasTimes),
      detectorBackground: make(noActivity, emptyTimes),
    });
    assert.ok(result.ok);
    for (const isotope of xenonIsotopes) {
      const { activityBq, activityErrorBq } = result.isotopes[isotope];
      pulls[isotope] = [...(pulls[isotope] ?? []), (activityBq - expected[isotope]!) / activityErrorBq];
    }
  }
  for (const isotope of xenonIsotopes) {
    const all = pulls[isotope]!;
    const mean = all.reduce((sum, p) => sum + p, 0) / count;
    const spread = Math.sqrt(all.reduce((sum, p) => sum + (p - mean) ** 2, 0) / count);
    t.diagnostic(`${isotope}: mean pull ${mean.toFixed(2)}, spread ${spread.toFixed(2)}`);
    assert.ok(Math.abs(mean) < 0.1 + 4 / Math.sqrt(count), isotope);
    assert.ok(spread > 0.85 && spread < 1.15, isotope);
  }
});

referenceTest(
  "real messages: the same as the simultaneous method where nothing else is in a region",
  ["radionuclide/beta-gamma"],
  (_t, [path]) => {
    for (const name of ["SAMPLE20211203070613605.PHD", "SAMPLE20211203073116637.PHD", "SPIKE20211228080107855.PHD"]) {
      const [sample] = decodePulseHeightData(readFileSync(join(path!, name))).items;
      const input = { sample: sample!, gasBackground: null, detectorBackground: null };
      const [one, all] = [analyseSequentially(input), analyseBetaGamma(input)];
      assert.ok(one.ok && all.ok);
      for (const { region, gross } of one.regions)
        assert.equal(gross, all.regions.find((r) => r.region === region)!.gross);
      // Regions 1, 2, 3 and 5, 6 have the same equations in both; only Xe-133 is taken from 81 keV alone here.
      for (const isotope of ["Xe-135", "Xe-131m", "Xe-133m"] as const)
        assert.ok(
          Math.abs(one.isotopes[isotope].activityBq - all.isotopes[isotope].activityBq) <
            1e-9 * (1 + Math.abs(all.isotopes[isotope].activityBq)),
          `${name} ${isotope}`,
        );
    }
  },
);

test("nothing there: 5 % of samples are above the decision limit, whose variance holds both backgrounds", (t) => {
  const count = testScale(3000, 600);
  const above: Partial<Record<XenonIsotope, number>> = {};
  for (let i = 0; i < count; i++) {
    const random = randomStream(i, "sequential, nothing");
    const make = (times: typeof sampleTimes) =>
      simulateSample({ ...times, truth: noActivity, backgroundPerSec: 0.004 }, random);
    const result = analyseSequentially({
      sample: make(sampleTimes),
      gasBackground: make(gasTimes),
      detectorBackground: make(emptyTimes),
    });
    assert.ok(result.ok);
    for (const isotope of xenonIsotopes)
      above[isotope] = (above[isotope] ?? 0) + (result.isotopes[isotope].detected ? 1 : 0);
  }
  for (const isotope of xenonIsotopes) {
    const share = (above[isotope] ?? 0) / count;
    t.diagnostic(`${isotope}: ${(100 * share).toFixed(1)} %`);
    assert.ok(Math.abs(share - 0.05) < 0.01 + 4 * Math.sqrt((0.05 * 0.95) / count), `${isotope}: ${share}`);
  }
});

test("the error of a ratio is that of the radon counts that it takes off", () => {
  const truth = { ...noActivity, radon: 1 };
  const sample = simulateSample({ ...sampleTimes, truth, backgroundPerSec: 0.001 }, randomStream(4));
  const net = (error: number) => {
    const ratios = sample.ratios.map((ratio) => (ratio.name === "1:2" ? { ...ratio, error } : ratio));
    const result = analyseSequentially({
      sample: { ...sample, ratios },
      gasBackground: null,
      detectorBackground: null,
    });
    assert.ok(result.ok);
    return result.regions;
  };
  const [plain, uncertain] = [net(0), net(0.05)];
  const added = uncertain[1]!.netError ** 2 - plain[1]!.netError ** 2;
  assert.ok(Math.abs(added / (0.05 * plain[0]!.net) ** 2 - 1) < 1e-9);
  assert.ok(uncertain[1]!.criticalLevel > plain[1]!.criticalLevel);
  assert.deepEqual(uncertain[2], plain[2]);
});

test("what is missing gets a reason", () => {
  const sample = simulateSample({ ...sampleTimes, truth: noActivity, backgroundPerSec: 0.01 }, randomStream(1));
  const result = analyseSequentially({
    sample: { ...sample, histogram: null },
    gasBackground: null,
    detectorBackground: null,
  });
  assert.ok(!result.ok && /histogram/.test(result.reason));
});
