export { evaluate, type Scores } from "./evaluation/scores.ts";
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
export { frameAround, type MapFrame } from "./maps/mapFrame.ts";
export { mapKml } from "./maps/mapKml.ts";
export { type MapMark, type MapPicture, mapSvg } from "./maps/mapSvg.ts";
export { formatPower, LINEAR_SHADES, LOG_SHADES, shadeOf } from "./maps/shades.ts";
export { advect, frozenWind, type Particles, type WindSource } from "./particles/advection.ts";
export {
  type Background,
  type Emitter,
  knownBackground,
  type ScreeningScore,
  screenSamples,
} from "./sourceReceptor/background.ts";
export { type CellSeries, cellSeries, type DecayRule, samplesOf, slotsBetween } from "./sourceReceptor/cellSeries.ts";
export { commonGrid } from "./sourceReceptor/commonGrid.ts";
export { type EventPlace, type EventRegard, eventRegard } from "./sourceReceptor/eventRegard.ts";
export { fieldName } from "./sourceReceptor/fieldName.ts";
export { fieldOfRegard, multiModelRegard, regardOverlap } from "./sourceReceptor/fieldOfRegard.ts";
export { type CorrelationKind, possibleSourceRegion, type SourceRegion } from "./sourceReceptor/sourceRegion.ts";
export {
  defaultSourceTerm,
  type MeasuredSample,
  type SourceTerm,
  type SourceTermOptions,
  sourceTerm,
} from "./sourceReceptor/sourceTerm.ts";
export { assembleTransport, type HeightsFrom, type TransportAssembly } from "./transport/assembleWeather.ts";
export { decodeCheckpoint, encodeCheckpoint } from "./transport/checkpoint.ts";
export { ChunkWorker } from "./transport/chunk.ts";
export { speciesNamed, transportedSpecies } from "./transport/nuclides.ts";
export type { OutputStep } from "./transport/outputSums.ts";
export type { ParticleCloud } from "./transport/particleCloud.ts";
export { type Convection, type Physics, type Species, standardPhysics, tracer, windOnly } from "./transport/physics.ts";
export { type Leg, particleCount, type Release, type TransportPlan } from "./transport/plan.ts";
export {
  type Concentration,
  cellVolumesM3,
  concentrationAt,
  predictedSample,
  type SamplePlace,
  STANDARD_RELEASE_BQ,
  sourceReceptorField,
} from "./transport/products.ts";
export type { Chunk } from "./transport/release.ts";
export {
  type Checkpoint,
  type ExecuteChunk,
  type RunProgress,
  runTransport,
  type TransportResult,
  type Weather,
} from "./transport/run.ts";
export type { CellSums, SamplingGrid } from "./transport/sampler.ts";
export { type Allocate, type TransportField, transportField } from "./transport/transportField.ts";
export type { WeatherExtras } from "./transport/weatherExtras.ts";
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
