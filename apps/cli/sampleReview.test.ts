/**
 * A whole review of a particulate and of a noble-gas sample in the browser, against a whole centre: peaks and regions edited, undone, proposed by one and
 * released by another. What the page did is checked by the centre's own interface and by the activities that were put into the samples.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Client, createClient, type SampleDetail } from "@harken/api";
import { type Center, startCenter } from "@harken/center";
import { randomStream } from "@harken/core";
import { decodeSampleReports, encodePulseHeightData } from "@harken/formats";
import {
  airFilterBq,
  logarithmicEfficiency,
  polynomialEnergy,
  rootResolution,
  simulateParticulate,
  simulateSample,
} from "@harken/radionuclide";
import { type Browser, chromium, type Page } from "playwright-core";
import { buildWorkstation, pagesFolder } from "./buildWorkstation.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-samples-"));
const CAESIUM_BQ = 0.9;
const XENON_BQ = 0.4;
const START = 1_700_000_000;
/** Left of the plot of a spectrum, and of a histogram; below it, px. */
const GUTTER_PX = 52;
const HISTOGRAM_LEFT_PX = 44;
const HISTOGRAM_BOTTOM_PX = 20;
let center: Center;
let client: Client;
let browser: Browser;
let page: Page;
const errors: string[] = [];

function filter(): string {
  const calibration = {
    energy: polynomialEnergy([-0.4, 0.33]),
    resolution: rootResolution(0.74, 0.0416),
    efficiency: logarithmicEfficiency(948, [-3.5, 0.86, -0.15, -0.23, 0.24, -0.07], 0.03),
  };
  const activitiesBq = { ...airFilterBq, "Cs-137": CAESIUM_BQ };
  const truth = { calibration, activitiesBq, channels: 8192, scatteredCounts: 2500, scatteredKeV: 250 };
  return encodePulseHeightData({ ...simulateParticulate(truth, randomStream(7, "filter")), measurementId: "F1" });
}

function gas(): string {
  const times = { startTime: START + 100_000, realSec: 40_500, liveSec: 40_000, backgroundPerSec: 0 };
  const truth = { radon: 0, xe135: 0, xe133: XENON_BQ, xe131m: 0, xe133m: 0 };
  return encodePulseHeightData({
    ...simulateSample({ ...times, truth }, randomStream(7, "gas")),
    kind: "SAMPLEPHD",
    qualifier: "FULL",
    measurementId: "G1",
    collection: { startTime: START, stopTime: START + 43_200, airVolumeM3: 16 },
    processing: {
      ...{ xenonVolumeMl: 1.1, xenonVolumeErrorMl: 0.06, yieldFraction: 0.7, yieldError: 0.04, archiveBottle: "1" },
    },
  });
}

before(async () => {
  await buildWorkstation();
  const messages = join(folder, "messages");
  mkdirSync(messages);
  writeFileSync(join(messages, "filter.phd"), filter());
  writeFileSync(join(messages, "gas.phd"), gas());
  center = await startCenter({
    dataDir: join(folder, "data"),
    host: "127.0.0.1",
    port: 0,
    simulate: null,
    earthModel: "ak135",
    workers: 1,
    pages: pagesFolder,
    samplesFolder: messages,
    log: () => undefined,
  });
  client = createClient(center.url, (url, init) => fetch(url, init));
  await until("both samples", async () => (await client.samples()).samples.length === 2);
  browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${center.url}/samples.html`);
  await page.locator("[data-sample-key]").first().waitFor();
});
after(async () => {
  await browser?.close();
  await center?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function until(what: string, question: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await question()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${what} did not come`);
}

const filterKey = "SAMPLEPHD.F1.FULL";
const gasKey = "SAMPLEPHD.G1.FULL";
type Report = SampleDetail["draft"];
const nuclideOf = (report: Report, wanted: string) => report!.nuclides.find(({ name }) => name === wanted);
const caesiumPeak = (report: Report) => report!.peaks.find(({ energyKeV }) => Math.abs(energyKeV - 661.66) < 0.6);
/** The sample once it has so many edits, on the page too. */
async function edited(key: string, count: number): Promise<SampleDetail> {
  await page
    .locator(".edits li")
    .nth(count - 1)
    .waitFor();
  const detail = await client.sample(key);
  assert.equal(detail.edits.length, count);
  return detail;
}

/** Presses at one energy of the view of 80 keV about Cs-137's line and lets go at another. */
async function drag(fromKeV: number, toKeV = fromKeV): Promise<void> {
  const box = (await page.locator("canvas.spectrum").boundingBox())!;
  const [low, high] = (await page.locator(".spectrum-bar output").textContent())!.match(/[\d.]+/g)!.map(Number);
  assert.ok(Math.abs(high! - low! - 80) <= 1, `${low} to ${high}`);
  const middle = caesiumPeak((await client.sample(filterKey)).automatic)!.energyKeV;
  const xOf = (keV: number) => box.x + GUTTER_PX + ((keV - middle + 40) / 80) * (box.width - GUTTER_PX);
  await page.mouse.move(xOf(fromKeV), box.y + 120);
  await page.mouse.down();
  await page.mouse.move(xOf(toKeV), box.y + 140, { steps: 3 });
  await page.mouse.up();
  await page.mouse.move(5, 5);
}

test("a peak is taken out, undone, taken out and taken in again; the fits are the centre's and the activity is the true one", async () => {
  await page.locator(`[data-sample-key="${filterKey}"]`).click();
  const { automatic } = await client.sample(filterKey);
  const { energyKeV } = caesiumPeak(automatic)!;
  await page.locator(`[data-peak="${energyKeV.toFixed(1)}"]`).click();
  await page.getByText(/^\d+ to \d+ keV$/).waitFor();
  await page.keyboard.press("x");
  await drag(energyKeV);
  await page.getByRole("alert").waitFor();
  assert.match((await page.getByRole("alert").textContent())!, /Write your name/);
  await page.fill("input[name=analyst]", "Ana");
  await page.fill("input[name=why]", "too narrow for a line");
  await drag(energyKeV + 0.3);
  const first = await edited(filterKey, 1);
  assert.equal(caesiumPeak(first.draft), undefined);
  assert.notEqual(nuclideOf(first.draft, "Cs-137")?.identified, true);
  assert.deepEqual(
    [first.edits[0]!.analyst, first.edits[0]!.comment, first.edits[0]!.edit.kind],
    ["Ana", "too narrow for a line", "removePeak"],
  );
  await page.locator(".edits .change", { hasText: /Cs-137 [\d.]+ Bq → / }).waitFor();
  assert.equal(await page.locator(`[data-peak="${energyKeV.toFixed(1)}"]`).count(), 0);
  await page.evaluate("document.activeElement.blur()");
  await page.keyboard.press("u");
  assert.deepEqual((await edited(filterKey, 2)).draft!.peaks, automatic!.peaks);
  await page.locator(".edits .undone").waitFor();
  await drag(energyKeV);
  await edited(filterKey, 3);
  await page.keyboard.press("a");
  await drag(energyKeV - 0.3);
  const again = await edited(filterKey, 4);
  const { identified, activityBq, activityErrorBq } = nuclideOf(again.draft, "Cs-137")!;
  assert.ok(identified);
  assert.ok(Math.abs(activityBq! - CAESIUM_BQ) < 3 * activityErrorBq!, `${activityBq} +- ${activityErrorBq} Bq`);
});

test("a region is drawn and fitted; what the fit cannot do is told and not kept", async () => {
  await page.keyboard.press("r");
  const { energyKeV } = caesiumPeak((await client.sample(filterKey)).automatic)!;
  await drag(energyKeV + 6, energyKeV - 5);
  const { edits, display } = await edited(filterKey, 5);
  const done = edits[4]!.edit;
  assert.ok(done.kind === "fitRegion");
  assert.ok(Math.abs(done.fromKeV - energyKeV + 5) < 0.2 && Math.abs(done.toKeV - energyKeV - 6) < 0.2);
  assert.ok(display?.kind === "spectrum");
  const own = display.regions.find(({ fromKeV, toKeV }) => fromKeV < energyKeV && toKeV > energyKeV)!;
  assert.ok(own.byHand && Math.abs(own.fromKeV - done.fromKeV) < 0.4 && Math.abs(own.toKeV - done.toKeV) < 0.4);
  assert.ok(own.reducedDeviance > 0.4 && own.reducedDeviance < 2.5, `${own.reducedDeviance}`);
  await drag(energyKeV - 1, energyKeV + 1);
  await page.getByRole("alert").waitFor();
  assert.match((await page.getByRole("alert").textContent())!, /too few channels/);
  assert.equal((await client.sample(filterKey)).edits.length, 5);
});

async function proposeAndRelease(level: string): Promise<void> {
  await page.fill("input[name=analyst]", "Ana");
  await page.selectOption("select[name=level]", level);
  await page.fill("input[name=reason]", "seen by eye");
  await page.getByRole("button", { name: "Propose RRR" }).click();
  await page.getByText(`RRR 1, level ${level}`).waitFor();
  await page.getByRole("button", { name: "Release" }).click();
  await page.getByText(/Ana proposed this report/).waitFor();
  await page.fill("input[name=analyst]", "Bo");
  await page.getByRole("button", { name: "Release" }).click();
  await page.getByText("released by Bo").waitFor();
}

test("the reviewed report is proposed by one and released by another, and its message has the analyst's peaks", async () => {
  await proposeAndRelease("4");
  const { draft, reviewed } = await client.sample(filterKey);
  assert.deepEqual(reviewed!.peaks, draft!.peaks);
  const message = await (await fetch(client.sampleUrl(filterKey, "RRR"))).bytes();
  const [report] = decodeSampleReports(message).items;
  assert.deepEqual([report!.product, report!.level, report!.review!.analyst], ["RRR", "4", "Ana"]);
  const written = report!.peaks.find((peak) => Math.abs(peak.energyKeV - caesiumPeak(draft)!.energyKeV) < 0.1)!;
  assert.ok(Math.abs(written.areaCounts - caesiumPeak(draft)!.areaCounts) < 1);
});

test("noble gas: a region is drawn, counts are written, one of them is undone, and the report is released", async () => {
  await page.locator(`[data-sample-key="${gasKey}"]`).click();
  await page.getByRole("img", { name: /Coincidence histogram/ }).waitFor();
  await page.fill("input[name=analyst]", "Ana");
  const { display, automatic } = await client.sample(gasKey);
  assert.ok(display?.kind === "histogram");
  const { gammaChannels, betaChannels, counts } = display;
  const box = (await page.locator("canvas.spectrum").boundingBox())!;
  const at = (beta: number, gamma: number) =>
    [
      box.x + HISTOGRAM_LEFT_PX + ((beta + 0.5) / betaChannels) * (box.width - HISTOGRAM_LEFT_PX),
      box.y + (1 - (gamma + 0.5) / gammaChannels) * (box.height - HISTOGRAM_BOTTOM_PX),
    ] as const;
  const limits = display.regions.find(({ region }) => region === 3)!;
  await page.selectOption("select[name=region]", "3");
  await page.mouse.move(...at(limits.betaFrom + 1, limits.gammaFrom));
  await page.mouse.down();
  await page.mouse.move(...at(limits.betaFrom, limits.gammaFrom), { steps: 3 });
  await page.mouse.up();
  const first = await edited(gasKey, 1);
  const gross = (report: Report, wanted: number) => report!.regions.find(({ region }) => region === wanted)!.gross;
  const row = limits.gammaFrom * betaChannels + limits.betaFrom;
  assert.equal(gross(first.draft, 3), counts[row]! + counts[row + 1]!);
  await page.fill("input[name=counts]", "5000");
  await page.getByRole("button", { name: "set" }).click();
  const second = await edited(gasKey, 2);
  assert.equal(gross(second.draft, 3), 5000);
  assert.ok(nuclideOf(second.draft, "Xe-133")!.activityBq! > nuclideOf(automatic, "Xe-133")!.activityBq!);
  await page.getByRole("button", { name: "undo" }).click();
  const third = await edited(gasKey, 3);
  assert.deepEqual(third.draft!.nuclides, first.draft!.nuclides);
  const { activityBq, activityErrorBq } = nuclideOf(automatic, "Xe-133")!;
  assert.ok(Math.abs(activityBq! - XENON_BQ) < 3 * activityErrorBq!, `${activityBq} +- ${activityErrorBq} Bq`);
  await proposeAndRelease("B");
  const { reviewed } = await client.sample(gasKey);
  assert.deepEqual(reviewed!.regions, first.draft!.regions);
  assert.deepEqual(errors, []);
});
