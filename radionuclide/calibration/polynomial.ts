/** Polynomials by least squares: energy calibrations and their inverses. */
import { choleskyFactor, choleskySolve } from "@harken/core";

/** Coefficients in rising order about a centre: value(x) = sum c_k ((x - centre) / scale)^k, which keeps the normal equations tame. */
export interface Polynomial {
  readonly centre: number;
  readonly scale: number;
  readonly coefficients: readonly number[];
}

/**
 * Weighted least-squares polynomial of a degree through points; null when there are fewer distinct abscissae than coefficients. Weights are
 * 1 / variance and default to 1.
 */
export function fitPolynomial(
  x: readonly number[],
  y: readonly number[],
  degree: number,
  weights: readonly number[] = x.map(() => 1),
): Polynomial | null {
  const terms = degree + 1;
  if (new Set(x).size < terms) return null;
  const centre = (Math.min(...x) + Math.max(...x)) / 2;
  const scale = Math.max(...x) - centre || 1;
  const matrix = new Float64Array(terms * terms);
  const right = new Float64Array(terms);
  x.forEach((at, i) => {
    const powers = Array.from({ length: terms }, (_, k) => ((at - centre) / scale) ** k);
    for (let j = 0; j < terms; j++) {
      right[j]! += weights[i]! * powers[j]! * y[i]!;
      for (let k = 0; k < terms; k++) matrix[j * terms + k]! += weights[i]! * powers[j]! * powers[k]!;
    }
  });
  if (!choleskyFactor(matrix, terms)) return null;
  choleskySolve(matrix, terms, right);
  return { centre, scale, coefficients: [...right] };
}

export function evaluatePolynomial({ centre, scale, coefficients }: Polynomial, x: number): number {
  const u = (x - centre) / scale;
  let value = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) value = value * u + coefficients[k]!;
  return value;
}
