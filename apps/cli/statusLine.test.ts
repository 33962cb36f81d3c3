import assert from "node:assert/strict";
import { test } from "node:test";
import { createStatusLine } from "./statusLine.ts";

function screen(isTTY: boolean, firstPrintMs = 0) {
  let text = "";
  let now = 0;
  const line = createStatusLine(
    { isTTY, columns: 20, write: (more) => (text += more) },
    { clock: () => now, firstPrintMs },
  );
  return { line, text: () => text, wait: (ms: number) => (now += ms) };
}

/** What a terminal shows after erasing. */
const visible = (text: string) =>
  text
    .split("\n")
    .map((line) => line.split("\r\x1b[K").at(-1))
    .join("\n");

test("on a terminal progress rewrites itself under the lines that stay, cut to the width", () => {
  const { line, text, wait } = screen(true);
  line.say("Started.");
  line.progress("1 %. this is longer than the screen is wide");
  line.progress("2 %");
  wait(250);
  line.progress("3 %");
  line.say("First event.");
  assert.equal(visible(text()), "Started.\nFirst event.\n3 %");
  line.end();
  assert.equal(visible(text()), "Started.\nFirst event.\n");
  assert.ok(text().includes("1 %. this is longer") && !text().includes("than the screen"));
});

test("elsewhere it prints whole lines, the first at once and then every ten seconds", () => {
  const { line, text, wait } = screen(false);
  for (let i = 0; i < 250; i++) {
    line.progress(`${i}`);
    wait(100);
  }
  line.say("Done.");
  line.end();
  assert.equal(text(), "0\n100\n200\nDone.\n");
});

test("where there is no terminal, short work leaves its last line only", () => {
  const { line, text, wait } = screen(false, 10_000);
  for (let i = 0; i < 250; i++) {
    line.progress(`${i}`);
    wait(100);
  }
  line.progress("All.", true);
  assert.equal(text(), "100\n200\nAll.\n");
});
