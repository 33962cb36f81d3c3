import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type PulseHeightData, type RegionEdit, randomStream } from "@harken/core";
import { decodePulseHeightData } from "@harken/formats";
import { referenceTest, testScale } from "@harken/testing";
import { truncatedMean } from "../gamma/truncatedMean.ts";
import { ingrowthFromXe133m } from "../xenon/ingrowth.ts";
import { decayPerSec, type XenonIsotope, xenonIsotopes } from "../xenon/isotopes.ts";
import { analyseBetaGamma } from "./analyse.ts";
import { invert } from "./invert.ts";
import { progenyLag } from "./radonProgeny.ts";
import { type ChannelRegion, channelRegions, countsIn } from "./regions.ts";
import { noActivity, simulateSample, type TrueActivities } from "./simulatedSample.ts";

const folder = "radionuclide/beta-gamma";

function load(path: string, name: string): PulseHeightData {
  return decodePulseHeightData(readFileSync(join(path, name))).items[0]!;
}

referenceTest("gross counts of the ten regions of four real messages, exactly as stored", [folder], (_t, [path]) => {
  const stored = JSON.parse(readFileSync(join(path!, "roi_gross_counts.json"), "utf8")) as Record<
    string,
    { roi: Record<string, { chan: number[]; gross: number }> }
  >;
  let compared = 0;
  for (const [name, { roi }] of Object.entries(stored)) {
    const data = load(path!, name);
    const regions = channelRegions(data);
    assert.ok(typeof regions !== "string");
    for (const [region, { chan, gross }] of Object.entries(roi)) {
      const limits: ChannelRegion = regions.get(Number(region))!;
      assert.deepEqual(
        [limits.betaFrom, limits.betaTo, limits.gammaFrom, limits.gammaTo],
        chan,
        `${name} region ${region}`,
      );
      assert.equal(countsIn(data.histogram!, limits), gross, `${name} region ${region}`);
      compared++;
    }
  }
  assert.equal(compared, 40);
});

referenceTest("a Xe-133 source shows Xe-133, a radon spike no Xe-131m, Xe-133 or Xe-133m", [folder], (t, [path]) => {
  const analyse = (name: string) => {
    const result = analyseBetaGamma({ sample: load(path!, name), gasBackground: null, detectorBackground: null });
    assert.ok(result.ok);
    return result;
  };
  const source = analyse("SPIKE20190502222812845.PHD");
  assert.ok(source.isotopes["Xe-133"].activityBq > 10 * source.isotopes["Xe-133"].criticalLevelBq);
  assert.ok(!source.isotopes["Xe-131m"].detected && !source.isotopes["Xe-133m"].detected);
  const spike = analyse("SPIKE20211228080107855.PHD");
  assert.ok(spike.radonBq > 100);
  for (const isotope of xenonIsotopes) {
    const { activityBq, activityErrorBq, detected } = spike.isotopes[isotope];
    t.diagnostic(`${isotope}: ${activityBq.toFixed(2)} +- ${activityErrorBq.toFixed(2)} Bq`);
    assert.equal(detected, false, `${isotope} is not claimed under ${spike.radonBq.toFixed(0)} Bq of radon`);
    assert.ok(Math.abs(activityBq) < 2 * activityErrorBq, isotope);
  }
  assert.ok(spike.remarks.every((remark) => !/below zero/.test(remark)));
});

referenceTest(
  "the radon spike's own nine ratios lie below the stated ones by no more than the daughters lag",
  [folder],
  (t, [path]) => {
    const { ratios, acquisition } = load(path!, "SPIKE20211228080107855.PHD");
    const gross = JSON.parse(readFileSync(join(path!, "roi_gross_counts.json"), "utf8"))["SPIKE20211228080107855.PHD"]
      .roi;
    const lag = progenyLag(acquisition!.realSec);
    const own = ratios.filter(({ upperRegion }) => upperRegion === 1);
    assert.equal(own.length, 9);
    for (const { lowerRegion, ratio, error } of own) {
      const found = gross[lowerRegion].gross / gross[1].gross;
      t.diagnostic(`1 to ${lowerRegion}: stated ${ratio} +- ${error}, own ${found.toFixed(4)}`);
      assert.ok(found < ratio + 2 * error && found > ratio * (1 - lag) - 2 * error, `${lowerRegion}`);
    }
  },
);

test("radon's daughters: the lag of Bi-214 behind Pb-214 against small steps of the decay equations", () => {
  const [po, pb, bi] = [3.071, 26.916, 19.8].map((minutes) => Math.LN2 / (60 * minutes)) as [number, number, number];
  // Atoms of each, of one becquerel of radon that does not fade within hours.
  const atoms = { po: 0, pb: 0, bi: 0 };
  const decays = { pb: 0, bi: 0 };
  const step = 0.5;
  const radon = Math.LN2 / (3.8232 * 86_400);
  for (let t = 0; t < 7232; t += step) {
    const [a, b, c] = [po * atoms.po * step, pb * atoms.pb * step, bi * atoms.bi * step];
    atoms.po += Math.exp(-radon * t) * step - a;
    atoms.pb += a - b;
    atoms.bi += b - c;
    decays.pb += b;
    decays.bi += c;
  }
  assert.ok(Math.abs(progenyLag(7232) - (1 - decays.bi / decays.pb)) < 2e-3);
  // Long countings see equilibrium.
  assert.ok(progenyLag(86_400) < 0.02 && progenyLag(600) > 0.85);
});

const sampleTimes = { startTime: 30_000, realSec: 40_500, liveSec: 40_000 };
const gasTimes = { startTime: 0, realSec: 25_300, liveSec: 25_000 };
const emptyTimes = { startTime: -900_000, realSec: 402_000, liveSec: 400_000 };

/** Many samples of one truth: each with its own gas background (memory) and one long measurement of the empty detector. */
function* trials(truth: TrueActivities, memory: TrueActivities, backgroundPerSec: number, count: number) {
  for (let i = 0; i < count; i++) {
    const random = randomStream(i, "beta-gamma", backgroundPerSec);
    const elapsed = sampleTimes.startTime - gasTimes.startTime;
    const left = (lambda: number, bq: number) => bq * Math.exp(-lambda * elapsed);
    const inCell: TrueActivities = {
      radon: truth.radon + left(decayPerSec["Rn-222"], memory.radon),
      xe135: truth.xe135 + left(decayPerSec["Xe-135"], memory.xe135),
      xe133: truth.xe133 + left(decayPerSec["Xe-133"], memory.xe133),
      xe131m: truth.xe131m + left(decayPerSec["Xe-131m"], memory.xe131m),
      xe133m: truth.xe133m + left(decayPerSec["Xe-133m"], memory.xe133m),
    };
    const result = analyseBetaGamma({
      sample: simulateSample({ ...sampleTimes, truth: inCell, backgroundPerSec }, random),
      gasBackground: simulateSample({ ...gasTimes, truth: memory, backgroundPerSec }, random),
      detectorBackground: simulateSample({ ...emptyTimes, truth: noActivity, backgroundPerSec }, random),
    });
    assert.ok(result.ok);
    yield result;
  }
}

const COUNT = testScale(10_000, 1_500);
/** Four standard errors of a share near 5 % among the trials. */
const slack = 4 * Math.sqrt((0.05 * 0.95) / COUNT);
const trueOf = (truth: TrueActivities): Record<XenonIsotope, number> => ({
  "Xe-131m": truth.xe131m,
  "Xe-133": truth.xe133,
  "Xe-133m": truth.xe133m,
  "Xe-135": truth.xe135,
});

test("95 % intervals of each isotope and 95 % ellipses of all pairs hold the truth in 95 % of simulated samples with memory", (t) => {
  const truth: TrueActivities = { radon: 0.05, xe135: 0.03, xe133: 0.08, xe131m: 0.02, xe133m: 0.03 };
  const memory: TrueActivities = { radon: 0.02, xe135: 0.02, xe133: 0.05, xe131m: 0.01, xe133m: 0.01 };
  const inside: Record<string, number> = {};
  const sums: Record<string, number> = {};
  const expected = trueOf(truth);
  const pairs = xenonIsotopes.flatMap((p, i) => xenonIsotopes.slice(i + 1).map((q) => [p, q] as const));
  const pairsInside = pairs.map(() => 0);
  for (const result of trials(truth, memory, 0.002, COUNT)) {
    pairs.forEach(([p, q], k) => {
      const [i, j] = [xenonIsotopes.indexOf(p), xenonIsotopes.indexOf(q)];
      const at = (a: number, b: number) => result.covariance[a]![b]!;
      const [x, y] = [p, q].map((isotope) => result.isotopes[isotope].activityBq - expected[isotope]) as [
        number,
        number,
      ];
      const determinant = at(i, i) * at(j, j) - at(i, j) ** 2;
      const distance = (x * x * at(j, j) - 2 * x * y * at(i, j) + y * y * at(i, i)) / determinant;
      if (distance < 5.991) pairsInside[k]!++;
    });
    for (const isotope of xenonIsotopes) {
      const { activityBq, countingErrorBq } = result.isotopes[isotope];
      inside[isotope] =
        (inside[isotope] ?? 0) + (Math.abs(activityBq - expected[isotope]) < 1.96 * countingErrorBq ? 1 : 0);
      sums[isotope] = (sums[isotope] ?? 0) + activityBq / COUNT;
    }
  }
  t.diagnostic(pairs.map(([p, q], k) => `${p}, ${q} ${((100 * pairsInside[k]!) / COUNT).toFixed(1)} %`).join("; "));
  for (const inBoth of pairsInside) assert.ok(Math.abs(inBoth / COUNT - 0.95) < 0.02 + slack);
  for (const isotope of xenonIsotopes) {
    const share = inside[isotope]! / COUNT;
    t.diagnostic(
      `${isotope}: ${(100 * share).toFixed(1)} % inside, mean ${sums[isotope]!.toFixed(4)} Bq of ${expected[isotope]}`,
    );
    assert.ok(Math.abs(share - 0.95) < 0.02 + slack, `${isotope}: ${share}`);
    assert.ok(Math.abs(sums[isotope]! / expected[isotope] - 1) < 0.03, `${isotope}: mean ${sums[isotope]}`);
  }
});

test("nothing there: 5 % of samples are above the decision limit where the background holds more than 50 counts", (t) => {
  const above: Record<string, number> = {};
  for (const result of trials(noActivity, noActivity, 0.004, COUNT))
    for (const isotope of xenonIsotopes)
      above[isotope] = (above[isotope] ?? 0) + (result.isotopes[isotope].detected ? 1 : 0);
  for (const isotope of xenonIsotopes) {
    const share = (above[isotope] ?? 0) / COUNT;
    t.diagnostic(`${isotope}: ${(100 * share).toFixed(2)} % false positives`);
    assert.ok(Math.abs(share - 0.05) < 0.01 + slack, `${isotope}: ${share}`);
  }
});

test("an activity at the least detectable level is found in 95 % of samples", (t) => {
  const [reference] = trials(noActivity, noActivity, 0.004, 1);
  const truth = { ...noActivity, xe133m: reference!.isotopes["Xe-133m"].detectableBq };
  let found = 0;
  for (const result of trials(truth, noActivity, 0.004, COUNT)) found += result.isotopes["Xe-133m"].detected ? 1 : 0;
  t.diagnostic(`${((100 * found) / COUNT).toFixed(1)} % found`);
  assert.ok(Math.abs(found / COUNT - 0.95) < 0.02 + slack);
});

test("in-growth of Xe-133 from Xe-133m: the closed form against small steps", () => {
  const [collectionSec, waitSec] = [43_200, 20_000];
  const [l1, l2] = [decayPerSec["Xe-133m"], decayPerSec["Xe-133"]];
  let [parent, daughter] = [0, 0];
  const step = 2;
  for (let t = 0; t < collectionSec + waitSec; t += step) {
    const decays = l1 * parent * step;
    daughter += decays - l2 * daughter * step;
    parent += (t < collectionSec ? step : 0) - decays;
  }
  const ratio = (l2 * daughter) / (l1 * parent);
  assert.ok(Math.abs(ingrowthFromXe133m({ collectionSec, waitSec }) / ratio - 1) < 1e-3);
});

test("mean of a normal cut off at zero: published values, and sums over its density far below zero", () => {
  assert.ok(Math.abs(truncatedMean(0, 1) - Math.sqrt(2 / Math.PI)) < 1e-6);
  assert.ok(Math.abs(truncatedMean(10, 1) - 10) < 1e-6);
  // Sums over the density itself, of which exp(z x - x^2 / 2) is left once what cancels is taken out.
  for (const z of [-4, -7.9, -8.1, -20]) {
    let [mass, moment] = [0, 0];
    for (let x = 5e-6; x < 10; x += 1e-5) {
      const density = Math.exp(z * x - 0.5 * x * x);
      mass += density;
      moment += x * density;
    }
    assert.ok(Math.abs(truncatedMean(z, 1) / (moment / mass) - 1) < 1e-4, `${z}`);
  }
});

test("an inverse times its matrix is the identity; a singular matrix has none", () => {
  const random = randomStream(1, "invert");
  const n = 12;
  const a = Float64Array.from({ length: n * n }, () => random.normal());
  const b = invert(a, n)!;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k]! * b[k * n + j]!;
      assert.ok(Math.abs(sum - (i === j ? 1 : 0)) < 1e-9);
    }
  assert.equal(invert(Float64Array.from([1, 2, 2, 4]), 2), null);
});

test("a message that lacks what is needed gets a reason", () => {
  const sample = simulateSample({ ...sampleTimes, truth: noActivity, backgroundPerSec: 0.01 }, randomStream(1));
  const reason = (changed: Partial<PulseHeightData>) => {
    const result = analyseBetaGamma({
      sample: { ...sample, ...changed },
      gasBackground: null,
      detectorBackground: null,
    });
    return result.ok ? "" : result.reason;
  };
  assert.match(reason({ histogram: null }), /histogram/);
  assert.match(reason({ acquisition: null }), /acquisition/);
  assert.match(reason({ channelRegions: [] }), /calibration/);
  assert.match(reason({ ratios: [] }), /ratio of region 1 to 2/);
  assert.match(reason({ regionEfficiencies: sample.regionEfficiencies.slice(1) }), /efficiency of region 2/);
});

test("counts that an analyst gave belong to the limits before: new limits count anew", () => {
  const sample = simulateSample(
    { ...sampleTimes, truth: { ...noActivity, xe133: 0.1 }, backgroundPerSec: 0.01 },
    randomStream(3),
  );
  const limits = (channelRegions(sample) as ReadonlyMap<number, ChannelRegion>).get(3)!;
  const counted: RegionEdit = { kind: "regionCounts", region: 3, gross: 9 };
  const grossOf = (edits: readonly RegionEdit[]) => {
    const result = analyseBetaGamma({ sample, gasBackground: null, detectorBackground: null, edits });
    assert.ok(result.ok);
    return result.regions.find(({ region }) => region === 3)!.gross;
  };
  const again: RegionEdit = { kind: "regionLimits", region: 3, ...limits };
  assert.equal(grossOf([again, counted]), 9);
  assert.equal(grossOf([counted, again]), grossOf([]));
});

test("a gas background needs no calibration of its own: regions and efficiencies are the sample's", () => {
  const random = randomStream(2);
  const truth = { ...noActivity, xe133: 0.1 };
  const sample = simulateSample({ ...sampleTimes, truth, backgroundPerSec: 0.01 }, random);
  const gas = simulateSample({ ...gasTimes, truth, backgroundPerSec: 0.01 }, random);
  const bare = { ...gas, channelRegions: [], regionEfficiencies: [], ratios: [] };
  const [plain, without] = [gas, bare].map((gasBackground) =>
    analyseBetaGamma({ sample, gasBackground, detectorBackground: null }),
  );
  assert.ok(plain!.ok && without!.ok);
  assert.deepEqual(without, plain);
});

referenceTest(
  "an analyst's region limits and counts: gross counts by the rectangle, activities by the net counts",
  [folder],
  (_t, [path]) => {
    const sample = load(path!, "SPIKE20190502222812845.PHD");
    const analyse = (edits: readonly RegionEdit[]) => {
      const result = analyseBetaGamma({ sample, gasBackground: null, detectorBackground: null, edits });
      assert.ok(result.ok);
      return result;
    };
    const plain = analyse([]);
    const grossOf = ({ regions }: typeof plain, wanted: number) =>
      regions.find(({ region }) => region === wanted)!.gross;
    const limits = (channelRegions(sample) as ReadonlyMap<number, ChannelRegion>).get(3)!;
    const same = analyse([{ kind: "regionLimits", region: 3, ...limits }]);
    assert.deepEqual(same.isotopes, plain.isotopes);
    assert.match(same.remarks.join(), /limits of region 3 are the analyst's/);
    // One channel narrower: what is gone is that column of the histogram, summed here by hand.
    const narrower = analyse([{ kind: "regionLimits", region: 3, ...limits, betaTo: limits.betaTo - 1 }]);
    let column = 0;
    for (let g = limits.gammaFrom; g < limits.gammaTo; g++)
      column += sample.histogram!.counts[g * sample.histogram!.betaChannels + limits.betaTo - 1]!;
    assert.equal(grossOf(plain, 3) - grossOf(narrower, 3), column);
    // Without any count of radon, Xe-135 is its region's counts over what a becquerel gives there.
    const counted = analyse([
      { kind: "regionCounts", region: 1, gross: 0 },
      { kind: "regionCounts", region: 2, gross: 1000 },
    ]);
    const twice = analyse([
      { kind: "regionCounts", region: 1, gross: 0 },
      { kind: "regionCounts", region: 2, gross: 2000 },
    ]);
    assert.equal(grossOf(counted, 2), 1000);
    const ratio = twice.isotopes["Xe-135"].activityBq / counted.isotopes["Xe-135"].activityBq;
    assert.ok(counted.isotopes["Xe-135"].activityBq > 0 && Math.abs(ratio - 2) < 1e-9, `${ratio}`);
    const refused = analyse([
      { kind: "regionLimits", region: 3, ...limits, gammaTo: limits.gammaFrom },
      { kind: "regionLimits", region: 3, ...limits, betaTo: 100_000 },
      { kind: "regionCounts", region: 77, gross: 1 },
      { kind: "regionCounts", region: 3, gross: -1 },
    ]);
    assert.equal(refused.refused.length, 4);
    assert.deepEqual(refused.isotopes, plain.isotopes);
  },
);
