export { type AdaptiveF, type AdaptiveFSettings, adaptiveF, fisherRatio, noiseScale } from "./adaptiveF.ts";
export { type AicOnset, aicOnset } from "./aic.ts";
export { autoregressiveOnset, fitAutoregression, type Onset, type OnsetSearch } from "./autoregression.ts";
export { type BeamOptions, delayed, formDelayedBeam, steeringDelays } from "./beam.ts";
export {
  butterworthBandPass,
  butterworthPass,
  type Filter,
  filterGain,
  type Section,
} from "./butterworth.ts";
export { type CaponOptions, type CaponPlan, planCapon } from "./capon.ts";
export { type AverageWindows, classicStaLta, recursiveStaLta } from "./characteristic.ts";
export { correlateChannels, correlateTemplates, type TemplateChannel } from "./correlation.ts";
export { decimate } from "./decimate.ts";
export { type DeckOptions, type DeckRatios, strongestOfDeck } from "./deck.ts";
export { envelope, quadrature } from "./envelope.ts";
export { fExceedance, fQuantile } from "./fDistribution.ts";
export { type FilterStream, filterForward, filterStream, filterZeroPhase } from "./filter.ts";
export { type DecimationStream, decimationStream, type FirStream, firPass, firStream, kaiserWindow } from "./fir.ts";
export { type ElementOffset, planSlowness, type SlownessPeak, type SlownessPlan, type SlownessSearch } from "./fk.ts";
export { type Fourier, fourierOf } from "./fourier.ts";
export { kurtosis, zDetector } from "./moments.ts";
export { type GrowthSearch, type OnsetPosterior, onsetPosterior } from "./onsetPosterior.ts";
export { centreHz, type PmccBand, type PmccBandRule, pmccBands } from "./pmcc/bands.ts";
export { type FamilySettings, findFamilies } from "./pmcc/families.ts";
export { findPixels, type PixelOptions, type PmccPixel, type PmccSettings } from "./pmcc/pixels.ts";
export { type Polarization, polarizationOf } from "./polarization.ts";
export { type HourlySpectra, type HourlySpectraOptions, levelHistogram, planHourlySpectra } from "./ppsd.ts";
export { type PowerSpectrum, planWelch, powerSpectralDensity, type WelchOptions, type WelchPlan } from "./psd.ts";
export { type RealFourier, realFourierOf } from "./realFourier.ts";
export { applyPolynomial, type RemovalOptions, removeResponse } from "./removeResponse.ts";
export {
  displacementResponse,
  divide,
  type Instrument,
  instrumentResponse,
  modulus,
  multiply,
  polesAndZeros,
  pressureResponse,
  woodAnderson,
  woodAndersonResponse,
} from "./response.ts";
export { type SlidingPeak, slideSlowness } from "./slidingFk.ts";
export { slownessError } from "./slownessError.ts";
export { cepstrum, type Spectrogram, spectrogram } from "./spectrogram.ts";
export { applyResponse, nextPowerOfTwo, removeTrend, taper } from "./spectrum.ts";
export { findTriggers, planStaLta, type StaLtaPlan, type StaLtaWindows, staLta, type Trigger } from "./staLta.ts";
