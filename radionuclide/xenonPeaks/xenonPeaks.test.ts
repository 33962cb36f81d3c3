/** Spectra of known truth, made photon by photon, which share nothing with the analysis but the decay data. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type PulseHeightData, type RandomStream, randomStream } from "@harken/core";
import { testScale } from "@harken/testing";
import { polynomialEnergy, rootResolution } from "../gamma/calibration.ts";
import { nuclide } from "../nuclides/nuclides.ts";
import { countsAsMessage } from "../particulate/simulatedSample.ts";
import { decayPerSec, type XenonIsotope, xenonIsotopes } from "../xenon/isotopes.ts";
import { analyseXenonPeaks } from "./analyse.ts";

const CHANNELS = 2048;
const KEV_PER_CHANNEL = 0.25;
const efficiencyAt = (keV: number) => 0.12 * Math.exp(-(((Math.log(keV) - Math.log(70)) / 1.6) ** 2));
const calibration = {
  energy: polynomialEnergy([0, KEV_PER_CHANNEL]),
  resolution: rootResolution(0.6, 0.03),
  efficiency: { at: efficiencyAt, relativeError: () => 0.03 },
};
type Activities = Readonly<Partial<Record<XenonIsotope, number>>>;

interface Measurement {
  readonly startTime: number;
  readonly realSec: number;
  readonly liveSec: number;
}
const sampleTimes: Measurement = { startTime: 1_700_040_000, realSec: 40_500, liveSec: 40_000 };
const gasTimes: Measurement = { startTime: 1_700_000_000, realSec: 36_100, liveSec: 36_000 };
const emptyTimes: Measurement = { startTime: 1_699_000_000, realSec: 200_100, liveSec: 200_000 };

/** Photons of the isotopes, lead's X-rays, Pb-214, a continuum that falls, and xenon-like peaks of the detector itself, all a second. */
function measure(
  bq: Activities,
  times: Measurement,
  random: RandomStream,
  detectorXenonBq: Activities = {},
): PulseHeightData {
  const counts = new Int32Array(CHANNELS);
  const peak = (keV: number, expected: number) => {
    const sigma = (0.6 + 0.03 * Math.sqrt(keV)) / 2.354820045;
    for (let n = random.poisson(expected); n > 0; n--)
      counts[Math.round((keV + sigma * random.normal()) / KEV_PER_CHANNEL) - 1]!++;
  };
  for (const isotope of xenonIsotopes) {
    const lambda = decayPerSec[isotope];
    const decays =
      ((bq[isotope] ?? 0) * (-Math.expm1(-lambda * times.realSec) / lambda) * times.liveSec) / times.realSec +
      (detectorXenonBq[isotope] ?? 0) * times.liveSec;
    const { gamma, xray } = nuclide(isotope)!;
    for (const { energyKeV, intensity } of [...gamma, ...xray])
      if (energyKeV < 480) peak(energyKeV, decays * intensity * efficiencyAt(energyKeV));
  }
  for (const [keV, perSec] of [
    [72.81, 0.002],
    [74.97, 0.004],
    [84.9, 0.0015],
    [241.995, 0.002],
  ] as const)
    peak(keV, perSec * times.liveSec);
  for (let i = 0; i < CHANNELS; i++) counts[i]! += random.poisson(0.0012 * Math.exp(-i / 900) * times.liveSec);
  const shell = countsAsMessage(
    { activitiesBq: {}, calibration, channels: CHANNELS, scatteredCounts: 0, scatteredKeV: 1 },
    counts,
  );
  const points = [25, 31, 40, 60, 81, 120, 164, 200, 250, 350].map((energyKeV) => ({
    energyKeV,
    value: efficiencyAt(energyKeV),
    error: 0,
  }));
  return {
    ...shell,
    system: "G",
    collection: { startTime: times.startTime - 60_000, stopTime: times.startTime - 16_800, airVolumeM3: 80 },
    acquisition: times,
    processing: { xenonVolumeMl: 6, xenonVolumeErrorMl: 0.3, yieldFraction: 0.7, yieldError: 0.05, archiveBottle: "" },
    gammaEfficiency: points,
    gammaSpectrum: { firstChannel: 1, spanKeV: 512, counts },
  };
}

const COUNT = testScale(2000, 150);
const slack = (share: number) => 4 * Math.sqrt((share * (1 - share)) / COUNT);

test("memory and the detector's own peaks taken off: unbiased, and 95 % intervals hold the truth", (t) => {
  const truth: Record<XenonIsotope, number> = { "Xe-131m": 0.05, "Xe-133": 0.08, "Xe-133m": 0.04, "Xe-135": 0.05 };
  const memory: Activities = { "Xe-131m": 0.03, "Xe-133": 0.05, "Xe-133m": 0.02 };
  const detectorXenonBq: Activities = { "Xe-133": 0.01 };
  const inside: Record<string, number> = {};
  const mean: Record<string, number> = {};
  for (let i = 0; i < COUNT; i++) {
    const random = randomStream(i, "xenon peaks");
    const left = (isotope: XenonIsotope) =>
      (memory[isotope] ?? 0) * Math.exp(-decayPerSec[isotope] * (sampleTimes.startTime - gasTimes.startTime));
    const inCell = Object.fromEntries(xenonIsotopes.map((isotope) => [isotope, truth[isotope] + left(isotope)]));
    const result = analyseXenonPeaks({
      sample: measure(inCell, sampleTimes, random, detectorXenonBq),
      gasBackground: measure(memory, gasTimes, random, detectorXenonBq),
      detectorBackground: measure({}, emptyTimes, random, detectorXenonBq),
    });
    assert.ok(result.ok);
    // In-growth from Xe-133m is taken off where that is detected; it belongs to the truth of the cell.
    const grown = /grew in/.test(result.remarks.join()) ? result : null;
    for (const isotope of xenonIsotopes) {
      const { activityBq, countingErrorBq } = result.isotopes[isotope];
      const back =
        isotope === "Xe-133" && grown ? Number(/([0-9.e-]+) Bq of Xe-133 grew/.exec(result.remarks.join())![1]) : 0;
      const off = activityBq + back - truth[isotope];
      inside[isotope] = (inside[isotope] ?? 0) + (Math.abs(off) < 1.96 * countingErrorBq ? 1 : 0);
      mean[isotope] = (mean[isotope] ?? 0) + off / countingErrorBq / COUNT;
    }
  }
  for (const isotope of xenonIsotopes) {
    t.diagnostic(
      `${isotope}: ${((100 * inside[isotope]!) / COUNT).toFixed(1)} % inside, mean pull ${mean[isotope]!.toFixed(2)}`,
    );
    assert.ok(Math.abs(inside[isotope]! / COUNT - 0.95) < 0.02 + slack(0.05), isotope);
    assert.ok(Math.abs(mean[isotope]!) < 0.1 + 4 / Math.sqrt(COUNT), isotope);
  }
});

test("nothing there: 5 % above the decision limit; at the least detectable activity 95 %", (t) => {
  const above: Record<string, number> = {};
  let [found, detectable] = [0, 0];
  for (let i = 0; i < COUNT; i++) {
    const random = randomStream(i, "no xenon");
    const input = (bq: Activities) => ({
      sample: measure(bq, sampleTimes, random),
      gasBackground: null,
      detectorBackground: null,
    });
    const result = analyseXenonPeaks(input({}));
    assert.ok(result.ok);
    if (i === 0) detectable = result.isotopes["Xe-133"].detectableBq;
    for (const isotope of xenonIsotopes)
      above[isotope] = (above[isotope] ?? 0) + (result.isotopes[isotope].detected ? 1 : 0);
    const there = analyseXenonPeaks(input({ "Xe-133": detectable }));
    assert.ok(there.ok);
    found += there.isotopes["Xe-133"].detected ? 1 : 0;
  }
  t.diagnostic(
    `${xenonIsotopes.map((isotope) => `${isotope} ${((100 * above[isotope]!) / COUNT).toFixed(1)} %`).join(", ")}; at LD ${((100 * found) / COUNT).toFixed(1)} % found`,
  );
  for (const isotope of xenonIsotopes)
    assert.ok(Math.abs(above[isotope]! / COUNT - 0.05) < 0.01 + slack(0.05), isotope);
  assert.ok(Math.abs(found / COUNT - 0.95) < 0.02 + slack(0.05));
});

test("what is missing gets a reason", () => {
  const sample = measure({}, sampleTimes, randomStream(1));
  const reason = (changed: Partial<PulseHeightData>) => {
    const result = analyseXenonPeaks({
      sample: { ...sample, ...changed },
      gasBackground: null,
      detectorBackground: null,
    });
    return result.ok ? "" : result.reason;
  };
  assert.match(reason({ gammaSpectrum: null }), /no gamma spectrum/);
  assert.match(reason({ gammaEfficiency: [] }), /efficiency/);
  assert.match(reason({ acquisition: null }), /acquisition/);
  const short = { firstChannel: 1, spanKeV: 100, counts: new Int32Array(400) };
  assert.match(reason({ gammaSpectrum: short }), /reach from 25 to 262 keV/);
  assert.equal(reason({}), "");
});
