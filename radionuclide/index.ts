export {
  analyseBetaGamma,
  type BetaGammaInput,
  type BetaGammaResult,
  type BetaGammaSettings,
  defaultBetaGammaSettings,
} from "./betaGamma/analyse.ts";
export { type EditedRegions, editRegions } from "./betaGamma/regionEdits.ts";
export { type ChannelRegion, channelRegions } from "./betaGamma/regions.ts";
export {
  analyseSequentially,
  type RegionNet,
  type SequentialActivity,
  type SequentialResult,
} from "./betaGamma/sequential.ts";
export { type SimulatedMeasurement, simulateSample, type TrueActivities } from "./betaGamma/simulatedSample.ts";
export {
  type Bounds,
  boundsOf,
  defaultHistorySettings,
  emptyHistory,
  type HistorySettings,
  type NuclideHistory,
  type StationHistory,
  withSample,
} from "./categories/history.ts";
export {
  abnormalThreshold,
  categoriseNobleGas,
  defaultNobleGasSettings,
  type IsotopeLevel,
  type NobleGasCategory,
  type NobleGasHistory,
  type NobleGasLevel,
  type NobleGasSample,
  type NobleGasSettings,
} from "./categories/nobleGas.ts";
export {
  type CategorisedNuclide,
  categoriseParticulate,
  type Level,
  type NuclideLevel,
  type ParticulateCategory,
} from "./categories/particulate.ts";
export { type ChainMember, chainActivities } from "./decay/bateman.ts";
export { decayFactor, type MeasurementTimes } from "./decay/measurement.ts";
export { type CoaxialDimensions, coaxialDetector, type SampleShape, sampleDisc, shield } from "./detector/coaxial.ts";
export { type CurveSettings, type EfficiencyCurves, efficiencyCurves } from "./detector/curves.ts";
export { simulateDecays } from "./detector/decays.ts";
export {
  addEfficiencies,
  type SimulatedEfficiency,
  type SimulatedShare,
  simulateEfficiency,
} from "./detector/efficiency.ts";
export { icrmDetector, icrmShield } from "./detector/icrm.ts";
export { type Material, materials } from "./detector/materials.ts";
export { buildScene, type Cylinder, type Scene } from "./detector/scene.ts";
export { type DetectorEfficiencies, type SummingFactors, summingFactors } from "./detector/summing.ts";
export { type PhotonTransport, photonTransport } from "./detector/transport.ts";
export {
  type Efficiency,
  type EnergyCalibration,
  efficiencyFromPoints,
  energyFromPoints,
  logarithmicEfficiency,
  polynomialEnergy,
  type Resolution,
  resolutionFromPoints,
  rootResolution,
} from "./gamma/calibration.ts";
export {
  defaultEnergyUpdateSettings,
  type EnergyUpdate,
  type EnergyUpdateSettings,
  updateEnergy,
} from "./gamma/energyUpdate.ts";
export {
  type BestEstimate,
  bestEstimate,
  type CharacteristicInput,
  type CharacteristicLimits,
  type CurrieLimits,
  characteristicLimits,
  currieLimits,
} from "./gamma/limits.ts";
export {
  defaultPeakSettings,
  findPeaks,
  type Peak,
  type PeakSettings,
} from "./gamma/peaks.ts";
export { type CalibrationSource, efficiencyPoints } from "./gamma/sourceEfficiency.ts";
export {
  type DecayBranch,
  type DecayScheme,
  decayScheme,
  type Level as NuclearLevel,
  nuclidesWithScheme,
  type Transition,
} from "./nuclides/decaySchemes.ts";
export {
  linesBetween,
  type Nuclide,
  type NuclideCategory,
  type NuclideLine,
  type NuclideSource,
  nuclide,
  nuclides,
  type PhotonLine,
} from "./nuclides/nuclides.ts";
export { analyseParticulate, type ParticulateInput } from "./particulate/analyse.ts";
export { type GammaCalibration, gammaCalibration } from "./particulate/calibration.ts";
export { type LineMeasurement, type LineResult, lineConcentration } from "./particulate/concentrations.ts";
export { defaultQualityLimits, type QualityFlag, type QualityLimits } from "./particulate/flags.ts";
export type {
  AnalysedPeak,
  FitRegion,
  NuclideResult,
  ParticulateAnalysis,
  ParticulateResult,
} from "./particulate/result.ts";
export { defaultParticulateSettings, type ParticulateSettings } from "./particulate/settings.ts";
export {
  airFilterBq,
  type SimulatedParticulate,
  simulatedTimes,
  simulateParticulate,
} from "./particulate/simulatedSample.ts";
export {
  type ControlChart,
  type ControlLimits,
  type ControlRule,
  type ControlSettings,
  controlChart,
  controlRules,
  defaultControlSettings,
} from "./quality/controlChart.ts";
export { type QualityQuantity, qualityQuantities } from "./quality/quantities.ts";
export {
  explanationOf,
  type NobleGasFindings,
  nobleGasReport,
  particulateReport,
  type Reanalysis,
  type ReportHead,
  type Review,
  reportedMdcNuclides,
  reviewedReport,
  screenedEvent,
  updatedReport,
} from "./reports/sampleReport.ts";
export {
  type LaboratoryHistory,
  laboratoryHistory,
  type NuclideScore,
  type ProficiencyScore,
  scoreProficiency,
} from "./scores/proficiency.ts";
export {
  enScore,
  type Result,
  stationLaboratoryComparison,
  type Verdict,
  verdictOf,
  zetaScore,
} from "./scores/scores.ts";
export { stationActivities } from "./scores/stationActivity.ts";
export { withoutDecayCorrection } from "./xenon/decayCorrection.ts";
export {
  defaultNobleGasQualityLimits,
  type NobleGasQualityLimits,
  nobleGasFlags,
} from "./xenon/flags.ts";
export { type XenonIsotope, xenonIsotopes } from "./xenon/isotopes.ts";
export { fieller, type IsotopicRatio, isotopicRatios } from "./xenon/ratios.ts";
export type { IsotopeResult, XenonReport, XenonResults } from "./xenon/results.ts";
export {
  type DiscriminationLine,
  defaultXenonScreening,
  type RatioThreshold,
  type ScreeningFlag,
  screenXenon,
  type XenonScreening,
} from "./xenon/screening.ts";
export { analyseXenonPeaks, type XenonPeaksInput, type XenonPeaksResult } from "./xenonPeaks/analyse.ts";
