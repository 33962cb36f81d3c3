/** The MQ arithmetic decoder (ISO/IEC 15444-1, Annex C) with the 19 contexts of bit modelling. */

/** Probability states: Qe, next on MPS, next on LPS, switch (table C.2). */
const STATES: readonly (readonly [qe: number, mps: number, lps: number, swap: number])[] = [
  [0x5601, 1, 1, 1],
  [0x3401, 2, 6, 0],
  [0x1801, 3, 9, 0],
  [0x0ac1, 4, 12, 0],
  [0x0521, 5, 29, 0],
  [0x0221, 38, 33, 0],
  [0x5601, 7, 6, 1],
  [0x5401, 8, 14, 0],
  [0x4801, 9, 14, 0],
  [0x3801, 10, 14, 0],
  [0x3001, 11, 17, 0],
  [0x2401, 12, 18, 0],
  [0x1c01, 13, 20, 0],
  [0x1601, 29, 21, 0],
  [0x5601, 15, 14, 1],
  [0x5401, 16, 14, 0],
  [0x5101, 17, 15, 0],
  [0x4801, 18, 16, 0],
  [0x3801, 19, 17, 0],
  [0x3401, 20, 18, 0],
  [0x3001, 21, 19, 0],
  [0x2801, 22, 19, 0],
  [0x2401, 23, 20, 0],
  [0x2201, 24, 21, 0],
  [0x1c01, 25, 22, 0],
  [0x1801, 26, 23, 0],
  [0x1601, 27, 24, 0],
  [0x1401, 28, 25, 0],
  [0x1201, 29, 26, 0],
  [0x1101, 30, 27, 0],
  [0x0ac1, 31, 28, 0],
  [0x09c1, 32, 29, 0],
  [0x08a1, 33, 30, 0],
  [0x0521, 34, 31, 0],
  [0x0441, 35, 32, 0],
  [0x02a1, 36, 33, 0],
  [0x0221, 37, 34, 0],
  [0x0141, 38, 35, 0],
  [0x0111, 39, 36, 0],
  [0x0085, 40, 37, 0],
  [0x0049, 41, 38, 0],
  [0x0025, 42, 39, 0],
  [0x0015, 43, 40, 0],
  [0x0009, 44, 41, 0],
  [0x0005, 45, 42, 0],
  [0x0001, 45, 43, 0],
  [0x5601, 46, 46, 0],
];

// A context is state * 2 + its more probable symbol; the tables lead from there to the next.
const QE = Int32Array.from({ length: 94 }, (_, i) => STATES[i >> 1]![0]);
const NEXT_MPS = Uint8Array.from({ length: 94 }, (_, i) => STATES[i >> 1]![1] * 2 + (i & 1));
const NEXT_LPS = Uint8Array.from({ length: 94 }, (_, i) => STATES[i >> 1]![2] * 2 + ((i & 1) ^ STATES[i >> 1]![3]));

export const RUN_CONTEXT = 17;
export const UNIFORM_CONTEXT = 18;

/** The registers are kept in 32 bits: beyond them the engine would turn to floating point. */
export class MqDecoder {
  readonly #contexts = new Uint8Array(19);
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #c = 0;
  #a = 0;
  #ct = 0;

  /** States of table D.7. */
  resetContexts(): void {
    this.#contexts.fill(0);
    this.#contexts[0] = 4 * 2;
    this.#contexts[RUN_CONTEXT] = 3 * 2;
    this.#contexts[UNIFORM_CONTEXT] = 46 * 2;
  }

  start(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#at = 0;
    this.#c = (bytes.length > 0 ? bytes[0]! : 0xff) << 16;
    this.#byteIn();
    this.#c <<= 7;
    this.#ct -= 7;
    this.#a = 0x8000;
  }

  bit(context: number): number {
    const state = this.#contexts[context]!;
    const qe = QE[state]!;
    let symbol = state & 1;
    this.#a -= qe;
    if (this.#c >>> 16 < qe) {
      if (this.#a < qe) {
        this.#contexts[context] = NEXT_MPS[state]!;
      } else {
        symbol ^= 1;
        this.#contexts[context] = NEXT_LPS[state]!;
      }
      this.#a = qe;
    } else {
      this.#c = (this.#c - (qe << 16)) | 0;
      if (this.#a & 0x8000) return symbol;
      if (this.#a < qe) {
        symbol ^= 1;
        this.#contexts[context] = NEXT_LPS[state]!;
      } else {
        this.#contexts[context] = NEXT_MPS[state]!;
      }
    }
    do {
      if (this.#ct === 0) this.#byteIn();
      this.#a <<= 1;
      this.#c <<= 1;
      this.#ct--;
    } while ((this.#a & 0x8000) === 0);
    return symbol;
  }

  /** Behind the last byte stand ones without end. */
  #byteIn(): void {
    const bytes = this.#bytes;
    const next = this.#at + 1 < bytes.length ? bytes[this.#at + 1]! : 0xff;
    if (this.#at >= bytes.length || bytes[this.#at] === 0xff) {
      if (next > 0x8f) {
        this.#c = (this.#c + 0xff00) | 0;
        this.#ct = 8;
        return;
      }
      this.#at++;
      this.#c = (this.#c + (next << 9)) | 0;
      this.#ct = 7;
      return;
    }
    this.#at++;
    this.#c = (this.#c + (next << 8)) | 0;
    this.#ct = 8;
  }
}
