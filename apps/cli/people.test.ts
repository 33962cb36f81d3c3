/** Accounts by command while a centre runs, and what a browser sees of it: the sign-in, the page under one's own name, and the way out. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Center, startCenter } from "@harken/center";
import { demoWorldConfig } from "@harken/simulator";
import { type Browser, chromium, type Page } from "playwright-core";
import { buildWorkstation, pagesFolder } from "./buildWorkstation.ts";
import { harken } from "./testCommand.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-people-"));
const passwordFile = join(folder, "password");
const password = "a sentence that is long";
let center: Center;
let browser: Browser;
let page: Page;

before(async () => {
  writeFileSync(passwordFile, `${password}\n`);
  await buildWorkstation();
  center = await startCenter({
    ...{ dataDir: join(folder, "data"), host: "127.0.0.1", port: 0, earthModel: "ak135", workers: 1 },
    simulate: { ...demoWorldConfig, hours: 0.25 },
    ...{ pages: pagesFolder, log: () => undefined },
  });
  browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
});
after(async () => {
  await browser?.close();
  await center?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const people = (...args: string[]) => harken("people", ...args, "--data", join(folder, "data"));

test("before the first account the page opens; from then on it asks, on pages that are open too", async () => {
  await page.goto(center.url);
  await page.locator("#analyst").waitFor();
  assert.match((await people("list")).stdout, /Nobody has an account/);
  const made = await people("add", "Ana", "--role", "lead-analyst", "--password-file", passwordFile);
  assert.equal(made.status, 0, made.stderr);
  await page.locator("form.sign-in").waitFor({ timeout: 10_000 });
  assert.equal((await fetch(`${center.url}/api/v1/status`)).status, 401);
});

test("a wrong password says so, the right one opens the page under the person's own name, and signing out closes it", async () => {
  await page.fill("input[name=username]", "Ana");
  await page.fill("input[name=password]", "something else");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator(".sign-in [role=alert]", { hasText: "The name or the password is wrong" }).waitFor();
  await page.fill("input[name=password]", password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("#analyst").waitFor();
  assert.equal(await page.inputValue("#analyst"), "Ana");
  assert.equal(await page.locator("#analyst").isEditable(), false);
  await page.reload();
  await page.locator(".who", { hasText: "Ana" }).waitFor();
  await page.goto(`${center.url}/samples.html`);
  await page.locator(".who", { hasText: "Ana" }).waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.locator("form.sign-in").waitFor();
});

test("a token lets a program in; a disabled account has neither token nor password; the history says who did it", async () => {
  const { stdout } = await people("token", "Ana", "--days", "2");
  const asked = () =>
    fetch(`${center.url}/api/v1/status`, { headers: { authorization: `Bearer ${stdout.trim()}` } }).then(
      ({ status }) => status,
    );
  assert.equal(await asked(), 200);
  assert.equal((await people("disable", "Ana")).status, 0);
  assert.equal(await asked(), 401);
  const accounts = JSON.parse((await people("list", "--json")).stdout);
  assert.deepEqual(accounts, [{ name: "Ana", role: "lead-analyst", state: "disabled", lockedUntil: null }]);
  const history = JSON.parse((await people("list", "--history", "--json")).stdout) as {
    action: string;
    actor: string;
  }[];
  assert.deepEqual(
    history.map(({ action }) => action),
    ["added as lead-analyst", "given a token for 2 days", "disabled"],
  );
  assert.ok(history.every(({ actor }) => actor.endsWith("@console")));
  const refused = await people("role", "Nobody", "--role", "reader");
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /NO_ACCOUNT: There is no account Nobody/);
});
