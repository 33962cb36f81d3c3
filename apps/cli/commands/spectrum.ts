/** `harken spectrum FILE...`: what is in spectra of radionuclide stations, from counts to concentrations and category. */
import { isoTime } from "@harken/core";
import {
  analyseBetaGamma,
  analyseParticulate,
  type BetaGammaResult,
  categoriseParticulate,
  defaultParticulateSettings,
  emptyHistory,
  type ParticulateCategory,
  type ParticulateResult,
  type ParticulateSettings,
  type StationHistory,
} from "@harken/radionuclide";
import { Command } from "commander";
import { cliErrors } from "../errors.ts";
import { printJson } from "../options.ts";
import { type LoadedSpectrum, loadOneSpectrum, loadSpectra } from "../spectrumFiles.ts";
import { describeBetaGamma, describeParticulate, describeSample } from "../spectrumText.ts";

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
    | { readonly kind: "betaGamma"; readonly result: BetaGammaResult }
  );

function analyseAll(spectra: readonly LoadedSpectrum[], options: Options): Analysed[] {
  const background = options.background === undefined ? null : loadOneSpectrum(options.background).data;
  const detectorBackground =
    options.detectorBackground === undefined ? null : loadOneSpectrum(options.detectorBackground).data;
  const histories = new Map<string, StationHistory>();
  const when = ({ data }: LoadedSpectrum) => data.collection?.startTime ?? data.acquisition?.startTime ?? 0;
  return [...spectra]
    .sort((a, b) => when(a) - when(b))
    .map((loaded): Analysed => {
      const { data: sample, equations } = loaded;
      if (sample.system !== "P")
        return {
          ...loaded,
          kind: "betaGamma",
          result: analyseBetaGamma({ sample, gasBackground: background, detectorBackground }),
        };
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

function describe(analysed: Analysed): string {
  const head = `${analysed.file}\n${describeSample(analysed.data)}\n`;
  if (!analysed.result.ok) return `${head}\nIt cannot be analysed: ${analysed.result.reason}.`;
  return analysed.kind === "particulate"
    ? `${head}\n${describeParticulate(analysed.result as Extract<ParticulateResult, { ok: true }>, analysed.category)}`
    : `${head}\n${describeBetaGamma(analysed.result as Extract<BetaGammaResult, { ok: true }>)}`;
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
  if (analysed.kind === "betaGamma") {
    const { ok: _ok, ...result } = analysed.result;
    return { ...head, ...result };
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
    category: category && { level: category.level, reason: category.reason, nuclides: category.nuclides },
    remarks,
  };
}
