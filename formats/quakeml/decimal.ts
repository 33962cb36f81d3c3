/**
 * Change of unit by a power of ten on the decimal digits, so that 16.6 km becomes "16600" m and 16.6 km again, whatever the float64 between
 * them would make of it.
 */
import { number } from "../numbers.ts";

/** Text of `value` times ten to the power of `places`. */
export function shifted(value: number, places: number): string {
  const [mantissa, exponent] = value.toExponential().split("e");
  const exact = `${mantissa}e${Number(exponent) + places}`;
  const plain = String(Number(exact));
  return unshifted(plain, places) === value ? plain : exact;
}

/** The number whose `shifted` text this is; null for what is no number. */
export function unshifted(text: string, places: number): number | null {
  const m = /^\s*([-+]?[\d.]+)(?:[eE]([-+]?\d{1,4}))?\s*$/.exec(text);
  return m ? number(`${m[1]}e${Number(m[2] ?? 0) - places}`) : null;
}
