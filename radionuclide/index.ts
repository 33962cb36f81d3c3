export {
  analyseBetaGamma,
  type BetaGammaInput,
  type BetaGammaResult,
  type BetaGammaSettings,
  defaultBetaGammaSettings,
  type IsotopeResult,
} from "./betaGamma/analyse.ts";
export { type SimulatedMeasurement, simulateSample, type TrueActivities } from "./betaGamma/simulatedSample.ts";
export { type XenonIsotope, xenonIsotopes } from "./betaGamma/xenon.ts";
export { type ChainMember, chainActivities } from "./decay/bateman.ts";
export { decayFactor, type MeasurementTimes } from "./decay/measurement.ts";
export {
  linesBetween,
  type Nuclide,
  type NuclideCategory,
  type NuclideLine,
  nuclide,
  nuclides,
  type PhotonLine,
} from "./nuclides/nuclides.ts";
