/**
 * The Response element of a channel: its stages, and the overall sensitivity. FDSN StationXML 1.2, after SEED blockettes 53 to 58, 60 to 62.
 *
 * Where a stage is normalised at another frequency than its gain is given for, poles and zeros are normalised anew at the gain's frequency,
 * as evalresp does. Frequencies in Hz become rad/s. Input units become m, m/s, m/s**2 and Pa, nm stays.
 */
import type { InstrumentResponse, ProblemList, ResponseStage, ResponseUnit } from "@harken/core";
import { allFinite, number } from "../numbers.ts";
import { attribute, child, childNumber, children, childText, text, type XmlElement } from "../xml/read.ts";
import { coefficientStage, firStage } from "./digitalStage.ts";
import { polesZerosStage } from "./polesZeros.ts";
import { gainStage, orderOf, type StageContext } from "./stage.ts";
import { unitOf } from "./units.ts";

/** More stages than any recorder has. */
const MAX_STAGES = 200;

/** Null when the element tells nothing. `sampleRateHz` is the channel's own. */
export function readResponse(
  element: XmlElement,
  sampleRateHz: number | null,
  name: string,
  problems: ProblemList,
): InstrumentResponse | null {
  const overall = child(element, "InstrumentSensitivity");
  const overallUnit = unitOf(unitNameOf(overall, "InputUnits"));
  const elements = children(element, "Stage");
  if (elements.length > MAX_STAGES)
    problems.error("stationxml.too-many-stages", `${name} has ${elements.length} stages; ${MAX_STAGES} were read.`);
  const ordered = elements
    .slice(0, MAX_STAGES)
    .map((stage, index) => ({ stage, order: orderOf(attribute(stage, "number"), index) }))
    .sort((a, b) => a.order - b.order);
  const stages: ResponseStage[] = [];
  let unit: ResponseUnit = overallUnit.unit;
  let rate = firstRate(ordered.map(({ stage }) => stage)) ?? sampleRateHz ?? 0;
  for (const { stage } of ordered) {
    const read = readStage(stage, unit, rate, name, problems);
    rate = read.outputRateHz;
    if (read.stage) {
      stages.push(read.stage);
      unit = read.stage.outputUnit;
    }
  }
  const polynomial = child(element, "InstrumentPolynomial");
  if (stages.length === 0 && polynomial !== null) stages.push(polynomialStage(polynomial));
  const value = childNumber(overall, "Value");
  if (stages.length === 0 && value === null) return null;
  const firstUnit = stages[0]?.inputUnit ?? "unknown";
  const response = {
    stages,
    sensitivity: value === null ? null : value / overallUnit.factor,
    sensitivityFrequencyHz: childNumber(overall, "Frequency"),
    inputUnit: firstUnit === "unknown" ? overallUnit.unit : firstUnit,
  };
  if (allFinite(response)) {
    checkGains(response, name, problems);
    return response;
  }
  problems.error("stationxml.overflow", `${name}: the numbers of the response go beyond every bound; it was left out.`);
  return null;
}

/** Stage gains may be stated at other frequencies than the sensitivity, but not so far from it. */
const GAINS_CONTRADICT = 10;

function checkGains({ stages, sensitivity }: InstrumentResponse, name: string, problems: ProblemList): void {
  if (!sensitivity || stages.length === 0 || stages.some(({ kind }) => kind === "polynomial")) return;
  const product = stages.reduce((value, stage) => value * ("gain" in stage ? stage.gain : 1), 1);
  const ratio = Math.abs(product / sensitivity);
  if (ratio > 1 / GAINS_CONTRADICT && ratio < GAINS_CONTRADICT) return;
  const numbers = `${product.toPrecision(4)} and ${sensitivity.toPrecision(4)}`;
  const message = `${name}: the gains of the stages and the stated sensitivity contradict each other (${numbers}).`;
  problems.warning("stationxml.gains-contradict", message);
}

const unitNameOf = (element: XmlElement | null, which: string) => childText(child(element, which), "Name");

/** Rate at which samples first exist: of the analogue-to-digital stage. */
function firstRate(stages: readonly XmlElement[]): number | null {
  for (const stage of stages) {
    const rate = childNumber(child(stage, "Decimation"), "InputSampleRate");
    if (rate !== null && rate > 0) return rate;
  }
  return null;
}

function readStage(
  element: XmlElement,
  unitBefore: ResponseUnit,
  rateBefore: number,
  name: string,
  problems: ProblemList,
): { stage: ResponseStage | null; outputRateHz: number } {
  const decimationElement = child(element, "Decimation");
  const statedRate = childNumber(decimationElement, "InputSampleRate");
  const inputRateHz = statedRate !== null && statedRate > 0 ? statedRate : rateBefore;
  const decimation = Math.max(1, Math.round(childNumber(decimationElement, "Factor") ?? 1));
  const gainElement = child(element, "StageGain");
  const kinds = ["PolesZeros", "Coefficients", "FIR", "ResponseList", "Polynomial"] as const;
  const kind = kinds.find((candidate) => child(element, candidate) !== null);
  const filter = kind ? child(element, kind) : null;
  const input = unitOf(unitNameOf(filter, "InputUnits"));
  const output = unitOf(unitNameOf(filter, "OutputUnits"));
  const context: StageContext = {
    inputUnit: filter !== null ? input.unit : unitBefore,
    outputUnit: filter !== null ? output.unit : unitBefore,
    gain: ((childNumber(gainElement, "Value") ?? 1) * output.factor) / input.factor,
    gainFrequencyHz: Math.max(0, childNumber(gainElement, "Frequency") ?? 0),
    inputRateHz,
    decimation,
    correctionSec: childNumber(decimationElement, "Correction") ?? 0,
  };
  const outputRateHz = inputRateHz / decimation;
  if (filter === null && gainElement === null) return { stage: null, outputRateHz };
  return { stage: stageOf(kind ?? "gain", filter ?? element, context, name, problems), outputRateHz };
}

function stageOf(
  kind: "PolesZeros" | "Coefficients" | "FIR" | "ResponseList" | "Polynomial" | "gain",
  filter: XmlElement,
  context: StageContext,
  name: string,
  problems: ProblemList,
): ResponseStage {
  switch (kind) {
    case "PolesZeros":
      return polesZerosStage(filter, context);
    case "Coefficients":
      return coefficientStage(filter, context, name, problems);
    case "FIR":
      return firStage(filter, context);
    case "ResponseList":
      return responseListStage(filter, context);
    case "Polynomial":
      return polynomialStage(filter);
    case "gain":
      return gainStage(context);
  }
}

function responseListStage(
  filter: XmlElement,
  { inputUnit, outputUnit, gain, gainFrequencyHz }: StageContext,
): ResponseStage {
  const rows = children(filter, "ResponseListElement")
    .map((row) => [childNumber(row, "Frequency"), childNumber(row, "Amplitude"), childNumber(row, "Phase")] as const)
    .filter((row): row is readonly [number, number, number] => row.every((value) => value !== null))
    .sort(([a], [b]) => a - b);
  return {
    kind: "fap",
    inputUnit,
    outputUnit,
    frequenciesHz: rows.map(([frequency]) => frequency),
    amplitudes: rows.map(([, amplitude]) => amplitude),
    phasesDeg: rows.map(([, , phase]) => phase),
    gain,
    gainFrequencyHz,
  };
}

function polynomialStage(filter: XmlElement): ResponseStage {
  const coefficients = children(filter, "Coefficient")
    .map((element, index) => ({
      order: orderOf(attribute(element, "number"), index),
      value: number(text(element)) ?? 0,
    }))
    .sort((a, b) => a.order - b.order);
  return {
    kind: "polynomial",
    inputUnit: unitOf(unitNameOf(filter, "InputUnits")).unit,
    outputUnit: unitOf(unitNameOf(filter, "OutputUnits")).unit,
    coefficients: coefficients.map(({ value }) => value),
    lowerBound: childNumber(filter, "ApproximationLowerBound") ?? 0,
    upperBound: childNumber(filter, "ApproximationUpperBound") ?? 0,
  };
}
