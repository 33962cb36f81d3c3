/** One radionuclide measurement from its message to report, category and picture, by whichever system it was made. */
import type { HistogramDisplay, SpectrumDisplay } from "@harken/api";
import type { PulseHeightData, PulseHeightSpectrum, SampleReport } from "@harken/core";
import {
  analyseBetaGamma,
  analyseParticulate,
  analyseXenonPeaks,
  categoriseNobleGas,
  categoriseParticulate,
  channelRegions,
  type EnergyCalibration,
  emptyHistory,
  gammaCalibration,
  isotopicRatios,
  type NobleGasFindings,
  type NobleGasHistory,
  nobleGasFlags,
  nobleGasReport,
  type ParticulateAnalysis,
  particulateReport,
  type ReportHead,
  type StationHistory,
  screenXenon,
} from "@harken/radionuclide";

export interface SampleContext {
  /** What the station's samples before have left, as JSON gave it back; null for the first. */
  readonly history: unknown;
  readonly gasBackground: PulseHeightData | null;
  readonly detectorBackground: PulseHeightData | null;
  readonly head: ReportHead;
}

export interface AnalysedSample {
  /** Null for what cannot be analysed; `reason` says why. */
  readonly report: SampleReport | null;
  readonly reason: string | null;
  readonly display: SpectrumDisplay | HistogramDisplay | null;
  /** For the station's next sample; null when this one says nothing of what is usual. */
  readonly history: unknown;
}

export function analyseSample(sample: PulseHeightData, context: SampleContext): AnalysedSample {
  return sample.system === "P" ? particulate(sample, context) : nobleGas(sample, context);
}

function particulate(sample: PulseHeightData, { history, detectorBackground, head }: SampleContext): AnalysedSample {
  const result = analyseParticulate({ sample, background: detectorBackground });
  if (!result.ok) return { report: null, reason: result.reason, display: plainSpectrum(sample), history: null };
  const category =
    sample.kind === "SAMPLEPHD"
      ? categoriseParticulate(
          result.nuclides.filter(({ identified }) => identified),
          (history as StationHistory | null) ?? emptyHistory,
        )
      : null;
  return {
    report: particulateReport(sample, result, category, head),
    reason: null,
    display: {
      ...spectrumDisplay(sample.gammaSpectrum!, result.energyUpdate.energy),
      continuum: Array.from(result.continuum, (count) => Math.round(10 * count) / 10),
      lines: expectedLines(result, sample.acquisition!.liveSec),
    },
    history: sample.qualifier === "PREL" ? null : (category?.history ?? null),
  };
}

function nobleGas(sample: PulseHeightData, context: SampleContext): AnalysedSample {
  const { gasBackground, detectorBackground, head } = context;
  const input = { sample, gasBackground, detectorBackground };
  const display = sample.system === "B" ? histogramDisplay(sample) : plainSpectrum(sample);
  const result = sample.system === "B" ? analyseBetaGamma(input) : analyseXenonPeaks(input);
  if (!result.ok) return { report: null, reason: result.reason, display, history: null };
  const isSample = sample.kind === "SAMPLEPHD" && sample.collection !== null;
  const category = isSample
    ? categoriseNobleGas(
        sample.collection!.startTime,
        result.isotopes,
        (context.history as NobleGasHistory | null) ?? [],
      )
    : null;
  const judged = {
    category,
    flags: isSample ? nobleGasFlags(sample) : [],
    screening: screenXenon(isotopicRatios(result)),
  };
  return {
    report: sample.acquisition ? nobleGasReport(sample, result as NobleGasFindings, judged, head) : null,
    reason: null,
    display,
    history: sample.qualifier === "PREL" ? null : (category?.history ?? null),
  };
}

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
  return { kind: "spectrum", firstChannel, counts: [...counts], energyNodes: nodes, continuum: [], lines: [] };
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

function histogramDisplay(sample: PulseHeightData): HistogramDisplay | null {
  if (!sample.histogram) return null;
  const regions = channelRegions(sample);
  const { gammaChannels, betaChannels, gammaSpanKeV, betaSpanKeV, counts } = sample.histogram;
  return {
    kind: "histogram",
    ...{ gammaChannels, betaChannels, gammaSpanKeV, betaSpanKeV },
    counts: [...counts],
    regions: typeof regions === "string" ? [] : [...regions].map(([region, limits]) => ({ region, ...limits })),
  };
}
