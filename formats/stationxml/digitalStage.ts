/** Digital filters of StationXML: FIR with its symmetric halves written out, and coefficients with or without a denominator. */
import type { Complex, ProblemList, ResponseStage } from "@harken/core";
import { number } from "../numbers.ts";
import { attribute, children, childText, text, type XmlElement } from "../xml/read.ts";
import { polynomialRoots } from "./polynomialRoots.ts";
import { gainStage, orderOf, type StageContext } from "./stage.ts";

/** Longest filter that is read: ten times the longest in use. */
const MAX_COEFFICIENTS = 20_000;
/** Highest degree whose roots are looked for; each takes a time that grows with its square. */
const MAX_DEGREE = 20;

/** In the order of their attribute `order`. */
function coefficients(filter: XmlElement, name: string, order: "i" | "number"): number[] {
  return children(filter, name)
    .slice(0, MAX_COEFFICIENTS)
    .map((element, index) => ({ order: orderOf(attribute(element, order), index), value: number(text(element)) ?? 0 }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value);
}

export function firStage(filter: XmlElement, context: StageContext): ResponseStage {
  const half = coefficients(filter, "NumeratorCoefficient", "i");
  const symmetry = childText(filter, "Symmetry").toUpperCase();
  const mirrored = symmetry === "EVEN" ? half : symmetry === "ODD" ? half.slice(0, -1) : [];
  return fir([...half, ...mirrored.toReversed()], context);
}

function fir(values: readonly number[], context: StageContext): ResponseStage {
  const { inputUnit, outputUnit, inputRateHz, decimation, correctionSec, gain } = context;
  if (values.length === 0 || inputRateHz <= 0) return gainStage(context);
  return { kind: "fir", inputUnit, outputUnit, coefficients: values, inputRateHz, decimation, correctionSec, gain };
}

/** No numerators at all: the analogue-to-digital stage, a gain. With a denominator: poles and zeros of its two polynomials. */
export function coefficientStage(
  filter: XmlElement,
  context: StageContext,
  name: string,
  problems: ProblemList,
): ResponseStage {
  const numerators = coefficients(filter, "Numerator", "number");
  const denominators = coefficients(filter, "Denominator", "number");
  const type = childText(filter, "CfTransferFunctionType").toUpperCase();
  const isDigital = !type.includes("ANALOG");
  if (isDigital && denominators.length <= 1) {
    const scale = denominators[0] || 1;
    return fir(
      numerators.map((value) => value / scale),
      context,
    );
  }
  const length = Math.max(numerators.length, denominators.length, 1);
  const ordered = (values: readonly number[]) => withoutHighZeros(isDigital ? risingPowers(values, length) : values);
  const top = ordered(numerators);
  const bottom = ordered(denominators.length === 0 ? [1] : denominators);
  const { inputUnit, outputUnit, gain, gainFrequencyHz, inputRateHz } = context;
  if (top.length === 0 || bottom.length === 0 || length > MAX_DEGREE + 1) {
    const message = `${name}: a filter of ${numerators.length} and ${denominators.length} coefficients was taken as flat.`;
    problems.warning("stationxml.unusual-coefficients", message);
    return gainStage(context);
  }
  const shared = { kind: "paz", inputUnit, outputUnit, gain, gainFrequencyHz } as const;
  const [zeros, poles] = [polynomialRoots(top), polynomialRoots(bottom)];
  const ratio = top.at(-1)! / bottom.at(-1)!;
  if (isDigital) return { ...shared, domain: "z", zeros, poles, normalization: ratio, sampleRateHz: inputRateHz };
  const scale = type.includes("HERTZ") ? 2 * Math.PI : 1;
  const scaled = (roots: readonly Complex[]) => roots.map(({ re, im }) => ({ re: re * scale, im: im * scale }));
  const normalization = ratio * scale ** (poles.length - zeros.length);
  return { ...shared, domain: "laplace", zeros: scaled(zeros), poles: scaled(poles), normalization };
}

/** Coefficients of powers of 1/z as those of rising powers of z, multiplied by z to the `length` less one. */
const risingPowers = (values: readonly number[], length: number): number[] => [
  ...Array.from({ length: length - values.length }, () => 0),
  ...values.toReversed(),
];

function withoutHighZeros(values: readonly number[]): number[] {
  let end = values.length;
  while (end > 0 && values[end - 1] === 0) end--;
  return values.slice(0, end);
}
