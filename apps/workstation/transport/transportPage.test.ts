/** The built page of transport in a browser, against a made-up centre whose source is known: every product, time, cell, events and files. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type BuiltPages, buildPages, openBrowser } from "../testPages.ts";
import { startTransportServer } from "./testServer.ts";

let pages: BuiltPages;
let browser: Browser;
let server: Awaited<ReturnType<typeof startTransportServer>>;
let page: Page;
const errors: string[] = [];

before(async () => {
  pages = buildPages();
  server = await startTransportServer(pages.folder);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${server.url}/transport.html#AAX02.2013040800`);
  await page.waitForSelector("tr[data-field-key]");
});

after(async () => {
  await browser?.close();
  await server?.close();
  pages?.remove();
});

const text = async (selector: string) => (await page.locator(selector).first().textContent()) ?? "";
const mapTitle = async () => (await page.locator("canvas.field").getAttribute("aria-label")) ?? "";
const chosen = () => page.locator("tr[data-field-key][aria-selected=true]").count();

/** What the page shows comes a moment after what it was told. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await condition()) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`it did not come: ${await mapTitle()}; ${await text(".side")}`);
}

/** Pixels of the map in about a colour: the darkest shades of the scales over land and sea. */
const dark = (shade: readonly number[]) =>
  page.evaluate(`(() => {
    const canvas = document.querySelector("canvas.field");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height - 60);
    const [r, g, b] = ${JSON.stringify(shade)};
    let n = 0;
    for (let i = 0; i < data.length; i += 4)
if (Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 60) n++;
    return n;
  })()`) as Promise<number>;
const RED = [158, 30, 30] as const;
const BLUE = [40, 60, 118] as const;

test("the address names a sample: its fields by both models are chosen and drawn; a file that was refused is named", async () => {
  assert.equal(await page.locator("tr[data-field-key]").count(), 12);
  await until(async () => /Field of regard of 2 fields/.test(await mapTitle()));
  assert.equal(await chosen(), 2);
  assert.ok((await dark(RED)) > 50);
  assert.match(await text(".refused"), /cut\.srs is left out: line 9/);
});

test("one field by a click; the time step by step and played; all times again", async () => {
  await page.locator("tr[data-field-key='AAX01.2013040900.AAAA'] td").nth(1).click();
  await until(async () => /Field of regard, AAX01 by AAAA/.test(await mapTitle()));
  assert.match(page.url(), /#AAX01\.2013040900\.AAAA$/);
  assert.equal(await chosen(), 1);
  await page.evaluate("document.activeElement.blur()");
  await page.keyboard.press("ArrowRight");
  const first = await text(".time-bar output");
  await page.keyboard.press("ArrowRight");
  await until(async () => (await text(".time-bar output")) !== first);
  const before = await text(".time-bar output");
  await page.keyboard.press("p");
  await until(async () => (await text(".time-bar output")) !== before);
  await page.keyboard.press("p");
  await page.keyboard.press("a");
  await until(async () => /2013-04-06 00:00 – 2013-04-09 00:00/.test(await text(".time-bar output")));
});

test("source region of all samples: the largest correlation is at the source, with the release and the time; Spearman", async () => {
  await page.getByRole("button", { name: "AAAA" }).click();
  await page.getByRole("button", { name: "Source region" }).click();
  await until(async () => /Possible source region, Pearson, 6 samples/.test(await mapTitle()));
  await page.getByRole("button", { name: "41.50 N 129.50 E" }).click();
  await until(async () => /^1 correlation/.test(await text(".cell-value")));
  assert.match(await text(".side"), /release from 2013-04-06 00:00: 2\.00e\+12 Bq/);
  assert.equal(await page.locator(".series rect.bar").count(), 1);
  assert.match(await text(".shares"), /AAX01.*7\.00e-15.*14/);
  assert.ok((await dark(BLUE)) > 50);
  await page.selectOption("select[name=correlation]", "spearman");
  await until(async () => /Spearman/.test(await mapTitle()));
});

test("a concentration that is typed takes the place of the centre's, and empties back to it", async () => {
  const input = page.getByLabel("Measured at AAX01").first();
  const held = await input.inputValue();
  await input.fill("0");
  await input.press("Enter");
  await until(async () => !/^1 correlation/.test(await text(".cell-value")));
  await input.fill("");
  await input.press("Enter");
  await until(async () => (await input.inputValue()) === held && /^1 correlation/.test(await text(".cell-value")));
});

test("models: of one model a sentence says what is missing; of both the share that agrees", async () => {
  await page.getByRole("button", { name: "Models", exact: true }).click();
  await page.getByText("Agreement needs the fields of two models").waitFor();
  await page.getByRole("button", { name: "every model" }).click();
  await until(async () => /Share of 2 models \(AAAA, BBBB\)/.test(await mapTitle()));
  await until(async () => /^1 of models/.test(await text(".cell-value")));
  await page.getByRole("button", { name: "Overlap" }).click();
  await until(async () => /^8 samples/.test(await text(".cell-value")));
});

test("waveform events in the air of samples: the one at the source, not the one after it nor the one elsewhere", async () => {
  assert.deepEqual(
    await page.locator("tr[data-event]").evaluateAll((rows) => rows.map((row) => row.dataset["event"])),
    ["at-source"],
  );
  assert.match(await text("tr[data-event]"), /NORTH KOREA.*4\.9.*8/);
  assert.equal(await page.locator("tr[data-event] a").getAttribute("href"), "./#at-source");
});

test("files: the map as PNG and KML, a field as SRS", async () => {
  const saved = async (click: () => Promise<void>) => {
    const [download] = await Promise.all([page.waitForEvent("download"), click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const png = await saved(() => page.getByRole("button", { name: "PNG" }).click());
  assert.equal(png.name, "6-samples.overlap.png");
  assert.deepEqual([...png.bytes.subarray(1, 4)], [...Buffer.from("PNG")]);
  const kml = await saved(() => page.getByRole("button", { name: "KML" }).click());
  assert.match(kml.bytes.toString(), /<name>8\.00 samples<\/name>.*129\.0000,41\.0000/);
  await page.locator("tr[data-field-key='AAX01.2013040900.AAAA'] td").nth(1).click();
  await page.getByRole("button", { name: "Regard" }).click();
  const srs = await saved(() => page.getByRole("link", { name: "SRS" }).click());
  assert.match(srs.bytes.toString(), /^36\.30 139\.10 20130408 00 20130409 00 .*"AAX01"/);
});

test("decay: a nuclide takes its own concentrations and lets the field decay", async () => {
  await page.getByRole("button", { name: "AAAA" }).click();
  await page.getByRole("button", { name: "Source region" }).click();
  await page.selectOption("select[name=correlation]", "pearson");
  await page.selectOption("select[name=nuclide]", "Xe-133");
  // Half of the table's concentrations; after 45 and 69 h of decay, 5.25 d to the half, 0.781 and 0.684 of the sensitivity are left.
  await until(async () => {
    const released = Number(/: ([\d.e+]+) Bq/.exec(await text(".side"))?.[1]);
    return released > 1.28e12 && released < 1.463e12;
  });
});

test("a backward run is launched, stopped, resumed, and its field comes onto the map by itself", async () => {
  await page.locator("input[name=station]").fill("RUP60");
  assert.match(await page.locator("input[name=lat]").inputValue(), /^5[23]/);
  await page.getByRole("button", { name: "Start" }).click();
  const run = page.locator("[data-run='AAX03.2013040900.AAAA']");
  await run.getByText("left").waitFor();
  await run.getByRole("button", { name: "stop" }).click();
  await page.locator("[data-run][data-state=stopped]").waitFor();
  await run.getByRole("button", { name: "resume" }).click();
  await page.locator("[data-run][data-state=finished]").waitFor();
  await page.getByRole("button", { name: "Regard" }).click();
  await until(async () => /Field of regard, AAX03 by AAAA/.test(await mapTitle()));
});

test("a forward run from the cell becomes a plume: its steps, its stations, its files; a field takes its place again", async () => {
  await page.selectOption("select[name=direction]", "forward");
  await page.getByRole("button", { name: "at the cell" }).click();
  assert.equal(await page.locator("input[name=lat]").inputValue(), "41.50");
  await page.locator("input[name=days]").fill("99");
  assert.ok(await page.getByRole("button", { name: "Start" }).isDisabled());
  await page.locator("input[name=days]").fill("3");
  await page.getByRole("button", { name: "Start" }).click();
  await until(async () => /Mean concentration of the release/.test(await mapTitle()));
  // A third of the 8 Bq/m^3 of the first of three steps.
  await until(async () => /^2\.67 Bq/.test(await text(".cell-value")));
  assert.match(await text(".passages"), /JPP38.*04-06 06:00.*3/);
  await page.getByRole("button", { name: "JPP38" }).click();
  await until(async () => /^1 Bq/.test(await text(".cell-value")));
  await page.locator("tr[data-field-key='AAX01.2013040900.AAAA'] td").nth(1).click();
  await until(async () => /Field of regard, AAX01/.test(await mapTitle()));
});

test("a centre without a folder of fields says how to give one", async () => {
  const bare = await startTransportServer(pages.folder, { watched: false });
  const other = await browser.newPage();
  await other.goto(`${bare.url}/transport.html`);
  await other.getByText("--fields FOLDER").waitFor();
  await other.close();
  await bare.close();
});

test("nothing was refused by the page's own policy, and no error was written", () => {
  assert.deepEqual(errors, []);
});
