import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { defaultLimits, type PulseHeightData } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { decodePulseHeightData } from "./decode.ts";
import { encodePulseHeightData } from "./encode.ts";

const folder = "radionuclide/beta-gamma";
const utf8 = new TextEncoder();

interface Stored {
  readonly type: string;
  readonly qualifier: string;
  readonly real: number;
  readonly live: number;
  readonly hist_total: number;
  readonly gamma_total: number;
  readonly beta_total: number;
}

referenceTest("four real beta-gamma messages: header, times and totals as stored", [folder], (_t, [path]) => {
  const stored = JSON.parse(readFileSync(join(path!, "roi_gross_counts.json"), "utf8")) as Record<string, Stored>;
  const names = Object.keys(stored).filter((name) => name.endsWith(".PHD"));
  assert.equal(names.length, 4);
  const sum = (counts: Int32Array) => counts.reduce((total, n) => total + n, 0);
  for (const name of names) {
    const { items, problems } = decodePulseHeightData(readFileSync(join(path!, name)));
    const answer = stored[name]!;
    const [data] = items;
    assert.equal(items.length, 1, name);
    assert.equal(data!.kind, answer.type);
    assert.equal(data!.qualifier, answer.qualifier);
    assert.equal(data!.acquisition!.realSec, answer.real);
    assert.equal(data!.acquisition!.liveSec, answer.live);
    assert.equal(sum(data!.histogram!.counts), answer.hist_total);
    assert.equal(sum(data!.gammaSpectrum!.counts), answer.gamma_total);
    assert.equal(sum(data!.betaSpectrum!.counts), answer.beta_total);
    assert.equal(data!.ratios.length, 16);
    assert.equal(data!.regionEfficiencies.length, 9);
    const complaints = problems.map(({ code }) => code);
    if (data!.kind === "CALIBPHD") assert.ok(complaints.includes("phd.certificate"));
    assert.deepEqual(
      problems.filter(({ severity }) => severity === "error"),
      [],
      name,
    );
    assert.deepEqual(decodePulseHeightData(utf8.encode(encodePulseHeightData(data!))).items[0], data, `${name} again`);
  }
});

const made: PulseHeightData = {
  kind: "SAMPLEPHD",
  messageId: "1",
  station: "XXP01",
  detector: "XXP01_001",
  system: "P",
  geometry: "70CMX5CM",
  qualifier: "FULL",
  sampleId: "01202611240011",
  measurementId: "XXP01_001-2026/11/24-00:00:00.0",
  detectorBackgroundId: null,
  gasBackgroundId: null,
  transmitTime: 1.764e9,
  comment: "made for the test",
  collection: { startTime: 1.7637e9, stopTime: 1.7637e9 + 86400, airVolumeM3: 22000 },
  acquisition: { startTime: 1.7637e9 + 172800, realSec: 84000, liveSec: 83900.5 },
  calibrationTime: 1.7e9,
  processing: null,
  sampleSizeCm: [7, 0.5],
  gammaEnergy: [
    { energyKeV: 59.5, value: 180.25, error: 0.05 },
    { energyKeV: 1836.1, value: 5563, error: 0.05 },
  ],
  betaEnergy: [],
  gammaResolution: [
    { energyKeV: 59.5, value: 1.1, error: 0.01 },
    { energyKeV: 1836.1, value: 2.2, error: 0.01 },
  ],
  betaResolution: [],
  gammaEfficiency: [
    { energyKeV: 59.5, value: 0.1, error: 0.003 },
    { energyKeV: 1836.1, value: 0.01, error: 0.0003 },
  ],
  totalEfficiency: [],
  regions: [],
  channelRegions: [],
  regionEfficiencies: [],
  ratios: [],
  gammaSpectrum: { firstChannel: 1, spanKeV: 2700, counts: Int32Array.from({ length: 64 }, (_, i) => i * i) },
  betaSpectrum: null,
  histogram: null,
  certificate: null,
};

test("a particulate sample is read back as it was written, whatever its counts", () => {
  assert.deepEqual(decodePulseHeightData(utf8.encode(encodePulseHeightData(made))), {
    items: [made],
    problems: [],
    consumed: encodePulseHeightData(made).length,
  });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 300 }),
      fc.constantFrom(0, 1),
      (counts, firstChannel) => {
        const data = { ...made, gammaSpectrum: { firstChannel, spanKeV: 2700, counts: Int32Array.from(counts) } };
        assert.deepEqual(decodePulseHeightData(utf8.encode(encodePulseHeightData(data))).items[0], data);
      },
    ),
  );
});

test("each fault is told by line, and the rest is kept", () => {
  const text = encodePulseHeightData(made);
  const codes = (changed: string) => decodePulseHeightData(utf8.encode(changed)).problems.map(({ code }) => code);
  assert.deepEqual(codes(text.replace("STOP", "")), ["ims.no-stop"]);
  assert.deepEqual(codes(text.replace("83900.5", "0")), ["phd.no-time"]);
  assert.deepEqual(codes(text.replace("83900.5", "90000")), ["phd.live-time"]);
  assert.deepEqual(codes(text.replace(/#Collection\n.*\n/, "")), ["phd.no-collection"]);
  assert.deepEqual(codes(text.replace(" P ", " Q ")), ["phd.header"]);
  assert.deepEqual(codes("nothing"), ["phd.none"]);
  const bad = decodePulseHeightData(utf8.encode(text.replace("1836.1       5563", "1836.1       many")));
  assert.deepEqual(
    bad.problems.map(({ code }) => code),
    ["phd.row", "phd.no-calibration"],
  );
  assert.match(text.split("\n")[bad.problems[0]!.line! - 1]!, /^1836.1 +5563/);
  assert.equal(bad.items[0]?.gammaEnergy.length, 1);
  assert.deepEqual(codes(text.replace("64 2700", "99999999 2700")), ["phd.spectrum", "phd.no-spectrum"]);
});

test("each type of message is asked for what it needs, and a complaint names the line of its block", () => {
  const complaints = (changed: Partial<PulseHeightData>) => {
    const text = encodePulseHeightData({ ...made, ...changed });
    return decodePulseHeightData(utf8.encode(text)).problems.map(({ code, line }) => [
      code,
      text.split("\n")[line! - 1],
    ]);
  };
  const header = "#Header 3";
  assert.deepEqual(complaints({ measurementId: "0" }), [["phd.measurement-id", header]]);
  assert.deepEqual(complaints({ qualifier: null }), [["phd.qualifier", header]]);
  assert.deepEqual(complaints({ kind: "GASBKPHD" }), [["phd.kind", header]]);
  assert.deepEqual(complaints({ kind: "BLANKPHD" }), []);
  assert.deepEqual(complaints({ kind: "DETBKPHD" }), []);
  for (const kind of ["CALIBPHD", "QCPHD"] as const)
    assert.deepEqual(complaints({ kind }), [["phd.certificate", header]]);
  assert.deepEqual(complaints({ acquisition: { ...made.acquisition!, liveSec: 90_000 } }), [
    ["phd.live-time", "#Acquisition"],
  ]);
  assert.deepEqual(complaints({ collection: { ...made.collection!, airVolumeM3: 0 } }), [
    ["phd.air-volume", "#Collection"],
  ]);
  assert.deepEqual(complaints({ transmitTime: made.acquisition!.startTime - 10 }), [["phd.transmit-time", header]]);
  const gasCodes = complaints({ system: "G", processing: { ...gas.processing!, xenonVolumeMl: 0.2 } });
  assert.deepEqual(gasCodes, [
    ["phd.xenon-volume", "#Processing"],
    ["phd.no-gas-background", header],
    ["phd.no-detector-background", header],
  ]);
});

const gas: PulseHeightData = {
  ...made,
  system: "B",
  histogram: {
    gammaChannels: 8,
    betaChannels: 8,
    gammaSpanKeV: 720,
    betaSpanKeV: 550,
    counts: new Int32Array(64).fill(2),
  },
  betaSpectrum: { firstChannel: 0, spanKeV: 550, counts: new Int32Array(16).fill(7) },
  processing: { xenonVolumeMl: 1, xenonVolumeErrorMl: 0.1, yieldFraction: 0.6, yieldError: 0.05, archiveBottle: "17" },
  betaEnergy: [{ energyKeV: 79, decayMode: "C", value: 21, error: 0.1 }],
};
fuzzDecoder(
  "decodePulseHeightData",
  (bytes) => decodePulseHeightData(bytes, { ...defaultLimits, maxItems: 100 }),
  [made, gas].map((data) => utf8.encode(encodePulseHeightData(data))),
  ({ items }) => {
    for (const { gammaSpectrum, histogram } of items)
      assert.ok((gammaSpectrum?.counts.length ?? 0) <= 65_536 && (histogram?.counts.length ?? 0) <= 4_194_304);
  },
);
