export { autoregressiveOnset, fitAutoregression, type Onset, type OnsetSearch } from "./autoregression.ts";
export {
  butterworthBandPass,
  butterworthPass,
  type Filter,
  filterForward,
  filterGain,
  filterZeroPhase,
  type Section,
} from "./butterworth.ts";
export { decimate } from "./decimate.ts";
export { type ElementOffset, planSlowness, type SlownessPeak, type SlownessPlan, type SlownessSearch } from "./fk.ts";
export { type Fourier, fourierOf } from "./fourier.ts";
export { type Polarization, polarizationOf } from "./polarization.ts";
export {
  displacementResponse,
  divide,
  type Instrument,
  instrumentResponse,
  modulus,
  polesAndZeros,
  pressureResponse,
  woodAnderson,
  woodAndersonResponse,
} from "./response.ts";
export { applyResponse, nextPowerOfTwo, removeTrend, taper } from "./spectrum.ts";
export { findTriggers, planStaLta, type StaLtaPlan, type StaLtaWindows, staLta, type Trigger } from "./staLta.ts";
