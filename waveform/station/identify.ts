/**
 * The initial phase of a signal, as a station alone can name it. Arrays go by slowness; three-component stations by the shape of the motion
 * and by what came before; hydrophones by frequency; infrasound by coherence and duration. `tx` is a signal of unknown kind, `N` noise.
 */
import { classify } from "./hydroacoustic/classify.ts";
import type { Measurement } from "./measurement.ts";
import type { StationRecipe } from "./recipe.ts";

/** Slowness limits between the phases of an array, s/deg (apparent velocities in km/s in brackets). */
export const slownessLimits = Object.freeze({
  /** Teleseismic P below, Pn above (9.0): P of 17 deg and more is faster. */
  teleseismicSecPerDeg: 12.3,
  /** Pn below, Pg above (7.1). */
  pnSecPerDeg: 15.6,
  /** P of any kind below, S above: Pg's 5.8 km/s with room for error. */
  pSecPerDeg: 20.2,
  /** Sn below, Lg above (4.0). */
  snSecPerDeg: 27.8,
  /** Lg below, Rg above (3.05). */
  lgSecPerDeg: 36.5,
});
/** A slowness less certain than this does not tell Pn from P, s/deg. */
const CERTAIN_SEC_PER_DEG = 1.5;

/** The last P-type signal before, when it was not long ago. */
export interface Before {
  readonly sinceSec: number;
  readonly snr: number;
}

export function identifyPhase(signal: Measurement, before: Before | null, recipe: StationRecipe): string {
  switch (recipe.technology) {
    case "infrasound":
      // What a single barometer hears has no direction; arrays have categories of their own.
      return "N";
    case "hydroacoustic":
      return hydroacousticPhase(signal, recipe);
    case "seismic":
      return signal.stream === "beam" || signal.stream === "incoherent"
        ? arrayPhase(signal, before)
        : singlePhase(signal, before);
  }
}

function arrayPhase({ direction }: Measurement, before: Before | null): string {
  const { slownessSecPerDeg: slowness, slownessErrorSecPerDeg: error } = direction;
  if (slowness === null) return "tx";
  if (slowness < slownessLimits.pSecPerDeg) {
    if (slowness < slownessLimits.teleseismicSecPerDeg || (error ?? 0) > CERTAIN_SEC_PER_DEG) return "P";
    return slowness < slownessLimits.pnSecPerDeg ? "Pn" : "Pg";
  }
  // Without a P wave before it, a slow wave may come from anywhere.
  if (slowness < slownessLimits.snSecPerDeg) return before ? "Sn" : "S";
  if (slowness < slownessLimits.lgSecPerDeg) return before ? "Lg" : "S";
  return "Rg";
}

/** Horizontal motion this much over the vertical is an S wave's. */
const S_RATIO = 1.5;
/** A P wave's motion stands at least this upright. */
const P_RATIO = 1.35;

/** A weaker signal in the coda of a P wave is another P wave when its motion is along a line. */
const CODA_RATIO = 3;
const CODA_RECTILINEARITY = 0.85;

function singlePhase({ direction, stream, snr }: Measurement, before: Before | null): string {
  const ratio = direction.horizontalToVertical;
  const inCoda = before !== null && before.snr > CODA_RATIO * snr;
  if (inCoda && stream === "vertical" && (direction.rectilinearity ?? 1) < CODA_RECTILINEARITY) return "tx";
  if (stream === "vertical" && (ratio === null || ratio < P_RATIO)) return "P";
  if (before && (stream === "horizontal" || (ratio !== null && ratio > S_RATIO))) return "S";
  return before ? "tx" : "P";
}

/** Explosions in the water ring above this, Hz; earthquakes' T waves below. */
const T_HIGHEST_HZ = 12;
/** Slownesses of sound in the ocean's channel, s/deg (1.35 to 1.65 km/s). */
const OCEAN_SEC_PER_DEG = [67, 83] as const;

const ASHORE = { H: "P", T: "T", N: "tx" } as const;

function hydroacousticPhase(
  { direction, frequencyHz, features }: Measurement,
  { hydroacoustic }: StationRecipe,
): string {
  const { slownessSecPerDeg: slowness } = direction;
  const inWater = !hydroacoustic?.ashore;
  if (inWater && slowness !== null && (slowness < OCEAN_SEC_PER_DEG[0] || slowness > OCEAN_SEC_PER_DEG[1])) return "N";
  if (features?.kind === "hydroacoustic" && hydroacoustic) {
    const { phase } = classify(features, hydroacoustic);
    return inWater ? phase : ASHORE[phase];
  }
  return frequencyHz > T_HIGHEST_HZ ? "H" : "T";
}

/** A P-type signal counts as the beginning of an event for this long, s. */
const MEMORY_SEC = 600;

/** Phases of a station's signals in order of time. */
export function namePhases(signals: readonly Measurement[], recipe: StationRecipe): string[] {
  let last: { time: number; snr: number } | null = null;
  const phases = signals.map((signal) => {
    const before: Before | null =
      last && signal.time - last.time < MEMORY_SEC ? { sinceSec: signal.time - last.time, snr: last.snr } : null;
    const phase = identifyPhase(signal, before, recipe);
    if (phase.startsWith("P") && (!before || signal.snr > before.snr)) last = { time: signal.time, snr: signal.snr };
    return phase;
  });
  nameRegional(signals, phases);
  return phases;
}

/** Regional P waves are of higher frequency than this; the Earth's mantle takes such frequencies from teleseismic ones, Hz. */
const REGIONAL_HZ = 2.5;
/** S follows Pg within the first time, and Pn of the largest regional distance within the second, s. */
const CRUSTAL_S_SEC = 22;
const REGIONAL_S_SEC = 170;
const LEAST_S_SEC = 1;
/** Least SNR of Sg as a share of that of Pg. */
const CRUSTAL_S_SHARE = 0.5;

/** Pairs of P and S at three-component stations that are near in time and high in frequency are named Pg and Sg, or Pn and Sn. */
function nameRegional(signals: readonly Measurement[], phases: string[]): void {
  for (let i = 0; i < signals.length; i++) {
    const p = signals[i]!;
    if (phases[i] !== "P" || p.stream !== "vertical" || p.frequencyHz < REGIONAL_HZ) continue;
    for (let j = i + 1; j < signals.length && signals[j]!.time - p.time < REGIONAL_S_SEC; j++) {
      const later = signals[j]!.time - p.time;
      if (phases[j] === "P" && signals[j]!.snr > p.snr) break;
      if (phases[j] !== "S" || later < LEAST_S_SEC) continue;
      const near = later < CRUSTAL_S_SEC;
      // So near, S is the larger wave; a small one is P scattered.
      if (near && signals[j]!.snr < CRUSTAL_S_SHARE * p.snr) continue;
      [phases[i], phases[j]] = near ? ["Pg", "Sg"] : ["Pn", "Sn"];
      break;
    }
  }
}
