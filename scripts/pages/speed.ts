/**
 * `npm run bench -- pages`: how fast the pages are in Debian's Chromium, on a local centre with 200 traces of two hours. What is asked of them
 * stands beside what was measured. Frames are measured as the time that one change of the view keeps the page: event, drawing, layout, paint.
 */
import { cpus, loadavg } from "node:os";
import { type Browser, chromium, type Page } from "playwright-core";
import { buildWorkstation, pagesFolder } from "../../apps/cli/buildWorkstation.ts";
import { hoursSec, longListRows, startSpeedCentre, traceCount } from "./speedCentre.ts";

const ROW_PX = 16;
const FRAME_PX = 120;
const OPENED = 50;
const LINK_BYTES_PER_SEC = 125_000;

interface Row {
  readonly what: string;
  readonly asked: string;
  readonly measured: string;
}

const sec = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

export async function measurePages(): Promise<string> {
  await buildWorkstation();
  const centre = await startSpeedCentre(pagesFolder);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const rows: Row[] = [];
  const add = (what: string, asked: string, measured: string) => {
    rows.push({ what, asked, measured });
    process.stdout.write(`${what}: ${measured} (asked: ${asked})\n`);
  };
  try {
    const tall = traceCount * ROW_PX + FRAME_PX;
    const page = await openTraces(browser, centre.url, tall);
    const before = process.cpuUsage();
    const opened = await wholeView(page);
    const { user, system } = process.cpuUsage(before);
    add(
      `${hoursSec / 3600} h of ${traceCount} traces at 40 samples/s, all in sight, from the key to the last trace drawn`,
      "below 3 s",
      `${sec(opened)}; ${sec((user + system) / 1000)} of the processor at the centre`,
    );
    await page.setViewportSize({ width: 1600, height: 60 * ROW_PX + FRAME_PX });
    await loaded(page);
    for (const [what, action] of [
      [
        "zoom",
        `canvas.dispatchEvent(new WheelEvent("wheel", { deltaY: i % 40 < 20 ? -60 : 60, clientX: box.x + 700, clientY: box.y + 200, bubbles: true, cancelable: true }))`,
      ],
      [
        "pan",
        `document.body.dispatchEvent(new KeyboardEvent("keydown", { key: i % 40 < 20 ? "d" : "a", code: "KeyD", bubbles: true }))`,
      ],
    ] as const) {
      const times = await frames(page, "canvas.traces", action);
      add(`${what} with 60 visible traces of 2 h, a frame`, "median below 16 ms, 95 % below 33 ms", spread(times));
    }
    add(`memory after ${OPENED} events opened and left`, "flat", await memory(page));
    await page.close();
    add(
      `a list of ${longListRows.toLocaleString("en")} rows scrolled, a frame`,
      "60 frames/s",
      spread(await longList(browser, centre.url)),
    );
    const [usable, whole] = await slowLink(browser, centre.url);
    add("over 1 Mbit/s with 50 ms: the page, list and first traces, nothing kept before", "below 10 s", sec(usable));
    add(
      `over 1 Mbit/s: then the ${hoursSec / 3600} h of 60 visible traces`,
      "below 10 s with the row above",
      sec(whole),
    );
  } finally {
    await browser.close();
    await centre.stop();
  }
  const table = rows.map(({ what, asked, measured }) => `| ${what} | ${asked} | ${measured} |`);
  return `## The pages in the browser

Made by \`npm run bench -- pages\` in Debian's Chromium without a graphics processor, page and centre on one machine; ${cpus().length} cores, on
which ${loadavg()[1]!.toFixed(1)} processes wanted to run meanwhile: the clock's times are of a quiet machine only where that is below the cores. A frame is the time that one change of the view keeps the page: event, drawing, layout and paint.

| what | asked | measured |
|---|---|---|
${table.join("\n")}
`;
}

/** The page with the waveforms alone, in rows of 16 px. */
async function openTraces(browser: Browser, url: string, height: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1600, height } });
  await page.goto(url);
  await page.locator("canvas.traces").waitFor();
  await page.keyboard.press("Control+Shift+X");
  await page.getByRole("combobox").fill("waveforms alone");
  await page.keyboard.press("Enter");
  for (const key of ["m", "m", "p", "p", "p"]) await page.keyboard.press(key);
  await loaded(page);
  return page;
}

async function loaded(page: Page): Promise<void> {
  await page.mouse.move(5, 5);
  await page.waitForTimeout(300);
  await page.getByText(/^\d+ traces$/).waitFor({ timeout: 120_000 });
}

/** Zooms out to two hours; how long until every trace in sight is drawn, ms. */
async function wholeView(page: Page): Promise<number> {
  const box = (await page.locator("canvas.traces").boundingBox())!;
  await page.mouse.move(box.x + 900, box.y + 60);
  const begun = performance.now();
  await page.mouse.wheel(0, 9000);
  await page.mouse.move(5, 5);
  await page.getByText(/^loading \d+ of/).waitFor();
  await page.getByText(/^\d+ traces$/).waitFor({ timeout: 120_000 });
  return performance.now() - begun;
}

interface Frames {
  /** Time on the clock that each change kept the page, ms. */
  readonly times: readonly number[];
  /** Of the processor in the page's thread, mean of a change, ms. */
  readonly processorMs: number;
}

/** 150 changes of the view, one a frame; `action` may use `element`, `canvas`, `box` and the count `i`. */
async function frames(page: Page, selector: string, action: string): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const processor = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration")!.value;
  };
  const before = await processor();
  const times = await changes(page, selector, action);
  return { times: times.slice(20), processorMs: ((await processor()) - before) / times.length };
}

async function changes(page: Page, selector: string, action: string): Promise<number[]> {
  return (await page.evaluate(`(async () => {
    const element = document.querySelector(${JSON.stringify(selector)});
    const canvas = element;
    const box = element.getBoundingClientRect();
    const times = [];
    const channel = new MessageChannel();
    for (let i = 0; i < 150; i++) {
      times.push(await new Promise((resolve) => requestAnimationFrame(() => {
        const begun = performance.now();
        channel.port1.onmessage = () => resolve(performance.now() - begun);
        ${action};
        channel.port2.postMessage(0);
      })));
    }
    return times;
  })()`)) as number[];
}

function spread({ times, processorMs }: Frames): string {
  const ordered = times.toSorted((a, b) => a - b);
  const at = (share: number) => `${ordered[Math.floor(share * (ordered.length - 1))]!.toFixed(1)} ms`;
  return `median ${at(0.5)}, 95 % below ${at(0.95)}; ${processorMs.toFixed(1)} ms of the processor`;
}

/** Heap after ten events, and after all of them. */
async function memory(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const megabytes: number[] = [];
  for (let opened = 1; opened <= OPENED; opened++) {
    await page.keyboard.press("j");
    await loaded(page);
    if (opened !== 10 && opened !== OPENED) continue;
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    const { arrayBufferSize = 0 } = (await session.send("Runtime.getHeapUsage")) as { arrayBufferSize?: number };
    megabytes.push((usedSize + arrayBufferSize) / 1e6);
  }
  return `${megabytes[0]!.toFixed(1)} MB after 10, ${megabytes[1]!.toFixed(1)} MB after ${OPENED}`;
}

async function longList(browser: Browser, url: string): Promise<Frames> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  await page.goto(url);
  await page.locator("button", { hasText: /^REB$/ }).click();
  await page.locator(`table[aria-rowcount="${longListRows + 1}"]`).waitFor({ timeout: 120_000 });
  const times = await frames(
    page,
    ".event-list .scroll",
    "element.scrollTop += 317; element.dispatchEvent(new Event('scroll'))",
  );
  await page.close();
  return times;
}

/** From the address to the first traces, and from there to two hours of sixty traces, ms. */
async function slowLink(browser: Browser, url: string): Promise<readonly [number, number]> {
  const context = await browser.newContext({ viewport: { width: 1600, height: 60 * ROW_PX + FRAME_PX } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const rate = { downloadThroughput: LINK_BYTES_PER_SEC, uploadThroughput: LINK_BYTES_PER_SEC };
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 50, ...rate });
  const begun = performance.now();
  await page.goto(url);
  await page.getByText(/^\d+ traces$/).waitFor({ timeout: 120_000 });
  const usable = performance.now() - begun;
  await page.keyboard.press("Control+Shift+X");
  await page.getByRole("combobox").fill("waveforms alone");
  await page.keyboard.press("Enter");
  for (const key of ["m", "m"]) await page.keyboard.press(key);
  const whole = await wholeView(page);
  await context.close();
  return [usable, whole];
}
