/**
 * Categories of infrasound signals: I is a signal that may come from an event, N is noise. Nine of ten detections are noise (Brachet and Coyne
 * 2006): surf, waterfalls, microbaroms, factories. What they have in common is that they last or come again: a signal is clutter when many
 * came from the same direction in the same band, or when they filled the hours before it.
 */
import { azimuthDifference, type InfrasoundFeatures } from "@harken/core";
import type { CategoryRecipe } from "./infrasoundRecipe.ts";

/** What is remembered of a signal. */
export interface HeardSignal {
  /** Epoch seconds. */
  readonly time: number;
  readonly durationSec: number;
  readonly azimuthDeg: number;
  readonly frequencyHz: number;
}

export interface JudgedSignal extends HeardSignal {
  readonly fisherRatio: number;
  /** Upper corner of the bands that it is heard in, Hz. */
  readonly highHz: number;
  /** For how long sound of this kind was heard around it, s. */
  readonly lastingSec: number;
}

export interface Category {
  readonly phase: "I" | "N";
  /** Why it is noise; "" for a signal. */
  readonly reason: InfrasoundFeatures["noise"];
}

/** Categories of signals in order of time. `before` is what was heard earlier; the station has listened since `listeningSince`. */
export function categories(
  signals: readonly JudgedSignal[],
  before: readonly HeardSignal[],
  listeningSince: number,
  recipe: CategoryRecipe,
): Category[] {
  const heard = [...before, ...signals].sort((a, b) => a.time - b.time);
  return signals.map((signal) => {
    if (!(signal.fisherRatio >= recipe.minFisher)) return { phase: "N", reason: "weak" };
    if (signal.lastingSec > recipe.longestSec) return { phase: "N", reason: "lasting" };
    const { microbaromHz, microbaromSec, microbaromFisher } = recipe;
    const isLow = signal.highHz <= microbaromHz;
    if (isLow && (signal.lastingSec >= microbaromSec || signal.fisherRatio < microbaromFisher))
      return { phase: "N", reason: "microbarom" };
    return isClutter(signal, heard, listeningSince, recipe)
      ? { phase: "N", reason: "recurrent" }
      : { phase: "I", reason: "" };
  });
}

function isClutter(
  signal: JudgedSignal,
  heard: readonly HeardSignal[],
  listeningSince: number,
  recipe: CategoryRecipe,
): boolean {
  const { memorySec, leastMemorySec, clutterCount, clutterShare, sameAzimuthDeg, sameOctaves } = recipe;
  const since = Math.max(listeningSince, signal.time - memorySec);
  const like = heard.filter(
    (other) =>
      other.time >= since &&
      other.time < signal.time &&
      Math.abs(azimuthDifference(other.azimuthDeg, signal.azimuthDeg)) <= sameAzimuthDeg &&
      Math.abs(Math.log2(other.frequencyHz / signal.frequencyHz)) <= sameOctaves,
  );
  if (like.length >= clutterCount) return true;
  const listened = signal.time - since;
  const filled = like.reduce((sum, { durationSec }) => sum + durationSec, 0);
  return listened >= leastMemorySec && filled >= clutterShare * listened;
}
