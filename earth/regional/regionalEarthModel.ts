/**
 * An earth model that knows a region: Pn and Sn within it by their own paths and path-dependent errors, all else by a model of depth alone.
 *
 *     const earth = regionalEarthModel(createEarthModel("ak135"), eurasia);
 */
import type { EarthModel } from "@harken/core";
import { headWave } from "./headWave.ts";
import type { RegionalModel } from "./regionalModel.ts";

export function regionalEarthModel(base: EarthModel, regional: RegionalModel): EarthModel {
  return {
    ...base,
    model: `${base.model} and ${regional.name}`,
    predictPath: (phase, source, station, depthKm) => {
      if (phase === "Pn" || phase === "Sn") {
        const found = headWave(regional, phase, source, station, depthKm);
        if (found) return found;
      }
      return base.predictPath?.(phase, source, station, depthKm) ?? null;
    },
  };
}
