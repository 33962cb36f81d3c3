/** The built page of radionuclide quality in a browser, against a made-up centre: charts, laboratories, statistics. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type BuiltPages, buildPages, openBrowser } from "../testPages.ts";
import { readResults } from "./results.ts";
import { startQualityServer } from "./testServer.ts";

let pages: BuiltPages;
let browser: Browser;
let server: Awaited<ReturnType<typeof startQualityServer>>;
let page: Page;
const errors: string[] = [];

before(async () => {
  pages = buildPages();
  server = await startQualityServer(pages.folder);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${server.url}/quality.html`);
  await page.waitForSelector(".control-chart");
});

after(async () => {
  await browser?.close();
  await server?.close();
  pages?.remove();
});

test("control charts: the one with a broken rule first, its value above the limit, the way to the measurement", async () => {
  const names = await page
    .locator("[data-chart]")
    .evaluateAll((all) => all.map((one) => one.getAttribute("data-chart")));
  assert.deepEqual(names, ["QCPHD Cs-137 661.7 keV: energy", "QCPHD dead time"]);
  const first = page.locator("[data-chart]").first();
  assert.equal(
    await first.getByRole("img").getAttribute("aria-label"),
    "Cs-137 661.7 keV: energy: 10 values, 1 break a rule",
  );
  const height = async (selector: string, name: string) =>
    Number(await first.locator(selector).first().getAttribute(name));
  assert.ok((await height("circle.alarm", "cy")) < (await height("line.limit >> nth=1", "y1")) - 5);
  assert.match((await first.locator("a:has(circle.alarm) title").textContent()) ?? "", /661\.95\d* keV, beyond 3 sd/);
  assert.equal(await first.locator("a").last().getAttribute("href"), "samples.html#QC9");
  assert.match((await page.locator("[data-chart]").last().textContent()) ?? "", /too few values for limits/);
  await page.locator("select[name=station]").selectOption("XXX02");
  await page.getByText("XXX02_001").first().waitFor();
  assert.equal(new URL(page.url()).hash, "#charts/XXX02");
});

test("laboratories: a report without a request is refused; asked, answered, compared by zeta", async () => {
  await page.getByRole("tab", { name: "Laboratories" }).click();
  const answer = page.getByRole("form", { name: "Take a laboratory's report" });
  await answer.locator("input[name=analyst]").fill("Ana");
  await answer.locator("textarea").fill("BEGIN IMS2.0");
  await answer.getByRole("button").click();
  await page.getByRole("alert").waitFor();
  assert.match((await page.getByRole("alert").textContent()) ?? "", /Nobody asked for it/);
  const order = page.getByRole("form", { name: "Ask a laboratory" });
  await order.locator("input[name=laboratory]").fill("ATL03");
  await order.locator("input[name=purpose]").fill("level 5");
  await order.getByRole("button").click();
  await page.locator('[data-request="ATL03.filter"]').waitFor();
  await answer.getByRole("button").click();
  const row = page.locator('[data-zeta="Cs-137"]');
  await row.waitFor();
  assert.match((await row.textContent()) ?? "", /0\.281.*0\.35.*\+3\.30unsatisfactory/);
});

test("a proficiency test: results line by line, scores and history", async () => {
  const form = page.getByRole("form", { name: "Enter a proficiency test" });
  await form.locator("input[name=exercise]").fill("PTE 2025");
  await form.locator("input[name=laboratory]").fill("ATL03");
  await form.locator("textarea").fill("Cs-137 10 0.2 10.4");
  await form.getByRole("button").click();
  await page.getByText("line 1: a nuclide and four numbers are wanted").waitFor();
  await form.locator("textarea").fill("Cs-137 10 0.2 10.4 0.3\nCo-60 - - 1 0.1");
  await form.getByRole("button").click();
  const record = page.locator('[data-laboratory="ATL03"]');
  await record.waitFor();
  const text = (await record.textContent()) ?? "";
  assert.match(text, /1 exercises: complete 100 %.*spread of zeta 1\.10/);
  assert.match(text, /Cs-1374\.0 %\+1\.11\+0\.55satisfactory/);
  assert.match(text, /Co-60not in the sample/);
  assert.equal(await record.getByRole("img", { name: "zeta of ATL03: 1 results" }).count(), 1);
});

test("statistics: nuclides of the year, levels, what review confirmed, timeliness", async () => {
  await page.getByRole("tab", { name: "Statistics" }).click();
  await page.locator('[data-relevant="Cs-137"]').waitFor();
  assert.equal(await page.locator("[data-relevant]").count(), 2);
  const text = (await page.locator("main").textContent()) ?? "";
  assert.match(text, /75 % of 4 automatic levels were confirmed/);
  assert.match(text, /Half of 4 within 30\.0 h/);
  assert.match(text, /within 48 h100 %/);
});

test("nothing was refused by the page's own policy, and no error was written", () => {
  // The refused report answers 422, which the browser writes down.
  assert.deepEqual(
    errors.filter((error) => !/status of 422/.test(error)),
    [],
  );
});

test("results as written: numbers by column, dashes for nothing, and what is wrong with a line", () => {
  assert.deepEqual(readResults("Cs-137 10 0.2 10.4 0.3\n\nCo-60, -, -, 1, 0.1\nI-131 3 0.1 - -"), {
    reference: [
      { nuclide: "Cs-137", activityBq: 10, errorBq: 0.2 },
      { nuclide: "I-131", activityBq: 3, errorBq: 0.1 },
    ],
    reported: [
      { nuclide: "Cs-137", activityBq: 10.4, errorBq: 0.3 },
      { nuclide: "Co-60", activityBq: 1, errorBq: 0.1 },
    ],
  });
  assert.equal(readResults("Cs-137 10 0.2 x 0.3"), "line 1: x 0.3 is no activity with its uncertainty");
  assert.equal(readResults("Cs-137 1 1 1 1\nCs-137 1 1 1 1"), "line 2: Cs-137 stands twice");
  assert.equal(readResults(""), "no reference value is given");
});
