/**
 * The phases that events are built on, and those that are only added to an event that stands. Ranges of distance (deg) and depth (km) are
 * those of the IDC's global association (SAIC 1998; earth/phases), cut where two names would stand for one onset.
 */
import type { LabelClass } from "./settings.ts";

/** A phase by which the search counts. Several names share a kind where one takes over from the other with distance. */
export interface PhaseKind {
  readonly wave: "P" | "S" | "L";
  readonly minDeltaDeg: number;
  readonly maxDeltaDeg: number;
  readonly maxDepthKm: number;
  /** How much larger an event must be than for its P to be seen, magnitude units; and the most that is seen of it. */
  readonly detectionOffset: number;
  readonly maxShare: number;
  name(deltaDeg: number, depthKm: number): string;
}

/** Below this depth an event's regional waves are P and S; above, Pn, Pg, Sn, Lg. */
export const CRUSTAL_KM = 40;
/** Pg and Lg need a source in the upper crust, as ak135 has it. */
const UPPER_CRUST_KM = 20;
const LOCAL_DEG = 2;
const REGIONAL_DEG = 17;
const SHADOW_DEG = 98;
/** From here on the first arrival has come through the core, deg. */
export const CORE_DEG = 114;

const first = (wave: "P" | "S") => (deltaDeg: number, depthKm: number) => {
  if (depthKm >= CRUSTAL_KM || deltaDeg >= REGIONAL_DEG) {
    if (deltaDeg < SHADOW_DEG || wave === "S") return wave;
    return deltaDeg < CORE_DEG ? "Pdiff" : "PKPdf";
  }
  if (deltaDeg >= LOCAL_DEG) return `${wave}n`;
  return depthKm <= UPPER_CRUST_KM ? `${wave}g` : wave;
};

const kind = (
  wave: "P" | "S" | "L",
  name: PhaseKind["name"],
  [minDeltaDeg, maxDeltaDeg]: readonly [number, number],
  maxDepthKm: number,
  detectionOffset: number,
  maxShare: number,
): PhaseKind => ({ wave, name, minDeltaDeg, maxDeltaDeg, maxDepthKm, detectionOffset, maxShare });

/** The first one is the first arrival; the order of the others does not matter. */
export const phaseKinds: readonly PhaseKind[] = [
  kind("P", first("P"), [0, 180], 800, 0, 1),
  kind("P", () => "Pg", [LOCAL_DEG, 7], UPPER_CRUST_KM, 0.2, 0.35),
  kind("P", () => "PKPbc", [145, 153], 800, 0.1, 0.6),
  kind("P", () => "PKPab", [147, 176], 800, 0.4, 0.3),
  kind("S", first("S"), [0, LOCAL_DEG], 800, 0, 0.65),
  kind("S", first("S"), [LOCAL_DEG, 30], 800, 0.3, 0.35),
  kind("L", () => "Lg", [LOCAL_DEG, 17], CRUSTAL_KM, 0.2, 0.4),
];

/** A phase that is looked for once an event stands, with how it shows: the magnitude from which half of the stations see it. */
export interface LaterPhase {
  readonly phase: string;
  readonly wave: "P" | "S";
  readonly minDeltaDeg: number;
  readonly maxDeltaDeg: number;
  readonly minDepthKm: number;
  readonly detectionOffset: number;
  readonly maxShare: number;
  readonly timeDefining: boolean;
}

const later = (
  phase: string,
  [minDeltaDeg, maxDeltaDeg]: readonly [number, number],
  detectionOffset: number,
  timeDefining: boolean,
  minDepthKm = 0,
): LaterPhase => ({
  ...{ phase, minDeltaDeg, maxDeltaDeg, minDepthKm, detectionOffset, timeDefining },
  wave: phase.endsWith("S") || phase.startsWith("SKS") ? "S" : "P",
  maxShare: 0.6,
});

export const laterPhases: readonly LaterPhase[] = [
  later("pP", [17, 98], 0.2, true, 15),
  later("sP", [17, 98], 0.3, true, 15),
  later("PcP", [20, 70], 0.7, true),
  later("ScP", [20, 62], 0.9, true),
  later("S", [30, 98], 0.5, true),
  later("PP", [30, 160], 0.3, false),
  later("PKiKP", [105, 114], 0.6, true),
  later("PKKPbc", [80, 125], 0.9, true),
  later("PKKPab", [105, 125], 1.1, false),
  later("P'P'df", [50, 90], 1.3, false),
  later("SKPbc", [130, 142], 0.9, false),
  later("SKSac", [84, 130], 1, false),
  later("ScS", [20, 60], 1.2, false),
  later("PcS", [20, 62], 1.2, false),
  later("SS", [40, 140], 1, false),
];

/** Phases that always count as secondary for the weights of an event's definition. */
const primaryPhases: ReadonlySet<string> = new Set([
  ...["P", "Pn", "Pg", "Pdiff", "PKP", "PKPdf", "PKPbc", "PKPab", "PKiKP"],
]);

export function isPrimary(phase: string): boolean {
  return primaryPhases.has(phase);
}

/** The kind of label; null for signals that are no body or Lg wave (LR, T, H, I). */
export function labelClass(label: string): LabelClass | null {
  if (label === "N") return "noise";
  if (label === "Lg" || label === "Rg") return "L";
  if (/^(LR|LQ|T|H|I|O)/.test(label)) return null;
  if (/^[Pp]/.test(label)) return "P";
  if (/^[Ss]/.test(label)) return "S";
  return "unknown";
}
