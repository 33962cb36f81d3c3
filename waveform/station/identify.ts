/**
 * The initial phase of a signal, as a station alone can name it. Arrays go by slowness; three-component stations by the shape of the motion
 * and by what came before. `tx` is a signal of unknown kind.
 */
import type { Measurement } from "./measurement.ts";

/** Slowness limits between the phases of an array, s/deg (phase velocities in km/s in brackets). */
export const slownessLimits = Object.freeze({
  /** Teleseismic P below, Pn and Pg above: P of 17 deg and more is faster than 10.2. */
  teleseismicSecPerDeg: 10.9,
  /** Pn below, Pg above (7.3). */
  pnSecPerDeg: 15.2,
  /** P of any kind below, S above: Pg's 5.5 km/s with room for error. */
  pSecPerDeg: 20.2,
  /** Sn and Sg below, Lg above (4.0). */
  snSecPerDeg: 27.8,
  /** Lg below, Rg above (3.05). */
  lgSecPerDeg: 36.5,
});

/** The last P-type signal before, when it was not long ago. */
export interface Before {
  readonly sinceSec: number;
  readonly snr: number;
}

/** Horizontal motion this much over the vertical is an S wave's. */
const S_RATIO = 1.5;
/** A P wave's motion stands at least this upright. */
const P_RATIO = 1.35;

export function identifyPhase(signal: Measurement, before: Before | null): string {
  return signal.stream === "beam" || signal.stream === "incoherent"
    ? arrayPhase(signal, before)
    : singlePhase(signal, before);
}

function arrayPhase({ direction }: Measurement, before: Before | null): string {
  const { slownessSecPerDeg: slowness } = direction;
  if (slowness === null) return "tx";
  if (slowness < slownessLimits.pSecPerDeg) return "P";
  if (slowness < slownessLimits.snSecPerDeg) return "S";
  if (slowness < slownessLimits.lgSecPerDeg) return before ? "Lg" : "S";
  return "Rg";
}

function singlePhase({ direction, stream }: Measurement, before: Before | null): string {
  const ratio = direction.horizontalToVertical;
  if (stream === "vertical" && (ratio === null || ratio < P_RATIO)) return "P";
  if (before && (stream === "horizontal" || (ratio !== null && ratio > S_RATIO))) return "S";
  return before ? "tx" : "P";
}

/** A P-type signal counts as the beginning of an event for this long, s. */
const MEMORY_SEC = 600;

/** Phases of a station's signals in order of time. */
export function namePhases(signals: readonly Measurement[]): string[] {
  let last: { time: number; snr: number } | null = null;
  return signals.map((signal) => {
    const before: Before | null =
      last && signal.time - last.time < MEMORY_SEC ? { sinceSec: signal.time - last.time, snr: last.snr } : null;
    const phase = identifyPhase(signal, before);
    if (phase.startsWith("P") && (!before || signal.snr > before.snr)) last = { time: signal.time, snr: signal.snr };
    return phase;
  });
}
