/**
 * The covariance behind a published error ellipse and its intervals, for bulletins that give no more: coverage ellipses, with chi-squared
 * quantiles of two degrees of freedom for the epicentre and normal quantiles for depth and time.
 *
 *     originErrorOf({ semiMajorKm: 16.6, semiMinorKm: 7.7, strikeDeg: 63, timeErrorSec: 0.88, depthErrorKm: null, sdobs: 0.92, confidence: 0.9 });
 */
import { normalQuantile, type OriginError } from "@harken/core";

export type Ellipse = Pick<
  OriginError,
  "semiMajorKm" | "semiMinorKm" | "strikeDeg" | "depthErrorKm" | "timeErrorSec" | "sdobs" | "confidence"
>;

/** Covariances between epicentre, depth and time are not known from an ellipse; they are 0. */
export function originErrorOf(ellipse: Ellipse): OriginError {
  const { semiMajorKm, semiMinorKm, strikeDeg, depthErrorKm, timeErrorSec, confidence } = ellipse;
  const plane = -2 * Math.log(1 - confidence);
  const line = normalQuantile((1 + confidence) / 2);
  const [major, minor] = [semiMajorKm ** 2 / plane, semiMinorKm ** 2 / plane];
  const strike = (strikeDeg * Math.PI) / 180;
  const [sin, cos] = [Math.sin(strike), Math.cos(strike)];
  return {
    sxxKm2: major * sin * sin + minor * cos * cos,
    syyKm2: major * cos * cos + minor * sin * sin,
    szzKm2: ((depthErrorKm ?? 0) / line) ** 2,
    sttSec2: (timeErrorSec / line) ** 2,
    sxyKm2: (major - minor) * sin * cos,
    sxzKm2: 0,
    syzKm2: 0,
    stxKmSec: 0,
    styKmSec: 0,
    stzKmSec: 0,
    ...ellipse,
  };
}
