/**
 * The campaigns that station processing is held to and that its page shows: seeds that nothing was calibrated on. Whole ones take four minutes of
 * one core; a test runs a sample of the same signals.
 */

import type { SignalCampaign } from "./accuracy.ts";
import type { NoiseCampaign } from "./noiseAlone.ts";

export const stationKinds = [
  { kind: "3c", name: "three components" },
  { kind: "array", name: "an array of nine elements" },
] as const;
type Kind = (typeof stationKinds)[number]["kind"];

export const signalCampaigns: Readonly<Record<Kind, Readonly<Record<"whole" | "sample", SignalCampaign>>>> = {
  "3c": {
    whole: { seed: 2036, kind: "3c", perCell: 150, snrs: [3, 4, 5, 7, 10, 20, 50, 150, 500] },
    sample: { seed: 2036, kind: "3c", perCell: 9, snrs: [5, 7, 12, 40, 200] },
  },
  array: {
    whole: { seed: 2037, kind: "array", perCell: 80, snrs: [3, 4, 5, 7, 10, 20, 50, 150, 500] },
    sample: { seed: 2037, kind: "array", perCell: 3, snrs: [5, 7, 12, 40, 200] },
  },
};

/** Noise from a vault on old rock to an island in a storm. */
export const noiseCampaigns = (kind: Kind, hours: number): NoiseCampaign[] =>
  [0.1, 0.3, 0.6, 0.9].map((noiseLevel) => ({ seed: 2030, kind, noiseLevel, hours }));
export const NOISE_HOURS = { whole: 24, sample: 2 } as const;
