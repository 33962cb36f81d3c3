export {
  cellAreaKm2,
  cellCentre,
  cellIndex,
  globalGrid,
  isGlobalInLongitude,
  type LatLonGrid,
} from "./grid/latLonGrid.ts";
export { advect, frozenWind, type Particles, type WindSource } from "./particles/advection.ts";
export { type CellSeries, cellSeries, type DecayRule } from "./sourceReceptor/cellSeries.ts";
export { fieldOfRegard, multiModelRegard, regardOverlap } from "./sourceReceptor/fieldOfRegard.ts";
export { type CorrelationKind, possibleSourceRegion, type SourceRegion } from "./sourceReceptor/sourceRegion.ts";
export { type WindField, type WindLookup, windLookup } from "./wind/windField.ts";
