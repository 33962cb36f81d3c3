import assert from "node:assert/strict";
import { test } from "node:test";
import {
  defaultLimits,
  type LaboratoryReport,
  type ReportedNuclide,
  type SampleReport,
  type ScreenedRadionuclideEvent,
} from "@harken/core";
import { fuzzDecoder } from "@harken/testing";
import fc from "fast-check";
import { decodeSampleReports } from "./decodeSampleReports.ts";
import { encodeSampleReport } from "./encodeSampleReport.ts";
import { decodeLaboratoryReports, encodeLaboratoryReport } from "./laboratoryReport.ts";
import { decodeScreenedEvents, encodeScreenedEvent } from "./screenedEvent.ts";

const utf8 = new TextEncoder();

const nuclide: ReportedNuclide = {
  name: "Cs-137",
  category: "fission",
  halfLifeSec: 949_252_608,
  identified: true,
  concentration: 12.5,
  concentrationError: 0.8,
  criticalLevel: 1.5,
  mdc: 3.1,
  activityBq: 0.29,
  activityErrorBq: 0.02,
  level: "4",
};
const particulate: SampleReport = {
  product: "ARR",
  version: 1,
  messageId: "4711",
  createdTime: 1_764_028_800.5,
  receivedTime: 1_764_028_000,
  sample: {
    station: "XXP01",
    detector: "XXP01_001",
    sampleId: "01202611240011",
    measurementId: "XXP01_001-2026/11/24-00:00:00.0",
    system: "P",
    geometry: "70CMX5CM",
    qualifier: "FULL",
    airVolumeM3: 22_000.5,
    xenonVolumeMl: null,
    collectionStart: 1_763_700_000,
    collectionStop: 1_763_786_400,
    acquisitionStart: 1_763_872_800,
    realSec: 84_000,
    liveSec: 83_900.5,
  },
  level: "4",
  levelReason: "one relevant nuclide outside of its bounds: Cs-137",
  nuclides: [
    nuclide,
    {
      ...nuclide,
      name: "Ba-140",
      identified: false,
      concentration: null,
      concentrationError: null,
      activityBq: null,
      activityErrorBq: null,
      level: null,
      category: null,
    },
  ],
  peaks: [{ energyKeV: 661.66, areaCounts: 412, areaErrorCounts: 26, fwhmKeV: 1.5, explanation: "Cs-137" }],
  regions: [],
  flags: [
    { name: "collection time", pass: true, value: 24, unit: "h", test: "at most 24 h" },
    { name: "gain difference", pass: null, value: null, unit: "", test: "below 1e-4" },
  ],
  screening: [],
  remarks: ["one peak is explained by nothing"],
  software: "harken 0.1.0",
  review: null,
};
const gas: SampleReport = {
  ...particulate,
  product: "RRR",
  version: 2,
  sample: { ...particulate.sample, system: "B", xenonVolumeMl: 1.2 },
  level: "C",
  peaks: [],
  regions: [
    { region: 1, gross: 211 },
    { region: 2, gross: 262 },
  ],
  screening: [
    { test: "Xe-135/Xe-133 above 5", outcome: "reactor" },
    { test: "another", outcome: null },
  ],
  review: { analyst: "A. Nalyst", time: 1_764_030_000, automaticLevel: "B", comment: "confirmed" },
};
const event: ScreenedRadionuclideEvent = {
  messageId: "5000",
  createdTime: 1_764_030_000,
  station: "XXP01",
  sampleId: "01202611240011",
  level: "5",
  reason: "several relevant nuclides",
  collectionStart: 1_763_700_000,
  collectionStop: null,
  nuclides: [nuclide],
  links: [
    ["ARR", "4711"],
    ["RRR", "4712"],
    ["SRS", "XXP01.20261124.srs"],
  ],
};
const laboratory: LaboratoryReport = {
  messageId: "6000",
  laboratory: "ATL03",
  station: "XXP01",
  sampleId: "01202611240011",
  purpose: "level 5",
  receivedTime: null,
  measuredTime: 1_764_900_000,
  liveSec: 172_800,
  referenceTime: 1_763_786_400,
  results: [
    {
      nuclide: "Cs-137",
      activityBq: 0.281,
      activityErrorBq: 0.006,
      mdcBq: 0.01,
      stationBq: 0.29,
      stationErrorBq: 0.02,
      zeta: -0.43,
    },
    {
      nuclide: "I-131",
      activityBq: null,
      activityErrorBq: null,
      mdcBq: 0.02,
      stationBq: null,
      stationErrorBq: null,
      zeta: null,
    },
  ],
  comment: "",
};

test("reports, bulletins and laboratory reports are read back as they were written", () => {
  for (const report of [particulate, gas, { ...gas, product: "URR" } as const])
    assert.deepEqual(decodeSampleReports(utf8.encode(encodeSampleReport(report))), {
      items: [report],
      problems: [],
      consumed: utf8.encode(encodeSampleReport(report)).length,
    });
  assert.deepEqual(decodeScreenedEvents(utf8.encode(encodeScreenedEvent(event))).items, [event]);
  assert.deepEqual(decodeLaboratoryReports(utf8.encode(encodeLaboratoryReport(laboratory))).items, [laboratory]);
});

test("a report for people: what it is, and tables under their titles", () => {
  const text = encodeSampleReport(particulate);
  assert.match(text, /^AUTOMATIC RADIONUCLIDE REPORT\nParticulate Version$/m);
  assert.match(text, /^Collection Start: +2025\/11\/21 04:40:00\.000$/m);
  assert.match(text, /^Cs-137 +fission +949252608 +YES +12\.5 +0\.8 +1\.5 +3\.1 +0\.29 +0\.02 +4$/m);
  assert.ok(text.split("\n").every((line) => line === line.trimEnd()));
});

test("whatever words a comment holds, they stay in their cell", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (comment, remark) => {
      const report = { ...gas, review: { ...gas.review!, comment }, remarks: ["first", remark, "last"] };
      const { items, problems } = decodeSampleReports(utf8.encode(encodeSampleReport(report)));
      assert.deepEqual(problems, []);
      assert.equal(items[0]!.remarks.length, 3);
      assert.deepEqual({ ...items[0]!, review: null, remarks: [] }, { ...gas, review: null, remarks: [] });
      assert.equal(items[0]!.review!.analyst, "A. Nalyst");
      const kept = comment.replace(/\s+/g, " ").replace(/={4,}/g, "===").trim();
      assert.equal(items[0]!.review!.comment, kept === "-" ? "" : kept);
    }),
  );
});

test("faults are told by line, and the rest is kept", () => {
  const text = encodeSampleReport(particulate);
  const problems = (changed: string) =>
    decodeSampleReports(utf8.encode(changed)).problems.map(({ code, line }) => [
      code,
      text.split("\n")[(line ?? 0) - 1]?.slice(0, 12),
    ]);
  assert.deepEqual(problems(text.replace("661.66", "red")), [["report.row", "661.66      "]]);
  assert.deepEqual(problems(text.replace(/^Creation Date.*\n/m, "")), [["report.head", "IDC GENERATE"]]);
  assert.deepEqual(problems(text.replace("83900.5", "long")), [["report.sample", "SAMPLE INFOR"]]);
  const undated = decodeSampleReports(utf8.encode(encodeSampleReport(gas).replace(/^Time:.*\n/m, "")));
  assert.deepEqual(
    [undated.problems.map(({ code }) => code), undated.items[0]!.review!.analyst],
    [["report.review"], "A. Nalyst"],
  );
  assert.deepEqual(decodeSampleReports(utf8.encode("BEGIN IMS2.0\n")).items, []);
  const three = utf8.encode(text.replace(/^DATA_TYPE[\s\S]*(?=^STOP)/m, (product) => product.repeat(3)));
  assert.deepEqual(
    decodeSampleReports(three, { ...defaultLimits, maxItems: 2 }).problems.map(({ code }) => code),
    ["report.too-many"],
  );
  assert.deepEqual(
    decodeScreenedEvents(utf8.encode("x")).problems.map(({ code }) => code),
    ["ssreb.none"],
  );
  assert.deepEqual(
    decodeLaboratoryReports(utf8.encode("x")).problems.map(({ code }) => code),
    ["rlr.none"],
  );
});

const limits = { ...defaultLimits, maxItems: 100 };
fuzzDecoder("decodeSampleReports", (bytes) => decodeSampleReports(bytes, limits), [
  utf8.encode(encodeSampleReport(particulate)),
  utf8.encode(encodeSampleReport(gas)),
]);
fuzzDecoder("decodeScreenedEvents", (bytes) => decodeScreenedEvents(bytes, limits), [
  utf8.encode(encodeScreenedEvent(event)),
]);
fuzzDecoder("decodeLaboratoryReports", (bytes) => decodeLaboratoryReports(bytes, limits), [
  utf8.encode(encodeLaboratoryReport(laboratory)),
]);
