/**
 * Which nuclides a spectrum shows. Sources are taken in, one at a time, the best explanation first, and all peaks are divided anew after each (see
 * `decompose`); a source is possible when its key line is there beyond what is explained already, and every other line that its activity predicts above
 * 1.5 detection limits is there too. Nature and the surroundings come first, then effects of the detector, then what is left may be
 * fission and activation: so a peak that nature explains is no evidence of a bomb.
 */
import type { Efficiency } from "../gamma/calibration.ts";
import type { Peak } from "../gamma/peaks.ts";
import type { Placed } from "./candidates.ts";
import { type Decomposition, decompose } from "./decompose.ts";
import { type Effect, explainEffects } from "./effects.ts";
import { nearestPeak, toleranceOf } from "./observation.ts";
import type { ParticulateSettings } from "./settings.ts";
import { isFromSurroundings } from "./sources.ts";

export interface Identification extends Decomposition {
  /** For each of `placed`: other nuclides that the same single peak would have spoken for. */
  readonly alternatives: readonly (readonly string[])[];
  /** What besides nuclides explains each peak; null for none. */
  readonly effects: readonly (Effect | null)[];
}

interface Candidate {
  readonly placed: Placed;
  readonly score: number;
  /** The peak of the key line. */
  readonly peak: number;
  readonly evidencePeaks: number;
}

/** A line that is there must hold this share of what its source predicts, for losses by coincidence and for chance. */
const LEAST_SHARE = 0.4;
/** The efficiency may be this many of its standard uncertainties lower. */
const SURELY = 2;
const COVERED_FWHM = 2;
const COVERING = 3;
/** Energies are trusted to this after the update, keV. */
const CALIBRATION_ERROR_KEV = 0.1;
/** Variance that a peak's own counts bring into the fit of its area, for each count: 2 / sqrt(3) for a Gaussian on a known continuum. */
const OWN_NOISE = 2 / Math.sqrt(3);
const LEAST_NOISE = 0.25;
/** Evidence of one peak counts no more than this, so that many lines outweigh a strong one. */
const MAX_EVIDENCE = 20;

export function identify(
  peaks: readonly Peak[],
  all: readonly Placed[],
  efficiency: Efficiency,
  settings: ParticulateSettings,
): Identification {
  const accepted: Placed[] = [];
  const alternatives = new Map<Placed, readonly string[]>();
  const refused = new Set<Placed>();
  let decomposition = decompose(peaks, accepted, settings.explanationError);
  let effects: (Effect | null)[] = peaks.map(() => null);
  const takeIn = (eligible: readonly Placed[]) => {
    for (;;) {
      const candidates = eligible.flatMap((placed) =>
        accepted.includes(placed) || refused.has(placed)
          ? []
          : (candidateOf(placed, peaks, decomposition, effects, accepted, settings) ?? []),
      );
      if (candidates.length === 0) return;
      const best = candidates.reduce((a, b) => (b.score > a.score ? b : a));
      accepted.push(best.placed);
      alternatives.set(
        best.placed,
        best.evidencePeaks > 1
          ? []
          : candidates
              .filter((c) => c !== best && c.peak === best.peak && c.evidencePeaks === 1)
              .map(({ placed }) => placed.source.nuclide.name),
      );
      decomposition = decompose(peaks, accepted, settings.explanationError);
      // What others explain wholly is not there.
      const superfluous = accepted.filter((_, k) => !(decomposition.activityBq[k]! > 0));
      for (const placed of superfluous) {
        refused.add(placed);
        accepted.splice(accepted.indexOf(placed), 1);
      }
      if (superfluous.length > 0) decomposition = decompose(peaks, accepted, settings.explanationError);
    }
  };
  const explain = () => explainEffects(peaks, decomposition, efficiency, settings.energyToleranceKeV);
  takeIn(all.filter(({ source }) => source.nuclide.category === "natural"));
  effects = explain();
  takeIn(all.filter(({ source }) => isFromSurroundings(source.nuclide)));
  effects = explain();
  const { length: fromNature } = accepted;
  takeIn(all.filter(({ source }) => isFromSample(source.nuclide.category)));
  // Sums and escapes of what was found may explain what was taken for another nuclide by one peak.
  const explainsAway = ({ key, responses }: Placed) => {
    const effect = effects[key.peak];
    if (!effect || responses.length > 1) return false;
    const { areaCounts, areaErrorCounts } = peaks[key.peak]!;
    return areaCounts - effect.counts < settings.evidenceQuantile * Math.hypot(areaErrorCounts, effect.error);
  };
  if (accepted.length > fromNature) {
    effects = explain();
    const kept = accepted.filter((placed) => isNature(placed) || !explainsAway(placed));
    if (kept.length < accepted.length) {
      accepted.splice(0, accepted.length, ...kept);
      decomposition = decompose(peaks, accepted, settings.explanationError);
      effects = explain();
    }
  }
  return {
    ...decomposition,
    alternatives: decomposition.placed.map((placed) => alternatives.get(placed) ?? []),
    effects,
  };
}

const isFromSample = (category: string | null) => category === "fission" || category === "activation";
const isNature = ({ source }: Placed) => !isFromSample(source.nuclide.category);

/** Whether a line that is not there may stand in the skirt of a stronger peak. */
function isCovered(peaks: readonly Peak[], energyKeV: number, predicted: number): boolean {
  const peak = peaks[nearestPeak(peaks, energyKeV)];
  return (
    peak !== undefined &&
    Math.abs(peak.energyKeV - energyKeV) < COVERED_FWHM * peak.fwhmKeV &&
    peak.areaCounts > COVERING * predicted
  );
}

/** Null when the source is not possible. */
function candidateOf(
  placed: Placed,
  peaks: readonly Peak[],
  { explained, explainedError }: Decomposition,
  effects: readonly (Effect | null)[],
  accepted: readonly Placed[],
  settings: ParticulateSettings,
): Candidate | null {
  const { source, responses, lines, key } = placed;
  const keyResponse = key.peak >= 0 ? responses.find(({ peak }) => peak === key.peak) : undefined;
  if (!keyResponse?.near) return null;
  // A daughter is not there without the parent that makes it.
  if (source.parent && accepted.every(({ source: other }) => other.nuclide.name !== source.parent)) return null;
  const left = (peak: number) => peaks[peak]!.areaCounts - explained[peak]! - (effects[peak]?.counts ?? 0);
  const error = (peak: number) =>
    Math.hypot(peaks[peak]!.areaErrorCounts, explainedError[peak]!, effects[peak]?.error ?? 0);
  const counts = left(key.peak);
  if (!(counts > settings.evidenceQuantile * error(key.peak))) return null;
  const activity = counts / keyResponse.gain;
  for (const { line, peak, detectionLimitCounts } of lines) {
    const least = Math.max(0, 1 - line.coincidenceError - SURELY * line.efficiencyError);
    const predicted = activity * line.gain * least;
    if (predicted < settings.mustShow * detectionLimitCounts) continue;
    if (peak < 0) {
      if (isCovered(peaks, line.energyKeV, predicted)) continue;
      return null;
    }
    if (peaks[peak]!.areaCounts + 2 * peaks[peak]!.areaErrorCounts < LEAST_SHARE * predicted) return null;
  }
  let [score, evidencePeaks] = [0, 0];
  for (const { peak, gain, near } of responses) {
    if (!near) continue;
    const evidence = Math.min(MAX_EVIDENCE, Math.min(left(peak), activity * gain) / error(peak));
    if (evidence > settings.evidenceQuantile) evidencePeaks++;
    score += Math.max(0, evidence);
  }
  if (evidencePeaks < 2 && isFromSample(source.nuclide.category)) {
    // What a fit with the peak held at the line's energy would give, in units of the spread without any peak, as for a decision threshold.
    const { areaErrorCounts, energyErrorKeV } = peaks[key.peak]!;
    const apart = keyResponse.offKeV / Math.hypot(energyErrorKeV, CALIBRATION_ERROR_KEV);
    const withoutPeak = Math.max(LEAST_NOISE * areaErrorCounts ** 2, areaErrorCounts ** 2 - OWN_NOISE * counts);
    const spread = Math.sqrt(withoutPeak + error(key.peak) ** 2 - areaErrorCounts ** 2);
    const significance = counts / spread;
    if (significance ** 2 - apart ** 2 < settings.loneEvidenceQuantile ** 2) return null;
  }
  const off = keyResponse.offKeV / toleranceOf(peaks[key.peak]!, settings.energyToleranceKeV);
  return { placed, score: score - off ** 2, peak: key.peak, evidencePeaks };
}
