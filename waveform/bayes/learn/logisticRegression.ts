/**
 * Logistic regression with an offset for each group: Newton steps on the common coefficients and on the offsets in turn, both drawn to zero by
 * a ridge, as the hierarchical fit of NET-VISA does (Arora, Russell and Sudderth 2013, section on detection probability).
 */
import { choleskyFactor, choleskySolve } from "@harken/core";

export interface Trials {
  /** `width` features of one trial after the other. */
  readonly features: Float64Array;
  readonly width: number;
  readonly group: Int32Array;
  readonly seen: Uint8Array;
}

export interface LogisticFit {
  readonly coefficients: readonly number[];
  readonly offsets: readonly number[];
}

const ROUNDS = 12;
const SETTLED = 1e-4;
const MOST_STEP = 3;

/** `ridge` is the weight that draws each coefficient to zero. */
export function fitLogistic(trials: Trials, groups: number, ridge: readonly number[], groupRidge: number): LogisticFit {
  const { features, width, group, seen } = trials;
  const w = new Float64Array(width);
  const offsets = new Float64Array(groups);
  const n = seen.length;
  const chanceOf = (i: number) => {
    let z = offsets[group[i]!]!;
    for (let k = 0; k < width; k++) z += w[k]! * features[i * width + k]!;
    return 1 / (1 + Math.exp(-z));
  };
  for (let round = 0; round < ROUNDS; round++) {
    const hessian = new Float64Array(width * width);
    const gradient = new Float64Array(width);
    for (let k = 0; k < width; k++) {
      hessian[k * width + k] = ridge[k]!;
      gradient[k] = -ridge[k]! * w[k]!;
    }
    for (let i = 0; i < n; i++) {
      const p = chanceOf(i);
      const weight = p * (1 - p);
      const off = seen[i]! - p;
      for (let k = 0; k < width; k++) {
        const x = features[i * width + k]!;
        if (x === 0) continue;
        gradient[k]! += off * x;
        for (let j = 0; j <= k; j++) hessian[k * width + j]! += weight * x * features[i * width + j]!;
      }
    }
    if (!choleskyFactor(hessian, width)) break;
    choleskySolve(hessian, width, gradient);
    let moved = 0;
    for (let k = 0; k < width; k++) {
      const by = Math.max(-MOST_STEP, Math.min(MOST_STEP, gradient[k]!));
      w[k]! += by;
      moved = Math.max(moved, Math.abs(by));
    }
    const slope = new Float64Array(groups).fill(groupRidge);
    const pull = Float64Array.from(offsets, (offset) => -groupRidge * offset);
    for (let i = 0; i < n; i++) {
      const p = chanceOf(i);
      slope[group[i]!]! += p * (1 - p);
      pull[group[i]!]! += seen[i]! - p;
    }
    for (let g = 0; g < groups; g++) {
      const by = Math.max(-MOST_STEP, Math.min(MOST_STEP, pull[g]! / slope[g]!));
      offsets[g]! += by;
      moved = Math.max(moved, Math.abs(by));
    }
    if (moved < SETTLED) break;
  }
  return { coefficients: [...w], offsets: [...offsets] };
}
