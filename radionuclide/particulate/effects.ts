/**
 * Peaks that are no line of their own: annihilation, escapes of annihilation quanta, sums of photons of one decay, and X-rays of the lead around the
 * detector. Each is claimed only where its size is possible.
 */
import { ELECTRON_KEV } from "../detector/compton.ts";
import type { Efficiency } from "../gamma/calibration.ts";
import type { Peak } from "../gamma/peaks.ts";
import type { Decomposition } from "./decompose.ts";
import { toleranceOf } from "./observation.ts";

export interface Effect {
  /** In words, such as "single escape of 2614.5 keV". */
  readonly what: string;
  /** Counts that it is expected to make, with their uncertainty; the whole peak where its size cannot be told. */
  readonly counts: number;
  readonly error: number;
  /** Whether it can be all that the nuclides leave of the peak. */
  readonly suffices: boolean;
}

/** Annihilation at rest is Doppler-broadened and may lie this far off, keV. */
const ANNIHILATION_TOLERANCE_KEV = 1.2;
/** Pairs are made in numbers above this energy, keV. */
const PAIRS_FROM_KEV = 1200;
/** Largest share of the full-energy peak that a single or double escape peak has in detectors of a station's size. */
const MAX_ESCAPE_SHARE = 0.3;
/** Two photons of one decay may come together this many times more often than by their intensities. */
const MAX_CORRELATION = 6;
/** K X-rays of lead (DDEP): alpha 2, alpha 1, beta 3 and 1, beta 2. */
const leadXrayKeV: readonly number[] = [72.805, 74.97, 84.451, 84.937, 87.3];

/** What the detector itself adds to each peak; null for nothing. */
export function explainEffects(
  peaks: readonly Peak[],
  decomposition: Decomposition,
  efficiency: Efficiency,
  energyToleranceKeV: number,
): (Effect | null)[] {
  const sums = sumPeaks(peaks, decomposition, efficiency);
  return peaks.map((peak, j) => {
    const off = (energyKeV: number) => Math.abs(peak.energyKeV - energyKeV);
    const tolerance = Math.max(toleranceOf(peak, energyToleranceKeV), energyToleranceKeV);
    const whole = (what: string): Effect => ({ what, counts: peak.areaCounts, error: peak.areaCounts, suffices: true });
    if (off(ELECTRON_KEV) < ANNIHILATION_TOLERANCE_KEV) return whole("annihilation");
    const full = peaks
      .filter(
        (other) =>
          other.energyKeV > PAIRS_FROM_KEV &&
          peak.areaCounts < MAX_ESCAPE_SHARE * other.areaCounts &&
          (off(other.energyKeV - ELECTRON_KEV) < tolerance || off(other.energyKeV - 2 * ELECTRON_KEV) < tolerance),
      )
      .reduce<Peak | null>((a, b) => (a && a.areaCounts > b.areaCounts ? a : b), null);
    if (full) {
      const twice = off(full.energyKeV - ELECTRON_KEV) >= tolerance;
      return whole(`${twice ? "double" : "single"} escape of ${full.energyKeV.toFixed(1)} keV`);
    }
    if (leadXrayKeV.some((keV) => off(keV) < tolerance)) return whole("X-ray of lead");
    // One peak may be several sums side by side, one of them near its middle.
    const around = sums.filter(({ energyKeV }) => off(energyKeV) < peak.fwhmKeV);
    const within = around.filter(({ energyKeV }) => off(energyKeV) < Math.max(tolerance, 0.5 * peak.fwhmKeV));
    if (within.length === 0) return null;
    const counts = within.reduce((sum, one) => sum + one.counts, 0);
    const maxCounts = around.reduce((sum, one) => sum + one.maxCounts, 0);
    const left = peak.areaCounts - decomposition.explained[j]!;
    const largest = within.reduce((a, b) => (b.counts > a.counts ? b : a));
    return {
      what: `sum of ${largest.of.map((keV) => keV.toFixed(1)).join(" and ")} keV of ${largest.emitter}`,
      counts,
      error: counts,
      suffices: maxCounts > left - 2 * peak.areaErrorCounts,
    };
  });
}

interface SumPeak {
  readonly energyKeV: number;
  readonly of: readonly [number, number];
  readonly emitter: string;
  /** As if the two came together by chance, and at most. */
  readonly counts: number;
  readonly maxCounts: number;
}

/** Sums of two lines of one emitter that could give more than a few counts. */
function sumPeaks(
  peaks: readonly Peak[],
  { placed, activityBq }: Decomposition,
  efficiency: Efficiency,
): readonly SumPeak[] {
  return placed.flatMap(({ source, responses }, k) => {
    const { nuclide } = source;
    if (!(activityBq[k]! > 0)) return [];
    const emitters = Map.groupBy([...nuclide.gamma, ...nuclide.xray], (line) => line.emitter ?? nuclide.name);
    return [...emitters].flatMap(([emitter, photons]) => {
      // Intensities of chain members are per decay of the parent; the strongest line stands for the decays of the member.
      const branching = Math.max(LEAST_BRANCHING, ...photons.map(({ intensity }) => intensity));
      const responseTo = (keV: number) =>
        responses.find(({ lines }) => lines.some(({ energyKeV }) => energyKeV === keV));
      const isSeen = photons.map(({ energyKeV }) => responseTo(energyKeV) !== undefined);
      return photons.flatMap((first, i) => {
        const seen = responseTo(first.energyKeV);
        if (!seen) return [];
        const line = seen.lines.find(({ energyKeV }) => energyKeV === first.energyKeV)!;
        const counts = Math.min(peaks[seen.peak]!.areaCounts, line.gain * activityBq[k]! * MAX_EXCESS);
        return photons.flatMap((second, j): SumPeak[] => {
          // Of two lines that are both seen the pair comes once.
          if (j === i || (j < i && isSeen[j])) return [];
          const together = counts * efficiency.at(second.energyKeV);
          const perDecay = Math.min(1, second.intensity / branching);
          const maxCounts = together * Math.min(1, MAX_CORRELATION * perDecay);
          if (maxCounts < LEAST_SUM_COUNTS) return [];
          const of = [first.energyKeV, second.energyKeV] as const;
          return [{ energyKeV: of[0] + of[1], of, emitter, counts: together * perDecay, maxCounts }];
        });
      });
    });
  });
}

const LEAST_BRANCHING = 0.01;
const LEAST_SUM_COUNTS = 20;
/** A peak is the line's own up to this multiple of what the decomposition predicts. */
const MAX_EXCESS = 2;
