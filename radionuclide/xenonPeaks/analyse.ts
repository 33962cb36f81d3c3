/**
 * Xenon by high-resolution gamma spectrometry (SPALAX): X-rays and gamma lines of the four isotopes fitted together, which tells the metastable
 * isotopes apart by their gamma lines and yet uses the X-rays, with the covariance of all four; memory of the cell and the detector's own peaks
 * taken off.
 *
 *     const result = analyseXenonPeaks({ sample, gasBackground, detectorBackground });
 *     if (result.ok) result.isotopes["Xe-133"].concentrationMBqPerM3;
 */
import type { PulseHeightData } from "@harken/core";
import { decaysPerBq } from "../betaGamma/response.ts";
import { nuclide } from "../nuclides/nuclides.ts";
import { type GammaCalibration, gammaCalibration } from "../particulate/calibration.ts";
import { decayPerSec, type XenonIsotope, xenonIsotopes } from "../xenon/isotopes.ts";
import { type ActivityEstimate, type XenonReport, xenonReport } from "../xenon/results.ts";
import { covarianceFor, fitLinearPoisson, type LinearFit } from "./fit.ts";
import { type XenonModel, xenonModel } from "./model.ts";

export interface XenonPeaksInput {
  readonly sample: PulseHeightData;
  /** Measurement of the cell before the sample came in; null when there is none. */
  readonly gasBackground: PulseHeightData | null;
  readonly detectorBackground: PulseHeightData | null;
}

export type XenonPeaksResult =
  | (XenonReport & {
      readonly ok: true;
      /** Pearson's chi squared of the fit over its degrees of freedom. */
      readonly reducedChiSquared: number;
      /** What is expected in each fitted channel, by its index in the counts. */
      readonly fitted: { readonly channels: Int32Array; readonly expected: Float64Array };
    })
  | { readonly ok: false; readonly reason: string };

const N = xenonIsotopes.length;

export function analyseXenonPeaks(
  { sample, gasBackground, detectorBackground }: XenonPeaksInput,
  decisionQuantile = 1.6449,
): XenonPeaksResult {
  const calibration = gammaCalibration(sample);
  if (typeof calibration === "string") return { ok: false, reason: calibration };
  const own = fitOf(sample, calibration);
  if (typeof own === "string") return { ok: false, reason: `the sample: ${own}` };
  const gas = gasBackground ? fitOf(gasBackground, calibration) : null;
  if (typeof gas === "string") return { ok: false, reason: `the gas background: ${gas}` };
  const empty = detectorBackground ? fitOf(detectorBackground, calibration) : null;
  if (typeof empty === "string") return { ok: false, reason: `the detector background: ${empty}` };
  const remarks: string[] = [];
  if (!gas) remarks.push("no gas background was given: memory of the previous sample is not taken off");
  if (!empty) remarks.push("no detector background was given: it counts as zero");

  const taken = takenOff(own, gas, empty);
  const net = xenonIsotopes.map((_, i) => own.fit.parameters[i]! - taken.activityBq[i]!);
  const relative = xenonIsotopes.map((isotope) => calibrationError(isotope, calibration));
  const covariance = net.map((a, i) =>
    net.map(
      (_, j) => at(own, own.fit.covariance, i, j) + taken.covariance[i]![j]! + (i === j ? (relative[i]! * a) ** 2 : 0),
    ),
  );
  const estimates = Object.fromEntries(
    xenonIsotopes.map((isotope, i) => [isotope, estimate(own, taken, net[i]!, i, decisionQuantile)]),
  ) as Record<XenonIsotope, ActivityEstimate>;
  const report = xenonReport(sample, estimates, covariance);
  return {
    ...report,
    ok: true,
    remarks: [...remarks, ...report.remarks],
    reducedChiSquared: own.fit.reducedChiSquared,
    fitted: { channels: own.model.channels, expected: own.fit.expected },
  };
}

interface Fitted {
  readonly model: XenonModel;
  readonly fit: LinearFit;
  readonly startTime: number;
  readonly realSec: number;
  readonly liveSec: number;
}

const at = ({ model }: Fitted, covariance: Float64Array, i: number, j: number) => covariance[i * model.columns + j]!;

function fitOf({ gammaSpectrum, acquisition }: PulseHeightData, calibration: GammaCalibration): Fitted | string {
  if (!gammaSpectrum) return "there is no gamma spectrum";
  if (!acquisition || !(acquisition.liveSec > 0 && acquisition.realSec > 0)) return "there is no acquisition time";
  const model = xenonModel(gammaSpectrum, calibration, acquisition);
  if (!model) return "the spectrum does not reach from 25 to 262 keV";
  const fit = fitLinearPoisson(
    model,
    Float64Array.from(model.channels, (channel) => gammaSpectrum.counts[channel]!),
  );
  return fit ? { model, fit, ...acquisition } : "its lines cannot be told apart";
}

interface TakenOff {
  readonly activityBq: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/** What the empty detector shows as xenon, in the sample's time, and what was left in the cell. */
function takenOff(own: Fitted, gas: Fitted | null, empty: Fitted | null): TakenOff {
  const perSecond = (of: Fitted, lambda: number) => decaysPerBq(lambda, of) / of.liveSec;
  /** Becquerels that the empty detector's peaks stand for in another measurement, for each in its own. */
  const asSeenIn = (of: Fitted, lambda: number) => (empty ? perSecond(empty, lambda) / perSecond(of, lambda) : 0);
  const factors = xenonIsotopes.map((isotope) => {
    const lambda = decayPerSec[isotope];
    const left = gas ? Math.exp(-lambda * (own.startTime - gas.startTime)) : 0;
    return { left, empty: asSeenIn(own, lambda) - (gas ? left * asSeenIn(gas, lambda) : 0) };
  });
  return {
    activityBq: factors.map(
      (f, i) => f.left * (gas?.fit.parameters[i] ?? 0) + f.empty * (empty?.fit.parameters[i] ?? 0),
    ),
    covariance: factors.map((p, i) =>
      factors.map(
        (q, j) =>
          (gas ? p.left * q.left * at(gas, gas.fit.covariance, i, j) : 0) +
          (empty ? p.empty * q.empty * at(empty, empty.fit.covariance, i, j) : 0),
      ),
    ),
  };
}

/** Decision limit: k standard deviations when nothing is left after what is taken off; least detectable as in the beta-gamma analysis. */
function estimate(own: Fitted, taken: TakenOff, value: number, i: number, k: number): ActivityEstimate {
  const { fit, model } = own;
  const varianceWith = (activityBq: number) => {
    const parameters = fit.parameters.map((p, j) =>
      j === i ? Math.max(0, taken.activityBq[i]!) + activityBq : j < N ? Math.max(0, p) : p,
    );
    const expected = Float64Array.from(fit.expected, (count, row) => {
      let sum = count;
      for (let j = 0; j < N; j++) sum += model.design[row * model.columns + j]! * (parameters[j]! - fit.parameters[j]!);
      return sum;
    });
    const covariance = covarianceFor(model, expected);
    return (covariance ? at(own, covariance, i, i) : Number.POSITIVE_INFINITY) + taken.covariance[i]![i]!;
  };
  const none = varianceWith(0);
  const criticalLevel = k * Math.sqrt(none);
  // The variance grows evenly with activity; a step of the decision limit shows it above rounding.
  const slope = Math.max(0, varianceWith(criticalLevel) - none) / criticalLevel;
  return {
    value,
    countingError: Math.sqrt(at(own, fit.covariance, i, i) + taken.covariance[i]![i]!),
    criticalLevel,
    detectable: 2 * criticalLevel + k * k * slope,
  };
}

/** Relative: efficiency and intensity at the line that most of the isotope's peak counts are in. */
function calibrationError(isotope: XenonIsotope, { efficiency }: GammaCalibration): number {
  const { gamma, xray } = nuclide(isotope)!;
  const strongest = [...gamma, ...xray].reduce((a, b) =>
    b.intensity * efficiency.at(b.energyKeV) > a.intensity * efficiency.at(a.energyKeV) ? b : a,
  );
  return Math.hypot(
    efficiency.relativeError(strongest.energyKeV),
    (strongest.intensityError ?? 0) / strongest.intensity,
  );
}
