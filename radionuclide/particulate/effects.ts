/**
 * Peaks that are no line of their own: annihilation, escapes of annihilation quanta, sums of photons of one decay, and X-rays of the lead around the
 * detector. Each is claimed only where its size is possible.
 */
import type { Efficiency } from "../gamma/calibration.ts";
import type { Peak } from "../gamma/peaks.ts";
import type { Decomposition } from "./decompose.ts";
import { toleranceOf } from "./observation.ts";

const ELECTRON_KEV = 510.999;
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

/** What explains each peak that the decomposition leaves in part or whole; null for none. */
export function explainEffects(
  peaks: readonly Peak[],
  decomposition: Decomposition,
  efficiency: Efficiency,
  energyToleranceKeV: number,
): (string | null)[] {
  const sums = sumPeaks(peaks, decomposition, efficiency);
  return peaks.map((peak, j) => {
    const off = (energyKeV: number) => Math.abs(peak.energyKeV - energyKeV);
    const tolerance = Math.max(toleranceOf(peak, energyToleranceKeV), energyToleranceKeV);
    if (off(ELECTRON_KEV) < ANNIHILATION_TOLERANCE_KEV) return "annihilation";
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
      return `${twice ? "double" : "single"} escape of ${full.energyKeV.toFixed(1)} keV`;
    }
    // One peak may be several sums side by side, one of them near its middle.
    const around = sums.filter(({ energyKeV }) => off(energyKeV) < peak.fwhmKeV);
    const near = around.some(({ energyKeV }) => off(energyKeV) < Math.max(tolerance, 0.5 * peak.fwhmKeV)) ? around : [];
    const left = peak.areaCounts - decomposition.explained[j]!;
    if (
      near.length > 0 &&
      near.reduce((total, { maxCounts }) => total + maxCounts, 0) > left - 2 * peak.areaErrorCounts
    ) {
      const largest = near.reduce((a, b) => (b.maxCounts > a.maxCounts ? b : a));
      return `sum of ${largest.of.map((keV) => keV.toFixed(1)).join(" and ")} keV of ${largest.emitter}`;
    }
    if (leadXrayKeV.some((keV) => off(keV) < tolerance)) return "X-ray of lead";
    return null;
  });
}

interface SumPeak {
  readonly energyKeV: number;
  readonly of: readonly [number, number];
  readonly emitter: string;
  readonly maxCounts: number;
}

/** Sums of two lines of one emitter that could give more than a few counts. */
function sumPeaks(peaks: readonly Peak[], { placed, activityBq }: Decomposition, efficiency: Efficiency): SumPeak[] {
  return placed.flatMap(({ source, responses }, k) => {
    const { nuclide } = source;
    if (!(activityBq[k]! > 0)) return [];
    const emitters = Map.groupBy([...nuclide.gamma, ...nuclide.xray], (line) => line.emitter ?? nuclide.name);
    return [...emitters].flatMap(([emitter, photons]) => {
      const strongest = Math.max(...photons.map(({ intensity }) => intensity));
      // Intensities of chain members are per decay of the parent; the strongest line stands for the decays of the member.
      const perDecay = (intensity: number) => intensity / Math.max(strongest, LEAST_BRANCHING);
      return photons.flatMap((first) => {
        const seen = responses.find(({ lines }) => lines.some(({ energyKeV }) => energyKeV === first.energyKeV));
        if (!seen) return [];
        const line = seen.lines.find(({ energyKeV }) => energyKeV === first.energyKeV)!;
        const counts = Math.min(peaks[seen.peak]!.areaCounts, line.gain * activityBq[k]! * 2);
        return photons.flatMap((second): SumPeak[] => {
          if (second === first) return [];
          const together = Math.min(1, MAX_CORRELATION * perDecay(second.intensity));
          const maxCounts = counts * efficiency.at(second.energyKeV) * together;
          return maxCounts < LEAST_SUM_COUNTS
            ? []
            : [
                {
                  energyKeV: first.energyKeV + second.energyKeV,
                  of: [first.energyKeV, second.energyKeV],
                  emitter,
                  maxCounts,
                },
              ];
        });
      });
    });
  });
}

const LEAST_SUM_COUNTS = 20;
const LEAST_BRANCHING = 0.01;
