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
import { explainEffects } from "./effects.ts";
import { toleranceOf } from "./observation.ts";
import type { ParticulateSettings } from "./settings.ts";
import { isFromSurroundings } from "./sources.ts";

export interface Identification extends Decomposition {
  /** For each of `placed`: other nuclides that the same single peak would have spoken for. */
  readonly alternatives: readonly (readonly string[])[];
  /** What besides nuclides explains each peak; null for none. */
  readonly effects: readonly (string | null)[];
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
  let effects: (string | null)[] = peaks.map(() => null);
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
  // Sums and escapes of what was found may explain what was taken for another nuclide.
  if (accepted.length > fromNature) {
    effects = explain();
    const kept = accepted.filter((placed) => !effects[placed.key.peak] || isNature(placed));
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

/** Null when the source is not possible. */
function candidateOf(
  placed: Placed,
  peaks: readonly Peak[],
  { explained, explainedError }: Decomposition,
  effects: readonly (string | null)[],
  accepted: readonly Placed[],
  settings: ParticulateSettings,
): Candidate | null {
  const { source, responses, lines, key } = placed;
  const keyResponse = key.peak >= 0 ? responses.find(({ peak }) => peak === key.peak) : undefined;
  if (!keyResponse?.near || effects[key.peak]) return null;
  // A daughter is not there without the parent that makes it.
  if (source.parent && accepted.every(({ source: other }) => other.nuclide.name !== source.parent)) return null;
  const left = (peak: number) => peaks[peak]!.areaCounts - explained[peak]!;
  const error = (peak: number) => Math.hypot(peaks[peak]!.areaErrorCounts, explainedError[peak]!);
  const counts = left(key.peak);
  if (!(counts > settings.evidenceQuantile * error(key.peak))) return null;
  const activity = counts / keyResponse.gain;
  for (const { line, peak, detectionLimitCounts } of lines) {
    const predicted = activity * line.gain * (1 - line.coincidenceError);
    if (predicted < settings.mustShow * detectionLimitCounts) continue;
    if (peak < 0) return null;
    if (peaks[peak]!.areaCounts + 2 * peaks[peak]!.areaErrorCounts < LEAST_SHARE * predicted) return null;
  }
  let [score, evidencePeaks] = [0, 0];
  for (const { peak, gain, near } of responses) {
    if (!near || effects[peak]) continue;
    const evidence = Math.min(MAX_EVIDENCE, Math.min(left(peak), activity * gain) / error(peak));
    if (evidence > settings.evidenceQuantile) evidencePeaks++;
    score += Math.max(0, evidence);
  }
  const off = keyResponse.offKeV / toleranceOf(peaks[key.peak]!, settings.energyToleranceKeV);
  return { placed, score: score - off ** 2, peak: key.peak, evidencePeaks };
}
