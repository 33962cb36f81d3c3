import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { defaultLimits, epoch, parseTime, type Samples, type WaveformSegment } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { mergeSegments } from "../segments.ts";
import { decodeMiniSeed2 } from "./decode.ts";
import { type MiniSeed2Options, writeMiniSeed2 } from "./write2.ts";

const channel = { network: "XX", station: "AAA", location: "00", channel: "BHZ" };
const segmentOf = (samples: Samples, sampleRateHz = 40, startTime = 1.25e9): WaveformSegment => ({
  channel,
  startTime,
  sampleRateHz,
  samples,
});
const codesOf = (bytes: Uint8Array) => decodeMiniSeed2(bytes).problems.map(({ code }) => code);

/** Samples whose differences are of every width, with jumps across the whole range of int32. */
const traces = fc
  .array(
    fc.record({ bits: fc.integer({ min: 1, max: 31 }), length: fc.integer({ min: 1, max: 60 }), seed: fc.integer() }),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => {
    const values: number[] = [];
    let x = 0;
    let state = 1;
    for (const { bits, length, seed } of parts) {
      state ^= seed;
      for (let i = 0; i < length; i++) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
        x = (x + (state >> (32 - bits))) | 0;
        values.push(x);
      }
    }
    return Int32Array.from(values);
  });

const layouts = fc.record({
  recordLength: fc.constantFrom(128, 256, 512, 4096),
  byteOrder: fc.constantFrom("big" as const, "little" as const),
});

test("integers come back from both Steims and int32, in both orders and any record length", () => {
  fc.assert(
    fc.property(traces, layouts, fc.constantFrom("steim1", "steim2", "int32"), (samples, layout, encoding) => {
      const options = { ...layout, encoding } as MiniSeed2Options;
      const { items, problems } = decodeMiniSeed2(writeMiniSeed2([segmentOf(samples)], options));
      assert.deepEqual(problems, []);
      assert.equal(items.length, 1);
      assert.deepEqual(items[0]!.samples, samples);
      assert.deepEqual(items[0]!.channel, channel);
    }),
  );
});

test("floating-point samples come back bit by bit", () => {
  const finite = { noNaN: true, noDefaultInfinity: true, minLength: 1, maxLength: 300 };
  fc.assert(
    fc.property(fc.oneof(fc.float32Array(finite), fc.float64Array(finite)), layouts, (samples, layout) => {
      const { items } = decodeMiniSeed2(writeMiniSeed2([segmentOf(samples)], layout));
      assert.deepEqual(items[0]!.samples, samples);
    }),
  );
});

test("times come back to a microsecond; rates to 1e-7, and exactly when they are simple", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -2e9, max: 4e9, noNaN: true }),
      fc.oneof(
        fc.integer({ min: 1, max: 32767 }),
        fc.integer({ min: 2, max: 32767 }).map((period) => 1 / period),
        fc.double({ min: 1e-4, max: 1e6, noNaN: true }),
      ),
      (startTime, rate) => {
        const [item] = decodeMiniSeed2(writeMiniSeed2([segmentOf(Int32Array.of(1, 2, 3), rate, startTime)])).items;
        assert.ok(Math.abs(item!.startTime - startTime) <= 1e-6, `${item!.startTime - startTime}`);
        const simple = Number.isInteger(rate) || Number.isInteger(1 / rate);
        assert.ok(
          simple ? item!.sampleRateHz === rate : Math.abs(item!.sampleRateHz / rate - 1) < 1e-7,
          `${rate} ${item!.sampleRateHz}`,
        );
      },
    ),
  );
});

test("a record that is cut keeps its whole frames, and the next record is found", () => {
  const samples = Int32Array.from({ length: 2000 }, (_, i) => Math.round(1000 * Math.sin(i / 7)));
  const bytes = writeMiniSeed2([segmentOf(samples)]);
  const cut = Uint8Array.from([...bytes.subarray(0, 300), ...bytes.subarray(512)]);
  const { items, problems } = decodeMiniSeed2(cut);
  assert.deepEqual(
    problems.map(({ code, offset }) => [code, offset]),
    [
      ["miniseed.truncated", 0],
      ["miniseed.short-payload", 0],
    ],
  );
  assert.equal(items.length, 2);
  assert.deepEqual(items[0]!.samples, samples.slice(0, items[0]!.samples.length));
  assert.deepEqual(items[1]!.samples, samples.slice(-items[1]!.samples.length));
});

test("a changed difference is seen by the last sample", () => {
  const bytes = writeMiniSeed2([segmentOf(Int32Array.from({ length: 300 }, (_, i) => i * i))]);
  bytes[512 - 32]! ^= 0x10;
  assert.deepEqual(codesOf(bytes), ["miniseed.steim-integrity"]);
});

test("noise records, control headers and stray bytes between records are passed over", () => {
  const record = (start: number) =>
    writeMiniSeed2([segmentOf(Int32Array.of(5, 6, 7), 1, 1e9 + start)], { recordLength: 128 });
  const text = (line: string, length: number) => new TextEncoder().encode(line.padEnd(length));
  const bytes = Uint8Array.from([
    ...text("000001V 010009502.3121970,001~", 512),
    ...text("000002S*0500098STATION", 512),
    ...record(0),
    ...text("000004", 128),
    ...record(3),
    ...text("stray", 17),
    ...record(6),
  ]);
  const { items, problems, consumed } = decodeMiniSeed2(bytes);
  assert.deepEqual(
    items.map(({ samples }) => [...samples]),
    [[5, 6, 7, 5, 6, 7, 5, 6, 7]],
  );
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["miniseed.skipped-bytes", "miniseed.control-headers"],
  );
  assert.equal(consumed, bytes.length);
});

test("a leap second is left out of epoch time, and the trace goes on without a step", () => {
  // 2016-12-31T23:59:58 to 2017-01-01T00:00:01 at 2 Hz with 23:59:60 in between, as samples 4 and 5.
  const start = epoch(2016, 12, 31, 23, 59, 58);
  const bytes = writeMiniSeed2([segmentOf(Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7), 2, start)]);
  bytes[36] = 0x10;
  const after = writeMiniSeed2([segmentOf(Int32Array.of(8, 9), 2, epoch(2017, 1, 1, 0, 0, 1))]);
  const { items, problems } = decodeMiniSeed2(Uint8Array.from([...bytes, ...after]));
  assert.deepEqual(
    mergeSegments(items).segments.map(({ startTime, samples }) => [startTime, ...samples]),
    [[start, 0, 1, 2, 3, 6, 7, 8, 9]],
  );
  assert.equal(problems[0]?.code, "miniseed.leap-second");
});

test("codes that do not fit and encodings that lose are refused", () => {
  const long = { ...segmentOf(Int32Array.of(1)), channel: { ...channel, station: "TOOLONG" } };
  assert.throws(() => writeMiniSeed2([long]), RangeError);
  assert.throws(() => writeMiniSeed2([segmentOf(Float64Array.of(0.1))], { encoding: "steim2" }), TypeError);
  assert.throws(() => writeMiniSeed2([segmentOf(Float64Array.of(0.1))], { encoding: "float32" }), TypeError);
  assert.throws(() => writeMiniSeed2([], { recordLength: 500 }), RangeError);
});

test("limits bound what is decoded", () => {
  const bytes = writeMiniSeed2([segmentOf(new Int32Array(1000))]);
  const { items, problems } = decodeMiniSeed2(bytes, { ...defaultLimits, maxSamples: 800 });
  assert.ok(items.reduce((sum, { samples }) => sum + samples.length, 0) <= 800);
  assert.equal(problems[0]?.code, "miniseed.too-long");
});

test("infinite and undefined samples are gaps", () => {
  const { items, problems } = decodeMiniSeed2(writeMiniSeed2([segmentOf(Float32Array.of(1, Number.NaN, 2))]));
  assert.deepEqual(
    items.map(({ samples }) => [...samples]),
    [[1], [2]],
  );
  assert.equal(problems[0]?.code, "miniseed.not-a-number");
});

interface StoredTrace {
  readonly id: string;
  readonly n: number;
  readonly rate: number;
  readonly start: string;
  readonly first: readonly number[];
  readonly sum: number;
}
const folder = "formats/miniseed";
const stored2 = [
  ..."defaults float32 float64 flushidle headeronly int16 int32 mstlpack nsec oddrate olden repack steim1 steim1-LE steim2 steim2-LE"
    .split(" ")
    .map((name) => `reference-testdata-${name}`),
  ..."3channel-signal detection.record encoding-CDSN encoding-DWWSSN encoding-GEOSCOPE-16bit-3exp-encoded encoding-SRO no-blockette1000-steim1 oneseries-mixedlengths-mixedorder unapplied-timecorrection"
    .split(" ")
    .map((name) => `testdata-${name}`),
];

for (const name of stored2)
  referenceTest(
    `${name} decodes to what ObsPy read`,
    [`${folder}/${name}.mseed2`, `${folder}/obspy-golden.json`],
    (_t, [path, golden]) => {
      const answers = JSON.parse(readFileSync(golden!, "utf8"))[`waveform/miniseed/${name}.mseed2`] as StoredTrace[];
      const { items, problems } = decodeMiniSeed2(readFileSync(path!));
      assert.deepEqual(problems, []);
      const wanted = answers.filter(({ n }) => n > 0);
      assert.equal(items.length, wanted.length);
      for (const answer of wanted) {
        const found = items.find(({ channel: c, startTime }) => {
          const id = [c.network, c.station, c.location, c.channel].join(".");
          return id === answer.id && Math.abs(startTime - parseTime(answer.start)!) < 1e-6;
        });
        assert.ok(found, `${answer.id} ${answer.start}`);
        assert.equal(found.samples.length, answer.n);
        assert.equal(found.sampleRateHz, answer.rate);
        assert.deepEqual([...found.samples.subarray(0, 4)], answer.first);
        const sum = (found.samples as Float64Array).reduce((total, value) => total + value, 0);
        assert.ok(Math.abs(sum - answer.sum) <= 1e-15 * Math.abs(answer.sum) * answer.n);
      }
    },
  );

referenceTest(
  "one series in records of mixed lengths and order becomes one segment",
  [`${folder}/testdata-oneseries-mixedlengths-mixedorder.mseed2`, `${folder}/testdata-3channel-signal.mseed2`],
  (_t, [mixed, whole]) => {
    const { segments } = mergeSegments(decodeMiniSeed2(readFileSync(mixed!)).items);
    assert.equal(segments.length, 1);
    // The series is the beginning of the signal's vertical component.
    const vertical = decodeMiniSeed2(readFileSync(whole!)).items.find((item) => item.channel.channel === "LHZ")!;
    assert.deepEqual(segments[0]!.samples, vertical.samples.slice(0, segments[0]!.samples.length));
  },
);

referenceTest(
  "blockettes that point astray are named, and the samples are read all the same",
  [`${folder}/testdata-invalid-blockette-offsets.mseed2`, `${folder}/testdata-3channel-signal.mseed2`],
  (_t, [broken, whole]) => {
    const { items, problems } = decodeMiniSeed2(readFileSync(broken!));
    assert.deepEqual(
      problems.map(({ code, offset }) => [code, offset]),
      [0, 512, 1024].map((offset) => ["miniseed.bad-blockette", offset]),
    );
    const vertical = decodeMiniSeed2(readFileSync(whole!)).items.find((item) => item.channel.channel === "LHZ")!;
    assert.deepEqual(items[0]!.samples, vertical.samples.slice(0, items[0]!.samples.length));
  },
);

referenceTest("text is not samples", [`${folder}/reference-testdata-text.mseed2`], (_t, [path]) => {
  assert.deepEqual(codesOf(readFileSync(path!)), ["miniseed.no-samples"]);
});

const wave = Int32Array.from(
  { length: 700 },
  (_, i) => Math.round(1e5 * Math.sin(i / 5)) + (i % 97 === 0 ? 2 ** 30 : 0),
);
fuzzDecoder(
  "decodeMiniSeed2",
  (bytes) => decodeMiniSeed2(bytes),
  [
    writeMiniSeed2([segmentOf(wave)]),
    writeMiniSeed2([segmentOf(wave)], { encoding: "steim1", recordLength: 256 }),
    writeMiniSeed2([segmentOf(wave.slice(0, 300))], { byteOrder: "little", recordLength: 128 }),
    writeMiniSeed2([segmentOf(Float32Array.from(wave), 0.123456), segmentOf(Float64Array.from(wave.slice(0, 200)))]),
  ],
  ({ items, consumed }, bytes) => {
    const total = items.reduce((sum, { samples }) => sum + samples.length, 0);
    assert.ok(total <= bytes.length * 1.7, "no more than the frames can hold");
    assert.ok(items.every(({ samples }) => samples.every(Number.isFinite)));
    assert.equal(consumed, bytes.length);
  },
);
