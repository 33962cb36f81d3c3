/**
 * The inverse wavelet transforms (ISO/IEC 15444-1, Annex F), one level at a time, in lifting steps: the reversible 5/3 filter on integers and the
 * irreversible 9/7 filter on floating-point numbers. A sample's place on the image, even or odd, says whether it is of the low or the high band.
 */

export type Plane = Int32Array | Float32Array;

interface Step {
  /** Parity of the samples that change. */
  readonly parity: 0 | 1;
  readonly factor: number;
}

/** In the order of the inverse: the forward steps' factors with opposite signs. */
const STEPS_97: readonly Step[] = [
  { parity: 0, factor: -0.443506852043971 },
  { parity: 1, factor: -0.882911075530934 },
  { parity: 0, factor: 0.052980118572961 },
  { parity: 1, factor: 1.586134342059924 },
];
const K = 1.230174104914001;

/** Undoes the horizontal and then the vertical filter on interleaved samples, whose first stands at (x0, y0). */
export function inverseWavelet(plane: Plane, width: number, height: number, x0: number, y0: number): void {
  for (let y = 0; y < height; y++) line(plane, y * width, 1, width, x0 & 1, 1);
  line(plane, 0, width, height, y0 & 1, width);
}

/**
 * Filters `lanes` neighbouring lines at once: along the rows one line, along the columns all of them, so that memory is walked in order.
 * `step` leads from a sample to the next of its line; `odd` is the parity of the first one's place.
 */
function line(plane: Plane, start: number, step: number, length: number, odd: number, lanes: number): void {
  if (length === 1) {
    if (odd)
      for (let i = start; i < start + lanes; i++)
        plane[i] = plane instanceof Int32Array ? plane[i]! >> 1 : plane[i]! / 2;
    return;
  }
  const lift = (parity: number, apply: (at: number, before: number, after: number) => void) => {
    for (let i = (parity + odd) & 1; i < length; i += 2) {
      const at = start + i * step;
      // Beyond the ends the signal is mirrored.
      const before = i > 0 ? at - step : at + step;
      apply(at, before, i < length - 1 ? at + step : at - step);
    }
  };
  if (plane instanceof Int32Array) {
    lift(0, (at, before, after) => {
      for (let l = 0; l < lanes; l++) plane[at + l]! -= (plane[before + l]! + plane[after + l]! + 2) >> 2;
    });
    lift(1, (at, before, after) => {
      for (let l = 0; l < lanes; l++) plane[at + l]! += (plane[before + l]! + plane[after + l]!) >> 1;
    });
    return;
  }
  for (let i = 0; i < length; i++) {
    const factor = (i + odd) % 2 === 0 ? K : 1 / K;
    const at = start + i * step;
    for (let l = 0; l < lanes; l++) plane[at + l]! *= factor;
  }
  for (const { parity, factor } of STEPS_97)
    lift(parity, (at, before, after) => {
      for (let l = 0; l < lanes; l++) plane[at + l]! += factor * (plane[before + l]! + plane[after + l]!);
    });
}
