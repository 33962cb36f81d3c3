/**
 * Numbers that went through a float32, read as what was meant: 0.025 became 0.025000000372529, and the rate of such a file is 40 Hz.
 *
 *     decimalOf(Math.fround(46.9587)); // 46.9587
 *     sampleRateOf(Math.fround(0.01)); // 100
 */

/** A float32 is known to half of this, relatively. */
const FLOAT32_STEP = 2 ** -23;
const FLOAT64_STEP = 2 ** -52;
/** A fraction of at most this numerator times denominator is no accident at the precision of float32 (chance below 1 %). */
const MAX_PRODUCT = 100_000;
const MAX_FLOAT32_DIGITS = 9;

/** The shortest decimal that becomes the same float32. */
export function decimalOf(value: number): number {
  for (let digits = 1; digits < MAX_FLOAT32_DIGITS; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return decimal;
  }
  return value;
}

/** Rate of a file whose interval is a float32, Hz: a whole number or simple fraction where one fits, else by the shortest decimal. */
export function sampleRateOf(intervalSec: number): number {
  return simpleFraction(1 / intervalSec, FLOAT32_STEP) ?? 1 / decimalOf(intervalSec);
}

/** A rate that was kept as float32 (SEED blockette 100), Hz. */
export function rateOfFloat32(rateHz: number): number {
  return simpleFraction(rateHz, FLOAT32_STEP) ?? decimalOf(rateHz);
}

/** Rate of a file whose interval was kept in float64 (header version 7). */
export function preciseSampleRateOf(intervalSec: number): number {
  return simpleFraction(1 / intervalSec, 4 * FLOAT64_STEP) ?? 1 / intervalSec;
}

/** The fraction of least numerator and denominator within `tolerance` of a positive value; null when that is no simple one. */
export function simpleFraction(value: number, tolerance: number): number | null {
  // Continued fraction of both ends of the interval as long as they agree; where they part, the next whole number ends it.
  let low = value * (1 - tolerance);
  let high = value * (1 + tolerance);
  let [p0, q0, p, q] = [0, 1, 1, 0];
  while (p * q <= MAX_PRODUCT) {
    const whole = Math.ceil(low);
    const last = whole <= high;
    const term = last ? whole : Math.floor(low);
    [p0, q0, p, q] = [p, q, term * p + p0, term * q + q0];
    if (last) return p * q <= MAX_PRODUCT && p > 0 ? p / q : null;
    [low, high] = [1 / (high - term), 1 / (low - term)];
  }
  return null;
}
