/** For tests: a measured signal with everything ordinary but what is asked for. */
import { type Direction, noDirection } from "./direction.ts";
import type { Measurement } from "./measurement.ts";

export function testMeasurement({
  direction = {},
  ...rest
}: Partial<Omit<Measurement, "direction">> & { direction?: Partial<Direction> } = {}): Measurement {
  return {
    time: 0,
    timeErrorSec: 0.3,
    stream: "vertical",
    snr: 10,
    frequencyHz: 2,
    durationSec: 5,
    doubtful: false,
    firstMotion: null,
    amplitudes: [],
    channel: "BHZ",
    ...rest,
    direction: { ...noDirection, ...direction },
  };
}
