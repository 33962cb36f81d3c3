export { type Associator, buildEvents, createAssociator, type NetworkResult } from "./association/associator.ts";
export { type DefinitionSum, definitionOf } from "./association/definition.ts";
export { type AssociatorSettings, defaultAssociatorSettings } from "./association/settings.ts";
export { type AssociatorName, associatorNamed, associatorNames } from "./associators.ts";
export { createBayesAssociator } from "./bayes/associator.ts";
export type { EventExplanation, ExplainedArrival, MissedStation } from "./bayes/explain.ts";
export { type LearnOptions, learnPriors } from "./bayes/learn/learnPriors.ts";
export { type BayesPriors, defaultPriors, readPriors } from "./bayes/priors.ts";
export { type BayesSettings, defaultBayesSettings } from "./bayes/settings.ts";
export {
  type CalibrationPoint,
  type CalibrationSettings,
  calibrateSensor,
  calibrationSettings,
  isInSpec,
  measuredCalibration,
  measuredResponse,
  type SensorCalibration,
  type Verdict,
} from "./calibration/calibrate.ts";
export { type RatioPoint, type RatioSettings, type SensorPair, spectralRatio } from "./calibration/spectralRatio.ts";
export {
  type BulletinComparison,
  type ComparedPlace,
  compareBulletins,
  type EventPair,
  looseMatchRule,
  type MatchRule,
  matchPlaces,
} from "./comparison/compareBulletins.ts";
export { associateRepeats, impliedTime, type RepeatAssociation, type RepeatedEvent } from "./correlation/associate.ts";
export { type Detection, detectRepeats, type StationDetections } from "./correlation/detect.ts";
export { type CorrelationSettings, localRepeats, regionalRepeats } from "./correlation/settings.ts";
export { type Master, makeTemplate, onsetAt, type Template } from "./correlation/template.ts";
export { levelFor, stationRate } from "./correlation/threshold.ts";
export { openTraces, type StationTraces } from "./correlation/traces.ts";
export { amplitudeRatio, type ListedRepeat, listRepeats, type RepeatList } from "./correlation/xsel.ts";
export { type Grouping, groupByStation, recordedStretches, type StationData, trimSegments } from "./grouping.ts";
export { earthPredictor } from "./location/earthPredictor.ts";
export { locate, locateWith } from "./location/locate.ts";
export type { PredictedQuantity, Prediction, ReadingPredictor } from "./location/predictor.ts";
export {
  defaultGridSettings,
  type GridSettings,
  type ProbabilityResult,
  probabilityGrid,
} from "./location/probabilityGrid.ts";
export type { ProbabilityCell, ProbabilitySolution } from "./location/probabilitySolution.ts";
export type { Hypocentre, LocatedOrigin, LocationResult, Reading } from "./location/reading.ts";
export { type FoundReadings, type ReadingChoice, readingsOf } from "./location/readingsOf.ts";
export { type ErrorScale, errorScale } from "./location/scaling.ts";
export { defaultLocationSettings, type HeldDepth, type LocationSettings } from "./location/settings.ts";
export { correctionRemarks, noStationCorrections, type StationCorrections } from "./location/stationCorrections.ts";
export { maximumLikelihood } from "./magnitude/maximumLikelihood.ts";
export {
  type MagnitudeInput,
  type MeasuredMagnitudes,
  measureMagnitudes,
  type NoiseAmplitude,
} from "./magnitude/measureMagnitudes.ts";
export { type NetworkValue, networkMean, type StationValue } from "./magnitude/networkMean.ts";
export {
  defaultMagnitudeSettings,
  type MagnitudeRule,
  type MagnitudeSettings,
  mb1Rule,
  mbRule,
  mlRule,
  msRule,
  type StationTerm,
} from "./magnitude/rules.ts";
export { silenceOf } from "./magnitude/silentStations.ts";
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
export { type DprkResult, type DprkTest, runDprkDemo } from "./relocation/dprk/demo.ts";
export { dprkMapSvg } from "./relocation/dprk/map.ts";
export { type RelativePosition, relativePosition } from "./relocation/uncertainty.ts";
export { type Revision, type RevisionInput, reviseOrigin } from "./review/reviseOrigin.ts";
export { type Criterion, type Screening, type ScreeningStatus, screenEvent } from "./screening/screenEvent.ts";
export { formerMbMsLine, type ScreeningSettings, screeningSettings } from "./screening/settings.ts";
export { parseBeamSet, recipeOfBeams, type StoredBeam } from "./station/beamSet.ts";
export type { HydroacousticRecipe } from "./station/hydroacoustic/classify.ts";
export {
  channelShare,
  compareEnvelopes,
  defaultTPhaseSetting,
  type Envelope,
  type EnvelopeComparison,
  type TPhaseSetting,
  type TPhaseSource,
  tPhaseEnvelope,
} from "./station/hydroacoustic/tPhaseEnvelope.ts";
export type { WindNoise, WindState } from "./station/infrasound/windNoise.ts";
export { type MeasuredOnset, measureOnset, type OnsetInput, onsetReach } from "./station/measureOnset.ts";
export { processStation, type StationInput, type StationResult } from "./station/processStation.ts";
export type { DetectionBand, StationRecipe } from "./station/recipe.ts";
export { hydroacousticRecipe, infrasoundRecipe, recipeFor, seismicRecipe, tPhaseRecipe } from "./station/recipes.ts";
export {
  pictureReachSec,
  type SlownessPicture,
  type SlownessPictureInput,
  type SlownessPictureResult,
  slownessPicture,
} from "./station/slownessPicture.ts";
export {
  type RecordedStation,
  type StationYield,
  stationYields,
  totalYield,
  type YieldEvent,
  type YieldInput,
} from "./tuning/stationYields.ts";
export { thresholdBounds } from "./tuning/thresholds.ts";
