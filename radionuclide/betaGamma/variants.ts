/** One calibration value after another shifted by its standard error: what the systematic uncertainty is made of. */
import type { PulseHeightData } from "@harken/core";
import { type Branching, branchingUncertainty, nominalBranching } from "./branching.ts";

export interface CalibrationVariant {
  readonly calibration: Pick<PulseHeightData, "regionEfficiencies" | "ratios">;
  readonly branching: Branching;
}

export function calibrationVariants({
  regionEfficiencies,
  ratios,
}: CalibrationVariant["calibration"]): CalibrationVariant[] {
  const list: CalibrationVariant[] = [];
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
