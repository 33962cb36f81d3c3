import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type ChannelId, epoch, parseTime, type Samples, type WaveformSegment } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { mergeSegments } from "../segments.ts";
import { crc32c } from "./crc32c.ts";
import { decodeMiniSeed2, decodeMiniSeed3 } from "./decode.ts";
import { channelOfSourceId, sourceIdOf } from "./sourceId.ts";
import { writeMiniSeed3 } from "./write3.ts";

const channel: ChannelId = { network: "XX", station: "AAA", location: "00", channel: "BHZ" };
const segmentOf = (samples: Samples, sampleRateHz = 40, startTime = 1.25e9): WaveformSegment => ({
  channel,
  startTime,
  sampleRateHz,
  samples,
});
const keys = ({ network, station, location, channel }: ChannelId) => [network, station, location, channel].join(".");

test("CRC-32C of the published vectors", () => {
  const of = (bytes: Uint8Array | number[]) => crc32c(Uint8Array.from(bytes)).toString(16);
  assert.equal(of(new TextEncoder().encode("123456789")), "e3069283");
  // RFC 3720, B.4.
  assert.equal(of(new Uint8Array(32)), "8a9136aa");
  assert.equal(of(new Uint8Array(32).fill(0xff)), "62a8ab43");
  assert.equal(of(Array.from({ length: 32 }, (_, i) => i)), "46dd794e");
  assert.equal(of(Array.from({ length: 32 }, (_, i) => 31 - i)), "113fdb5c");
});

test("source identifiers and codes lead to each other", () => {
  assert.deepEqual(channelOfSourceId("FDSN:IU_COLA_00_L_H_Z"), {
    network: "IU",
    station: "COLA",
    location: "00",
    channel: "LHZ",
  });
  for (const code of ["LHZ", "sz", "Z", "", "B_HF_Z", "LONGER"]) {
    const id = { network: "", station: "AAA", location: "", channel: code };
    assert.deepEqual(channelOfSourceId(sourceIdOf(id)), id);
  }
  assert.equal(sourceIdOf(channel), "FDSN:XX_AAA_00_B_H_Z");
  assert.equal(channelOfSourceId("XFDSN:whatever").station, "XFDSNwhatever");
});

test("samples, rate and time of any kind come back exactly", () => {
  const finite = { noNaN: true, noDefaultInfinity: true, minLength: 1, maxLength: 700 };
  fc.assert(
    fc.property(
      fc.oneof(fc.int32Array({ minLength: 1, maxLength: 700 }), fc.float32Array(finite), fc.float64Array(finite)),
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 4e9, noNaN: true }),
      fc.constantFrom(256, 512, 4096),
      (samples, rate, startTime, recordLength) => {
        const { items, problems } = decodeMiniSeed3(
          writeMiniSeed3([segmentOf(samples, rate, startTime)], { recordLength }),
        );
        assert.deepEqual(problems, []);
        assert.equal(items.length, 1);
        assert.deepEqual(items[0]!.samples, samples);
        // To a tenth of a microsecond, and half of what a float64 of that size can tell apart.
        assert.ok(Math.abs(items[0]!.startTime - startTime) <= 0.5e-7 + startTime * 2 ** -53 || startTime > 2 ** 29);
        assert.ok(startTime < 2 ** 29 || items[0]!.startTime === startTime);
        assert.ok(Math.abs(items[0]!.sampleRateHz / rate - 1) < 1e-15);
        assert.deepEqual(items[0]!.channel, channel);
      },
    ),
  );
});

test("smooth integers come back from both Steims", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3000, max: 3000 }), { minLength: 1, maxLength: 900 }), (differences) => {
      let x = 0;
      const samples = Int32Array.from(differences, (d) => (x += d));
      for (const encoding of ["steim1", "steim2"] as const) {
        const { items, problems } = decodeMiniSeed3(
          writeMiniSeed3([segmentOf(samples)], { encoding, recordLength: 512 }),
        );
        assert.deepEqual(problems, []);
        assert.deepEqual(items[0]!.samples, samples);
      }
    }),
  );
});

test("any byte that is changed in a record is noticed, and the other records are read", () => {
  const samples = Int32Array.from({ length: 1200 }, (_, i) => Math.round(1e4 * Math.sin(i / 9)));
  const bytes = writeMiniSeed3([segmentOf(samples)], { recordLength: 512 });
  const whole = decodeMiniSeed3(bytes).items[0]!.samples.length;
  for (let at = 512; at < 1024; at += 3) {
    const broken = bytes.slice();
    broken[at]! ^= 0x41;
    const { items, problems } = decodeMiniSeed3(broken);
    assert.ok(problems.length > 0, `byte ${at}`);
    const left = items.reduce((sum, item) => sum + item.samples.length, 0);
    assert.ok(left > whole / 2 && left < whole, `byte ${at}: ${left} of ${whole}`);
    for (const item of items) {
      const first = Math.round((item.startTime - 1.25e9) * 40);
      assert.deepEqual(item.samples, samples.slice(first, first + item.samples.length));
    }
  }
});

test("a record cut by the end of the file keeps its whole frames", () => {
  const samples = Int32Array.from({ length: 300 }, (_, i) => i * i);
  const bytes = writeMiniSeed3([segmentOf(samples)]).slice(0, -70);
  const { items, problems } = decodeMiniSeed3(bytes);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["miniseed.truncated", "miniseed.short-payload"],
  );
  assert.deepEqual(items[0]!.samples, samples.slice(0, items[0]!.samples.length));
});

/** The record with extra headers put in and its checksum made anew. */
function withExtra(bytes: Uint8Array, extra: string): Uint8Array {
  const at = 40 + bytes[33]!;
  const result = Uint8Array.from([...bytes.subarray(0, at), ...new TextEncoder().encode(extra), ...bytes.subarray(at)]);
  const view = new DataView(result.buffer);
  view.setUint16(34, extra.length, true);
  view.setUint32(28, crc32c(result, 0, result.length, 28), true);
  return result;
}

test("extra headers are passed over, whatever they hold, but for a leap second", () => {
  const bytes = writeMiniSeed3([segmentOf(Int32Array.of(0, 1, 2, 3, 4, 5), 2, epoch(2016, 12, 31, 23, 59, 59))]);
  const samples = (extra: string) =>
    mergeSegments(decodeMiniSeed3(withExtra(bytes, extra)).items).segments.map((item) => [...item.samples]);
  assert.deepEqual(samples('{"FDSN": {"Time": {"Quality": 100}}}'), [[0, 1, 2, 3, 4, 5]]);
  assert.deepEqual(samples("no JSON at all"), [[0, 1, 2, 3, 4, 5]]);
  assert.deepEqual(samples('{"FDSN": {"Time": {"LeapSecond": 1}}}'), [[0, 1, 4, 5]]);
});

const folder = "formats/miniseed";
const both = "defaults float32 float64 headeronly int16 int32 mstlpack nsec oddrate olden repack steim1 steim2 text"
  .split(" ")
  .map((name) => `reference-testdata-${name}`)
  .concat(["testdata-3channel-signal", "testdata-oneseries-mixedlengths-mixedorder"]);
for (const name of both)
  referenceTest(
    `${name}: versions 2 and 3 hold the same samples`,
    [`${folder}/${name}.mseed2`, `${folder}/${name}.mseed3`],
    (_t, [two, three]) => {
      const old = decodeMiniSeed2(readFileSync(two!));
      const { items, problems } = decodeMiniSeed3(readFileSync(three!));
      assert.deepEqual(problems, old.problems);
      assert.equal(items.length, old.items.length);
      items.forEach((item, i) => {
        assert.equal(keys(item.channel), keys(old.items[i]!.channel));
        assert.equal(item.sampleRateHz, old.items[i]!.sampleRateHz);
        assert.ok(Math.abs(item.startTime - old.items[i]!.startTime) <= 1e-6);
        assert.deepEqual(item.samples, old.items[i]!.samples);
      });
    },
  );

for (const name of ["mstlpack-rollingbuffer", "mstlpack-rollingbuffer-next"])
  referenceTest(
    `${name}: the series that version 2 holds too`,
    [`${folder}/reference-testdata-${name}.mseed`, `${folder}/reference-testdata-mstlpack.mseed3`],
    (_t, [path, packed]) => {
      const { items, problems } = decodeMiniSeed3(readFileSync(path!));
      assert.deepEqual(problems, []);
      const known = decodeMiniSeed3(readFileSync(packed!)).items;
      assert.deepEqual(
        items.map(({ channel, startTime, samples }) => [keys(channel), startTime, samples.length]),
        known.map(({ channel, startTime, samples }) => [keys(channel), startTime, samples.length]),
      );
    },
  );

referenceTest("flushidle is 500 samples at 100 Hz", [`${folder}/reference-testdata-flushidle.mseed3`], (_t, [path]) => {
  const [item] = decodeMiniSeed3(readFileSync(path!)).items;
  assert.equal(item!.samples.length, 500);
  assert.equal(item!.sampleRateHz, 100);
  assert.ok(Math.abs(item!.startTime - (parseTime("2012-05-12T00:00:00Z")! + 0.123456789)) < 1e-6);
});

for (const encoding of ["int32", "float32", "float64"] as const)
  referenceTest(
    `${encoding} records are byte for byte what libmseed wrote`,
    [`${folder}/reference-testdata-${encoding}.mseed3`],
    (_t, [path]) => {
      const bytes = readFileSync(path!);
      const { items } = decodeMiniSeed3(bytes);
      assert.deepEqual(writeMiniSeed3(items, { encoding, recordLength: 511 }), new Uint8Array(bytes));
    },
  );

for (const encoding of ["steim1", "steim2"] as const)
  referenceTest(
    `${encoding}: the first record is byte for byte what libmseed wrote, and all take as much room`,
    [`${folder}/reference-testdata-${encoding}.mseed3`],
    (_t, [path]) => {
      const bytes = readFileSync(path!);
      const written = writeMiniSeed3(decodeMiniSeed3(bytes).items, { encoding, recordLength: 511 });
      // Later records begin with the difference to the record before, as SEED has it; libmseed writes 0 there.
      assert.deepEqual(written.subarray(0, 507), new Uint8Array(bytes).subarray(0, 507));
      assert.equal(written.length, bytes.length);
    },
  );

interface SpecificationRecord {
  readonly SID: string;
  readonly StartTime: string;
  readonly SampleRate: number;
  readonly SampleCount: number;
  readonly EncodingFormat: number;
  readonly Data?: readonly number[];
}
for (const name of "detectiononly sinusoid-FDSN-All sinusoid-FDSN-Other sinusoid-TQ-TC-ED sinusoid-float32 sinusoid-float64 sinusoid-int16 sinusoid-int32 sinusoid-steim1 sinusoid-steim2 text".split(
  " ",
))
  referenceTest(
    `reference-${name} decodes to the specification's own listing`,
    [`${folder}/ms3-spec-reference/reference-${name}.mseed3`, `${folder}/ms3-spec-reference/reference-${name}.json`],
    (_t, [path, listing]) => {
      const bytes = readFileSync(path!);
      const records = JSON.parse(readFileSync(listing!, "utf8")) as SpecificationRecord[];
      const wanted = records.filter((record) => record.SampleCount > 0 && record.EncodingFormat !== 0);
      const { items, problems } = decodeMiniSeed3(bytes);
      assert.deepEqual(
        problems.map(({ code }) => code),
        name === "text" ? ["miniseed.no-samples"] : [],
      );
      assert.equal(items.length, wanted.length);
      wanted.forEach((record, i) => {
        assert.equal(sourceIdOf(items[i]!.channel), record.SID);
        assert.ok(Math.abs(items[i]!.startTime - parseTime(record.StartTime)!) < 1e-6);
        assert.equal(items[i]!.sampleRateHz, record.SampleRate);
        assert.equal(items[i]!.samples.length, record.SampleCount);
        // The listing prints floats to fewer digits than they have.
        record.Data?.forEach((value, k) => {
          const found = items[i]!.samples[k]!;
          assert.ok(Math.abs(found - value) <= 1e-6 * Math.abs(value), `${k}: ${found} ${value}`);
        });
      });
    },
  );

const wave = Int32Array.from(
  { length: 600 },
  (_, i) => Math.round(1e5 * Math.sin(i / 5)) + (i % 97 === 0 ? 2 ** 30 : 0),
);
fuzzDecoder(
  "decodeMiniSeed3",
  // With the checksum left as it is nearly every mutation ends there: half of them get a right one.
  (bytes) => {
    if (bytes.length % 2 === 0 && bytes.length > 40) {
      const view = new DataView(bytes.buffer);
      const end = 40 + view.getUint8(33) + view.getUint16(34, true) + view.getUint32(36, true);
      if (end <= bytes.length) view.setUint32(28, crc32c(bytes, 0, end, 28), true);
    }
    return decodeMiniSeed3(bytes);
  },
  [
    writeMiniSeed3([segmentOf(wave)], { recordLength: 600 }),
    writeMiniSeed3([segmentOf(wave)], { encoding: "steim1" }),
    withExtra(writeMiniSeed3([segmentOf(Float32Array.from(wave))]), '{"FDSN": {"Time": {"LeapSecond": 1}}}'),
  ],
  ({ items, consumed }, bytes) => {
    const total = items.reduce((sum, { samples }) => sum + samples.length, 0);
    assert.ok(total <= bytes.length * 1.7, "no more than the frames can hold");
    assert.ok(items.every(({ samples }) => samples.every(Number.isFinite)));
    assert.equal(consumed, bytes.length);
  },
);
