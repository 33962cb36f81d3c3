/** Spectra analysed one after the other in the order of their collection, each station's samples judged by those before. */
import type { PulseHeightData } from "@harken/core";
import {
  analyseBetaGamma,
  analyseParticulate,
  analyseXenonPeaks,
  type BetaGammaResult,
  categoriseNobleGas,
  categoriseParticulate,
  defaultParticulateSettings,
  emptyHistory,
  type IsotopicRatio,
  isotopicRatios,
  type NobleGasCategory,
  type NobleGasHistory,
  nobleGasFlags,
  type ParticulateCategory,
  type ParticulateResult,
  type ParticulateSettings,
  type QualityFlag,
  type ScreeningFlag,
  type StationHistory,
  screenXenon,
  type XenonPeaksResult,
} from "@harken/radionuclide";
import { type LoadedSpectrum, loadOneSpectrum } from "./spectrumFiles.ts";

export interface SpectrumOptions {
  readonly background?: string;
  readonly detectorBackground?: string;
  readonly limits: ParticulateSettings["limits"];
  readonly coincidences: ParticulateSettings["coincidences"];
}

export type Analysed = LoadedSpectrum &
  (
    | {
        readonly kind: "particulate";
        readonly result: ParticulateResult;
        readonly category: ParticulateCategory | null;
      }
    | ({ readonly kind: "betaGamma"; readonly result: BetaGammaResult } & NobleGasJudgement)
    | ({ readonly kind: "xenonPeaks"; readonly result: XenonPeaksResult } & NobleGasJudgement)
  );

/** What follows from the activities of a noble-gas sample, by whichever system; the category of samples only. */
export interface NobleGasJudgement {
  readonly ratios: readonly IsotopicRatio[];
  readonly screening: readonly ScreeningFlag[];
  readonly flags: readonly QualityFlag[];
  readonly category: NobleGasCategory | null;
}

export function analyseSpectra(spectra: readonly LoadedSpectrum[], options: SpectrumOptions): Analysed[] {
  const background = options.background === undefined ? null : loadOneSpectrum(options.background).data;
  const detectorBackground =
    options.detectorBackground === undefined ? null : loadOneSpectrum(options.detectorBackground).data;
  const histories = new Map<string, StationHistory>();
  const gasHistories = new Map<string, NobleGasHistory>();
  const when = ({ data }: LoadedSpectrum) => data.collection?.startTime ?? data.acquisition?.startTime ?? 0;
  // Backgrounds that a message names by their measurement, where they are among the files.
  const measured = new Map(spectra.map(({ data }) => [data.measurementId, data]));
  const named = (id: string | null) => (id === null ? null : (measured.get(id) ?? null));
  return [...spectra]
    .sort((a, b) => when(a) - when(b))
    .map((loaded): Analysed => {
      const { data: sample, equations } = loaded;
      if (sample.system !== "P") {
        const input = {
          sample,
          gasBackground: background ?? named(sample.gasBackgroundId),
          detectorBackground: detectorBackground ?? named(sample.detectorBackgroundId),
        };
        const analysed =
          sample.system === "B"
            ? ({ kind: "betaGamma", result: analyseBetaGamma(input) } as const)
            : ({ kind: "xenonPeaks", result: analyseXenonPeaks(input) } as const);
        const judgement = judge(loaded, analysed.result, gasHistories.get(sample.station) ?? []);
        if (judgement.category && isWhole(sample)) gasHistories.set(sample.station, judgement.category.history);
        return { ...loaded, ...analysed, ...judgement };
      }
      const result = analyseParticulate(
        { sample, equations, background: background ?? detectorBackground },
        { ...defaultParticulateSettings, limits: options.limits, coincidences: options.coincidences },
      );
      if (!result.ok || sample.kind !== "SAMPLEPHD") return { ...loaded, kind: "particulate", result, category: null };
      const category = categoriseParticulate(
        result.nuclides.filter(({ identified }) => identified),
        histories.get(sample.station) ?? emptyHistory,
      );
      if (isWhole(sample)) histories.set(sample.station, category.history);
      return { ...loaded, kind: "particulate", result, category };
    });
}

/** A preliminary spectrum says nothing of what is usual: its sample comes again, whole. */
const isWhole = ({ qualifier }: PulseHeightData) => qualifier !== "PREL";

function judge(
  { data }: LoadedSpectrum,
  result: BetaGammaResult | XenonPeaksResult,
  history: NobleGasHistory,
): NobleGasJudgement {
  const ratios = result.ok ? isotopicRatios(result) : [];
  const isSample = data.kind === "SAMPLEPHD" && data.collection !== null;
  return {
    ratios,
    screening: ratios.length > 0 ? screenXenon(ratios) : [],
    flags: isSample ? nobleGasFlags(data) : [],
    category: isSample && result.ok ? categoriseNobleGas(data.collection!.startTime, result.isotopes, history) : null,
  };
}
