/** `harken spectrum FILE...`: what is in spectra of radionuclide stations, from counts to concentrations and category. */
import { isoTime } from "@harken/core";
import type {
  BetaGammaResult,
  NobleGasCategory,
  ParticulateCategory,
  ParticulateResult,
  ParticulateSettings,
  XenonPeaksResult,
} from "@harken/radionuclide";
import { Command } from "commander";
import { cliErrors } from "../errors.ts";
import { printJson } from "../options.ts";
import { type Analysed, analyseSpectra, type SpectrumOptions } from "../spectrumAnalysis.ts";
import { loadSpectra } from "../spectrumFiles.ts";
import { writeReports } from "../spectrumReports.ts";
import {
  describeBetaGamma,
  describeParticulate,
  describeSample,
  describeXenon,
  describeXenonPeaks,
} from "../spectrumText.ts";

interface Options extends SpectrumOptions {
  readonly arr?: string;
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
    .option(
      "--arr <folder>",
      "also write an automatic report (ARR) of each sample, and a bulletin (SSREB) at level 5 or C",
    )
    .option("--json", "print as JSON")
    .action((paths: string[], options: Options) => {
      const files = loadSpectra(paths);
      for (const { file, problems } of files)
        for (const { severity, code, message, line } of problems)
          process.stderr.write(`${file}${line === undefined ? "" : `:${line}`}: ${severity} ${code}: ${message}\n`);
      const analysed = analyseSpectra(
        files.flatMap(({ spectra }) => spectra),
        options,
      );
      if (options.arr !== undefined) writeReports(options.arr, analysed, Date.now() / 1000);
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
