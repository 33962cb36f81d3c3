/**
 * GEN2, the generic response: corner frequencies and the slope above each, in dB per decade. It is sampled as a table, level below the first
 * corner; the phase is that of a minimum-phase system of the local slope, 90 deg for 20 dB per decade.
 */
import type { Complex, ResponseStage, ResponseUnit } from "@harken/core";
import type { StageHeader } from "./stageLine.ts";

const LOWEST_HZ = 1e-4;
const DECADES = 7;
const POINTS_PER_DECADE = 40;

/** Each pair is a corner (`re`, Hz) and a slope (`im`, dB per decade). `scale` holds at the header's period. */
export function genericStage(
  { scale, calperSec }: StageHeader,
  corners: readonly Complex[],
  ends: { readonly inputUnit: ResponseUnit; readonly outputUnit: ResponseUnit },
): ResponseStage {
  const ordered = corners
    .map(({ re, im }) => ({ corner: re, slope: im }))
    .filter(({ corner }) => corner >= 0)
    .sort((a, b) => a.corner - b.corner);
  const decibel = (frequency: number) =>
    ordered.reduce((sum, { corner, slope }, i) => {
      const from = Math.max(corner, LOWEST_HZ);
      const to = Math.min(frequency, ordered[i + 1]?.corner ?? Number.POSITIVE_INFINITY);
      return to > from ? sum + slope * Math.log10(to / from) : sum;
    }, 0);
  const slopeAt = (frequency: number) => ordered.findLast(({ corner }) => corner <= frequency)?.slope ?? 0;
  const reference = decibel(1 / calperSec);
  const frequenciesHz = Array.from(
    { length: DECADES * POINTS_PER_DECADE + 1 },
    (_, i) => LOWEST_HZ * 10 ** (i / POINTS_PER_DECADE),
  );
  return {
    kind: "fap",
    ...ends,
    frequenciesHz,
    amplitudes: frequenciesHz.map((frequency) => 10 ** ((decibel(frequency) - reference) / 20)),
    phasesDeg: frequenciesHz.map((frequency) => (slopeAt(frequency) / 20) * 90),
    gain: scale,
    gainFrequencyHz: 1 / calperSec,
  };
}
