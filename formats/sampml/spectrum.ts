/** One `Spectrum` element as pulse-height data. */
import { type ProblemList, type PulseHeightData, type PulseHeightKind, parseTime } from "@harken/core";
import { parseDuration } from "../duration.ts";
import { number } from "../numbers.ts";
import { checkPulseHeightData } from "../phd/check.ts";
import { attribute, child, childText, text, type XmlElement } from "../xml/read.ts";

/** Far above any detector's. */
const MAX_CHANNELS = 65_536;

/** Letters of the IDC's data base for kinds of measurement. */
const kinds: Readonly<Record<string, PulseHeightKind>> = Object.freeze({
  S: "SAMPLEPHD",
  B: "BLANKPHD",
  D: "DETBKPHD",
  G: "GASBKPHD",
  C: "CALIBPHD",
  Q: "QCPHD",
  K: "SPIKEPHD",
});

type Head = Pick<PulseHeightData, "station" | "detector" | "sampleId" | "system">;

export function readSpectrum(element: XmlElement, head: Head, problems: ProblemList): PulseHeightData | null {
  const counts = readCounts(child(element, "Data"), problems);
  if (!counts) return null;
  const time = (name: string) => parseTime(childText(element, name));
  const [startTime, stopTime, acquisitionStart] = [
    time("CollectionStart"),
    time("CollectionStop"),
    time("AcquisitionStart"),
  ];
  const airVolumeM3 = number(childText(element, "Quantity"));
  const [realSec, liveSec] = [
    parseDuration(childText(element, "RealAcquisitionTime")),
    parseDuration(childText(element, "LiveAcquisitionTime")),
  ];
  const type = childText(element, "MeasurementType");
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!kind)
    problems.warning(
      "sampml.measurement-type",
      `The measurement type "${type.slice(0, 20)}" is not known; a sample was taken.`,
    );
  const qualifier = childText(element, "SpectrumType");
  const data: PulseHeightData = {
    kind: kind ?? "SAMPLEPHD",
    messageId: attribute(element, "id"),
    ...head,
    geometry: childText(element, "Geometry"),
    qualifier: qualifier === "FULL" || qualifier === "PREL" ? qualifier : null,
    measurementId: attribute(element, "id"),
    detectorBackgroundId: null,
    gasBackgroundId: null,
    transmitTime: null,
    comment: "",
    collection:
      startTime === null || stopTime === null || airVolumeM3 === null ? null : { startTime, stopTime, airVolumeM3 },
    acquisition:
      acquisitionStart === null || realSec === null || liveSec === null
        ? null
        : { startTime: acquisitionStart, realSec, liveSec },
    calibrationTime: null,
    processing: null,
    sampleSizeCm: null,
    gammaEnergy: [],
    betaEnergy: [],
    gammaResolution: [],
    betaResolution: [],
    gammaEfficiency: [],
    totalEfficiency: [],
    regions: [],
    channelRegions: [],
    regionEfficiencies: [],
    ratios: [],
    gammaSpectrum: { firstChannel: 1, spanKeV: numberAttribute(element, "gammaEnergySpan"), counts },
    betaSpectrum: null,
    histogram: null,
    certificate: null,
  };
  // Equations take the place of calibration points here.
  for (const { block: _block, ...problem } of checkPulseHeightData(data))
    if (problem.code !== "phd.no-calibration" && problem.code !== "phd.no-efficiency") problems.add(problem);
  return data;
}

function numberAttribute(element: XmlElement, name: string): number {
  const data = child(element, "Data");
  return (data === null ? null : number(attribute(data, name))) ?? 0;
}

function readCounts(element: XmlElement | null, problems: ProblemList): Int32Array | null {
  const tokens = text(element).split(/\s+/).filter(Boolean);
  if (tokens.length === 0 || tokens.length > MAX_CHANNELS) {
    problems.error("sampml.spectrum", `A spectrum has ${tokens.length} channels; 1 to ${MAX_CHANNELS} can be read.`);
    return null;
  }
  const counts = new Int32Array(tokens.length);
  for (let i = 0; i < tokens.length; i++) {
    const value = Number(tokens[i]);
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** 31) {
      problems.error("sampml.spectrum", `Channel ${i + 1} holds "${tokens[i]!.slice(0, 20)}", which is no count.`);
      return null;
    }
    counts[i] = value;
  }
  return counts;
}
