/**
 * The waves that the simulator sends from an event to a station: where each is seen, how large it is beside the amplitude of the mb formula, how much its path
 * takes from the high frequencies, and how its coda dies away. Sizes and times are round figures of the usual order (Lay and Wallace 1995,
 * Modern Global Seismology, chapters 3 and 9), so that detections look like those of real stations; nothing is fitted to data.
 */

export interface SimulatedPhase {
  readonly phase: string;
  readonly wave: "P" | "S";
  readonly minDeltaDeg: number;
  readonly maxDeltaDeg: number;
  readonly minDepthKm: number;
  readonly maxDepthKm: number;
  /** Ground velocity, in the phase's own band, beside the one that mb and Veith and Clawson's Q give at the distance. */
  readonly size: number;
  /** What an explosion has of it beside an earthquake of the same mb. */
  readonly explosionShare: number;
  /** Band in which `size` holds, Hz. */
  readonly bandHz: readonly [low: number, high: number];
  /** Travel time over Q along the path, s. */
  readonly attenuationSec: number;
  /** Seconds from the onset to the largest amplitude of the scattered waves; 0 for a sharp onset with the direct pulse first. */
  readonly riseSec: number;
  /** Time in which the coda falls to 1/e, s. */
  readonly codaSec: number;
  /** Size of the coda's first waves beside the direct pulse; of an emergent phase beside its `size`. */
  readonly codaShare: number;
}

const SHORT_PERIOD = [0.6, 4] as const;
const REGIONAL = [0.6, 6] as const;
const LONG_BODY = [0.05, 0.6] as const;
const ALL_DEPTHS = { minDepthKm: 0, maxDepthKm: 800 } as const;
const CRUSTAL = { minDepthKm: 0, maxDepthKm: 40 } as const;
/** Depth phases of shallower events fall into the first pulse. */
const DEEPER = { minDepthKm: 12, maxDepthKm: 800 } as const;

const teleseismic = { bandHz: SHORT_PERIOD, attenuationSec: 0.6, riseSec: 0, codaSec: 12, codaShare: 0.25 } as const;
const core = { ...teleseismic, attenuationSec: 0.75, codaShare: 0.3 } as const;
const regional = { bandHz: REGIONAL, attenuationSec: 0.18, riseSec: 0, codaSec: 15, codaShare: 0.5 } as const;
const shear = { bandHz: LONG_BODY, attenuationSec: 3, riseSec: 0, codaSec: 25, codaShare: 0.35 } as const;

export const simulatedPhases: readonly SimulatedPhase[] = [
  {
    ...{ phase: "Pn", wave: "P", minDeltaDeg: 1.8, maxDeltaDeg: 17.5, ...CRUSTAL },
    ...{ ...regional, size: 1, explosionShare: 1 },
  },
  {
    ...{ phase: "Pg", wave: "P", minDeltaDeg: 0, maxDeltaDeg: 7, minDepthKm: 0, maxDepthKm: 18 },
    ...{ ...regional, size: 1.4, explosionShare: 0.9 },
  },
  {
    ...{ phase: "P", wave: "P", minDeltaDeg: 0, maxDeltaDeg: 17.5, minDepthKm: 40, maxDepthKm: 800 },
    ...{ ...regional, size: 1, explosionShare: 1 },
  },
  {
    ...{ phase: "P", wave: "P", minDeltaDeg: 17.5, maxDeltaDeg: 98, ...ALL_DEPTHS },
    ...{ ...teleseismic, size: 1, explosionShare: 1 },
  },
  {
    ...{ phase: "Pdiff", wave: "P", minDeltaDeg: 98, maxDeltaDeg: 110, ...ALL_DEPTHS },
    ...{ ...core, attenuationSec: 1, size: 1, explosionShare: 1 },
  },
  {
    ...{ phase: "PKPdf", wave: "P", minDeltaDeg: 116, maxDeltaDeg: 143, ...ALL_DEPTHS },
    ...{ ...core, size: 1, explosionShare: 1 },
  },
  {
    ...{ phase: "PKPdf", wave: "P", minDeltaDeg: 143, maxDeltaDeg: 157, ...ALL_DEPTHS },
    ...{ ...core, size: 0.35, explosionShare: 1 },
  },
  {
    ...{ phase: "PKPdf", wave: "P", minDeltaDeg: 157, maxDeltaDeg: 180, ...ALL_DEPTHS },
    ...{ ...core, size: 0.9, explosionShare: 1 },
  },
  {
    ...{ phase: "PKPbc", wave: "P", minDeltaDeg: 145, maxDeltaDeg: 155, ...ALL_DEPTHS },
    ...{ ...core, size: 1, explosionShare: 1 },
  },
  {
    ...{ phase: "PKPab", wave: "P", minDeltaDeg: 146, maxDeltaDeg: 175, ...ALL_DEPTHS },
    ...{ ...core, size: 0.6, explosionShare: 1 },
  },
  {
    ...{ phase: "PcP", wave: "P", minDeltaDeg: 28, maxDeltaDeg: 65, ...ALL_DEPTHS },
    ...{ ...core, attenuationSec: 0.5, size: 0.2, explosionShare: 1.2 },
  },
  {
    ...{ phase: "pP", wave: "P", minDeltaDeg: 25, maxDeltaDeg: 98, ...DEEPER },
    ...{ ...teleseismic, attenuationSec: 0.8, size: 0.5, explosionShare: 0 },
  },
  {
    ...{ phase: "sP", wave: "P", minDeltaDeg: 25, maxDeltaDeg: 98, ...DEEPER },
    ...{ ...teleseismic, attenuationSec: 0.9, size: 0.35, explosionShare: 0 },
  },
  {
    ...{ phase: "PP", wave: "P", minDeltaDeg: 45, maxDeltaDeg: 98, ...ALL_DEPTHS },
    ...{ ...teleseismic, attenuationSec: 1.2, size: 0.3, explosionShare: 0.6 },
  },
  {
    ...{ phase: "PP", wave: "P", minDeltaDeg: 98, maxDeltaDeg: 160, ...ALL_DEPTHS },
    ...{ ...teleseismic, attenuationSec: 1.2, size: 1, explosionShare: 0.6 },
  },
  {
    ...{ phase: "ScP", wave: "P", minDeltaDeg: 25, maxDeltaDeg: 60, ...ALL_DEPTHS },
    ...{ ...core, size: 0.12, explosionShare: 0.2 },
  },
  {
    ...{ phase: "Sn", wave: "S", minDeltaDeg: 1.8, maxDeltaDeg: 17.5, ...CRUSTAL },
    ...{ ...regional, attenuationSec: 0.3, codaShare: 0.6, size: 1.3, explosionShare: 0.35 },
  },
  {
    ...{ phase: "S", wave: "S", minDeltaDeg: 0, maxDeltaDeg: 17.5, minDepthKm: 40, maxDepthKm: 800 },
    ...{ ...regional, attenuationSec: 0.5, size: 2, explosionShare: 0.3 },
  },
  {
    ...{ phase: "S", wave: "S", minDeltaDeg: 17.5, maxDeltaDeg: 95, ...ALL_DEPTHS },
    ...{ ...shear, size: 1, explosionShare: 0.2 },
  },
  {
    ...{ phase: "Lg", wave: "S", minDeltaDeg: 0.8, maxDeltaDeg: 17, ...CRUSTAL },
    ...{ ...regional, attenuationSec: 0.3, riseSec: 6, codaSec: 30, codaShare: 1, size: 2, explosionShare: 0.6 },
  },
  {
    ...{ phase: "Rg", wave: "S", minDeltaDeg: 0, maxDeltaDeg: 3, minDepthKm: 0, maxDepthKm: 8 },
    ...{ bandHz: [0.3, 1.5], attenuationSec: 0.5, riseSec: 2, codaSec: 10, codaShare: 1, size: 2, explosionShare: 1.5 },
  },
];

/** The rows that apply at a distance and depth. */
export function phasesSeenAt(deltaDeg: number, depthKm: number): readonly SimulatedPhase[] {
  return simulatedPhases.filter(
    (row) =>
      deltaDeg >= row.minDeltaDeg &&
      deltaDeg < row.maxDeltaDeg &&
      depthKm >= row.minDepthKm &&
      depthKm < row.maxDepthKm,
  );
}
