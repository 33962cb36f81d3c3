/**
 * Coefficients of a code-block from its coded planes (ISO/IEC 15444-1, Annex D): three passes over each plane of magnitude bits, in stripes of four rows,
 * each bit in a context of its neighbours. The result is twice the coefficient, so that the half of the last plane, which reconstruction adds, has room.
 */
import { concatBytes } from "../../step.ts";
import type { CodeBlock, Orientation } from "./geometry.ts";
import { MqDecoder, RUN_CONTEXT, UNIFORM_CONTEXT } from "./mq.ts";

/** Code-block styles (table A.19). */
const BYPASS = 1;
const RESET = 2;
const TERMINATE = 4;
const CAUSAL = 8;
const SEGMENTATION = 32;

/** Flags of a coefficient: which neighbours are significant, which of four are negative, what happened to itself. */
const NE = 0x01;
const SE = 0x02;
const SW = 0x04;
const NW = 0x08;
const N = 0x10;
const E = 0x20;
const S = 0x40;
const W = 0x80;
const NEIGHBOURS = 0xff;
const NEGATIVE_N = 0x100;
const NEGATIVE_E = 0x200;
const NEGATIVE_S = 0x400;
const NEGATIVE_W = 0x800;
const SIGNIFICANT = 0x1000;
const REFINED = 0x2000;
const VISITED = 0x4000;

/** What is not read of a style, in words; null when all of it is. */
export function styleComplaint(style: number): string | null {
  if (style & BYPASS) return "code-blocks that bypass the arithmetic coder are not read";
  return style & TERMINATE ? "code-blocks that end after each pass are not read" : null;
}

const count = (...present: number[]) => present.filter((flag) => flag !== 0).length;

/** Context of a zero bit by its eight neighbours (table D.1). */
function zeroContexts(orientation: Orientation): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, flags) => {
    let h = count(flags & E, flags & W);
    let v = count(flags & N, flags & S);
    const d = count(flags & NE, flags & SE, flags & SW, flags & NW);
    if (orientation === "HH") {
      if (d >= 3) return 8;
      if (d === 2) return h + v >= 1 ? 7 : 6;
      return (d === 1 ? 3 : 0) + Math.min(2, h + v);
    }
    if (orientation === "HL") [h, v] = [v, h];
    if (h === 2) return 8;
    if (h === 1) return v >= 1 ? 7 : d >= 1 ? 6 : 5;
    return v > 0 ? 2 + v : Math.min(2, d);
  });
}

const ZERO_CONTEXTS: Readonly<Record<Orientation, Uint8Array>> = {
  LL: zeroContexts("LL"),
  LH: zeroContexts("LH"),
  HL: zeroContexts("HL"),
  HH: zeroContexts("HH"),
};

/** Context * 2 + the bit that flips the sign (tables D.2 and D.3), by flags >> 4: the four neighbours and their signs. */
const SIGN_CONTEXTS = Uint8Array.from({ length: 256 }, (_, i) => {
  const flags = i << 4;
  const signOf = (present: number, negative: number) => (flags & present ? (flags & negative ? -1 : 1) : 0);
  const clamp = (sum: number) => Math.max(-1, Math.min(1, sum));
  const h = clamp(signOf(E, NEGATIVE_E) + signOf(W, NEGATIVE_W));
  const v = clamp(signOf(N, NEGATIVE_N) + signOf(S, NEGATIVE_S));
  const flipped = h < 0 || (h === 0 && v < 0) ? 1 : 0;
  const [ah, av] = flipped ? [-h, -v] : [h, v];
  return (ah === 0 ? 9 + av : 12 + av) * 2 + flipped;
});

export class BlockDecoder {
  readonly #mq = new MqDecoder();
  #flags = new Uint16Array(0);
  #values = new Int32Array(0);
  #width = 0;
  #height = 0;
  #causal = false;
  #zero = ZERO_CONTEXTS.LL;

  /** Twice the coefficients, row by row; the array is used again by the next call. */
  decode(block: CodeBlock, style: number): Int32Array {
    const { x0, y0, x1, y1 } = block.area;
    this.#prepare(x1 - x0, y1 - y0);
    this.#causal = (style & CAUSAL) !== 0;
    this.#zero = ZERO_CONTEXTS[block.band.orientation];
    const mq = this.#mq;
    mq.resetContexts();
    mq.start(concatBytes(block.data));
    // Values carry one bit below the last plane.
    let plane = block.band.planes - block.zeroPlanes;
    for (let pass = 0, kind = 2; pass < block.passes && plane > 0; pass++) {
      if (kind === 0) this.#significance(plane);
      else if (kind === 1) this.#refinement(plane);
      else {
        this.#cleanup(plane);
        if (style & SEGMENTATION) for (let i = 0; i < 4; i++) mq.bit(UNIFORM_CONTEXT);
      }
      if (style & RESET) mq.resetContexts();
      if (++kind === 3) {
        kind = 0;
        plane--;
      }
    }
    return this.#values;
  }

  #prepare(width: number, height: number): void {
    const flags = (width + 2) * (height + 2);
    if (this.#flags.length < flags) this.#flags = new Uint16Array(flags);
    else this.#flags.fill(0, 0, flags);
    if (this.#values.length < width * height) this.#values = new Int32Array(width * height);
    else this.#values.fill(0, 0, width * height);
    this.#width = width;
    this.#height = height;
  }

  #significance(plane: number): void {
    const [width, height, stride] = [this.#width, this.#height, this.#width + 2];
    const [flags, zero, mq] = [this.#flags, this.#zero, this.#mq];
    for (let top = 0; top < height; top += 4) {
      const bottom = Math.min(height, top + 4);
      for (let x = 0; x < width; x++) {
        for (let y = top, f = (top + 1) * stride + x + 1; y < bottom; y++, f += stride) {
          const own = flags[f]!;
          if (own & SIGNIFICANT || (own & NEIGHBOURS) === 0) continue;
          if (mq.bit(zero[own & NEIGHBOURS]!) === 1) this.#becomeSignificant(x, y, f, plane);
          flags[f]! |= VISITED;
        }
      }
    }
  }

  #refinement(plane: number): void {
    const [width, height, stride] = [this.#width, this.#height, this.#width + 2];
    const [flags, values, mq] = [this.#flags, this.#values, this.#mq];
    // A one adds half of what was assumed, a zero takes it off.
    const half = 1 << (plane - 1);
    for (let top = 0; top < height; top += 4) {
      const bottom = Math.min(height, top + 4);
      for (let x = 0; x < width; x++) {
        for (let y = top, f = (top + 1) * stride + x + 1; y < bottom; y++, f += stride) {
          const own = flags[f]!;
          if ((own & (SIGNIFICANT | VISITED)) !== SIGNIFICANT) continue;
          const context = own & REFINED ? 16 : own & NEIGHBOURS ? 15 : 14;
          const change = mq.bit(context) === 1 ? half : -half;
          const at = y * width + x;
          values[at]! += values[at]! < 0 ? -change : change;
          flags[f]! |= REFINED;
        }
      }
    }
  }

  #cleanup(plane: number): void {
    const [width, height, stride] = [this.#width, this.#height, this.#width + 2];
    const [flags, zero, mq] = [this.#flags, this.#zero, this.#mq];
    for (let top = 0; top < height; top += 4) {
      const bottom = Math.min(height, top + 4);
      for (let x = 0; x < width; x++) {
        let f = (top + 1) * stride + x + 1;
        let y = top;
        let found = false;
        // Four rows of which none has anything near: one decision for all.
        if (
          bottom - top === 4 &&
          ((flags[f]! | flags[f + stride]! | flags[f + 2 * stride]! | flags[f + 3 * stride]!) &
            (NEIGHBOURS | SIGNIFICANT | VISITED)) ===
            0
        ) {
          if (mq.bit(RUN_CONTEXT) === 0) continue;
          const skip = mq.bit(UNIFORM_CONTEXT) * 2 + mq.bit(UNIFORM_CONTEXT);
          y += skip;
          f += skip * stride;
          found = true;
        }
        for (; y < bottom; y++, f += stride) {
          const own = flags[f]!;
          if (found || (own & (SIGNIFICANT | VISITED)) === 0) {
            if (found || mq.bit(zero[own & NEIGHBOURS]!) === 1) this.#becomeSignificant(x, y, f, plane);
            found = false;
          }
          flags[f]! &= ~VISITED;
        }
      }
    }
  }

  /** Reads the sign, sets one and a half times the plane, and tells the neighbours. */
  #becomeSignificant(x: number, y: number, f: number, plane: number): void {
    const flags = this.#flags;
    const stride = this.#width + 2;
    const sign = SIGN_CONTEXTS[(flags[f]! >> 4) & NEIGHBOURS]!;
    const negative = this.#mq.bit(sign >> 1) !== (sign & 1);
    const size = 3 << (plane - 1);
    this.#values[y * this.#width + x] = negative ? -size : size;
    flags[f]! |= SIGNIFICANT;
    flags[f - 1]! |= negative ? E | NEGATIVE_E : E;
    flags[f + 1]! |= negative ? W | NEGATIVE_W : W;
    flags[f + stride - 1]! |= NE;
    flags[f + stride]! |= negative ? N | NEGATIVE_N : N;
    flags[f + stride + 1]! |= NW;
    // In causal style a stripe does not see the one below.
    if (this.#causal && y % 4 === 0) return;
    flags[f - stride - 1]! |= SE;
    flags[f - stride]! |= negative ? S | NEGATIVE_S : S;
    flags[f - stride + 1]! |= SW;
  }
}
