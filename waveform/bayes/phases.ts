/**
 * The phases of the generative model: which waves of an event a station may report. Those of NET-VISA (Arora, Russell and Sudderth 2013,
 * doi:10.1785/0120120107) with sP, PP, Pdiff and PKKPab; ranges of distance (deg) and depth (km) are those of the IDC's global association (SAIC 1998;
 * earth/phases), cut where two names would stand for one onset.
 */
export type Wave = "P" | "S" | "L";

export interface ModelPhase {
  readonly phase: string;
  readonly wave: Wave;
  readonly minDeltaDeg: number;
  readonly maxDeltaDeg: number;
  readonly minDepthKm: number;
  readonly maxDepthKm: number;
  /** Taken into account when candidates are sought. */
  readonly quick: boolean;
  /** The first wave to arrive. */
  readonly first: boolean;
}

/** Below this depth an event's regional waves are P and S; above, Pn, Pg, Sn, Lg. */
export const CRUSTAL_KM = 40;
const REGIONAL_DEG = 17.5;
const DEEPEST_KM = 800;

const row = (
  phase: string,
  wave: Wave,
  [minDeltaDeg, maxDeltaDeg]: readonly [number, number],
  [minDepthKm, maxDepthKm]: readonly [number, number] = [0, DEEPEST_KM],
  kind: "first" | "quick" | "later" = "later",
): ModelPhase => ({
  ...{ phase, wave, minDeltaDeg, maxDeltaDeg, minDepthKm, maxDepthKm },
  quick: kind !== "later",
  first: kind === "first",
});

const SHALLOW = [0, CRUSTAL_KM] as const;
const DEEP = [CRUSTAL_KM, DEEPEST_KM] as const;
const REFLECTING = [12, DEEPEST_KM] as const;

/** Several rows may have one name; the parameters are learned by name. */
export const modelPhases: readonly ModelPhase[] = [
  row("P", "P", [REGIONAL_DEG, 98], SHALLOW, "first"),
  row("P", "P", [0, 98], DEEP, "first"),
  row("Pn", "P", [1.8, REGIONAL_DEG], SHALLOW, "first"),
  row("Pg", "P", [0, 7], [0, 20], "quick"),
  row("Pdiff", "P", [98, 114], [0, DEEPEST_KM], "first"),
  row("PKPdf", "P", [114, 180], [0, DEEPEST_KM], "first"),
  row("PKPbc", "P", [144, 156], [0, DEEPEST_KM], "quick"),
  row("PKPab", "P", [145, 176]),
  row("PcP", "P", [25, 70]),
  row("ScP", "P", [25, 62]),
  row("pP", "P", [20, 98], REFLECTING),
  row("sP", "P", [20, 98], REFLECTING),
  row("PP", "P", [40, 160]),
  row("PKKPbc", "P", [80, 125]),
  row("PKKPab", "P", [105, 125]),
  row("S", "S", [REGIONAL_DEG, 95], SHALLOW, "later"),
  row("S", "S", [0, 95], DEEP, "later"),
  row("Sn", "S", [1.8, REGIONAL_DEG], SHALLOW, "quick"),
  row("Lg", "L", [0.8, 17], SHALLOW, "quick"),
];

/** Where nothing was learned of a phase, it is taken for one that comes out of the core alike: at its best distance, and fainter. */
export const likenesses: Readonly<Record<string, { readonly phase: string; readonly deltaDeg: number }>> = {
  PKKPbc: { phase: "PKPbc", deltaDeg: 150 },
  PKKPab: { phase: "PKPab", deltaDeg: 156 },
};

export const phaseNames: readonly string[] = [...new Set(modelPhases.map(({ phase }) => phase))];

/** Whether a row applies at a distance and depth; a depth of exactly 40 km is below the crust. */
export function applies(phase: ModelPhase, deltaDeg: number, depthKm: number): boolean {
  return (
    deltaDeg >= phase.minDeltaDeg &&
    deltaDeg < phase.maxDeltaDeg &&
    depthKm >= phase.minDepthKm &&
    depthKm < phase.maxDepthKm
  );
}
