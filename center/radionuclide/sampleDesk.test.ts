/** A station's messages through the store: analysis, reports, review in two steps, bulletin, and what a person reads of it. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { decodePulseHeightData, decodeSampleReports, decodeScreenedEvents } from "@harken/formats";
import { analyseBetaGamma } from "@harken/radionuclide";
import { createLocalBus, loadSampleContent, openStore } from "@harken/store";
import { analyseSample, type SampleTask } from "./analyseSample.ts";
import { demoMessages } from "./demoMessages.ts";
import { presentSample, presentSamples, presentSeries, sampleFile } from "./present.ts";
import { createSampleDesk } from "./sampleDesk.ts";

/** Here instead of on a thread. */
const analyse = async (task: SampleTask) => analyseSample(task);
const utf8 = new TextEncoder();
const UNTIL = 1_764_000_000;

test("eight days of two stations: every sample reported, a release found, reviewed by two, and its bulletin made", async () => {
  const store = await openStore({ file: ":memory:" });
  const desk = createSampleDesk({ store, bus: createLocalBus(), runId: 1, clock: () => UNTIL, analyse });
  const messages = [...demoMessages(1, UNTIL, 8)];
  for (const message of messages) {
    const { stored, problems } = await desk.take(utf8.encode(message));
    assert.equal(stored.length, 1);
    // The made-up gas cell has no gamma spectrum of its own beside its coincidences.
    const errors = problems.filter(({ severity, code }) => severity === "error" && code !== "phd.no-spectrum");
    assert.deepEqual(errors, []);
  }
  const again = await desk.take(utf8.encode(messages[0]!));
  assert.deepEqual([again.stored.length, again.repeated], [0, 1], "the same message is one sample");

  const filters = (await presentSamples(store.db, { station: "SIM02", dataType: "SAMPLEPHD" })).toReversed();
  assert.equal(filters.length, 8);
  const levels = filters.map(({ automaticLevel }) => automaticLevel);
  assert.equal(levels[6], "5", levels.join(" "));
  assert.ok(levels.filter((level) => level === "1" || level === "2").length >= 6, levels.join(" "));
  const gas = await presentSamples(store.db, { station: "SIM01", dataType: "SAMPLEPHD" });
  assert.equal(gas.length, 8);
  assert.ok(gas.every(({ automaticLevel }) => automaticLevel === "A" || automaticLevel === "B"));

  const { key } = filters[6]!;
  const detail = await presentSample(store.db, key, await desk.draft(key));
  assert.ok(detail.display?.kind === "spectrum" && detail.display.counts.length === 8192);
  assert.ok(
    detail.display.lines.some(({ nuclide, energyKeV }) => nuclide === "I-131" && Math.abs(energyKeV - 364.5) < 1),
  );
  assert.ok(detail.automatic!.nuclides.some(({ name, identified }) => name === "Ba-140" && identified));
  const request = {
    analyst: "Ana",
    level: "5",
    levelReason: "I-131, Ba-140 and Cs-137",
    comment: "confirmed",
    reviewedVersion: 0,
  };
  await desk.review(key, request);
  await assert.rejects(desk.review(key, request), { code: "SAMPLE_CHANGED" });
  await assert.rejects(desk.release(key, { analyst: "Ana", version: 1 }), { code: "OWN_RELEASE" });
  await assert.rejects(desk.release(key, { analyst: "Bo", version: 2 }), { code: "NOT_PROPOSED" });
  await assert.rejects(sampleFile(store.db, key, "SSREB"), { code: "NO_SAMPLE" });
  await desk.release(key, { analyst: "Bo", version: 1 });
  await assert.rejects(desk.release(key, { analyst: "Bo", version: 1 }), { code: "NOT_PROPOSED" });
  const after = await presentSample(store.db, key, await desk.draft(key));
  assert.deepEqual(
    after.reports.map(({ product, state, analyst, releasedBy }) => [product, state, analyst, releasedBy]),
    [
      ["ARR", "released", null, null],
      ["RRR", "released", "Ana", "Bo"],
      ["SSREB", "released", "Ana", "Bo"],
    ],
  );
  assert.deepEqual([after.summary.reviewedLevel, after.summary.reviewState], ["5", "released"]);
  const [rrr] = decodeSampleReports(utf8.encode(await sampleFile(store.db, key, "RRR"))).items;
  assert.equal(rrr!.review!.comment, "confirmed");
  const [event] = decodeScreenedEvents(utf8.encode(await sampleFile(store.db, key, "SSREB"))).items;
  assert.deepEqual(
    event!.links.map(([product]) => product),
    ["RRR", "ARR"],
  );
  assert.match(await sampleFile(store.db, key, "PHD"), /^BEGIN IMS2\.0\n/);

  const series = await presentSeries(store.db, "SIM02", "Be-7");
  assert.equal(series.points.length, 8);
  assert.ok(
    series.points.every(
      ({ concentration }, i) => concentration! > 0 && (i === 0 || series.points[i]!.time > series.points[i - 1]!.time),
    ),
  );
  const xenon = await presentSeries(store.db, "SIM01", "Xe-133");
  assert.equal(xenon.unit, "mBq/m3");
  assert.ok(xenon.points[3]!.concentration! > 5 * xenon.points[0]!.concentration!, "the reactor's day");
  await store.close();
});

test("a file with several messages: each measurement keeps its own, and a sample is analysed with the background that it names", async () => {
  const [empty, gas, sample] = [...demoMessages(1, UNTIL, 4)].slice(-3) as [string, string, string];
  const store = await openStore({ file: ":memory:" });
  const desk = createSampleDesk({ store, bus: createLocalBus(), runId: 1, clock: () => UNTIL, analyse });
  // A message names its backgrounds before they come: they are no less theirs.
  const first = sample.replace("FULL", "PREL");
  assert.equal((await desk.take(utf8.encode([first, gas, empty].join("\n")))).stored.length, 3);
  await desk.take(utf8.encode(sample));
  const stored = await presentSamples(store.db, {});
  for (const { key, dataType, qualifier } of stored) {
    const message =
      dataType === "GASBKPHD" ? gas : dataType === "DETBKPHD" ? empty : qualifier === "PREL" ? first : sample;
    assert.equal((await sampleFile(store.db, key, "PHD")).trim(), message.trim(), key);
  }
  const { key } = stored.find(({ dataType, qualifier }) => dataType === "SAMPLEPHD" && qualifier === "FULL")!;
  const { automatic } = await presentSample(store.db, key, await desk.draft(key));
  assert.doesNotMatch(automatic!.remarks.join(), /background/);
  const [own, cell] = [sample, gas].map((message) => decodePulseHeightData(utf8.encode(message)).items[0]!);
  const known = analyseBetaGamma({
    sample: own!,
    gasBackground: cell!,
    detectorBackground: decodePulseHeightData(utf8.encode(empty)).items[0]!,
  });
  assert.ok(known.ok);
  const xenon = automatic!.nuclides.find(({ name }) => name === "Xe-133")!;
  assert.equal(xenon.activityBq, known.isotopes["Xe-133"].activityBq);
  await store.close();
});

test("two reviews of the same report at once: one is proposed, the other is told", async () => {
  const store = await openStore({ file: ":memory:" });
  const desk = createSampleDesk({ store, bus: createLocalBus(), runId: 1, clock: () => UNTIL, analyse });
  const [message] = demoMessages(1, UNTIL, 1);
  const { stored } = await desk.take(utf8.encode(message!));
  const request = (analyst: string) => ({ analyst, level: "3", levelReason: "r", comment: "", reviewedVersion: 0 });
  const both = await Promise.allSettled(["Ana", "Bo"].map((analyst) => desk.review(stored[0]!, request(analyst))));
  assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  const refused = both.find((one) => one.status === "rejected")!;
  assert.equal(refused.reason.code, "SAMPLE_CHANGED");
  const { reports } = await presentSample(store.db, stored[0]!, await desk.draft(stored[0]!));
  assert.equal(reports.filter(({ product }) => product === "RRR").length, 1);
  await store.close();
});

test("bytes that are no message are refused with a problem, and nothing is stored", async () => {
  const store = await openStore({ file: ":memory:" });
  const desk = createSampleDesk({ store, bus: createLocalBus(), runId: 1, clock: () => UNTIL, analyse });
  const { stored, problems } = await desk.take(utf8.encode("hello"));
  assert.deepEqual([stored.length, problems.length], [0, 1]);
  await assert.rejects(desk.draft("none"), { code: "NO_SAMPLE" });
  await assert.rejects(presentSample(store.db, "none", { edits: [], analysed: null }), { code: "NO_SAMPLE" });
  await store.close();
});

test("an expert's re-analysis: an updated report with where it is from, and the others as they were", async () => {
  const store = await openStore({ file: ":memory:" });
  const desk = createSampleDesk({ store, bus: createLocalBus(), runId: 1, clock: () => UNTIL, analyse });
  const messages = [...demoMessages(1, UNTIL, 2)]
    .filter((message) => /^DATA_TYPE SAMPLEPHD/m.test(message))
    .slice(0, 2);
  for (const message of messages) await desk.take(utf8.encode(message));
  for (const { key, system, automaticLevel } of await presentSamples(store.db, {})) {
    const before = await presentSample(store.db, key, await desk.draft(key));
    const request = { analyst: "Xu", reason: "cascades", limits: "iso11929", withEdits: true } as const;
    await desk.reanalyse(key, { ...request, coincidences: "corrected", decisionQuantile: 2.326 });
    await desk.reanalyse(key, { ...request, coincidences: "uncertainty", decisionQuantile: 2.326 });
    const after = await presentSample(store.db, key, await desk.draft(key));
    assert.deepEqual([after.automatic, after.reviewed, after.draft], [before.automatic, before.reviewed, before.draft]);
    assert.equal(after.summary.automaticLevel, automaticLevel);
    assert.deepEqual(
      after.reports.map(({ product, version, analyst }) => [product, version, analyst]),
      [
        ["ARR", 1, null],
        ["URR", 1, "Xu"],
        ["URR", 2, "Xu"],
      ],
    );
    const [updated] = decodeSampleReports(utf8.encode(await sampleFile(store.db, key, "URR"))).items;
    assert.deepEqual([updated!.product, updated!.version, updated!.review!.comment], ["URR", 2, "cascades"]);
    assert.match(
      updated!.remarks.join("\n"),
      /updated beside ARR .*\nsettings: coincidences uncertainty, limits iso11929/,
    );
    const { message } = (await loadSampleContent(store.db, key))!;
    const digest = createHash("sha256").update(message, "latin1").digest("hex");
    assert.ok(updated!.remarks.some((remark) => remark.endsWith(digest)));
    // 1 % false decisions instead of 5: limits are higher.
    const name = system === "P" ? "Cs-134" : "Xe-131m";
    const limit = (report: typeof updated | typeof before.automatic) =>
      report!.nuclides.find((one) => one.name === name)!.criticalLevel!;
    const ratio = limit(updated) / limit(before.automatic);
    assert.ok(Math.abs(ratio / (2.326 / 1.645) - 1) < 0.02, `${name}: ${ratio}`);
  }
  await assert.rejects(
    desk.reanalyse("none", {
      ...{ analyst: "Xu", reason: "x", coincidences: "corrected", limits: "currie" },
      ...{ decisionQuantile: 2, withEdits: true },
    }),
    { code: "NO_SAMPLE" },
  );
  await store.close();
});
