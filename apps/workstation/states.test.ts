/** The four states of every display: nothing open, loading, empty, error with what to do. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type MadeCentre, makeCentre } from "./testData.ts";
import { type BuiltPages, buildPages, openBrowser } from "./testPages.ts";
import { type Behaviour, startTestServer } from "./testServer.ts";

let pages: BuiltPages;
let browser: Browser;

before(async () => {
  pages = buildPages();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  pages?.remove();
});

/** Opens the page of a centre that behaves so; `look` is given what each display says. */
async function shown(
  centre: MadeCentre,
  behaviour: Behaviour,
  look: (says: (display: string, words: RegExp) => Promise<void>, page: Page) => Promise<void>,
): Promise<void> {
  const server = await startTestServer(centre, { pages: pages.folder, stream: false, ...behaviour });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.goto(server.url);
    const says = async (display: string, words: RegExp) => {
      let text = "";
      for (let attempt = 0; attempt < 60; attempt++) {
        text = ((await page.locator(display).textContent({ timeout: 5000 })) ?? "").replace(/\s+/g, " ");
        if (words.test(text)) return;
        await page.waitForTimeout(50);
      }
      assert.match(text, words, display);
    };
    await look(says, page);
  } finally {
    await page.close();
    await server.close();
  }
}

const displays = {
  bar: ".top-bar",
  list: "section[aria-label=Events]",
  map: "section[aria-label=Map]",
  waveforms: "section[aria-label=Waveforms]",
  side: "section[aria-label=Details]",
};

function emptyCentre(state: "starting" | "processing" | "caught-up" | "failed"): MadeCentre {
  const { status, ...centre } = makeCentre();
  return {
    ...centre,
    ...{ details: [], stations: [], arrivals: [], predictions: new Map() },
    truth: { ...centre.truth, hidden: [], matched: [], missed: [], comparedFrom: null, comparedTo: null },
    status: { ...status, state, processedTo: null, counts: { ...status.counts, events: 0, arrivals: 812 } },
  };
}

test("loading: every display says what it waits for", async () => {
  await shown(makeCentre(), { silent: (path) => !path.endsWith("/session") }, async (says, page) => {
    await says(displays.bar, /Asking the centre for its state/);
    await says(displays.list, /Asking the centre for its events/);
    await says(displays.map, /Asking the centre for its stations/);
    await says(displays.waveforms, /No event is selected/);
    await says(displays.side, /No event is selected/);
    await page.keyboard.press("t");
    await says(displays.side, /Asking for the comparison/);
  });
});

test("loading an event: its traces and its details", async () => {
  await shown(makeCentre(), { silent: (path) => /\/events\/SEL1-/.test(path) }, async (says) => {
    await says(displays.waveforms, /Loading the event/);
    await says(displays.side, /Loading the event/);
  });
  await shown(makeCentre(), { silent: (path) => path.includes("waveforms") }, async (says) => {
    await says(displays.waveforms, /loading 0 of \d+/);
  });
});

test("f-k: nothing chosen, waiting, a single station, a refusal with its reason", async () => {
  await shown(emptyCentre("caught-up"), {}, async (says, page) => {
    // Keys are heard from when the centre has said who may look.
    await says(displays.list, /hold no event/);
    await page.keyboard.press("n");
    await says(displays.side, /No array is chosen.*Point at an array's trace and press v/);
  });
  await shown(makeCentre(), { silent: (path) => path.includes("slowness") }, async (says, page) => {
    await page.waitForSelector("canvas.traces");
    await page.keyboard.press("n");
    await says(displays.side, /next …/);
  });
  const asksOf = (code: string, path: string) => path.includes("slowness") && path.includes(`=${code}&`);
  const centre = makeCentre();
  const arrays = new Set(centre.stations.filter(({ kind }) => kind === "array").map(({ code }) => code));
  const { associations } = centre.details[0]!.origins[0]!;
  const [first] = associations.toSorted((a, b) => a.deltaDeg - b.deltaDeg).filter(({ station }) => arrays.has(station));
  const single = associations.find(({ station }) => !arrays.has(station))!;
  await shown(centre, { fails: (path) => asksOf(first!.station, path) }, async (says, page) => {
    await page.waitForSelector("canvas.traces");
    await page.keyboard.press("n");
    await says(displays.side, /The centre made a mistake. Look at the log/);
    assert.equal(await page.locator("canvas.slowness-plane").count(), 0);
    await page.getByRole("tab", { name: "Event", exact: true }).click();
    await page.locator(".associations button.link", { hasText: single.station }).click();
    await page.getByRole("tab", { name: "f-k" }).click();
    await says(displays.side, new RegExp(`${single.station} is a single station; f-k needs an array`));
  });
});

test("nothing open and empty: before the first event, and when there is none", async () => {
  await shown(emptyCentre("starting"), {}, async (says) => {
    await says(displays.list, /The centre is starting/);
    await says(displays.map, /no station yet/);
    await says(displays.waveforms, /No event is selected/);
  });
  await shown(emptyCentre("processing"), {}, async (says, page) => {
    await says(displays.bar, /68 %, 28 s left/);
    await says(displays.list, /first events appear after .* 812 arrivals so far/);
    await says(displays.side, /No event is selected/);
    await page.keyboard.press("t");
    await says(displays.side, /No stretch of data is fully processed yet/);
  });
  await shown(emptyCentre("caught-up"), {}, async (says) => {
    await says(displays.list, /All data are processed and hold no event/);
  });
});

test("an event without arrivals, and a centre without simulated data", async () => {
  const centre = makeCentre(2);
  const [event] = centre.details;
  event!.origins[0]!.associations = [];
  centre.truth = { ...centre.truth, available: false };
  await shown(centre, {}, async (says, page) => {
    await says(displays.waveforms, /No station is associated with this event. Press s for all stations/);
    await page.keyboard.press("s");
    await page.waitForSelector("canvas.traces");
    await page.keyboard.press("t");
    await says(displays.side, /no hidden truth to compare with/);
  });
});

test("errors: each display says what went wrong and what to do, and recovers", async () => {
  let broken = true;
  const fails = (path: string) => broken && path.startsWith("/api/");
  await shown(makeCentre(), { fails }, async (says, page) => {
    for (const display of [displays.bar, displays.list, displays.map])
      await says(display, /The centre made a mistake. Look at the log/);
    await page.keyboard.press("t");
    await says(displays.side, /The centre made a mistake. Look at the log/);
    broken = false;
    await page.waitForSelector("[data-event-key]", { timeout: 10_000 });
    await says(displays.side, /Matched/);
  });
  await shown(makeCentre(), { fails: (path) => /\/events\/SEL1-/.test(path) }, async (says) => {
    await says(displays.waveforms, /The centre made a mistake. Look at the log/);
    await says(displays.side, /The centre made a mistake. Look at the log/);
  });
  await shown(emptyCentre("failed"), {}, async (says) => {
    await says(displays.bar, /Failed/);
    await says(displays.list, /The centre stopped with an error: Detecting signals/);
  });
});

test("an event that was withdrawn while it was open is named, and the list goes on", async () => {
  const centre = makeCentre();
  await shown(centre, {}, async (says, page) => {
    await page.waitForSelector("canvas.traces");
    const [gone] = centre.details.splice(0, 1);
    centre.status = { ...centre.status, processedTo: centre.status.processedTo! + 1 };
    await says(displays.side, new RegExp(`There is no event ${gone!.key}`));
    assert.equal(await page.locator("[data-event-key]").count(), centre.details.length);
    await page.keyboard.press("j");
    await page.waitForSelector("canvas.traces");
  });
});

test("the page holds together from a small laptop to a large screen", async () => {
  await shown(makeCentre(), {}, async (_says, page) => {
    await page.waitForSelector("canvas.traces");
    for (const [width, height] of [
      [1280, 720],
      [1440, 900],
      [1920, 1080],
      [2560, 1440],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(100);
      const spill = (await page.evaluate(`(() => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
        const spill = (selector) => {
          const element = document.querySelector(selector);
          return element.scrollWidth - element.clientWidth;
        };
        return [scrollWidth - clientWidth, scrollHeight - clientHeight, spill(".controls"), spill(".side .scroll")];
      })()`)) as number[];
      assert.deepEqual(spill, [0, 0, 0, 0], `${width} x ${height}`);
    }
  });
});
