/**
 * Filtering of traces: causal, zero-phase, and block by block.
 *
 *     const causal = filterForward(filter, samples);
 *     const stream = filterStream(filter); // blocks of one trace, as they come
 *     const first = stream.next(block);
 */
import type { Filter } from "./butterworth.ts";
import { Cascade } from "./cascade.ts";

/**
 * Causal filtering of a copy; the state begins as if the first sample had stood for ever, so that an offset makes no transient. Written into `x`
 * when it is given, of the length of the trace.
 */
export function filterForward(filter: Filter, samples: ArrayLike<number>, x?: Float64Array): Float64Array {
  return filterStream(filter).next(samples, x);
}

/** A causal filter that is fed a trace in blocks: its output is that of the whole trace, whatever the blocks. */
export interface FilterStream {
  /** Written into `x` when it is given, of the length of the block. */
  next(block: ArrayLike<number>, x?: Float64Array): Float64Array;
}

export function filterStream(filter: Filter): FilterStream {
  const cascade = new Cascade(filter.sections);
  let begun = false;
  return {
    next(block, x = new Float64Array(block.length)) {
      const source = typed(block);
      if (!begun && source.length > 0) {
        cascade.settle(source[0]!);
        begun = true;
      }
      cascade.run(x, false, source);
      return x;
    },
  };
}

/**
 * Forward and backward filtering of a copy: no phase shift, the amplitude response squared. Both ends are continued by their point
 * reflection, as long as the filter settles. Written into `x` when it is given, of the length of the trace.
 */
export function filterZeroPhase(
  filter: Filter,
  samples: ArrayLike<number>,
  x = new Float64Array(samples.length),
): Float64Array {
  const n = samples.length;
  if (n === 0) return x;
  const pad = Math.min(n - 1, Math.ceil(filter.settlingSec * filter.sampleRateHz));
  const source = typed(samples);
  const [first, last] = [source[0]!, source[n - 1]!];
  const before = new Float64Array(pad);
  const after = new Float64Array(pad);
  for (let i = 0; i < pad; i++) {
    before[i] = 2 * first - source[pad - i]!;
    after[i] = 2 * last - source[n - 2 - i]!;
  }
  const cascade = new Cascade(filter.sections);
  cascade.settle(before[0] ?? first);
  cascade.run(before);
  cascade.run(x, false, source);
  cascade.run(after);
  cascade.settle(after.at(-1) ?? x[n - 1]!);
  cascade.run(after, true);
  cascade.run(x, true);
  return x;
}

const typed = (samples: ArrayLike<number>): Float64Array =>
  samples instanceof Float64Array ? samples : new Float64Array(samples);
