import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type Channel, defaultLimits, parseTime, type WaveformSegment } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { readFile } from "../formats.ts";
import { decodeSac } from "./decode.ts";
import { encodeSac, type SacOptions } from "./encode.ts";
import { FOOTER_LENGTH, floatAt, HEADER_LENGTH, INTS_OFFSET, intAt } from "./layout.ts";

const id = { network: "XX", station: "AAA", location: "00", channel: "BHZ" };
const channel: Channel = {
  id,
  startTime: null,
  endTime: null,
  latitudeDeg: 46.9587,
  longitudeDeg: 142.7604,
  elevationKm: 0.148,
  depthKm: 0.002,
  hangDeg: -1,
  vangDeg: 0,
  sampleRateHz: 40,
  instrument: "STS-2",
  calibNmPerCount: null,
  calperSec: null,
  response: null,
};
const segment: WaveformSegment = {
  channel: id,
  startTime: parseTime("2009-05-25T00:54:42.8004Z")!,
  sampleRateHz: 40,
  samples: Float32Array.from([1, -2, 3.5, 1e6, -0.25, 7]),
};
const only = (bytes: Uint8Array, limits = defaultLimits) => {
  const { items, problems } = decodeSac(bytes, limits);
  return { ...items[0]!, codes: problems.map(({ code }) => code) };
};
/** The little-endian file with one number of its header replaced. */
const withInt = (name: keyof typeof intAt, value: number, bytes = encodeSac(segment, { channel })) => {
  new DataView(bytes.buffer).setInt32(INTS_OFFSET + 4 * intAt[name], value, true);
  return bytes;
};
const withFloat = (name: keyof typeof floatAt, value: number, bytes = encodeSac(segment, { channel })) => {
  new DataView(bytes.buffer).setFloat32(4 * floatAt[name], value, true);
  return bytes;
};

const forms: readonly SacOptions[] = [
  { byteOrder: "little" },
  { byteOrder: "big" },
  { byteOrder: "little", version: 7 },
  { byteOrder: "big", version: 7 },
  { form: "text" },
];

for (const form of forms)
  test(`what is written as ${JSON.stringify(form)} is read back`, () => {
    const bytes = encodeSac(segment, { ...form, channel });
    const { segments, channel: read, codes } = only(bytes);
    assert.deepEqual(codes, []);
    assert.deepEqual(read, channel);
    assert.equal(segments.length, 1);
    assert.equal(segments[0]!.sampleRateHz, 40);
    assert.deepEqual(segments[0]!.channel, id);
    assert.deepEqual([...segments[0]!.samples], [...segment.samples]);
    assert.ok(Math.abs(segments[0]!.startTime - segment.startTime) < 1e-6);
    assert.equal(readFile(bytes, "x").format, "sac");
  });

test("any samples, rate and time come back from binary", () => {
  fc.assert(
    fc.property(
      fc.float32Array({ noNaN: true, noDefaultInfinity: true, minLength: 1, maxLength: 50 }),
      fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
      fc.integer({ min: -2e9, max: 4e9 }),
      fc.constantFrom(...forms.slice(0, 4)),
      (samples, sampleRateHz, startTime, form) => {
        const { segments } = only(encodeSac({ channel: id, startTime, sampleRateHz, samples }, form));
        assert.deepEqual(segments[0]!.samples, samples);
        assert.equal(segments[0]!.startTime, startTime);
        // Version 6 has the interval as float32, half a step off at most, and is read as what a simple rate within a step of that would be.
        const tolerance = form.version === 7 ? 1e-15 : 1.5 * 2 ** -23;
        assert.ok(Math.abs(segments[0]!.sampleRateHz / sampleRateHz - 1) <= tolerance);
      },
    ),
  );
});

test("a header without coordinates gives a segment but no channel", () => {
  const { segments, channel: none, codes } = only(encodeSac(segment));
  assert.equal(segments.length, 1);
  assert.equal(none, null);
  assert.deepEqual(codes, []);
});

test("absurd headers are named and the good part is kept", () => {
  const whole = [...segment.samples];
  const samples = (bytes: Uint8Array) => {
    const { segments, codes } = only(bytes);
    return [codes, segments.flatMap((part) => [...part.samples])];
  };
  assert.deepEqual(samples(withInt("npts", -5)), [["sac.bad-count"], whole]);
  assert.deepEqual(samples(withInt("npts", 2 ** 31 - 1)), [["sac.truncated"], whole]);
  assert.deepEqual(samples(withInt("npts", 4)), [["sac.trailing-bytes"], whole.slice(0, 4)]);
  assert.deepEqual(samples(withInt("npts", -5, encodeSac(segment, { version: 7 }))), [["sac.bad-count"], whole]);
  assert.deepEqual(samples(withFloat("delta", -1)), [["sac.bad-delta"], whole]);
  assert.deepEqual(samples(withFloat("e", -12345, withFloat("delta", 0))), [["sac.bad-delta"], []]);
  assert.deepEqual(samples(withFloat("e", -12345, withFloat("delta", Number.NaN))), [["sac.bad-delta"], []]);
  assert.deepEqual(samples(withFloat("delta", 0, encodeSac(segment, { version: 7 }))), [[], whole]);
  assert.deepEqual(samples(encodeSac(segment).slice(0, -9)), [["sac.truncated"], whole.slice(0, 3)]);
  assert.deepEqual(samples(encodeSac(segment, { version: 7 }).slice(0, -9)), [["sac.no-footer"], whole]);
  assert.deepEqual(samples(withInt("leven", 0)), [["sac.not-a-time-series"], []]);
  assert.deepEqual(samples(withInt("iftype", 2)), [["sac.not-a-time-series"], []]);
  assert.deepEqual(only(withFloat("stla", 91)).codes, ["sac.bad-coordinates"]);
  assert.deepEqual(decodeSac(new Uint8Array(700)).problems[0]?.code, "sac.no-header");
  assert.deepEqual(only(encodeSac(segment), { ...defaultLimits, maxSamples: 2 }).codes, ["sac.too-long"]);
  assert.deepEqual(samples(encodeSac({ ...segment, samples: Float32Array.of() })), [[], []]);
});

test("without a reference time the trace begins at b", () => {
  const { segments, codes } = only(withInt("nzyear", -12345, withFloat("b", 12.5)));
  assert.deepEqual(codes, ["sac.no-reference-time"]);
  assert.equal(segments[0]!.startTime, 12.5);
});

test("samples that are no numbers part the trace", () => {
  const { segments, codes } = only(
    encodeSac({ ...segment, samples: Float32Array.of(Number.NaN, 1, 2, Number.POSITIVE_INFINITY, Number.NaN, 3) }),
  );
  assert.deepEqual(codes, ["sac.not-a-number"]);
  assert.deepEqual(
    segments.map(({ samples }) => [...samples]),
    [[1, 2], [3]],
  );
  assert.ok(Math.abs(segments[1]!.startTime - segment.startTime - 5 / 40) < 1e-6);
});

test("every second sample no number is as many segments", () => {
  const samples = Float32Array.from({ length: 400_000 }, (_, i) => (i % 2 === 0 ? i : Number.NaN));
  assert.equal(only(encodeSac({ ...segment, samples })).segments.length, 200_000);
});

test("a component without direction is vertical, north or east by its letter", () => {
  const direction = (code: string) => {
    const bytes = encodeSac({ ...segment, channel: { ...id, channel: code } }, { channel });
    const { channel: read, codes } = only(withFloat("cmpinc", -12345, bytes));
    return [read?.hangDeg, read?.vangDeg, ...codes];
  };
  assert.deepEqual(direction("BHZ"), [-1, 0]);
  assert.deepEqual(direction("BHE"), [90, 90]);
  assert.deepEqual(direction("BH1"), [0, 90, "sac.no-orientation"]);
});

referenceTest(
  "the DPRK recordings give 20 and 40 Hz and their stations",
  ["waveforms/dprk-2009-2016"],
  (_t, [folder]) => {
    const files = readdirSync(folder!, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".SAC"));
    assert.equal(files.length, 135);
    for (const file of files) {
      const name = file.split("/").at(-1)!;
      const bytes = readFileSync(`${folder}/${file}`);
      const { format, segments, channels, problems } = readFile(bytes, name);
      assert.equal(format, "sac");
      assert.deepEqual(problems, []);
      assert.equal(segments.length, 1);
      assert.equal(channels.length, 1);
      const [segment] = segments as [WaveformSegment];
      const { network, station, location, channel } = segment.channel;
      // The files' names carry codes and begin, written by the data centre and not taken from the header.
      const [year, day, hms] = name.split(".").slice(5) as [string, string, string];
      assert.equal(name.split(".").slice(0, 4).join("."), [network, station, location, channel].join("."));
      const named = parseTime(`${year}-${day}T${hms.slice(0, 2)}:${hms.slice(2, 4)}:${hms.slice(4)}`)!;
      assert.ok(segment.startTime >= named && segment.startTime < named + 1, name);
      const nominal = [20, 40].find((rate) => Math.abs(segment.sampleRateHz - rate) < 1e-4)!;
      // Three files of one station have an interval of 0.050000034 s.
      assert.ok(
        segment.sampleRateHz === nominal || segment.sampleRateHz === 1 / 0.050000034,
        `${segment.sampleRateHz}`,
      );
      assert.equal(segment.samples.length, (bytes.length - HEADER_LENGTH) / 4);
    }
  },
);

referenceTest(
  "the ARCES recordings are 264 s at 40 Hz and give no coordinates",
  ["waveforms/arces-2010-01-22/sac"],
  (_t, [folder]) => {
    const files = readdirSync(folder!);
    assert.equal(files.length, 25);
    for (const name of files) {
      const { segments, channels, problems } = readFile(readFileSync(`${folder}/${name}`), name);
      assert.deepEqual(problems, []);
      assert.equal(channels.length, 0);
      assert.equal(segments[0]?.sampleRateHz, 40);
      assert.equal(segments[0]?.startTime, parseTime("2010-01-22T02:04:48Z"));
      assert.equal(segments[0]?.samples.length, 264 * 40 + 1);
    }
  },
);

fuzzDecoder(
  "decodeSac",
  (bytes) => decodeSac(bytes),
  forms.map((form) => encodeSac(segment, { ...form, channel })),
  ({ items, consumed }, bytes) => {
    const samples = items.flatMap(({ segments }) => segments.map((part) => part.samples));
    assert.ok(samples.reduce((sum, part) => sum + part.length, 0) * 2 <= bytes.length);
    assert.ok(samples.every((part) => part.every(Number.isFinite)));
    assert.ok(consumed <= bytes.length);
  },
);

test("version 7 is 22 numbers longer", () => {
  assert.equal(encodeSac(segment, { version: 7 }).length - encodeSac(segment).length, FOOTER_LENGTH);
});
