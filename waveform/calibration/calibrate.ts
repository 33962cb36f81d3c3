/**
 * Calibration of a sensor by another one beside it whose response is known: its response over a band, how far that is from the nominal one,
 * and whether it passes. Pass and fail are said only where the uncertainty allows it.
 *
 *     const result = calibrateSensor(pair, referenceResponse, nominalResponse, calibrationSettings);
 */
import type { Channel, Complex, InstrumentResponse, ResponseUnit } from "@harken/core";
import { divide, modulus, multiply } from "@harken/signal";
import { polarOf, type RatioSettings, type SensorPair, spectralRatio } from "./spectralRatio.ts";

export interface CalibrationSettings extends RatioSettings {
  /** Points of less coherence tell nothing. */
  readonly minCoherence: number;
  /** Allowed deviation from the nominal response: a share of the amplitude, and deg. */
  readonly amplitudeTolerance: number;
  readonly phaseToleranceDeg: number;
  /** Standard deviations by which a deviation must be inside or outside the tolerance: three, since a band has dozens of points. */
  readonly coverage: number;
}

/** The tolerances of the stations' operational manuals: 5 % and 5 deg; the band of short-period calibration. */
export const calibrationSettings: CalibrationSettings = Object.freeze({
  stretchSec: 200,
  lowHz: 0.05,
  highHz: 8,
  pointsPerOctave: 3,
  minCoherence: 0.9,
  amplitudeTolerance: 0.05,
  phaseToleranceDeg: 5,
  coverage: 3,
});

export type Verdict = "pass" | "fail" | "undecided";

export interface CalibrationPoint {
  readonly frequencyHz: number;
  /** Counts per unit of motion, and its phase. */
  readonly amplitude: number;
  readonly phaseDeg: number;
  /** Standard deviations. */
  readonly amplitudeErrorShare: number;
  readonly phaseErrorDeg: number;
  readonly coherence: number;
  /** From the nominal response: share of its amplitude, deg. */
  readonly amplitudeDeviation: number;
  readonly phaseDeviationDeg: number;
  readonly verdict: Verdict;
}

export interface SensorCalibration {
  /** In order of frequency; those of too little coherence are left out. */
  readonly points: readonly CalibrationPoint[];
  /** Fail when a point fails, pass when all pass and they fill the band, else undecided. */
  readonly verdict: Verdict;
  /** Share of the band's points that could be measured. */
  readonly measuredShare: number;
}

/** A frequency's response, counts per unit of motion; null where it is not known. */
export type Response = (frequencyHz: number) => Complex | null;

/** Share of the band that must be measured for a pass. */
const FULL_SHARE = 0.9;

export function calibrateSensor(
  pair: SensorPair,
  reference: Response,
  nominal: Response,
  settings: CalibrationSettings = calibrationSettings,
): SensorCalibration {
  const expected: Response = (hz) => {
    const [known, own] = [reference(hz), nominal(hz)];
    return known && own && modulus(known) > 0 && modulus(own) > 0 ? divide(own, known) : null;
  };
  const all = spectralRatio(pair, expected, settings);
  const points = all.flatMap((point): CalibrationPoint[] => {
    if (point.coherence < settings.minCoherence) return [];
    const { frequencyHz, ratio, coherence, amplitudeError } = point;
    const known = reference(frequencyHz)!;
    const response = multiply(ratio, known);
    const away = polarOf(divide(response, nominal(frequencyHz)!));
    const phaseErrorDeg = (point.phaseErrorRad * 180) / Math.PI;
    const verdicts = [
      judge(away.amplitude - 1, amplitudeError * away.amplitude, settings.amplitudeTolerance, settings.coverage),
      judge(away.phaseDeg, phaseErrorDeg, settings.phaseToleranceDeg, settings.coverage),
    ];
    return [
      {
        frequencyHz,
        ...polarOf(response),
        amplitudeErrorShare: amplitudeError,
        phaseErrorDeg,
        coherence,
        amplitudeDeviation: away.amplitude - 1,
        phaseDeviationDeg: away.phaseDeg,
        verdict: worst(verdicts),
      },
    ];
  });
  const wanted = Math.floor(Math.log2(settings.highHz / settings.lowHz) * settings.pointsPerOctave + 1e-6) + 1;
  const measuredShare = points.length / wanted;
  const found = worst(points.map(({ verdict }) => verdict));
  const verdict = found === "pass" && measuredShare < FULL_SHARE ? "undecided" : found;
  return { points, verdict, measuredShare };
}

function judge(deviation: number, error: number, tolerance: number, coverage: number): Verdict {
  const size = Math.abs(deviation);
  if (size + coverage * error <= tolerance) return "pass";
  return size - coverage * error > tolerance ? "fail" : "undecided";
}

function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("fail")) return "fail";
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === "pass") ? "pass" : "undecided";
}

/** The measured response as a table, for metadata and messages. */
export function measuredResponse({ points }: SensorCalibration, inputUnit: ResponseUnit): InstrumentResponse {
  const middle = points[Math.floor(points.length / 2)];
  const table = {
    kind: "fap",
    inputUnit,
    outputUnit: "counts",
    frequenciesHz: points.map(({ frequencyHz }) => frequencyHz),
    amplitudes: points.map(({ amplitude }) => amplitude),
    phasesDeg: unwrapped(points.map(({ phaseDeg }) => phaseDeg)),
    gain: 1,
    gainFrequencyHz: middle?.frequencyHz ?? 0,
  } as const;
  return {
    stages: points.length > 0 ? [table] : [],
    sensitivity: middle?.amplitude ?? null,
    sensitivityFrequencyHz: middle?.frequencyHz ?? null,
    inputUnit,
  };
}

/** Phases without the jumps of a whole turn, so that they can be read between their points. */
function unwrapped(phasesDeg: readonly number[]): number[] {
  let turns = 0;
  return phasesDeg.map((phase, i) => {
    if (i > 0) turns -= 360 * Math.round((phase - phasesDeg[i - 1]!) / 360);
    return phase + turns;
  });
}

/** nm per count at a period, read between the points of a response to displacement in nm; null outside the measured band. */
export function measuredCalibration({ points }: SensorCalibration, calperSec: number): number | null {
  const hz = 1 / calperSec;
  const above = points.findIndex(({ frequencyHz }) => frequencyHz >= hz * (1 - 1e-9));
  const [a, b] = [points[above - 1], points[above]];
  if (!b) return null;
  if (Math.abs(b.frequencyHz / hz - 1) < 1e-6) return 1 / b.amplitude;
  if (!a) return null;
  const share = Math.log(hz / a.frequencyHz) / Math.log(b.frequencyHz / a.frequencyHz);
  return 1 / (a.amplitude * (b.amplitude / a.amplitude) ** share);
}

/** What an IMS calibration result says of a channel: within 5 % of its nominal calibration or not; null where either is not known. */
export function isInSpec(channel: Pick<Channel, "calibNmPerCount">, measuredNmPerCount: number | null): boolean | null {
  if (!channel.calibNmPerCount || !measuredNmPerCount) return null;
  return Math.abs(measuredNmPerCount / channel.calibNmPerCount - 1) <= calibrationSettings.amplitudeTolerance;
}
