/** The built page in a browser, against a made-up centre: what an analyst does first, by keyboard. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { makeCentre } from "./testData.ts";
import { type BuiltPages, buildPages, openBrowser } from "./testPages.ts";
import { startTestServer, type TestServer } from "./testServer.ts";

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
  await page.waitForSelector("[data-event-key]");
});

after(async () => {
  await browser?.close();
  await server?.close();
  pages?.remove();
});

/** Pixels of the waveform canvas as dark as a trace. */
function darkPixels(): Promise<number> {
  return page.evaluate(`(() => {
    const canvas = document.querySelector("canvas.traces");
    const { data } = canvas.getContext("2d").getImageData(120, 24, canvas.width - 120, canvas.height - 24);
    let dark = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] < 90 && data[i + 1] < 100 && data[i + 2] < 110) dark++;
    return dark;
  })()`) as Promise<number>;
}

async function untilTraces(): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    if ((await page.locator("canvas.traces").count()) > 0 && (await darkPixels()) > 2000) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`only ${await darkPixels()} dark pixels`);
}

const queryOf = (path: string): Record<string, string> =>
  Object.fromEntries(new URL(path, "http://localhost").searchParams);
const text = async (selector: string) => (await page.locator(selector).textContent()) ?? "";
const traceCount = () =>
  page
    .locator("canvas.traces")
    .getAttribute("aria-label")
    .then((label) => Number(label!.match(/\d+/)![0]));
const selected = () => page.locator("tr[aria-selected=true]").getAttribute("data-event-key");

describe("the page", () => {
  test("lists the events, the first selected, and the state of the centre", async () => {
    assert.equal(await page.locator("[data-event-key]").count(), centre.details.length);
    assert.equal(await selected(), centre.details[0]!.key);
    assert.match(await text(".top-bar"), /Processing.*68 %, 28 s left, 2\.4 station hours\/s/s);
  });

  test("every number of the list has room, at the smallest size of the page too", async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    const cutCells = () =>
      page.evaluate(`[...document.querySelectorAll(".event-list td.number, .event-list td.time, .event-list th")]
      .filter((cell) => cell.scrollWidth > cell.clientWidth || (cell.firstElementChild?.scrollWidth ?? 0) > cell.clientWidth)
      .map((cell) => cell.textContent)`) as Promise<string[]>;
    // The panels take their new sizes with the next frame.
    for (let attempt = 0; attempt < 40 && (await cutCells()).length > 0; attempt++) await page.waitForTimeout(50);
    assert.deepEqual(await cutCells(), []);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test("an event chosen by key draws its traces and says its picks", async () => {
    await page.keyboard.press("j");
    assert.equal(await selected(), centre.details[1]!.key);
    assert.equal(new URL(page.url()).hash, `#${centre.details[1]!.key}`);
    await untilTraces();
    const expected = centre.details[1]!.origins[0]!.associations;
    const picks = await page.locator("ul[aria-label=Picks] li").allTextContents();
    assert.equal(picks.length, expected.length);
    assert.ok(picks.some((text) => text.startsWith(`${expected[0]!.station} ${expected[0]!.phase} `)));
  });

  test("another filter asks for other tiles", async () => {
    await page.locator("[data-filter='bp:2-8']").click();
    await page.waitForTimeout(500);
    assert.ok(
      server.requests.some((path) => path.includes("waveforms") && path.includes(encodeURIComponent("bp:2-8"))),
    );
    await untilTraces();
    await page.keyboard.press("f");
    assert.equal(await page.locator("[data-filter='none']").getAttribute("aria-pressed"), "true");
    await page.keyboard.press("Shift+F");
  });

  test("sorting, stations, alignment and the truth by keyboard and click", async () => {
    await page.locator("th button", { hasText: "mb" }).click();
    const first = centre.details.toSorted((a, b) => a.magnitudes[0]!.value - b.magnitudes[0]!.value)[0]!;
    assert.equal(await page.locator("[data-event-key]").first().getAttribute("data-event-key"), first.key);
    await page.locator("canvas.traces").click();
    const before = await traceCount();
    await page.keyboard.press("s");
    assert.ok((await traceCount()) > before);
    await page.keyboard.press("p");
    await page.keyboard.press("p");
    assert.equal(await page.locator("button", { hasText: /^origin$/ }).getAttribute("aria-pressed"), "true");
    await untilTraces();
    await page.keyboard.press("t");
    assert.match(await text(".side"), /Missed \(4\)/);
  });

  test("the key sheet opens and closes", async () => {
    await page.keyboard.press("?");
    assert.equal(await page.locator("dialog[open]").count(), 1);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("dialog[open]").count(), 0);
  });

  test("a new event announced by the stream appears", async () => {
    const last = centre.details.at(-1)!;
    const fresh = { ...last, key: "SEL1-new", time: last.time + 60 };
    centre.details.push(fresh);
    const { key, time, latitudeDeg, longitudeDeg, depthKm } = fresh;
    server.send({ type: "event", list: "SEL1", change: "new", key, time, latitudeDeg, longitudeDeg, depthKm });
    await page.waitForSelector("[data-event-key=SEL1-new]", { timeout: 3000 });
  });

  test("the wheel zooms the traces; a place on the map says what it is", async () => {
    const asked = server.requests.length;
    await page.locator("canvas.traces").hover({ position: { x: 500, y: 100 } });
    await page.mouse.wheel(0, -900);
    await page.waitForTimeout(400);
    assert.ok(server.requests.slice(asked).some((path) => path.includes("waveforms")));
    const box = (await page.locator(".map canvas").boundingBox())!;
    await page.locator("button", { hasText: "around event" }).click();
    await page.keyboard.press("End");
    await page.waitForTimeout(400);
    await page.keyboard.press("Home");
    const first = await selected();
    await page.waitForTimeout(400);
    // The selected event stands in the middle; what is beside it is a station, a hidden event or an event, and says so.
    await page.mouse.move(box.x + box.width / 2 + 1, box.y + box.height / 2);
    assert.match(await text(".map-legend"), /20\d\d-/);
    await page.mouse.click(box.x + box.width / 2 + 1, box.y + box.height / 2);
    assert.equal(await selected(), first);
  });

  test("f-k: the event's next array by key, another band, a steered beam, a moved window", async () => {
    const asked = () => server.requests.filter((path) => path.startsWith("/api/v1/slowness")).map(queryOf);
    await page.keyboard.press("n");
    await page.waitForSelector("canvas.slowness-plane");
    assert.match(
      await text(".side"),
      /45\.0° ± 2\.0, 7\.07 s\/° ± 0\.30, 15\.7 km\/s.*F 72\.0, semblance 0\.90, 4 elements/s,
    );
    const [first] = asked();
    const picks = centre.details.flatMap(({ origins }) => origins[0]!.associations);
    assert.ok(
      picks.some(({ station, arrival }) => station === first!["station"] && arrival?.time === Number(first!["time"])),
    );
    assert.equal(centre.stations.find(({ code }) => code === first!["station"])!.kind, "array");

    await page.locator(".slowness-settings input").first().fill("2");
    await page.locator(".slowness-settings input").first().press("Enter");
    await untilAsked(({ low }) => low === "2");
    await page.locator("canvas.slowness-plane").click({ position: { x: 40, y: 160 } });
    await untilAsked(({ north, east }) => Math.abs(Number(north)) < 15 && Number(east) < -20);
    await page.locator("canvas.slowness-strip").click({ position: { x: 300, y: 20 } });
    await untilAsked(({ time }) => Number(time) > Number(first!["time"]) + 5);
    await page.locator("canvas.traces").hover({ position: { x: 500, y: 100 } });
    await page.keyboard.press("n");
    await untilAsked(({ station, north }) => station !== first!["station"] && north === undefined);

    async function untilAsked(is: (query: Record<string, string>) => boolean): Promise<void> {
      for (let attempt = 0; attempt < 60; attempt++) {
        if (is(asked().at(-1)!)) return;
        await page.waitForTimeout(50);
      }
      assert.fail(JSON.stringify(asked().at(-1)));
    }
  });

  test("nothing went wrong on the way", () => {
    assert.deepEqual(errors, []);
  });

  test("a centre that stopped is named, and what was loaded stays", async () => {
    await server.close();
    await page.waitForSelector(".connection.lost", { timeout: 5000 });
    assert.ok((await page.locator("[data-event-key]").count()) > 0);
    await page.keyboard.press("j");
    await page.waitForSelector("text=The centre does not answer", { timeout: 3000 });
  });
});
