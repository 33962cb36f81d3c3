import assert from "node:assert/strict";
import { test } from "node:test";
import { type InstrumentResponse, median, standardDeviation, type WaveformSegment } from "@harken/core";
import { testScale } from "@harken/testing";
import fc from "fast-check";
import { processStation } from "./processStation.ts";
import {
  ARRAY_PLACES,
  addWave,
  broadband,
  noiseSegments,
  START,
  type TestWave,
  testStation,
  WHITE,
} from "./testStation.ts";

const single = testStation({ response: broadband });
const array = testStation({ places: ARRAY_PLACES, channels: ["SHZ"], rate: 20, response: broadband });
const P: TestWave = {
  atSec: 80,
  frequencyHz: 2,
  amplitude: 15 * WHITE,
  azimuthDeg: 70,
  slownessSecPerKm: 0.1,
  incidenceDeg: 30,
};

const run = (segments: readonly WaveformSegment[], station = single, keyPrefix = "") =>
  processStation({ station, segments, keyPrefix });
function recording(waves: readonly TestWave[], seconds = 160, seed = 1, station = single): WaveformSegment[] {
  const segments = noiseSegments(station, seconds, seed);
  for (const wave of waves) addWave(station, segments, wave);
  return segments;
}
type Change = (value: number, index: number, samples: Int32Array) => number;
const withSamples = (segment: WaveformSegment, change: Change): WaveformSegment => ({
  ...segment,
  samples: (segment.samples as Int32Array).map(change),
});

test("arrivals carry the station, keys in order, the recipe's name, and the measurements", () => {
  const { arrivals, masks, problems } = run(recording([P]));
  assert.deepEqual([arrivals.length, masks.length, problems.length], [1, 0, 0]);
  const [arrival] = arrivals;
  assert.deepEqual(
    [arrival!.key, arrival!.station, arrival!.phase, arrival!.author],
    ["TST-1", "TST", "P", "seismic-1"],
  );
  assert.equal(run(recording([P]), single, "run7-").arrivals[0]!.key, "run7-1");
  assert.ok(arrival!.amplitudes.some(({ type }) => type === "A5/2") && arrival!.rectilinearity! > 0.9);
});

test("nothing to work on, and signals without a response, are told", () => {
  assert.deepEqual(
    run([]).problems.map(({ code }) => code),
    ["station.no-channel"],
  );
  const bare = testStation({});
  assert.deepEqual(
    run(recording([P], 160, 1, bare), bare).problems.map(({ code }) => code),
    ["station.no-response"],
  );
});

test("no false alarm in hours of noise: single station and array", () => {
  const hours = testScale(12, 2);
  for (const station of [single, array]) {
    const { arrivals } = run(noiseSegments(station, hours * 3600, 5), station);
    const phases = arrivals.map(({ phase, snr }) => `${phase} ${snr}`);
    assert.ok(arrivals.length <= hours / 4, `${station.kind}: ${arrivals.length} in ${hours} h: ${phases}`);
  }
});

test("faults cause no detection, and a signal between them is found all the same", () => {
  const between = (i: number, from: number, to: number) => i >= from && i < to;
  const faults: readonly [string, Change][] = [
    ["spike", (v, i) => v + ([1000, 2500, 5000].includes(i) ? 90_000 : 0)],
    ["dead", (v, i) => (between(i, 1400, 2000) ? 0 : v)],
    ["repeated", (v, i, x) => (between(i, 4600, 5200) ? x[4600]! : v)],
    ["step", (v, i) => v + (i >= 2000 ? 80_000 : 0)],
  ];
  for (const [kind, change] of faults) {
    const spoilt = (segments: readonly WaveformSegment[]) => segments.map((s) => withSamples(s, change));
    const quiet = run(spoilt(recording([])));
    assert.deepEqual(quiet.arrivals, [], kind);
    assert.ok(
      quiet.masks.some((mask) => mask.kind === kind),
      kind,
    );
    const { arrivals } = run(spoilt(recording([P])));
    assert.equal(arrivals.length, 1, kind);
    assert.ok(Math.abs(arrivals[0]!.time - START - 80) < 0.2, kind);
  }
});

test("gaps anywhere, of whatever length, cause no detection", () => {
  const segments = recording([], 300, 3);
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 11_000 }), fc.integer({ min: 1, max: 4000 }), (at, length) => {
      const cut = segments.flatMap((s) => [
        { ...s, samples: s.samples.subarray(0, at) },
        { ...s, startTime: s.startTime + (at + length) / 40, samples: s.samples.subarray(at + length) },
      ]);
      assert.deepEqual(run(cut.filter(({ samples }) => samples.length > 0)).arrivals, []);
    }),
    { numRuns: 15 },
  );
});

test("what is not a number is masked, at the edges too; clipped signals are detected and marked", () => {
  const segments = recording([P]).map((s) => {
    const samples = Float32Array.from(s.samples);
    samples.fill(Number.NaN, 0, 300);
    samples.fill(Number.NaN, 5000, 5100);
    return { ...s, samples };
  });
  const { arrivals, masks } = run(segments);
  assert.equal(arrivals.length, 1);
  assert.ok(masks.filter(({ kind }) => kind === "nan").length >= 3);
  const limit = 150_000;
  const strong = recording([{ ...P, amplitude: 5000 * WHITE }]).map((s) =>
    withSamples(s, (v) => Math.max(-limit, Math.min(limit, v))),
  );
  const [clipped] = run(strong).arrivals;
  assert.ok(Math.abs(clipped!.time - START - 80) < 0.2);
  assert.ok(clipped!.amplitudes.length > 0 && clipped!.amplitudes.every((a) => a.clipped));
});

test("the result does not depend on the order of the segments, nor on how they are cut", () => {
  const segments = recording([P, { ...P, atSec: 120, amplitude: 30 * WHITE }]);
  const whole = run(segments).arrivals;
  const pieces = segments.flatMap((s) =>
    [0, 1, 2, 3].map((k) => ({
      ...s,
      startTime: s.startTime + k * 40,
      samples: s.samples.subarray(k * 1600, (k + 1) * 1600),
    })),
  );
  assert.deepEqual(run(pieces.reverse()).arrivals, whole);
});

test("several sensors at one place give one set of arrivals", () => {
  const twice = recording([P]).flatMap((s) => [
    { ...s, channel: { ...s.channel, location: "00" } },
    { ...s, channel: { ...s.channel, location: "10" } },
  ]);
  const everywhere = { ...single, channels: [] };
  assert.equal(run(twice, everywhere).arrivals.length, 1);
});

/** How often a wave of so many standard deviations of the noise in its band is found, how far its onset is off, and by its stated error. */
function campaign(station: typeof single, amplitude: number, count: number) {
  const errors: number[] = [];
  const normalised: number[] = [];
  for (let k = 0; k < count; k++) {
    const atSec = 70 + (k % 40) / 41;
    const segments = recording([{ ...P, atSec, amplitude, azimuthDeg: (37 * k) % 360 }], 100, 100 + k, station);
    const [found] = run(segments, station).arrivals.filter(({ time }) => Math.abs(time - START - atSec) < 2);
    if (!found) continue;
    errors.push(found.time - START - atSec);
    normalised.push((found.time - START - atSec) / found.timeErrorSec);
  }
  return { share: errors.length / count, errors, normalised };
}

test("detection grows with the signal: hardly one of the buried ones, nearly all of the clear ones; an array sees smaller ones", () => {
  const count = testScale(60, 12);
  const share = (station: typeof single, amplitude: number) => campaign(station, amplitude * WHITE, count).share;
  const [buried, clear, onArray] = [share(single, 0.5), share(single, 6), share(array, 2.5)];
  assert.ok(buried <= 0.2 && clear >= 0.85 && onArray >= 0.85, `${buried} ${clear} ${onArray}`);
});

test("the stated error of an onset holds its scatter, and onsets are unbiased", () => {
  // A wave that begins at once may have grown for all that the station knows: weak ones are read better than stated.
  const count = testScale(200, 30);
  for (const [amplitude, least, bias] of [
    [4, 0.15, 0.2],
    [8, 0.15, 0.1],
    [30, 0.3, 0.05],
  ] as const) {
    const { errors, normalised } = campaign(single, amplitude * WHITE, count);
    const scatter = standardDeviation(normalised);
    assert.ok(scatter < 1.2 && scatter > least, `${amplitude}: ${scatter}`);
    assert.ok(Math.abs(median(errors)) < bias, `${amplitude}: ${median(errors)}`);
  }
});

test("whatever segments say, nothing is thrown and nothing is not a number", () => {
  const odd = fc.record({
    startTime: fc.oneof(fc.constantFrom(Number.NaN, -Infinity, 0, START, START + 1e9), fc.double({ min: 0, max: 500 })),
    sampleRateHz: fc.oneof(fc.constantFrom(0, -1, Number.NaN, 1e9, 1e-9, 40), fc.double({ min: 1, max: 200 })),
    channel: fc.constantFrom("BHZ", "BHN", "BHE", "BDF", "EDH", "Z", ""),
    length: fc.integer({ min: 0, max: 3000 }),
    level: fc.constantFrom(0, 1, 1e9, Number.NaN, Infinity, 1e300),
    seed: fc.integer(),
  });
  const kinds = [
    single,
    array,
    testStation({ technology: "infrasound", places: ARRAY_PLACES, channels: ["BDF"], rate: 20 }),
  ];
  fc.assert(
    fc.property(fc.array(odd, { maxLength: 12 }), fc.constantFrom(...kinds), (pieces, station) => {
      const segments = pieces.map(
        ({ startTime, sampleRateHz, channel, length, level, seed }, i): WaveformSegment => ({
          channel: { network: "XX", station: station.sites[i % station.sites.length]!.code, location: "", channel },
          startTime,
          sampleRateHz,
          samples: Float64Array.from({ length }, (_, k) => level * Math.sin(k * k + seed)),
        }),
      );
      for (const { time, timeErrorSec, snr, amplitudes } of run(segments, station).arrivals)
        assert.ok([time, timeErrorSec, snr, ...amplitudes.map((a) => a.amplitude)].every(Number.isFinite));
    }),
    { numRuns: testScale(1000, 60) },
  );
});

test("hydrophones: a sound in the ocean's channel at a triplet is H or T with its direction and pressure", () => {
  const hydrophone: InstrumentResponse = { stages: [], sensitivity: 1e4, sensitivityFrequencyHz: 10, inputUnit: "Pa" };
  const triplet = testStation({
    technology: "hydroacoustic",
    places: [
      [0, 1.1],
      [-1, -0.6],
      [1, -0.6],
    ],
    channels: ["EDH"],
    rate: 100,
    response: hydrophone,
  });
  const wave = { ...P, atSec: 140, slownessSecPerKm: 1 / 1.48, azimuthDeg: 205, amplitude: 10 * WHITE };
  for (const [frequencyHz, phase] of [
    [4, "T"],
    [18, "H"],
  ] as const) {
    const { arrivals } = run(recording([{ ...wave, frequencyHz }], 300, 2, triplet), triplet);
    assert.equal(arrivals.length, 1);
    const [arrival] = arrivals;
    assert.equal(arrival!.phase, phase);
    assert.ok(Math.abs(arrival!.time - START - 140) < 2 * arrival!.timeErrorSec);
    assert.ok(Math.abs(arrival!.azimuthDeg! - 205) < 6, String(arrival!.azimuthDeg));
    assert.equal(arrival!.amplitudes[0]!.type, "pressure");
  }
  assert.deepEqual(run(noiseSegments(triplet, 1800, 4), triplet).arrivals, []);
});
