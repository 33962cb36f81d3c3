/**
 * The initial phase of a signal, as a station alone can name it. Arrays go by slowness; three-component stations by the shape of the motion
 * and by what came before. `tx` is a signal of unknown kind, `N` noise.
 */
import type { Direction } from "./direction.ts";

/** Slowness limits between the phases of an array, s/deg (phase velocities in km/s in brackets). */
export const slownessLimits = Object.freeze({
  /** P of any kind below: Pg's 5.8 km/s with room for error. */
  pSecPerDeg: 20.2,
  /** Sn and Sg below, Lg above (3.8). */
  sSecPerDeg: 29,
  /** Lg below, Rg above (3.05). */
  lgSecPerDeg: 36.5,
});

export interface SignalContext {
  readonly isArray: boolean;
  readonly stream: "vertical" | "horizontal" | "beam" | "incoherent";
  readonly coda: boolean;
  readonly snr: number;
  /** Seconds since the last P-type signal of this station, and its SNR; null for none within ten minutes. */
  readonly sinceP: number | null;
  readonly lastPSnr: number | null;
}

/** Horizontal motion this much over the vertical is an S wave's. */
const S_RATIO = 1.5;
/** A P wave's motion stands at least this upright. */
const P_RATIO = 1.35;

export function identifyPhase(direction: Direction, context: SignalContext): string {
  const { slownessSecPerDeg } = direction;
  if (context.isArray) {
    if (slownessSecPerDeg === null) return "tx";
    if (slownessSecPerDeg < slownessLimits.pSecPerDeg) return "P";
    if (slownessSecPerDeg < slownessLimits.sSecPerDeg) return "S";
    if (slownessSecPerDeg < slownessLimits.lgSecPerDeg) return "Lg";
    return "Rg";
  }
  const ratio = direction.horizontalToVertical;
  if (context.stream === "vertical" && !context.coda && (ratio === null || ratio < P_RATIO)) return "P";
  if (context.sinceP !== null && (context.stream === "horizontal" || (ratio !== null && ratio > S_RATIO))) return "S";
  if (!context.coda && context.sinceP === null) return "P";
  return "tx";
}
