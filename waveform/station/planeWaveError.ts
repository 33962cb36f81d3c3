/** The Cramer-Rao bound of a plane wave's slowness, of a sound whose spectrum is flat in its band, by the mean correlation of the elements. */
import { slownessError } from "@harken/signal";
import type { Element } from "./elements.ts";

/** Lines of a flat spectrum that stand for a band. */
const LINES = 16;

export interface PlaneWave {
  readonly lowHz: number;
  readonly highHz: number;
  /** Length of the data that it was measured on, s. */
  readonly sec: number;
  /** Mean correlation of the pairs of elements. */
  readonly correlation: number;
  readonly northSecPerKm: number;
  readonly eastSecPerKm: number;
}

/** Share of the power that is the wave's. */
export const semblanceOf = (elements: readonly Element[], correlation: number): number =>
  (1 + (elements.length - 1) * correlation) / elements.length;

export function planeWaveError(elements: readonly Element[], wave: PlaneWave): ReturnType<typeof slownessError> {
  const { lowHz, highHz, sec, correlation, northSecPerKm, eastSecPerKm } = wave;
  const omega = Float64Array.from(
    { length: LINES },
    (_, k) => 2 * Math.PI * (lowHz + ((k + 0.5) / LINES) * (highHz - lowHz)),
  );
  const band = { omega, power: new Float64Array(LINES).fill(1), independent: ((highHz - lowHz) * sec) / LINES };
  return slownessError(elements, band, semblanceOf(elements, correlation), [northSecPerKm, eastSecPerKm]);
}
