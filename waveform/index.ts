export { type Grouping, groupByStation, type StationData, trimSegments } from "./grouping.ts";
export { processStation, type StationInput, type StationResult } from "./station/processStation.ts";
export { type DetectionBand, defaultRecipe, type StationRecipe } from "./station/recipe.ts";
