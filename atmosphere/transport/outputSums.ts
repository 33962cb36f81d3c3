/**
 * Sums of one output over all chunks, with the standard error that chance leaves in them: the particles are parted into classes, and how much the
 * classes differ says how far the whole may be off. Chunks are added in their order, so the sums do not depend on who made them.
 */
import { CLASSES } from "./plan.ts";
import type { CellSums } from "./sampler.ts";

export interface OutputStep {
  /** Index of (species, layer, cell), rising; only cells that are not zero. */
  readonly index: Int32Array;
  readonly sum: Float64Array;
  readonly standardError: Float64Array;
}

/** What is collected while an output is under way: a list of chunks' sums for each class. */
export type PendingSums = readonly (readonly CellSums[])[];

export class OutputSums {
  readonly #total: Float64Array;
  readonly #squares: Float64Array;
  readonly #class: Float64Array;
  #pending: CellSums[][];

  /** `size`: number of (species, layer, cell). */
  constructor(size: number, pending: PendingSums = emptySums()) {
    this.#total = new Float64Array(size);
    this.#squares = new Float64Array(size);
    this.#class = new Float64Array(size);
    this.#pending = pending.map((list) => [...list]);
  }

  add(chunk: number, sums: CellSums): void {
    if (sums.index.length > 0) this.#pending[chunk % CLASSES]!.push(sums);
  }

  get pending(): PendingSums {
    return this.#pending;
  }

  /** The output's sums, and begins the next. */
  finish(): OutputStep {
    const touched: number[] = [];
    for (const list of this.#pending) {
      const here: number[] = [];
      for (const { index, sum } of list) {
        for (let i = 0; i < index.length; i++) {
          const at = index[i]!;
          if (this.#class[at] === 0) here.push(at);
          this.#class[at]! += sum[i]!;
        }
      }
      for (const at of here) {
        const value = this.#class[at]!;
        if (this.#total[at] === 0) touched.push(at);
        this.#total[at]! += value;
        this.#squares[at]! += value * value;
        this.#class[at] = 0;
      }
    }
    const index = Int32Array.from(touched).sort();
    const sum = new Float64Array(index.length);
    const standardError = new Float64Array(index.length);
    for (let i = 0; i < index.length; i++) {
      const at = index[i]!;
      const total = this.#total[at]!;
      sum[i] = total;
      const spread = Math.max(0, this.#squares[at]! - (total * total) / CLASSES);
      standardError[i] = Math.sqrt((CLASSES / (CLASSES - 1)) * spread);
      this.#total[at] = 0;
      this.#squares[at] = 0;
    }
    this.#pending = emptySums().map((list) => [...list]);
    return { index, sum, standardError };
  }
}

export function emptySums(): PendingSums {
  return Array.from({ length: CLASSES }, () => []);
}
