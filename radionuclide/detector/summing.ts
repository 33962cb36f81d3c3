/**
 * True coincidences: photons of one decay that arrive together make one pulse. From the level scheme and the detector's full-energy-peak and total
 * efficiencies follows how many counts each line has for each that it would have alone: the matrix method of Semkow et al. 1990
 * (doi:10.1016/0168-9002(90)90561-J), with the X-rays of capture and conversion and the annihilation photons of positrons among what may arrive.
 *
 *     const factors = summingFactors(decayScheme("Tl-208")!, { peak, total });
 *     factors.at(583.187);   // 0.82: 18 % of the counts are lost to coincidences
 *
 * Directions of photons are taken as independent of each other, and the efficiencies as those of the sample's mean place.
 */
import type { DecayBranch, DecayScheme } from "../nuclides/decaySchemes.ts";
import { ELECTRON_KEV } from "./compton.ts";

export interface DetectorEfficiencies {
  readonly peak: (energyKeV: number) => number;
  readonly total: (energyKeV: number) => number;
}

export interface SummingFactors {
  /** Counts of the line for each without coincidences; null for lines that the scheme does not place. */
  at(energyKeV: number): number | null;
}

/** Factors are looked up this near, keV. */
const SAME_KEV = 0.3;

export function summingFactors(scheme: DecayScheme, detector: DetectorEfficiencies): SummingFactors {
  const lines = new Map<number, { alone: number; counted: number }>();
  for (const branch of scheme.branches) {
    const counted = countsByPair(branch, detector);
    branch.levels.forEach(({ transitions }, from) => {
      for (const { to, energyKeV, photons } of transitions) {
        const line = lines.get(energyKeV) ?? { alone: 0, counted: 0 };
        line.alone += photons * detector.peak(energyKeV);
        line.counted += counted[from]![to]!;
        lines.set(energyKeV, line);
      }
    });
  }
  return {
    at: (energyKeV) => {
      let [off, line] = [SAME_KEV, { alone: 0, counted: 0 }];
      for (const [keV, other] of lines)
        if (Math.abs(keV - energyKeV) < off) [off, line] = [Math.abs(keV - energyKeV), other];
      return line.alone > 0 ? line.counted / line.alone : null;
    },
  };
}

/** Counts per decay in the peak at the energy between two levels, single photons and sums together. */
function countsByPair({ levels, ...branch }: DecayBranch, { peak, total }: DetectorEfficiencies): number[][] {
  const n = levels.length;
  const zero = () => Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const seenXray = branch.kYield * total(branch.kXrayKeV);
  /** Probability, from a level to a lower one in one step, of a count in the peak and of no signal at all. */
  const [full, silent] = [zero(), zero()];
  levels.forEach(({ transitions }, from) => {
    const all = transitions.reduce((sum, t) => sum + t.transitions, 0);
    for (const t of transitions) {
      const photon = t.photons / all;
      full[from]![t.to]! += photon * peak(t.energyKeV);
      silent[from]![t.to]! +=
        t.transitions / all - photon * total(t.energyKeV) - (t.kVacancies * t.transitions * seenXray) / all;
    }
  });
  const summed = pathsOf(full, n);
  const unseen = pathsOf(silent, n);
  for (let level = 0; level < n; level++) unseen[level]![level] = 1;
  // With a feeding come the X-ray of a capture or two annihilation photons, which must not be seen either.
  const quiet = (1 - branch.kVacancies * seenXray) * (1 - branch.positrons * Math.min(1, 2 * total(ELECTRON_KEV)));
  return levels.map((_, from) => {
    const reached = levels.reduce((sum, { feeding }, start) => sum + feeding * unseen[start]![from]!, 0);
    return levels.map((_, to) => (to < from ? quiet * reached * summed[from]![to]! * unseen[to]![0]! : 0));
  });
}

/** Sum over all ways of one or more steps from each level to each lower one. */
function pathsOf(step: readonly (readonly number[])[], n: number): number[][] {
  const paths = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let from = 1; from < n; from++)
    for (let to = 0; to < from; to++) {
      let sum = step[from]![to]!;
      for (let via = to + 1; via < from; via++) sum += step[from]![via]! * paths[via]![to]!;
      paths[from]![to] = sum;
    }
  return paths;
}
