/** Particulate samples of known truth: what is found, how often, and how often something that is not there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { normalCdf, type PulseHeightData, randomStream } from "@harken/core";
import { testScale } from "@harken/testing";
import { logarithmicEfficiency, polynomialEnergy, rootResolution } from "../gamma/calibration.ts";
import { analyseParticulate } from "./analyse.ts";
import { generalisedMean } from "./concentrations.ts";
import { defaultParticulateSettings } from "./settings.ts";
import {
  airFilterBq,
  countsAsMessage,
  expectedSpectrum,
  type SimulatedParticulate,
  simulatedTimes,
} from "./simulatedSample.ts";

const coefficients = [-3.526, 0.8617, -0.1511, -0.2307, 0.2365, -0.0679];
const truth: SimulatedParticulate = {
  activitiesBq: airFilterBq,
  calibration: {
    energy: polynomialEnergy([-0.4, 0.33]),
    resolution: rootResolution(0.74, 0.0416),
    efficiency: logarithmicEfficiency(947.8, coefficients, 0.03),
  },
  channels: 8192,
  scatteredCounts: 2500,
  scatteredKeV: 250,
};
const nature = expectedSpectrum(truth);

function analyse(counts: Int32Array) {
  const result = analyseParticulate({
    sample: countsAsMessage(truth, counts),
    equations: {
      energy: [-0.4, 0.33],
      resolution: { form: "root", coefficients: [0.74, 0.0416] },
      efficiency: { referenceKeV: 947.8, coefficients },
    },
  });
  assert.ok(result.ok);
  return result;
}

const isRelevant = ({ category, identified }: { category: string | null; identified: boolean }) =>
  identified && (category === "fission" || category === "activation");

test("nothing but nature: less than one false identification in twenty spectra, and nature itself is always found", (t) => {
  const spectra = testScale(1000, 30);
  const falseNames: string[] = [];
  for (let i = 0; i < spectra; i++) {
    const random = randomStream(i, "nature");
    const { nuclides } = analyse(Int32Array.from(nature, (mean) => random.poisson(mean)));
    falseNames.push(...nuclides.filter(isRelevant).map(({ name }) => name));
    for (const name of ["Pb-212F", "Be-7", "K-40", "Bi-214", "Pb-214", "Ac-228"])
      assert.ok(nuclides.find((n) => n.name === name)!.identified, `${name} in spectrum ${i}`);
  }
  t.diagnostic(`${falseNames.length} in ${spectra}: ${falseNames.join(", ")}`);
  // 0.05 a spectrum, with three standard deviations of a Poisson count.
  assert.ok(falseNames.length < 0.05 * spectra + 3 * Math.sqrt(0.05 * spectra));
});

/** Fission products whose key line stands alone in this spectrum. */
const spiked = ["I-131", "Cs-137", "Ru-103", "Te-132", "Ba-140", "Zr-95", "Mo-99", "Ce-141", "I-133"];
/** What the daughter of a spiked nuclide shows is no false identification. */
const belongs: Readonly<Record<string, string>> = { "Mo-99": "Tc-99m", "Te-132": "I-132" };
/**
 * LD of Currie's formula in units of the error of a Gaussian fitted on a straight line over 2 FWHM to both sides, as peaks are: with b counts per channel
 * and a standard deviation of s channels, LD = 3.29 sqrt(2 x 2.5 x 2.355 s b) and the error is sqrt(s b / (1 / (2 sqrt(pi)) - 1 / (2 x 4.71))).
 */
const FWHM_SIGMAS = 2.3548;
const WINDOW_SIGMAS = 2 * defaultParticulateSettings.peaks.marginFwhm * FWHM_SIGMAS;
const LD_SIGMAS = 3.29 * Math.sqrt(5 * FWHM_SIGMAS) * Math.sqrt(1 / (2 * Math.sqrt(Math.PI)) - 1 / WINDOW_SIGMAS);
const DECISION_QUANTILE = defaultParticulateSettings.loneEvidenceQuantile;

test("spikes of 0.5 to 3 MDC: found as often as theory says, with the right activity, and no other for them", (t) => {
  const none = analyse(Int32Array.from(nature, Math.round));
  const trials = testScale(60, 3);
  let [falseCount, spectra] = [0, 0];
  const pulls: number[] = [];
  for (const multiple of [0.5, 1, 1.5, 3]) {
    let found = 0;
    for (const name of spiked) {
      const { mdc, decayFactor } = none.nuclides.find((n) => n.name === name)!;
      const bq = (multiple * mdc! * simulatedTimes.collection.airVolumeM3) / (1e6 * decayFactor);
      const spike = expectedSpectrum({ ...truth, activitiesBq: { [name]: bq }, scatteredCounts: 0 });
      for (let i = 0; i < trials; i++) {
        const random = randomStream(i, "spike", name, multiple);
        const { nuclides } = analyse(Int32Array.from(nature, (mean, c) => random.poisson(mean + spike[c]!)));
        const result = nuclides.find((n) => n.name === name)!;
        spectra++;
        falseCount += nuclides.filter((n) => isRelevant(n) && n.name !== name && n.name !== belongs[name]).length;
        if (!result.identified) continue;
        found++;
        if (multiple >= 1.5) pulls.push((result.activityBq! - bq) / result.activityErrorBq!);
      }
    }
    const count = trials * spiked.length;
    const expected = normalCdf(multiple * LD_SIGMAS - DECISION_QUANTILE);
    t.diagnostic(
      `${multiple} MDC: ${((100 * found) / count).toFixed(0)} % found, theory of the search ${(100 * expected).toFixed(0)} %, Currie's decision alone ${(100 * normalCdf(3.29 * multiple - 1.645)).toFixed(0)} %`,
    );
    const slack = 3 * Math.sqrt(Math.max(0.05, expected * (1 - expected)) / count) + 0.05;
    assert.ok(Math.abs(found / count - expected) < slack, `${multiple} MDC: ${found} of ${count}`);
  }
  const mean = pulls.reduce((sum, x) => sum + x, 0) / pulls.length;
  const spread = Math.sqrt(pulls.reduce((sum, x) => sum + (x - mean) ** 2, 0) / pulls.length);
  t.diagnostic(
    `pulls of ${pulls.length}: mean ${mean.toFixed(2)}, spread ${spread.toFixed(2)}; ${falseCount} false in ${spectra} spectra`,
  );
  assert.ok(Math.abs(mean) < 0.2 + 3 / Math.sqrt(pulls.length) && spread < 1.3);
  assert.ok(falseCount < 0.05 * spectra + 3 * Math.sqrt(0.05 * spectra));
});

test("calibrations that no detector has get a reason, whatever they say", () => {
  const sample = countsAsMessage(truth, Int32Array.from(nature, Math.round));
  const reason = (changed: Partial<PulseHeightData>) => {
    const result = analyseParticulate({ sample: { ...sample, ...changed } });
    return result.ok ? "" : result.reason;
  };
  const point = (energyKeV: number, value: number) => ({ energyKeV, value, error: 0.1 });
  assert.equal(reason({}), "");
  assert.match(reason({ gammaResolution: [point(60, 1e6), point(1000, 2e6)] }), /width of .* channels/);
  assert.match(reason({ gammaResolution: [point(60, 0), point(1000, 0)] }), /width of/);
  assert.match(
    reason({ gammaEnergy: [point(60, 10), point(1000, 20), point(1200, 5000)] }),
    /does not rise|no energy|width/,
  );
  assert.match(reason({ gammaEfficiency: [] }), /efficiency/);
  assert.match(reason({ gammaSpectrum: null }), /no gamma spectrum/);
  assert.match(reason({ acquisition: null }), /acquisition/);
  const random = randomStream(9, "nonsense");
  for (let i = 0; i < 30; i++) {
    const any = () =>
      random.uniform() < 0.2 ? 0 : 10 ** (6 * random.uniform() - 2) * (random.uniform() < 0.1 ? -1 : 1);
    const points = () => Array.from({ length: random.integer(6) }, () => point(any(), any()));
    const before = process.cpuUsage();
    analyseParticulate({
      sample: { ...sample, gammaEnergy: points(), gammaResolution: points(), gammaEfficiency: points() },
    });
    assert.ok(process.cpuUsage(before).user < 5e6, "five seconds of the processor at most");
  }
  for (const counts of [
    new Int32Array(0),
    new Int32Array(1),
    new Int32Array(16),
    new Int32Array(8192),
    new Int32Array(8192).fill(2 ** 31 - 1),
  ])
    analyseParticulate({ sample: { ...sample, gammaSpectrum: { firstChannel: 1, spanKeV: 1, counts } } });
});

test("a generalised mean: weights by variance, common errors stay, and common relative errors favour nobody", () => {
  const plain = generalisedMean([10, 12], [1, 2], [0, 0], [0, 0], [0, 1], 1);
  assert.ok(Math.abs(plain.mean - (10 / 1 + 12 / 4) / (1 + 1 / 4)) < 1e-9);
  assert.ok(Math.abs(plain.error - Math.sqrt(1 / 1.25)) < 1e-9);
  // Peelle's pertinent puzzle: 1.5 and 1.0, 10 % independent and 20 % common, must not give 0.88.
  const puzzle = generalisedMean([1.5, 1], [0, 0], [0.1, 0.1], [0.2, 0.2], [0, 0], 1);
  assert.ok(puzzle.mean > 1.2 && puzzle.mean < 1.3);
  const one = generalisedMean([5], [0.1], [0.02], [0.03], [6], 1);
  assert.ok(Math.abs(one.error - Math.hypot(0.1, 0.1, 0.15)) < 1e-9 && one.reducedChiSquared === null);
  const torn = generalisedMean([10, 20], [1, 1], [0, 0], [0, 0], [0, 1], 1);
  assert.ok(Math.abs(torn.error - Math.sqrt(0.5) * Math.sqrt(50)) < 1e-6, "what disagrees is uncertain");
});
