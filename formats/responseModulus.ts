/** Size of a response at one frequency, digital filters taken as flat: what a calibration is compared with. */
import type { ResponseStage } from "@harken/core";
import { transferModulus } from "./transferFunction.ts";

export const responseModulus = (stages: readonly ResponseStage[], frequencyHz: number): number =>
  stages.reduce((value, stage) => value * modulusOf(stage, frequencyHz), 1);

function modulusOf(stage: ResponseStage, frequencyHz: number): number {
  switch (stage.kind) {
    case "paz":
      if (stage.domain === "z") return Math.abs(stage.gain);
      return Math.abs(stage.gain * stage.normalization) * transferModulus(stage.poles, stage.zeros, frequencyHz);
    case "fap":
      return stage.gain * interpolate(stage.frequenciesHz, stage.amplitudes, frequencyHz);
    case "fir":
    case "gain":
      return Math.abs(stage.gain);
    case "polynomial":
      return 1;
  }
}

/** Linear between the entries, level beyond them. */
function interpolate(xs: readonly number[], ys: readonly number[], x: number): number {
  const after = xs.findIndex((value) => value >= x);
  if (after < 0) return ys.at(-1) ?? 0;
  if (after === 0) return ys[0]!;
  const [x0, x1] = [xs[after - 1]!, xs[after]!];
  return ys[after - 1]! + ((ys[after]! - ys[after - 1]!) * (x - x0)) / (x1 - x0);
}
