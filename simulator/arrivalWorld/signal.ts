/** A signal as it stands in the ground at a station, before anybody measures it. */
import type { SimulatedPhase } from "../signals/phases.ts";

export interface Signal {
  readonly time: number;
  /** The wave's true name; null for a chance detection. */
  readonly phase: string | null;
  readonly wave: "P" | "S" | "noise";
  /** log10 of A/T, nm/s. */
  readonly logAmplitude: number;
  readonly snr: number;
  readonly azimuthDeg: number;
  readonly slownessSecPerDeg: number;
  /** Key of the event; null for what belongs to none, codas among them. */
  readonly eventKey: string | null;
  /** Direction scattered in the coda or by chance: more than by measurement, s/deg. */
  readonly extraScatter: number;
  readonly row: SimulatedPhase | null;
}
