export { type Grouping, groupByStation, type StationData, trimSegments } from "./grouping.ts";
export {
  type Cluster,
  type ClusterEvent,
  type ClusterReading,
  type DifferentialTime,
  defaultRelocationSettings,
  type RelocatedCluster,
  type RelocatedEvent,
  type Relocation,
  type RelocationSettings,
} from "./relocation/cluster.ts";
export { relocate } from "./relocation/doubleDifference.ts";
export { type RelativePosition, relativePosition } from "./relocation/uncertainty.ts";
export { processStation, type StationInput, type StationResult } from "./station/processStation.ts";
export { type DetectionBand, defaultRecipe, type StationRecipe } from "./station/recipe.ts";
