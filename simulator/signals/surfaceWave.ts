/**
 * The train of Rayleigh waves of a shallow event on a long-period channel: periods of 40 s arrive first, 15 s last, and the group velocity at 20 s
 * is that of the travel-time tables' LR. Its size follows Ms with the correction of Rezapour and Pearce.
 *
 * With a group velocity linear in the period, the period at time t after the origin is T = 20 + (D / t - U20) / slope, and the phase is its
 * integral in closed form.
 *
 *     addRayleighTrain(out, firstIndex, rate, train, seismometer, { vertical: 1, radial: 0 });
 */
import { KM_PER_DEGREE } from "@harken/core";
import { groupVelocityKmPerSec, msCorrection } from "@harken/earth";
import type { Seismometer } from "../instruments.ts";
import type { HiddenEvent } from "../world/seismicity.ts";

export interface RayleighTrain {
  /** Origin time, epoch s. */
  readonly time: number;
  readonly distanceKm: number;
  /** Half the largest swing of vertical ground velocity at 20 s, nm/s. */
  readonly velocityNmPerSec: number;
  /** Phase at the source, rad. */
  readonly phase: number;
}

const REFERENCE_PERIOD_SEC = 20;
const REFERENCE_KM_PER_SEC = groupVelocityKmPerSec["LR"]!;
/** How group velocity grows with period, km/s per s. */
const SLOPE = 0.025;
const PERIODS_SEC = { first: 42, last: 14 } as const;
/** Ms of an earthquake from its mb, and how much smaller an explosion's is. */
const MS_SLOPE = 1.5;
const MS_OFFSET = -2.9;
const EXPLOSION_MS = -1;
/** Depth in which the train loses a factor e, km. */
const DEPTH_SCALE_KM = 35;
const MIN_DELTA_DEG = 5;
const MAX_DELTA_DEG = 175;
const LEAST_VELOCITY_NM_PER_SEC = 3;
/** Radial motion beside vertical motion. */
const ELLIPTICITY = 0.7;
const NANO = 1e-9;

/** The train of an event at a distance; null where it would not show. `phase` is the path's own. */
export function rayleighTrain(event: HiddenEvent, deltaDeg: number, phase: number): RayleighTrain | null {
  if (deltaDeg < MIN_DELTA_DEG || deltaDeg > MAX_DELTA_DEG) return null;
  const ms = MS_SLOPE * event.magnitude + MS_OFFSET + (event.kind === "explosion" ? EXPLOSION_MS : 0);
  const displacementOverPeriod = 10 ** (ms - msCorrection(deltaDeg));
  const velocityNmPerSec = 2 * Math.PI * displacementOverPeriod * Math.exp(-event.depthKm / DEPTH_SCALE_KM);
  if (velocityNmPerSec < LEAST_VELOCITY_NM_PER_SEC) return null;
  return { time: event.time, distanceKm: deltaDeg * KM_PER_DEGREE, velocityNmPerSec, phase };
}

const velocityAt = (periodSec: number) => REFERENCE_KM_PER_SEC + SLOPE * (periodSec - REFERENCE_PERIOD_SEC);

/** First and last time of a train, epoch s. */
export function trainSpan({ time, distanceKm }: RayleighTrain): readonly [from: number, to: number] {
  return [time + distanceKm / velocityAt(PERIODS_SEC.first), time + distanceKm / velocityAt(PERIODS_SEC.last)];
}

/** Adds the train to a long-period channel: `vertical` and `radial` (away from the source) are the channel's share of each motion. */
export function addRayleighTrain(
  out: Float64Array,
  firstIndex: number,
  sampleRateHz: number,
  train: RayleighTrain,
  { response }: Seismometer,
  { vertical, radial }: { readonly vertical: number; readonly radial: number },
): void {
  const [start, end] = trainSpan(train);
  const from = Math.max(0, Math.ceil(start * sampleRateHz) - firstIndex);
  const to = Math.min(out.length, Math.floor(end * sampleRateHz) - firstIndex);
  const { distanceKm: d, velocityNmPerSec, phase } = train;
  // T = (d / t) / SLOPE - shift, so the phase is the integral of 2 pi t / (d / SLOPE - shift t).
  const shift = REFERENCE_KM_PER_SEC / SLOPE - REFERENCE_PERIOD_SEC;
  const scale = velocityNmPerSec * NANO * response.sensitivity!;
  for (let i = from; i < to; i++) {
    const t = (firstIndex + i) / sampleRateHz - train.time;
    const period = d / t / SLOPE - shift;
    const angle = phase - 2 * Math.PI * (t / shift + (d / SLOPE / shift ** 2) * Math.log(d / SLOPE - shift * t));
    const x = (period - PERIODS_SEC.last) / (PERIODS_SEC.first - PERIODS_SEC.last);
    // Largest near 20 s, nothing at both ends.
    const shape = Math.max(0, 9.5 * x * (1 - x) ** 3);
    out[i]! += scale * shape * (vertical * Math.cos(angle) - radial * ELLIPTICITY * Math.sin(angle));
  }
}
