/**
 * Roots of a polynomial by Aberth and Ehrlich's simultaneous iteration (O. Aberth, Math. Comp. 27, 1973, doi:10.2307/2005621), for
 * filters that are given by coefficients.
 *
 *     polynomialRoots([6, -5, 1]); // 2 and 3: coefficients of rising powers
 */
import type { Complex } from "@harken/core";

const MAX_ITERATIONS = 100;
const TOLERANCE = 1e-14;

/** The highest coefficient must not be 0. Roots at the origin come out as exact zeros. */
export function polynomialRoots(coefficients: readonly number[]): Complex[] {
  const lowest = coefficients.findIndex((c) => c !== 0);
  if (lowest < 0) return [];
  const origin = Array.from({ length: lowest }, () => ({ re: 0, im: 0 }));
  const reduced = coefficients.slice(lowest);
  const degree = reduced.length - 1;
  if (degree < 1) return origin;
  const leading = reduced[degree]!;
  // On a circle of the roots' geometric mean, off the real axis so that pairs can part.
  const radius = Math.abs(reduced[0]! / leading) ** (1 / degree);
  const roots = Array.from({ length: degree }, (_, k) => {
    const angle = (2 * Math.PI * k) / degree + 0.4;
    return { re: radius * Math.cos(angle), im: radius * Math.sin(angle) };
  });
  for (let round = 0; round < MAX_ITERATIONS; round++) {
    let largest = 0;
    for (let k = 0; k < degree; k++) {
      const step = correction(reduced, roots, k);
      const root = roots[k]!;
      roots[k] = { re: root.re - step.re, im: root.im - step.im };
      largest = Math.max(largest, Math.hypot(step.re, step.im) / (Math.hypot(root.re, root.im) || 1));
    }
    if (largest < TOLERANCE) break;
  }
  return [...origin, ...roots];
}

function correction(coefficients: readonly number[], roots: readonly Complex[], k: number): Complex {
  const z = roots[k]!;
  let value: Complex = { re: 0, im: 0 };
  let slope: Complex = { re: 0, im: 0 };
  for (let i = coefficients.length - 1; i >= 0; i--) {
    slope = add(multiply(slope, z), value);
    value = add(multiply(value, z), { re: coefficients[i]!, im: 0 });
  }
  const newton = divide(value, slope);
  let repulsion: Complex = { re: 0, im: 0 };
  roots.forEach((other, i) => {
    if (i !== k) repulsion = add(repulsion, divide({ re: 1, im: 0 }, { re: z.re - other.re, im: z.im - other.im }));
  });
  const product = multiply(newton, repulsion);
  return divide(newton, { re: 1 - product.re, im: -product.im });
}

const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
const multiply = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});
/** 0 where the divisor is 0, so that equal guesses do not end in no number. */
function divide(a: Complex, b: Complex): Complex {
  const d = b.re * b.re + b.im * b.im;
  return d === 0 ? { re: 0, im: 0 } : { re: (a.re * b.re + a.im * b.im) / d, im: (a.im * b.re - a.re * b.im) / d };
}
