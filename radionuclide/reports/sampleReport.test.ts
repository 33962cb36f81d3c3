import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { decodeSampleReports, decodeScreenedEvents, encodeSampleReport, encodeScreenedEvent } from "@harken/formats";
import { analyseBetaGamma } from "../betaGamma/analyse.ts";
import { noActivity, simulateSample } from "../betaGamma/simulatedSample.ts";
import { emptyHistory } from "../categories/history.ts";
import { categoriseParticulate } from "../categories/particulate.ts";
import { logarithmicEfficiency, polynomialEnergy, rootResolution } from "../gamma/calibration.ts";
import { analyseParticulate } from "../particulate/analyse.ts";
import { airFilterBq, simulateParticulate } from "../particulate/simulatedSample.ts";
import { nobleGasReport, particulateReport, reviewedReport, screenedEvent } from "./sampleReport.ts";

const utf8 = new TextEncoder();
const head = { messageId: "4711", createdTime: 1_700_300_000, software: "test" };
const truth = {
  activitiesBq: { ...airFilterBq, "Cs-137": 2, "I-131": 2 },
  calibration: {
    energy: polynomialEnergy([-0.4, 0.33]),
    resolution: rootResolution(0.74, 0.0416),
    efficiency: logarithmicEfficiency(948, [-3.5, 0.86, -0.15, -0.23, 0.24, -0.07], 0.03),
  },
  channels: 8192,
  scatteredCounts: 2500,
  scatteredKeV: 250,
};

test("a particulate sample of level 5: automatic report, review, bulletin with its links, all read back from their messages", () => {
  const sample = simulateParticulate(truth, randomStream(1, "report"));
  const analysis = analyseParticulate({ sample });
  assert.ok(analysis.ok);
  const category = categoriseParticulate(
    analysis.nuclides.filter(({ identified }) => identified),
    emptyHistory,
  );
  const arr = particulateReport(sample, analysis, category, head);
  assert.deepEqual([arr.product, arr.level], ["ARR", "5"]);
  const names = arr.nuclides.filter(({ identified }) => identified).map(({ name }) => name);
  assert.ok(names.includes("Cs-137") && names.includes("I-131") && names.includes("Be-7"));
  assert.ok(arr.nuclides.some(({ name, identified, mdc }) => name === "Ba-140" && !identified && mdc! > 0));
  const [read] = decodeSampleReports(utf8.encode(encodeSampleReport(arr))).items;
  assert.equal(read!.nuclides.length, arr.nuclides.length);
  assert.equal(read!.peaks.length, arr.peaks.length);
  assert.deepEqual(read!.sample, arr.sample);
  const event = screenedEvent(arr, [["SRS", "field"]], "4713", 1_700_300_100)!;
  assert.deepEqual(event.links, [
    ["ARR", "4711"],
    ["SRS", "field"],
  ]);
  assert.deepEqual(decodeScreenedEvents(utf8.encode(encodeScreenedEvent(event))).items[0]!.links, event.links);
  const cesium = arr.nuclides.find(({ name }) => name === "Cs-137")!;
  const review = {
    analyst: "A. Nalyst",
    time: 1_700_400_000,
    comment: "I-131 is a contamination",
    level: "4",
    levelReason: "Cs-137 alone",
    nuclides: [{ ...cesium, level: "4" }],
  };
  const rrr = reviewedReport(arr, review, "4712");
  assert.deepEqual([rrr.product, rrr.version, rrr.review!.automaticLevel, rrr.level], ["RRR", 1, "5", "4"]);
  const again = reviewedReport(rrr, { ...review, level: "3" }, "4714");
  assert.deepEqual([again.version, again.review!.automaticLevel], [2, "5"]);
  assert.equal(screenedEvent(rrr, [], "1", 0), null, "level 4 makes no bulletin");
});

test("a noble-gas sample", () => {
  const times = { startTime: 1_700_000_000, realSec: 40_500, liveSec: 40_000 };
  const measure = (xe133: number, longer: number) =>
    simulateSample(
      {
        startTime: times.startTime,
        realSec: times.realSec * longer,
        liveSec: times.liveSec * longer,
        truth: { ...noActivity, xe133 },
        backgroundPerSec: 0.003,
      },
      randomStream(longer, "report"),
    );
  const sample = measure(0.5, 1);
  const result = analyseBetaGamma({ sample, gasBackground: null, detectorBackground: measure(0, 10) });
  assert.ok(result.ok);
  const report = nobleGasReport(sample, result, { category: null, flags: [], screening: [] }, head);
  assert.deepEqual(
    report.nuclides.map(({ name, identified }) => [name, identified]),
    [
      ["Xe-131m", false],
      ["Xe-133", true],
      ["Xe-133m", false],
      ["Xe-135", false],
    ],
  );
  assert.equal(report.regions.length, 10);
  const [read] = decodeSampleReports(utf8.encode(encodeSampleReport(report))).items;
  assert.deepEqual(read!.regions, report.regions);
  assert.throws(
    () => nobleGasReport({ ...sample, acquisition: null }, result, { category: null, flags: [], screening: [] }, head),
    RangeError,
  );
});
