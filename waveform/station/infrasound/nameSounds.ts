/** Names of the signals of an infrasound station: I or N by their category, with the reason written into their features. */
import type { Arrival } from "@harken/core";
import type { Measurement } from "../measurement.ts";
import { categories, type HeardSignal } from "./category.ts";
import type { CategoryRecipe } from "./infrasoundRecipe.ts";

export interface NamedMeasurement {
  readonly signal: Measurement;
  readonly phase: string;
}

/** What a station remembers of arrivals that it gave before. */
const heardBefore = (history: readonly Arrival[]): HeardSignal[] =>
  history.flatMap(({ time, azimuthDeg, frequencyHz, features }) =>
    azimuthDeg === null || frequencyHz === null
      ? []
      : [{ time, azimuthDeg, frequencyHz, durationSec: features?.durationSec ?? 0 }],
  );

/** In order of time. A single barometer's signals have no direction: they are N. */
export function nameSounds(
  signals: readonly Measurement[],
  history: readonly Arrival[],
  dataFrom: number,
  recipe: CategoryRecipe,
): NamedMeasurement[] {
  const judged = signals.flatMap((signal) => {
    const { time, durationSec, frequencyHz, features } = signal;
    const { azimuthDeg } = signal.direction;
    if (azimuthDeg === null || features?.kind !== "infrasound") return [];
    const { fisherRatio, highHz, lastingSec } = features;
    return [{ signal, time, durationSec, frequencyHz, azimuthDeg, fisherRatio, highHz, lastingSec }];
  });
  const since = history.reduce((first, { time }) => Math.min(first, time), dataFrom);
  const found = categories(judged, heardBefore(history), since, recipe);
  const byKey = new Map(judged.map(({ signal }, i) => [signal, found[i]!]));
  return signals.map((signal) => {
    const category = byKey.get(signal);
    const { features } = signal;
    if (!category || features?.kind !== "infrasound") return { signal, phase: "N" };
    return { signal: { ...signal, features: { ...features, noise: category.reason } }, phase: category.phase };
  });
}
