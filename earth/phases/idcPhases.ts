/**
 * The IDC's phase list and where each phase is looked for: the ranges of the IDC's global association (file GA_dist_depth_ranges, SAIC 1998;
 * S of shallow sources and SKPbc added), distances in deg and source depths in km. `minMagnitude` is the least mb of an event that is expected
 * to show it.
 */
export interface PhaseRange {
  readonly phase: string;
  readonly minDeltaDeg: number;
  readonly maxDeltaDeg: number;
  readonly minDepthKm: number;
  readonly maxDepthKm: number;
  readonly minMagnitude: number | null;
}

const range = (
  phase: string,
  minDeltaDeg: number,
  maxDeltaDeg: number,
  minMagnitude: number | null = null,
  minDepthKm = 0,
  maxDepthKm = 800,
): PhaseRange => ({ phase, minDeltaDeg, maxDeltaDeg, minDepthKm, maxDepthKm, minMagnitude });

export const phaseRanges: readonly PhaseRange[] = [
  range("P", 17, 98, null, 0, 40),
  range("P", 0, 98, null, 40, 800),
  range("Pn", 2, 20, null, 0, 40),
  range("Pg", 0, 20, null, 0, 40),
  range("Sn", 2, 18),
  range("Sg", 0, 18, null, 0, 40),
  range("Lg", 0, 18, null, 0, 40),
  range("Rg", 0, 3, null, 0, 40),
  range("Pdiff", 98, 114, 4),
  range("PKPdf", 114, 180, 3.5),
  range("PKPbc", 149, 155, 3.5),
  range("PKPab", 145, 176, 3.5),
  range("PKiKP", 0, 130, 4.5),
  range("PcP", 10, 70, 4),
  range("ScP", 10, 62, 4),
  range("PcS", 10, 62, 4.5),
  range("PKKPbc", 105, 125, 4.5),
  range("PKKPab", 105, 165, 4.5),
  range("PKKPdf", 10, 125, 4.5),
  range("PP", 20, 180, 4, 0, 40),
  range("PP", 30, 180, 4, 40, 800),
  range("pP", 10, 98, 5, 10),
  range("sP", 10, 98, 5, 10),
  range("pS", 10, 98, 5, 10),
  range("sS", 10, 98, 5, 10),
  range("S", 0, 30, null, 40, 800),
  range("S", 17, 98, null, 0, 40),
  range("SS", 20, 180, 5, 0, 40),
  range("SS", 30, 180, 5, 40, 800),
  range("ScS", 10, 98, 5),
  range("SKP", 110, 180, 5),
  range("SKPbc", 110, 180, 5),
  range("SKSac", 61, 144, 5),
  range("SKS", 104, 180, 5),
  range("P'P'df", 10, 140, 5),
  range("LR", 5, 180),
];

/** Names of the phases looked for at a distance and depth, in the order of the list. */
export function phasesAt(deltaDeg: number, depthKm: number): string[] {
  const names = phaseRanges
    .filter(
      (r) =>
        deltaDeg >= r.minDeltaDeg && deltaDeg <= r.maxDeltaDeg && depthKm >= r.minDepthKm && depthKm <= r.maxDepthKm,
    )
    .map(({ phase }) => phase);
  return [...new Set(names)];
}
