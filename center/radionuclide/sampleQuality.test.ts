/** Control charts, laboratories and statistics of samples that came in as messages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LaboratoryReport } from "@harken/core";
import { decodePulseHeightData, encodeLaboratoryReport } from "@harken/formats";
import { createLocalBus, openStore, type Store } from "@harken/store";
import { analyseSample, type SampleTask } from "./analyseSample.ts";
import { presentControlCharts } from "./controlCharts.ts";
import { demoMessages } from "./demoMessages.ts";
import { createLaboratoryDesk } from "./laboratoryDesk.ts";
import { presentSample, presentSamples } from "./present.ts";
import { createSampleDesk } from "./sampleDesk.ts";
import { presentStatistics } from "./sampleStatistics.ts";

const analyse = async (task: SampleTask) => analyseSample(task);
const utf8 = new TextEncoder();
const UNTIL = 1_764_000_000;
const DAY = 86_400;

/** A store with those of the demonstration's messages that are wanted. */
async function holding(days: number, wanted: (message: string, at: number) => boolean) {
  let now = UNTIL;
  const store = await openStore({ file: ":memory:" });
  const desk = createSampleDesk({ store, bus: createLocalBus(), runId: 1, clock: () => now, analyse });
  for (const [at, message] of [...demoMessages(1, UNTIL, days)].entries())
    if (wanted(message, at)) await desk.take(utf8.encode(message));
  return { store, desk, later: (hours: number) => (now += 3600 * hours) };
}

const kindOf = (message: string) => /^DATA_TYPE (\w+)/m.exec(message)![1]!;

test("a gain that drifts on the last two of twelve days breaks rules there, and nowhere before; widths stay in control", async () => {
  const { store } = await holding(12, (message) => kindOf(message) === "QCPHD");
  const { stations, station, charts } = await presentControlCharts(store.db, undefined);
  assert.deepEqual([stations, station], [["SIM02"], "SIM02"]);
  const chart = (name: string) => charts.find((one) => one.name === name)!;
  const energy = chart("Co-60 1332.5 keV: energy");
  assert.equal(energy.points.length, 12);
  // With more keV in a channel, 3e-4 a day from the ninth on, the line stands in a lower one.
  assert.ok(Math.abs(energy.points[11]!.value - energy.points[0]!.value + 6e-4 * 1332.5) < 0.1);
  assert.deepEqual(
    energy.points.map(({ alarms }) => alarms.includes("beyond 3 sd")),
    energy.points.map((_, i) => i >= 10),
  );
  const rate = chart("Cs-137 661.7 keV: net count rate");
  const mean = rate.points.reduce((sum, { value }) => sum + value, 0) / rate.points.length;
  // 1200 Bq, 0.8499 photons each, by the efficiency that the simulation has.
  const data = decodePulseHeightData(utf8.encode([...demoMessages(1, UNTIL, 1)][0]!)).items[0]!;
  const efficiency = data.gammaEfficiency.find(({ energyKeV }) => energyKeV === 662)!.value;
  assert.ok(Math.abs(mean / (1200 * 0.8499 * efficiency) - 1) < 0.02, `${mean}`);
  assert.ok(chart("Cs-137 661.7 keV: FWHM").points.every(({ alarms }) => !alarms.includes("beyond 3 sd")));
  await store.close();
});

async function oneFilter(): Promise<{
  store: Store;
  key: string;
  desk: Awaited<ReturnType<typeof holding>>["desk"];
  later: (hours: number) => number;
}> {
  // The day before the last has fission products.
  const { store, desk, later } = await holding(
    2,
    (message, at) => at < 5 && kindOf(message) === "SAMPLEPHD" && message.includes("SIM02"),
  );
  const [sample] = await presentSamples(store.db, {});
  return { store, desk, key: sample!.key, later };
}

test("a laboratory is asked once, answers once, and its result stands beside the station's, decayed to its reference time", async () => {
  const { store, desk, key } = await oneFilter();
  const laboratories = createLaboratoryDesk({ store, runId: 1, clock: () => UNTIL });
  const order = { analyst: "Ana", laboratory: "ATL03", purpose: "level 5", comment: "" };
  await laboratories.order(key, order);
  await assert.rejects(laboratories.order(key, order), { code: "LABORATORY_ASKED" });
  await assert.rejects(laboratories.order("none", order), { code: "NO_SAMPLE" });
  const { automatic } = await presentSample(store.db, key, await desk.draft(key));
  const iodine = automatic!.nuclides.find(({ name }) => name === "I-131")!;
  // One half-life after the middle of counting.
  const { acquisitionStart, realSec, sampleId } = automatic!.sample;
  const referenceTime = acquisitionStart + realSec / 2 + iodine.halfLifeSec;
  const row = { activityErrorBq: 0.02, mdcBq: 0.05, stationBq: null, stationErrorBq: null, zeta: null };
  const report: LaboratoryReport = {
    ...{ messageId: "7", laboratory: "ATL03", station: "SIM02", sampleId, purpose: "level 5", comment: "" },
    ...{ receivedTime: null, measuredTime: referenceTime + DAY, liveSec: 80_000, referenceTime },
    results: [
      { ...row, nuclide: "I-131", activityBq: 0.6 },
      { ...row, nuclide: "Zr-95", activityBq: null, activityErrorBq: null },
    ],
  };
  await assert.rejects(laboratories.answer("BEGIN IMS2.0"), { code: "LABORATORY_REPORT" });
  await assert.rejects(laboratories.answer(encodeLaboratoryReport({ ...report, laboratory: "USL16" })), {
    code: "LABORATORY_REPORT",
  });
  await laboratories.answer(encodeLaboratoryReport(report));
  await assert.rejects(laboratories.answer(encodeLaboratoryReport(report)), { code: "LABORATORY_REPORT" });
  const [request] = (await laboratories.list()).requests;
  const [compared, absent] = request!.comparison!.results;
  // The mean over a counting that is short against the half-life is the value in its middle.
  assert.ok(Math.abs(compared!.stationBq! / (iodine.activityBq! / 2) - 1) < 1e-3);
  const zeta = (compared!.stationBq! - 0.6) / Math.hypot(iodine.activityErrorBq! / 2, 0.02);
  assert.ok(Math.abs(compared!.zeta! - zeta) < 2e-3 * Math.abs(zeta) + 1e-3, `${compared!.zeta} ${zeta}`);
  assert.deepEqual([absent!.activityBq, absent!.zeta, absent!.verdict], [null, null, null]);
  await store.close();
});

test("proficiency tests: one result of an exercise, scored, and the laboratory's history over exercises", async () => {
  const store = await openStore({ file: ":memory:" });
  const laboratories = createLaboratoryDesk({ store, runId: 1, clock: () => UNTIL });
  const of = (exercise: string, time: number, activityBq: number) => ({
    ...{ analyst: "Ana", laboratory: "ATL03", exercise, time },
    reference: [{ nuclide: "Cs-137", activityBq: 10, errorBq: 0.3 }],
    reported: [{ nuclide: "Cs-137", activityBq, errorBq: 0.4 }],
  });
  await laboratories.score(of("2026", UNTIL, 11));
  await laboratories.score(of("2025", UNTIL - 365 * DAY, 10));
  await assert.rejects(laboratories.score(of("2026", UNTIL, 10)), { code: "EXERCISE_KNOWN" });
  const [one] = (await laboratories.list()).laboratories;
  assert.deepEqual(
    one!.exercises.map(({ exercise, nuclides }) => [exercise, nuclides[0]!.zeta, nuclides[0]!.verdict]),
    [
      ["2025", 0, "satisfactory"],
      ["2026", 2, "satisfactory"],
    ],
  );
  assert.ok(Math.abs(one!.meanBias! - 0.05) < 1e-12 && Math.abs(one!.zetaSpread! - Math.SQRT2) < 1e-12);
  await store.close();
});

test("statistics: relevant nuclides of the year, levels, what review confirmed and how long it took", async () => {
  const { store, desk, key, later } = await oneFilter();
  const before = await presentStatistics(store.db, {});
  assert.equal(before.samples, 1);
  assert.deepEqual(before.levels, [{ month: "2025-11", level: "5", samples: 1 }]);
  assert.deepEqual(
    before.years.map(({ year, nuclides }) => [year, nuclides.map(({ nuclide }) => nuclide)]),
    [[2025, ["Ba-140", "Cs-137", "I-131"]]],
  );
  assert.deepEqual([before.review, before.timeliness.released], [[], 0]);
  await desk.review(key, { analyst: "Ana", level: "4", levelReason: "known", comment: "", reviewedVersion: 0 });
  assert.equal((await presentStatistics(store.db, {})).timeliness.released, 0, "proposed alone");
  later(30);
  await desk.release(key, { analyst: "Bo", version: 1 });
  const after = await presentStatistics(store.db, {});
  assert.deepEqual(after.review, [{ automatic: "5", reviewed: "4", samples: 1 }]);
  assert.deepEqual(after.timeliness, {
    ...{ released: 1, medianHours: 30 },
    within: [24, 48, 72, 168].map((hours) => ({ hours, samples: hours < 30 ? 0 : 1 })),
  });
  assert.equal((await presentStatistics(store.db, { to: UNTIL - 100 * DAY })).samples, 0);
  await store.close();
});
