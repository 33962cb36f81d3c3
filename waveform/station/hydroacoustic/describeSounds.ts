/** Features and, at a triplet, directions of the signals that were found at a hydroacoustic station. */
import type { Station } from "@harken/core";
import { soundElements } from "../elements.ts";
import { highestHz } from "../filterRoom.ts";
import type { Measurement } from "../measurement.ts";
import type { StationRecipe } from "../recipe.ts";
import { MIN_ELEMENTS } from "../sensors.ts";
import type { DataWindow } from "../windows.ts";
import { classify } from "./classify.ts";
import { hydroacousticFeatures } from "./features.ts";
import { tripletDirection } from "./tripletDirection.ts";

/** Half a band's width about a signal's centre, in octaves, for its direction. */
const HALF_BAND_OCTAVES = 0.8;

export function describeSounds(
  found: readonly Measurement[],
  window: DataWindow,
  station: Station,
  recipe: StationRecipe,
): Measurement[] {
  const { clock, traces } = window;
  const rate = clock.sampleRateHz;
  const elements = window.sensors.kind === "array" ? soundElements(window, station) : [];
  const reference = elements[0]?.trace ?? traces[0];
  if (!reference) return [...found];
  return found.map((signal) => {
    const onset = Math.round((signal.time - clock.startTime) * rate);
    const features = hydroacousticFeatures(reference.samples, rate, onset);
    const factor = 2 ** HALF_BAND_OCTAVES;
    const band = { lowHz: signal.frequencyHz / factor, highHz: Math.min(highestHz(rate), signal.frequencyHz * factor) };
    const direction = elements.length >= MIN_ELEMENTS ? tripletDirection(elements, rate, onset, band) : null;
    return {
      ...signal,
      ...(features &&
        recipe.hydroacoustic && {
          features: { ...features, probability: classify(features, recipe.hydroacoustic).probability },
          durationSec: features.durationSec,
        }),
      ...(direction && { direction }),
    };
  });
}
