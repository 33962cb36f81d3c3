/**
 * Writes responses as the lines of DATA_TYPE RESPONSE: CAL2 and the stages, to displacement in nm or pressure in microPa. Stages that take in
 * velocity or acceleration in metres are turned by zeros at the origin; polynomials become their linear coefficient.
 *
 *     const lines = writeResponseSection(station.channels);
 */
import type { Channel, Complex, ResponseStage, ResponseUnit } from "@harken/core";
import { fixed, right } from "../../columns.ts";
import { responseModulus } from "../../responseModulus.ts";
import { scientific, writeCalibration } from "./calibrationLine.ts";

/** Channels without a response are left out. */
export function writeResponseSection(channels: readonly Channel[]): string[] {
  return ["DATA_TYPE RESPONSE IMS1.0", ...channels.flatMap(responseLines)];
}

function responseLines(channel: Channel): string[] {
  const { response, calibNmPerCount, sampleRateHz } = channel;
  if (!response || response.stages.length === 0) return [];
  const stages = toNanometres(response.stages);
  const calperSec = channel.calperSec ?? 1 / (response.sensitivityFrequencyHz || 1);
  const isPressure = response.inputUnit === "Pa";
  const stated = calibNmPerCount === null ? null : calibNmPerCount * (isPressure ? 1e6 : 1);
  const calib = stated ?? 1 / responseModulus(stages, 1 / calperSec);
  return [
    writeCalibration(channel, calib, calperSec),
    ...stages.flatMap((stage, index) => stageLines(stage, index + 1, sampleRateHz)),
  ];
}

/** How many zeros at the origin turn the unit into displacement, and how many of it a nm (or microPa) is; none for other units. */
const FROM_NANOMETRES: Partial<Record<ResponseUnit, readonly [zeros: number, scale: number]>> = Object.freeze({
  m: [0, 1e-9],
  "m/s": [1, 1e-9],
  "m/s**2": [2, 1e-9],
  Pa: [0, 1e-6],
});

function toNanometres(stages: readonly ResponseStage[]): readonly ResponseStage[] {
  const [first, ...others] = stages;
  const change = first && FROM_NANOMETRES[first.inputUnit];
  if (!change) return stages;
  const [count, scale] = change;
  const inputUnit = first.inputUnit === "Pa" ? "Pa" : "nm";
  const origin = Array.from({ length: count }, () => ({ re: 0, im: 0 }));
  if (first.kind === "paz" && first.domain === "laplace")
    return [{ ...first, inputUnit, zeros: [...first.zeros, ...origin], gain: first.gain * scale }, ...others];
  const turn: ResponseStage = {
    ...{ kind: "paz", domain: "laplace", inputUnit, outputUnit: first.inputUnit, poles: [], zeros: origin },
    ...{ normalization: 1, gain: scale, gainFrequencyHz: 0 },
  };
  return [turn, ...stages];
}

const unitLetter = (unit: ResponseUnit) => (unit === "counts" ? "C" : unit === "A" ? "A" : "V");
const NUMBERS_PER_LINE = 5;

function stageLines(stage: ResponseStage, number: number, sampleRateHz: number | null): string[] {
  const start = right(String(number), 2);
  const unit = unitLetter(stage.outputUnit);
  switch (stage.kind) {
    case "paz": {
      const decimation = stage.domain === "z" ? 1 : 0;
      const counts = `${fixed(stage.poles.length, 3, 0)} ${fixed(stage.zeros.length, 3, 0)}`;
      const scale = scientific(stage.gain * stage.normalization);
      return [
        `PAZ2 ${start} ${unit} ${scale} ${fixed(decimation, 4, 0)} ${fixed(0, 8, 3)} ${counts}`,
        ...[...stage.poles, ...stage.zeros].map(({ re, im }: Complex) => ` ${scientific(re)} ${scientific(im)}`),
      ];
    }
    case "fap":
      return [
        `FAP2 ${start} ${unit} ${fixed(0, 4, 0)} ${fixed(0, 8, 3)} ${fixed(stage.frequenciesHz.length, 3, 0)}`,
        ...stage.frequenciesHz.map((frequency, i) => {
          const amplitude = scientific(stage.amplitudes[i]! * stage.gain);
          return ` ${fixed(frequency, 10, 5)} ${amplitude} ${fixed(stage.phasesDeg[i]!, 4, 0)}`;
        }),
      ];
    case "fir": {
      const { gain, decimation, correctionSec, coefficients } = stage;
      const scale = gain.toExponential(2).replace(/e([+-])(\d)$/, "e$10$2");
      const lines = [
        `FIR2 ${start} ${right(scale, 10)} ${fixed(decimation, 4, 0)} ${fixed(correctionSec, 8, 3)} A ${fixed(coefficients.length, 4, 0)}`,
      ];
      for (let i = 0; i < coefficients.length; i += NUMBERS_PER_LINE)
        lines.push(
          ` ${coefficients
            .slice(i, i + NUMBERS_PER_LINE)
            .map(scientific)
            .join(" ")}`,
        );
      return lines;
    }
    case "polynomial":
    case "gain": {
      const gain = stage.kind === "gain" ? stage.gain : 1 / (stage.coefficients[1] || 1);
      if (stage.outputUnit === "counts" && stage.inputUnit !== "counts")
        return [`DIG2 ${start} ${scientific(gain)} ${fixed(sampleRateHz, 11, 5)}`];
      const none = `${fixed(0, 3, 0)} ${fixed(0, 3, 0)}`;
      return [`PAZ2 ${start} ${unit} ${scientific(gain)} ${fixed(0, 4, 0)} ${fixed(0, 8, 3)} ${none}`];
    }
  }
}
