/** Where, how often and how large events are, from the places and magnitudes of a bulletin. */
import { type BayesPriors, layerOf } from "../priors.ts";
import type { Sample } from "./sample.ts";

const BIN = 0.1;
/** The list counts as complete from this far above its most frequent magnitude on (maximum curvature, Woessner and Wiemer 2005). */
const ABOVE_MODE = 0.2;
const LEAST_MAGNITUDE = 2.5;
const LEAST_COUNT = 30;
const USUAL = { perDay: 300, bValue: 1 } as const;
const KERNEL_DEG = 1.3;

/** `evenShare` of the events may happen anywhere alike: some always do, however long the list. */
export function learnSeismicity({ events, days }: Sample, evenShare: number): BayesPriors["seismicity"] {
  const magnitudes = events.flatMap(({ magnitude }) => (magnitude === null ? [] : [magnitude]));
  const places = new Map<string, [number, number, number, number]>();
  for (const { origin } of events) {
    const place = [halfDegree(origin.latitudeDeg), halfDegree(origin.longitudeDeg), layerOf(origin.depthKm)] as const;
    const known = places.get(place.join(" "));
    if (known) known[3]++;
    else places.set(place.join(" "), [...place, 1]);
  }
  return {
    ...rateOf(magnitudes, days),
    ...{ evenShare, kernelDeg: KERNEL_DEG },
    minMagnitude: LEAST_MAGNITUDE,
    places: [...places.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]),
  };
}

const halfDegree = (value: number) => Math.round(2 * value) / 2;

/** Aki's estimate with Utsu's correction for the bins, and the rate that it gives at the least magnitude. */
function rateOf(magnitudes: readonly number[], days: number): { perDay: number; bValue: number } {
  if (magnitudes.length < LEAST_COUNT || days <= 0) return USUAL;
  const counts = new Map<number, number>();
  for (const m of magnitudes) {
    const bin = Math.round(m / BIN);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const [mode] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
  const complete = mode * BIN + ABOVE_MODE;
  const above = magnitudes.filter((m) => m >= complete - BIN / 2);
  const excess = above.reduce((sum, m) => sum + m - (complete - BIN / 2), 0) / Math.max(1, above.length);
  const bValue = Math.min(1.5, Math.max(0.7, Math.LOG10E / Math.max(0.1, excess)));
  return { perDay: (above.length / days) * 10 ** (bValue * (complete - LEAST_MAGNITUDE)), bValue };
}
