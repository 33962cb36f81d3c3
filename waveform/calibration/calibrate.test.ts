/** Pairs of simulated sensors on one ground motion: the truth is the response that made the counts, in closed form. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Complex, randomStream } from "@harken/core";
import { applyResponse, divide, modulus } from "@harken/signal";
import {
  type CalibrationSettings,
  calibrateSensor,
  calibrationSettings,
  isInSpec,
  measuredCalibration,
  measuredResponse,
} from "./calibrate.ts";
import { spectralRatio } from "./spectralRatio.ts";

const RATE = 20;

/** A damped pendulum on displacement in nm: (j w)^3 / (w0^2 - w^2 + 2 j h w0 w) times a gain, counts per nm. */
const sensor =
  (gain: number, periodSec: number, damping: number) =>
  (hz: number): Complex => {
    const [w, w0] = [2 * Math.PI * hz, (2 * Math.PI) / periodSec];
    return divide({ re: 0, im: -gain * w ** 3 }, { re: w0 * w0 - w * w, im: 2 * damping * w0 * w });
  };

interface Simulation {
  readonly hours: number;
  /** Noise of each sensor as a share of the signal's amplitude. */
  readonly noise: readonly [reference: number, unknown: number];
  readonly seed: number;
}

const reference = sensor(-0.8, 120, 0.7);
const nominal = sensor(-0.5, 20, 0.7);

function simulate(truth: (hz: number) => Complex, { hours, noise, seed }: Simulation) {
  const random = randomStream(seed, "calibration");
  const n = hours * 3600 * RATE;
  // Ground displacement that falls with frequency as noise does, so that both sensors' counts have a band's worth of every octave.
  const white = Float64Array.from({ length: n }, () => random.normal());
  const ground = applyResponse(white, RATE, (hz) => ({ re: 1 / (0.02 + hz) ** 1.5, im: 0 }));
  const own = (response: (hz: number) => Complex, share: number) => {
    const counts = applyResponse(ground, RATE, (hz) => (hz === 0 ? null : response(hz)));
    // Noise of the instrument, coloured as its signal is, so that its share is the same at every frequency.
    const disturbance = Float64Array.from({ length: n }, () => share * random.normal());
    const shaped = applyResponse(disturbance, RATE, (hz) => {
      if (hz === 0) return null;
      const h = response(hz);
      const level = 1 / (0.02 + hz) ** 1.5;
      return { re: h.re * level, im: h.im * level };
    });
    return counts.map((v, i) => v + shaped[i]!);
  };
  return { reference: own(reference, noise[0]), unknown: own(truth, noise[1]), sampleRateHz: RATE };
}

const turn = (a: Complex, b: Complex) => {
  const q = divide(a, b);
  return (Math.atan2(q.im, q.re) * 180) / Math.PI;
};

function errorsOf(truth: (hz: number) => Complex, simulation: Simulation, settings: CalibrationSettings) {
  const { points } = calibrateSensor(simulate(truth, simulation), reference, nominal, settings);
  return points.map((point) => {
    const angle = (point.phaseDeg * Math.PI) / 180;
    const found = { re: point.amplitude * Math.cos(angle), im: point.amplitude * Math.sin(angle) };
    const own = truth(point.frequencyHz);
    return { ...point, amplitude: modulus(found) / modulus(own) - 1, phase: turn(found, own) };
  });
}

test("a sensor 3 % and a corner off its nominal response: within 1 % and 1 deg of the truth over the pass band", () => {
  const truth = sensor(-0.5 * 1.03, 21, 0.72);
  const errors = errorsOf(truth, { hours: 2, noise: [0.02, 0.02], seed: 1 }, calibrationSettings);
  assert.equal(errors.length, 22);
  for (const { frequencyHz, amplitude, phase } of errors) {
    assert.ok(Math.abs(amplitude) < 0.01, `${frequencyHz} Hz: ${amplitude}`);
    assert.ok(Math.abs(phase) < 1, `${frequencyHz} Hz: ${phase}`);
  }
});

test("the stated uncertainties cover: 95 % of the points lie within two standard deviations, and the scatter is not a tenth of them", () => {
  const truth = sensor(-0.49, 18, 0.65);
  let [total, amplitudes, phases, phaseSquares] = [0, 0, 0, 0];
  for (let seed = 10; seed < 18; seed++) {
    const noise = seed % 2 ? ([0.2, 0.2] as const) : ([0.1, 0.25] as const);
    for (const { amplitude, phase, amplitudeErrorShare, phaseErrorDeg } of errorsOf(
      truth,
      { hours: 1, noise, seed },
      calibrationSettings,
    )) {
      total++;
      if (Math.abs(amplitude) <= 2 * amplitudeErrorShare) amplitudes++;
      if (Math.abs(phase) <= 2 * phaseErrorDeg) phases++;
      phaseSquares += (phase / phaseErrorDeg) ** 2;
    }
  }
  assert.ok(total > 150);
  assert.ok(amplitudes / total >= 0.93, `amplitude ${amplitudes / total}`);
  assert.ok(phases / total >= 0.93, `phase ${phases / total}`);
  // Uncertainties that cover because they are far too wide would be no use.
  assert.ok(Math.sqrt(phaseSquares / total) > 0.6, String(Math.sqrt(phaseSquares / total)));
});

test("verdicts: as nominal passes, 12 % or 9 deg off fails, 5 % off is not decided", () => {
  const verdict = (truth: (hz: number) => Complex) =>
    calibrateSensor(simulate(truth, { hours: 1, noise: [0.02, 0.02], seed: 3 }), reference, nominal).verdict;
  assert.equal(verdict(nominal), "pass");
  assert.equal(verdict(sensor(-0.56, 20, 0.7)), "fail");
  assert.equal(
    verdict((hz) => {
      const h = nominal(hz);
      const [c, s] = [Math.cos((9 * Math.PI) / 180), Math.sin((9 * Math.PI) / 180)];
      return { re: h.re * c - h.im * s, im: h.re * s + h.im * c };
    }),
    "fail",
  );
  assert.equal(verdict(sensor(-0.525, 20, 0.7)), "undecided");
});

test("noise that nothing has in common has no points and no verdict, as have few data and samples that are no numbers", () => {
  const random = randomStream(5, "calibration");
  const noise = () => Float64Array.from({ length: 3600 * RATE }, () => random.normal());
  const empty = { points: [], verdict: "undecided", measuredShare: 0 };
  assert.deepEqual(
    calibrateSensor({ reference: noise(), unknown: noise(), sampleRateHz: RATE }, reference, nominal),
    empty,
  );
  const short = { reference: new Float64Array(1), unknown: new Float64Array(1), sampleRateHz: RATE };
  assert.deepEqual(calibrateSensor(short, reference, nominal), empty);
  const bad = { reference: noise().fill(Number.NaN), unknown: noise(), sampleRateHz: RATE };
  assert.deepEqual(calibrateSensor(bad, reference, nominal), empty);
  assert.deepEqual(
    calibrateSensor({ ...short, reference: noise(), unknown: new Float64Array(3600 * RATE) }, reference, nominal),
    empty,
  );
  assert.throws(() => spectralRatio(short, nominal, { ...calibrationSettings, highHz: 11 }), RangeError);
  assert.throws(() => spectralRatio(short, nominal, { ...calibrationSettings, stretchSec: Number.NaN }), RangeError);
});

test("the calibration at a period and the table of the response are the measured ones", () => {
  const truth = sensor(-0.5, 20, 0.7);
  const calibration = calibrateSensor(simulate(truth, { hours: 1, noise: [0.01, 0.01], seed: 8 }), reference, nominal);
  const calib = measuredCalibration(calibration, 1)!;
  assert.ok(Math.abs(calib * modulus(truth(1)) - 1) < 0.01);
  assert.equal(measuredCalibration(calibration, 100), null);
  assert.equal(measuredCalibration(calibration, 0.01), null);
  assert.equal(isInSpec({ calibNmPerCount: 1.04 * calib }, calib), true);
  assert.equal(isInSpec({ calibNmPerCount: 1.06 * calib }, calib), false);
  assert.equal(isInSpec({ calibNmPerCount: null }, calib), null);
  const { stages, sensitivity } = measuredResponse(calibration, "nm");
  assert.ok(stages[0]!.kind === "fap" && stages[0].frequenciesHz.length === 22 && sensitivity !== null);
  // A phase that turns by 40 deg from point to point is read within half a turn, and goes on in the table.
  const turning = calibration.points.map((point, i) => ({ ...point, phaseDeg: ((40 * i + 180) % 360) - 180 }));
  const [table] = measuredResponse({ ...calibration, points: turning }, "nm").stages;
  assert.deepEqual(
    table?.kind === "fap" && table.phasesDeg,
    turning.map((_, i) => 40 * i),
  );
  assert.deepEqual(measuredResponse({ points: [], verdict: "undecided", measuredShare: 0 }, "nm").stages, []);
});
