/** The built page of subscriptions and messages in a browser, against a made-up centre. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type BuiltPages, buildPages, openBrowser } from "../testPages.ts";
import { type MessagesServer, startMessagesServer } from "./testServer.ts";

let pages: BuiltPages;
let browser: Browser;
let server: MessagesServer;
let page: Page;
const errors: string[] = [];

before(async () => {
  pages = buildPages();
  server = await startMessagesServer(pages.folder);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${server.url}/messages.html`);
  await page.waitForSelector("[data-delivery]");
});
after(async () => {
  await browser?.close();
  await server?.close();
  pages?.remove();
});

const text = async (selector: string) => (await page.locator(selector).textContent()) ?? "";

test("own subscriptions, and the newest one's deliveries with what became of them", async () => {
  assert.match(
    await text('[data-subscription="1"]'),
    /large events.*BULLETIN SEL3.*magnitude from 5.*immediate.*e-mail.*3/,
  );
  assert.equal(await page.locator("[data-delivery]").count(), 3);
  assert.match(await text('[data-delivery="2"]'), /failed: the mailbox is full/);
  assert.match(await text('[data-delivery="3"]'), /waits: the receiver answered 503/);
  assert.equal(await page.locator('[data-delivery="1"] a').getAttribute("href"), `${server.url}/api/v1/deliveries/1`);
});

test("a failed delivery is sent again", async () => {
  await page.click('[data-delivery="2"] button');
  await page.waitForSelector('[data-delivery="2"] .delivery-waiting');
});

test("a new subscription with its filter; the fields are those of the product", async () => {
  await page.fill('input[name="name"]', "south");
  await page.selectOption('select[name="list"]', "REB");
  await page.fill('input[name="magnitude from"]', "4.5");
  await page.fill('input[name="latitude to"]', "-20");
  await page.click('.subscribe-form button[type="submit"]');
  await page.waitForSelector('[data-subscription="2"][aria-selected="true"]');
  assert.deepEqual(server.asked.at(-1), {
    ...{ name: "south", product: "BULLETIN", list: "REB", frequency: "DAILY", way: "portal", fromStart: false },
    ...{ magnitude: { from: 4.5 }, latitude: { to: -20 } },
  });
  assert.match(await text(".delivery-log"), /Nothing has been delivered for “south” yet/);
  await page.selectOption('select[name="product"]', "ARR");
  assert.equal(await page.locator('input[name="magnitude from"]').count(), 0);
});

test("a refusal says why", async () => {
  await page.fill('input[name="name"]', "pushed");
  await page.selectOption('select[name="way"]', "push");
  await page.fill('input[name="target"]', "https://x.example/");
  await page.click('.subscribe-form button[type="submit"]');
  await page.waitForSelector(".subscribe-form .trouble");
  assert.match(await text(".subscribe-form .trouble"), /has not opened x\.example/);
  assert.match(errors.splice(0).join(" "), /409/);
});

test("ending one leaves its deliveries to be seen", async () => {
  await page.click('[data-subscription="1"] button');
  await page.locator('[data-subscription="1"]', { hasText: "ended" }).waitFor();
  await page.click('[data-subscription="1"]');
  await page.waitForSelector('[data-delivery="1"]');
});

test("a request message and its answer", async () => {
  assert.match(await page.inputValue("textarea"), /^BEGIN IMS2.0\n[\s\S]*BULLETIN IMS1.0:SHORT\nSTOP\n$/);
  await page.click('.ask-panel button[type="submit"]');
  await page.waitForSelector("[data-answer]");
  assert.match(await text("[data-answer]"), /MSG_ID 1 PORTAL/);
  assert.deepEqual(errors, []);
});
