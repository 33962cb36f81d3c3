/** Peaks of a blank taken off, in spectra of known activities. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { logarithmicEfficiency, polynomialEnergy, rootResolution } from "../gamma/calibration.ts";
import { analyseParticulate } from "./analyse.ts";
import { airFilterBq, countsAsMessage, expectedSpectrum, simulatedTimes } from "./simulatedSample.ts";

const truth = {
  calibration: {
    energy: polynomialEnergy([-0.4, 0.33]),
    resolution: rootResolution(0.74, 0.0416),
    efficiency: logarithmicEfficiency(947.8, [-3.526, 0.8617, -0.1511, -0.2307, 0.2365, -0.0679], 0.03),
  },
  ...{ channels: 8192, scatteredCounts: 2500, scatteredKeV: 250 },
};
const { acquisition } = simulatedTimes;

/** A measurement of so many times the usual duration. */
function measure(activitiesBq: Readonly<Record<string, number>>, times: number, seed: number) {
  const random = randomStream(seed, "background");
  const expected = expectedSpectrum({ ...truth, activitiesBq });
  const message = countsAsMessage(
    { ...truth, activitiesBq },
    Int32Array.from(expected, (mean) => random.poisson(times * mean)),
  );
  const { startTime, realSec, liveSec } = acquisition;
  return { ...message, acquisition: { startTime, realSec: times * realSec, liveSec: times * liveSec } };
}

test("of K-40 and Cs-137 that the shield has too, what is left is the sample's, whatever the blank's duration", () => {
  const shield = { "K-40": 9, "Cs-137": 0.8 };
  const sample = measure({ ...airFilterBq, "K-40": 21, "Cs-137": 0.8 }, 1, 1);
  for (const times of [0.5, 3]) {
    const analyse = (background: typeof sample | null) => {
      const result = analyseParticulate({ sample, background });
      assert.ok(result.ok);
      const of = (name: string) => result.nuclides.find((nuclide) => nuclide.name === name)!;
      return { potassium: of("K-40"), caesium: of("Cs-137"), lead: of("Pb-212F") };
    };
    const [plain, less] = [analyse(null), analyse(measure(shield, times, 2))];
    assert.ok(plain.caesium.identified && !less.caesium.identified);
    assert.ok(Math.abs(plain.potassium.activityBq! - 21) < 3 * plain.potassium.activityErrorBq!);
    const { activityBq, activityErrorBq } = less.potassium;
    assert.ok(Math.abs(activityBq! - 12) < 3 * activityErrorBq!, `${times}: ${activityBq} +- ${activityErrorBq}`);
    assert.ok(activityErrorBq! > 0 && activityErrorBq! < 0.1 * activityBq!);
    assert.ok(Math.abs(less.lead.activityBq! / plain.lead.activityBq! - 1) < 0.01, "what the blank lacks stays");
  }
});

test("a blank that is no measurement is told, and nothing is taken off", () => {
  const sample = measure(airFilterBq, 1, 3);
  for (const [changed, reason] of [
    [{ gammaSpectrum: null }, /background is not taken off: it has no gamma spectrum/],
    [{ acquisition: null }, /background is not taken off: it has no acquisition time/],
  ] as const) {
    const [plain, with_] = [null, { ...sample, ...changed }].map((background) =>
      analyseParticulate({ sample, background }),
    );
    assert.ok(plain!.ok && with_!.ok);
    assert.match(with_!.remarks.join(), reason);
    assert.deepEqual(with_!.peaks, plain!.peaks);
  }
});
