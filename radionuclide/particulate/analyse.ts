/**
 * A particulate sample from counts to concentrations: peaks, calibration brought up to date, nuclides, areas divided among them, concentrations,
 * minimum detectable concentrations, and flags.
 *
 *     const result = analyseParticulate({ sample });                          // a PHD message
 *     const result = analyseParticulate({ sample, equations: calibration });  // a SAMPML spectrum
 *     if (result.ok) result.nuclides.filter(({ identified }) => identified);
 */
import type { GammaEquations, PeakEdit, PulseHeightData } from "@harken/core";
import { updateEnergy } from "../gamma/energyUpdate.ts";
import { characteristicLimits } from "../gamma/limits.ts";
import { editPeaks } from "../gamma/peakEdits.ts";
import { fitSpectrum, type Peak, scaleOf } from "../gamma/peaks.ts";
import { subtractBackground } from "./background.ts";
import { gammaCalibration } from "./calibration.ts";
import { type Placed, place } from "./candidates.ts";
import { combineLines } from "./concentrations.ts";
import type { Effect } from "./effects.ts";
import { defaultQualityLimits, type QualityLimits, qualityFlags } from "./flags.ts";
import { type Identification, identify } from "./identify.ts";
import { continuumCounts, grossCounts, type Observation } from "./observation.ts";
import type { AnalysedPeak, NuclideResult, ParticulateResult } from "./result.ts";
import { defaultParticulateSettings, type ParticulateSettings } from "./settings.ts";
import { isFromSurroundings, type Source, sourcesFor } from "./sources.ts";

export interface ParticulateInput {
  readonly sample: PulseHeightData;
  /** Calibration as equations; the points of the message otherwise. */
  readonly equations?: GammaEquations | null;
  /** Measurement without a sample or with a blank filter, whose peaks are taken off. */
  readonly background?: PulseHeightData | null;
  /** What an analyst changes of the peaks that were found, one after the other. */
  readonly edits?: readonly PeakEdit[];
  readonly previousSamplePresent?: boolean | null;
  readonly qualityLimits?: QualityLimits;
}

/** Lines of each source at which weak peaks are looked for. */
const LINES_LOOKED_FOR = 3;
const NATURAL_LINES_LOOKED_FOR = 15;

export function analyseParticulate(
  input: ParticulateInput,
  settings: ParticulateSettings = defaultParticulateSettings,
): ParticulateResult {
  const { sample } = input;
  const { gammaSpectrum: spectrum, acquisition, collection } = sample;
  if (!spectrum) return { ok: false, reason: "there is no gamma spectrum" };
  if (!acquisition || !(acquisition.liveSec > 0)) return { ok: false, reason: "there is no acquisition time" };
  const calibration = gammaCalibration(sample, input.equations);
  if (typeof calibration === "string") return { ok: false, reason: calibration };
  const remarks: string[] = [];
  if (!collection) remarks.push("no concentration: the message gives no collection");
  const times = {
    collectionSec: collection ? Math.max(0, collection.stopTime - collection.startTime) : 0,
    waitSec: collection ? Math.max(0, acquisition.startTime - collection.stopTime) : 0,
    acquisitionSec: acquisition.realSec,
  };
  const { fromKeV, toKeV } = settings.peaks;
  const { coincidences } = settings;
  const sources = sourcesFor({ calibration, fromKeV, toKeV, liveSec: acquisition.liveSec, times, coincidences });
  const blank: Observation = {
    peaks: [],
    continuum: new Float64Array(spectrum.counts.length),
    spectrum,
    energy: calibration.energy,
    resolution: calibration.resolution,
    decisionQuantile: settings.decisionQuantile,
  };
  const expectedKeV = sources.flatMap((source) => linesLookedFor(source, blank));
  const scale = scaleOf(spectrum, calibration.energy, calibration.resolution);
  const found = fitSpectrum(scale, { ...settings.peaks, expectedKeV });
  const energyUpdate = updateEnergy(found.peaks, calibration.energy, settings.energyUpdate);
  if (!energyUpdate.used) remarks.push(`the energy calibration is the station's own: ${energyUpdate.reason}`);
  const { energy } = energyUpdate;
  const fit = editPeaks(scale, energy, settings.peaks, found, input.edits ?? []);
  for (const { edit, reason } of fit.refused) remarks.push(`the edit ${edit.kind} was left out: ${reason}`);
  let peaks: readonly Peak[] = fit.peaks.map((peak) => ({ ...peak, energyKeV: energy.energyAt(peak.channel) }));
  if (input.background) {
    const taken = subtractBackground(
      peaks,
      input.background,
      { ...calibration, energy },
      acquisition.liveSec,
      settings,
    );
    if (typeof taken === "string") remarks.push(`the background is not taken off: ${taken}`);
    else peaks = taken;
  }
  const observation: Observation = { ...blank, peaks, continuum: fit.continuum, energy };
  const placed = sources.flatMap((source) => place(source, observation, settings.energyToleranceKeV) ?? []);
  const identification = identify(peaks, placed, calibration.efficiency, settings);
  const nuclides = placed
    .map((one) => nuclideResult(one, identification, observation, collection?.airVolumeM3 ?? null, settings))
    .sort((a, b) => Number(b.identified) - Number(a.identified) || a.name.localeCompare(b.name));
  const identified = nuclides.filter((n) => n.identified);
  const flags = qualityFlags(
    {
      sample,
      peaks,
      energy: calibration.energy,
      energyUpdate,
      ba140Mdc: nuclides.find(({ name }) => name === "Ba-140")?.mdc ?? null,
      activationProducts: identified.filter(({ category }) => category === "activation").length,
      previousSamplePresent: input.previousSamplePresent ?? null,
    },
    input.qualityLimits ?? defaultQualityLimits,
  );
  const analysed = peaks.map((peak, j) => describePeak(peak, j, identification));
  const unknown = analysed.filter((peak) => peak.nuclides.length === 0 && !peak.effect);
  if (unknown.length > 0)
    remarks.push(
      `${unknown.length} peaks are explained by nothing: ${unknown.map(({ energyKeV }) => energyKeV.toFixed(1)).join(", ")} keV`,
    );
  for (const { name, alternatives } of identified)
    if (alternatives.length > 0)
      remarks.push(`${name} rests on one peak, which could also be ${alternatives.join(" or ")}`);
  const keVAt = (index: number) => energy.energyAt(spectrum.firstChannel + index);
  const regions = fit.groups.map(({ region, fit: { reducedDeviance }, byHand }) => ({
    fromKeV: keVAt(region.from),
    toKeV: keVAt(region.to - 1),
    ...{ reducedDeviance, byHand },
  }));
  const { continuum, refused } = fit;
  return { ok: true, peaks: analysed, regions, refused, nuclides, energyUpdate, continuum, flags, remarks };
}

/** The lines by which least of a source would be seen. */
function linesLookedFor(source: Source, observation: Observation): number[] {
  const natural = source.nuclide.category === "natural" || isFromSurroundings(source.nuclide);
  return source.lines
    .flatMap(({ energyKeV, gain }) => {
      const background = grossCounts(observation, energyKeV);
      return background === null ? [] : [{ energyKeV, rank: gain / Math.sqrt(background + 1) }];
    })
    .sort((a, b) => b.rank - a.rank)
    .slice(0, natural ? NATURAL_LINES_LOOKED_FOR : LINES_LOOKED_FOR)
    .map(({ energyKeV }) => energyKeV);
}

function nuclideResult(
  placed: Placed,
  found: Identification,
  observation: Observation,
  airVolumeM3: number | null,
  settings: ParticulateSettings,
): NuclideResult {
  const { source, key } = placed;
  const { nuclide, decayFactor } = source;
  const k = found.placed.indexOf(placed);
  const combined = k >= 0 ? combineLines(observation.peaks, found, k, settings.efficiencyCorrelation) : null;
  const fromSample = !isFromSurroundings(nuclide);
  const perBq = fromSample && airVolumeM3 !== null && airVolumeM3 > 0 ? (1e6 * decayFactor) / airVolumeM3 : null;
  // Where the nuclide is, its own peak is no background.
  const background =
    (combined ? continuumCounts(observation, key.line.energyKeV) : grossCounts(observation, key.line.energyKeV)) ?? 0;
  const { efficiencyError, intensityError, gain } = key.line;
  const limits = characteristicLimits({
    backgroundCounts: background,
    factor: (perBq ?? 0) / gain,
    factorRelativeError: settings.limits === "iso11929" ? Math.hypot(efficiencyError, intensityError) : 0,
    quantile: settings.decisionQuantile,
  });
  const scaled = (bq: number | null | undefined) => (perBq === null || bq == null ? null : bq * perBq);
  const keyLine = combined?.lines.find(({ energyKeV }) => energyKeV === key.line.energyKeV);
  return {
    name: nuclide.name,
    category: nuclide.category,
    halfLifeSec: nuclide.halfLifeSec,
    identified: combined !== null,
    fromSample,
    keyKeV: key.line.energyKeV,
    decayFactor,
    activityBq: combined?.activityBq ?? null,
    activityErrorBq: combined?.errorBq ?? null,
    concentration: scaled(combined?.activityBq),
    concentrationError: scaled(combined?.errorBq),
    keyConcentration: scaled(keyLine?.activityBq),
    criticalLevel: perBq === null ? null : limits.decisionThreshold,
    mdc: perBq === null ? null : limits.detectionLimit,
    reducedChiSquared: combined?.reducedChiSquared ?? null,
    lines: combined?.lines ?? [],
    alternatives: k >= 0 ? found.alternatives[k]! : [],
  };
}

function describePeak(peak: Peak, j: number, found: Identification): AnalysedPeak {
  const parts = found.placed.flatMap(({ source, responses }, k) => {
    const response = responses.find((r) => r.peak === j);
    const counts = response ? response.gain * found.activityBq[k]! : 0;
    return counts > LEAST_PART * peak.areaCounts ? [{ name: source.nuclide.name, counts }] : [];
  });
  const total = Math.max(
    parts.reduce((sum, { counts }) => sum + counts, 0),
    1e-9,
  );
  return {
    ...peak,
    nuclides: parts.sort((a, b) => b.counts - a.counts).map(({ name, counts }) => ({ name, share: counts / total })),
    effect: effectOn(peak, found.explained[j]!, found.effects[j]!),
  };
}

/** Told where nuclides leave a part of the peak that the effect can make. */
function effectOn(peak: Peak, explained: number, effect: Effect | null): string | null {
  return effect?.suffices && explained < MOSTLY * peak.areaCounts ? effect.what : null;
}

/** Parts smaller than this of a peak are not told; what nuclides explain to this share needs no effect. */
const LEAST_PART = 0.02;
const MOSTLY = 0.7;
