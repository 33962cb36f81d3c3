/**
 * The adaptive F-detector: Fisher's ratio of a beam to what is left of the elements, against a threshold that follows the noise (Blandford 1974,
 * doi:10.1190/1.1440454; Arrowsmith et al. 2009, doi:10.1785/0120080180).
 *
 *     const f = fisherRatio(aligned, 0, 200);
 *     const { detections } = adaptiveF(ratios, { freedom1: 20, freedom2: 60, probability: 0.01, history: 360 });
 *
 * In noise that is independent at each element the ratio has Fisher's distribution with 2BT and 2BT (elements - 1) degrees of freedom. Noise that is
 * coherent in part has the same distribution stretched by a factor, and the detector finds that factor in what came before: the logarithm of F is
 * densest at F = 1 whatever the degrees of freedom, so the factor is where the logarithm of the observed ratios is densest.
 */
import { quantile } from "@harken/core";
import { fQuantile } from "./fDistribution.ts";

/** Fisher's ratio of traces that stand in phase, over samples [from, to): 1 on the mean in independent noise, 0 for silence. */
export function fisherRatio(traces: readonly ArrayLike<number>[], from: number, to: number): number {
  const count = traces.length;
  let [beam, total] = [0, 0];
  for (let i = from; i < to; i++) {
    let sum = 0;
    for (let j = 0; j < count; j++) {
      const value = traces[j]![i]!;
      sum += value;
      total += value * value;
    }
    beam += sum * sum;
  }
  beam /= count;
  const rest = Math.max(total - beam, LEAST_REST * total);
  return rest > 0 ? (beam * (count - 1)) / rest : 0;
}

/** Residual of perfect agreement, as a share of the whole: keeps the ratio finite. */
const LEAST_REST = 1e-9;

export interface AdaptiveFSettings {
  /** Degrees of freedom of the beam and of the residual: 2BT and 2BT (elements - 1) for B Hz and T s. */
  readonly freedom1: number;
  readonly freedom2: number;
  /** Probability of a window of noise to be over the threshold. */
  readonly probability: number;
  /** Windows before the present one that the noise is judged by. */
  readonly history: number;
}

export interface AdaptiveF {
  /** Factor by which the noise stretches the distribution, by window. */
  readonly scales: Float64Array;
  readonly thresholds: Float64Array;
  /** Windows [first, end) over their threshold. */
  readonly detections: readonly { readonly first: number; readonly end: number }[];
}

/** The factor is found anew each time so many shares of the history have passed. */
const RENEWALS = 8;

/** Ratios of successive windows. Signals stay in the history: they are few, and without them lasting noise of a new kind would never be learned. */
export function adaptiveF(ratios: ArrayLike<number>, settings: AdaptiveFSettings): AdaptiveF {
  const { freedom1, freedom2, probability, history } = settings;
  const critical = fQuantile(probability, freedom1, freedom2);
  const scales = new Float64Array(ratios.length);
  const thresholds = new Float64Array(ratios.length);
  const detections: { first: number; end: number }[] = [];
  const renewal = Math.max(1, Math.floor(history / RENEWALS));
  let scale = 1;
  for (let i = 0; i < ratios.length; i++) {
    if (i % renewal === 0) {
      // At the beginning the first stretch is its own history.
      const from = Math.max(0, i - history);
      scale = noiseScale(Array.from({ length: Math.min(history, ratios.length - from) }, (_, k) => ratios[from + k]!));
    }
    scales[i] = scale;
    thresholds[i] = scale * critical;
    if (ratios[i]! > thresholds[i]!) {
      const last = detections.at(-1);
      if (last?.end === i) last.end = i + 1;
      else detections.push({ first: i, end: i + 1 });
    }
  }
  return { scales, thresholds, detections };
}

/** Ratios from which a factor can be told. */
const LEAST_NOISE = 20;
/** Points of the density between the smallest and the largest logarithm. */
const DENSITY_POINTS = 200;

/** Where the logarithms of the ratios are densest; at least 1, because noise is never less coherent than independent. */
export function noiseScale(ratios: readonly number[]): number {
  const logs = ratios.filter((f) => f > 0 && Number.isFinite(f)).map(Math.log);
  if (logs.length < LEAST_NOISE) return 1;
  const spread = (quantile(logs, 0.75) - quantile(logs, 0.25)) / 1.349;
  // Silverman's width; wider by half, for a mode needs a smoother density than a shape.
  const width = 1.5 * 1.06 * Math.max(1e-3, spread) * logs.length ** -0.2;
  const [low, high] = [quantile(logs, 0), quantile(logs, 1)];
  let [best, densest] = [0, 0];
  for (let k = 0; k <= DENSITY_POINTS; k++) {
    const at = low + ((high - low) * k) / DENSITY_POINTS;
    let density = 0;
    for (const log of logs) density += Math.exp(-0.5 * ((log - at) / width) ** 2);
    if (density > densest) [best, densest] = [at, density];
  }
  return Math.max(1, Math.exp(best));
}
