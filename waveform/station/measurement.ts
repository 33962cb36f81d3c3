/** What is measured on one signal before it has a name and a key. */
import type { Amplitude, Arrival } from "@harken/core";
import type { Stream } from "./detect.ts";
import type { Direction } from "./direction.ts";

export interface Measurement {
  readonly time: number;
  readonly timeErrorSec: number;
  /** Kind of stream that the signal was found on, and its SNR there. */
  readonly stream: Stream["kind"];
  readonly snr: number;
  /** Centre of the band, Hz. */
  readonly frequencyHz: number;
  /** Seconds for which the signal stands out. */
  readonly durationSec: number;
  readonly direction: Direction;
  /** Too little coherent to be believed by itself. */
  readonly doubtful: boolean;
  readonly firstMotion: Arrival["firstMotion"];
  readonly amplitudes: readonly Amplitude[];
  readonly channel: string;
  readonly features?: NonNullable<Arrival["features"]>;
}

/** Nothing is detected so near before a masked sample, s: the short window looks ahead. */
export const MASK_LEAD_SEC = 0.2;
/** Detection looks this far beyond the core, s: a signal at its end is merged with its neighbours as in the next window. */
export const DETECTION_TAIL_SEC = 15;
