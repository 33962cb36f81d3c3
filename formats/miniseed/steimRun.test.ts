import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { decodeMiniSeed2 } from "./decode.ts";
import { encoding } from "./encodings.ts";
import { decodeSteim, STEIM_OVERRUN } from "./steim.ts";
import { decodeSteimRun, type SteimRecord } from "./steimRun.ts";
import { writeMiniSeed2 } from "./write2.ts";

const HEADER = 64;

/** Records of 512 bytes with jumps of every size, and where their payloads lie. */
function written(length: number, seed: number, steim: "steim1" | "steim2"): { bytes: Uint8Array; samples: Int32Array } {
  const random = randomStream(seed, "steim run");
  let x = Math.round(1e6 * random.normal());
  const samples = Int32Array.from(
    { length },
    () => (x += Math.round(random.normal() * 10 ** (8 * random.uniform() ** 3))) | 0,
  );
  const channel = { network: "XX", station: "TEST", location: "", channel: "BHZ" };
  const bytes = writeMiniSeed2([{ channel, startTime: 0, sampleRateHz: 20, samples }], {
    encoding: steim,
    recordLength: 512,
  });
  return { bytes, samples };
}

function recordsOf(bytes: Uint8Array): SteimRecord[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 512 }, (_, i) => ({
    encoding: bytes[512 * i + 52]!,
    dataStart: 512 * i + HEADER,
    dataEnd: 512 * (i + 1),
    littleEndian: false,
    sampleCount: view.getUint16(512 * i + 30),
  }));
}

/** What the twin makes of the same records: whole ones before the first that is not. */
function twin(
  bytes: Uint8Array,
  records: readonly SteimRecord[],
  out: Int32Array,
): { records: number; samples: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (const [i, { encoding: code, dataStart, dataEnd, sampleCount }] of records.entries()) {
    const level = code === encoding.STEIM1 ? 1 : 2;
    const { count, fault } = decodeSteim(view, dataStart, dataEnd, false, level, out, at, sampleCount);
    if (count < sampleCount || fault !== null) return { records: i, samples: at };
    at += count;
  }
  return { records: records.length, samples: at };
}

const cases = fc.record({
  length: fc.integer({ min: 1, max: 4000 }),
  seed: fc.nat(1e6),
  steim: fc.constantFrom("steim1" as const, "steim2" as const),
});

test("runs of records come out as from the twin, and as they were written", () => {
  fc.assert(
    fc.property(cases, ({ length, seed, steim }) => {
      const { bytes, samples } = written(length, seed, steim);
      const records = recordsOf(bytes).filter(({ encoding: code }) => code !== encoding.INT32);
      const out = new Int32Array(length + STEIM_OVERRUN);
      const expected = new Int32Array(length + STEIM_OVERRUN);
      const run = decodeSteimRun(bytes, records, 0, out, 0);
      assert.deepEqual(run, twin(bytes, records, expected));
      assert.deepEqual(out.subarray(0, run.samples), expected.subarray(0, run.samples));
      assert.deepEqual(decodeMiniSeed2(bytes).items[0]!.samples, samples);
    }),
    { numRuns: 200 },
  );
});

test("changed bytes: the kernel stops where the twin finds a fault, never later, and what it gives is the twin's", () => {
  fc.assert(
    fc.property(
      cases,
      fc.array(fc.tuple(fc.nat(1e6), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      (given, changes) => {
        const { bytes } = written(given.length, given.seed, given.steim);
        const records = recordsOf(bytes);
        const code = given.steim === "steim1" ? encoding.STEIM1 : encoding.STEIM2;
        if (records.some(({ encoding: own }) => own !== code)) return;
        for (const [at, value] of changes) {
          const place = at % bytes.length;
          if (place % 512 >= HEADER) bytes[place] = value;
        }
        const out = new Int32Array(given.length + STEIM_OVERRUN);
        const expected = new Int32Array(given.length + STEIM_OVERRUN);
        const run = decodeSteimRun(bytes, records, 0, out, 0);
        const plain = twin(bytes, records, expected);
        // A code without meaning behind the last sample is no fault to the twin.
        assert.ok(run.records <= plain.records);
        assert.deepEqual(out.subarray(0, run.samples), expected.subarray(0, run.samples));
      },
    ),
    { numRuns: 300 },
  );
});

test("records that claim more than they hold, and batches of them, stay within their bounds", () => {
  const { bytes } = written(3000, 1, "steim2");
  const records = recordsOf(bytes).map((record) => ({ ...record, sampleCount: 65_535 }));
  assert.deepEqual(decodeSteimRun(bytes, records, 0, new Int32Array(10), 0), { records: 0, samples: 0 });
  assert.deepEqual(decodeSteimRun(bytes, [], 0, new Int32Array(0), 0), { records: 0, samples: 0 });
  const empty = { encoding: encoding.STEIM2, dataStart: 0, dataEnd: 63, littleEndian: false, sampleCount: 1 };
  assert.deepEqual(decodeSteimRun(bytes, [empty], 0, new Int32Array(1), 0), { records: 0, samples: 0 });
});
