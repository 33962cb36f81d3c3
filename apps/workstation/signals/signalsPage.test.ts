/** The waveform tools in a browser: measuring window and what is computed of it, zoom that comes back to the pixel, scales, alignments. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { makeCentre } from "../testData.ts";
import { type BuiltPages, buildPages, openBrowser } from "../testPages.ts";
import { startTestServer, type TestServer } from "../testServer.ts";

let pages: BuiltPages;
const centre = makeCentre();
let browser: Browser;
let server: TestServer;
let page: Page;
const errors: string[] = [];

before(async () => {
  pages = buildPages();
  server = await startTestServer(centre, { pages: pages.folder, stream: true });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(server.url);
  await settled();
});
after(async () => {
  await browser?.close();
  await server?.close();
  pages?.remove();
});

/** Every tile of the view has come. */
async function settled(): Promise<void> {
  await page.locator("canvas.traces").waitFor();
  await page.mouse.move(5, 5);
  await page.getByText(/^\d+ traces$/).waitFor();
}

async function pixels(): Promise<string> {
  await settled();
  const url = (await page.evaluate(`document.querySelector("canvas.traces").toDataURL()`)) as string;
  return createHash("sha256").update(url).digest("hex");
}

/** Pulls the pointer along a trace, px from the canvas's left edge. */
async function pull(from: number, to: number, y: number, key: "Shift" | "Control"): Promise<void> {
  const box = (await page.locator("canvas.traces").boundingBox())!;
  await page.mouse.move(box.x + from, box.y + y);
  await page.keyboard.down(key);
  await page.mouse.down();
  await page.mouse.move(box.x + to, box.y + y, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up(key);
}

const side = async () => ((await page.locator(".side").textContent()) ?? "").replace(/\s+/g, " ");
async function says(words: RegExp): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (words.test(await side())) break;
    await page.waitForTimeout(50);
  }
  const text = await side();
  assert.match(text, words);
  return text;
}

test("nothing chosen: the panel says how to draw a window", async () => {
  await page.keyboard.press("i");
  await says(/Draw a window over a trace with Shift/);
});

test("a window over the first P: its spectrum has the wave's frequency, its motion the direction it was made with", async () => {
  // Traces are aligned by P at a quarter of the axis from -30 to 90 s; the wave is the same on Z, N and E, unfiltered of 0.9 Hz.
  const { width } = (await page.locator("canvas.traces").boundingBox())!;
  const x = (sec: number) => 108 + ((sec + 30) / 120) * (width - 108);
  await pull(x(-1), x(19), 40, "Shift");
  const text = await says(/Back-azimuth \d+°/);
  assert.match(text, /\+ (19\.9|20\.\d)\d s/);
  const peak = Number(/peak ([\d.]+) Hz/.exec(text)![1]);
  assert.ok(Math.abs(peak - 0.9) < 0.15, text);
  const azimuth = Number(/Back-azimuth (\d+)°/.exec(text)![1]);
  assert.ok(Math.abs(azimuth - 225) < 8, text);
  assert.equal(await page.locator(".signal-box canvas").count(), 4);
  const asked = server.requests.filter((path) => path.includes("samples=1"));
  assert.equal(asked.length, 4, "one trace for the spectra, three components for the motion");
  await page.keyboard.press("Escape");
  await says(/Draw a window/);
});

test("zooming in any number of steps and back gives the same picture to the pixel", async () => {
  const before = await pixels();
  await pull(400, 700, 60, "Control");
  const once = await pixels();
  await page.keyboard.press("w");
  await page.keyboard.press("w");
  await pull(300, 420, 60, "Control");
  assert.notEqual(await pixels(), once);
  for (let step = 0; step < 3; step++) await page.keyboard.press("x");
  assert.equal(await pixels(), once);
  await page.keyboard.press("x");
  assert.equal(await pixels(), before);
});

test("one scale for all draws small traces small, the pointed trace's scale is taken, and all comes back", async () => {
  const before = await pixels();
  await page.keyboard.press("y");
  const alike = await pixels();
  assert.notEqual(alike, before);
  await page.keyboard.press("y");
  assert.equal(await pixels(), before);
  const box = (await page.locator("canvas.traces").boundingBox())!;
  await page.mouse.move(box.x + 500, box.y + 60);
  await page.keyboard.press("Control+Shift+Y");
  assert.notEqual(await pixels(), before);
  await page.keyboard.press("Alt+Shift+Y");
  assert.equal(await pixels(), before);
});

test("aligned by the clock every trace stands at the same time", async () => {
  for (const name of ["due", "origin", "time"]) {
    await page.keyboard.press("p");
    assert.equal(
      await page.locator("button", { hasText: new RegExp(`^${name}$`) }).getAttribute("aria-pressed"),
      "true",
    );
  }
  const box = (await page.locator("canvas.traces").boundingBox())!;
  const readouts: string[] = [];
  for (const y of [40, 80, 120]) {
    await page.mouse.move(box.x + 900, box.y + y);
    const text = (await page.locator(".readout").textContent()) ?? "";
    readouts.push(/\d\d:\d\d:\d\d\.\d/.exec(text)![0]);
  }
  assert.equal(new Set(readouts).size, 1, readouts.join());
  await page.keyboard.press("p");
});

test("nothing went wrong on the way", () => assert.deepEqual(errors, []));
