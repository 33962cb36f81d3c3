/** Two horizontal components at any two angles, turned to north and east. */
import { RADIANS_PER_DEGREE, type Station } from "@harken/core";
import type { Trace } from "./channelRecord.ts";
import { eitherOf } from "./flags.ts";
import { channelRecordAt } from "./sensors.ts";

export interface Horizontals {
  readonly north: Float64Array;
  readonly east: Float64Array;
  /** 1 where one of the two must not be trusted. */
  readonly bad: Uint8Array;
  readonly traces: readonly [Trace, Trace];
}

/** Sine of the least angle between two components that can be told apart. */
const LEAST_SINE = 0.3;

export function northAndEast(station: Station, first: Trace, second: Trace, time: number): Horizontals {
  const angle = (trace: Trace, otherwise: number) => {
    const record = channelRecordAt(station, trace.channel, time);
    return (record && record.hangDeg >= 0 ? record.hangDeg : otherwise) * RADIANS_PER_DEGREE;
  };
  const a = angle(first, 0);
  const b = angle(second, 90);
  const determinant = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b);
  const [x, y] = [first.samples, second.samples];
  // Angles that are nearly one axis are wrong angles: then the components are taken as north and east.
  const known = Math.abs(determinant) > LEAST_SINE;
  return {
    north: known ? mix(x, Math.sin(b) / determinant, y, -Math.sin(a) / determinant) : x,
    east: known ? mix(y, Math.cos(a) / determinant, x, -Math.cos(b) / determinant) : y,
    bad: eitherOf(first.bad, second.bad),
    traces: [first, second],
  };
}

function mix(x: Float64Array, p: number, y: Float64Array, q: number): Float64Array {
  const sum = new Float64Array(x.length);
  for (let i = 0; i < sum.length; i++) sum[i] = p * x[i]! + q * y[i]!;
  return sum;
}
