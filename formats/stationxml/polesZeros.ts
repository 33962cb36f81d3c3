/** Poles and zeros of a StationXML stage, brought to rad/s, or on the unit circle for digital ones. */
import type { Complex, ResponseStage } from "@harken/core";
import { transferModulus } from "../transferFunction.ts";
import { childNumber, children, childText, type XmlElement } from "../xml/read.ts";
import type { StageContext } from "./stage.ts";

/** Frequencies are the same within this share. */
const SAME_FREQUENCY = 1e-6;

export function polesZerosStage(filter: XmlElement, context: StageContext): ResponseStage {
  const { inputUnit, outputUnit, gain, gainFrequencyHz, inputRateHz } = context;
  const type = childText(filter, "PzTransferFunctionType").toUpperCase();
  const isDigital = type.includes("DIGITAL");
  // Hz to rad/s: each root grows by 2 pi, and the constant makes up for it.
  const scale = type.includes("HERTZ") ? 2 * Math.PI : 1;
  const zeros = roots(filter, "Zero", scale);
  const poles = roots(filter, "Pole", scale);
  const stated = childNumber(filter, "NormalizationFactor") ?? 1;
  const shared = { inputUnit, outputUnit, poles, zeros, gain } as const;
  const normalised = {
    normalization: stated * scale ** (poles.length - zeros.length),
    gainFrequencyHz: childNumber(filter, "NormalizationFrequency") ?? gainFrequencyHz,
  };
  if (isDigital) return { kind: "paz", domain: "z", ...shared, ...normalised, sampleRateHz: inputRateHz };
  const statedAt = normalised.gainFrequencyHz;
  const isElsewhere = gainFrequencyHz > 0 && Math.abs(statedAt - gainFrequencyHz) > SAME_FREQUENCY * gainFrequencyHz;
  const size = isElsewhere ? transferModulus(poles, zeros, gainFrequencyHz) : 0;
  if (!(size > 0 && Number.isFinite(size))) return { kind: "paz", domain: "laplace", ...shared, ...normalised };
  return { kind: "paz", domain: "laplace", ...shared, normalization: 1 / size, gainFrequencyHz };
}

function roots(filter: XmlElement, name: string, scale: number): Complex[] {
  return children(filter, name).map((element) => ({
    re: (childNumber(element, "Real") ?? 0) * scale,
    im: (childNumber(element, "Imaginary") ?? 0) * scale,
  }));
}
