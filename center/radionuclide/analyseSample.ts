/** One radionuclide measurement from its message to report, category and picture, by whichever system it was made. */
import type { HistogramDisplay, SpectrumDisplay } from "@harken/api";
import type {
  PeakEdit,
  PulseHeightData,
  PulseHeightSpectrum,
  RegionEdit,
  SampleEdit,
  SampleReport,
} from "@harken/core";
import {
  analyseBetaGamma,
  analyseParticulate,
  analyseXenonPeaks,
  categoriseNobleGas,
  categoriseParticulate,
  channelRegions,
  defaultBetaGammaSettings,
  defaultParticulateSettings,
  type EnergyCalibration,
  editRegions,
  emptyHistory,
  gammaCalibration,
  isotopicRatios,
  type NobleGasFindings,
  type NobleGasHistory,
  nobleGasFlags,
  nobleGasReport,
  type ParticulateAnalysis,
  type ParticulateSettings,
  particulateReport,
  type QualityQuantity,
  qualityQuantities,
  type ReportHead,
  type StationHistory,
  screenXenon,
} from "@harken/radionuclide";

/** All that an answer depends on: plain data, so that it crosses between threads and tells equal questions. */
export interface SampleTask {
  readonly sample: PulseHeightData;
  /** What the station's samples before have left, as JSON gave it back; null for the first. */
  readonly history: unknown;
  readonly gasBackground: PulseHeightData | null;
  readonly detectorBackground: PulseHeightData | null;
  /** What analysts changed, in their order. */
  readonly edits: readonly SampleEdit[];
  /** An expert's own; those of the centre otherwise. */
  readonly settings?: ExpertSettings;
}

export type ExpertSettings = Pick<ParticulateSettings, "coincidences" | "limits" | "decisionQuantile">;

export interface AnalysedSample {
  /** Its head is the caller's to fill. Null for what cannot be analysed; `reason` says why. */
  readonly report: SampleReport | null;
  readonly reason: string | null;
  readonly display: SpectrumDisplay | HistogramDisplay | null;
  /** For the station's next sample; null when this one says nothing of what is usual. */
  readonly history: unknown;
  /** For the control charts of its detector and station. */
  readonly quality: readonly QualityQuantity[];
  /** Why edits were left out, one line for each. */
  readonly refused: readonly string[];
}

const noHead: ReportHead = { messageId: "", createdTime: 0, software: "" };

export function analyseSample(task: SampleTask): AnalysedSample {
  return task.sample.system === "P" ? particulate(task) : nobleGas(task);
}

function particulate({ sample, history, detectorBackground, edits, settings }: SampleTask): AnalysedSample {
  const peakEdits = edits.filter(isPeakEdit);
  const foreign = edits.filter((edit) => !isPeakEdit(edit)).map(() => "a particulate sample has no regions");
  const result = analyseParticulate(
    { sample, background: detectorBackground, edits: peakEdits },
    { ...defaultParticulateSettings, ...settings },
  );
  if (!result.ok) return unanalysed(sample, result.reason, plainSpectrum(sample));
  const category =
    sample.kind === "SAMPLEPHD"
      ? categoriseParticulate(
          result.nuclides.filter(({ identified }) => identified),
          (history as StationHistory | null) ?? emptyHistory,
        )
      : null;
  return {
    report: particulateReport(sample, result, category, noHead),
    reason: null,
    display: {
      ...spectrumDisplay(sample.gammaSpectrum!, result.energyUpdate.energy),
      continuum: Array.from(result.continuum, (count) => Math.round(10 * count) / 10),
      lines: expectedLines(result, sample.acquisition!.liveSec),
      regions: [...result.regions],
    },
    history: sample.qualifier === "PREL" ? null : (category?.history ?? null),
    quality: qualityQuantities(sample, result.peaks),
    refused: [...foreign, ...result.refused.map(({ reason }) => reason)],
  };
}

function nobleGas({ sample, history, gasBackground, detectorBackground, edits, settings }: SampleTask): AnalysedSample {
  const input = { sample, gasBackground, detectorBackground };
  const hasRegions = sample.system === "B";
  const regionEdits = hasRegions ? edits.filter(isRegionEdit) : [];
  const foreign = edits
    .filter((edit) => !hasRegions || !isRegionEdit(edit))
    .map(() => (hasRegions ? "a beta-gamma sample has no peaks" : "the fit of xenon's lines has nothing to edit"));
  const display = hasRegions ? histogramDisplay(sample, regionEdits) : plainSpectrum(sample);
  const { decisionQuantile } = settings ?? defaultBetaGammaSettings;
  const result = hasRegions
    ? analyseBetaGamma({ ...input, edits: regionEdits }, { decisionQuantile })
    : analyseXenonPeaks(input, decisionQuantile);
  if (!result.ok) return unanalysed(sample, result.reason, display);
  const isSample = sample.kind === "SAMPLEPHD" && sample.collection !== null;
  const category = isSample
    ? categoriseNobleGas(sample.collection!.startTime, result.isotopes, (history as NobleGasHistory | null) ?? [])
    : null;
  const judged = {
    category,
    flags: isSample ? nobleGasFlags(sample) : [],
    screening: screenXenon(isotopicRatios(result)),
  };
  return {
    report: sample.acquisition ? nobleGasReport(sample, result as NobleGasFindings, judged, noHead) : null,
    reason: null,
    display,
    history: sample.qualifier === "PREL" ? null : (category?.history ?? null),
    quality: qualityQuantities(sample, []),
    refused: [...foreign, ...("refused" in result ? result.refused.map(({ reason }) => reason) : [])],
  };
}

const isRegionEdit = (edit: SampleEdit): edit is RegionEdit =>
  edit.kind === "regionLimits" || edit.kind === "regionCounts";
const isPeakEdit = (edit: SampleEdit): edit is PeakEdit => !isRegionEdit(edit);

const unanalysed = (sample: PulseHeightData, reason: string, display: AnalysedSample["display"]): AnalysedSample => ({
  ...{ report: null, reason, display, history: null, quality: qualityQuantities(sample, []), refused: [] },
});

/** Energies are told at so many places; between them they are straight to a hundredth of a keV. */
const NODES = 65;

function spectrumDisplay(
  { firstChannel, counts }: PulseHeightSpectrum,
  energy: EnergyCalibration | null,
): SpectrumDisplay {
  const nodes = Array.from({ length: NODES }, (_, i): [number, number] => {
    const channel = firstChannel + (i * (counts.length - 1)) / (NODES - 1);
    return [channel, energy ? energy.energyAt(channel) : channel];
  });
  return {
    kind: "spectrum",
    firstChannel,
    counts: [...counts],
    energyNodes: nodes,
    continuum: [],
    lines: [],
    regions: [],
  };
}

/** Without an analysis: by the station's own calibration, or by channel where there is none. */
function plainSpectrum(sample: PulseHeightData): SpectrumDisplay | null {
  if (!sample.gammaSpectrum) return null;
  const calibration = gammaCalibration(sample);
  return spectrumDisplay(sample.gammaSpectrum, typeof calibration === "string" ? null : calibration.energy);
}

function expectedLines({ nuclides }: ParticulateAnalysis, liveSec: number): SpectrumDisplay["lines"] {
  return nuclides.flatMap(({ name, activityBq, lines }) =>
    activityBq === null
      ? []
      : lines.map(({ energyKeV, efficiency, intensity }) => ({
          nuclide: name,
          energyKeV,
          expectedCounts: Math.round(activityBq * efficiency * intensity * liveSec),
        })),
  );
}

function histogramDisplay(sample: PulseHeightData, edits: readonly RegionEdit[]): HistogramDisplay | null {
  if (!sample.histogram) return null;
  const stated = channelRegions(sample);
  const { limits: edited } = editRegions(sample, edits);
  const { gammaChannels, betaChannels, gammaSpanKeV, betaSpanKeV, counts } = sample.histogram;
  return {
    kind: "histogram",
    ...{ gammaChannels, betaChannels, gammaSpanKeV, betaSpanKeV },
    counts: [...counts],
    regions:
      typeof stated === "string"
        ? []
        : [...stated].map(([region, limits]) => ({ region, ...(edited.get(region) ?? limits) })),
  };
}
