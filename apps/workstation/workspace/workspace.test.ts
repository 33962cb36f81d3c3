/** The workspace in a browser: panels hidden and shown, layouts kept and named, panels in windows of their own, commands by name. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { makeCentre } from "../testData.ts";
import { type BuiltPages, buildPages, openBrowser } from "../testPages.ts";
import { startTestServer, type TestServer } from "../testServer.ts";
import { findCommands } from "./palette.ts";

describe("commands by the words of their names", () => {
  const commands = ["next event", "previous event", "Show Event: origin", "Event in a window of its own, or back"].map(
    (name) => ({ name, run: () => {} }),
  );
  const found = (written: string) => findCommands(commands, written).map(({ name }) => name);
  test("every written word begins a word of the name; names that begin with it come first", () => {
    assert.deepEqual(found("ev"), [commands[3]!.name, "next event", "previous event", "Show Event: origin"]);
    assert.deepEqual(found("event wind"), [commands[3]!.name]);
    assert.deepEqual(found("vent"), []);
    assert.equal(found("").length, commands.length);
  });
});

describe("the workspace", () => {
  let pages: BuiltPages;
  const centre = makeCentre();
  let browser: Browser;
  let context: BrowserContext;
  let server: TestServer;
  let page: Page;
  const errors: string[] = [];
  const heed = (one: Page) => {
    one.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    // The docking library asks a window for its size once more a moment after it was resized, though it is closed by then.
    one.on("pageerror", ({ message }) => message.includes("'innerWidth'") || errors.push(message));
  };

  before(async () => {
    pages = buildPages();
    server = await startTestServer(centre, { pages: pages.folder, stream: true });
    browser = await openBrowser();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    context.on("page", heed);
    page = await context.newPage();
    await page.goto(server.url);
    await page.waitForSelector("canvas.traces");
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    pages?.remove();
  });

  const tab = (name: string | RegExp) => page.getByRole("tab", { name, exact: true });
  const width = async (selector: string) => (await page.locator(selector).boundingBox())!.width;
  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (await holds()) return;
      await page.waitForTimeout(50);
    }
    assert.fail("it did not come about");
  }
  async function command(words: string): Promise<void> {
    await page.keyboard.press("Control+Shift+X");
    await page.getByRole("combobox").fill(words);
    await page.keyboard.press("Enter");
  }

  test("a panel is hidden by its tab and comes back by the menu", async () => {
    await tab("Map").locator(".dv-default-tab-action").click();
    await page.locator(".map").waitFor({ state: "detached" });
    await page.locator(".panel-menu summary").click();
    const box = page.locator(".panel-menu").getByLabel("Map");
    assert.equal(await box.isChecked(), false);
    await box.check();
    await page.locator(".map canvas").waitFor();
    await page.keyboard.press("Escape");
  });

  test("an edge that is pulled and a panel that is hidden stay so when the page is opened again", async () => {
    await command("layout review");
    const before = await width(".side");
    const { x, y } = (await page.locator(".side").boundingBox())!;
    await page.mouse.move(x - 3, y + 200);
    await page.mouse.down();
    await page.mouse.move(x - 103, y + 200, { steps: 4 });
    await page.mouse.up();
    await command("hide map");
    await page.locator(".map").waitFor({ state: "detached" });
    const pulled = await width(".side");
    assert.ok(Math.abs(pulled - before - 100) < 8, `${before} to ${pulled}`);
    await page.reload();
    await page.waitForSelector("canvas.traces");
    assert.ok(Math.abs((await width(".side")) - pulled) < 3);
    assert.equal(await page.locator(".map").count(), 0);
  });

  test("a layout is saved under a name and shown again by it", async () => {
    await command("save this layout");
    await page.getByRole("combobox", { name: "Name of the layout" }).fill("night shift");
    await page.keyboard.press("Enter");
    await command("layout wide");
    await until(async () => (await width(".waveforms")) > 1400);
    await command("layout night");
    await until(async () => (await width(".waveforms")) < 1100);
    assert.equal(await page.locator(".map").count(), 0);
    await command("forget night");
    await page.locator(".panel-menu summary").click();
    assert.equal(await page.locator(".panel-menu").getByText("night shift").count(), 0);
    await page.keyboard.press("Escape");
    await command("layout review");
    await page.locator(".map canvas").waitFor();
  });

  test("a layout that is damaged, or of a program with other panels, gives way to the program's own", async () => {
    for (const kept of [
      "{",
      '{"panels":{"x":{}},"grid":{"root":{}}}',
      '{"panels":{"map":{}},"grid":{"root":{"type":"?"}}}',
    ]) {
      await page.evaluate(`localStorage.setItem("harken.layout", ${JSON.stringify(kept)})`);
      // Leaving the page keeps its layout: the damaged one is put in its place on the way in.
      await page.addInitScript(
        `if (!window.harkenDamaged) { window.harkenDamaged = 1; localStorage.setItem("harken.layout", ${JSON.stringify(kept)}); }`,
      );
      await page.goto(server.url);
      await page.waitForSelector("canvas.traces");
      assert.equal(await page.locator(".event-list, .map, .waveforms, .side").count(), 4, kept);
    }
  });

  test("a panel in a window of its own shows what is selected on the page, asks nothing twice, and hears the keys", async () => {
    await page.keyboard.press("Home");
    const [popup] = await Promise.all([page.waitForEvent("popup"), command("waveforms in a window")]);
    await popup.waitForSelector("canvas.traces");
    assert.equal(await page.locator("canvas.traces").count(), 0);
    const second = centre.details.toSorted((a, b) => a.time - b.time)[1]!;
    const asked = server.requests.length;
    await page.locator(`[data-event-key='${second.key}']`).click();
    const first = second.origins[0]!.associations[0]!;
    await popup.locator("ul[aria-label=Picks] li", { hasText: first.station }).first().waitFor({ state: "attached" });
    const details = server.requests.slice(asked).filter((path) => path === `/api/v1/events/${second.key}?list=SEL1`);
    assert.equal(details.length, 1, details.join());
    await popup.keyboard.press("j");
    const third = centre.details.toSorted((a, b) => a.time - b.time)[2]!;
    await page.locator(`tr[data-event-key='${third.key}'][aria-selected=true]`).waitFor();
    // It is drawn anew in the size of its window.
    await popup.setViewportSize({ width: 700, height: 420 });
    await until(async () => {
      const box = await popup.locator("canvas.traces").boundingBox();
      return box !== null && Math.abs(box.width - 700) < 20;
    });
    await popup.close();
    await page.locator("canvas.traces").waitFor();
  });

  test("nothing went wrong on the way", () => assert.deepEqual(errors, []));
});
