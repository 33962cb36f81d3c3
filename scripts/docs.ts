/**
 * `npm run docs`: makes the pictures and tables of the documentation with the program itself. Needs Debian's chromium for the screens.
 * `npm run docs -- accuracy` makes only what the simulated truth says of station processing: four minutes of one core.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCenter } from "@harken/center";
import { createEarthModel } from "@harken/earth";
import {
  demoWorldConfig,
  detectInNoise,
  measureSignals,
  NOISE_HOURS,
  noiseCampaigns,
  signalCampaigns,
  stationKinds,
} from "@harken/simulator";
import { dprkMapSvg, runDprkDemo } from "@harken/waveform";
import { chromium } from "playwright-core";
import { buildWorkstation, pagesFolder } from "../apps/cli/buildWorkstation.ts";
import { accuracyFigure } from "./figures/accuracy.ts";
import { accuracyTable, falseTable, withPart } from "./figures/accuracyTables.ts";
import { correlationFigure } from "./figures/correlation.ts";
import { fieldOfRegardFigure } from "./figures/fieldOfRegard.ts";
import { onsetFigure } from "./figures/onset.ts";
import { pmccFigure } from "./figures/pmcc.ts";
import { samplePictures } from "./figures/samplePictures.ts";
import { travelTimeFigure } from "./figures/travelTimes.ts";
import { ensureDebianPackages, root } from "./machine.ts";

const pictures = join(root, "docs/pictures");
const save = (name: string, content: string) => {
  writeFileSync(join(pictures, name), content);
  process.stdout.write(`docs/pictures/${name}\n`);
};

function saveAccuracy(): void {
  const page = join(root, "docs/station-processing.md");
  const signals = {
    "3c": measureSignals(signalCampaigns["3c"].whole),
    array: measureSignals(signalCampaigns.array.whole),
  };
  save("station-accuracy.svg", accuracyFigure(signals));
  const noise = stationKinds.flatMap(({ kind, name }) =>
    noiseCampaigns(kind, NOISE_HOURS.whole).map((campaign) => ({ ...campaign, name, found: detectInNoise(campaign) })),
  );
  let text = readFileSync(page, "utf8");
  for (const { kind, name } of stationKinds) text = withPart(text, `accuracy: ${name}`, accuracyTable(signals[kind]));
  writeFileSync(page, withPart(text, "false detections", falseTable(noise)));
  process.stdout.write("docs/station-processing.md\n");
}

saveAccuracy();
if (process.argv[2] === "accuracy") process.exit(0);
save("travel-times.svg", travelTimeFigure());
save("onset.svg", onsetFigure());
save("pmcc.svg", pmccFigure());
save("correlation.svg", correlationFigure());
save("field-of-regard.svg", await fieldOfRegardFigure());
save("dprk-map.svg", dprkMapSvg(runDprkDemo(createEarthModel("iasp91"))));

ensureDebianPackages();
await buildWorkstation();
const dataDir = mkdtempSync(join(tmpdir(), "harken-docs-"));
const center = await startCenter({
  dataDir,
  port: 0,
  host: "127.0.0.1",
  simulate: { ...demoWorldConfig, hours: 3 },
  earthModel: "ak135",
  workers: 2,
  pages: pagesFolder,
  log: (line) => process.stdout.write(`  ${line}\n`),
});
try {
  await center.whenCaughtUp;
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(center.url);
  const picture = async (name: string) => {
    // All tiles and predictions are there when the panel counts its traces.
    await page.waitForTimeout(1000);
    await page.getByText(/^\d+ traces$/).waitFor();
    await page.screenshot({ path: join(pictures, name) });
    process.stdout.write(`docs/pictures/${name}\n`);
  };
  // The first row of the event list is the picture's event: clicking it fills the traces and the detail.
  await page.locator("[data-event-key]").first().click();
  await page.waitForTimeout(3000);
  await picture("workstation.png");
  // Every station from the origin time on, the map around the event, and the comparison with the hidden truth.
  for (const key of ["p", "s", "m", "t"]) await page.keyboard.press(key);
  await page.locator("button", { hasText: "around event" }).click();
  await picture("workstation-truth.png");
  // An analyst at work in the first hour: an arrival taken out, a free detection chosen.
  const review = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await review.goto(center.url);
  await review.fill("#analyst", "Ana");
  await review.locator(".hour").first().click();
  await review.locator("button", { hasText: /^Open$/ }).click();
  await review.locator(".associations button[aria-label^=Take]").first().click();
  await review.locator(".history li", { hasText: "taken out" }).waitFor();
  await review.locator(".associations .link").nth(2).click();
  await review.waitForTimeout(1500);
  await review.getByText(/^\d+ traces$/).waitFor();
  await review.screenshot({ path: join(pictures, "review.png") });
  process.stdout.write("docs/pictures/review.png\n");
  await review.keyboard.press("n");
  await review.locator("canvas.slowness-strip").waitFor();
  await review.locator(".side").screenshot({ path: join(pictures, "slowness.png") });
  process.stdout.write("docs/pictures/slowness.png\n");
  // The signal of the first trace from a second before its P on.
  const traces = (await review.locator("canvas.traces").boundingBox())!;
  await review.keyboard.press("i");
  await review.mouse.move(traces.x + traces.width * 0.31, traces.y + 40);
  await review.keyboard.down("Shift");
  await review.mouse.down();
  await review.mouse.move(traces.x + traces.width * 0.42, traces.y + 40, { steps: 5 });
  await review.mouse.up();
  await review.keyboard.up("Shift");
  await review.locator("canvas[aria-label=Motion]").waitFor();
  await review.locator(".side").screenshot({ path: join(pictures, "signal.png") });
  process.stdout.write("docs/pictures/signal.png\n");
  // The timetable of all hours, alone on the page.
  await review.getByRole("tab", { name: "Timetable" }).click();
  await review.locator(".timetable button", { hasText: /^6$/ }).click();
  await review.locator(".timetable .cell-made").first().waitFor();
  await review.locator("[aria-label='This panel alone, or all again']").nth(1).click();
  await review.setViewportSize({ width: 1000, height: 300 });
  await review.waitForTimeout(500);
  await review.locator(".timetable").screenshot({ path: join(pictures, "timetable.png") });
  process.stdout.write("docs/pictures/timetable.png\n");
  await samplePictures(browser, center.url, pictures);
  await browser.close();
} finally {
  await center.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);
