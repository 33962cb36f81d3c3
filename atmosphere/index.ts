export { toEqualSteps } from "./grid/equalSteps.ts";
export { lambertPlaces } from "./grid/lambert.ts";
export {
  cellAreaKm2,
  cellCentre,
  cellIndex,
  globalGrid,
  isGlobalInLongitude,
  type LatLonGrid,
} from "./grid/latLonGrid.ts";
export { synthesise } from "./grid/spectral.ts";
export { advect, frozenWind, type Particles, type WindSource } from "./particles/advection.ts";
export { type CellSeries, cellSeries, type DecayRule } from "./sourceReceptor/cellSeries.ts";
export { fieldOfRegard, multiModelRegard, regardOverlap } from "./sourceReceptor/fieldOfRegard.ts";
export { type CorrelationKind, possibleSourceRegion, type SourceRegion } from "./sourceReceptor/sourceRegion.ts";
export { type AssembledWind, type AssemblyOptions, assembleWind } from "./wind/assemble.ts";
export { windSequence } from "./wind/sequence.ts";
export {
  commonWindVariables,
  flexpartWindVariables,
  type WindRole,
  type WindVariable,
  type WindVariables,
} from "./wind/variables.ts";
export { type WindField, type WindLookup, windLookup } from "./wind/windField.ts";
