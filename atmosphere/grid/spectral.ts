/**
 * From spherical harmonics to a grid: Legendre sums at each latitude, then a Fourier sum along it. Wave numbers above half the number of columns are left out.
 *
 *     const values = synthesise(coefficients, 63, latitudesDeg, 360);
 */
import { RADIANS_PER_DEGREE } from "@harken/core";
import { fourierSum } from "./fourier.ts";
import { legendreFunctions } from "./legendre.ts";

/**
 * Values on latitude circles whose columns begin at 0 deg east, row after row. `coefficients` in the order of `SpectralWeatherGrid`.
 * Throws RangeError when their number does not belong to the truncation.
 */
export function synthesise(
  coefficients: ArrayLike<number>,
  truncation: number,
  latitudesDeg: ArrayLike<number>,
  columns: number,
): Float64Array {
  const pairs = ((truncation + 1) * (truncation + 2)) / 2;
  if (coefficients.length !== 2 * pairs)
    throw new RangeError(`${coefficients.length} coefficients for truncation ${truncation}`);
  const values = new Float64Array(latitudesDeg.length * columns);
  const legendre = new Float64Array(pairs);
  const re = new Float64Array(columns);
  const im = new Float64Array(columns);
  const highest = Math.min(truncation, Math.floor((columns - 1) / 2));
  for (let row = 0; row < latitudesDeg.length; row++) {
    legendreFunctions(truncation, Math.sin(latitudesDeg[row]! * RADIANS_PER_DEGREE), legendre);
    re.fill(0);
    im.fill(0);
    for (let m = 0, at = 0; m <= highest; m++) {
      let [sumRe, sumIm] = [0, 0];
      for (let n = m; n <= truncation; n++, at++) {
        sumRe += coefficients[2 * at]! * legendre[at]!;
        sumIm += coefficients[2 * at + 1]! * legendre[at]!;
      }
      // The negative order is the conjugate; together they are twice the real part.
      re[m] = m === 0 ? sumRe : 2 * sumRe;
      im[m] = m === 0 ? 0 : 2 * sumIm;
    }
    values.set(fourierSum(re, im).re, row * columns);
  }
  return values;
}
