/** `harken spectrum FILE...`: what is in spectra of radionuclide stations, from counts to concentrations and category. */
import { isoTime } from "@harken/core";
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
import { Command } from "commander";
import { cliErrors } from "../errors.ts";
import { printJson } from "../options.ts";
import { type LoadedSpectrum, loadOneSpectrum, loadSpectra } from "../spectrumFiles.ts";
import {
  describeBetaGamma,
  describeParticulate,
  describeSample,
  describeXenon,
  describeXenonPeaks,
} from "../spectrumText.ts";

interface Options {
  readonly background?: string;
  readonly detectorBackground?: string;
  readonly limits: ParticulateSettings["limits"];
  readonly coincidences: ParticulateSettings["coincidences"];
  readonly json?: boolean;
}

export function spectrumCommand(): Command {
  return new Command("spectrum")
    .description(
      "Analyse spectra of radionuclide stations (PHD messages, SAMPML): peaks, nuclides, concentrations, minimum detectable " +
        "concentrations, flags and category of particulate samples; xenon isotopes of beta-gamma samples.",
    )
    .argument("<paths...>", "files or folders; samples of one station are judged in the order of their collection")
    .option(
      "--background <file>",
      "what to take off: the gas background of a noble gas sample, a blank filter of a particulate one",
    )
    .option("--detector-background <file>", "measurement of the empty detector")
    .option(
      "--limits <method>",
      "decision and detection limits: currie (as the IDC) or iso11929",
      limitsOption,
      "currie",
    )
    .option(
      "--coincidences <how>",
      "true coincidences of particulate samples: uncertainty (as the IDC's products) or corrected, by level schemes",
      coincidencesOption,
      "uncertainty",
    )
    .option("--json", "print as JSON")
    .action((paths: string[], options: Options) => {
      const files = loadSpectra(paths);
      for (const { file, problems } of files)
        for (const { severity, code, message, line } of problems)
          process.stderr.write(`${file}${line === undefined ? "" : `:${line}`}: ${severity} ${code}: ${message}\n`);
      const analysed = analyseAll(
        files.flatMap(({ spectra }) => spectra),
        options,
      );
      if (options.json) printJson(analysed.map(asJson));
      else process.stdout.write(`${analysed.map(describe).join("\n\n")}\n`);
      const failed = analysed.flatMap(({ result }) => (result.ok ? [] : [result.reason]));
      if (failed.length === analysed.length)
        throw cliErrors.make("CANNOT_ANALYSE", { count: failed.length, reason: failed[0] });
    });
}

function limitsOption(value: string): ParticulateSettings["limits"] {
  if (value === "currie" || value === "iso11929") return value;
  throw cliErrors.make("BAD_OPTION", { option: "--limits", value, advice: "The methods are currie and iso11929." });
}

function coincidencesOption(value: string): ParticulateSettings["coincidences"] {
  if (value === "uncertainty" || value === "corrected") return value;
  const advice = "Choose uncertainty or corrected.";
  throw cliErrors.make("BAD_OPTION", { option: "--coincidences", value, advice });
}

type Analysed = LoadedSpectrum &
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
interface NobleGasJudgement {
  readonly ratios: readonly IsotopicRatio[];
  readonly screening: readonly ScreeningFlag[];
  readonly flags: readonly QualityFlag[];
  readonly category: NobleGasCategory | null;
}

function analyseAll(spectra: readonly LoadedSpectrum[], options: Options): Analysed[] {
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
        if (judgement.category) gasHistories.set(sample.station, judgement.category.history);
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
      histories.set(sample.station, category.history);
      return { ...loaded, kind: "particulate", result, category };
    });
}

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

function describe(analysed: Analysed): string {
  const head = `${analysed.file}\n${describeSample(analysed.data)}\n`;
  if (!analysed.result.ok) return `${head}\nIt cannot be analysed: ${analysed.result.reason}.`;
  if (analysed.kind === "particulate")
    return `${head}\n${describeParticulate(analysed.result as Extract<ParticulateResult, { ok: true }>, analysed.category)}`;
  const found =
    analysed.kind === "betaGamma"
      ? describeBetaGamma(analysed.result as Extract<BetaGammaResult, { ok: true }>)
      : describeXenonPeaks(analysed.result as Extract<XenonPeaksResult, { ok: true }>);
  return `${head}\n${found}\n${describeXenon(analysed)}`;
}

function asJson(analysed: Analysed): unknown {
  const { file, data, kind } = analysed;
  const { collection, acquisition } = data;
  const head = {
    file,
    station: data.station,
    detector: data.detector,
    sampleId: data.sampleId,
    dataType: data.kind,
    kind,
    collection: collection && {
      from: isoTime(collection.startTime),
      to: isoTime(collection.stopTime),
      airVolumeM3: collection.airVolumeM3,
    },
    acquisition: acquisition && { ...acquisition, startTime: isoTime(acquisition.startTime) },
  };
  if (!analysed.result.ok) return { ...head, failed: analysed.result.reason };
  if (analysed.kind !== "particulate") {
    const { ratios, screening, flags } = analysed;
    const { ok: _ok, ...result } = analysed.result;
    const judged = { ratios, screening, flags, category: withoutHistory(analysed.category) };
    if (analysed.kind === "betaGamma") return { ...head, ...result, ...judged };
    const { fitted: _fitted, ...peaks } = result as Extract<XenonPeaksResult, { ok: true }>;
    return { ...head, ...peaks, ...judged };
  }
  const { peaks, nuclides, flags, remarks, energyUpdate } = analysed.result;
  const { energy: _energy, ...update } = energyUpdate;
  const { category } = analysed;
  return {
    ...head,
    peaks,
    nuclides,
    flags,
    energyUpdate: update,
    category: withoutHistory(category),
    remarks,
  };
}

function withoutHistory(category: ParticulateCategory | NobleGasCategory | null): unknown {
  if (!category) return null;
  const { history: _history, ...rest } = category;
  return rest;
}
