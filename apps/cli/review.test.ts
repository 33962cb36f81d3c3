/**
 * A whole review in the browser, against a whole centre: two analysts, from the automatic list to the published REB, read back as IMS1.0. What the
 * page did is checked by the centre's own interface.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Client, createClient, type EventDetail } from "@harken/api";
import { type Center, startCenter } from "@harken/center";
import { azimuthDifference } from "@harken/core";
import { readFile } from "@harken/formats";
import { demoWorldConfig } from "@harken/simulator";
import { type Browser, chromium, type Page } from "playwright-core";
import { buildWorkstation, pagesFolder } from "./buildWorkstation.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-review-"));
const list = "LEB";
const GUTTER_PX = 108;
const AXIS_PX = 20;
let center: Center;
let client: Client;
let browser: Browser;
let ana: Page;
let bea: Page;
const errors: string[] = [];

async function pageOf(name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(center.url);
  await page.waitForSelector("[data-event-key]");
  await page.fill("#analyst", name);
  return page;
}

before(async () => {
  await buildWorkstation();
  center = await startCenter({
    dataDir: folder,
    host: "127.0.0.1",
    port: 0,
    simulate: { ...demoWorldConfig, hours: 0.75 },
    earthModel: "ak135",
    workers: 2,
    pages: pagesFolder,
    log: () => undefined,
  });
  client = createClient(center.url, (url, init) => fetch(url, init));
  await center.whenCaughtUp;
  browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  [ana, bea] = [await pageOf("Ana"), await pageOf("Bea")];
});
after(async () => {
  await browser?.close();
  await center?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Waits until a question to the centre is answered with true. */
async function until(what: string, question: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await question()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${what} did not come`);
}
const eventOf = (key: string): Promise<EventDetail> => client.event(key, { list });
const preferred = (event: EventDetail) => event.origins.find((origin) => origin.preferred)!;
const keys = async (of = list) => (await client.events(of)).events.map(({ key }) => key);
const text = async (page: Page, selector: string) => (await page.locator(selector).first().textContent()) ?? "";
/** Until the page shows the version that the centre has. */
const shows = (page: Page, version: number) =>
  page.locator(".facts dd", { hasText: new RegExp(`LEB ${version},`) }).waitFor({ timeout: 10_000 });

let key: string;
let removed: { arrivalKey: string; station: string; phase: string; time: number };

test("an analyst without a name is asked for it; with one, the hour opens and holds the automatic events", async () => {
  await ana.fill("#analyst", "");
  await ana.locator(".hour").first().click();
  await ana.locator("button", { hasText: /^Open$/ }).click();
  assert.match(await text(ana, ".review-bar [role=alert]"), /Who are you/);
  await ana.fill("#analyst", "Ana");
  await ana.locator("button", { hasText: /^Open$/ }).click();
  await ana.locator("button[aria-pressed=true]", { hasText: "LEB" }).waitFor();
  await ana.locator(".hour-open").waitFor();
  assert.deepEqual(await keys(), await keys("SEL1"));
  key = (await keys())[0]!;
  await bea.locator("button", { hasText: /^LEB$/ }).click();
  await bea.locator(".hour-open[title*=Ana]").waitFor();
});

test("an arrival is taken out by click: the event is located again, for both analysts to see", async () => {
  await ana.locator(`[data-event-key='${key}']`).click();
  await bea.locator(`[data-event-key='${key}']`).click();
  await shows(ana, 1);
  const counts = Map.groupBy(preferred(await eventOf(key)).associations, ({ station }) => station);
  // A station that keeps another arrival keeps its trace.
  const [, associated] = [...counts].find(
    ([, own]) =>
      own.length > 1 &&
      own.filter(({ phase }) => phase.startsWith("P")).length === 1 &&
      own.some(({ phase, arrival }) => phase.startsWith("P") && arrival!.slownessSecPerDeg !== null),
  )!;
  const first = associated.find(({ phase }) => /^P/.test(phase))!;
  removed = { arrivalKey: first.arrivalKey, station: first.station, phase: first.phase, time: first.arrival!.time };
  await ana.locator(`button[aria-label='Take ${first.station} ${first.phase} out']`).first().click();
  await Promise.all([shows(ana, 2), shows(bea, 2)]);
  const event = await eventOf(key);
  assert.ok(!preferred(event).associations.some(({ arrivalKey }) => arrivalKey === first.arrivalKey));
  assert.equal(preferred(event).author, "Ana");
  const automatic = await client.event(key);
  assert.deepEqual(
    event.origins.filter(({ author }) => author !== "Ana").map((origin) => origin.key),
    automatic.origins.map((origin) => origin.key),
    "the automatic origins stay beside it",
  );
  assert.match(await text(ana, ".history li"), new RegExp(`Ana ${first.station} ${first.phase} taken out`));
});

/** Where the detection that was taken out stands in Ana's waveforms, at their first view: 30 s before to 90 s after P, stations by distance. */
async function placeOfRemoved(): Promise<{ x: number; y: number }> {
  const { associations } = preferred(await eventOf(key));
  const stations = [...new Map(associations.map(({ station, deltaDeg }) => [station, deltaDeg]))]
    .sort((a, b) => a[1] - b[1])
    .map(([station]) => station);
  const { predictions } = await client.predictions(key, { list });
  const due = predictions.filter(({ station }) => station === removed.station).sort((a, b) => a.time - b.time);
  const canvas = ana.locator("canvas.traces");
  const box = (await canvas.boundingBox())!;
  await canvas.hover({ position: { x: box.width / 2, y: 5 } });
  await ana.keyboard.press("z");
  const rowHeight = Math.max(38, Math.min(72, Math.floor((box.height - AXIS_PX) / stations.length)));
  const x = GUTTER_PX + ((removed.time - due[0]!.time + 30) / 120) * (box.width - GUTTER_PX);
  const y = AXIS_PX + (stations.indexOf(removed.station) + 0.5) * rowHeight;
  assert.ok(y < box.height, "the row is in sight");
  return { x, y };
}

test("in the waveforms it is clicked and associated again by key, as the phase that is due there", async () => {
  const position = await placeOfRemoved();
  // The detection that was taken out comes back into the page a moment after the event.
  await until("the association", async () => {
    await ana.locator("canvas.traces").click({ position });
    await ana.keyboard.press("Control+g");
    await ana.waitForTimeout(300);
    return (await eventOf(key)).version === 3;
  });
  await shows(ana, 3);
  const joined = preferred(await eventOf(key)).associations.find(({ arrivalKey }) => arrivalKey === removed.arrivalKey);
  assert.match(joined!.phase, /^P/);
});

test("a pick is made under the pointer, moved by dragging, and taken back by undo", async () => {
  await ana.selectOption("#current-phase", "PcP");
  const canvas = ana.locator("canvas.traces");
  const box = (await canvas.boundingBox())!;
  const [x, y] = [GUTTER_PX + 0.85 * (box.width - GUTTER_PX), AXIS_PX + 19];
  await canvas.hover({ position: { x, y } });
  await ana.keyboard.press("e");
  await shows(ana, 4);
  const pickOf = async () =>
    preferred(await eventOf(key)).associations.find(({ arrivalKey }) => arrivalKey.includes("-pick-PcP-"));
  const pick = await pickOf();
  assert.equal(pick!.arrival!.author, "Ana");
  await ana.mouse.move(box.x + x, box.y + y);
  await ana.mouse.down();
  await ana.mouse.move(box.x + x - 60, box.y + y, { steps: 5 });
  await ana.mouse.up();
  await shows(ana, 5);
  const moved = await pickOf();
  const shift = moved!.arrival!.time - pick!.arrival!.time;
  assert.ok(Math.abs(shift + (60 / (box.width - GUTTER_PX)) * 120) < 0.5, `moved by ${shift} s`);
  await ana.keyboard.press("Control+z");
  await shows(ana, 6);
  assert.equal((await pickOf())!.arrivalKey, pick!.arrivalKey);
  await ana.keyboard.press("Control+z");
  await shows(ana, 7);
  assert.equal(await pickOf(), undefined);
  await ana.keyboard.press("Control+Shift+z");
  await shows(ana, 8);
  assert.ok(await pickOf());
  await ana.keyboard.press("Control+z");
  await shows(ana, 9);
});

test("two analysts change the same event: the second is told what the first did, and does it again", async () => {
  await shows(bea, 9);
  // The answers to Bea's page are slow now: it still shows the event as it was.
  const slow = /\/api\/v1\/(events|bulletins)\//;
  let held = true;
  const waiting: (() => void)[] = [];
  await bea.route(slow, async (route) => {
    if (held) await new Promise<void>((resolve) => waiting.push(resolve));
    await route.continue();
  });
  await ana.locator("button", { hasText: /^Hold$/ }).click();
  await until("Ana's edit", async () => (await eventOf(key)).version === 10);
  await bea.locator("button[aria-pressed=true].bare").first().click();
  await bea.locator(".conflict").waitFor();
  assert.match(await text(bea, ".conflict"), /Ana, depth held at .*Do my edit again/s);
  assert.equal((await eventOf(key)).version, 10, "nothing was overwritten");
  held = false;
  for (const go of waiting) go();
  await bea.locator("button", { hasText: "Do my edit again" }).click();
  await until("Bea's edit", async () => (await eventOf(key)).version === 11);
  const { edits } = await client.edits(list, { eventKey: key });
  assert.deepEqual(
    edits.slice(0, 2).map(({ analyst, action }) => [analyst, action]),
    [
      ["Bea", "defining"],
      ["Ana", "depth"],
    ],
  );
});

test("a missed event is made of a chosen detection by key; a false one is rejected and brought back", async () => {
  const before = await keys();
  const { version } = await eventOf(key);
  await shows(ana, version);
  const { phase } = preferred(await eventOf(key)).associations.find(
    ({ arrivalKey }) => arrivalKey === removed.arrivalKey,
  )!;
  await ana.locator(`button[aria-label='Take ${removed.station} ${phase} out']`).first().click();
  await shows(ana, version + 1);
  const position = await placeOfRemoved();
  let made: string | undefined;
  await until("the new event", async () => {
    await ana.locator("canvas.traces").click({ position });
    await ana.keyboard.press("c");
    await ana.waitForTimeout(300);
    made = (await keys()).find((one) => !before.includes(one));
    return made !== undefined;
  });
  await ana.locator(`tr[aria-selected=true][data-event-key='${made}']`).waitFor();
  await shows(ana, 1);
  assert.deepEqual(
    preferred(await eventOf(made!)).associations.map(({ arrivalKey }) => arrivalKey),
    [removed.arrivalKey],
  );
  await ana.fill("input[aria-label=Comment]", "one station only");
  await ana.locator("button", { hasText: "Reject event" }).click();
  await until("the rejection", async () => !(await keys()).includes(made!));
  await ana.locator(".history q", { hasText: "one station only" }).waitFor();
  await ana.locator("button", { hasText: /^Undo$/ }).click();
  await until("the event again", async () => (await keys()).includes(made!));
});

test("f-k of an array by key: its peak is near what the array measured and what is due, and is taken into the arrival", async () => {
  await ana.locator(`[data-event-key='${key}']`).click();
  const { version } = await eventOf(key);
  await shows(ana, version);
  await ana.keyboard.press("n");
  await ana.locator("canvas.slowness-plane").waitFor();
  const head = (await text(ana, ".slowness-head b")).split(" ");
  const before = preferred(await eventOf(key)).associations.find(
    ({ station, phase, arrival }) => station === head[0] && phase === head[1] && arrival !== null,
  )!;
  const [azimuth, slowness] = (await text(ana, ".slowness-facts b"))
    .match(/[\d.]+(?=°|,| s)|[\d.]+(?= s\/°)/g)!
    .map(Number);
  assert.ok(Math.abs(azimuthDifference(azimuth!, before.arrival!.azimuthDeg!)) < 15, `${azimuth}`);
  assert.ok(Math.abs(azimuthDifference(azimuth!, before.stationEventAzimuthDeg)) < 15, `${azimuth}`);
  await ana.keyboard.press("u");
  await until("the direction", async () => (await eventOf(key)).version === version + 1);
  const after = preferred(await eventOf(key)).associations.find(
    ({ arrival }) =>
      arrival?.author === "Ana" && arrival.station === before.station && arrival.time === before.arrival!.time,
  )!;
  assert.ok(Math.abs(azimuthDifference(after.arrival!.azimuthDeg!, azimuth!)) < 0.06);
  assert.ok(Number.isFinite(slowness) && after.arrival!.slownessSecPerDeg! < 30);
  const { edits } = await client.edits(list, { eventKey: key, limit: 1 });
  assert.deepEqual([edits[0]!.analyst, edits[0]!.action], ["Ana", "direction"]);
  await ana.locator(".slowness-facts button:enabled").waitFor();
  await ana.getByRole("tab", { name: "Event", exact: true }).click();
});

test("the hour is completed: what meets the event definition is published, read back as IMS1.0", async () => {
  await ana.locator("button", { hasText: /^Complete$/ }).click();
  await ana.locator(".hour-complete").waitFor();
  const published = await keys("REB");
  assert.match(
    await text(ana, ".review-bar [role=status]"),
    new RegExp(`${published.length} events published as REB; kept back: LEB-.*1 of 3 primary stations`),
  );
  assert.ok(published.length > 0 && published.includes(key));
  const { bulletin } = readFile(new TextEncoder().encode(await client.bulletinFile("REB", "ims")), "reb.ims");
  assert.equal(bulletin!.events.length, published.length);
  await ana.locator("button", { hasText: /^REB$/ }).click();
  await until("the list", async () => (await ana.locator("[data-event-key]").count()) === published.length);
});

test("the page stays within its frame while reviewing, and nothing went wrong on the way", async () => {
  for (const [width, height] of [
    [1280, 720],
    [1440, 900],
    [1920, 1080],
  ] as const) {
    await bea.setViewportSize({ width, height });
    await bea.waitForTimeout(200);
    const spill = (await bea.evaluate(`(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
      const side = document.querySelector(".side .scroll");
      return [scrollWidth - clientWidth, scrollHeight - clientHeight, side.scrollWidth - side.clientWidth];
    })()`)) as number[];
    assert.deepEqual(spill, [0, 0, 0], `${width} x ${height}`);
  }
  assert.deepEqual(errors, []);
});
