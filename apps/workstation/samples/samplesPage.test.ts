/** The built page of samples in a browser, against a made-up centre: a particulate and a noble-gas sample from the list to the released report. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type BuiltPages, buildPages, openBrowser } from "../testPages.ts";
import { startSamplesServer } from "./testServer.ts";

let pages: BuiltPages;
let browser: Browser;
let server: Awaited<ReturnType<typeof startSamplesServer>>;
let page: Page;
const errors: string[] = [];

before(async () => {
  pages = buildPages();
  server = await startSamplesServer(pages.folder);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${server.url}/samples.html`);
  await page.waitForSelector("canvas.spectrum");
});

after(async () => {
  await browser?.close();
  await server?.close();
  pages?.remove();
});

const text = async (selector: string) => (await page.locator(selector).textContent()) ?? "";
/** Pixels of the canvas that are neither paper nor grid. */
const inked = () =>
  page.evaluate(`(() => {
    const canvas = document.querySelector("canvas.spectrum");
    const { data } = canvas.getContext("2d").getImageData(60, 0, canvas.width - 60, canvas.height);
    let n = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] < 120) n++;
    return n;
  })()`) as Promise<number>;

/** What the page draws comes a moment after what it was told. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await condition()) return;
    await page.waitForTimeout(50);
  }
  assert.fail("it did not come");
}

test("the list, the first sample open, its level with the reason, its spectrum drawn", async () => {
  assert.equal(await page.locator("[data-sample-key]").count(), 2);
  assert.match(await text(".side"), /XXP01.*4.*Cs-137 above its bounds/s);
  assert.match((await page.locator("canvas.spectrum").getAttribute("aria-label")) ?? "", /2 peaks/);
  assert.ok((await inked()) > 500);
  assert.equal(await page.locator("[data-peak]").count(), 2);
});

test("wheel and keys zoom; a peak of the table is shown close; logarithmic and linear", async () => {
  await page.mouse.move(700, 250);
  await page.mouse.wheel(0, -500);
  await page.mouse.move(5, 5);
  await until(async () => !/ to 2048 keV/.test(await text(".spectrum-bar output")));
  await page.locator('[data-peak="661.7"]').click();
  await until(async () => /^622 to 702 keV/.test(await text(".spectrum-bar output")));
  const before = await inked();
  await page.locator(".spectrum-bar button").first().click();
  await until(async () => (await inked()) !== before);
  await page.keyboard.press("0");
  await until(async () => /^1 to 2048 keV/.test(await text(".spectrum-bar output")));
});

test("a nuclide shows its lines and its history", async () => {
  await page.locator('[data-nuclide="Cs-137"]').click();
  assert.match(await text(".legend"), /Cs-137: heights by its activity/);
  await page.waitForSelector(".series circle");
  assert.deepEqual(
    [await page.locator(".series .found").count(), await page.locator(".series .limit").count()],
    [2, 1],
  );
  // Both limits of all three samples, LC below MDC.
  const heights = (limit: string) =>
    page
      .locator(`.series .${limit}`)
      .getAttribute("points")
      .then((points) => points!.split(" ").map((point) => Number(point.split(",")[1])));
  const [lc, mdc] = [await heights("criticalLevel"), await heights("mdc")];
  assert.ok(lc.length === 3 && mdc.length === 3 && lc.every((y, i) => y > mdc[i]! + 10), `${lc} ${mdc}`);
});

test("particulate: proposed by one, not released by the same, released by another", async () => {
  await page.locator("input[name=analyst]").fill("Ana");
  await page.locator("select[name=level]").selectOption("3");
  await page.locator("input[name=reason]").fill("within the year's range");
  await page.getByRole("button", { name: "Propose RRR" }).click();
  await page.getByText("RRR 1, level 3").waitFor();
  await until(async () => /43 proposed/.test(await text("tr[aria-selected=true][data-sample-key]")));
  await page.getByRole("button", { name: "Release" }).click();
  await page.getByRole("alert").waitFor();
  assert.match(await text("[role=alert]"), /Ana proposed this report/);
  await page.locator("input[name=analyst]").fill("Bo");
  await page.getByRole("button", { name: "Release" }).click();
  await page.getByText("released by Bo").waitFor();
  assert.ok(await page.getByRole("button", { name: "Release" }).isDisabled());
});

test("noble gas: the histogram with its regions, and a whole review by keyboard to the sample", async () => {
  await page.evaluate("document.activeElement.blur()");
  await page.keyboard.press("j");
  await page.getByRole("img", { name: "Coincidence histogram with 1 regions" }).waitFor();
  assert.ok((await inked()) > 500);
  await page.getByRole("img", { name: "1 samples in the plane of Xe-133m/Xe-133 and Xe-133m/Xe-131m" }).waitFor();
  // 0.2 at 0.5 lies above 0.02 x 0.5^0.7 = 0.012: higher in the picture than the line there.
  const higher = await page.evaluate(`(() => {
    const [line, dot] = ["line.discrimination", "circle"].map((one) => document.querySelector(".ratios " + one));
    const at = (name) => Number(line.getAttribute(name));
    const share = (Number(dot.getAttribute("cx")) - at("x1")) / (at("x2") - at("x1"));
    return at("y1") + share * (at("y2") - at("y1")) - Number(dot.getAttribute("cy"));
  })()`);
  assert.ok((higher as number) > 20, `${higher}`);
  await page.locator("select[name=plane]").selectOption("1");
  await page.getByText("too few isotopes were found").waitFor();
  await page.locator("input[name=analyst]").fill("Ana");
  await page.locator("select[name=level]").selectOption("C");
  await page.getByRole("button", { name: "Propose RRR" }).click();
  await page.getByText("RRR 1, level C").waitFor();
  await page.locator("input[name=analyst]").fill("Bo");
  await page.getByRole("button", { name: "Release" }).click();
  await page.getByText("released by Bo").waitFor();
});

test("nothing was refused by the page's own policy, and no error was written", () => {
  // The refused release answers 409, which the browser writes down.
  assert.deepEqual(
    errors.filter((error) => !/status of 409/.test(error)),
    [],
  );
});
