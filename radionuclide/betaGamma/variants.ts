/** One calibration value after another shifted by its standard error: what the systematic uncertainty is made of. */
import type { PulseHeightData } from "@harken/core";
import { type Branching, branchingUncertainty, nominalBranching } from "./branching.ts";
import { progenyUncertainty } from "./radonProgeny.ts";

export interface CalibrationVariant {
  readonly calibration: Pick<PulseHeightData, "regionEfficiencies" | "ratios">;
  readonly branching: Branching;
}

const RADON_REGION = 1;

/** `realSec` of the measurement, in which radon's daughters may lag behind those of the calibration. */
export function calibrationVariants(
  { regionEfficiencies, ratios }: CalibrationVariant["calibration"],
  realSec: number,
): CalibrationVariant[] {
  const list: CalibrationVariant[] = [];
  const lagging = 1 - progenyUncertainty(realSec);
  list.push({
    calibration: {
      regionEfficiencies,
      ratios: ratios.map((r) => (r.upperRegion === RADON_REGION ? { ...r, ratio: r.ratio * lagging } : r)),
    },
    branching: nominalBranching,
  });
  for (const one of regionEfficiencies) {
    const shifted = regionEfficiencies.map((e) => (e === one ? { ...e, efficiency: e.efficiency + e.error } : e));
    list.push({ calibration: { ratios, regionEfficiencies: shifted }, branching: nominalBranching });
  }
  for (const one of ratios) {
    const shifted = ratios.map((r) => (r === one ? { ...r, ratio: r.ratio + r.error } : r));
    list.push({ calibration: { regionEfficiencies, ratios: shifted }, branching: nominalBranching });
  }
  for (const name of Object.keys(nominalBranching) as (keyof Branching)[]) {
    const shifted = nominalBranching[name] * (1 + branchingUncertainty[name]);
    list.push({
      calibration: { regionEfficiencies, ratios },
      branching: { ...nominalBranching, [name]: shifted },
    });
  }
  return list;
}
