export { type ArrivalTruth, type ArrivalWorld, createArrivalWorld } from "./arrivalWorld/arrivalWorld.ts";
export { assumptionsOf } from "./arrivalWorld/assumptions.ts";
export {
  type AftershockSequence,
  type ArrivalWorldConfig,
  type ArrivalWorldVariant,
  arrivalWorldVariants,
} from "./arrivalWorld/config.ts";
export { referenceBulletin } from "./arrivalWorld/reference.ts";
export { bestWithin, type WorldScore, worldScorer } from "./arrivalWorld/score.ts";
export {
  type Accuracy,
  type AccuracyRow,
  accuracyBySnr,
  accuracyOf,
  measureSignals,
  type ReadSignal,
  type SignalCampaign,
} from "./campaigns/accuracy.ts";
export { type KnownSignal, type KnownSignalSpec, knownSignal } from "./campaigns/knownSignals.ts";
export { detectInNoise, type NoiseCampaign } from "./campaigns/noiseAlone.ts";
export { NOISE_HOURS, noiseCampaigns, signalCampaigns, stationKinds } from "./campaigns/stationCampaigns.ts";
export { matchTruth, type TruthMatching, type TruthPair, truthMatchRule } from "./matchTruth.ts";
export { noiseLevelDb, noiseModelDb } from "./noise/petersonModels.ts";
export { type TrueArrival, trueArrivals } from "./signals/arrivals.ts";
export { type TrueSound, trueSounds } from "./sounds/trueSounds.ts";
export { synthesize } from "./synthesize.ts";
export { demoSoundCodes, demoWorldConfig, type WorldConfig } from "./world/config.ts";
export type { HiddenEvent, Mechanism } from "./world/seismicity.ts";
export { createWorld, type World } from "./world/world.ts";
