/** The timetable on the page: what each state is called, and the panel over a made-up centre whose intervals are known. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { makeCentre } from "../testData.ts";
import { type BuiltPages, buildPages, openBrowser } from "../testPages.ts";
import { startTestServer, type TestServer } from "../testServer.ts";
import { type CellState, cellState, cellWords, placeOf } from "./cells.ts";

test("a list of an interval by its state, its due time and the newest data", () => {
  const one = { list: "SEL1", attempts: 1, dueAt: 3600, madeAt: null, arrivals: null, events: null, problem: "" };
  const cases: readonly [Parameters<typeof cellState>[0], number | null, CellState][] = [
    [{ ...one, state: "queued" }, null, "early"],
    [{ ...one, state: "queued" }, 3599, "early"],
    [{ ...one, state: "queued" }, 3700, "waiting"],
    [{ ...one, state: "queued" }, 4000, "overdue"],
    [{ ...one, state: "queued", madeAt: 3600 }, 9000, "again"],
    [{ ...one, state: "claimed" }, 3700, "working"],
    [{ ...one, state: "done", madeAt: 1800 }, 9000, "made"],
    [{ ...one, state: "done", madeAt: 9000 }, 9000, "late"],
    [{ ...one, state: "failed" }, 9000, "failed"],
  ];
  for (const [list, now, expected] of cases) assert.equal(cellState(list, now), expected);
  const interval = { from: 1200, to: 2400, stations: 0, stationsDone: 0, lists: [] };
  assert.deepEqual(placeOf(interval, { from: 0, to: 4800 }), { left: 0.25, width: 0.25 });
});

describe("the panel", () => {
  let pages: BuiltPages;
  let browser: Browser;
  let server: TestServer;
  let page: Page;
  let broken = false;
  const centre = makeCentre();
  const errors: string[] = [];
  before(async () => {
    pages = buildPages();
    server = await startTestServer(centre, {
      ...{ pages: pages.folder, stream: true },
      fails: (path) => broken && path.includes("/timetable"),
    });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(server.url);
    await page.getByRole("tab", { name: "Timetable" }).click();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    pages?.remove();
  });
  const cells = (list: string, words: string) =>
    page.locator(`.timetable-row[aria-label="${list}"] [aria-label$="${words}"]`);

  test("has a cell for each list of each interval, in its place on the axis", async () => {
    await cells("SEL1", cellWords.made).first().waitFor();
    const counts = await Promise.all(
      (["made", "late", "failed", "again"] as const).map((state) => cells("SEL1", cellWords[state]).count()),
    );
    assert.deepEqual(counts, [9, 1, 1, 1]);
    const dues = await Promise.all(
      (["early", "waiting", "overdue"] as const).map((state) => cells("SEL2", cellWords[state]).count()),
    );
    assert.equal(
      dues.reduce((sum, count) => sum + count),
      12,
    );
    const boxes = await Promise.all(
      [0, 1].map((at) => page.locator(".timetable-row[aria-label=SEL2] .cell").nth(at).boundingBox()),
    );
    assert.ok(Math.abs(boxes[1]!.x - boxes[0]!.x - boxes[0]!.width) < 1.5);
  });

  test("a cell tells when it was due and made, and why it failed; a click chooses its list", async () => {
    assert.match((await cells("SEL1", cellWords.failed).getAttribute("title"))!, /2 attempts\nThe disk is full\./);
    assert.match(
      (await cells("SEL1", cellWords.late).getAttribute("title"))!,
      /2026-01-01 01:00 to 01:20.*\ndue 2026-01-01 02:20, made 2026-01-01 04:20\n2 events of 40 arrivals\n34 of 35 stations/,
    );
    await cells("SEL2", cellWords.overdue).first().click();
    assert.equal(await page.locator(".review-bar button", { hasText: /^SEL2$/ }).getAttribute("aria-pressed"), "true");
  });

  test("follows the stream while it is in sight, and says what went wrong", async () => {
    centre.timetable.intervals[7]!.lists[0]!.state = "done";
    const [from, to] = [centre.timetable.intervals[7]!.from, centre.timetable.intervals[7]!.to];
    server.send({ type: "interval", stage: "network", from, to, state: "done", arrivals: 1, events: 1 });
    await cells("SEL1", cellWords.again).waitFor({ state: "detached" });
    broken = true;
    await page.locator(".timetable button", { hasText: /^24$/ }).click();
    await page.getByText("The centre made a mistake. Look at the log.").first().waitFor();
    broken = false;
    await page.locator(".timetable button", { hasText: /^6$/ }).click();
    await page.locator(".timetable .trouble").waitFor({ state: "detached" });
    const asked = server.requests.length;
    await page.getByRole("tab", { name: "Map" }).click();
    await page.locator(".map canvas").waitFor();
    server.send({ type: "interval", stage: "network", from, to, state: "done", arrivals: 1, events: 1 });
    await page.waitForTimeout(700);
    assert.ok(
      !server.requests.slice(asked).some((path) => path.includes("/timetable")),
      "hidden panels ask for nothing",
    );
    assert.deepEqual(errors, []);
  });
});
