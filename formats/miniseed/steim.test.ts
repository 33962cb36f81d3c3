import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeSteim, STEIM_OVERRUN } from "./steim.ts";

/** SEED 2.4 manual, Appendix B, read bit by bit: the widths of a word's differences, from its first bit on; null for no such code. */
const layouts: Readonly<
  Record<1 | 2, (code: number, sub: number) => { skip: number; width: number; count: number } | null>
> = {
  1: (code) =>
    [null, { skip: 0, width: 8, count: 4 }, { skip: 0, width: 16, count: 2 }, { skip: 0, width: 32, count: 1 }][code]!,
  2: (code, sub) => {
    if (code === 1) return { skip: 0, width: 8, count: 4 };
    const width = code === 2 ? [0, 30, 15, 10][sub]! : [6, 5, 4, 0][sub]!;
    if (width === 0) return null;
    const count = Math.floor(30 / width);
    return { skip: 32 - width * count, width, count };
  },
};

/** The slow twin: every word as a text of bits. Null where the payload holds a code that means nothing. */
function readDifferences(words: readonly number[], level: 1 | 2): number[] | null {
  const bitsOf = (word: number) => (word >>> 0).toString(2).padStart(32, "0");
  const differences: number[] = [];
  for (let i = 0; i < words.length; i++) {
    if (i % 16 === 0 || i === 1 || i === 2) continue;
    const control = bitsOf(words[i - (i % 16)]!);
    const code = Number.parseInt(control.slice((i % 16) * 2, (i % 16) * 2 + 2), 2);
    if (code === 0) continue;
    const bits = bitsOf(words[i]!);
    const layout = layouts[level](code, Number.parseInt(bits.slice(0, 2), 2));
    if (!layout) return null;
    for (let k = 0; k < layout.count; k++) {
      const own = bits.slice(layout.skip + k * layout.width, layout.skip + (k + 1) * layout.width);
      const value = Number.parseInt(own, 2);
      differences.push(own[0] === "1" ? value - 2 ** layout.width : value);
    }
  }
  return differences;
}

const payloads = fc
  .integer({ min: 1, max: 4 })
  .chain((frames) =>
    fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 16 * frames, maxLength: 16 * frames }),
  );
const levels = fc.constantFrom(1 as const, 2 as const);

function viewOf(words: readonly number[]): DataView {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  words.forEach((word, i) => {
    view.setInt32(4 * i, word);
  });
  return view;
}

/** The same payload with every number, not every word, turned round. */
function turned(words: readonly number[], level: 1 | 2): DataView {
  const view = viewOf(words);
  words.forEach((word, i) => {
    const code = i % 16 === 0 || i === 1 || i === 2 ? 0 : (words[i - (i % 16)]! >>> (30 - 2 * (i % 16))) & 3;
    if (code === 1) return;
    if (level === 1 && code === 2) {
      view.setInt16(4 * i, word >> 16, true);
      view.setInt16(4 * i + 2, word, true);
    } else view.setInt32(4 * i, word, true);
  });
  return view;
}

function decode(view: DataView, level: 1 | 2, little: boolean, count: number) {
  const out = new Int32Array(count + STEIM_OVERRUN);
  const result = decodeSteim(view, 0, view.byteLength, little, level, out, 0, count);
  return { ...result, samples: [...out.subarray(0, result.count)] };
}

test("any words decode as the manual says, read bit by bit, in both byte orders", () => {
  fc.assert(
    fc.property(payloads, levels, fc.nat(40), (words, level, fewer) => {
      const differences = readDifferences(words, level);
      if (!differences) {
        assert.equal(decode(viewOf(words), level, false, 16 * words.length).fault, "bad-code");
        return;
      }
      const count = Math.max(0, differences.length - fewer);
      let x = words[1]!;
      const samples = differences.slice(0, count).map((difference, i) => (x = i === 0 ? x : (x + difference) | 0));
      const big = decode(viewOf(words), level, false, count);
      assert.deepEqual(big.samples, samples);
      assert.equal(big.fault, count > 0 && samples.at(-1) !== words[2] ? "integrity" : null);
      assert.deepEqual(decode(turned(words, level), level, true, count), big);
    }),
    { numRuns: 300 },
  );
});

test("frames that hold fewer samples than asked for give what they hold", () => {
  const view = viewOf([0b01 << 24, 100, 106, 0x01020301, ...new Array(12).fill(0)]);
  assert.deepEqual(decode(view, 2, false, 10), { count: 4, fault: null, samples: [100, 102, 105, 106] });
});
