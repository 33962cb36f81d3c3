/** What the stages of a response have in common. */
import type { ResponseStage, ResponseUnit } from "@harken/core";
import { number } from "../numbers.ts";

/** What a stage takes from the stages before it and from the channel. */
export interface StageContext {
  readonly inputUnit: ResponseUnit;
  readonly outputUnit: ResponseUnit;
  readonly gain: number;
  readonly gainFrequencyHz: number;
  /** Rate of the samples that enter the stage, Hz. */
  readonly inputRateHz: number;
  readonly decimation: number;
  readonly correctionSec: number;
}

export const gainStage = ({ inputUnit, outputUnit, gain }: StageContext): ResponseStage => ({
  kind: "gain",
  inputUnit,
  outputUnit,
  gain,
});

/** The number that orders stages and coefficients; the place in the file where it is missing. */
export const orderOf = (attribute: string, index: number): number => number(attribute) ?? index;
