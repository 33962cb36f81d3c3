/** Edits of samples through the store: what counts, what is on record, what is refused, and what the reviewed report takes from them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SampleEditRequest } from "@harken/api";
import { createLocalBus, openStore } from "@harken/store";
import { type AnalysedSample, analyseSample, type SampleTask } from "./analyseSample.ts";
import { demoMessages } from "./demoMessages.ts";
import { presentSample } from "./present.ts";
import { rememberAnalyses } from "./sampleAnalyser.ts";
import { createSampleDesk } from "./sampleDesk.ts";

const UNTIL = 1_764_000_000;

/** A desk with the two samples of the day of the release. */
async function desk() {
  const store = await openStore({ file: ":memory:" });
  let [asked, now] = [0, UNTIL];
  const analyse = rememberAnalyses(async (task) => {
    asked++;
    return analyseSample(task);
  });
  const made = createSampleDesk({ store, bus: createLocalBus(), runId: 1, clock: () => now++, analyse });
  const keys: string[] = [];
  for (const message of [...demoMessages(1, UNTIL, 2)].slice(0, 5))
    keys.push(...(await made.take(new TextEncoder().encode(message))).stored);
  const detail = async (key: string) => presentSample(store.db, key, await made.draft(key));
  const edit = (key: string, request: Partial<SampleEditRequest> & Pick<SampleEditRequest, "edit" | "editsSeen">) =>
    made.edit(key, { analyst: "Ana", comment: "", ...request });
  return { store, made, filter: keys[0]!, gas: keys[3]!, detail, edit, asked: () => asked };
}

type Detail = Awaited<ReturnType<typeof presentSample>>;
const nuclideOf = (report: Detail["automatic"], wanted: string) => report!.nuclides.find(({ name }) => name === wanted);

test("a peak taken out and undone: the draft follows, both are on record with what they changed, and nothing is analysed twice", async () => {
  const { store, filter, detail, edit, asked } = await desk();
  const before = await detail(filter);
  assert.equal(before.draft, null);
  assert.ok(nuclideOf(before.automatic, "Cs-137")!.identified);
  await edit(filter, { edit: { kind: "removePeak", energyKeV: 661.7 }, editsSeen: 0, comment: "a spike of the mains" });
  const analysed = asked();
  const { draft, edits, automatic, display } = await detail(filter);
  assert.equal(asked(), analysed, "what was told is remembered");
  assert.deepEqual(automatic, before.automatic, "the automatic report stays");
  assert.notEqual(nuclideOf(draft, "Cs-137")?.identified, true);
  assert.equal(draft!.peaks.length, before.automatic!.peaks.length - 1);
  const [record] = edits;
  assert.deepEqual(
    [record!.ordinal, record!.analyst, record!.comment, record!.time > UNTIL],
    [1, "Ana", "a spike of the mains", true],
  );
  assert.ok(record!.before.peaks.some(({ energyKeV }) => Math.abs(energyKeV - 661.7) < 0.5));
  assert.ok(record!.after.peaks.every(({ energyKeV }) => Math.abs(energyKeV - 661.7) > 0.5));
  assert.ok(record!.before.nuclides.some(({ name, identified }) => name === "Cs-137" && identified));
  assert.equal(
    record!.before.nuclides.some(({ name }) => name === "K-40"),
    false,
    "what is the same is not told",
  );
  assert.ok(display?.kind === "spectrum" && before.display?.kind === "spectrum");
  const [now, then] = [display.continuum, before.display.continuum];
  const moved = now.slice(1970, 2042).reduce((sum, counts, i) => sum + counts - then[1970 + i]!, 0);
  const { areaCounts } = record!.before.peaks.find(({ energyKeV }) => Math.abs(energyKeV - 661.7) < 0.5)!;
  assert.ok(Math.abs(moved / areaCounts - 1) < 0.25, `its ${areaCounts} counts are continuum now: ${moved}`);

  await edit(filter, { edit: { kind: "undo" }, editsSeen: 1, analyst: "Bo" });
  const undone = await detail(filter);
  assert.deepEqual(undone.draft!.peaks, before.automatic!.peaks);
  assert.deepEqual(undone.draft!.nuclides, before.automatic!.nuclides);
  assert.deepEqual(
    undone.edits.map(({ edit: { kind }, analyst }) => [kind, analyst]),
    [
      ["removePeak", "Ana"],
      ["undo", "Bo"],
    ],
  );
  assert.deepEqual(undone.edits[1]!.after, undone.edits[0]!.before);
  await assert.rejects(edit(filter, { edit: { kind: "undo" }, editsSeen: 2 }), { code: "EDIT_REFUSED" });
  await store.close();
});

test("what cannot be done, and what others have done meanwhile, is refused and leaves no trace", async () => {
  const { store, made, filter, gas, detail, edit } = await desk();
  const refusals = [
    [filter, { kind: "removePeak", energyKeV: 2500 }, 0, "EDIT_REFUSED"],
    [filter, { kind: "regionCounts", region: 3, gross: 5 }, 0, "EDIT_REFUSED"],
    [gas, { kind: "addPeak", energyKeV: 81 }, 0, "EDIT_REFUSED"],
    [gas, { kind: "regionLimits", region: 3, betaFrom: 5, betaTo: 5, gammaFrom: 1, gammaTo: 2 }, 0, "EDIT_REFUSED"],
    [filter, { kind: "removePeak", energyKeV: 661.7 }, 3, "SAMPLE_CHANGED"],
    ["none", { kind: "removePeak", energyKeV: 661.7 }, 0, "NO_SAMPLE"],
  ] as const;
  for (const [key, what, editsSeen, code] of refusals)
    await assert.rejects(edit(key, { edit: what, editsSeen }), { code }, JSON.stringify(what));
  const both = await Promise.allSettled(
    [661.7, 477.6].map((energyKeV) => edit(filter, { edit: { kind: "removePeak", energyKeV }, editsSeen: 0 })),
  );
  assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  assert.equal((await detail(filter)).edits.length, 1);
  assert.equal((await detail(gas)).edits.length, 0);
  const review = { analyst: "Bo", level: "3", levelReason: "r", comment: "", reviewedVersion: 0, editsSeen: 0 };
  await assert.rejects(made.review(filter, review), { code: "SAMPLE_CHANGED" });
  await store.close();
});

test("the reviewed report has the analyst's peaks, the analyst's level, and is released by another", async () => {
  const { store, made, filter, detail, edit } = await desk();
  await edit(filter, { edit: { kind: "removePeak", energyKeV: 661.7 }, editsSeen: 0 });
  const { draft, automatic } = await detail(filter);
  const review = { analyst: "Ana", level: "2", levelReason: "no caesium", comment: "", reviewedVersion: 0 };
  await made.review(filter, { ...review, editsSeen: 1 });
  const { reviewed } = await detail(filter);
  assert.deepEqual(
    [reviewed!.level, reviewed!.review!.automaticLevel, reviewed!.product],
    ["2", automatic!.level, "RRR"],
  );
  assert.deepEqual(reviewed!.peaks, draft!.peaks);
  assert.deepEqual(nuclideOf(reviewed, "Cs-137"), nuclideOf(draft, "Cs-137"));
  await assert.rejects(made.release(filter, { analyst: "Ana", version: 1 }), { code: "OWN_RELEASE" });
  await made.release(filter, { analyst: "Bo", version: 1 });
  await store.close();
});

test("beta-gamma: counts of the analyst's rectangle, drawn where it is", async () => {
  const { store, gas, detail, edit } = await desk();
  const { display, automatic } = await detail(gas);
  assert.ok(display?.kind === "histogram");
  const { region: _own, ...limits } = display.regions.find(({ region }) => region === 3)!;
  const wider = { ...limits, betaTo: limits.betaTo + 1 };
  await edit(gas, { edit: { kind: "regionLimits", region: 3, ...wider }, editsSeen: 0 });
  await edit(gas, { edit: { kind: "regionCounts", region: 2, gross: 999 }, editsSeen: 1 });
  const after = await detail(gas);
  const grossOf = (report: Detail["automatic"], wanted: number) =>
    report!.regions.find(({ region }) => region === wanted)!.gross;
  let inside = 0;
  for (let g = wider.gammaFrom; g < wider.gammaTo; g++)
    for (let b = wider.betaFrom; b < wider.betaTo; b++) inside += display.counts[g * display.betaChannels + b]!;
  assert.equal(grossOf(after.draft, 3), inside);
  assert.equal(grossOf(after.draft, 2), 999);
  assert.ok(nuclideOf(after.draft, "Xe-135")!.activityBq! > nuclideOf(automatic, "Xe-135")!.activityBq!);
  assert.ok(after.display?.kind === "histogram");
  assert.deepEqual(
    after.display.regions.find(({ region }) => region === 3),
    { region: 3, ...wider },
  );
  assert.match(after.draft!.remarks.join(), /counts of region 2, 999, are the analyst's/);
  await store.close();
});

test("answers are remembered by content, so many and no more; one that failed is asked again", async () => {
  const asked: unknown[] = [];
  let fails = true;
  const analyse = rememberAnalyses(async ({ history }) => {
    asked.push(history);
    if (history === "bad" && fails) throw new Error("no");
    return { reason: String(history) } as AnalysedSample;
  }, 2);
  const task = (history: unknown) => ({ history, edits: [] }) as unknown as SampleTask;
  for (const history of ["a", "b", "a", "c", "a", "b"]) assert.equal((await analyse(task(history))).reason, history);
  assert.deepEqual(asked, ["a", "b", "c", "b"]);
  await assert.rejects(analyse(task("bad")));
  fails = false;
  assert.equal((await analyse(task("bad"))).reason, "bad");
});
