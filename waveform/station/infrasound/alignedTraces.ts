/** The traces of an array moved so that a plane wave stands in phase on all of them, between the samples too. */
import type { Element } from "../elements.ts";

/** Samples [from, to) of each element as the reference point would see them; 0 where a trace has ended, or is masked. */
export function alignedTraces(
  elements: readonly Element[],
  { northSecPerKm, eastSecPerKm }: { readonly northSecPerKm: number; readonly eastSecPerKm: number },
  rate: number,
  from: number,
  to: number,
): Float64Array[] {
  return elements.map(({ northKm, eastKm, trace: { samples, bad } }) => {
    // An element nearer to the source records earlier.
    const shift = -(northSecPerKm * northKm + eastSecPerKm * eastKm) * rate;
    const whole = Math.floor(shift);
    const part = shift - whole;
    return Float64Array.from({ length: Math.max(0, to - from) }, (_, i) => {
      const at = from + i + whole;
      if (at < 0 || at + 1 >= samples.length || bad[at] || bad[at + 1]) return 0;
      return (1 - part) * samples[at]! + part * samples[at + 1]!;
    });
  });
}
