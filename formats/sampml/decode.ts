/**
 * SAMPML, the IDC's XML for radionuclide samples (namespace http://www.ctbto.org/SAMPML/0.5): spectra with their collection and acquisition,
 * calibrations as equations, and the results of an analysis.
 *
 *     const [sample] = decodeSampMl(bytes).items;
 *     sample.spectra[0].data;          // PulseHeightData, as from a PHD message
 *     sample.spectra[0].calibration;   // its equations
 *     sample.analyses[0].peaks;        // what the IDC found
 *
 * Such a document carries no points of calibrations, so `gammaEnergy` and its like are empty.
 */
import {
  type Decoded,
  defaultLimits,
  type GammaEquations,
  type Limits,
  ProblemList,
  type PulseHeightData,
} from "@harken/core";
import { attribute, child, children, childText, looksLikeXml, readXml, type XmlElement } from "../xml/read.ts";
import { readAnalysis } from "./analysis.ts";
import { equationsFor, readCalibrations } from "./calibration.ts";
import { readSpectrum } from "./spectrum.ts";
import type { StoredAnalysis } from "./stored.ts";

export interface SampMlSpectrum {
  readonly id: string;
  readonly data: PulseHeightData;
  readonly calibration: GammaEquations;
}

export interface SampMlSample {
  /** Sample reference identification (SRID). */
  readonly sampleId: string;
  readonly spectra: readonly SampMlSpectrum[];
  readonly analyses: readonly StoredAnalysis[];
}

const ROOT = "SampML";

/** Whether bytes begin like such a document. */
export const looksLikeSampMl = (bytes: Uint8Array): boolean => looksLikeXml(bytes, ROOT);

export function decodeSampMl(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<SampMlSample> {
  const problems = new ProblemList(limits.maxProblems);
  const root = readXml(bytes, limits, problems);
  if (!root) return { items: [], problems: problems.list(), consumed: 0 };
  const samples = root.name === ROOT ? children(root.element, "SampleInformation") : [];
  if (samples.length === 0)
    problems.error("sampml.none", "The document holds no SampleInformation element in a SampML root.");
  const items = samples.slice(0, limits.maxItems).map((element) => readSample(element, problems));
  return { items, problems: problems.list(), consumed: bytes.length };
}

function readSample(element: XmlElement, problems: ProblemList): SampMlSample {
  const calibrations = readCalibrations(child(element, "CalibrationInformation"), problems);
  const measured = child(element, "MeasuredInformation");
  const station = childText(child(element, "StationInformation"), "StationCode");
  const detector = childText(child(element, "DetectorInformation"), "DetectorCode");
  const sampleId = attribute(element, "UUID");
  const system = systemOf(childText(element, "SampleType"), problems);
  const spectra = (measured ? children(measured, "Spectrum") : []).flatMap((spectrum): SampMlSpectrum[] => {
    const data = readSpectrum(spectrum, { station, detector, sampleId, system }, problems);
    const ids = attribute(spectrum, "calibrationIDs").split(/\s+/);
    const id = attribute(spectrum, "id");
    return data ? [{ id, data, calibration: equationsFor(calibrations, ids) }] : [];
  });
  if (spectra.length === 0) problems.error("sampml.no-spectrum", "The sample holds no spectrum that can be read.");
  const analyses = child(element, "Analyses");
  return {
    sampleId,
    spectra,
    analyses: (analyses ? children(analyses, "Analysis") : []).map((analysis) => readAnalysis(analysis, problems)),
  };
}

function systemOf(type: string, problems: ProblemList): PulseHeightData["system"] {
  if (/PARTICULATE/i.test(type)) return "P";
  if (/SPALAX|GAS|XENON/i.test(type)) return "G";
  problems.warning("sampml.sample-type", `The sample type "${type.slice(0, 40)}" is not known; particulate was taken.`);
  return "P";
}
