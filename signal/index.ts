export { autoregressiveOnset, fitAutoregression, type Onset } from "./autoregression.ts";
export {
  butterworthBandPass,
  butterworthPass,
  type Filter,
  filterForward,
  filterGain,
  filterZeroPhase,
  type Section,
} from "./butterworth.ts";
export { type ArrayElement, type SlownessPeak, type SlownessSearch, slownessGrid, slownessSearch } from "./fk.ts";
export { type Fourier, fourierOf } from "./fourier.ts";
export { type Polarization, polarizationOf } from "./polarization.ts";
export {
  displacementResponse,
  divide,
  instrumentResponse,
  modulus,
  polesAndZeros,
  woodAnderson,
  woodAndersonResponse,
} from "./response.ts";
export { applyResponse, nextPowerOfTwo, removeTrend, taper } from "./spectrum.ts";
export { findTriggers, type StaLtaWindows, staLta, type Trigger } from "./staLta.ts";
