/** The Response element: sensitivity and stages. */
import type { Complex, InstrumentResponse, ResponseStage, ResponseUnit } from "@harken/core";
import type { XmlWriter } from "../xml/write.ts";
import { unitName } from "./units.ts";

export function writeResponse(xml: XmlWriter, response: InstrumentResponse, sampleRateHz: number | null): void {
  const { stages, sensitivity, sensitivityFrequencyHz, inputUnit } = response;
  xml.within("Response", {}, () => {
    if (sensitivity !== null)
      xml.within("InstrumentSensitivity", {}, () => {
        xml.leaf("Value", sensitivity);
        xml.leaf("Frequency", sensitivityFrequencyHz ?? 0);
        writeUnits(xml, inputUnit, stages.at(-1)?.outputUnit ?? "counts");
      });
    stages.forEach((stage, index) => {
      xml.within("Stage", { number: index + 1 }, () => writeStage(xml, stage, rateAfter(stages, index, sampleRateHz)));
    });
  });
}

/** Rate of the samples that leave a stage: what the next digital filter takes in. */
function rateAfter(stages: readonly ResponseStage[], index: number, sampleRateHz: number | null): number {
  for (const stage of stages.slice(index + 1)) {
    if (stage.kind === "fir") return stage.inputRateHz;
    if (stage.kind === "paz" && stage.sampleRateHz !== undefined) return stage.sampleRateHz;
  }
  return sampleRateHz ?? 0;
}

function writeUnits(xml: XmlWriter, input: ResponseUnit, output: ResponseUnit): void {
  xml.within("InputUnits", {}, () => xml.leaf("Name", unitName(input)));
  xml.within("OutputUnits", {}, () => xml.leaf("Name", unitName(output)));
}

function writeStage(xml: XmlWriter, stage: ResponseStage, rateHz: number): void {
  const units = () => writeUnits(xml, stage.inputUnit, stage.outputUnit);
  switch (stage.kind) {
    case "paz":
      xml.within("PolesZeros", {}, () => {
        units();
        xml.leaf("PzTransferFunctionType", stage.domain === "z" ? "DIGITAL (Z-TRANSFORM)" : "LAPLACE (RADIANS/SECOND)");
        xml.leaf("NormalizationFactor", stage.normalization);
        xml.leaf("NormalizationFrequency", stage.gainFrequencyHz);
        writeRoots(xml, "Zero", stage.zeros);
        writeRoots(xml, "Pole", stage.poles);
      });
      if (stage.sampleRateHz !== undefined) writeDecimation(xml, stage.sampleRateHz, 1, 0);
      writeGain(xml, stage.gain, stage.gainFrequencyHz);
      break;
    case "fap":
      xml.within("ResponseList", {}, () => {
        units();
        stage.frequenciesHz.forEach((frequency, i) => {
          xml.within("ResponseListElement", {}, () => {
            xml.leaf("Frequency", frequency);
            xml.leaf("Amplitude", stage.amplitudes[i]!);
            xml.leaf("Phase", stage.phasesDeg[i]!);
          });
        });
      });
      writeGain(xml, stage.gain, stage.gainFrequencyHz);
      break;
    case "fir":
      xml.within("FIR", {}, () => {
        units();
        xml.leaf("Symmetry", "NONE");
        stage.coefficients.forEach((value, i) => {
          xml.leaf("NumeratorCoefficient", value, { i: i + 1 });
        });
      });
      writeDecimation(xml, stage.inputRateHz, stage.decimation, stage.correctionSec);
      writeGain(xml, stage.gain, 0);
      break;
    case "polynomial":
      xml.within("Polynomial", {}, () => {
        units();
        xml.leaf("ApproximationType", "MACLAURIN");
        xml.leaf("FrequencyLowerBound", 0);
        xml.leaf("FrequencyUpperBound", rateHz / 2);
        xml.leaf("ApproximationLowerBound", stage.lowerBound);
        xml.leaf("ApproximationUpperBound", stage.upperBound);
        xml.leaf("MaximumError", 0);
        stage.coefficients.forEach((value, i) => {
          xml.leaf("Coefficient", value, { number: i });
        });
      });
      break;
    case "gain":
      // An analogue-to-digital converter is a digital filter without coefficients.
      if (stage.inputUnit !== stage.outputUnit) {
        xml.within("Coefficients", {}, () => {
          units();
          xml.leaf("CfTransferFunctionType", "DIGITAL");
        });
        if (stage.outputUnit === "counts") writeDecimation(xml, rateHz, 1, 0);
      }
      writeGain(xml, stage.gain, 0);
      break;
  }
}

function writeRoots(xml: XmlWriter, name: string, roots: readonly Complex[]): void {
  roots.forEach(({ re, im }, number) => {
    xml.within(name, { number }, () => {
      xml.leaf("Real", re);
      xml.leaf("Imaginary", im);
    });
  });
}

function writeDecimation(xml: XmlWriter, rateHz: number, factor: number, correctionSec: number): void {
  xml.within("Decimation", {}, () => {
    xml.leaf("InputSampleRate", rateHz);
    xml.leaf("Factor", factor);
    xml.leaf("Offset", 0);
    // The delay that was corrected; what was not corrected is in the phase of the coefficients.
    xml.leaf("Delay", correctionSec);
    xml.leaf("Correction", correctionSec);
  });
}

function writeGain(xml: XmlWriter, gain: number, frequencyHz: number): void {
  xml.within("StageGain", {}, () => {
    xml.leaf("Value", gain);
    xml.leaf("Frequency", frequencyHz);
  });
}
