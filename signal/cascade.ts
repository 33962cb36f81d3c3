/**
 * Cascades of second-order sections over samples in place, with state across blocks: in WebAssembly, and as the plain twin that says what
 * it does. Cascade, direct forms: Oppenheim and Schafer, Discrete-Time Signal Processing, 6.3.
 */
import { openKernel } from "@harken/core";
import type { Section } from "./butterworth.ts";
import { wasmBase64 } from "./kernels/biquad.wasm.ts";

const kernel = openKernel<{
  heap(): number;
  table(): number;
  run(a: number, b: number, n: number, stride: number, sections: number, ends: boolean, gain: number): void;
}>(wasmBase64);

/** Samples of each lane that stand in the kernel's memory at once: they and its work stay in the nearest cache. */
const CHUNK = 2048;
/** Samples after which it is looked whether anything still rings. */
const RINGING = 256;
/** Sections that the kernel runs in one pass. */
const TOGETHER = 4;
/** A state this small is nothing, and numbers below 1e-308 would be a hundred times slower. */
const NOTHING = 1e-200;
/** What is left of a state when it no longer shows in an f64. */
const FORGOTTEN = 1e-19;
/** The kernel's table: numbers of a section, and where its state stands among them. */
const SECTION = 14;
const STATE = 10;

/** Sections of one pass, scaled as the kernel wants them, and the state of both lanes: w' and w'' of each section. */
interface Pass {
  readonly sections: readonly Section[];
  /** All zeros at 1 and -1: a band-pass. */
  readonly ends: boolean;
  readonly gain: number;
  readonly lanes: readonly [Float64Array, Float64Array];
}

function planPass(sections: readonly Section[]): Pass {
  const ends = sections.every(({ b0, b1, b2 }) => b1 === 0 && b2 === -b0 && b0 !== 0);
  return {
    sections: ends ? sections.map((section) => ({ ...section, b0: 1, b1: 0, b2: -1 })) : sections,
    ends,
    gain: ends ? sections.reduce((gain, { b0 }) => gain * b0, 1) : 1,
    lanes: [new Float64Array(2 * sections.length), new Float64Array(2 * sections.length)],
  };
}

/** Radius of the pole that is nearest to the unit circle. */
function slowestPole(sections: readonly Section[]): number {
  return sections.reduce((most, { a1, a2 }) => {
    const d = a1 * a1 - 4 * a2;
    return Math.max(most, d > 0 ? (Math.abs(a1) + Math.sqrt(d)) / 2 : Math.sqrt(a2));
  }, 0);
}

/** Samples where they are read and where they are written. */
interface Stretch {
  readonly to: Float64Array;
  readonly from: Float64Array;
}

export class Cascade {
  readonly #passes: readonly Pass[];
  /** Samples after which a state is forgotten, about. */
  readonly #memory: number;

  constructor(sections: readonly Section[]) {
    const count = Math.ceil(sections.length / TOGETHER);
    this.#passes = Array.from({ length: count }, (_, i) => planPass(sections.slice(i * TOGETHER, (i + 1) * TOGETHER)));
    this.#memory = Math.log(FORGOTTEN) / Math.log(Math.max(0.1, slowestPole(sections)));
  }

  /** The state after `level` has stood for ever: what follows makes no transient. */
  settle(level: number): void {
    for (const { sections, gain, lanes } of this.#passes) {
      level *= gain;
      sections.forEach(({ b0, b1, b2, a1, a2 }, k) => {
        lanes[0].fill(level / (1 + a1 + a2), 2 * k, 2 * k + 2);
        level = ((b0 + b1 + b2) * level) / (1 + a1 + a2);
      });
    }
  }

  /**
   * Filters `source`, x itself when not given, into x; the state goes on where the last call left it. Backwards, the last sample is the first.
   * A long trace runs as two halves at once, the second from rest; what the state at the end of the first half makes of silence is added to
   * it afterwards.
   */
  run(x: Float64Array, backwards = false, source = x): void {
    const half = x.length >> 1;
    const stretch = (from: number, to: number): Stretch => {
      const [begin, end] = backwards ? [x.length - to, x.length - from] : [from, to];
      return { to: x.subarray(begin, end), from: source.subarray(begin, end) };
    };
    if (!(half > 4 * this.#memory && half > CHUNK)) {
      this.#runChunks(stretch(0, x.length), null, backwards);
      return;
    }
    const second = stretch(half, 2 * half);
    for (const { lanes } of this.#passes) lanes[1].fill(0);
    this.#runChunks(stretch(0, half), second, backwards);
    const ends = this.#passes.map(({ lanes }) => lanes[1].slice());
    this.#addRinging(second.to, backwards);
    this.#passes.forEach(({ lanes }, i) => {
      for (let k = 0; k < lanes[0].length; k++) lanes[0][k]! += ends[i]![k]!;
    });
    this.#runChunks(stretch(2 * half, x.length), null, backwards);
  }

  #runChunks(a: Stretch, b: Stretch | null, backwards: boolean): void {
    const { memory } = kernel;
    const at = memory.reserve(16 * CHUNK) / 8;
    const f64 = memory.f64();
    const { length } = a.to;
    for (let done = 0; done < length; done += CHUNK) {
      const count = Math.min(CHUNK, length - done);
      const from = backwards ? length - done - count : done;
      f64.set(a.from.subarray(from, from + count), at);
      if (b) f64.set(b.from.subarray(from, from + count), at + CHUNK);
      for (const pass of this.#passes) runPass(pass, at, count, backwards);
      a.to.set(f64.subarray(at, at + count), from);
      b?.to.set(f64.subarray(at + CHUNK, at + CHUNK + count), from);
    }
  }

  /** Adds the response of the first lane's state to silence, until it is forgotten or the trace ends. */
  #addRinging(x: Float64Array, backwards: boolean): void {
    const silence = new Float64Array(RINGING);
    let first = 0;
    for (let done = 0; done < x.length; done += RINGING) {
      const count = Math.min(RINGING, x.length - done);
      const ringing = silence.subarray(0, count).fill(0);
      this.#runChunks({ to: ringing, from: ringing }, null, false);
      let most = 0;
      for (let i = 0; i < count; i++) {
        x[backwards ? x.length - 1 - done - i : done + i]! += ringing[i]!;
        most = Math.max(most, Math.abs(ringing[i]!));
      }
      if (done === 0) first = most;
      if (most <= FORGOTTEN * first) {
        for (const { lanes } of this.#passes) lanes[0].fill(0);
        return;
      }
    }
  }
}

function runPass({ sections, ends, gain, lanes }: Pass, at: number, count: number, backwards: boolean): void {
  const { exports, memory } = kernel;
  const f64 = memory.f64();
  const table = exports.table() / 8;
  sections.forEach(({ b0, b1, b2, a1, a2 }, k) => {
    const row = table + SECTION * k;
    for (const [i, value] of [a1, a2, b0, b1, b2].entries()) f64.fill(value, row + 2 * i, row + 2 * i + 2);
    for (let i = 0; i < 4; i++) f64[row + STATE + i] = lanes[(i & 1) as 0 | 1][2 * k + (i >> 1)]!;
  });
  const start = 8 * (backwards ? at + count - 1 : at);
  exports.run(start, start + 8 * CHUNK, count, backwards ? -8 : 8, sections.length, ends, gain);
  sections.forEach((_, k) => {
    const row = table + SECTION * k + STATE;
    for (let i = 0; i < 4; i++) lanes[(i & 1) as 0 | 1][2 * k + (i >> 1)] = orNothing(f64[row + i]!);
  });
}

const orNothing = (x: number): number => (Math.abs(x) < NOTHING ? 0 : x);

/** The twin: each section after the other by its difference equation (transposed direct form II), from the steady state of the first sample. */
export function cascadeTwin(sections: readonly Section[], x: Float64Array): void {
  let level = x.length > 0 ? x[0]! : 0;
  for (const { b0, b1, b2, a1, a2 } of sections) {
    const steady = (level * (b0 + b1 + b2)) / (1 + a1 + a2);
    let s1 = steady - b0 * level;
    let s2 = b2 * level - a2 * steady;
    level = steady;
    for (let i = 0; i < x.length; i++) {
      const u = x[i]!;
      const y = b0 * u + s1;
      s1 = b1 * u - a1 * y + s2;
      s2 = b2 * u - a2 * y;
      x[i] = y;
    }
  }
}
